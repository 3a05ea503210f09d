"""Kind and size of an image, read from its first bytes; SVG only by allow-list.

Nothing is decoded: a picture made to burst a decoder cannot burst here.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from xml.parsers import expat

KINDS = {"gif": "gif", "jpeg": "jpeg", "jpg": "jpeg", "png": "png", "svg": "svg", "webp": "webp"}

_ELEMENTS = (
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan "
    "linearGradient radialGradient stop clipPath mask pattern marker switch"
)
_ATTRIBUTES = (
    "aria-describedby aria-hidden aria-label aria-labelledby role id class lang version xmlns "
    "xmlns:xlink xml:lang xml:space viewBox preserveAspectRatio width height x y x1 y1 x2 y2 dx "
    "dy cx cy r rx ry fx fy d points pathLength transform rotate textLength lengthAdjust offset "
    "gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits "
    "patternUnits patternContentUnits patternTransform markerWidth markerHeight markerUnits "
    "refX refY orient clip-path clip-rule mask color display visibility opacity overflow fill "
    "fill-opacity fill-rule stroke stroke-dasharray stroke-dashoffset stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-opacity stroke-width stop-color stop-opacity "
    "paint-order shape-rendering text-rendering vector-effect font-family font-size font-style "
    "font-variant font-weight letter-spacing word-spacing text-anchor text-decoration "
    "dominant-baseline alignment-baseline baseline-shift writing-mode direction marker-start "
    "marker-mid marker-end href xlink:href"
)
_SVG_ELEMENTS = frozenset(_ELEMENTS.split())
_SVG_ATTRIBUTES = frozenset(_ATTRIBUTES.split())
_INSIDE = re.compile(r"#[A-Za-z_][\w.-]*")
_URL = re.compile(r"url\(\s*(?!#[A-Za-z_][\w.-]*\s*\))|\\|@import|expression\(", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
MAX_SVG_USES = 100
MAX_SVG_DEPTH = 50


@dataclass(frozen=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


class Unfit(ValueError):
    """An image that is not taken: code of the problem, its line (SVG), what was found."""

    def __init__(self, code: str, line: int = 0, found: str = "") -> None:
        super().__init__(code)
        self.code, self.line, self.found = code, line, found


def measure(path: str, content: bytes) -> Size:
    """Size of an image file; raises Unfit when it is none of ours or not what its name says."""
    ending = path.rpartition(".")[2].lower()
    kind = KINDS.get(ending)
    if kind is None:
        raise Unfit("media-kind", found=ending)
    reader = {"gif": _gif, "jpeg": _jpeg, "png": _png, "svg": _svg, "webp": _webp}[kind]
    try:
        size = reader(content)
    except (struct.error, IndexError):
        size = None
    if size is None:
        raise Unfit("media-content", found=ending)
    if size.width < 1 or size.height < 1:
        raise Unfit("media-content", found=ending)
    return size


def _png(content: bytes) -> Size | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
        return None
    return Size(*struct.unpack(">II", content[16:24]))


def _gif(content: bytes) -> Size | None:
    if content[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    return Size(*struct.unpack("<HH", content[6:10]))


def _jpeg(content: bytes) -> Size | None:
    if content[:3] != b"\xff\xd8\xff":
        return None
    at = 2
    while at < len(content) - 9:
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:  # padding before a marker
            at += 1
            continue
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Size(width, height)
        length = struct.unpack(">H", content[at + 2 : at + 4])[0]
        if length < 2 or marker == 0xDA:
            return None
        at += 2 + length
    return None


def _webp(content: bytes) -> Size | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    chunk = content[12:16]
    if chunk == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return Size(width, int.from_bytes(content[27:30], "little") + 1)
    if chunk == b"VP8L" and content[20] == 0x2F:
        bits = int.from_bytes(content[21:25], "little")
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if chunk == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", content[26:30])
        return Size(width & 0x3FFF, height & 0x3FFF)
    return None


def _svg(content: bytes) -> Size | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    reader = _SvgReader()
    try:
        reader.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise Unfit("svg-broken", error.lineno) from None
    return reader.size


class _SvgReader:
    def __init__(self) -> None:
        self.size: Size | None = None
        self.open: list[bool] = []  # per open element: whether others may refer to it
        self.uses = 0
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.EntityDeclHandler = self._refuse_doctype
        self.parser.ProcessingInstructionHandler = self._refuse_instruction

    def _unfit(self, code: str, found: str) -> Unfit:
        return Unfit(code, self.parser.CurrentLineNumber, found)

    def _refuse_doctype(self, *_parts: object) -> None:
        raise self._unfit("svg-doctype", "<!DOCTYPE>")

    def _refuse_instruction(self, target: str, _data: str) -> None:
        raise self._unfit("svg-element", f"<?{target}?>")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name not in _SVG_ELEMENTS:
            raise self._unfit("svg-element", f"<{name}>")
        if len(self.open) >= MAX_SVG_DEPTH:
            raise self._unfit("svg-large", f"<{name}>")
        for attribute, value in attributes.items():
            self._check_attribute(attribute, value)
        if name == "use":
            self._count_use()
        if not self.open:
            self._check_root(name, attributes)
        self.open.append("id" in attributes)

    def _check_attribute(self, attribute: str, value: str) -> None:
        if attribute not in _SVG_ATTRIBUTES:
            raise self._unfit("svg-attribute", attribute)
        inside = attribute not in ("href", "xlink:href") or _INSIDE.fullmatch(value)
        if not inside or _URL.search(value):
            raise self._unfit("svg-address", attribute)

    def _count_use(self) -> None:
        """A copy of what itself holds copies multiplies at every level, so that is refused."""
        self.uses += 1
        if any(self.open) or self.uses > MAX_SVG_USES:
            raise self._unfit("svg-large", "<use>")

    def _check_root(self, name: str, attributes: dict[str, str]) -> None:
        if name != "svg":
            raise self._unfit("svg-element", f"<{name}>")
        self.size = _viewbox(attributes)
        if self.size is None:
            raise self._unfit("svg-size", "viewBox")

    def _end(self, _name: str) -> None:
        self.open.pop()


def _viewbox(attributes: dict[str, str]) -> Size | None:
    parts = attributes.get("viewBox", "").replace(",", " ").split()
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    return Size(round(float(parts[2])), round(float(parts[3])))
