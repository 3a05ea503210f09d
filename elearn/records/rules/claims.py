"""What a person may state that she did elsewhere: an activity with its days and its JP."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elearn.accounts.rules import Fault

MOST_JP = 100  # of one activity: a course of a month has some seventy
TITLE_CHARACTERS = range(3, 201)
ORGANISER_CHARACTERS = range(2, 201)


class Category(StrEnum):
    """What JP are for; each may have a cap of its own."""

    COURSE = "course"  # of this site, by its completion record: nobody states it
    SEMINAR = "seminar"
    WEBINAR = "webinar"
    WORKSHOP = "workshop"
    ASSOCIATION = "association"  # an event of FPPTI, IPI or another professional association
    MENTORING = "mentoring"


class Part(StrEnum):
    """What somebody was in an activity."""

    PARTICIPANT = "participant"
    SPEAKER = "speaker"
    MODERATOR = "moderator"
    COMMITTEE = "committee"
    MENTOR = "mentor"
    MENTEE = "mentee"


ELSEWHERE = tuple(category for category in Category if category is not Category.COURSE)
_OF_MENTORING = (Part.MENTOR, Part.MENTEE)


@dataclass(frozen=True, slots=True)
class Claim:
    """An activity as stated; texts are tidied, days are of the person's own calendar."""

    category: str
    role: str
    title: str
    organiser: str
    first_on: date
    last_on: date
    jp: int


def faults_in(claim: Claim, today: date) -> dict[str, Fault]:
    """What the office would send back, by the name of the field; empty when all is well.

    today: where the person is. JP count in the year of the last day. That year and the one before
    are open: an office closes last year's books in the first months of the new one.
    """
    faults = {
        "category": None if claim.category in ELSEWHERE else Fault("category-unknown"),
        "role": _fault_in_role(claim),
        "title": _fault_in_length(claim.title, TITLE_CHARACTERS),
        "organiser": _fault_in_length(claim.organiser, ORGANISER_CHARACTERS),
        "first_on": Fault("days-order") if claim.first_on > claim.last_on else None,
        "last_on": _fault_in_last_day(claim, today),
        "jp": fault_in_jp(claim.jp),
    }
    return {name: fault for name, fault in faults.items() if fault is not None}


def fault_in_jp(jp: int) -> Fault | None:
    """JP are whole, at least one, at most MOST_JP for one activity."""
    return None if 1 <= jp <= MOST_JP else Fault("jp-range", {"most": MOST_JP})


def _fault_in_role(claim: Claim) -> Fault | None:
    if claim.role not in tuple(Part):
        return Fault("role-unknown")
    if (claim.role in _OF_MENTORING) != (claim.category == Category.MENTORING):
        return Fault("role-of-mentoring")
    return None


def _fault_in_length(text: str, characters: range) -> Fault | None:
    if len(text) in characters:
        return None
    return Fault("text-length", {"least": characters[0], "most": characters[-1]})


def _fault_in_last_day(claim: Claim, today: date) -> Fault | None:
    if claim.last_on > today:
        return Fault("day-to-come")
    if claim.last_on.year < today.year - 1:
        return Fault("year-closed", {"year": today.year - 1})
    return None
