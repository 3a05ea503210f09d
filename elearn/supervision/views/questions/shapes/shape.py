"""What a question consists of when it is shown, and the columns that several of them have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import LazyString
from sqlalchemy import Row

from elearn.accounts.formats.workbook_write import Kind, Value
from elearn.core import clock
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import ngettext, number, page_language
from elearn.courses import queries as courses
from elearn.supervision.queries.questions import Answer, Asked
from elearn.supervision.rules.questions import Question, Target

Column = tuple[str, LazyString, Kind]  # key, label, what stands in it


@dataclass(frozen=True, slots=True)
class Reading:
    """What the values of a row are read with."""

    asked: Asked
    zone: str  # whose days are shown


@dataclass(frozen=True, slots=True)
class Leads:
    """Where a row leads: a page, and the part of its address that is the row's code."""

    endpoint: str
    name: str


TO_PERSON = Leads("supervision.person", "code")
TO_PLACE = Leads("supervision.part", "node")


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes on from here: another question, or where activities are decided about."""

    label: LazyString
    question: Question | None


@dataclass(frozen=True, slots=True)
class Shape:
    """One question as it is shown.

    filters: fields of the form that it takes. put: asks the database; target: of the form.
    values: a row's, in the order of the columns. summary: what stands above the list. note: how it
    is counted. blanks: words on the screen where a cell of that column is empty. preface: what must
    be known before the list can be read.
    """

    title: LazyString
    asks: LazyString
    filters: tuple[str, ...]
    columns: tuple[Column, ...]
    put: Callable[[Asked, Target], Answer]
    values: Callable[[Row[Any], Reading], tuple[Value, ...]]
    summary: Callable[[Row[Any]], str]
    empty: LazyString
    note: LazyString
    blanks: Mapping[str, str | LazyString] = field(default_factory=dict)
    leads: Leads = TO_PERSON
    beside: Beside | None = None
    preface: LazyString | None = None


PERSON: tuple[Column, ...] = (
    ("name", _l("Name"), Kind.TEXT),
    ("library", _l("Library"), Kind.TEXT),
)
COURSE: Column = ("course", _l("Course"), Kind.TEXT)


def asks_all(put: Callable[[Asked], Answer]) -> Callable[[Asked, Target], Answer]:
    """A question that is not about targets."""
    return lambda asked, _target: put(asked)


def course(row: Row[Any]) -> str:
    """The course of a run, as the reader's language has it."""
    return courses.outline(row.version_id).title_in(page_language())


def on(moment: datetime | None, reading: Reading) -> date | None:
    """The day of a moment, where the people are."""
    return None if moment is None else clock.day_in(moment, reading.zone)


def people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count, count=number(count))


def runs(total: Row[Any]) -> str:
    """How many people in how many courses."""
    count = ngettext("%(count)s course", "%(count)s courses", total.rows, count=number(total.rows))
    return _("%(people)s, %(courses)s", people=people(total.person_id), courses=count)
