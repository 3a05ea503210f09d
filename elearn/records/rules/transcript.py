"""A transcript: what a person has learned in one year or in all, stated at one moment and signed.

Words are made from these facts in either language; what the paper says is in the signed bytes, but
for the NIP and the letterhead.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from elearn.records.rules.claims import Category
from elearn.records.rules.signed_text import canonical, to_second
from elearn.records.rules.years import counted

FORMAT = 1  # of the signed bytes; a change of their meaning gets a new number
KIND = "transcript"  # the key that signs records signs these, too: they must not be confused


@dataclass(frozen=True, slots=True)
class TranscriptHolder:
    """Whose transcript it is, as printed; no NIP, which is not in what is signed."""

    name: str
    post: str
    institution: str


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One completion record that is in force. Days are days in the holder's zone then."""

    number: str
    titles: Mapping[str, str]  # by language
    version: int
    first_on: date
    last_on: date
    jp: int
    credit_year: int


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity that was approved, as it stands now: a correction has changed its JP."""

    category: str  # its code: the word for it is the reader's language's
    title: str
    organiser: str
    role: str  # its code, as of the category
    first_on: date
    last_on: date
    jp_claimed: int
    jp_approved: int
    credit_year: int
    decided_by: str
    decided_by_post: str


@dataclass(frozen=True, slots=True)
class YearTerms:
    """What the office asks of this person in a year; None: no such limit.

    caps: of categories; one that is not named has none.
    """

    target: int | None
    cap: int | None
    caps: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YearSum:
    """One year of the lines above it, in JP."""

    year: int
    courses: int
    activities: int
    earned: int
    counted: int  # what the caps of the categories, then the cap of the person, leave of it
    target: int | None
    cap: int | None
    missing: int  # until the target; 0 without one


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything that a transcript states."""

    code: str
    issuer: str  # the site's name: who states it
    holder: TranscriptHolder
    year: int | None  # None: of all years
    courses: tuple[CourseLine, ...]  # in the order of their last days
    activities: tuple[ActivityLine, ...]
    years: tuple[YearSum, ...]
    made_at: datetime
    zone: str  # the holder's, for the moment that is printed
    kind: str = KIND
    format: int = FORMAT


def transcript_of(
    holder: TranscriptHolder,
    courses: Iterable[CourseLine],
    activities: Iterable[ActivityLine],
    terms: Mapping[int, YearTerms],
    *,
    year: int | None,
    code: str,
    issuer: str,
    made_at: datetime,
    zone: str,
) -> Transcript:
    """The transcript of one calendar year of credit, or of all that have a line.

    courses, activities: all of the holder's, in any order.
    terms: what was asked of her, at least of each year that will be shown.
    Raises ValueError for a time without zone.
    """
    shown_courses = sorted(
        (line for line in courses if year in (None, line.credit_year)),
        key=lambda line: (line.last_on, line.number),
    )
    shown_activities = sorted(
        (line for line in activities if year in (None, line.credit_year)),
        key=lambda line: (line.last_on, line.title),
    )
    years = {line.credit_year for line in shown_courses}
    years |= {line.credit_year for line in shown_activities}
    if year is not None:
        years.add(year)  # a year without a line has a sum, too: none of its target
    return Transcript(
        code=code,
        issuer=issuer,
        holder=holder,
        year=year,
        courses=tuple(shown_courses),
        activities=tuple(shown_activities),
        years=tuple(
            _year_sum(one, shown_courses, shown_activities, terms[one]) for one in sorted(years)
        ),
        made_at=to_second(made_at),
        zone=zone,
    )


def is_same(one: Transcript, other: Transcript) -> bool:
    """Whether two transcripts state the same, apart from when and under which code."""
    return replace(one, code=other.code, made_at=other.made_at) == other


def payload(stated: Transcript) -> str:
    """The text whose UTF-8 bytes are signed."""
    return canonical(asdict(stated))


def read(text: str) -> Transcript:
    """The facts of a payload that `payload` has written. Raises ValueError for another paper's."""
    values: dict[str, Any] = json.loads(text)
    if values.get("kind") != KIND:
        raise ValueError("these bytes are not a transcript's")
    values["holder"] = TranscriptHolder(**values["holder"])
    values["courses"] = tuple(CourseLine(**_with_days(line)) for line in values["courses"])
    values["activities"] = tuple(ActivityLine(**_with_days(line)) for line in values["activities"])
    values["years"] = tuple(YearSum(**one) for one in values["years"])
    values["made_at"] = datetime.fromisoformat(values["made_at"])
    return Transcript(**values)


def _year_sum(
    year: int, courses: list[CourseLine], activities: list[ActivityLine], terms: YearTerms
) -> YearSum:
    of_courses = sum(line.jp for line in courses if line.credit_year == year)
    of_activities = sum(line.jp_approved for line in activities if line.credit_year == year)
    earned: Counter[str] = Counter({Category.COURSE: of_courses})
    for line in activities:
        if line.credit_year == year:
            earned[line.category] += line.jp_approved
    summed = counted(year, earned, terms.caps, terms.target, terms.cap)
    return YearSum(
        year=year,
        courses=of_courses,
        activities=of_activities,
        earned=summed.earned,
        counted=summed.counted,
        target=summed.target,
        cap=terms.cap,
        missing=summed.missing,
    )


def _with_days(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, **{name: date.fromisoformat(line[name]) for name in ("first_on", "last_on")}}
