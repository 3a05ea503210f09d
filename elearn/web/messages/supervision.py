"""The supervisor's office."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "supervision-own-case": _l(
        "This is about yourself. Ask another supervisor or an administrator to do it."
    ),
    "contact-too-early": _l(
        "%(by)s was in contact with this person on %(at)s. Nothing was noted; the next reminder "
        "may be sent from %(from_on)s."
    ),
    "paper-long": _l(
        "This paper would have more than %(most)s rows. Choose a shorter period, or print it for "
        "each part of the tree."
    ),
    "paper-unprintable": _l(
        "The PDF cannot show these characters: %(characters)s. Open the paper as a page instead "
        "and print it from the browser."
    ),
}
