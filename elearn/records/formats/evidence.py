"""A paper or photo as it is kept: judged by its content, never by its name. Pure.

A PDF is kept as it is: it is only ever handed out as a file, never shown within a page. A picture
is decoded and written anew, so that neither a camera's notes nor anything hidden in it is kept.
"""

from dataclasses import dataclass

from elearn.core import pictures
from elearn.core.errors import Invalid
from elearn.coursepack import images

MOST_BYTES = 5_000_000  # as it is sent
MOST_PIXELS = 25_000_000  # a phone's photo has 12 million
LONG_SIDE = 2_000  # pixels: the small print of a certificate can be read
QUALITY = 82  # of JPEG
_ENDING_WITHIN = 1_024  # bytes from the end of a PDF, as readers look for it
SUFFIXES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """The bytes to keep, and their kind."""

    content: bytes
    media_type: str


def prepared(content: bytes) -> Prepared:
    """A PDF, JPEG or PNG made ready to be kept.

    Raises Invalid: evidence-empty, evidence-large, evidence-kind, evidence-pdf-broken,
    evidence-webp, picture-heic, picture-pixels, picture-broken.
    """
    if not content:
        raise Invalid("evidence-empty")
    if len(content) > MOST_BYTES:
        raise Invalid("evidence-large", most=MOST_BYTES // 1_000_000)
    if content.startswith(b"%PDF-"):
        return _paper(content)
    return _photo(content)


def _paper(content: bytes) -> Prepared:
    ending = content[-_ENDING_WITHIN:]
    if b"%%EOF" not in ending or b"startxref" not in ending:
        raise Invalid("evidence-pdf-broken")
    return Prepared(content, "application/pdf")


def _photo(content: bytes) -> Prepared:
    """The smaller of PNG and JPEG where it is drawn or a screenshot; nothing shines through."""
    kind = _kind_of(content)
    _refuse_large(content, kind)
    found = pictures.decoded(content, kind, LONG_SIDE, MOST_PIXELS)
    picture = pictures.on_white(found.picture)
    options = {"quality": QUALITY, "optimize": True, "progressive": True}
    photo = Prepared(pictures.encoded(picture, "JPEG", **options), "image/jpeg")
    if not found.is_drawing:
        return photo
    drawing = Prepared(pictures.encoded(picture, "PNG", optimize=True), "image/png")
    return min(drawing, photo, key=lambda one: len(one.content))


def _kind_of(content: bytes) -> str:
    try:
        kind = pictures.kind_of(content)
    except Invalid as refusal:
        if refusal.code == "picture-heic":
            raise
        raise Invalid("evidence-kind") from None
    if kind == "WEBP":
        raise Invalid("evidence-webp")
    if kind not in ("JPEG", "PNG"):
        raise Invalid("evidence-kind")
    return kind


def _refuse_large(content: bytes, kind: str) -> None:
    """Judge the size that the first bytes state, before anything is decoded."""
    try:
        size = images.measure(f"evidence.{kind.lower()}", content)
    except images.Unfit:
        raise Invalid("picture-broken") from None
    pictures.refuse_pixels(size.width, size.height, MOST_PIXELS)
