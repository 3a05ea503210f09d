"""What pages show of standings: states and reasons in words, and what to do about each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from elearn.core import clock
from elearn.core.i18n import day, force_locale, ngettext, page_language, percent
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.courses.queries import unit_title
from elearn.courses.rules import OutlineUnit
from elearn.learning import rules as learning
from elearn.supervision.queries import LastContact, Stuck
from elearn.supervision.rules.message import Contact, Message, wa_link
from elearn.supervision.rules.reminding import next_reminder_on
from elearn.supervision.rules.standing import Reason, State
from elearn.supervision.words import message_text
from elearn.web.addresses import address

# The marks of components/status.html.
STATE_MARKS = {
    State.STUCK: "stuck",
    State.RUNNING: "current",
    State.FINISHED: "done",
    State.NOT_STARTED: "none",
}
STATE_WORDS = {
    State.STUCK: _l("Stuck"),
    State.RUNNING: _l("In progress"),
    State.FINISHED: _l("Completed"),
    State.NOT_STARTED: _l("Not started"),
}
REASON_WORDS = {
    Reason.FAILED: _l("Quiz not passed yet"),
    Reason.ONE_STEP_LEFT: _l("One step from the end"),
    Reason.IDLE: _l("No activity for long"),
    Reason.NEVER_STARTED: _l("Joined, never begun"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """The one thing beside writing that helps: a link with its words."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class StuckCard:
    """Somebody who is stuck, as she stands on the page."""

    code: str
    name: str
    library: str
    course: str
    course_language: str
    headline: str
    detail: str
    reason: Reason
    is_oneself: bool
    message: str
    language: str  # of the message
    whatsapp: str
    act: Act | None
    contact: LastContact | None
    next_reminder_on: date | None  # None: she may be reminded today


def stuck_card(
    one: Stuck, reader_id: int | None, supervisor: str, reminder_days: int, now: datetime
) -> StuckCard:
    """All words of one person who is stuck.

    reader_id, supervisor: who looks, and signs the message. reminder_days: from the policy.
    """
    person = one.person
    unit = _unit_of(one)
    contact = one.contact
    last_at = contact.at if contact else None
    due_on = next_reminder_on(last_at, reminder_days, person.time_zone)
    is_due = due_on is None or due_on <= clock.day_in(now, person.time_zone)
    text = message_text(_message(one, unit, supervisor), person.language)
    return StuckCard(
        code=person.code,
        name=person.full_name,
        library=one.library,
        course=one.outline.title_in(page_language()),
        course_language=one.outline.language_for(page_language()),
        headline=_headline(one, unit, now),
        detail=_detail(one, unit),
        reason=one.reason,
        is_oneself=person.id == reader_id,
        message=text,
        language=person.language,
        whatsapp=wa_link(person.phone, text),
        act=None if person.id == reader_id else _act(one),
        contact=contact,
        next_reminder_on=None if is_due else due_on,
    )


def _unit_of(one: Stuck) -> OutlineUnit:
    """What she is stuck at: the quiz not passed, else what is next for her."""
    outline, standing = one.outline, one.standing
    failed = outline.unit(one.failed_unit_key) if one.reason is Reason.FAILED else None
    following = learning.next_unit(outline, standing.units, standing.last_unit_key)
    return failed or following or outline.units[0]


def _message(one: Stuck, unit: OutlineUnit, supervisor: str) -> Message:
    """The values of the message, with titles in the person's language."""
    language = one.person.language
    with force_locale(language):
        title = unit_title(one.outline, unit, language)
    is_again = one.contact is not None and one.contact.at >= one.since
    return Message(
        reason=one.reason,
        contact=Contact.AGAIN if is_again else Contact.FIRST,
        name=one.person.full_name,
        supervisor=supervisor,
        course=one.outline.title_in(language),
        unit=title,
        minutes=_minutes(one, unit) or None,
        left_count=one.standing.required_count - one.standing.done_count,
    )


def _minutes(one: Stuck, unit: OutlineUnit) -> int:
    """Of the unit; of a failed quiz those of the lessons that it asks about."""
    if one.reason is not Reason.FAILED:
        return unit.minutes
    units = one.outline.units
    return sum(u.minutes for u in units if u.module_key == unit.module_key and u.kind == "lesson")


def _headline(one: Stuck, unit: OutlineUnit, now: datetime) -> str:
    days = max(0, (now - one.since) // timedelta(days=1))
    title = unit_title(one.outline, unit, page_language())
    if one.reason is Reason.FAILED:
        return ngettext(
            "Not passed after %(num)d attempt: %(unit)s",
            "Not passed after %(num)d attempts: %(unit)s",
            one.failed_count,
            unit=title,
        )
    if one.reason is Reason.ONE_STEP_LEFT:
        return _("One step from the end: %(unit)s", unit=title)
    if one.reason is Reason.IDLE:
        return ngettext("No activity for %(num)d day", "No activity for %(num)d days", days)
    return ngettext(
        "Not begun, %(num)d day after joining", "Not begun, %(num)d days after joining", days
    )


def _detail(one: Stuck, unit: OutlineUnit) -> str:
    title = unit_title(one.outline, unit, page_language())
    if one.reason is Reason.FAILED:
        return _tries(one, unit)
    if one.reason is Reason.ONE_STEP_LEFT:
        return _(
            "Last active on %(day)s. The record is issued right after it.",
            day=day(one.since, one.person.time_zone),
        )
    if one.reason is Reason.IDLE:
        left = one.standing.required_count - one.standing.done_count
        return ngettext(
            "Stopped before “%(unit)s”; %(num)d of %(total)s steps is left.",
            "Stopped before “%(unit)s”; %(num)d of %(total)s steps are left.",
            left,
            unit=title,
            total=one.standing.required_count,
        )
    return _(
        "Joined on %(day)s; it begins with “%(unit)s”.",
        day=day(one.since, one.person.time_zone),
        unit=title,
    )


def _tries(one: Stuck, unit: OutlineUnit) -> str:
    """Scores, pass mark, and whether another attempt is possible."""
    tries = one.tries
    parts = []
    if tries.scores:
        scores = ", ".join(percent(score) for score in tries.scores[-5:])
        mark = percent(unit.pass_percent or one.outline.pass_percent)
        parts.append(_("Scores %(scores)s; pass mark %(mark)s.", scores=scores, mark=mark))
    if tries.are_used_up and tries.last_at:
        parts.append(
            _(
                "All attempts are used up since %(day)s.",
                day=day(tries.last_at, one.person.time_zone),
            )
        )
    elif tries.last_at:
        parts.append(_("Last attempt on %(day)s.", day=day(tries.last_at, one.person.time_zone)))
    return " ".join(parts)


def _act(one: Stuck) -> Act | None:
    """What a supervisor can do beside writing. Pages of other rooms may not be there."""
    code = one.person.code
    if one.reason is Reason.FAILED and one.tries.are_used_up:
        href = address(
            "supervision.one_more", code=code, slug=one.outline.slug, key=one.failed_unit_key
        )
        return Act(_("Give one more attempt"), href) if href else None
    if one.reason is Reason.NEVER_STARTED:
        href = address("supervision.way_in", code=code)
        return Act(_("Print a new way in"), href) if href else None
    return None
