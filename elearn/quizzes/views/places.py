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
    """Title and page of a quiz, and the steps that lead to it, outermost first.

    A step is (label, address, language of the label; "" for words of the product).
    """

    title: str
    title_language: str
    href: str
    steps: tuple[tuple[str, str, str], ...]
    language: str  # of the course's texts on this page
    is_fallback: bool  # the course does not speak the reader's language

    @property
    def steps_below(self) -> tuple[tuple[str, str, str], ...]:
        """For a page under the quiz's own whose heading is not the quiz's title."""
        return (*self.steps, (self.title, self.href, self.title_language))


def place_of(outline: Outline, unit: OutlineUnit) -> Place:
    """Where the quiz is in the course, as the way to a lesson of its module is shown, too."""
    language = outline.language_for(page_language())
    course = url_for("learning.course", slug=outline.slug)
    module = outline.module(unit.module_key)
    steps = [
        (_("Courses"), url_for("learning.catalogue"), ""),
        (outline.words[language].title, course, language),
    ]
    if module is not None:
        number = _("Module %(module)s", module=module.position)
        steps.append((number, f"{course}#part-{module.key}", ""))
    return Place(
        title=courses.unit_title(outline, unit, language),
        title_language=courses.title_language(outline, unit, language),
        href=unit_url(outline.slug, unit.kind, unit.key),
        steps=tuple(steps),
        language=language,
        is_fallback=language != page_language(),
    )
