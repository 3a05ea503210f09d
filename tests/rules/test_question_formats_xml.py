"""Moodle XML as Moodle exports it, and as somebody who means harm writes it."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from elearn.authoring.formats import moodle_xml
from tests.rules.question_samples import TRUE_FALSE, codes


def bank(*questions):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{"".join(questions)}</quiz>'.encode()


def moodle(kind, inside, text="<p>Apa yang <b>mengangkat</b> debu?</p>", more=""):
    return bank(
        f'<question type="{kind}"><name><text>Debu 1</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text>{more}</questiontext>'
        '<generalfeedback format="html"><text>&lt;p&gt;Lihat pelajaran.&lt;/p&gt;</text></generalfeedback>'
        "<defaultgrade>1.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden>"
        f"{inside}</question>"
    )


def answer(percent, text, feedback="", more=""):
    return (
        f'<answer fraction="{percent}" format="html"><text><![CDATA[<p>{text}</p>]]></text>'
        f'<feedback format="html"><text>{feedback}</text></feedback>{more}</answer>'
    )


def typed(percent, text, more=""):
    return f'<answer fraction="{percent}" format="moodle_auto_format"><text>{text}</text>{more}</answer>'


def read_one(content):
    (row,) = moodle_xml.read(content, "id").rows
    return row


ITEMS = answer(1, "a") + answer(2, "b") + answer(3, "c")
OWN_PLACES = "<gradingtype>ABSOLUTE_POSITION</gradingtype>"
TRUTH = answer(0, "true") + answer(100, "false")
TRUTH = TRUTH.replace("<p>", "").replace("</p>", "")


@pytest.mark.parametrize(
    ("kind", "inside", "fields"),
    [
        (
            "multichoice",
            "<single>true</single>" + answer(100, "Kain <i>lembap</i>", "Ya.") + answer(0, "Kemoceng"),
            {
                "kind": "single",
                "options": [
                    {"right": {"id": "Kain *lembap*"}, "feedback": {"id": "Ya."}},
                    {"wrong": {"id": "Kemoceng"}},
                ],
            },
        ),
        (
            "multichoice",
            "<single>false</single>" + answer("33.33333", "a") + answer("33.33333", "b") + answer("33.33333", "c") + answer("-33.33333", "d"),
            {"kind": "several", "options": [{"right": {"id": x}} for x in "abc"] + [{"wrong": {"id": "d"}}]},
        ),
        ("truefalse", TRUTH, {"kind": "true-false", "answer": False}),
        ("shortanswer", "<usecase>0</usecase>" + typed(100, "kain  lembap") + typed(100, "lap \\* basah"), {"kind": "text", "accepted": ["kain lembap", "lap * basah"]}),
        (
            "numerical",
            typed(100, "2.50", "<tolerance>0.5</tolerance>") + "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>",
            {"kind": "number", "answer": Decimal("2.5"), "tolerance": Decimal("0.5"), "unit": {"id": "m"}},
        ),
        (
            "matching",
            "".join(
                f'<subquestion format="html"><text>{left}</text><answer><text>{right}</text></answer></subquestion>'
                for left, right in [("&lt;p&gt;Debu&lt;/p&gt;", "2 * 3"), ("Cahaya", "Pudar"), ("", "Sobek")]
            ),
            {
                "kind": "matching",
                "pairs": [
                    {"left": {"id": "Debu"}, "right": {"id": "2 \\* 3"}},
                    {"left": {"id": "Cahaya"}, "right": {"id": "Pudar"}},
                ],
                "extra": [{"id": "Sobek"}],
            },
        ),
        (
            "ordering",
            "<gradingtype>ABSOLUTE_POSITION</gradingtype>" + answer(1, "Bagi") + answer(2, "Tunjuk") + answer(3, "Rawat"),
            {"kind": "ordering", "items": [{"id": "Bagi"}, {"id": "Tunjuk"}, {"id": "Rawat"}]},
        ),
    ],
)  # fmt: skip
def test_each_kind_is_read(kind, inside, fields):
    row = read_one(moodle(kind, inside))
    assert (row.faults, row.notes, row.name) == ((), (), "Debu 1")
    wanted = {
        "key": "debu-1",
        "edition": 1,
        "pool": "quiz",
        "text": {"id": "Apa yang **mengangkat** debu?"},
        "feedback": {"id": "Lihat pelajaran."},
        **fields,
    }
    assert row.data == wanted


@pytest.mark.parametrize(
    ("kind", "inside", "code"),
    [
        ("essay", "", "kind-not-ours"),
        ("description", "", "kind-not-ours"),
        ("cloze", "", "kind-not-ours"),
        ("calculated", typed(100, "{a}+{b}"), "kind-not-ours"),
        ("multichoice", "", "list-count"),
        ("multichoice", answer(50, "a") + answer(0, "b"), "question-no-right"),
        ("multichoice", answer("half", "a"), "number-wrong"),
        ("multichoice", answer(0, "b") * 300, "answers-many"),
        ("multichoice", answer(100, "&#60;b") + answer(0, "x" * 401), "text-long"),
        ("truefalse", "", "answers-none"),
        ("truefalse", typed(100, "ya"), "truth-word"),
        ("shortanswer", typed(100, "kain*"), "answers-none"),
        ("numerical", typed(100, "*"), "answers-none"),
        ("numerical", typed(100, "1") + typed(100, "2"), "numbers-several"),
        ("numerical", typed(100, "{x}"), "number-wrong"),
        ("matching", "<subquestion/>", "list-count"),
        ("ordering", answer(1, "a"), "list-count"),
    ],
)
def test_what_cannot_be_a_question_says_why(kind, inside, code):
    row = read_one(moodle(kind, inside))
    assert (row.data, row.name) == (None, "Debu 1")
    assert code in codes(row.faults)


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<hint><text>Coba lagi.</text></hint>", "hints-left"),
        ("<tags><tag><text>debu</text></tag></tags>", "tags-left"),
        (
            "".join(f"<{n}feedback><text>x</text></{n}feedback>" for n in ("correct", "incorrect")),
            "verdict-texts-left",  # said once
        ),
        (
            "<generalfeedback><text>x</text><file name='a.pdf'>QQ==</file></generalfeedback>",
            "files-left",
        ),
        ("<defaultgrade>2.5</defaultgrade>", "points-rounded"),
    ],
)
def test_what_is_left_out_is_noted(inside, code):
    content = moodle("truefalse", TRUTH)
    if "defaultgrade" in inside:
        content = content.replace(b"<defaultgrade>1.0000000</defaultgrade>", inside.encode())
    else:
        content = content.replace(b"<penalty>", inside.encode() + b"<penalty>")
    row = read_one(content)
    assert row.data is not None
    assert codes(row.notes) == [code]


@pytest.mark.parametrize(
    ("kind", "inside", "code"),
    [
        ("shortanswer", "<usecase>1</usecase>" + typed(100, "Kain"), "case-ignored"),
        ("multichoice", "<single>false</single>" + answer(100, "a") + answer(0, "b"), "points-our-rule"),
        ("ordering", "<gradingtype>RELATIVE_ALL_PREVIOUS_AND_NEXT</gradingtype>" + ITEMS, "places-our-rule"),
        ("ordering", ITEMS, "places-our-rule"),  # Moodle counts neighbours, unless it is told
        ("ordering", OWN_PLACES + "<selecttype>RANDOM</selecttype><selectcount>2</selectcount>" + ITEMS, "items-all-shown"),
        ("ordering", OWN_PLACES + ITEMS + answer(4, "d", "Ya."), "feedback-left"),
        ("numerical", typed(100, "1") + "<units><unit><unit_name>m</unit_name></unit><unit><unit_name>cm</unit_name></unit></units>", "units-left"),
        ("numerical", typed(100, "1", "<feedback><text>Ya.</text></feedback>") + typed(0, "*", "<feedback><text>Bukan.</text></feedback>"), "feedback-left"),
    ],
)  # fmt: skip
def test_what_counts_otherwise_here_is_noted(kind, inside, code):
    row = read_one(moodle(kind, inside))
    assert row.data is not None
    assert codes(row.notes) == [code]


def test_an_ordering_is_read_as_moodle_exports_it():
    """The fields are those of Moodle's own fixture (qtype_ordering, testexport.moodle.xml)."""
    exported = (
        "<layouttype>HORIZONTAL</layouttype><selecttype>ALL</selecttype><selectcount>2</selectcount>"
        "<gradingtype>ABSOLUTE_POSITION</gradingtype><showgrading>SHOW</showgrading>"
        "<numberingstyle>none</numberingstyle><shownumcorrect>1</shownumcorrect>"
        + answer("1.0000000", "Bagi") + answer("2.0000000", "Tunjuk") + answer("3.0000000", "Rawat")
    )  # fmt: skip
    row = read_one(moodle("ordering", exported))
    assert [item["id"] for item in row.data["items"]] == ["Bagi", "Tunjuk", "Rawat"]
    assert row.notes == ()


