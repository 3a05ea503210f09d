"""A picture as an author has it, made fit for a course: small enough to load with a lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from elearn.core import pictures
from elearn.core.errors import Invalid
from elearn.core.markdown import SHOWN_IMAGE_BYTES
from elearn.coursepack import images
from elearn.coursepack.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_SIDE = 1_200  # pixels
SHORTER_SIDES = (960, 720, 540)  # a lesson's column is 650 pixels wide, a phone's 330
QUALITIES = (85, 75, 65, 55)  # of JPEG, tried before a smaller picture is
LOWEST_QUALITIES = (50, 45, 40)  # of the smallest one; below 40 one sees the blocks


@dataclass(frozen=True)
class Picture:
    """A file for media/: its bytes, its suffix (".jpg" or ".png"), its size in pixels.

    notes: codes of what the author should know, such as `picture-first-frame`.
    """

    content: bytes
    suffix: str
    width: int
    height: int
    notes: tuple[str, ...] = ()


def prepared(content: bytes, limits: Limits = DEFAULT_LIMITS) -> Picture:
    """JPEG, PNG, GIF or WebP of any name as a picture for a course; equal input, equal bytes.

    At most LONG_SIDE pixels long and, where its colours allow, small enough to load with a lesson.
    Raises Invalid: picture-empty, picture-heic, picture-kind, picture-pixels (too many),
    picture-broken.
    """
    kind = pictures.kind_of(content)
    _refuse_large(content, kind, limits)
    found = pictures.decoded(content, kind, LONG_SIDE, limits.image_pixels)
    encoded, suffix = _encoded(found.picture, found.is_drawing, limits)
    size = images.measure(f"picture{suffix}", encoded)
    notes = ("picture-first-frame",) if found.is_animated else ()
    return Picture(encoded, suffix, size.width, size.height, notes)


def prepared_svg(content: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """An SVG as it is, when it may be in a course: the checker of course folders decides.

    Raises Invalid: picture-svg with what was found and on which line, picture-pixels.
    """
    try:
        size = images.measure("picture.svg", content)
    except images.Unfit as unfit:
        raise Invalid("picture-svg", found=unfit.found, line=unfit.line) from None
    pictures.refuse_pixels(size.width, size.height, limits.image_pixels)
    if len(content) > limits.file_bytes:
        raise Invalid("picture-bytes", most_kib=limits.file_bytes // 1024)
    return content


def _refuse_large(content: bytes, kind: str, limits: Limits) -> None:
    """Judge the size that the first bytes state, before anything is decoded."""
    try:
        size = images.measure(f"picture.{kind.lower()}", content)
    except images.Unfit:
        raise Invalid("picture-broken") from None
    pictures.refuse_pixels(size.width, size.height, limits.image_pixels)


def _encoded(picture: Image, is_drawing: bool, limits: Limits) -> tuple[bytes, str]:
    """The bytes and their suffix: PNG for what is drawn or seen through, JPEG for photos."""
    if picture.mode == "RGBA":
        return _png_that_fits(picture, limits), ".png"
    if not is_drawing:
        return _jpeg(picture), ".jpg"
    drawn = _png(picture)
    if len(drawn) <= SHOWN_IMAGE_BYTES:
        return drawn, ".png"
    return min((drawn, ".png"), (_jpeg(picture), ".jpg"), key=lambda one: len(one[0]))


def _png_that_fits(picture: Image, limits: Limits) -> bytes:
    """A photo that can be seen through may be too large for a course: then it gets smaller."""
    while len(content := _png(picture)) > limits.file_bytes and max(picture.size) > 1:
        picture = picture.resize([max(side * 3 // 4, 1) for side in picture.size])
    return content


def _png(picture: Image) -> bytes:
    """The smaller of two: all its colours, or the 256 that stand for them best."""
    from PIL import Image as Pillow

    methods = {"RGB": Pillow.Quantize.MEDIANCUT, "RGBA": Pillow.Quantize.FASTOCTREE}
    few = picture.quantize(256, methods[picture.mode], dither=Pillow.Dither.NONE)
    return min((pictures.encoded(each, "PNG", optimize=True) for each in (picture, few)), key=len)


def _jpeg(picture: Image) -> bytes:
    """The largest and best that loads with a lesson; the smallest and poorest when none does."""
    content = _at_best(picture, QUALITIES)
    for side in SHORTER_SIDES:
        if len(content) <= SHOWN_IMAGE_BYTES or max(picture.size) <= side:
            continue
        picture = picture.copy()
        picture.thumbnail((side, side))
        content = _at_best(picture, QUALITIES)
    if len(content) > SHOWN_IMAGE_BYTES:
        content = _at_best(picture, LOWEST_QUALITIES)
    return content


def _at_best(picture: Image, qualities: tuple[int, ...]) -> bytes:
    content = b""
    for quality in qualities:
        content = pictures.encoded(
            picture, "JPEG", quality=quality, optimize=True, progressive=True
        )
        if len(content) <= SHOWN_IMAGE_BYTES:
            break
    return content
