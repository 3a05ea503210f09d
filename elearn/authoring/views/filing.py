"""How a page that edits one part of a draft takes its form: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from elearn.authoring import queries
from elearn.authoring.models import Draft
from elearn.authoring.rules.edits import differences
from elearn.authoring.service import Outcome
from elearn.authoring.views.answers import answer, is_script, refusal
from elearn.authoring.views.carriage import copy_first
from elearn.authoring.views.desk import unreadable
from elearn.core.db import saving
from elearn.core.errors import Conflict, Missing
from elearn.core.i18n import gettext as _
from elearn.coursepack.yamledit import Unreadable
from elearn.web.carried import Carrier, carry_for
from elearn.web.messages import sentence, sentence_for
from elearn.web.session import actor

Form = MultiDict[str, str]
Values = Mapping[str, str]  # of the address: code, and what else it names


@dataclass(frozen=True, slots=True)
class Page:
    """A page with one form. long_texts: field -> what people call it, for words to be copied.

    read: the form as it was sent, of a draft. write: the edit of the locked draft; raises
    Unreadable. draw: the page with the form; its notes say why the words are not saved.
    texts: what the form says, and what is there, as two texts to compare.
    back: address of the page. A form with `act` is only drawn again: its rows were rearranged.
    """

    endpoint: str
    long_texts: Mapping[str, LazyString]
    read: Callable[[Draft, Values, Form], FlaskForm]
    write: Callable[[Draft, Values, FlaskForm], Outcome]
    draw: Callable[..., str]  # (draft, values, form, **notes)
    texts: Callable[[Draft, FlaskForm, Any], tuple[str, str]]
    back: Callable[[Values], str]

    def carried(self) -> Page:
        """Let its form travel over a sign-in."""
        carry_for(
            self.endpoint,
            Carrier(
                back=self.back,
                accept=self.save,
                redraw=lambda values, sent: (self._redraw(values, sent, sentence("page-old")), 400),
            ),
        )
        return self

    def save(self, values: Values, sent: Form) -> ResponseReturnValue:
        """Save what was sent, or say why not."""
        try:
            return self._save(values, sent)
        except Unreadable as fault:
            why = unreadable(fault)
            return refusal([why], lambda: self._redraw(values, sent, why))
        except Conflict as refused:
            if is_script():
                raise
            return self._redraw(values, sent, sentence_for(refused)), 409
        except Missing:
            if is_script():
                raise
            why = _("This is no longer there. Somebody else may have moved or deleted it.")
            return copy_first(why, sent, self.long_texts, url_for("authoring.mine")), 404

    def _save(self, values: Values, sent: Form) -> ResponseReturnValue:
        draft = queries.own_draft(actor(), values["code"])
        form = self.read(draft, values, sent)
        if "act" in sent:
            return self.draw(draft, values, form, is_unsaved=True)
        if not form.validate():
            texts = [str(text) for errors in form.errors.values() for text in errors]
            return refusal(texts, lambda: self.draw(draft, values, form, is_unsaved=True))
        with saving():
            outcome = self.write(queries.own_draft_to_change(actor(), values["code"]), values, form)
        return answer(
            outcome,
            self.back(values),
            lambda overtaken: self._redraw_overtaken(values, form, overtaken),
        )

    def _redraw(self, values: Values, sent: Form, why: str) -> str:
        draft = queries.own_draft(actor(), values["code"])
        form = self.read(draft, values, sent)
        return self.draw(draft, values, form, is_unsaved=True, why=why)

    def _redraw_overtaken(self, values: Values, form: FlaskForm, outcome: Outcome) -> str:
        """Both versions, and the base that lets the next Save replace the other one knowingly."""
        draft = queries.own_draft(actor(), values["code"])
        form.base.data = outcome.base
        mine, theirs = self.texts(draft, form, outcome.there)
        pieces = differences(mine, theirs)
        return self.draw(draft, values, form, is_unsaved=True, pieces=pieces, theirs=theirs)
