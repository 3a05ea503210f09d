"""First codes for everybody of a part who has never signed in: slips by library, or a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts.formats.report import Report, ReportColumn
from elearn.accounts.formats.workbook_write import Kind
from elearn.accounts.models import Node
from elearn.accounts.queries.first_codes import (
    Count,
    Expected,
    Whom,
    count_by_part,
    count_expected,
)
from elearn.accounts.rules import shown_code
from elearn.accounts.service import ways_in
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict
from elearn.core.i18n import gettext as _
from elearn.core.i18n import ngettext
from elearn.core.permissions import Action
from elearn.supervision.forms import FirstCodesForm
from elearn.supervision.views import lists
from elearn.supervision.views.blueprint import bp
from elearn.supervision.views.slips import Reader, Slip, page_of_codes, qr_of_codes, slip_for
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.session import actor

DAYS = 14
Made = Sequence[tuple[Expected, str]]


@dataclass(frozen=True, slots=True)
class Pile:
    """The slips of one library."""

    library: str
    slips: tuple[Slip, ...]


@bp.get("/supervision/<node>/first-codes")
@requires(Action.ACCOUNTS_WAYS_IN_MAKE)
def first_codes(node: str) -> ResponseReturnValue:
    place, now = _own(node), clock.now()
    count = count_expected(actor(), place, now)
    return _draw(place, count, _form(count, days=DAYS), now)


@bp.post("/supervision/<node>/first-codes")
@requires(Action.ACCOUNTS_WAYS_IN_MAKE)
def make_first_codes(node: str) -> ResponseReturnValue:
    """The slips, or the file, are the answer itself, since nothing keeps the codes."""
    place, now = _own(node), clock.now()
    count = count_expected(actor(), place, now)
    form = _form(count)
    if not form.validate() or form.days.data is None:
        return _draw(place, count, form, now), 422
    until, whom = now + timedelta(days=form.days.data), form.chosen()
    try:
        with saving():
            made = ways_in.make_first_codes(actor(), _own(node), whom, until, now)
    except Conflict as problem:
        form.form_errors.append(sentence_for(problem))
        place = _own(node)
        return _draw(place, count_expected(actor(), place, now), form, now), 409
    place = _own(node)
    if request.form.get("as") == "file":
        return _file(made, place, until, now)
    count = count_expected(actor(), place, now)
    return _draw(place, count, _form(count, days=DAYS), now, _piles(made, until)), 201


def _own(code: str) -> Node:
    return accounts.own_node(actor(), Action.ACCOUNTS_WAYS_IN_MAKE, code, clock.now())


def _form(count: Count, **data: object) -> FirstCodesForm:
    """With what can be asked for: who holds a code keeps it, unless everybody gets a new one.

    That slips which were handed out end is never chosen beforehand.
    """
    choices = []
    if count.fresh:
        words = ngettext(
            "%(num)d person without a code", "%(num)d people without a code", count.fresh
        )
        choices.append((Whom.FRESH, words))
    if count.coded:
        words = ngettext(
            "%(num)d person, also with a code: the earlier one ends",
            "all %(num)d people, also with a code: earlier ones end", count.all,
        )  # fmt: skip
        choices.append((Whom.ALL, words))
    return FirstCodesForm(choices, whom=Whom.FRESH if count.fresh else None, **data)


def _piles(made: Made, until: datetime) -> list[Pile]:
    return [
        Pile(library, tuple(slip_for(_reader(one), code, until) for one, code in of_library))
        for library, of_library in groupby(made, key=lambda pair: pair[0].library)
    ]


def _reader(one: Expected) -> Reader:
    return Reader(one.full_name, one.login, one.language, one.time_zone)


def _file(made: Made, node: Node, until: datetime, now: datetime) -> Response:
    heads = [_("Library"), _("Name"), _("Signs in as"), _("Code"), _("Address"), _("Valid until")]
    kinds = [Kind.TEXT] * 5 + [Kind.MOMENT]
    where = page_of_codes()
    report = Report(
        _("First codes: %(name)s", name=node.name),
        [ReportColumn(str(n), *column) for n, column in enumerate(zip(heads, kinds, strict=True))],
        [
            (one.library, one.full_name, one.login, shown_code(code), where, until)
            for one, code in made
        ],
        as_of=now,
        zone=node.time_zone,
    )
    return lists.xlsx_file(report, f"{_('first-codes')}-{node.code}")


def _draw(
    node: Node, count: Count, form: FirstCodesForm, now: datetime, piles: Sequence[Pile] = ()
) -> str:
    return render_template(
        "supervision/first_codes.html",
        node=node,
        count=count,
        form=form,
        piles=piles,
        qr=qr_of_codes(),
        parts=[] if piles else count_by_part(actor(), node, now),
        most=ways_in.FIRST_CODES_MOST,
    )