def test_an_ordering_is_written_as_moodle_marks_it_our_way():
    items = [{"en": word} for word in ("First", "Second", "Third")]
    data = {"key": "steps", "kind": "ordering", "text": {"en": "Order?"}, "items": items}
    data |= {"edition": 1, "pool": "quiz", "feedback": {"en": "So."}}
    content = moodle_xml.write([data], "en").content
    root = ElementTree.fromstring(content)
    (question,) = root.findall("question")
    told = {each.tag: each.text for each in question if each.text and each.text.strip()}
    assert told["selecttype"] == "ALL"
    assert told["gradingtype"] == "ABSOLUTE_POSITION"
    assert (told["showgrading"], told["numberingstyle"]) == ("SHOW", "none")
    assert [one.get("fraction") for one in question.findall("answer")] == ["1", "2", "3"]
    assert moodle_xml.read(content, "en").rows[0].notes == ()


def test_categories_are_counted_and_questions_keep_their_order():
    category = (
        '<question type="category"><category><text>$course$/Debu</text></category></question>'
    )
    middle = moodle("essay", "").split(b"<quiz>")[1].removesuffix(b"</quiz>").decode()
    reading = moodle_xml.read(bank(category, middle, category, middle), "id")
    assert [row.number for row in reading.rows] == [1, 2]
    assert [note.values for note in reading.notes] == [{"count": 2}]


