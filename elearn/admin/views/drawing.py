"""How the pages of this room are drawn: where a page is, and pages that are one form."""

from collections.abc import Sequence

from flask import render_template, url_for
from flask_wtf import FlaskForm

from elearn.accounts.models import Node, Person
from elearn.core.i18n import gettext as _

Step = tuple[str, str]  # label, address


def home_step() -> Step:
    return _("Administration"), url_for("admin.home")


def tree_steps(*nodes: Node) -> list[Step]:
    """The way to the pages of a place, through those above it."""
    named = [(node.name, url_for("admin.node", code=node.code)) for node in nodes]
    return [home_step(), (_("Library tree"), url_for("admin.tree")), *named]


def people_steps(person: Person | None = None) -> list[Step]:
    """The way to the pages of a person."""
    steps = [home_step(), (_("People"), url_for("admin.people"))]
    if person is not None:
        steps.append((person.full_name, url_for("admin.person", code=person.code)))
    return steps


def draw_form(
    form: FlaskForm,
    title: str,
    button: str,
    steps: Sequence[Step],
    lead: Sequence[str] = (),
    kind: str = "primary",
) -> tuple[str, int]:
    """A page that is one form, with its status: 422 where something was refused.

    lead: paragraphs before it; kind: of its button.
    """
    drawn = render_template(
        "admin/form.html",
        form=form, title=title, button_label=button, steps=steps, lead=lead, kind=kind,
    )  # fmt: skip
    return drawn, 422 if form.errors else 200
