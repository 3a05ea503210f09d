"""The page of a draft's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from wtforms.fields import SelectChoice

from elearn.authoring import queries
from elearn.authoring.forms.lesson import PutPictureForm, UploadPicturesForm
from elearn.authoring.models import Draft
from elearn.authoring.queries.pictures import pictures_of
from elearn.authoring.rules.pictures import MEDIA, Use, uses_of
from elearn.authoring.rules.sketch import Sketch
from elearn.authoring.views.places import Place, place_of
from elearn.core.i18n import gettext as _
from elearn.core.i18n import language_name, page_language
from elearn.coursepack.lesson import LESSON_FILE


@dataclass(frozen=True, slots=True)
class Shown:
    """A place where a text shows a picture. language: of its label."""

    label: str
    address: str | None
    language: str
    alt: str


@dataclass(frozen=True, slots=True)
class PictureRow:
    name: str
    address: str
    size_bytes: int
    is_new: bool
    shown: tuple[Shown, ...]
    form: PutPictureForm


def draw(
    draft: Draft,
    *,
    form: UploadPicturesForm | None = None,
    put: PutPictureForm | None = None,
    new: Sequence[str] = (),
    **notes: Any,
) -> str:
    """form, put: as they were sent, when they were refused. new: names, shown first."""
    place = place_of(draft, "media")
    uses, choices = uses_of(queries.texts_of(draft)), _lessons(place.sketch)
    rows = []
    for number, one in enumerate(pictures_of(draft)):
        name = one.path.removeprefix(MEDIA)
        own = (
            put if put and put.picture.data == name else PutPictureForm(formdata=None, picture=name)
        )
        own.lesson.choices = choices
        for field in own:  # one such form for each picture: their labels must find their fields
            field.id = f"{field.name}-{number}"
        rows.append(
            PictureRow(
                name=name,
                address=place.address("picture", name=name),
                size_bytes=one.size_bytes,
                is_new=name in new or own is put,
                shown=tuple(_shown(place, use) for use in uses.get(one.path, ())),
                form=own,
            )
        )
    rows.sort(key=lambda row: not row.is_new)
    upload = form or UploadPicturesForm(formdata=None)
    return render_template(
        "authoring/media.html",
        place=place,
        form=upload,
        rows=rows,
        has_lessons=bool(choices),
        **notes,
    )


def _lessons(sketch: Sketch) -> list[SelectChoice]:
    return [
        SelectChoice(
            f"{lesson.key}/{language}", _in_words(text.title or lesson.key, language, sketch)
        )
        for module in sketch.modules
        for lesson in module.lessons
        for language, text in sorted(lesson.texts.items())
    ]


def _in_words(title: str, language: str, sketch: Sketch) -> str:
    """A title, and its language where there is more than one."""
    return f"{title} ({language_name(language)})" if len(sketch.languages) > 1 else title


def _shown(place: Place, use: Use) -> Shown:
    folder, _slash, name = use.path.rpartition("/")
    lesson = LESSON_FILE.fullmatch(name)
    module = next((one for one in place.sketch.modules if one.folder == folder), None)
    if lesson and module:
        key, language = lesson["key"], lesson["language"]
        found = place.sketch.lesson(key)
        title = found[1].texts[language].title if found and language in found[1].texts else ""
        address = place.address("lesson", key=key, language=language)
        return Shown(title or key, address, language, use.alt)
    if module:
        label = _("Questions: %(module)s") if name == "quiz.yml" else _("Module: %(module)s")
        return Shown(label % {"module": module.title(page_language())}, None, "", use.alt)
    return Shown(_("Practical task") if name == "task.yml" else use.path, None, "", use.alt)