def test_a_picture_of_five_megabytes_is_passed_over_and_named():
    picture = '<img src="@@PLUGINFILE@@/rak.png" alt="Rak">'
    more = f'<file name="rak.png" encoding="base64">{"A" * 5_000_000}</file>'
    row = read_one(moodle("truefalse", TRUTH, f"<p>Lihat {picture}</p>", more))
    assert row.data["text"] == {"id": "Lihat"}
    assert [note.values for note in row.notes if note.code == "files-left"] == [
        {"names": "rak.png"}
    ]


def test_scripts_of_a_question_do_not_come_along():
    text = '<script>alert(1)</script><p onclick="x()">Apa <a href="javascript:x()">ini</a>?</p>'
    row = read_one(moodle("multichoice", answer(100, "a<script>x</script>") + answer(0, "b"), text))
    assert row.data["text"] == {"id": "Apa ini?"}
    assert row.data["options"][0] == {"right": {"id": "a"}}
    assert codes(row.notes) == ["paste-scripts", "paste-links"]  # each once


def test_two_thousand_questions_are_read_and_no_more():
    reading = moodle_xml.read(bank("<question/>" * 2_001), "id")
    assert len(reading.rows) == 2_000
    assert codes(reading.faults) == ["questions-too-many"]


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f'<!DOCTYPE quiz [<!ENTITY e0 "ha">{BOMB}]><quiz>&e9;</quiz>'.encode(), "xml-dtd"),
        (b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>', "xml-dtd"),
        (b'<!DOCTYPE quiz SYSTEM "https://example.org/quiz.dtd"><quiz/>', "xml-dtd"),
        (b"<quiz>&nothing;</quiz>", "xml-broken"),
        (b"<quiz>" + b"<a>" * 100_000, "xml-large"),
        (b"<quiz>" + b"<a/>" * 200_001 + b"</quiz>", "xml-large"),
        (b"<quiz>" + b"x" * 2_000_001 + b"</quiz>", "questions-too-long"),
        (b" " * (16 * 1024 * 1024 + 1), "xml-large"),
        (b"<quiz>\0</quiz>", "xml-broken"),
        ("<quiz>\ud800</quiz>".encode("utf-8", "surrogatepass"), "xml-broken"),
        ("<quiz>Café</quiz>".encode("latin-1"), "xml-broken"),
        (b'<?xml version="1.0" encoding="nothing"?><quiz/>', "xml-broken"),
        (b"", "xml-broken"),
        (b"<quiz><question", "xml-broken"),
        (b"<quiz/>", "questions-none"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_file_is_refused_with_a_code(content, code):
    reading = moodle_xml.read(content, "id")
    assert (reading.rows, codes(reading.faults)) == ((), [code])


def test_what_xml_has_no_place_for_does_not_break_the_file():
    data = TRUE_FALSE | {"text": {"en": "a\ufffeb <&> ]]>"}}
    (row,) = moodle_xml.read(moodle_xml.write([data], "en").content, "en").rows
    assert row.data["text"] == {"en": "a\ufffdb <&> ]]>"}
