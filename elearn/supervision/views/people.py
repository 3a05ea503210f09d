"""All people of a part of the tree: a list that can be narrowed, on pages and as a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice

from elearn.accounts import queries as accounts
from elearn.accounts.formats.report import Report, ReportColumn, cells
from elearn.accounts.formats.workbook_write import Kind, Value
from elearn.accounts.models import Node
from elearn.core import clock, policy
from elearn.core.i18n import gettext as _
from elearn.core.i18n import moment, page_language
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.supervision import queries, service
from elearn.supervision.forms import PeopleForm
from elearn.supervision.queries import PAGE, Line, Wanted
from elearn.supervision.rules.standing import Reason, State
from elearn.supervision.views import shown
from elearn.supervision.views.blueprint import bp
from elearn.supervision.views.lists import (
    Column,
    ListRow,
    columns,
    csv_file,
    screen,
    xlsx_file,
)
from elearn.web.addresses import addresses
from elearn.web.guard import requires
from elearn.web.looks import note_look
from elearn.web.paging import page_asked, page_count
from elearn.web.session import actor

PLACES = 100  # offered to choose from; in a larger part libraries are found by their names


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request for the list: of which part, narrowed how, as of when."""

    node: Node
    now: datetime
    year: int
    values: Mapping[str, Any]
    form: PeopleForm
    wanted: Wanted


@bp.get("/supervision/<node>/people")
@requires(Action.SUPERVISION_PEOPLE_READ)
def people(node: str) -> ResponseReturnValue:
    """One page of the list."""
    asked, place = _asked(node), page_asked()
    lines, total = queries.page(asked.values, asked.year, asked.wanted, place)
    pages = page_count(total, PAGE)
    report = _report(asked, lines)
    return render_template(
        "supervision/people.html",
        node=asked.node,
        now=asked.now,
        form=asked.form,
        report=report,
        columns=_columns(report),
        rows=_rows(report, lines),
        total=total,
        page=place,
        pages=pages,
        previous=_address(asked, place - 1) if place > 1 else None,
        next=_address(asked, place + 1) if place < pages else None,
        files=[(kind, _address(asked, None, kind)) for kind in ("xlsx", "csv")],
    )


@bp.get("/supervision/<node>/people.csv")
@requires(Action.SUPERVISION_PEOPLE_READ)
def people_csv(node: str) -> ResponseReturnValue:
    """The whole list as it was narrowed, in pieces."""
    report = _downloaded(_asked(node))
    return csv_file(report, node)


@bp.get("/supervision/<node>/people.xlsx")
@requires(Action.SUPERVISION_PEOPLE_READ)
def people_xlsx(node: str) -> ResponseReturnValue:
    """The same as a workbook."""
    report = _downloaded(_asked(node))
    return xlsx_file(report, node)


def _asked(code: str) -> _Asked:
    now = clock.now()
    node = accounts.own_node(actor(), Action.SUPERVISION_PEOPLE_READ, code, now)
    today = clock.day_in(now, node.time_zone)
    values = queries.values(node.id, today, policy.on(today), now)
    form = PeopleForm(request.args)
    offered = queries.places(values, PLACES + 1)
    form.library.choices = [
        SelectChoice("", _("All")),
        *(SelectChoice(*place) for place in offered if len(offered) <= PLACES),
    ]
    form.course.choices = [
        SelectChoice("", _("All")),
        *(
            SelectChoice(outline.slug, outline.title_in(page_language()))
            for outline in courses.newest_of_all()
        ),
    ]
    return _Asked(node, now, today.year, values, form, form.wanted())


def _downloaded(asked: _Asked) -> Report:
    """The whole list; that it was taken along is noted."""
    note_look(service.LIST_DOWNLOAD, asked.node.code, asked.now, "people")
    return _report(asked, queries.every(asked.values, asked.year, asked.wanted))


def _report(asked: _Asked, lines: Iterable[Line]) -> Report:
    zone, words = asked.node.time_zone, _Words.of_page()
    return Report(
        title=_("People of %(place)s", place=asked.node.name),
        columns=(
            ReportColumn("name", _("Name")),
            ReportColumn("library", _("Library")),
            ReportColumn("state", _("State")),
            ReportColumn("reason", _("Reason")),
            ReportColumn("course", _("Course")),
            ReportColumn("progress", _("Progress"), Kind.PERCENT),
            ReportColumn("jp", _("JP in %(year)s", year=asked.year), Kind.JP),
            ReportColumn("last", _("Last active"), Kind.DATE),
        ),
        rows=(_row(line, zone, words) for line in lines),
        as_of=asked.now,
        zone=zone,
        notes=_notes(asked),
    )


def _columns(report: Report) -> list[Column]:
    """The reason stands below its state, and what speaks for itself has no label on a phone."""
    labelled = ("progress", "jp", "last")
    return [
        (label, kind, one.key in labelled)
        for one, (label, kind, _) in zip(report.columns, columns(report), strict=True)
        if one.key != "reason"
    ]


def _rows(report: Report, lines: Sequence[Line]) -> list[ListRow]:
    links = addresses("supervision.person", "code", (line.code for line in lines))
    words = cells(report, screen(report.zone))
    return [
        (
            link,
            (
                name,
                library,
                (shown.STATE_MARKS[line.state], state, reason),
                *rest,
                last or _("never"),
            ),
        )
        for link, line, (name, library, state, reason, *rest, last) in zip(
            links, lines, words, strict=True
        )
    ]


@dataclass(frozen=True, slots=True)
class _Words:
    """States and reasons in the reader's language: a list has fifty of each, or thousands."""

    language: str
    states: Mapping[State, str]
    reasons: Mapping[Reason, str]

    @classmethod
    def of_page(cls) -> "_Words":
        reasons = {reason: str(word) for reason, word in shown.REASON_WORDS.items()}
        states = {state: str(word) for state, word in shown.STATE_WORDS.items()}
        return cls(page_language(), states, reasons)


def _row(line: Line, zone: str, words: _Words) -> tuple[Value, ...]:
    outline = courses.outline(line.version_id) if line.version_id else None
    return (
        line.name,
        line.library,
        words.states[line.state],
        words.reasons[line.reason] if line.reason else None,
        outline.title_in(words.language) if outline else None,
        line.percent if outline else None,
        line.jp,
        clock.day_in(line.last_at, zone) if line.last_at else None,
    )


def _notes(asked: _Asked) -> list[tuple[str, str]]:
    """What the list was narrowed to, and when it was so, for who finds the file later."""
    narrowed = [(field.label.text, _chosen(field)) for field in asked.form if field.data]
    as_of = moment(asked.now, asked.node.time_zone)
    return [*((str(name), text) for name, text in narrowed if text), (_("As of"), as_of)]


def _chosen(field: Any) -> str:
    """The words of a choice that is offered; of a text field what was typed."""
    if not hasattr(field, "choices"):
        return str(field.data)
    return next((str(one.label) for one in field.choices if one.value == field.data), "")


def _address(asked: _Asked, page: int | None, kind: str = "") -> str:
    """The same list, another page of it or as a file."""
    wanted = asked.wanted
    endpoint = f"supervision.people_{kind}" if kind else "supervision.people"
    narrowed: dict[str, Any] = {
        "q": wanted.words, "library": wanted.library, "state": wanted.state or "",
        "course": wanted.course, "page": page if page and page > 1 else "",
    }  # fmt: skip
    chosen = {name: value for name, value in narrowed.items() if value}
    return url_for(endpoint, node=asked.node.code, **chosen)
