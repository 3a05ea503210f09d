"""What the web itself refuses, and rules of the office."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "bad-request": _l("The address or the form could not be read. Nothing was changed."),
    "csrf-invalid": _l(
        "This page has been open longer than your session, so it could not be accepted. "
        "Open the page again and send it once more."
    ),
    "page-missing": _l("This page does not exist. Your progress is safe."),
    "page-forbidden": _l("Your account does not include this page. Ask your library office."),
    "method-wrong": _l("This address cannot be used in this way. Nothing was changed."),
    "request-too-large": _l(
        "What you sent is too large. Nothing was changed. Send a smaller file, or fewer at a time."
    ),
    "input-invalid": _l("Something in the form cannot be used. Correct it and send it again."),
    "too-many-requests": _l("Too many attempts in a short time. Wait a little, then try again."),
    "database-busy": _l(
        "The site is busy and could not save this. Nothing was changed. Try again in a moment."
    ),
    "fault": _l("Something went wrong on our side. Everything marked as saved is safe."),
    "tries-too-many": _l("Too many tries. Wait %(minutes)s minutes, then try again."),
    "policy-unknown": _l("There is no rule %(name)s. The rules are: %(known)s"),
    "range-wrong": _l("The end must be after the beginning."),
}
