"""Ways in: an invitation, self-registration where it is open, the first administrator."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.accounts import passwords, queries, rules, service
from elearn.accounts.forms import (
    InvitationCodeForm,
    JoinForm,
    NewPersonForm,
    SetupForm,
    show_fault,
)
from elearn.accounts.models import Node, NodeKind, Person
from elearn.accounts.views import bp
from elearn.accounts.views.names import warn_if_unprintable
from elearn.accounts.views.session import enter
from elearn.core import clock, throttle
from elearn.core.db import saving
from elearn.core.errors import Missing, Problem
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.web.addresses import address
from elearn.web.guard import public
from elearn.web.searching import words_asked
from elearn.web.session import actor

BY_ADDRESS = throttle.Limit("ways-in:address", 30, 15 * 60)


@bp.get("/invitation")
@public
def invitation() -> ResponseReturnValue:
    """A code typed from paper leads to the page of the invitation; so does its link."""
    form = InvitationCodeForm(request.args, meta={"csrf": False})
    if "code" not in request.args:
        form = InvitationCodeForm(formdata=None, meta={"csrf": False})
    elif form.validate():
        return redirect(url_for(".open_invitation", code=rules.shown_code(form.code.data)), 303)
    return _draw_code(form)


@bp.get("/invitation/<code>")
@public
def open_invitation(code: str) -> ResponseReturnValue:
    try:
        found = _look_up(code)
    except Missing as problem:
        form = InvitationCodeForm(formdata=None, meta={"csrf": False}, code=code)
        show_fault(form, Problem(problem.code, field="code"))
        return _draw_code(form), 404
    if current_user.is_authenticated:
        return _draw_join(found, code, JoinForm())
    return _draw_invitation(found, code, NewPersonForm())


@bp.post("/invitation/<code>")
@public
def accept_invitation(code: str) -> ResponseReturnValue:
    """A new account for the holder of the code, and straight on to the course."""
    found = _look_up(code)
    if current_user.is_authenticated:
        return redirect(url_for(".open_invitation", code=code), 303)
    form = NewPersonForm()
    if not form.validate():
        return _draw_invitation(found, code, form), 422
    password_hash = passwords.hashed(form.new_password.data)
    try:
        with saving():
            person, slug = service.join_as_new_person(
                code, _details(form), form.username.data, password_hash, clock.now()
            )
    except Problem as problem:
        _count_try()  # a code that many share must not be a way to ask who has an account
        show_fault(form, problem)
        return _draw_invitation(found, code, form), 422
    return _welcome(person, slug)


@bp.post("/invitation/<code>/join")
@public
def join(code: str) -> ResponseReturnValue:
    """The library and the course of the invitation, with the account that is signed in."""
    if not current_user.is_authenticated:
        return redirect(url_for(".open_invitation", code=code), 303)
    with saving():
        slug = service.join_with_account(actor(), code, clock.now())
    flash(_("You have joined."), "good")
    return redirect(_first_page(slug), 303)


@bp.get("/register")
@public
def register() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for(".profile"), 303)
    state = service.registration(clock.now())
    if state != "open":
        return render_template("accounts/register_closed.html", state=state)
    library = _library(request.args.get("at", ""))
    if library is not None:
        return _draw_register(library, NewPersonForm())
    words = words_asked()
    found = queries.find_libraries(words, clock.day_in(clock.now(), clock.DEFAULT_ZONE))
    return render_template("accounts/find_library.html", words=words, found=found)


@bp.post("/register")
@public
def make_account() -> ResponseReturnValue:
    library = _library(request.args.get("at", ""))
    if library is None or current_user.is_authenticated:
        return redirect(url_for(".register"), 303)
    form = NewPersonForm()
    if not form.validate():
        return _draw_register(library, form), 422
    now, password_hash = clock.now(), passwords.hashed(form.new_password.data)
    _count_try()
    try:
        with saving():
            person = service.register(
                _details(form), form.username.data, password_hash, library, now
            )
    except Problem as problem:
        show_fault(form, problem)
        return _draw_register(library, form), 422
    return _welcome(person, None)


@bp.get("/setup")
@public
def first_admin() -> ResponseReturnValue:
    """Open while nobody administers the site; of use only with the printed code."""
    _refuse_setup_when_done()
    return render_template("accounts/setup.html", form=SetupForm())


@bp.post("/setup")
@public
def set_up() -> ResponseReturnValue:
    _refuse_setup_when_done()
    form = SetupForm()
    if not form.validate():
        return render_template("accounts/setup.html", form=form), 422
    _count_try()
    password_hash = passwords.hashed(form.new_password.data)
    try:
        with saving():
            person = service.set_up(
                form.code.data, _details(form), form.username.data, password_hash, clock.now()
            )
    except Missing:
        show_fault(form, Problem("setup-code-wrong", field="code"))
        return render_template("accounts/setup.html", form=form), 422
    except Problem as problem:
        show_fault(form, problem)
        return render_template("accounts/setup.html", form=form), 422
    return _welcome(person, None)


def _refuse_setup_when_done() -> None:
    if queries.has_administrator(clock.day_in(clock.now(), clock.DEFAULT_ZONE)):
        raise Missing("page-missing")


def _count_try() -> None:
    with saving():
        throttle.claim(clock.now(), (BY_ADDRESS, rules.address_group(request.remote_addr)))


def _look_up(code: str) -> queries.OpenInvitation:
    """The invitation; wrong codes are counted, so that nobody can try them all."""
    place, now = rules.address_group(request.remote_addr), clock.now()
    throttle.refuse_when_full(BY_ADDRESS, place, now)
    try:
        return queries.open_invitation(code, now)
    except Missing:
        _count_try()
        raise


def _library(code: str) -> Node | None:
    node = queries.node_by_code(code) if code else None
    return node if node is not None and node.kind == NodeKind.LIBRARY else None


def _details(form: NewPersonForm) -> service.Details:
    return service.Details(full_name=form.full_name.data, language=page_language())


def _welcome(person: Person, slug: str | None) -> ResponseReturnValue:
    enter(person.id, 1, keep=False)
    flash(_("Welcome, %(name)s: your account is ready.", name=person.full_name), "good")
    warn_if_unprintable(person.full_name)
    return redirect(_first_page(slug), 303)


def _first_page(slug: str | None) -> str:
    return (slug and address("learning.course", slug=slug)) or "/"


def _draw_code(form: InvitationCodeForm) -> str:
    return render_template("accounts/invitation_code.html", form=form)


def _draw_invitation(found: queries.OpenInvitation, code: str, form: NewPersonForm) -> str:
    is_closed = service.registration(clock.now()) == "closed"
    return render_template(
        "accounts/invitation.html", found=found, code=code, form=form, is_closed=is_closed
    )


def _draw_join(found: queries.OpenInvitation, code: str, form: JoinForm) -> str:
    return render_template("accounts/join.html", found=found, code=code, form=form)


def _draw_register(library: Node, form: NewPersonForm) -> str:
    return render_template("accounts/register.html", library=library, form=form)
