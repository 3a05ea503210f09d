"""The office's own rules as dated rows: a change holds from a day on, and nothing before it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    Row,
    Select,
    UniqueConstraint,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Base, db
from elearn.core.errors import Invalid


class PolicyRow(Base):
    """One value of one rule, from a day on until the next row of the same name."""

    __tablename__ = "core_policy"
    __table_args__ = (
        UniqueConstraint("name", "from_on"),
        CheckConstraint("name <> ''", name="name_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    from_on: Mapped[date]
    value: Mapped[str]


TEXT_CHARACTERS = 8_000


@dataclass(frozen=True, slots=True)
class Rule:
    """What one rule may be: its default, how it is read, and what it is for."""

    default: str
    read: Callable[[str], int | str | None]
    help: str


def _one_of(*words: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return value

    return read


def _whole(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ValueError("must be a whole number above 0")
    return int(value)


def _text(value: str) -> str:
    if len(value) > TEXT_CHARACTERS:
        raise ValueError(f"must be at most {TEXT_CHARACTERS} characters")
    return value.strip()


def _whole_or_none(value: str) -> int | None:
    return None if value == "none" else _whole(value)


# Sources: PP 11/2017 art. 203(4) for the 20 JP of a PNS; Permendikbudristek 34/2023 for the
# 24 JP of a PPPK. Both change with the law, so they are values here and not constants.
RULES: dict[str, Rule] = {
    "minutes_per_jp": Rule("45", _whole, "minutes in one JP, frozen in each record"),
    "target_jp_pns": Rule("20", _whole_or_none, "JP a year expected of a PNS, or none"),
    "target_jp_pppk": Rule("none", _whole_or_none, "JP a year expected of a PPPK, or none"),
    "target_jp_other": Rule("none", _whole_or_none, "JP a year expected of others, or none"),
    "cap_jp_pppk": Rule("24", _whole_or_none, "JP a year that count for a PPPK at most, or none"),
    "cap_jp_seminar": Rule("none", _whole_or_none, "JP of seminars that count in a year, or none"),
    "cap_jp_webinar": Rule("none", _whole_or_none, "JP of webinars that count in a year, or none"),
    "cap_jp_workshop": Rule(
        "none", _whole_or_none, "JP of workshops that count in a year, or none"
    ),
    "cap_jp_association": Rule(
        "none", _whole_or_none, "JP of events of associations that count in a year, or none"
    ),
    "cap_jp_mentoring": Rule(
        "none", _whole_or_none, "JP of mentoring that count in a year, or none"
    ),
    "stuck_start_days": Rule("7", _whole, "days after joining without a first step: stuck"),
    "stuck_idle_days": Rule("14", _whole, "days without an act of study: stuck"),
    "stuck_fails": Rule("2", _whole, "times a quiz was not passed: stuck"),
    "reminder_days": Rule("7", _whole, "days between two reminders to one person, at least"),
    "small_group": Rule("5", _whole, "groups of fewer people are not shown as rates"),
    "letterhead": Rule("", _text, "lines at the head of office papers and transcripts"),
    "consent_id": Rule("", _text, "text on personal data to agree to, Indonesian; empty: none"),
    "consent_en": Rule("", _text, "the same in English"),
    "keep_answers_months": Rule(
        "none", _whole_or_none, "months after completion that answers to quizzes are kept, or none"
    ),
    "keep_evidence_months": Rule(
        "none", _whole_or_none, "months after the decision that files of evidence are kept, or none"
    ),
    "keep_holder_names": Rule(
        "no", _one_of("yes", "no"), "whether issued records keep the name after erasure: yes|no"
    ),
    "registration": Rule(
        "invite", _one_of("open", "invite", "closed"), "who may make an account: open|invite|closed"
    ),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """All rules as they hold on one day."""

    minutes_per_jp: int
    target_jp_pns: int | None
    target_jp_pppk: int | None
    target_jp_other: int | None
    cap_jp_pppk: int | None
    cap_jp_seminar: int | None
    cap_jp_webinar: int | None
    cap_jp_workshop: int | None
    cap_jp_association: int | None
    cap_jp_mentoring: int | None
    stuck_start_days: int
    stuck_idle_days: int
    stuck_fails: int
    reminder_days: int
    small_group: int
    letterhead: str
    consent_id: str
    consent_en: str
    keep_answers_months: int | None
    keep_evidence_months: int | None
    keep_holder_names: str
    registration: str

    def target_jp(self, employment: str) -> int | None:
        """JP a year expected of a person with this employment status (pns, pppk, other)."""
        targets = {"pns": self.target_jp_pns, "pppk": self.target_jp_pppk}
        return targets.get(employment, self.target_jp_other)

    def cap_jp(self, employment: str) -> int | None:
        """JP a year that count at most, by employment status; None is no cap."""
        return self.cap_jp_pppk if employment == "pppk" else None

    @property
    def caps_by_category(self) -> dict[str, int | None]:
        """JP a year that count at most, by category of the ledger; a course has no cap."""
        return {
            "seminar": self.cap_jp_seminar,
            "webinar": self.cap_jp_webinar,
            "workshop": self.cap_jp_workshop,
            "association": self.cap_jp_association,
            "mentoring": self.cap_jp_mentoring,
        }


# Made once: the first page asks it, and making it costs as much as answering it.
_UNTIL = (
    select(PolicyRow.name, PolicyRow.value, PolicyRow.from_on)
    .where(PolicyRow.from_on <= bindparam("day"))
    .order_by(PolicyRow.from_on)
)


def on(day: date) -> Policy:
    """The rules of that day. One query."""
    return on_each([day])[day]


def on_each(days: Collection[date]) -> dict[date, Policy]:
    """The rules of each of these days. One query, however many they are."""
    rows = db.session.execute(_UNTIL, {"day": max(days)}).all() if days else []
    return {day: _of([row for row in rows if row.from_on <= day]) for day in days}


def _of(rows: Iterable[Row[str, str, date]]) -> Policy:
    """The rules that these rows leave in force, the earliest first."""
    values = {name: rule.default for name, rule in RULES.items()}
    values.update({row.name: row.value for row in rows if row.name in RULES})
    return Policy(**{name: RULES[name].read(value) for name, value in values.items()})  # type: ignore[arg-type]


def present_and_planned(today: date) -> tuple[dict[str, str], dict[str, list[PolicyRow]]]:
    """Each rule's value of today as text, and its later rows, the next first. One query."""
    present = {name: rule.default for name, rule in RULES.items()}
    planned: dict[str, list[PolicyRow]] = {}
    for row in db.session.scalars(select(PolicyRow).order_by(PolicyRow.from_on)):
        if row.from_on <= today:
            present[row.name] = row.value
        else:
            planned.setdefault(row.name, []).append(row)
    return present, planned


def changed_until(names: Collection[str], day: BindParameter[date] | date) -> Select[date]:
    """SELECT of the day on which the newest of these rules began to hold; NULL for defaults."""
    # Of the table, and no IN, whose list would be written anew each time: every page asks this.
    row = PolicyRow.__table__.c
    is_one = or_(*(row.name == name for name in names))
    return select(func.max(row.from_on)).where(is_one, row.from_on <= day)


def change(name: str, value: str, from_on: date) -> None:
    """From that day on the rule has this value. Called inside `saving()`."""
    if name not in RULES:
        raise Invalid("policy-unknown", name=name, known=", ".join(RULES))
    try:
        RULES[name].read(value)
    except ValueError as fault:
        raise Invalid("policy-value-wrong", name=name, value=value, fault=str(fault)) from None
    row = db.session.scalar(
        select(PolicyRow).where(PolicyRow.name == name, PolicyRow.from_on == from_on)
    )
    if row is None:
        db.session.add(PolicyRow(name=name, from_on=from_on, value=value))
    else:
        row.value = value
