"""Which language a page is in: the reader's switch, then the profile, then the browser."""

from flask import Blueprint, Flask, Response, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, page_language
from elearn.web.guard import public
from elearn.web.redirects import safe_path
from elearn.web.session import LANGUAGE_COOKIE, is_plain_request

_YEAR_SECONDS = 365 * 24 * 3600

bp = Blueprint("language", __name__)


@bp.get("/language/<language>")
@public
def switch(language: str) -> ResponseReturnValue:
    """Keep the choice in a cookie and go back to the page where it was made."""
    response = make_response(redirect(safe_path(request.args.get("next")), 303))
    keep_language(response, language)
    return response


def keep_language(response: Response, language: str) -> None:
    """This browser shows pages in this language from now on; an unknown one changes nothing."""
    if language in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax",
            secure=request.is_secure,
        )  # fmt: skip


def _choose() -> None:
    if is_plain_request():
        return
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen not in LANGUAGES and current_user.is_authenticated:
        chosen = current_user.language
    if chosen not in LANGUAGES:
        chosen = request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE
    g.language = chosen
    if current_user.is_authenticated:
        g.time_zone = current_user.time_zone


def is_foreign(language: str | None) -> bool:
    """Whether words in this language ("" = the page's own) need a lang attribute on this page."""
    return bool(language) and language != page_language()


def register_language(app: Flask) -> None:
    app.register_blueprint(bp)
    app.before_request(_choose)
    app.jinja_env.globals["is_foreign"] = is_foreign

    @app.context_processor
    def words() -> dict[str, object]:
        return {
            "page_language": page_language(),
            "language_url": lambda language: url_for(
                "language.switch", language=language, next=request.full_path.rstrip("?")
            ),
        }
