"""Links, alternative texts, headings, tables and paragraphs that somebody cannot use as written."""

from __future__ import annotations

import re
from itertools import islice

from elearn.core.markdown import Found, FoundTarget
from elearn.coursepack.advice.prose import Block, Prose
from elearn.coursepack.fields import MarkdownText
from elearn.coursepack.problems import Report

# Half a minute of speech that cannot be stopped; a drawing with ten labels needs 200 to 375.
LONGEST_ALTERNATIVE = 400
LONGEST_PARAGRAPH_WORDS = 120
LONGEST_ADDRESS = 40

# Who listens to the list of links of a page hears these words alone.
VAGUE_LINKS = frozenset(
    {
        *("baca juga", "baca lebih lanjut", "baca selengkapnya", "berikut ini", "di sini"),
        *("disini", "halaman ini", "klik", "klik di sini", "klik disini", "lebih lanjut"),
        *("lihat di sini", "lihat selengkapnya", "link", "link ini", "selengkapnya", "sini"),
        *("situs ini", "tautan", "tautan ini", "unduh di sini"),
        *("click", "click here", "download here", "find out more", "here", "learn more", "more"),
        *("read more", "see here", "see more", "this", "this link", "this page", "this site"),
    }
)
_VAGUE_ALTERNATIVE = re.compile(
    r"(?:bagan|diagram|figure|foto|gambar|grafik|chart|graph|icon|ikon|illustration|ilustrasi"
    r"|image|logo|photo|picture|screenshot|tangkapan layar)?[ _-]*\d{0,9}"
)
_FILE = re.compile(
    r"\S+\.(?:gif|jpe?g|png|svg|webp)|(?:img|dsc|pxl|wa|scan)[\d_-]*\d", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
_SHOUT = re.compile(r"[A-Z][A-Z]{1,30}+(?:[ ][A-Z]{2,30}+){3}(?!\w)")
# Where a second sign is named at once ("in red and with a star"), colour is not alone. Both
# patterns begin with a fixed word, since every text is searched for them.
_NO_SECOND_SIGN = r"\b(?![ ]?(?:,|\(|and\b|dan\b|dengan\b|serta\b|with\b))"
_BY_COLOUR = (
    (
        re.compile(
            r"tandai?(?: dengan)?(?: warna)? (?:merah|hijau|kuning|biru|jingga|oranye|ungu)"
            + _NO_SECOND_SIGN
        ),
        ("ber", "di", "diberi "),
    ),
    (
        re.compile(r" in (?:red|green|yellow|blue|orange|purple)" + _NO_SECOND_SIGN),
        ("highlighted", "marked", "printed", "shown", "written"),
    ),
)
_RULE_MARKS = frozenset(" |:-")
MOST_OF_A_KIND = 20  # in one text; who has more has read the advice by then


def check(text: MarkdownText, found: Found, prose: Prose, report: Report) -> None:
    """Add what a text says in words that do not reach everybody."""
    advice = _Advice(text, report)
    for link in found.links:
        advice.check_link(link)
    for image in found.images:
        advice.check_alternative(image)
    if "<http" in found.prose:
        advice.check_bare_addresses(found.prose)
    for heading in prose.headings:
        if not heading.words.strip("# "):
            advice.add(heading.line, "heading-empty")
    for table in prose.tables:
        advice.check_table(table)
    for paragraph in prose.paragraphs:
        advice.check_length(paragraph)
    advice.check_capitals(found.prose)
    advice.check_colours(found.prose)


class _Advice:
    def __init__(self, text: MarkdownText, report: Report) -> None:
        self.text, self.report = text, report

    def add(self, line: int, code: str, **values: str) -> None:
        self.report.add(self.text.path, self.text.line + line - 1, code, **values)

    def check_link(self, link: FoundTarget) -> None:
        if " ".join(link.text.casefold().strip(" .,:!→»").split()) in VAGUE_LINKS:
            self.add(link.line, "link-vague", text=link.text)
        elif len(link.text) > LONGEST_ADDRESS and _ADDRESS.fullmatch(link.text):
            self.add(link.line, "link-address", text=link.text)

    def check_bare_addresses(self, source: str) -> None:
        for match in islice(_AUTOLINK.finditer(source), MOST_OF_A_KIND):
            if len(match[1]) > LONGEST_ADDRESS:
                self.add(_line(source, match.start()), "link-address", text=match[1])

    def check_alternative(self, image: FoundTarget) -> None:
        words = image.text.strip()
        if not words:
            return  # an error of its own
        stem = image.target.rpartition("/")[2].rpartition(".")[0]
        if (
            _VAGUE_ALTERNATIVE.fullmatch(words.casefold())
            or _FILE.fullmatch(words)
            or words.casefold() == stem.casefold()
        ):
            self.add(image.line, "alt-vague", text=words, target=image.target)
        elif words.casefold() == image.caption.strip().casefold():
            self.add(image.line, "alt-caption", target=image.target)
        elif len(words) > LONGEST_ALTERNATIVE:
            self.add(
                image.line,
                "alt-long",
                target=image.target,
                length=str(len(words)),
                longest=str(LONGEST_ALTERNATIVE),
            )

    def check_table(self, rows: list[Block]) -> None:
        """A line of hyphens under the first row makes it the head; without one there is no table.

        The cell above the first column may be empty: its rows speak for themselves.
        """
        if len(rows) < 2:
            return
        if "-" not in rows[1].words or not _RULE_MARKS.issuperset(rows[1].words):
            self.add(rows[0].line, "table-no-head")
            return
        cells = [cell.strip() for cell in rows[0].words.strip("|").split("|")]
        for column, cell in enumerate(cells, start=1):
            if not cell and (column > 1 or len(cells) == 1):
                self.add(rows[0].line, "table-head-empty", column=str(column))

    def check_length(self, paragraph: Block) -> None:
        count = paragraph.words.count(" ") + 1
        if count > LONGEST_PARAGRAPH_WORDS:
            self.add(
                paragraph.line,
                "paragraph-long",
                count=str(count),
                longest=str(LONGEST_PARAGRAPH_WORDS),
            )

    def check_capitals(self, source: str) -> None:
        """Words in capitals are hard to read, and some screen readers spell them."""
        for shout in islice(_SHOUT.finditer(source), MOST_OF_A_KIND):
            line_start = source.rfind("\n", 0, shout.start()) + 1
            # What stands in quotation marks is what somebody else wrote.
            if not _ends_in_quotation(source[line_start : shout.start()]):
                self.add(_line(source, shout.start()), "capitals", text=shout[0])

    def check_colours(self, source: str) -> None:
        """Something that only its colour marks is not there for everybody."""
        for pattern, openings in _BY_COLOUR:
            for colour in islice(pattern.finditer(source), MOST_OF_A_KIND):
                if source.endswith(openings, 0, colour.start()):
                    words = colour[0].strip()
                    self.add(_line(source, colour.start()), "colour-alone", text=words)


def _ends_in_quotation(words: str) -> bool:
    return words.count("“") > words.count("”") or words.count('"') % 2 == 1


def _line(source: str, place: int) -> int:
    return source.count("\n", 0, place) + 1
