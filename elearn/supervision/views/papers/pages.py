"""The list of papers, and each as a page to print and as PDF."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts.models import Node
from elearn.core import clock
from elearn.core.errors import Invalid, Missing
from elearn.core.i18n import force_locale
from elearn.core.permissions import Action
from elearn.records.formats import office_pdf
from elearn.records.formats.office_pdf import Paper
from elearn.records.formats.typesetting import Unprintable
from elearn.supervision import service
from elearn.supervision.forms import PaperForm
from elearn.supervision.queries import questions
from elearn.supervision.queries.signing import signer
from elearn.supervision.rules.papers import ROWS_MOST, PaperKind
from elearn.supervision.rules.period import Span
from elearn.supervision.views.blueprint import bp
from elearn.supervision.views.papers.making import SHEETS, Order, paper
from elearn.supervision.views.questions.asked import about
from elearn.web.downloads import attachment
from elearn.web.guard import requires
from elearn.web.looks import note_look
from elearn.web.session import actor


@dataclass(frozen=True, slots=True)
class _Made:
    """A paper with what it was ordered by; chosen: the same for an address."""

    order: Order
    paper: Paper
    chosen: dict[str, Any]


@bp.get("/supervision/<node>/papers/")
@requires(Action.SUPERVISION_PEOPLE_READ)
def papers(node: str) -> ResponseReturnValue:
    """What can be printed, for a period and a year that are chosen here."""
    found = _node(node)
    return render_template("supervision/papers.html", node=found, form=_form(found), sheets=SHEETS)


@bp.get("/supervision/<node>/papers/<kind>", endpoint="paper")
@requires(Action.SUPERVISION_PEOPLE_READ)
def show_paper(node: str, kind: str) -> ResponseReturnValue:
    """The paper as a page: it prints as it is."""
    made = _made(node, kind)
    return render_template(
        "supervision/paper.html", made=made, paper=made.paper, node=made.order.node
    )


@bp.get("/supervision/<node>/papers/<kind>.pdf")
@requires(Action.SUPERVISION_PEOPLE_READ)
def paper_pdf(node: str, kind: str) -> ResponseReturnValue:
    """The paper as PDF; that it was taken along is noted."""
    made = _made(node, kind)
    asked, code = made.order.asked, made.order.node.code
    try:
        content = office_pdf.render(made.paper, asked.now)
    except Unprintable as fault:
        characters = " ".join(fault.characters)
        raise Invalid("paper-unprintable", characters=characters) from None
    note_look(service.LIST_DOWNLOAD, code, asked.now, f"paper {kind}")
    return attachment(content, "application/pdf", f"{kind}-{code}-{asked.on}.pdf")


def _made(code: str, kind: str) -> _Made:
    if kind not in tuple(PaperKind):
        raise Missing("page-missing")
    node, now = _node(code), clock.now()
    form = _form(node)
    span, year = Span(form.offered("period")), int(form.offered("year"))
    asked = about(node, now, span, year)
    order = Order(
        kind=PaperKind(kind),
        node=node,
        asked=asked,
        span=span,
        language=form.offered("language"),
        signer=signer(actor(), node.id, asked.on),
    )
    answer = SHEETS[order.kind].put(asked)
    if questions.totals(answer, asked).rows > ROWS_MOST:
        raise Invalid("paper-long", most=ROWS_MOST)
    with force_locale(order.language):
        return _Made(order, paper(order, answer), _chosen(form))


def _node(code: str) -> Node:
    return accounts.own_node(actor(), Action.SUPERVISION_PEOPLE_READ, code, clock.now())


def _form(node: Node) -> PaperForm:
    form = PaperForm(request.args)
    form.offer_years(clock.day_in(clock.now(), node.time_zone).year)
    for field in form:
        field.data = form.offered(field.name)
    return form


def _chosen(form: PaperForm) -> dict[str, Any]:
    return {field.name: field.data for field in form}
