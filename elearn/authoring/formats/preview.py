"""A text of a draft as its readers will see it: rendered as at publish, with the draft's pictures.

Only the addresses differ from what is published: links lead to pages of the draft, and pictures
come through its own door.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from elearn.core.markdown import Image, Rendered, labels_for, render
from elearn.coursepack import images
from elearn.coursepack.links import course_link
from elearn.coursepack.model import media_path, resolved

UNIT_PREFIX = "t"  # of ids, as in the published text of a unit


@dataclass(frozen=True, slots=True)
class Around:
    """What the texts of a draft can show and lead to.

    lessons: path of a lesson file -> key. pictures: path -> bytes, at least of those that the text
    names. lesson_url, picture_url: the address of a key, of a path.
    """

    lessons: Mapping[str, str]
    pictures: Mapping[str, bytes]
    lesson_url: Callable[[str], str]
    picture_url: Callable[[str], str]


def rendered(
    source: str, path: str, language: str, around: Around, prefix: str = UNIT_PREFIX
) -> Rendered:
    """A text that stands in the file `path`, as clean HTML. prefix: of its ids.

    Raises core.markdown.Refused for a text that is too long or would take long.
    """

    def link(target: str) -> str | None:
        if other := course_link(target):
            return f"/courses/{other.slug}/{other.unit_key or ''}"
        key = around.lessons.get(resolved(path, target) or "")
        return around.lesson_url(key) if key else None

    def image(target: str) -> Image | None:
        picture = media_path(path, target)
        content = around.pictures.get(picture or "")
        if picture is None or content is None:
            return None
        try:
            size = images.measure(picture, content)
        except images.Unfit:  # the check says what is wrong with it
            return None
        return Image(around.picture_url(picture), size.width, size.height, len(content))

    return render(source, prefix=prefix, link=link, image=image, labels=labels_for(language))


def pictures_named_in(source: str, media: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the draft's pictures that a text may show: their bytes are wanted to render it."""
    return tuple(path for path in media if path.rpartition("/")[2] in source)
