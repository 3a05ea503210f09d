"""A transcript: which lines it has, what they come to, and what is signed."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from elearn.records import rules
from elearn.records.rules import transcript
from elearn.records.rules.transcript import YearTerms, transcript_of
from tests.rules.records_papers import ACTIVITY, COURSE, HOLDER, TRANSCRIPT

MADE_AT = datetime(2026, 3, 5, 2, 0, 0, 999, tzinfo=UTC)
TERMS = {2025: YearTerms(20, None, {}), 2026: YearTerms(20, None, {})}


def made(courses, activities, terms=TERMS, year=None):
    return transcript_of(
        HOLDER, courses, activities, terms,
        year=year, code="7kq4", issuer="Contoh", made_at=MADE_AT, zone="Asia/Jakarta",
    )  # fmt: skip


EARLIER = replace(COURSE, number="2025-AAAAAAAA-A", last_on=date(2025, 6, 1), credit_year=2025)


def test_a_transcript_of_all_years_has_every_line_in_the_order_of_its_days():
    stated = made([COURSE, EARLIER], [ACTIVITY])
    assert [line.number for line in stated.courses] == [EARLIER.number, COURSE.number]
    assert [one.year for one in stated.years] == [2025, 2026]
    assert stated.years[1].earned == COURSE.jp + ACTIVITY.jp_approved


def test_a_transcript_of_one_year_leaves_the_others_out():
    stated = made([COURSE, EARLIER], [ACTIVITY], year=2025)
    assert (stated.courses, stated.activities) == ((EARLIER,), ())
    assert [one.year for one in stated.years] == [2025]


def test_a_year_without_a_line_still_says_what_is_missing():
    (only,) = made([], [], year=2026).years
    assert (only.earned, only.counted, only.missing) == (0, 0, 20)
    assert made([], []).years == ()


@pytest.mark.parametrize(
    ("approved", "terms", "earned", "counted", "missing"),
    [
        (3, YearTerms(20, None, {}), 8, 8, 12), (15, YearTerms(20, None, {}), 20, 20, 0),
        (30, YearTerms(None, 24, {}), 35, 24, 0), (30, YearTerms(28, 24, {}), 35, 24, 4),
        (0, YearTerms(None, None, {}), 5, 5, 0),
        (30, YearTerms(20, None, {ACTIVITY.category: 8}), 35, 13, 7),
    ],
)  # fmt: skip
def test_a_year_sums_what_was_approved_and_counts_up_to_the_cap(
    approved, terms, earned, counted, missing
):
    activity = replace(ACTIVITY, jp_claimed=40, jp_approved=approved)
    (year,) = made([COURSE], [activity], {2026: terms}).years
    assert (year.courses, year.activities) == (5, approved)
    assert (year.earned, year.counted, year.missing) == (earned, counted, missing)
    assert (year.target, year.cap) == (terms.target, terms.cap)


def test_what_is_signed_of_a_transcript_is_read_back_whole():
    assert transcript.read(transcript.payload(TRANSCRIPT)) == TRANSCRIPT


def test_the_signed_text_holds_what_the_paper_says():
    text = transcript.payload(made([COURSE], [ACTIVITY]))
    for part in (
        '"kind":"transcript"', '"made_at":"2026-03-05T02:00:00Z"', '"first_on":"2026-01-12"',
        HOLDER.name, HOLDER.post, HOLDER.institution, COURSE.number, COURSE.titles["id"],
        ACTIVITY.decided_by, ACTIVITY.decided_by_post, '"counted":8',
    ):  # fmt: skip
        assert part in text
    assert text == rules.canonical(json.loads(text))


def test_no_other_signed_text_passes_for_a_transcript():
    for other in ("{}", '{"kind":"record"}'):
        with pytest.raises(ValueError, match="not a transcript"):
            transcript.read(other)


def test_a_transcript_needs_a_moment_with_its_zone():
    naive = datetime(2026, 3, 4, 8)  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="no time zone"):
        transcript_of(
            HOLDER,
            [],
            [],
            {},
            year=None,
            code="7kq4",
            issuer="",
            made_at=naive,
            zone="Asia/Jakarta",
        )
