"""The few words that rendering itself adds to a text, per language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Labels:
    """Words around a text; footnote and back are formats with {number}."""

    table: str
    footnotes: str
    footnote: str
    back: str
    note: str
    tip: str
    warning: str
    example: str
    done: str
    open: str
    decimal_mark: str

    def size(self, size_bytes: int) -> str:
        """A file size as people read it: "240 KB", "1,2 MB". As `core.i18n.size` says it."""
        kilobytes = round(size_bytes / 1000)
        if kilobytes < 1000:
            return f"{kilobytes} KB"
        tenths = round(size_bytes / 100_000)
        return f"{tenths // 10}{self.decimal_mark}{tenths % 10} MB"


INDONESIAN = Labels(
    table="Tabel, dapat digeser",
    footnotes="Catatan kaki",
    footnote="Catatan kaki {number}",
    back="Kembali ke teks, catatan kaki {number}",
    note="Ingat",
    tip="Kiat",
    warning="Perhatian",
    example="Contoh",
    done="Sudah:",
    open="Belum:",
    decimal_mark=",",
)
ENGLISH = Labels(
    table="Table, can be scrolled",
    footnotes="Footnotes",
    footnote="Footnote {number}",
    back="Back to the text, footnote {number}",
    note="Note",
    tip="Tip",
    warning="Warning",
    example="Example",
    done="Done:",
    open="Open:",
    decimal_mark=".",
)


def labels_for(language: str) -> Labels:
    """Labels of a language; English for one that has none of its own."""
    return INDONESIAN if language == "id" else ENGLISH
