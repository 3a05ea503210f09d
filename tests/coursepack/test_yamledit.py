"""YAML read, written and changed in place."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from elearn.coursepack.yamledit import Unreadable, Unwritable, emit, plain, update
from elearn.coursepack.yamledit.data import same
from tests.coursepack.yaml_by_hand import Author
from tests.coursepack.yaml_samples import BANK


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: true\nb: 'true'\nc: True\n", {"a": True, "b": "true", "c": "True"}),
        ("[1, -2, 2.50, 1e3, .5, 0x1f]\n", [1, -2, Decimal("2.50"), "1e3", ".5", "0x1f"]),
        ("a: ~\nb: null\nc:\nd: ''\n", {"a": None, "b": None, "c": None, "d": ""}),
        ("1: yes\n? b\n: - no\n", {"1": "yes", "b": ["no"]}),
        ("---\n", None),
    ],
)
def test_words_without_quotes_are_values_and_quoted_ones_are_texts(text, data):
    assert same(plain(text), data)


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("a: &x 1\nb: *x\n", "yaml-anchor", 1),
        ("a: 1\nb: !t 2\n", "yaml-tag", 2),
        ("a: 1\na: 2\n", "yaml-key-twice", 2),
        ("a: 1\n---\nb: 2\n", "yaml-documents", 2),
        ("a: 1\n<<: {b: 2}\n", "yaml-merge", 2),
        ("[" * 13 + "]" * 13, "yaml-depth", 1),
        ("# nothing\n", "yaml-empty", 1),
        ("a: 1\nb: [\n", "yaml-broken", 3),
        ("a: 1\nb: \x00\n", "yaml-broken", 2),
        ('a: 1\nb: ["\\0"]\n', "yaml-broken", 2),
        (f"a: 1\n{'x' * 201}: 2\n", "yaml-broken", 2),
    ],
)
def test_what_the_format_refuses_is_told_with_its_line(text, reason, line):
    with pytest.raises(Unreadable) as refused:
        plain(text)
    assert (refused.value.reason, refused.value.line) == (reason, line)
    assert refused.value.sentence("id") != refused.value.sentence("en")
    with pytest.raises(Unreadable):
        update(text, {"a": 1})


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"key": "lift-dust", "edition": 1}, "key: lift-dust\nedition: 1\n"),
        ({"title": {"id": "Debu", "en": "Dust"}}, 'title: {id: "Debu", en: "Dust"}\n'),
        ({"text": {"id": "D" * 99, "en": "E"}}, f'text:\n  id: "{"D" * 99}"\n  en: "E"\n'),
        ({"text": {"id": "a\n\nb\n", "en": "c\nd"}},
         "text:\n  id: |\n    a\n\n    b\n  en: |-\n    c\n    d\n"),
        ({"attempts": {"limit": 0, "wait_minutes": 5}}, "attempts: {limit: 0, wait_minutes: 5}\n"),
        ({"languages": ["id", "en"], "extra": []}, "languages: [id, en]\nextra: []\n"),
        ({"sources": ["Buku: satu", "dua\ntiga"]},
         'sources:\n  - "Buku: satu"\n  - |-\n    dua\n    tiga\n'),
        ({"options": [{"right": {"id": "A"}, "feedback": {"id": "B"}}, {"wrong": {"id": "C"}}]},
         'options:\n  - right: {id: "A"}\n    feedback: {id: "B"}\n  - wrong: {id: "C"}\n'),
        ({"a": [["x y"], [], {}], "b": {"c": None, "d": True}},
         'a:\n  - - "x y"\n  - []\n  - {}\nb:\n  c: null\n  d: true\n'),
        (["no", "5", "1e3", "2026-01-01", "0x1f", "NULL"],
         '- "no"\n- "5"\n- "1e3"\n- "2026-01-01"\n- "0x1f"\n- "NULL"\n'),
        ({"no": 1, "a b": 2}, '"no": 1\n"a b": 2\n'),
        ([True, Decimal("2.50"), Decimal("1E+3")], "- true\n- 2.50\n- 1000\n"),
        ("a\nb\n", "|\n  a\n  b\n"),
        ({}, "{}\n"),
    ],
)  # fmt: skip
def test_new_yaml_is_written_in_the_style_of_the_courses(data, text):
    assert emit(data) == text
    assert same(plain(text), data)


@pytest.mark.parametrize(
    "data",
    ["\x00", "\ud800", {"\x00": 1}, {"k" * 300: 1}, Decimal("NaN"), Decimal("Infinity"), 10**400,
     Decimal("1E-400"), "x" * 800_000, [[[[[[[[[[[[[1]]]]]]]]]]]]]],
)  # fmt: skip
def test_what_no_course_file_can_hold_is_not_written(data):
    with pytest.raises(Unwritable):
        emit(data)
    with pytest.raises(Unwritable):
        update("a: 1\n", {"a": data})


def test_more_than_a_course_may_have_is_not_written():
    with pytest.raises(Unwritable):
        update("a: 1\n", {"a": ["x" * 700_000, "y" * 100_000]})


def test_other_values_are_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        emit({"a": 1.5})


def change(text, what):
    """The text after a statement about its data d (q: its questions), and the lines that differ."""
    data = plain(text)
    exec(what, {"d": data, "q": data.get("questions")})
    new = update(text, data)
    assert same(plain(new), data)
    old_lines, new_lines = text.splitlines(), new.splitlines()
    while old_lines and new_lines and old_lines[0] == new_lines[0]:
        del old_lines[0], new_lines[0]
    while old_lines and new_lines and old_lines[-1] == new_lines[-1]:
        del old_lines[-1], new_lines[-1]
    return old_lines, new_lines


@pytest.mark.parametrize(
    ("what", "gone", "come"),
    [
        ("d['draw'] = 8", ["draw: 7   # per attempt"], ["draw: 8   # per attempt"]),
        ("d['draw'] = 'a: b'", ["draw: 7   # per attempt"], ['draw: "a: b"   # per attempt']),
        ("d['attempts']['limit'] = 3",
         ["attempts: {limit: 0, wait_minutes: 10}  # optional"],
         ["attempts: {limit: 3, wait_minutes: 10}  # optional"]),
        ("d['attempts']['more'] = 'x y'",
         ["attempts: {limit: 0, wait_minutes: 10}  # optional"],
         ['attempts: {limit: 0, wait_minutes: 10, more: "x y"}  # optional']),
        ("del d['attempts']", ["attempts: {limit: 0, wait_minutes: 10}  # optional"], []),
        ("d['attempts'] = {}", ["attempts: {limit: 0, wait_minutes: 10}  # optional"],
         ["attempts: {}  # optional"]),
        ("d['pass'] = 1", ["# the end"], ["pass: 1", "# the end"]),
        ("q[0]['text']['id'] = \"It's\"", ["      id: 'Apa?'"], ["      id: 'It''s'"]),
        ("q[0]['text']['id'] = 'a\\nb'", ["      id: 'Apa?'"],
         ["      id: |-", "        a", "        b"]),
        ("q[0]['text']['en'] = 'A\\nB'", ['      en: "What?"'], ['      en: "A\\nB"']),
        ("q[0]['options'][0]['right']['id'] = 'Lap, basah'",
         ["      - right: {id: Kain, en: Cloth}"], ['      - right: {id: "Lap, basah", en: Cloth}']),
        ("q[1]['text']['id'] += ' Lalu satu lagi, yang baru sekali.'",
         ["        dua baris atau lebih."],
         ["        dua baris atau lebih. Lalu satu lagi, yang baru", "        sekali."]),
        ("q[1]['text']['en'] = 'One\\n\\n- three\\n'", ["        - two"], ["        - three"]),
        ("q[1]['text']['en'] = '- one\\n- two'",
         ["      en: |  # Markdown", "        One", "", "        - two"],
         ["      en: |-  # Markdown", "        - one", "        - two"]),
        ("q[1]['text']['en'] = ' one'",
         ["      en: |  # Markdown", "        One", "", "        - two"],
         ['      en: " one"  # Markdown']),
        # A wrong option turns right: only its name changes.
        ("q[0]['options'][1] = {'right': q[0]['options'][1].pop('wrong'), **q[0]['options'][1]}",
         ["      - wrong: {id: Debu, en: Dust}"], ["      - right: {id: Debu, en: Dust}"]),
        ("q[0]['options'].insert(1, {'wrong': {'id': 'Baru', 'en': 'New'}})",
         [], ['      - wrong: {id: "Baru", en: "New"}']),
        ("q[0]['options'].pop(0)", ["      - right: {id: Kain, en: Cloth}"], []),
        ("q[0]['options'].reverse()",
         ["      - right: {id: Kain, en: Cloth}", "      - wrong: {id: Debu, en: Dust}",
          '        feedback: {id: "x", en: "y"}'],
         ["      - wrong: {id: Debu, en: Dust}", '        feedback: {id: "x", en: "y"}',
          "      - right: {id: Kain, en: Cloth}"]),
        ("del q[0]['options'][0], q[0]['edition']",
         ["    edition: 1", "    text:", "      id: 'Apa?'", '      en: "What?"',
          "    # a note on the options", "    options:", "      - right: {id: Kain, en: Cloth}"],
         ["    text:", "      id: 'Apa?'", '      en: "What?"', "    # a note on the options",
          "    options:"]),
        # The first field stands behind the hyphen.
        ("del q[0]['key']", ["  - key: a   # never again", "    edition: 1"], ["  - edition: 1"]),
        ("q[2]['answer'] = {'a': ['x y']}", ["    answer: 5"],
         ["    answer:", "      a:", '        - "x y"']),
        ("q[0]['text'] = 5", ["    text:", "      id: 'Apa?'", '      en: "What?"'],
         ["    text: 5"]),
        # A new question is divided from the others as they are from each other.
        ("q.append({'key': 'd', 'answer': True})", ["# the end"],
         ["", "  - key: d", "    answer: true", "# the end"]),
        # Comments of a question go with it; others stay.
        ("q.pop()", ["  # not only about c", "", "  # right above c", "  - key: c", "    answer: 5"],
         ["  # not only about c", ""]),
        ("q.insert(0, q.pop(1))", BANK.splitlines()[5:27],
         [*BANK.splitlines()[17:27], "", *BANK.splitlines()[5:16]]),
        # Another key is not another question.
        ("q[1]['key'] = 'b2'", ["  - key: b"], ["  - key: b2"]),
        ("d['questions'] = []", BANK.splitlines()[4:-1], ["questions: []"]),
    ],
)  # fmt: skip
def test_a_change_touches_the_lines_that_it_is_about(what, gone, come):
    old, new = change(BANK, what)
    # Equal lines at the ends belong to either side; compare what is left without them.
    while gone and come and gone[-1] == come[-1]:
        gone, come = gone[:-1], come[:-1]
    while gone and come and gone[0] == come[0]:
        gone, come = gone[1:], come[1:]
    assert (old, new) == (gone, come)


@pytest.mark.parametrize(
    ("text", "data", "changed"),
    [
        # As the file was written: line ends, byte order mark, no last line end, spaces.
        ("a:   1   # c\r\nb: |\r\n  x\r\n", {"a": 2, "b": "y\nz\n"},
         "a:   2   # c\r\nb: |\r\n  y\r\n  z\r\n"),
        ("a: 1\r\nb: 2\nc: 3\n", {"a": 1, "b": 2, "c": 4}, "a: 1\r\nb: 2\nc: 4\n"),
        ("\ufeffa: 1\n", {"a": 1, "b": 2}, "\ufeffa: 1\nb: 2\n"),
        ("a: 1", {"a": 1, "b": 2}, "a: 1\nb: 2\n"),
        ("# c\na: |\n  x", {"a": "x", "b": 2}, "# c\na: |-\n  x\nb: 2\n"),
        ("--- # c\na: 1\n...\n", {"a": 1, "b": 2}, "--- # c\na: 1\nb: 2\n...\n"),
        ("    a: 1\n", {"a": 2, "b": [{"c": 3}]}, "    a: 2\n    b:\n      - {c: 3}\n"),
        # Lists as wide or as narrow as somebody made them.
        ("a:\n- x\n# y!\n- y\nb: 1\n", {"a": ["y", "x", "z"], "b": 1},
         "a:\n# y!\n- y\n- x\n- z\nb: 1\n"),
        ("- - a\n  # b!\n  - b\n- c\n", [["b", "a"], "c"], "- - b\n  # b!\n  - a\n- c\n"),
        ("-\n  # k!\n  k: 1\n-\n- x\n", [{"k": 1, "l": 2}, "z", "x"],
         "-\n  # k!\n  k: 1\n  l: 2\n- z\n- x\n"),
        ("- a: 1\n  # b!\n  b: 2\n", [{"b": 2}], "-\n  # b!\n  b: 2\n"),
        ("a: []  # none\n", {"a": [{"k": "x y"}]}, 'a:  # none\n  - k: "x y"\n'),
        ("a:  # some\n  - 1\n", {"a": []}, "a: []  # some\n"),
        # Between braces and brackets.
        ("a: {x: 1, y: 'z'}\n", {"a": {"y": "it's", "x": 1}}, "a: {x: 1, y: 'it''s'}\n"),
        ("a: {x, y: 1}\n", {"a": {"x": 2, "y": 1}}, "a: {x: 2, y: 1}\n"),
        ("a: [b: 1, 'c']\n", {"a": ["c", {"b": 1}]}, "a: ['c', b: 1]\n"),
        ("a: {x: 1}\n", {"a": {"x": 1, "z": "p\nq"}}, "a:\n  x: 1\n  z: |-\n    p\n    q\n"),
        ("a: {x: {y: 1}}\n", {"a": {"x": {"y": 1, "z": "p\nq"}}}, 'a: {x: {y: 1, z: "p\\nq"}}\n'),
        # A field goes where it stands in the data.
        ("a: 1\nc: 3\n", {"a": 1, "b": 2, "c": 3}, "a: 1\nb: 2\nc: 3\n"),
        ("{a: 1, c: 3}\n", {"a": 1, "b": 2, "c": 3}, "{a: 1, b: 2, c: 3}\n"),
        # Without names that it had, a mapping is new; so is another kind of document.
        ("# c\n\na: 1\n", {"b": 2}, "# c\n\nb: 2\n"),
        ("# c\na: 1  # d\n# e\n", ["x\ny\n"], "# c\n- |\n  x\n  y\n# e\n"),
        # What is written in a rare way is changed by writing more of it anew.
        ("? a # : b\n: 1\nc: 2\n", {"a": 1, "c": 3}, "? a # : b\n: 1\nc: 3\n"),
        ("? a # : b\n: 1\nc: 2\n", {"a": 4, "c": 2}, "a: 4\nc: 2\n"),
        ("a: |+\n  x\n\nb: 1\n", {"a": "x\n\n", "b": 1, "c": 2}, "a: |+\n  x\n\nb: 1\nc: 2\n"),
        ("a: |2\n   x\n", {"a": " y\n"}, 'a: " y\\n"\n'),
        ("a: x\n  y\nb: 1\n", {"a": "z #1", "b": 1}, 'a: "z #1"\nb: 1\n'),
        ("a: |\n\nb: 1\n", {"a": "x\ny\n", "b": 1}, "a: |\n  x\n  y\n\nb: 1\n"),
    ],
)  # fmt: skip
def test_a_file_stays_as_its_author_wrote_it(text, data, changed):
    assert update(text, data) == changed
    assert same(plain(changed), data)


HOSTILE = (
    "", " ", " x", "x ", "\n", "\n\nx", "x\n\n\n", "x \ny", "a\tb", "\tx\ny", "---", "...", "---\nx", "x\n---\n",
    "a: b", "a #b", "#b", "- a", "? a", "%x", "@x", "`x", "!x", "&x", "*x", "|", ">", "'", '"', "\\", "\\n",
    "{", "[a]", "a, b", "]", "~", "null", "True", "yes", "1", "+1", "1.", "1e3", "0x1f", "12:30", "<<", "=",
    "\x01", "\x07", "\x1b[2J", "\x7f", "\x85", "\u2028", "a\u2029b", "\u202ex", "\ufeff", "\uffff", "x\r\ny", "\r",
    "\xa0x", "😀", "👩‍🌾", "é", "x" * 9_000, "x " * 900, "a\n" * 300, "\U0010ffff",
)  # fmt: skip
QUOTED = "a: old\nb: 'old'\nc: \"old\"\nd: |-\n  old\ne: >\n  old\nf: [old, 'old', \"old\"]\ng:\n  - old\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_read_back_as_it_was(text):
    written = emit([text, {"k": text}, {"k": [text]}, {"id": text, "en": text}, text])
    assert plain(written) == [text, {"k": text}, {"k": [text]}, {"id": text, "en": text}, text]
    assert plain(emit(text)) == text
    assert not re.search(
        r"[ \t]\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\ufeff]", written
    )
    new = {**dict.fromkeys("abcde", text), "f": [text] * 3, "g": [text, text]}
    changed = update("# one\n" + QUOTED + "# two\n", new)
    assert plain(changed) == new
    assert changed.startswith("# one\na: ")
    assert changed.endswith("\n# two\n")


AUTHORS = st.randoms(use_true_random=False).map(Author)
COMMENT = re.compile(r"# c[0-9]+")


@settings(max_examples=50, deadline=None)
@given(AUTHORS)
def test_any_data_written_are_read_back(author):
    data = author.data()
    assert same(plain(emit(data)), data)


@settings(max_examples=80, deadline=None)
@given(AUTHORS)
def test_any_change_is_made_and_no_comment_is_lost(author):
    text = author.text(author.data())
    old = plain(text)
    assert update(text, old) == text
    new = author.grown(old)
    changed = update(text, new)
    note(f"{text}\n{new}\n{changed}")
    assert same(plain(changed), new)
    assert sorted(COMMENT.findall(changed)) == sorted(COMMENT.findall(text))
    other = author.data()
    assert same(plain(update(text, other)), other)


@settings(max_examples=25, deadline=None)
@given(AUTHORS, st.integers(0, 5), st.integers(0, 5))
def test_the_bytes_of_other_entries_survive(author, index, to):
    entries = [{"key": f"q{number}", "a": author.data(2)} for number in range(6)]
    written = [author.block([entry]) for entry in entries]
    text = "".join(written)
    assert same(plain(text), entries)
    less = [entry for entry in entries if entry is not entries[index]]
    more = [*less[:to], {"key": "new"}, *less[to:]]
    moved = [*less[:to], entries[index], *less[to:]]
    for new in (less, more, moved):
        changed = update(text, new)
        assert same(plain(changed), new)
        for entry, lines in zip(entries, written, strict=True):
            assert entry not in new or lines[lines.index("key:") :].rstrip("\n") in changed
