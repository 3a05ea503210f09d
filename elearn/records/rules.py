"""What a completion record says, the exact bytes that are signed, and what its events mean.

Pure. How an outsider uses these bytes: docs/verifying-a-record.md.
"""

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

FORMAT = 1  # of the signed bytes; a change of their meaning gets a new number

# The holder's fields in the digest. The last two never leave the server, only their digests do.
PUBLIC_FIELDS = ("name", "post", "institution", "nip_printed")
SECRET_FIELDS = ("nip", "person")


# --- What the floor above hands down -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModuleEvidence:
    """One module of the version that was studied; the score is the best one of its quiz."""

    titles: Mapping[str, str]
    jp: int
    score_percent: int | None


@dataclass(frozen=True, slots=True)
class MetRule:
    """What had to be done: so many lessons and quizzes, with which pass mark, and what else."""

    lessons: int
    quizzes: int
    pass_percent: int
    post_test: bool
    task: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that learning knows about one completed enrolment."""

    enrolment_id: int
    person_id: int
    course_slug: str
    version_number: int
    languages: tuple[str, ...]
    course_titles: Mapping[str, str]
    modules: tuple[ModuleEvidence, ...]
    organiser_code: str
    minutes_per_jp: int
    enrolled_at: datetime
    completed_at: datetime
    pre_test_percent: int | None
    post_test_percent: int | None
    rule: MetRule


# --- What is signed ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issuer:
    """The organiser as it was on the day of issue."""

    code: str
    name: str
    place: str
    signatory: str
    signatory_post: str


@dataclass(frozen=True, slots=True)
class HolderWords:
    """Who the record is for, as printed; person_id ties it to the account without naming it."""

    person_id: int
    name: str
    nip: str  # '' when there is none
    show_nip: bool
    post: str
    institution: str


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


def credit_year(completed_at: datetime, zone: ZoneInfo) -> int:
    """Calendar year in which JP count for the holder.

    completed_at: instant of the last requirement, aware, any zone.
    zone: of the holder's library on that day (WIB, WITA or WIT), or her own without one.
    Raises ValueError for a naive time.
    Source: docs/decisions/004-credit-year.md (PP 11/2017 art. 203(4)).
    """
    if completed_at.tzinfo is None:
        raise ValueError("completed_at has no time zone")
    return completed_at.astimezone(zone).year


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
        enrolled_at=_to_second(evidence.enrolled_at),
        completed_at=_to_second(evidence.completed_at),
        issued_at=_to_second(issued_at),
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


def canonical(values: Mapping[str, Any]) -> str:
    """One text for equal values: JSON, keys sorted, no spaces, characters as themselves, NFC.

    Instants are written as 2026-03-04T02:15:00Z.
    """
    text = json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_instant
    )
    return unicodedata.normalize("NFC", text)


def _instant(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} has no place in a record")
    return _to_second(value).strftime("%Y-%m-%dT%H:%M:%SZ")


def _to_second(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return value.astimezone(UTC).replace(microsecond=0)


# --- The holder ----------------------------------------------------------------------------------


def holder_values(holder: HolderWords) -> dict[str, str]:
    """The holder's fields as text, in the form that is digested."""
    values = {
        "name": holder.name,
        "post": holder.post,
        "institution": holder.institution,
        "nip_printed": "yes" if holder.show_nip else "no",
        "nip": holder.nip,
        "person": str(holder.person_id),
    }
    return {field: unicodedata.normalize("NFC", value) for field, value in values.items()}


def field_salt(salt: str, field: str) -> str:
    """The salt of one field. Publishing it tells nothing about the salt of another field."""
    return hmac.new(bytes.fromhex(salt), field.encode(), hashlib.sha256).hexdigest()


def field_digests(salt: str, holder: HolderWords) -> dict[str, str]:
    """SHA-256 of each field's salt and value.

    One digest over all fields would need the NIP to be checked, and a NIP with a public salt can
    be guessed: it is mostly a birth date. So each field stands for itself.
    """
    return {
        field: hashlib.sha256(f"{field_salt(salt, field)}\n{value}".encode()).hexdigest()
        for field, value in holder_values(holder).items()
    }


def holder_digest(salt: str, holder: HolderWords) -> str:
    """What the signed bytes say of the holder: SHA-256 of the canonical list of field digests."""
    return hashlib.sha256(canonical(field_digests(salt, holder)).encode()).hexdigest()


def published_holder(salt: str, holder: HolderWords) -> dict[str, Any]:
    """The holder as outsiders may check it: values and salts, but of the secret fields digests."""
    values, digests = holder_values(holder), field_digests(salt, holder)
    shown: dict[str, Any] = {
        field: {"salt": field_salt(salt, field), "value": values[field]} for field in PUBLIC_FIELDS
    }
    shown.update({field: {"digest": digests[field]} for field in SECRET_FIELDS})
    return shown


def is_same_nip(typed: str, kept: str) -> bool:
    """Whether a typed NIP is the holder's, in the same time whatever the answer."""
    given = re.sub(r"[\s.\-]", "", typed)
    return hmac.compare_digest(given.encode(), kept.encode()) and kept != ""


# --- What became of it ---------------------------------------------------------------------------


class State(StrEnum):
    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a record."""

    kind: str  # issued, replaced, revoked
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a record is worth now, since when, and why."""

    state: State
    since: datetime
    reason: str


def standing(happenings: Iterable[Happening]) -> Standing:
    """Read from the events: a revocation outweighs a replacement, whatever their order."""
    by_kind = {happening.kind: happening for happening in happenings}
    for kind, state in (("revoked", State.REVOKED), ("replaced", State.REPLACED)):
        if kind in by_kind:
            return Standing(state, by_kind[kind].at, by_kind[kind].reason)
    return Standing(State.VALID, by_kind["issued"].at, "")


# --- Names and numbers on paper ------------------------------------------------------------------

_FILE_PART_LENGTH = 60
_NUMBER = re.compile(r"(\d{4})([0-9A-Z]{8})([0-9A-Z])")


def number_as_printed(canonical_text: str) -> str | None:
    """2026-7KQ4M2XD-R from 20267KQ4M2XDR; None for what cannot be a number."""
    match = _NUMBER.fullmatch(canonical_text)
    return "-".join(match.groups()) if match else None


def file_name(word: str, course: str, holder: str, number: str) -> str:
    """A name to find the file again by: Catatan-TIK-Dasar-Siti-Aminah-2026-7KQ4M2XD-R.

    Plain letters, digits and hyphens, which every disk and mail program carries. Without ".pdf".
    """
    # What stands behind a comma in a name is academic: "Siti Aminah, S.IP."
    parts = [_plain(word), _plain(course), _plain(holder.split(",")[0]), number]
    return "-".join(part for part in parts if part)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[A-Za-z0-9]+", letters))
    if len(words) <= _FILE_PART_LENGTH:
        return words
    return words[:_FILE_PART_LENGTH].rsplit("-", 1)[0]


@dataclass(frozen=True, slots=True)
class YearOfCredit:
    """One year of a ledger: what was earned, what of it counts, and what was aimed at."""

    year: int
    earned: int
    counted: int
    target: int | None

    @property
    def missing(self) -> int:
        """JP until the target; 0 when there is none or it is reached."""
        return max(0, (self.target or 0) - self.counted)


def year_of_credit(year: int, earned: int, target: int | None, cap: int | None) -> YearOfCredit:
    """The cap limits what counts in a year, never what is in the ledger."""
    counted = earned if cap is None else min(earned, cap)
    return YearOfCredit(year, earned, counted, target)
