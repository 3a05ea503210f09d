"""The record as PDF: two sheets of A4."""

from dataclasses import asdict, dataclass
from datetime import datetime

from elearn.records.formats import typesetting
from elearn.records.formats.qr import QrCode, svg

TYPICAL_BYTES = 45_000  # said before the download; a test holds it near the truth

_SEAL = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160" width="160" height="160">
<g fill="none" stroke="#b87220" stroke-width="1.6"><circle cx="80" cy="80" r="77"/>
<path d="M134 80L80 134 26 80 80 26Z"/><path d="M118.2 118.2L41.8 118.2 41.8 41.8 118.2 41.8Z"/>
<circle cx="80" cy="80" r="36" fill="#fff"/></g><path fill="#0c4f58" d="{lozenges}"/></svg>"""
_LOZENGES = (
    "M153 80L144 85 135 80 144 75ZM143.7 106.4L138 107.3 134.5 102.6 140.3 101.7Z"
    "M131.6 131.6L121.7 128.8 118.9 118.9 128.8 121.7Z"
    "M106.4 143.7L101.7 140.3 102.6 134.5 107.3 138Z"
    "M80 153L75 144 80 135 85 144ZM53.6 143.7L52.7 138 57.4 134.5 58.3 140.3Z"
    "M28.4 131.6L31.2 121.7 41.1 118.9 38.3 128.8ZM16.3 106.4L19.7 101.7 25.5 102.6 22 107.3Z"
    "M7 80L16 75 25 80 16 85ZM16.3 53.6L22 52.7 25.5 57.4 19.7 58.3Z"
    "M28.4 28.4L38.3 31.2 41.1 41.1 31.2 38.3ZM53.6 16.3L58.3 19.7 57.4 25.5 52.7 22Z"
    "M80 7L85 16 80 25 75 16ZM106.4 16.3L107.3 22 102.6 25.5 101.7 19.7Z"
    "M131.6 28.4L128.8 38.3 118.9 41.1 121.7 31.2ZM143.7 53.6L140.3 58.3 134.5 57.4 138 52.7Z"
)


@dataclass(frozen=True, slots=True)
class PdfModule:
    title: str
    score: str
    jp: int


@dataclass(frozen=True, slots=True)
class PdfRecord:
    """Every line of the PDF, in its language; `labels` are the words that are always the same."""

    language: str
    course_language: str
    title: str
    description: str
    organiser: str
    name: str
    holder_lines: tuple[str, ...]
    course: str
    course_lines: tuple[str, ...]
    jp: int
    address: str
    code_lines: tuple[str, ...]
    issued: str
    signatory: str
    signatory_post: str
    modules: tuple[PdfModule, ...]
    facts: tuple[tuple[str, str], ...]
    closing: tuple[str, ...]
    labels: dict[str, str]


def unprintable_in(record: PdfRecord) -> str:
    """The characters of its lines that no bundled font has."""
    return typesetting.unprintable_in(asdict(record))


def render(record: PdfRecord, qr: QrCode, issued_at: datetime) -> bytes:
    """The PDF. Raises typesetting.Unprintable. Takes about 25 ms after the first."""
    pictures = {"qr": svg(qr), "seal": _SEAL.format(lozenges=_LOZENGES)}
    return typesetting.typeset("record.typ", asdict(record), pictures, issued_at)
