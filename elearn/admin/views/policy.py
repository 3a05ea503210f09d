"""The office's rules: what holds, what is planned, what held; a new value from a day on."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts.forms import show_fault
from elearn.admin.forms.rules import RuleForm, rule_form
from elearn.admin.queries.rules import rows_of
from elearn.admin.service.rules import cancel_rule, set_rule
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import home_step
from elearn.admin.views.planned import planned_day, readers_today
from elearn.admin.words import CHOICES, GROUPS, RULE_WORDS, TEXTS, shown_value
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing, Problem
from elearn.core.i18n import day
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.core.policy import present_and_planned
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/admin/policy/")
@requires(Action.ADMIN_POLICY_CHANGE)
def policy() -> ResponseReturnValue:
    present, planned = present_and_planned(readers_today())
    return render_template(
        "admin/rules.html",
        steps=[home_step()],
        groups=GROUPS,
        present=present,
        planned=planned,
        texts=TEXTS,
        shown_value=shown_value,
    )


@bp.route("/admin/policy/<name>", methods=["GET", "POST"])
@requires(Action.ADMIN_POLICY_CHANGE)
def rule(name: str) -> ResponseReturnValue:
    """One rule. The button "Preview" shows a text as it will stand, and keeps nothing."""
    if name not in RULE_WORDS:
        raise Missing("page-missing")
    form = rule_form(name, on=readers_today(), value=_typed(name), kept=rows_of(name))
    if not form.validate_on_submit():
        return _draw(name, form)
    if name in TEXTS and "preview" in request.form:
        return _draw(name, form, form.as_text())
    try:
        with saving():
            set_rule(actor(), name, form.as_text(), form.on.data, readers_today(), clock.now())
    except Problem as problem:
        show_fault(form, problem)
        return _draw(name, form)
    flash(_("It holds from %(day)s on.", day=day(form.on.data)), "good")
    return redirect(url_for(".rule", name=name), 303)


@bp.post("/admin/policy/<name>/plans/<on>/cancel")
@requires(Action.ADMIN_POLICY_CHANGE)
def cancel_rule_plan(name: str, on: str) -> ResponseReturnValue:
    planned = planned_day(on)
    with saving():
        cancel_rule(actor(), name, planned, readers_today(), clock.now())
    flash(_("What was planned for %(day)s is taken back.", day=day(planned)), "good")
    return redirect(url_for(".rule", name=name), 303)


def _typed(name: str) -> str | int | None:
    """Today's value as its field takes it."""
    value = present_and_planned(readers_today())[0][name]
    if name in CHOICES or name in TEXTS:
        return value
    return None if value == "none" else int(value)


def _draw(name: str, form: RuleForm, preview: str | None = None) -> ResponseReturnValue:
    drawn = render_template(
        "admin/rule.html",
        steps=[home_step(), (_("Rules of the office"), url_for(".policy"))],
        name=name,
        words=RULE_WORDS[name],
        form=form,
        preview=preview,
        is_text=name in TEXTS,
        rows=rows_of(name),
        today=readers_today(),
        shown_value=shown_value,
    )
    return drawn, 422 if form.errors else 200
