"""Names that a record could not print as PDF: said when they are typed, not when it is too late."""

from flask import flash

from elearn.core.i18n import gettext as _
from elearn.core.printable import unprintable


def warn_if_unprintable(name: str) -> None:
    """Tell the person which characters of her name the PDF of a record cannot show."""
    characters = unprintable(name)
    if characters:
        flash(
            _(
                "Your name is kept as you typed it, but the PDF of a record cannot show these "
                "characters: %(characters)s. The record's page shows them; add the Latin spelling "
                "if you need the PDF.",
                characters=" ".join(characters),
            ),
            "warning",
        )
