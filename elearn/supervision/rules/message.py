"""What a supervisor writes to somebody who is stuck: which sentences, how long, to which number.

The sentences themselves are in `supervision.words`. Nobody is called Pak or Bu: what a person
wants to be called is not known, and a wrong guess is worse than the whole name.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from urllib.parse import quote

from elearn.supervision.rules.standing import Reason

LONGEST = 400  # characters: what a phone shows of a message without "read more"


class Contact(StrEnum):
    """Whether the person has been written to about this enrolment before."""

    FIRST = "first"
    AGAIN = "again"


class Sentence(StrEnum):
    """The sentences that messages are made of."""

    GREETING = auto()
    GREETING_AGAIN = auto()
    NOT_PASSED = auto()
    READ_AGAIN = auto()
    IF_UNCLEAR = auto()
    WHICH_PART = auto()
    WHEN_SUITS = auto()
    ONE_STEP_LEFT = auto()
    STILL_ONE_STEP = auto()
    RECORD_FOLLOWS = auto()
    PROGRESS_KEPT = auto()
    GO_ON = auto()
    STEPS_LEFT = auto()
    IF_TROUBLE = auto()
    WHAT_HINDERS = auto()
    ENROLLED = auto()
    BEGINS_WITH = auto()
    IF_NO_WAY_IN = auto()
    IS_INSIDE = auto()
    IF_LATER = auto()
    SIGNED = auto()


@dataclass(frozen=True, slots=True)
class Message:
    """The values of one message; the titles in the language that it is written in."""

    reason: Reason
    contact: Contact
    name: str  # whole
    supervisor: str
    course: str
    unit: str  # the failed quiz; else the one to go on or to begin with
    minutes: int | None  # of that unit, of a quiz's lessons when it was failed; None: not known
    left_count: int  # requirements not met yet


_PLANS: dict[tuple[Reason, Contact], tuple[Sentence, ...]] = {
    (Reason.FAILED, Contact.FIRST): (
        Sentence.NOT_PASSED, Sentence.READ_AGAIN, Sentence.IF_UNCLEAR,
    ),
    (Reason.FAILED, Contact.AGAIN): (
        Sentence.WHICH_PART, Sentence.WHEN_SUITS, Sentence.READ_AGAIN,
    ),
    (Reason.ONE_STEP_LEFT, Contact.FIRST): (
        Sentence.ONE_STEP_LEFT, Sentence.RECORD_FOLLOWS, Sentence.IF_TROUBLE,
    ),
    (Reason.ONE_STEP_LEFT, Contact.AGAIN): (
        Sentence.STILL_ONE_STEP, Sentence.RECORD_FOLLOWS, Sentence.WHAT_HINDERS,
    ),
    (Reason.IDLE, Contact.FIRST): (
        Sentence.PROGRESS_KEPT, Sentence.GO_ON, Sentence.STEPS_LEFT, Sentence.IF_TROUBLE,
    ),
    (Reason.IDLE, Contact.AGAIN): (
        Sentence.WHAT_HINDERS, Sentence.GO_ON, Sentence.STEPS_LEFT,
    ),
    (Reason.NEVER_STARTED, Contact.FIRST): (
        Sentence.ENROLLED, Sentence.BEGINS_WITH, Sentence.IF_NO_WAY_IN,
    ),
    (Reason.NEVER_STARTED, Contact.AGAIN): (
        Sentence.IS_INSIDE, Sentence.BEGINS_WITH, Sentence.IF_LATER,
    ),
}  # fmt: skip
_GREETINGS = {Contact.FIRST: Sentence.GREETING, Contact.AGAIN: Sentence.GREETING_AGAIN}

# With long names a message is shortened by its sentences, in this order; never by a name.
_SPARE = (
    Sentence.RECORD_FOLLOWS, Sentence.STEPS_LEFT, Sentence.WHEN_SUITS, Sentence.IF_LATER,
    Sentence.READ_AGAIN,
)  # fmt: skip


def plan(reason: Reason, contact: Contact) -> tuple[Sentence, ...]:
    """The sentences of a message, in order, from the greeting to the signature."""
    return (_GREETINGS[contact], *_PLANS[reason, contact], Sentence.SIGNED)


def fitted(sentences: Sequence[tuple[Sentence, str]]) -> str:
    """The message in one paragraph, without spare sentences where it would be over `LONGEST`.

    With names of unusual length it may be longer: what is left says why one writes.
    """
    kept = list(sentences)
    for spare in _SPARE:
        if len(_joined(kept)) <= LONGEST:
            break
        kept = [(code, text) for code, text in kept if code != spare]
    return _joined(kept)


def wa_link(phone: str, text: str) -> str:
    """Opens WhatsApp with the text, and with the person where the number is one.

    Else the reader chooses the person herself. Source of the address: WhatsApp, "How to use click
    to chat": the number in international form, digits only.
    """
    return f"https://wa.me/{international(phone)}?text={quote(text, safe='')}"


def international(phone: str) -> str:
    """The digits of a mobile number with its country, "" when it cannot be one.

    Without a country it is Indonesian: 08 and 7 to 11 further digits (national numbering plan,
    mobile numbers). A number of another country needs its "+" (E.164: 8 to 15 digits).
    """
    # Numbers copied from a list of contacts carry invisible marks of writing direction.
    seen = "".join(mark for mark in phone if unicodedata.category(mark) != "Cf")
    typed = re.sub(r"[\s().\u2010-\u2015-]", "", seen)
    digits = re.sub(r"^(\+|00)", "", typed)
    if not re.fullmatch(r"[0-9]+", digits):
        return ""
    if found := re.fullmatch(r"(?:62)?0?(8[0-9]{7,11})", digits):
        return f"62{found[1]}"
    is_foreign = digits != typed and not digits.startswith(("0", "62"))
    return digits if is_foreign and 8 <= len(digits) <= 15 else ""


def _joined(sentences: Sequence[tuple[Sentence, str]]) -> str:
    return " ".join(text for _, text in sentences)
