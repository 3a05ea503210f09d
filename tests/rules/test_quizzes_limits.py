"""What is typed, who wins when two pages save, and when another attempt may begin."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.quizzes import rules
from elearn.quizzes.rules import Drawn, Mark, Sitting, Verdict
from tests.rules.quizzes_facts import TEXT, Fact

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)

# What people type


@pytest.mark.parametrize(
    ("typed", "language", "value"),
    [
        ("180", "id", "180"),
        (" 180 ", "en", "180"),
        ("1,5", "id", "1.5"),
        ("1.5", "id", "1.5"),
        ("1,5", "en", "1.5"),
        ("1.500", "id", "1500"),
        ("1.500", "en", "1.5"),
        ("1,500", "id", "1.5"),
        ("1,500", "en", "1500"),
        ("0.500", "id", "0.5"),
        ("1.234.567,8", "id", "1234567.8"),
        ("1,234,567.8", "id", "1234567.8"),
        ("1.234.567", "en", "1234567"),
        ("1 500", "id", "1500"),
        ("1\u202f500,25", "id", "1500.25"),
        ("−3", "id", "-3"),
        ("–3", "id", "-3"),
        ("+3", "id", "3"),
        (",5", "id", "0.5"),
        (".5", "id", "0.5"),
        ("5,", "id", "5"),
        ("１８０", "id", "180"),
        ("", "id", None),
        ("dua", "id", None),
        ("180 MB", "id", None),
        ("1.2.3", "id", None),
        ("12.34,5", "id", None),
        ("1e3", "id", None),
        ("--1", "id", None),
        (".", "id", None),
        ("1" * 31, "id", None),
        ("NaN", "id", None),
        ("٣", "id", None),
        ("5²", "id", None),
        ("1⁵00", "id", None),
    ],
)
def test_numbers_are_read_as_both_languages_write_them(typed, language, value):
    found = rules.parse_number(typed, language)
    assert found == (None if value is None else Decimal(value))


@given(st.text("0123456789.,-+ '\u00a0\u202fxe٣²−", max_size=40), st.sampled_from(["id", "en"]))
def test_reading_a_number_never_fails(typed, language):
    found = rules.parse_number(typed, language)
    assert found is None or found.is_finite()


@pytest.mark.parametrize(
    "typed",
    [
        "cekfakta.com",
        " CekFakta.com. ",
        "“cekfakta.com”",
        "ＣＥＫＦＡＫＴＡ.com!",
        "'cekfakta.com.'",
    ],
)
def test_short_texts_are_compared_after_they_are_made_plain(typed):
    assert rules.points(TEXT, typed) == 1


@pytest.mark.parametrize("typed", ["cek fakta.com", "cekfakta", "...", "com"])
def test_another_text_is_another_answer(typed):
    assert rules.points(TEXT, typed) == 0


def test_a_leading_dot_is_part_of_the_answer_and_inner_spaces_collapse():
    assert rules.points(TEXT, ".PDF") == 1
    assert rules.points(Fact("text", accepted=("taman  baca",)), "Taman   Baca") == 1


# Who wins

A1, A2, B1 = Mark("aaaaaaaa", 1), Mark("aaaaaaaa", 2), Mark("bbbbbbbb", 1)


@pytest.mark.parametrize(
    ("present", "sent", "seen", "equal", "verdict"),
    [
        (None, A1, (), False, Verdict.WRITE),
        (A1, A1, (), True, Verdict.SAME),
        (A1, A2, (), False, Verdict.WRITE),
        (A1, A2, (), True, Verdict.WRITE),
        (A2, A1, (), False, Verdict.LATE),
        (A2, A1, (), True, Verdict.LATE),
        (A1, A1, (), False, Verdict.WRITE),
        (A1, B1, (A1,), False, Verdict.WRITE),
        (A1, B1, (A1,), True, Verdict.WRITE),
        (A2, B1, (A1,), False, Verdict.STALE),
        (A2, B1, (), False, Verdict.STALE),
        (A2, B1, (), True, Verdict.SAME),
        (B1, A2, (A1,), False, Verdict.STALE),
        (B1, A2, (A1, B1), False, Verdict.WRITE),
    ],
)
def test_a_page_that_has_not_seen_the_newest_answer_never_wins(present, sent, seen, equal, verdict):
    assert rules.judge(present, sent, frozenset(seen), equals_present=equal) is verdict


def test_two_pages_that_both_saw_the_beginning_cannot_both_win():
    for first, second in permutations([A1, B1]):
        assert rules.judge(None, first, frozenset(), equals_present=False) is Verdict.WRITE
        assert rules.judge(first, second, frozenset(), equals_present=False) is Verdict.STALE


def test_marks_are_read_strictly():
    assert rules.read_mark(str(A2)) == A2
    for text in ("", "a.1", "aaaaaaaa", "aaaaaaaa.", "aaaaaaaa.-1", "aaaaaaaa.1\n", "AAAAAAAA.1"):
        assert rules.read_mark(text) is None
    assert rules.read_marks(f"{A1} junk {B1}") == {A1, B1}
    many = " ".join(f"aaaaaaaa.{n}" for n in range(50))
    assert len(rules.read_marks(many)) == 20


# Limits


def sitting(minutes_ago, score=50):
    return Sitting(NOW - timedelta(minutes=minutes_ago), score)


@pytest.mark.parametrize(
    ("kind", "limit", "more", "wait", "sittings", "tested", "refusal"),
    [
        ("quiz", 0, 0, 0, [], False, None),
        ("quiz", 0, 0, 10, [sitting(9)], True, "attempt-too-early"),
        ("quiz", 0, 0, 10, [sitting(10)], True, None),
        ("quiz", 0, 0, 10, [sitting(-0.5)], True, "attempt-too-early"),  # handed in meanwhile
        ("quiz", 0, 0, 10, [sitting(-60)], True, None),  # by a clock that was an hour fast
        ("quiz", 2, 0, 0, [sitting(90), sitting(60)], True, "attempts-used-up"),
        ("quiz", 2, 1, 0, [sitting(90), sitting(60)], True, None),
        ("quiz", 2, 1, 0, [sitting(90), sitting(60), sitting(5)], True, "attempts-used-up"),
        ("pre-test", 0, 0, 0, [], False, None),
        ("pre-test", 0, 0, 0, [sitting(90)], False, "pre-test-taken"),
        ("pre-test", 0, 0, 0, [], True, "pre-test-over"),
        ("pre-test", 0, 1, 0, [sitting(90)], False, None),
        ("post-test", 0, 0, 0, [sitting(1)], True, None),
    ],
)
def test_when_another_attempt_may_begin(kind, limit, more, wait, sittings, tested, refusal):
    assert rules.terms(kind, limit, more, wait, sittings, tested, NOW).refusal == refusal


def test_terms_say_what_is_left_and_what_counts():
    found = rules.terms("quiz", 3, 1, 10, [sitting(30, 40), sitting(4, 60)], True, NOW)
    assert (found.used, found.allowed, found.left, found.best_percent) == (2, 4, 2, 60)
    assert found.from_at == NOW + timedelta(minutes=6)
    unlimited = rules.terms("quiz", 0, 0, 0, [Sitting(None, None)], True, NOW)
    assert (unlimited.allowed, unlimited.left, unlimited.best_percent) == (None, None, None)


def test_a_drawn_question_without_an_order_is_shown_as_it_is():
    assert Drawn("q").order == ()
