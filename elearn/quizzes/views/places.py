"""Where a page of this room is: its titles and the way back up."""

from dataclasses import dataclass

from flask import url_for

from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.courses import queries as courses
from elearn.courses.rules import Outline, OutlineUnit
from elearn.web.navigation import unit_url


@dataclass(frozen=True, slots=True)
class Place:
    """Title of a quiz and its breadcrumb steps (label, address), outermost first."""

    title: str
    steps: tuple[tuple[str, str], ...]
    language: str  # of the course's texts on this page
    is_fallback: bool  # the course does not speak the reader's language


def place_of(outline: Outline, unit: OutlineUnit, *, below: bool = False) -> Place:
    """below: the page stands one level under the quiz's own page."""
    language = outline.language_for(page_language())
    title = courses.unit_title(outline, unit, language)
    steps = [
        (_("Courses"), url_for("learning.catalogue")),
        (outline.words[language].title, url_for("learning.course", slug=outline.slug)),
    ]
    if below:
        steps.append((title, unit_url(outline.slug, unit.kind, unit.key)))
    return Place(title, tuple(steps), language, language != page_language())
