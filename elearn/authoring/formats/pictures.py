"""A picture as an author has it, made fit for a course: small, upright, without what it tells.

Photos of a phone weigh megabytes and say where they were taken; what comes out here is decoded and
written anew, so that nothing but the picture itself is left. Pillow is imported on first use: a
server that nobody uploads to does without its memory.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from elearn.core.errors import Invalid
from elearn.coursepack import images
from elearn.coursepack.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_SIDE = 1_200  # pixels
SHORTER_SIDES = (960, 720, 540)  # a lesson's column is 650 pixels wide, a phone's 330
AIM_BYTES = 30_000  # what loads with a lesson; a larger picture stands behind a link there
QUALITIES = (85, 75, 65, 55)  # of JPEG, tried before a smaller picture is
LOWEST_QUALITIES = (50, 45, 40)  # of the smallest one; below 40 one sees the blocks
FEW_COLOURS = 4_096  # drawings and screenshots have fewer, photos have more
MAX_PROFILE_BYTES = 1024 * 1024
_STARTS = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF8", "GIF"))
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_ORIENTATION = 0x0112  # tag of EXIF
# What Pillow raises on broken files, as tried with cut and altered ones of every kind.
_BROKEN = (
    *(
        AssertionError,
        AttributeError,
        EOFError,
        IndexError,
        KeyError,
        OSError,
        OverflowError,
        RuntimeError,
    ),
    *(SyntaxError, TypeError, ValueError, struct.error, zlib.error),
)


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

    At most LONG_SIDE pixels long and, where its colours allow, AIM_BYTES large. Raises Invalid:
    picture-empty, picture-heic, picture-kind, picture-pixels (too many), picture-broken.
    """
    kind = _kind_of(content)
    _refuse_large(content, kind, limits)
    try:
        picture, is_drawing, notes = _decoded(content, kind, limits)
    except _BROKEN:
        raise Invalid("picture-broken") from None
    encoded, suffix = _encoded(picture, is_drawing, limits)
    size = images.measure(f"picture{suffix}", encoded)
    return Picture(encoded, suffix, size.width, size.height, notes)


def prepared_svg(content: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """An SVG as it is, when it may be in a course: the checker of course folders decides.

    Raises Invalid: picture-svg with what was found and on which line, picture-pixels.
    """
    try:
        size = images.measure("picture.svg", content)
    except images.Unfit as unfit:
        raise Invalid("picture-svg", found=unfit.found, line=unfit.line) from None
    _refuse_pixels(size.width, size.height, limits)
    if len(content) > limits.file_bytes:
        raise Invalid("picture-bytes", most_kib=limits.file_bytes // 1024)
    return content


def _kind_of(content: bytes) -> str:
    """Kind by the first bytes; a name can say anything."""
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


def _refuse_large(content: bytes, kind: str, limits: Limits) -> None:
    """Judge the size that the first bytes state, before anything is decoded."""
    try:
        size = images.measure(f"picture.{kind.lower()}", content)
    except images.Unfit:
        raise Invalid("picture-broken") from None
    _refuse_pixels(size.width, size.height, limits)


def _refuse_pixels(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.image_pixels:
        most = limits.image_pixels // 1_000_000
        raise Invalid("picture-pixels", width=width, height=height, most_million=most)


def _decoded(content: bytes, kind: str, limits: Limits) -> tuple[Image, bool, tuple[str, ...]]:
    """The picture upright, in sRGB (RGB or RGBA), scaled; whether it is a drawing; notes."""
    from PIL import Image as Pillow
    from PIL import WebPImagePlugin  # noqa: F401  (else Pillow loads all of its fifty readers)

    Pillow.MAX_IMAGE_PIXELS = limits.image_pixels
    try:
        opened = Pillow.open(BytesIO(content), formats=[kind])
    except Pillow.DecompressionBombError:  # the first bytes stated a smaller size
        raise Invalid("picture-broken") from None
    with opened:
        _refuse_pixels(*opened.size, limits)
        turn = _TURNS.get(_orientation(opened))
        profile = opened.info.get("icc_profile")
        is_animated = kind != "JPEG" and bool(getattr(opened, "is_animated", False))
        # A JPEG is scaled while it is decoded, in a fraction of the memory.
        picture: Image = opened if kind == "JPEG" else _eight_bit(opened)
        is_drawing = kind != "JPEG" and picture.getcolors(FEW_COLOURS) is not None
        picture.thumbnail((LONG_SIDE, LONG_SIDE), reducing_gap=2.0)
        picture = _in_srgb(picture, profile).copy()  # apart from its file, which is closed here
    if turn is not None:
        picture = picture.transpose(Pillow.Transpose[turn])
    picture.info = {}  # what is left here (comments, resolution, profile) would be written
    return picture, is_drawing, ("picture-first-frame",) if is_animated else ()


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


def _encoded(picture: Image, is_drawing: bool, limits: Limits) -> tuple[bytes, str]:
    """The bytes and their suffix: PNG for what is drawn or seen through, JPEG for photos."""
    if picture.mode == "RGBA":
        return _png_that_fits(picture, limits), ".png"
    if is_drawing:
        drawn = _png(picture)
        if len(drawn) <= AIM_BYTES or len(drawn) <= len(_jpeg(picture)):
            return drawn, ".png"
    return _jpeg(picture), ".jpg"


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
    return min((_saved(each, "PNG", optimize=True) for each in (picture, few)), key=len)


def _jpeg(picture: Image) -> bytes:
    """The largest and best that keeps to AIM_BYTES; the smallest and poorest when none does."""
    content = _at_best(picture, QUALITIES)
    for side in SHORTER_SIDES:
        if len(content) <= AIM_BYTES or max(picture.size) <= side:
            continue
        picture = picture.copy()
        picture.thumbnail((side, side))
        content = _at_best(picture, QUALITIES)
    if len(content) > AIM_BYTES:
        content = _at_best(picture, LOWEST_QUALITIES)
    return content


def _at_best(picture: Image, qualities: tuple[int, ...]) -> bytes:
    content = b""
    for quality in qualities:
        content = _saved(picture, "JPEG", quality=quality, optimize=True, progressive=True)
        if len(content) <= AIM_BYTES:
            break
    return content


def _saved(picture: Image, kind: str, **options: object) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()
