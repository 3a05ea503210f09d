"""Completion records."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "record-missing": _l("No completion record has this code. Compare it with the sheet."),
    "record-not-yours": _l("This completion record does not exist, or it is not yours."),
    "record-unprintable": _l(
        "The PDF cannot show these characters: %(characters)s. Open the record as a page instead "
        "and print it from the browser."
    ),
    "record-revoked": _l("This record was revoked on %(revoked_on)s. Reason: %(reason)s"),
    "record-not-in-force": _l("The record %(number)s has been replaced or revoked already."),
    "record-key-missing": _l(
        "The key file %(file)s for signing records is not in its folder. "
        "Nothing was issued; put the file back from the backup."
    ),
    "organiser-missing": _l(
        "Nobody is named as issuer (%(organiser)s) on that day. Add the organiser first."
    ),
}
