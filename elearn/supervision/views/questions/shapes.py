"""Each question in words: what it asks, its columns, and how a row of the database fills them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import floor
from typing import Any

from flask_babel import LazyString
from sqlalchemy import Row

from elearn.accounts.formats.workbook_write import Kind, Value
from elearn.core import clock
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import ngettext, number, page_language, percent
from elearn.courses import queries as courses
from elearn.records.rules import Category
from elearn.supervision.labels import CATEGORIES, EMPLOYMENTS
from elearn.supervision.queries import questions
from elearn.supervision.queries.questions import Answer, Asked
from elearn.supervision.rules.questions import Question, Target


@dataclass(frozen=True, slots=True)
class Reading:
    """What the values of a row are read with."""

    asked: Asked
    zone: str  # whose days are shown


@dataclass(frozen=True, slots=True)
class Shape:
    """One question as it is shown.

    filters: fields of the form that it takes. put: asks the database; target: of the form.
    values: a row's, in the order of the columns. summary: what stands above the list.
    blanks: words on the screen where a cell of that column is empty. note: how it is counted.
    """

    title: LazyString
    asks: LazyString
    filters: tuple[str, ...]
    columns: tuple[tuple[str, LazyString, Kind], ...]
    put: Callable[[Asked, Target], Answer]
    values: Callable[[Row[Any], Reading], tuple[Value, ...]]
    summary: Callable[[Row[Any]], str]
    empty: LazyString
    note: LazyString
    blanks: Mapping[str, str | LazyString] = field(default_factory=dict)


_PERSON = (("name", _l("Name"), Kind.TEXT), ("library", _l("Library"), Kind.TEXT))
_COURSE = ("course", _l("Course"), Kind.TEXT)
_DAY = timedelta(days=1)


def _course(row: Row[Any]) -> str:
    outline = courses.outline(row.version_id)
    return outline.words[outline.language_for(page_language())].title


def _on(moment: datetime | None, reading: Reading) -> date | None:
    return None if moment is None else clock.day_in(moment, reading.zone)


def _days_since(moment: datetime | None, reading: Reading) -> int | None:
    return None if moment is None else max(0, (reading.asked.now - moment) // _DAY)


def _people(total: Row[Any]) -> str:
    count = total.person_id
    return ngettext("%(count)s person", "%(count)s people", count, count=number(count))


def _started(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    return (row.name, row.library, _course(row), _on(row.at, reading), row.percent)


def _finished(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    state = _("not issued yet")
    if row.number:
        state = _("revoked") if row.is_revoked else _("valid")
    return (
        row.name, row.library, _course(row), _on(row.at, reading),
        row.number, state, row.jp,
    )  # fmt: skip


def _jp(row: Row[Any], _reading: Reading) -> tuple[Value, ...]:
    of_category = (row._mapping[category] for category in Category)
    status = str(EMPLOYMENTS[row.employment])
    return (row.name, row.library, status, row.counted, row.target, row.short, *of_category)


def _late(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    return (row.name, row.library, _course(row), row.others, _on(row.last_event_at, reading))


def _untrained(row: Row[Any], _reading: Reading) -> tuple[Value, ...]:
    return (row.name, row.above, row.people, row.left_name, row.left_on)


def _gain(row: Row[Any], _reading: Reading) -> tuple[Value, ...]:
    return (row.name, row.library, _course(row), row.pre, row.post, row.gain)


def _gain_by_part(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    if row.rows < reading.asked.office.small_group:
        return (row.name, None, None, None, None)
    return (row.name, row.rows, rounded(row.pre), rounded(row.post), rounded(row.gain))


def _waiting(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    category = str(CATEGORIES[row.category])
    return (
        row.name, row.library, category, row.title, row.jp_claimed,
        _on(row.at, reading), _days_since(row.at, reading),
    )  # fmt: skip


def _contact(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    days = _days_since(row.last_at, reading)
    return (row.name, row.library, _on(row.acted_at, reading), _on(row.noted_at, reading), days)


def rounded(median: Any) -> int:
    """A median as a whole number; halves go up."""
    return floor(float(median) + 0.5)


def _runs(total: Row[Any]) -> str:
    runs = ngettext("%(count)s course", "%(count)s courses", total.rows, count=number(total.rows))
    return _("%(people)s, %(courses)s", people=_people(total), courses=runs)


def _runs_and_jp(total: Row[Any]) -> str:
    return _("%(runs)s, %(jp)s JP", runs=_runs(total), jp=number(total.jp))


def _jp_summary(total: Row[Any]) -> str:
    people = ngettext("%(count)s person", "%(count)s people", total.rows, count=number(total.rows))
    return _(
        "%(people)s; %(jp)s JP counted, %(short)s JP missing",
        people=people,
        jp=number(total.counted),
        short=number(total.short),
    )


def _untrained_summary(total: Row[Any]) -> str:
    libraries = ngettext(
        "%(count)s library", "%(count)s libraries", total.rows, count=number(total.rows)
    )
    left = ngettext(
        "%(count)s of them had a trained person who has left",
        "%(count)s of them had a trained person who has left",
        total.left,
        count=number(total.left),
    )
    return _("%(libraries)s; %(left)s", libraries=libraries, left=left)


def _gain_summary(total: Row[Any]) -> str:
    if not total.rows:
        return _("Nobody has both tests yet")
    return _(
        "%(count)s with both tests; median %(pre)s before, %(post)s after, gain %(gain)s points",
        count=number(total.rows),
        pre=percent(rounded(total.pre)),
        post=percent(rounded(total.post)),
        gain=number(rounded(total.gain)),
    )


def _waiting_summary(total: Row[Any]) -> str:
    activities = ngettext(
        "%(count)s activity", "%(count)s activities", total.rows, count=number(total.rows)
    )
    return _(
        "%(activities)s of %(people)s, %(jp)s JP claimed",
        activities=activities,
        people=_people(total),
        jp=number(total.jp_claimed),
    )


def _contact_summary(total: Row[Any]) -> str:
    people = ngettext("%(count)s person", "%(count)s people", total.rows, count=number(total.rows))
    never = ngettext(
        "of %(count)s there was never a sign",
        "of %(count)s there was never a sign",
        total.never,
        count=number(total.never),
    )
    return _("%(people)s; %(never)s", people=people, never=never)


def _asks_all(put: Callable[[Asked], Answer]) -> Callable[[Asked, Target], Answer]:
    """A question that is not about targets."""
    return lambda asked, _target: put(asked)


SHAPES: Mapping[Question, Shape] = {
    Question.STARTED: Shape(
        title=_l("Who started a course?"),
        asks=_l("Everybody whose first step in a course was in the period."),
        filters=("period", "course", "part"),
        columns=(
            *_PERSON,
            _COURSE,
            ("started_on", _l("Started on"), Kind.DATE),
            ("percent", _l("Progress"), Kind.PERCENT),
        ),
        put=_asks_all(questions.started),
        values=_started,
        summary=_runs,
        empty=_l("Nobody here began a course in this period. Choose a longer period to see more."),
        note=_l("Joining is no start: the first lesson, test or task is. Repeated courses count."),
    ),
    Question.FINISHED: Shape(
        title=_l("Who finished a course?"),
        asks=_l("Completed courses with the number of the record and the JP."),
        filters=("period", "course", "part"),
        columns=(
            *_PERSON,
            _COURSE,
            ("completed_on", _l("Completed on"), Kind.DATE),
            ("number", _l("Record"), Kind.TEXT),
            ("state", _l("State of the record"), Kind.TEXT),
            ("jp", _l("JP"), Kind.JP),
        ),
        put=_asks_all(questions.finished),
        values=_finished,
        summary=_runs_and_jp,
        empty=_l(
            "Nobody here completed a course in this period. Choose a longer period to see more."
        ),
        note=_l("JP are those in the ledger: a revoked record brings none."),
        blanks={"number": _l("none")},
    ),
    Question.JP: Shape(
        title=_l("Who is below the JP target?"),
        asks=_l("JP of the year by category after the caps, the target, and what is missing."),
        filters=("year", "target", "part"),
        columns=(
            *_PERSON,
            ("status", _l("Status"), Kind.TEXT),
            ("counted", _l("Counted"), Kind.JP),
            ("target", _l("Target"), Kind.JP),
            ("short", _l("Missing"), Kind.JP),
            *((str(one), word, Kind.JP) for one, word in CATEGORIES.items()),
        ),
        put=questions.jp,
        values=_jp,
        summary=_jp_summary,
        empty=_l("Nobody is in this list. Choose “Everybody” to see all people."),
        note=_l(
            "Caps and targets are those of the office's rules for that year; the status is that of "
            "its last day, or of today while it runs. People are those who belong here today."
        ),
        blanks={"target": _l("no target"), "short": "–"},
    ),
    Question.LATE: Shape(
        title=_l("Which tasks or plans are late?"),
        asks=_l("Required practical tasks that are open, those first that wait for nothing else."),
        filters=("course", "part"),
        columns=(
            *_PERSON,
            _COURSE,
            ("others", _l("Other steps left"), Kind.WHOLE),
            ("last_on", _l("Last activity"), Kind.DATE),
        ),
        put=_asks_all(questions.late),
        values=_late,
        summary=_runs,
        empty=_l("No course that somebody here follows has a required task that is open."),
        note=_l("Once a task was assessed outside, note it as a correction on the person's page."),
    ),
    Question.UNTRAINED: Shape(
        title=_l("Which libraries have no trained person?"),
        asks=_l("Libraries where nobody who belongs today has a valid completion record."),
        filters=("course", "part"),
        columns=(
            ("library", _l("Library"), Kind.TEXT),
            ("above", _l("Part of"), Kind.TEXT),
            ("people", _l("People today"), Kind.WHOLE),
            ("left_name", _l("Trained person who left"), Kind.TEXT),
            ("left_on", _l("Left on"), Kind.DATE),
        ),
        put=_asks_all(questions.untrained),
        values=_untrained,
        summary=_untrained_summary,
        empty=_l("Every library here has somebody with a valid record."),
        note=_l("Without a chosen course, a valid record of any course counts."),
        blanks={"left_name": _l("never had one")},
    ),
    Question.GAIN: Shape(
        title=_l("What was gained from pre-test to post-test?"),
        asks=_l("Best scores of both tests by person, the smallest gain first."),
        filters=("course", "part"),
        columns=(
            *_PERSON,
            _COURSE,
            ("pre", _l("Pre-test"), Kind.PERCENT),
            ("post", _l("Post-test"), Kind.PERCENT),
            ("gain", _l("Gain in points"), Kind.WHOLE),
        ),
        put=_asks_all(questions.gain),
        values=_gain,
        summary=_gain_summary,
        empty=_l("As soon as somebody has taken pre-test and post-test, both stand here."),
        note=_l("Only those who took both tests; of a repeated course the latest time."),
    ),
    Question.GAIN_BY_PART: Shape(
        title=_l("Gain from pre-test to post-test by place"),
        asks=_l("Medians of both tests for each place."),
        filters=("course",),
        columns=(
            ("place", _l("Place"), Kind.TEXT),
            ("people", _l("With both tests"), Kind.WHOLE),
            ("pre", _l("Pre-test"), Kind.PERCENT),
            ("post", _l("Post-test"), Kind.PERCENT),
            ("gain", _l("Gain in points"), Kind.WHOLE),
        ),
        put=_asks_all(questions.gain_by_part),
        values=_gain_by_part,
        summary=_gain_summary,
        empty=_l("As soon as somebody has taken pre-test and post-test, both stand here."),
        note=_l("A median of few people says what each of them did, so it is not shown."),
        blanks={"people": _l("too few")},
    ),
    Question.WAITING: Shape(
        title=_l("What waits for a decision?"),
        asks=_l("Activities elsewhere that somebody logged, the oldest first."),
        filters=("part",),
        columns=(
            *_PERSON,
            ("category", _l("Category"), Kind.TEXT),
            ("title", _l("Activity"), Kind.TEXT),
            ("jp_claimed", _l("JP claimed"), Kind.JP),
            ("logged_on", _l("Logged on"), Kind.DATE),
            ("days", _l("Days waiting"), Kind.WHOLE),
        ),
        put=_asks_all(questions.waiting),
        values=_waiting,
        summary=_waiting_summary,
        empty=_l("Nothing waits: every activity that was logged has been decided."),
        note=_l("Nobody decides about her own activity."),
    ),
    Question.CONTACT: Shape(
        title=_l("Of whom was nothing heard for long?"),
        asks=_l("The last act of study and the last contact that was noted, silence first."),
        filters=("part",),
        columns=(
            *_PERSON,
            ("acted_on", _l("Last act of study"), Kind.DATE),
            ("noted_on", _l("Last contact noted"), Kind.DATE),
            ("days", _l("Days of silence"), Kind.WHOLE),
        ),
        put=_asks_all(questions.contact),
        values=_contact,
        summary=_contact_summary,
        empty=_l("Nobody belongs here yet."),
        note=_l("Joining a course is no act of study."),
        blanks={"acted_on": _l("never"), "noted_on": _l("never"), "days": _l("always")},
    ),
}
LISTED = tuple(question for question in Question if question is not Question.GAIN_BY_PART)
OF_PLACES = (Question.UNTRAINED, Question.GAIN_BY_PART)  # a row is a place, not a person
