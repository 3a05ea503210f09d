"""Questions go to other systems and come back: what is lost is exactly what the writer said."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from elearn.authoring.formats import gift, moodle_xml, sheet
from elearn.authoring.formats.exchange import proposed_key
from elearn.coursepack.fields import is_key
from tests.rules.question_samples import ALL, SINGLE, TRUE_FALSE, codes, en, in_one, question

COURSES = Path(__file__).resolve().parents[2] / "courses"
READ = {"gift": gift.read_file, "xml": moodle_xml.read, "sheet": sheet.read}
WRITE = {"gift": gift.write, "xml": moodle_xml.write, "sheet": sheet.write}
FORMATS = tuple(READ)


def expected(data, written, language):
    """The question without what the writer said is lost."""
    want = in_one(data, language)
    for code in codes(written.lost):
        want.pop(code.removeprefix("lost-"), None)
    if "lost-pool" in codes(written.lost):
        want["pool"] = "quiz"
    if data["kind"] == "number":
        want.setdefault("tolerance", 0)
    return want | {"edition": 1, "pool": want.get("pool", "quiz")}


def assert_comes_back(form, questions, language):
    writing = WRITE[form](questions, language)
    reading = READ[form](writing.content, language)
    assert [line.key for line in writing.questions] == [data["key"] for data in questions]
    pairs = zip(questions, writing.questions, strict=True)
    there = [(data, written) for data, written in pairs if written.is_there]
    assert [row.faults for row in reading.rows] == [()] * len(there)
    for (data, written), row in zip(there, reading.rows, strict=True):
        assert row.data == expected(data, written, language)
    return writing


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("data", ALL, ids=[data["kind"] for data in ALL])
def test_a_question_comes_back_but_for_what_the_writer_said_is_lost(form, data):
    writing = assert_comes_back(form, [data], "en")
    assert writing.questions[0].is_there == ((form, data["kind"]) != ("gift", "ordering"))


@pytest.mark.parametrize(
    ("form", "lost"),
    [
        ("gift", ["lost-languages", "lost-edition", "lost-pool", "lost-lesson", "lost-points"]),
        ("xml", ["lost-languages", "lost-edition", "lost-pool", "lost-lesson"]),
        ("sheet", ["lost-languages", "lost-edition"]),
    ],
)
def test_the_writer_names_each_thing_that_the_format_has_no_place_for(form, lost):
    data = TRUE_FALSE | {"text": {"en": "x", "id": "y"}, "edition": 2, "pool": "test", "points": 2}
    data["if_true"] = {"en": "a", "id": "b"}
    (written,) = WRITE[form]([data], "en").questions
    assert codes(written.lost) == lost


@pytest.mark.parametrize("form", FORMATS)
def test_a_question_that_is_not_whole_is_left_out_with_its_reason(form):
    broken = [
        question("single", options=[{"wrong": en("a")}, {"wrong": en("b")}]),
        question("single", text={"id": "Apa?"}, options=SINGLE["options"]),
        {"key": "x", "kind": "essay", "text": 5},
        {},
        question("text", text=en("bell \x07"), accepted=["x"]),
        question("text", accepted="x"),
    ]
    writing = WRITE[form]([*broken, TRUE_FALSE], "en")
    assert [line.is_there for line in writing.questions] == [False] * 6 + [True]
    assert all(line.lost for line in writing.questions[:6])
    assert codes(writing.questions[0].lost) == ["question-no-right"]
    assert len(READ[form](writing.content, "en").rows) == 1


def test_emphasis_in_a_place_of_plain_words_is_lost_and_said():
    pairs = [{"left": en(x), "right": en(f"**{x}** 2 \\* 3")} for x in "ab"]
    data = question("matching", pairs=pairs, feedback=en("x"))
    (written,) = moodle_xml.write([data], "en").questions
    assert "lost-emphasis" in codes(written.lost)


@pytest.mark.parametrize(
    ("form", "data", "code"),
    [
        ("gift", {"pairs": [("a -> b", "c"), ("d", "e")]}, "lost-arrow"),
        ("sheet", {"pairs": [("a -> b", "c"), ("d", "e")]}, "lost-arrow"),
        (
            "sheet",
            {"pairs": [(f"l{n}", f"r{n}") for n in range(8)], "extra": ["x"]},
            "lost-options",
        ),
        ("sheet", {"accepted": ["a; b"]}, "lost-semicolon"),
    ],
)
def test_what_a_format_would_change_is_left_out_rather_than_changed(form, data, code):
    more = {name: value for name, value in data.items() if name == "accepted"}
    if "pairs" in data:
        more["pairs"] = [{"left": en(left), "right": en(right)} for left, right in data["pairs"]]
        more["extra"] = [en(text) for text in data.get("extra", [])]
    kind = "matching" if "pairs" in data else "text"
    (written,) = WRITE[form]([question(kind, feedback=en("x"), **more)], "en").questions
    assert (written.is_there, codes(written.lost)) == (False, [code])


@pytest.mark.parametrize(("form", "language"), [("gift", "id"), ("xml", "en"), ("sheet", "id")])
def test_every_bank_of_the_courses_comes_back(form, language):
    banks = sorted(COURSES.rglob("quiz.yml"))
    assert len(banks) > 10
    questions = [data for path in banks for data in _bank(path.read_text())]
    assert len({data["kind"] for data in questions}) == 7
    assert_comes_back(form, questions, language)


_BANKS = {}


def _bank(text):
    if text not in _BANKS:
        # Reading YAML takes longer than all the rest: once for the three formats.
        _BANKS[text] = YAML(typ="safe").load(text)["questions"]
    return _BANKS[text]


LINES = st.text(
    st.one_of(
        st.sampled_from(list("\\~=#{}:%*_[]<>&;\"'-/$,.()!|@+`")),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Cf"]),
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip())


@settings(max_examples=40, deadline=None)
@given(
    form=st.sampled_from(FORMATS),
    text=LINES,
    words=st.lists(
        LINES, min_size=3, max_size=5, unique_by=lambda text: " ".join(text.split()).casefold()
    ),
    feedback=LINES,
)
def test_odd_texts_come_back(form, text, words, feedback):
    words = [" ".join(word.split()) for word in words]
    feedback, text = " ".join(feedback.split()), f"{text.strip()}\n\n{feedback.strip()}"
    options = [
        {"right": en(words[0]), "feedback": en(feedback)},
        *({"wrong": en(w)} for w in words[1:]),
    ]
    questions = [
        question("single", text=en(text), options=options),
        question("ordering", text=en(text), items=[en(word) for word in words], feedback=en(text)),
        question("text", text=en(text), accepted=words[:2], feedback=en(text)),
        question(
            "true-false", text=en(text), answer=True, if_false=en(words[1]), if_true=en(words[0])
        ),
    ]
    assert_comes_back(form, questions, "en")


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(FORMATS),
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(
            st.sampled_from([*'{}~=#:\\\n%[]<>;\t"', "->", "####", "::", "T", "1..", "[html]", "x"])
        ).map(lambda parts: "".join(parts).encode()),
        st.binary(max_size=60).map(lambda body: b"PK\x03\x04" + body),
    ),
)
def test_no_input_raises(form, content):
    reading = READ[form](content, "id")
    assert reading.rows or reading.faults
    assert all((row.data is None) == bool(row.faults) for row in reading.rows)


@pytest.mark.parametrize(
    ("text", "taken", "key"),
    [
        ("Apa yang mengangkat debu?", (), "apa-yang-mengangkat-debu"),
        ("Café **bold**", (), "cafe-bold"),
        ("本を守る", (), "question"),
        ("本を守る", ("question", "question-2"), "question-3"),
        ("本", ("question", *(f"question-{n}" for n in range(2, 40))), "question-40"),
        ("word " * 40, (), "word-word-word-word-word-word-word-word"),
        ("x" * 99, ("x" * 40,), "x" * 40 + "-2"),
    ],
)
def test_a_key_is_proposed_from_the_text(text, taken, key):
    assert proposed_key(text, taken) == key
    assert is_key(key)


def test_two_questions_of_one_name_get_two_keys():
    reading = gift.read("::debu::A{T}\n\n::debu::B{F}", "id")
    assert [row.data["key"] for row in reading.rows] == ["debu", "debu-2"]


def test_numbers_are_kept_to_the_digit():
    data = question(
        "number", feedback=en("x"), answer=Decimal("0.000000001"), tolerance=Decimal("1.50")
    )
    for form in FORMATS:
        (row,) = READ[form](WRITE[form]([data], "en").content, "en").rows
        assert (row.data["answer"], row.data["tolerance"]) == (Decimal("1E-9"), Decimal("1.5"))
