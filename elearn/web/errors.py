"""Error pages: what happened, what to do, and whether the work is safe; JSON for programs.

500 and 503 are put together when the app is made and need no database, session or template, since
any of these may be what has failed. They say it in both languages.
"""

import sqlite3
from dataclasses import dataclass
from datetime import timedelta, timezone
from importlib.resources import files
from itertools import chain
from string import Template

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from elearn.core import clock, errors
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.guard import is_for_members_only, sign_in_first
from elearn.web.messages import sentence, sentence_for
from elearn.web.watching import request_id

BUSY_RETRY_SECONDS = 5
WIB = timezone(timedelta(hours=7), "WIB")
# What SQLite says when the file cannot be used just now; its other faults are faults of ours.
SQLITE_BUSY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}


@dataclass(frozen=True, slots=True)
class Page:
    """Words of one status: title, its fault code, what to do, and whether the work is safe."""

    title: LazyString
    code: str
    advice: LazyString
    is_safe: bool = True


PAGES = {
    400: Page(
        _l("This could not be read"),
        "bad-request",
        _l("Go back, open the page again, and try once more."),
    ),
    403: Page(
        _l("This page is not part of your account"),
        "page-forbidden",
        _l("If you need it for your work, your library office can add it to your account."),
    ),
    404: Page(
        _l("This page does not exist"),
        "page-missing",
        _l("Perhaps the address was mistyped, or the page is not one of yours."),
    ),
    405: Page(
        _l("This address works differently"),
        "method-wrong",
        _l("Go back and use the button on the page."),
    ),
    409: Page(
        _l("This has changed in the meantime"),
        "changed",
        _l("Go back and open the page again. You will see how it stands now."),
    ),
    413: Page(
        _l("This is too large"),
        "request-too-large",
        _l("A photo from a phone can be made smaller before it is sent."),
    ),
    422: Page(
        _l("Something needs to be put right"),
        "input-invalid",
        _l("Go back: what you typed is usually still there."),
    ),
    429: Page(
        _l("Too often in a short time"),
        "too-many-requests",
        _l("Wait a little, then try again. The limit keeps accounts safe from guessed passwords."),
    ),
}
STATUS_OF: tuple[tuple[type[errors.Problem], int], ...] = (
    (errors.Missing, 404),
    (errors.Forbidden, 403),
    (errors.Conflict, 409),
    (errors.Invalid, 422),
    (errors.TooMany, 429),
    (errors.Unavailable, 503),
)


def register_errors(app: Flask) -> None:
    """Register the answer to every refusal and fault. Call it after register_assets."""
    app.register_error_handler(errors.Problem, _problem)
    app.register_error_handler(CSRFError, _stale_page)
    app.register_error_handler(OperationalError, _database_fault)
    app.register_error_handler(PoolTimeout, _database_fault)
    app.register_error_handler(DataError, _unusable_text)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _fault)
    frame = _html("frame")
    app.extensions["elearn-error-pages"] = {
        status: Template(frame.replace("$words", _html(str(status)))) for status in (500, 503)
    }


def _html(name: str) -> str:
    file = files("elearn.web") / "templates" / "errors" / f"{name}.html"
    return file.read_text(encoding="utf-8")


def wants_json() -> bool:
    """Whether the request comes from a program: it says so, or its address ends in .json."""
    if request.path.endswith(".json") or request.is_json:
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def _problem(problem: errors.Problem) -> ResponseReturnValue:
    status = next((s for kind, s in STATUS_OF if isinstance(problem, kind)), 409)
    text = sentence_for(problem)
    if status == 503:
        return _unavailable(problem.code, text)
    if isinstance(problem, errors.TooMany):
        return _answer(status, problem.code, text, _after(problem.retry_after_seconds))
    return _answer(status, problem.code, text)


def _stale_page(error: CSRFError) -> ResponseReturnValue:
    current_app.logger.info("A form was refused: %s", error.description)
    if is_for_members_only() and not wants_json():
        return sign_in_first()
    return _answer(400, "csrf-invalid", sentence("csrf-invalid"))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if isinstance(error, SecurityError):  # an unknown host: no address can be built for a page
        return "This site is not answered under this name.\n", 400, {"Content-Type": "text/plain"}
    if error.code == 503:
        return _unavailable("database-busy", sentence("database-busy"))
    if error.code >= 500:
        return _fault(error)
    page = PAGES.get(error.code, PAGES[400])
    kept = ("Allow", "Retry-After", "WWW-Authenticate", "Content-Range")
    headers = {name: value for name, value in error.get_headers() if name in kept}
    return _answer(error.code, page.code, sentence(page.code), headers)


def _database_fault(error: OperationalError | PoolTimeout) -> ResponseReturnValue:
    """Busy or out of reach: 503 with words. Anything else is a fault of ours: 500."""
    if not _is_busy(error):
        raise error
    current_app.logger.warning("The database could not be used.", exc_info=error)
    return _unavailable("database-busy", sentence("database-busy"))


def _unusable_text(error: DataError) -> ResponseReturnValue:
    """A NUL that somebody sent: PostgreSQL takes none in any text. Anything else is our fault."""
    sent = chain((request.path,), *request.args.listvalues(), *request.form.listvalues())
    if not any("\0" in text for text in sent):
        raise error
    return _answer(400, "bad-request", sentence("bad-request"))


def _is_busy(error: BaseException | None) -> bool:
    original = getattr(error, "orig", None)
    if isinstance(original, sqlite3.Error):
        return original.sqlite_errorcode & 0xFF in SQLITE_BUSY
    return isinstance(error, OperationalError | PoolTimeout)


def _answer(
    status: int, code: str, text: str, headers: dict[str, str] | None = None
) -> ResponseReturnValue:
    headers = {"Cache-Control": "no-store", **(headers or {})}
    if wants_json():
        return jsonify(error=code, message=text), status, headers
    page = PAGES.get(status, PAGES[400])
    # A sentence that only repeats the title is left out.
    shown = "" if code == page.code else text
    drawn = render_template("errors/page.html", status=status, page=page, text=shown)
    return drawn, status, headers


def _unavailable(code: str, text: str) -> ResponseReturnValue:
    return _plain(503, code, text, _after(BUSY_RETRY_SECONDS))


def _fault(error: Exception) -> ResponseReturnValue:
    if _is_busy(getattr(error, "original_exception", None)):  # while another page was drawn
        return _unavailable("database-busy", sentence("database-busy"))
    return _plain(500, "fault", "Something went wrong on our side.", {})


def _plain(status: int, code: str, text: str, headers: dict[str, str]) -> ResponseReturnValue:
    """A page without template engine, session or database; its reference is in the log."""
    reference = request_id()
    current_app.logger.error("Status %s was shown with the reference %s", status, reference)
    headers = {"Cache-Control": "no-store", **headers}
    if wants_json():
        return jsonify(error=code, message=text, reference=reference), status, headers
    assets = current_app.extensions["elearn-assets"]
    shown = current_app.extensions["elearn-error-pages"][status].substitute(
        status=status,
        site=escape(current_app.config["SETTINGS"].site_name),
        root=request.script_root,
        sheet=request.script_root + assets["app.css"].path,
        mark=request.script_root + assets["img/mark.svg"].path,
        reference=reference,
        time=f"{clock.now().astimezone(WIB):%H.%M} WIB",
    )
    return shown, status, headers


def _after(seconds: int) -> dict[str, str]:
    return {"Retry-After": str(seconds)}
