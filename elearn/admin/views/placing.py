"""Keeping the library tree: adding a place, correcting it, moving and closing it from a day on."""

from datetime import date, timedelta

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts import service
from elearn.accounts.forms import show_fault
from elearn.accounts.models import Node
from elearn.accounts.queries import places
from elearn.accounts.service import nodes
from elearn.admin.forms.tree import (
    CloseNodeForm,
    KnownNodeForm,
    MoveNodeForm,
    NewNodeForm,
    kind_below,
)
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import draw_form, tree_steps
from elearn.admin.views.planned import planned_day
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Problem
from elearn.core.i18n import day
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.route("/admin/tree/add", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_TREE_MANAGE)
def add_top() -> ResponseReturnValue:
    """A place with nothing above it: the first of a tree."""
    form = NewNodeForm()
    del form.on
    return _added(form, None)


@bp.route("/admin/tree/<code>/add", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_TREE_MANAGE)
def add_node(code: str) -> ResponseReturnValue:
    parent = places.known_node(code)
    kind = kind_below(parent.kind)
    form = NewNodeForm(on=_today(parent), time_zone=parent.time_zone, kind=kind)
    return _added(form, parent)


@bp.route("/admin/tree/<code>/edit", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_TREE_MANAGE)
def edit_node(code: str) -> ResponseReturnValue:
    node = places.known_node(code)
    form = KnownNodeForm(obj=node, data=places.scheme_codes(node))
    if not form.validate_on_submit():
        return _draw_edit(node, form)
    try:
        with saving():
            found = places.node_to_change(code)
            nodes.change_node(actor(), found, form.words(), clock.now())
            nodes.set_scheme_codes(actor(), found, form.codes(), clock.now())
    except Problem as problem:
        show_fault(form, problem)
        return _draw_edit(places.known_node(code), form)
    flash(_("Saved."), "good")
    return redirect(url_for(".node", code=code), 303)


@bp.route("/admin/tree/<code>/move", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_TREE_MANAGE)
def move_node(code: str) -> ResponseReturnValue:
    node = places.known_node(code)
    form = MoveNodeForm(on=_today(node) + timedelta(days=1))
    if not form.validate_on_submit():
        return _draw_move(node, form)
    parent_code, on = form.parent.node.code, form.on.data
    try:
        with saving():
            found, parent = places.node_to_change(code), places.known_node(parent_code)
            service.place(actor(), found, parent, on, clock.now())
            name = parent.name
    except Problem as problem:
        show_fault(form, problem)
        return _draw_move(places.known_node(code), form)
    flash(_("It stands under %(parent)s from %(day)s on.", parent=name, day=day(on)), "good")
    return redirect(url_for(".node", code=code), 303)


@bp.route("/admin/tree/<code>/close", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_TREE_MANAGE)
def close_node(code: str) -> ResponseReturnValue:
    node = places.known_node(code)
    form = CloseNodeForm(on=_today(node) + timedelta(days=1))
    if not form.validate_on_submit():
        return _draw_close(node, form)
    try:
        with saving():
            nodes.close_node(actor(), places.node_to_change(code), form.on.data, clock.now())
    except Problem as problem:
        show_fault(form, problem)
        return _draw_close(places.known_node(code), form)
    flash(_("It is closed from %(day)s on.", day=day(form.on.data)), "good")
    return redirect(url_for(".node", code=code), 303)


@bp.post("/admin/tree/<code>/plans/<on>/cancel")
@requires(Action.ACCOUNTS_TREE_MANAGE)
def cancel_plan(code: str, on: str) -> ResponseReturnValue:
    planned = planned_day(on)
    with saving():
        node = places.node_to_change(code)
        nodes.cancel_plan(actor(), node, planned, _today(node), clock.now())
    flash(_("What was planned for %(day)s is taken back.", day=day(planned)), "good")
    return redirect(url_for(".node", code=code), 303)


def _added(form: NewNodeForm, parent: Node | None) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _draw_add(form, parent)
    now, words = clock.now(), form.words()
    code, parent_code = form.wanted_code(), parent.code if parent else None
    try:
        with saving():
            node = service.add_node(
                actor(), code, words.kind, words.name, now, library_type=words.library_type,
                place_name=words.place, time_zone=words.time_zone,
                contact_email=words.contact_email,
            )  # fmt: skip
            nodes.set_scheme_codes(actor(), node, form.codes(), now)
            if parent_code is not None:
                above = places.known_node(parent_code)
                service.place(actor(), node, above, form.on.data, now)
    except Problem as problem:
        show_fault(form, problem)
        return _draw_add(form, places.known_node(parent_code) if parent_code else None)
    flash(_("It is in the tree."), "good")
    return redirect(url_for(".node", code=code), 303)


def _today(node: Node) -> date:
    return clock.day_in(clock.now(), node.time_zone)


def _steps(node: Node) -> list[tuple[str, str]]:
    return tree_steps(*accounts.path(node.id, _today(node)))


def _draw_add(form: NewNodeForm, parent: Node | None) -> ResponseReturnValue:
    title = _("Add a place under %(name)s", name=parent.name) if parent else _("Add a top place")
    steps = _steps(parent) if parent else tree_steps()
    return draw_form(form, title, _("Add"), steps)


def _draw_edit(node: Node, form: KnownNodeForm) -> ResponseReturnValue:
    lead = [_("Completion records that were issued keep the name that they have.")]
    title = _("Change %(name)s", name=node.name)
    return draw_form(form, title, _("Save"), _steps(node), lead)


def _draw_move(node: Node, form: MoveNodeForm) -> ResponseReturnValue:
    lead = [_("Everything that stands under it moves along, and nobody's progress changes.")]
    title = _("Move %(name)s", name=node.name)
    return draw_form(form, title, _("Move"), _steps(node), lead)


def _draw_close(node: Node, form: CloseNodeForm) -> ResponseReturnValue:
    lead = [
        _("A place can be closed when nobody belongs there any more and nothing stands under it."),
        _("Records and everything before that day stay as they are."),
    ]
    title = _("Close %(name)s", name=node.name)
    return draw_form(form, title, _("Close"), _steps(node), lead)
