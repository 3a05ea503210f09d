"""A picture that somebody uploads, decoded with care: upright, small, nothing but the picture.

Photos of a phone weigh megabytes and say where they were taken; what comes out here carries no note
of the camera, and is written anew by whoever keeps it. Kind by content, never by name. Pillow is
imported on first use: a server that nobody uploads to does without its memory.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from elearn.core.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

FEW_COLOURS = 4_096  # drawings and screenshots have fewer, photos have more
MAX_PROFILE_BYTES = 1024 * 1024
_STARTS = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF8", "GIF"))
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_ORIENTATION = 0x0112  # tag of EXIF
# What Pillow raises on broken files, as tried with cut and altered ones of every kind.
_BROKEN = (
    AssertionError, AttributeError, EOFError, IndexError, KeyError, OSError, OverflowError,
    RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture in sRGB (RGB, or RGBA where something can be seen through).

    is_drawing: it has few colours, so that PNG suits it. is_animated: this is the first of many.
    """

    picture: Image
    is_drawing: bool
    is_animated: bool


def kind_of(content: bytes) -> str:
    """JPEG, PNG, GIF or WEBP by the first bytes; a name can say anything.

    Raises Invalid: picture-empty, picture-heic, picture-kind.
    """
    if not content:
        raise Invalid("picture-empty")
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise Invalid("picture-heic")
    raise Invalid("picture-kind")


def refuse_pixels(width: int, height: int, most: int) -> None:
    """Raise Invalid("picture-pixels") for a picture of more than `most` pixels."""
    if width * height > most:
        values = {"width": width, "height": height, "most_million": most // 1_000_000}
        raise Invalid("picture-pixels", **values)


def decoded(content: bytes, kind: str, long_side: int, most_pixels: int) -> Decoded:
    """The picture upright, in sRGB, at most `long_side` pixels long.

    kind: as kind_of says. Raises Invalid: picture-pixels, picture-broken.
    """
    try:
        return _decoded(content, kind, long_side, most_pixels)
    except _BROKEN:
        raise Invalid("picture-broken") from None


def on_white(picture: Image) -> Image:
    """The picture as it looks on paper: what can be seen through becomes white."""
    from PIL import Image as Pillow

    if picture.mode != "RGBA":
        return picture
    paper = Pillow.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def encoded(picture: Image, kind: str, **options: object) -> bytes:
    """The picture as a file of that kind."""
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def _decoded(content: bytes, kind: str, long_side: int, most_pixels: int) -> Decoded:
    from PIL import Image as Pillow
    from PIL import WebPImagePlugin  # noqa: F401  (else Pillow loads all of its fifty readers)

    Pillow.MAX_IMAGE_PIXELS = most_pixels
    try:
        opened = Pillow.open(BytesIO(content), formats=[kind])
    except Pillow.DecompressionBombError:  # the first bytes stated a smaller size
        raise Invalid("picture-broken") from None
    with opened:
        width, height = opened.size
        refuse_pixels(width, height, most_pixels)
        turn = _TURNS.get(_orientation(opened))
        profile = opened.info.get("icc_profile")
        is_animated = kind != "JPEG" and bool(getattr(opened, "is_animated", False))
        # A JPEG is scaled while it is decoded, in a fraction of the memory.
        picture: Image = opened if kind == "JPEG" else _eight_bit(opened)
        is_drawing = kind != "JPEG" and picture.getcolors(FEW_COLOURS) is not None
        picture.thumbnail((long_side, long_side), reducing_gap=2.0)
        picture = _in_srgb(picture, profile).copy()  # apart from its file, which is closed here
    if turn is not None:
        picture = picture.transpose(Pillow.Transpose[turn])
    picture.info = {}  # what is left here (comments, resolution, profile) would be written
    return Decoded(picture, is_drawing, is_animated)


# Value of the EXIF tag -> what turns the picture upright.
_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}


def _orientation(picture: Image) -> int:
    """How the camera was held; 1 when its note cannot be read."""
    try:
        value = picture.getexif().get(_ORIENTATION, 1)
    except _BROKEN:
        return 1
    return value if isinstance(value, int) else 1


def _eight_bit(picture: Image) -> Image:
    """RGB, or RGBA where something can be seen through; 16 bits a colour become 8."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    has_alpha = picture.has_transparency_data
    picture = picture.convert("RGBA" if has_alpha else "RGB")
    if has_alpha and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert("RGB")
    return picture


def _in_srgb(picture: Image, profile: bytes | None) -> Image:
    """Colours as a screen without the profile shows them; a profile that lies is passed over."""
    if isinstance(profile, bytes) and 0 < len(profile) <= MAX_PROFILE_BYTES:
        from PIL import ImageCms

        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        try:
            converted = ImageCms.profileToProfile(
                picture, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (*_BROKEN, ImageCms.PyCMSError):
            converted = None
        if converted is not None:
            return converted
    return picture if picture.mode in ("RGB", "RGBA") else picture.convert("RGB")
