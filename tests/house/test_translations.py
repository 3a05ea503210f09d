"""Both languages are complete, and what is committed is what the sources say."""

import re

import polib
import pytest

from tests.house.translations import MO, PO, as_mo, sentences

_PLACES = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@pytest.fixture(scope="module")
def ids() -> set[str]:
    """Every sentence of the code, by its English text."""
    return {m.id if isinstance(m.id, str) else m.id[0] for m in sentences() if m.id}


def entries() -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(PO))}


def test_every_sentence_has_its_indonesian(ids):
    known = entries()
    assert sorted(ids - known.keys()) == []
    empty = [e.msgid for e in known.values() if not (e.msgstr or e.msgstr_plural.get(0))]
    assert empty == []
    assert [e.msgid for e in known.values() if e.fuzzy] == []


def test_no_translation_is_left_over(ids):
    assert sorted(entries().keys() - ids) == []


def test_a_translation_fills_in_the_same_values():
    for entry in entries().values():
        for words in (entry.msgstr, *entry.msgstr_plural.values()):
            if words:
                wanted = set(_PLACES.findall(entry.msgid_plural or entry.msgid))
                assert set(_PLACES.findall(words)) <= wanted, entry.msgid
                assert set(_PLACES.findall(entry.msgid)) <= set(_PLACES.findall(words)) | {"num"}, (
                    entry.msgid
                )


def test_indonesian_has_one_plural_form():
    assert polib.pofile(str(PO)).metadata["Plural-Forms"] == "nplurals=1; plural=0;"


def test_the_compiled_catalogue_is_that_of_the_text():
    assert MO.read_bytes() == as_mo(PO)
