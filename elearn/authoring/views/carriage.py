"""What was typed is not lost when its session ends, its page grows old, or its place is gone."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import render_template, request, url_for
from flask_babel import LazyString
from flask_login import current_user

from elearn.authoring.views.answers import is_script
from elearn.core.i18n import gettext as _
from elearn.web.carried import answering, carry, carrying
from elearn.web.guard import View


def kept(endpoint: str, names: Mapping[str, LazyString]) -> Callable[[View], View]:
    """For the view that takes an editor's form: without a session the form travels with sign-in.

    The script is told so in JSON, and keeps the words itself. A form that is too long to travel is
    shown, to be copied. names: field -> what people call it, of the fields that hold long texts.
    """

    def wrap(view: View) -> View:
        for_page, for_script = carrying(endpoint)(view), answering(endpoint)(view)

        @wraps(view)
        def guarded(**values: Any) -> Any:
            if is_script():
                return for_script(**values)
            if not current_user.is_authenticated and not carry(endpoint, values, request.form):
                words = _("Your session has ended, and this text is too long to be kept over it.")
                way_on = url_for("accounts.sign_in", next=request.path)
                return copy_first(words, request.form, names, way_on), 401
            return for_page(**values)

        return guarded  # type: ignore[return-value]

    return wrap


def copy_first(
    why: str, form: Mapping[str, str], names: Mapping[str, LazyString], way_on: str
) -> str:
    """A page that shows what was typed, to be copied, where it can be neither saved nor carried."""
    texts = {str(label): form.get(name, "") for name, label in names.items()}
    return render_template("authoring/copy_first.html", why=why, texts=texts, way_on=way_on)
