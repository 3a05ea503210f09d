"""A person's rights over what is kept of her."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "erase-last-administrator": _l(
        "This is the only account that administers the site. Give the role to somebody else first."
    ),
}
