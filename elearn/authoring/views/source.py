"""Any text file of a draft as it is: for what no form can read, and for those who know."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.forms.source import SourceForm
from elearn.authoring.models import Draft
from elearn.authoring.rules import source as rules
from elearn.authoring.rules.edits import fingerprint
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.carriage import kept
from elearn.authoring.views.filing import Form, Page, Values
from elearn.authoring.views.located import Shown, words_of
from elearn.authoring.views.places import place_of
from elearn.core import clock
from elearn.core.errors import Missing
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.permissions import Action
from elearn.courses.limits import course_limits
from elearn.web.guard import requires
from elearn.web.session import actor

_LONG_TEXTS = {"text": _l("The file as it is")}


@bp.get("/<code>/source")
@requires(Action.AUTHORING_DRAFT_WRITE)
def source(code: str) -> ResponseReturnValue:
    path = request.args.get("path", "")
    draft = queries.own_draft(actor(), code)
    text, _content = _there(draft, path)
    form = SourceForm(formdata=None, text=text, base=fingerprint(text))
    return _draw(draft, {"code": code, "path": path}, form)


@bp.post("/<code>/source/<path:path>")
@kept("authoring.save_source", _LONG_TEXTS)
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_source(code: str, path: str) -> ResponseReturnValue:
    return _page.save({"code": code, "path": path}, request.form)


def _there(draft: Draft, path: str) -> tuple[str, bytes]:
    """The text of a file of the draft, and its bytes. Raises Missing for what is none."""
    content = queries.some_of(draft, [path]).get(path)
    text = None if content is None else rules.text_of(path, content)
    if content is None or text is None:
        raise Missing("page-missing")
    return text, content


def _read(_draft: Draft, _values: Values, sent: Form) -> SourceForm:
    return SourceForm(formdata=sent, text_bytes=course_limits().text_bytes)


def _write(draft: Draft, values: Values, form: SourceForm) -> Outcome:
    """draft: locked."""
    there, content = _there(draft, values["path"])
    wanted = rules.plain_ends(form.text.data)
    edit = Edit(form.base.data or "", there, wanted, "file-edited", values["path"])
    changes = rules.changes_to(values["path"], content, wanted)
    return service.edit(draft, edit, changes, actor(), clock.now())


def _draw(draft: Draft, values: Values, form: SourceForm, **notes: Any) -> str:
    _text, _content = _there(draft, values["path"])
    return render_template(
        "authoring/source.html",
        place=place_of(draft, "check"),
        path=values["path"],
        form=form,
        findings=_findings(draft, values["path"]),
        at=request.args.get("line", type=int),
        **notes,
    )


def _findings(draft: Draft, path: str) -> list[Shown]:
    problems = queries.problems_of(draft, course_limits())
    return [
        Shown(words_of(one), one.severity == "error", "#text" if one.line else None, one.line)
        for one in problems
        if one.path == path
    ]


def _texts(_draft: Draft, form: SourceForm, there: Any) -> tuple[str, str]:
    return rules.plain_ends(form.text.data), str(there)


def _back(values: Values) -> str:
    return url_for("authoring.source", code=values["code"], path=values["path"])


_page = Page("authoring.save_source", _LONG_TEXTS, _read, _write, _draw, _texts, _back).carried()
