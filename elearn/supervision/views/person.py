"""One person: how far she is in each course, her scores, records and JP, and who wrote to her."""

from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.accounts import queries as accounts
from elearn.accounts.models import Employment, Person
from elearn.core import clock, policy
from elearn.core.i18n import day
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action, Actor
from elearn.learning import queries as learning
from elearn.records import queries as records
from elearn.records.service import year_by
from elearn.supervision import queries, service
from elearn.supervision.forms import CHANNEL_WORDS, ContactForm
from elearn.supervision.labels import EMPLOYMENTS
from elearn.supervision.rules.reminding import Channel, next_reminder_on
from elearn.supervision.rules.standing import urgency
from elearn.supervision.views import shown
from elearn.supervision.views.blueprint import bp
from elearn.supervision.views.studied import Look, course, unit_words
from elearn.web.guard import requires
from elearn.web.looks import note_look
from elearn.web.session import actor

CONTACTS = 10  # on the page, the latest


@bp.get("/supervision/people/<code>/")
@requires(Action.SUPERVISION_PEOPLE_READ)
def person(code: str) -> ResponseReturnValue:
    now = clock.now()
    found = accounts.person_within(actor(), Action.SUPERVISION_PEOPLE_READ, code, now)
    note_look_at(found, now)
    return render_template("supervision/person.html", **_shown(found, now))


def note_look_at(found: Person, now: datetime) -> None:
    """That the page was opened is kept; a look at oneself is nobody's to be told of."""
    if found.id != current_user.person_id:
        note_look(service.PERSON_LOOK, found.code, now)


def _shown(found: Person, now: datetime) -> dict[str, object]:
    """What the page says. Her own doors are opened for her: the reader has come through his."""
    herself = Actor(found.id)
    today = clock.day_in(now, found.time_zone)
    office = policy.on(today)
    places = accounts.places_of(found.id, today)
    contacts = queries.contacts_of(found.id, CONTACTS)
    last = contacts[0] if contacts else None
    due_on = next_reminder_on(last.at if last else None, office.reminder_days, found.time_zone)
    look = Look(
        person=found,
        library=places[0].name if places else "",
        contact=last,
        office=office,
        reader_id=current_user.person_id,
        reader=current_user.full_name,
        now=now,
    )
    is_other = found.employment == Employment.OTHER
    scores = queries.scores_of(found.id)
    courses = {one.id: course(look, one, scores) for one in learning.own_enrolments(herself)}
    return {
        "person": found,
        "places": places,
        "employment": "" if is_other else EMPLOYMENTS[found.employment],  # of others nothing
        "employment_said": _employment_said(found),
        "is_oneself": found.id == current_user.person_id,
        "courses": sorted(courses.values(), key=lambda one: urgency(one.stands)),
        "year": year_by(office, found.employment, found.id, today.year),
        "records": records.own_records(herself),
        "contacts": contacts,
        "channels": {str(channel): word for channel, word in CHANNEL_WORDS.items()},
        "next_on": due_on if due_on and due_on > today else None,
        "form": ContactForm(formdata=None, channel=Channel.PHONE),
        "corrections": [
            (one, unit_words(courses[one.enrolment_id].outline, one.unit_key))
            for one in queries.corrections_of(found.id)
            if one.enrolment_id in courses
        ],
        "state_marks": shown.STATE_MARKS,
        "state_words": shown.STATE_WORDS,
        "reason_words": shown.REASON_WORDS,
    }


def _employment_said(found: Person) -> str:
    """Who says that she has the status from which her target follows; "" while it never changed."""
    change = accounts.last_employment_change(found)
    if change is None:
        return ""
    words = {"status": EMPLOYMENTS[found.employment], "day": day(change.at, found.time_zone)}
    if change.by_id == found.id:
        return _("Employment status %(status)s, stated by the person on %(day)s.", **words)
    by = change.by or _("this site itself")
    return _("Employment status %(status)s, entered by %(name)s on %(day)s.", name=by, **words)
