"""What people did elsewhere, what was decided about it, and whom their supervisors reminded."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from elearn.core.clock import day_in
from elearn.core.db import saving
from elearn.records.models import Activity, Category, Credit, Decision
from elearn.supervision.models import Contact
from tests.bench.country.chance import Codes
from tests.bench.country.people import Inhabitant
from tests.bench.country.sizes import Sizes
from tests.bench.country.span import Span
from tests.bench.country.writing import Writer

_ELSEWHERE = tuple(category for category in Category if category is not Category.COURSE)
_ACTIVITY = (
    "id", "code", "person_id", "category", "role", "title", "organiser", "first_on", "last_on",
    "jp_claimed", "at", "by",
)  # fmt: skip
_DECISION = ("id", "activity_id", "kind", "jp", "reason", "by", "at")
_CREDIT = (
    "id", "person_id", "kind", "decision_id", "category", "credit_year", "jp", "title", "at",
)  # fmt: skip
_CONTACT = ("id", "person_id", "by", "at", "channel", "reason")
_WAITING_SHARE = 0.1
_REFUSED_SHARE = 0.05


def busy(
    sizes: Sizes, people: Sequence[Inhabitant], span: Span, writer: Writer, codes: Codes,
    chance: Random,
) -> None:  # fmt: skip
    """Activities of the second half of the span, with their decisions, and the contacts."""
    decider = people[0].person_id
    activities, decisions, credit = [], [], []
    for _ in range(sizes.activities):
        person = chance.choice(people)
        at = span.at(0.5 + 0.5 * chance.random())
        day = day_in(at, person.zone)
        category, jp = chance.choice(_ELSEWHERE), chance.randint(2, 8)
        number, title = writer.next_id(Activity), f"{category.capitalize()} literasi"
        activities.append(
            (number, codes.code(), person.person_id, category, "participant", title,
             "Dinas Perpustakaan (contoh)", day, day, jp, at, person.person_id)
        )  # fmt: skip
        if chance.random() < _WAITING_SHARE:
            continue
        is_refused = chance.random() < _REFUSED_SHARE
        decision = writer.next_id(Decision)
        decided_at = min(at + timedelta(days=chance.randint(1, 20)), span.end)
        decisions.append(
            (decision, number, "refused", 0, "Bukti tidak terbaca.", decider, decided_at)
            if is_refused
            else (decision, number, "approved", jp, "", decider, decided_at)
        )
        if not is_refused:
            credit.append(
                (writer.next_id(Credit), person.person_id, "activity", decision, category,
                 day.year, jp, title, decided_at)
            )  # fmt: skip
    contacts = [
        (writer.next_id(Contact), chance.choice(people).person_id, decider,
         span.at(0.7 + 0.3 * chance.random()), "whatsapp", "idle")
        for _ in range(sizes.contacts)
    ]  # fmt: skip
    with saving():
        writer.add(Activity, _ACTIVITY, activities)
        writer.add(Decision, _DECISION, decisions)
        writer.add(Credit, _CREDIT, credit)
        writer.add(Contact, _CONTACT, contacts)
