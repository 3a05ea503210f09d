"""What a completion record states, and the exact bytes that are signed.

How an outsider uses these bytes: docs/verifying-a-record.md.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from elearn.records.rules.evidence import Evidence, MetRule, ModuleEvidence
from elearn.records.rules.signed_text import canonical, to_second
from elearn.records.rules.years import credit_year

FORMAT = 1  # of the signed bytes; a change of their meaning gets a new number


@dataclass(frozen=True, slots=True)
class Issuer:
    """The organiser as it was on the day of issue."""

    code: str
    name: str
    place: str
    signatory: str
    signatory_post: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a record states, but for the holder, who is there as a digest only."""

    number: str
    code: str
    edition: int
    replaces: str  # number of the edition before; '' for the first
    enrolment: int
    course_slug: str
    course_version: int
    course_titles: Mapping[str, str]
    languages: tuple[str, ...]
    modules: tuple[ModuleEvidence, ...]
    jp: int
    minutes_per_jp: int
    enrolled_at: datetime
    completed_at: datetime
    issued_at: datetime
    zone: str  # the holder's time zone: the days that are printed are days there
    credit_year: int
    pre_test_percent: int | None
    post_test_percent: int | None
    rule: MetRule
    organiser: Issuer
    holder_digest: str
    format: int = FORMAT


def jp_whole(modules: Iterable[ModuleEvidence]) -> int:
    """JP of a course: the sum of its modules, whole hours only.

    Raises ValueError for a part of an hour or less than none: JP are declared, never computed.
    """
    hours = [module.jp for module in modules]
    for jp in hours:
        if isinstance(jp, bool) or not isinstance(jp, int) or jp < 0:
            raise ValueError(f"JP must be a whole number, not {jp!r}")
    return sum(hours)


def facts(
    evidence: Evidence,
    *,
    number: str,
    code: str,
    issuer: Issuer,
    holder_digest: str,
    zone: str,
    issued_at: datetime,
) -> Facts:
    """The first edition of a record. Times are kept to the second."""
    return Facts(
        number=number,
        code=code,
        edition=1,
        replaces="",
        enrolment=evidence.enrolment_id,
        course_slug=evidence.course_slug,
        course_version=evidence.version_number,
        course_titles=dict(evidence.course_titles),
        languages=evidence.languages,
        modules=evidence.modules,
        jp=jp_whole(evidence.modules),
        minutes_per_jp=evidence.minutes_per_jp,
        enrolled_at=to_second(evidence.enrolled_at),
        completed_at=to_second(evidence.completed_at),
        issued_at=to_second(issued_at),
        zone=zone,
        credit_year=credit_year(evidence.completed_at, ZoneInfo(zone)),
        pre_test_percent=evidence.pre_test_percent,
        post_test_percent=evidence.post_test_percent,
        rule=evidence.rule,
        organiser=issuer,
        holder_digest=holder_digest,
    )


def payload(stated: Facts) -> str:
    """The text whose UTF-8 bytes are signed."""
    return canonical(asdict(stated))


def read(text: str) -> Facts:
    """The facts of a payload that `payload` has written."""
    values: dict[str, Any] = json.loads(text)
    for name in ("enrolled_at", "completed_at", "issued_at"):
        values[name] = datetime.fromisoformat(values[name])
    values["languages"] = tuple(values["languages"])
    values["modules"] = tuple(ModuleEvidence(**module) for module in values["modules"])
    values["rule"] = MetRule(**values["rule"])
    values["organiser"] = Issuer(**values["organiser"])
    return Facts(**values)
