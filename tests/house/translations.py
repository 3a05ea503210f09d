"""The catalogue of sentences: `python -m tests.house.translations` brings it up to date.

It collects every sentence of the code, keeps the translations that are there, takes more from the
.po files named on the command line, writes messages.po and messages.mo, and prints what is missing.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "elearn/translations/id/LC_MESSAGES/messages.po"
MO = PO.with_suffix(".mo")

_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
_OPTIONS = {"**/templates/**.html": {"trimmed": "true", "encoding": "utf-8"}}
_KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
# Indonesian has one form for all numbers; Babel's own header for it is wrong.
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # equal sentences make equal files
_PLURALS = "nplurals=1; plural=0;"


def sentences() -> Catalog:
    """Every sentence of the code and the templates, without translations."""
    found = Catalog(locale="id", charset="utf-8", fuzzy=False)
    found.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", _PLURALS)]
    for name, line, message, comments, context in extract_from_dir(
        ROOT / "elearn", _METHODS, _OPTIONS, keywords=_KEYWORDS
    ):
        found.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        catalog = read_po(file, locale="id")
    catalog.creation_date = catalog.revision_date = _NO_DATE
    return catalog


def as_po(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalog, no_location=True, omit_header=True, sort_output=True, width=120)
    head = (
        'msgid ""\nmsgstr ""\n"Language: id\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {_PLURALS}\\n"\n\n'
    )
    return head.encode() + buffer.getvalue()


def as_mo(path: Path) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, read(path))
    return buffer.getvalue()


def _taken(message_id: object, sources: list[Catalog]) -> object:
    plural = not isinstance(message_id, str)
    for source in sources:
        known = source.get(message_id)
        if known is None or not known.string:
            continue
        words = known.string if isinstance(known.string, tuple) else (known.string,)
        if words[0]:
            return (words[0],) if plural else words[0]
    return ("",) if plural else ""


def main(more: list[str]) -> int:
    sources = [read(PO)] if PO.exists() else []
    sources += [read(Path(name)) for name in more]
    wanted = sentences()
    missing = []
    for message in wanted:
        if message.id:
            message.string = _taken(message.id, sources)
            if not message.string or not message.string[0]:
                missing.append(message)
    PO.write_bytes(as_po(wanted))
    MO.write_bytes(as_mo(PO))
    for message in missing:
        print(f"{message.locations[0][0]}:{message.locations[0][1]}: {message.id!r}")
    print(f"{len(list(wanted)) - 1} sentences, {len(missing)} without a translation")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
