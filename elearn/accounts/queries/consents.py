"""The office's text on personal data, and who has agreed to which version of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select

from elearn.accounts.models import Consent
from elearn.core import policy
from elearn.core.db import db

RULES = ("consent_id", "consent_en")  # of core/policy: one text in two languages


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be agreed to. version: the day from which it holds."""

    version: date
    in_language: dict[str, str]

    def said_in(self, language: str) -> str:
        """In the reader's language; where the office has written the other one only, in that."""
        return self.in_language[language] or next(filter(None, self.in_language.values()))


def text_on(day: date) -> Text | None:
    """The text that holds on that day; None where the office asks for nothing."""
    office = policy.on(day)
    if not (office.consent_id or office.consent_en):
        return None
    since = db.session.scalar(policy.changed_until(RULES, day))
    if since is None:
        return None
    return Text(since, {"id": office.consent_id, "en": office.consent_en})


def text_to_agree(person_id: int, day: date) -> Text | None:
    """The text of that day, when the person has not agreed to this version of it."""
    text = text_on(day)
    if text is None or _has_agreed(person_id, text.version):
        return None
    return text


def consents_of(person_id: int) -> list[tuple[date, datetime]]:
    """Version and moment of everything that the person agreed to, the latest first."""
    rows = db.session.execute(
        select(Consent.version, Consent.at)
        .where(Consent.person_id == person_id)
        .order_by(Consent.at.desc())
    )
    return [(row.version, row.at) for row in rows]


def _has_agreed(person_id: int, version: date) -> bool:
    agreed = exists().where(Consent.person_id == person_id, Consent.version == version)
    return bool(db.session.scalar(select(agreed)))
