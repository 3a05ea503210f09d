"""The list of the questions, and each as a page, as CSV and as a workbook."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from elearn.accounts import queries as accounts
from elearn.accounts.formats.report import Report, cells
from elearn.core import clock
from elearn.core.permissions import Action
from elearn.supervision import service
from elearn.supervision.queries.questions import PAGE, every, page, totals
from elearn.supervision.views.blueprint import bp
from elearn.supervision.views.lists import ListRow, columns, csv_file, screen, xlsx_file
from elearn.supervision.views.questions.asked import AskedPage, asked_page
from elearn.supervision.views.questions.shapes import LISTED, SHAPES
from elearn.web.addresses import addresses
from elearn.web.guard import requires
from elearn.web.looks import note_look
from elearn.web.paging import page_asked, page_count
from elearn.web.session import actor


@bp.get("/supervision/<node>/questions/", endpoint="questions")
@requires(Action.SUPERVISION_PEOPLE_READ)
def list_questions(node: str) -> ResponseReturnValue:
    """All questions, each with what it tells."""
    found = accounts.own_node(actor(), Action.SUPERVISION_PEOPLE_READ, node, clock.now())
    return render_template(
        "supervision/questions.html", node=found, listed=[(one, SHAPES[one]) for one in LISTED]
    )


@bp.get("/supervision/<node>/questions/<name>")
@requires(Action.SUPERVISION_PEOPLE_READ)
def question(node: str, name: str) -> ResponseReturnValue:
    """One question: the sums over all rows, and one page of them."""
    asked = asked_page(node, name)
    total = totals(asked.answer, asked.asked)
    place, pages = page_asked(), page_count(total.rows, PAGE)
    rows = page(asked.answer, asked.asked, place) if total.rows else []
    report = asked.report(rows)
    return render_template(
        "supervision/question.html",
        asked=asked,
        shape=asked.shape,
        report=report,
        columns=columns(report),
        rows=_listed(asked, report, rows),
        summary=asked.shape.summary(total),
        page=place,
        pages=pages,
        previous=_address(asked, place - 1) if place > 1 else None,
        next=_address(asked, place + 1) if place < pages else None,
    )


def _listed(asked: AskedPage, report: Report, rows: Sequence[Row[Any]]) -> list[ListRow]:
    """The rows in words; what is empty says why. Each leads to its person or its place."""
    leads = asked.shape.leads
    links = addresses(leads.endpoint, leads.name, (row.code for row in rows))
    blanks = [str(asked.shape.blanks.get(column.key, "")) for column in report.columns]
    return [
        (link, [word or blank for word, blank in zip(words, blanks, strict=True)])
        for link, words in zip(links, cells(report, screen(report.zone)), strict=True)
    ]


@bp.get("/supervision/<node>/questions/<name>.csv")
@requires(Action.SUPERVISION_PEOPLE_READ)
def question_csv(node: str, name: str) -> ResponseReturnValue:
    """All rows of the question as it was narrowed."""
    asked = asked_page(node, name)
    return csv_file(_taken_along(asked), f"{asked.question}-{asked.node.code}")


@bp.get("/supervision/<node>/questions/<name>.xlsx")
@requires(Action.SUPERVISION_PEOPLE_READ)
def question_xlsx(node: str, name: str) -> ResponseReturnValue:
    """The same as a workbook."""
    asked = asked_page(node, name)
    return xlsx_file(_taken_along(asked), f"{asked.question}-{asked.node.code}")


def _taken_along(asked: AskedPage) -> Report:
    """All rows; that they were taken along is noted."""
    code, now = asked.node.code, asked.asked.now
    note_look(service.LIST_DOWNLOAD, code, now, asked.question)
    return asked.report(every(asked.answer, asked.asked))


def _address(asked: AskedPage, place: int) -> str:
    """Another page of the same list."""
    chosen: dict[str, Any] = asked.chosen | ({"page": str(place)} if place > 1 else {})
    return url_for("supervision.question", node=asked.node.code, name=asked.question, **chosen)
