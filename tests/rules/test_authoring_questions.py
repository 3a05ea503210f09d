"""Questions of a draft: only the lines of the question that is edited change, whatever is typed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from elearn.authoring.rules import questions
from elearn.authoring.rules.question_findings import faulty_keys, judged
from elearn.authoring.rules.questions import Terms
from elearn.authoring.rules.structure import Unknown
from elearn.authoring.rules.typed import (
    Option,
    Pair,
    Typed,
    offered,
    question_of,
    rearranged,
    typed_of,
)
from elearn.authoring.rules.words import brief
from elearn.coursepack.yamledit import Unreadable, plain
from tests.coursepack.example import example_files

FILES = dict(example_files())
FOLDER = "01-reading-room"
PATH = f"{FOLDER}/quiz.yml"
LANGUAGES = ("id", "en")
KEYS = [one["key"] for one in questions.questions_in(FILES, FOLDER)]


def after(changes):
    assert set(changes) == {PATH}
    return {**FILES, **changes}


def keys_in(files):
    return [one["key"] for one in questions.questions_in(files, FOLDER)]


def lines_of(files, key):
    """The lines of a question, as they stand in its file."""
    parts = files[PATH].decode().split("  - key: ")
    return next(part for part in parts if part.split()[0] == key)


def others_are_untouched(files, *touched):
    return all(lines_of(files, key) == lines_of(FILES, key) for key in KEYS if key not in touched)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("reader", ["id", "en"])
def test_a_question_that_is_opened_and_saved_is_the_same_question(key, reader):
    data = questions.find(FILES, key).data
    typed = offered(typed_of(data, LANGUAGES, reader), LANGUAGES)
    assert question_of(typed, data, LANGUAGES, reader) == data
    assert questions.put(FILES, key, data)[PATH] == FILES[PATH]


@pytest.mark.parametrize("key", KEYS)
def test_a_text_that_is_changed_changes_one_line(key):
    data = questions.find(FILES, key).data
    typed = typed_of(data, LANGUAGES, "id")
    typed = replace(typed, text={**typed.text, "en": "Is this: new? *yes* # no"})
    files = after(questions.put(FILES, key, question_of(typed, data, LANGUAGES, "id")))
    assert questions.find(files, key).data["text"]["en"] == "Is this: new? *yes* # no"
    old, new = FILES[PATH].decode().splitlines(), files[PATH].decode().splitlines()
    assert sum(one != other for one, other in zip(old, new, strict=True)) == 1


def test_comments_beside_a_question_stay_when_its_rows_are_moved():
    data = questions.find(FILES, "lift-dust").data
    typed, row = rearranged(typed_of(data, LANGUAGES, "id"), "up-options-1", LANGUAGES)
    files = after(questions.put(FILES, "lift-dust", question_of(typed, data, LANGUAGES, "id")))
    assert row == "options-0"
    assert [next(iter(one)) for one in questions.find(files, "lift-dust").data["options"]] == [
        "wrong", "right",
    ]  # fmt: skip
    assert b"# exactly one right option" in files[PATH]
    assert others_are_untouched(files, "lift-dust")


def test_what_no_editor_shows_is_kept():
    data = {
        "key": "a", "edition": 1, "kind": "single", "lesson": "dust-and-light", "source": "book",
        "text": {"id": "Apa?", "jv": "Opo?"},
        "options": [{"right": {"id": "Ya"}, "weight": 2}, {"wrong": {"id": "Tidak"}}],
    }  # fmt: skip
    typed = typed_of(data, LANGUAGES, "id")
    options = (replace(typed.options[0], text={"id": "Ya!", "en": "Yes!"}), typed.options[1])
    typed = replace(typed, options=options, text={"id": "Apa ini?", "en": ""})
    wanted = question_of(typed, data, LANGUAGES, "id")
    assert wanted["source"] == "book"
    assert wanted["text"] == {"id": "Apa ini?", "jv": "Opo?"}
    assert wanted["options"] == [
        {"right": {"id": "Ya!", "en": "Yes!"}, "weight": 2},
        {"wrong": {"id": "Tidak"}},
    ]


def both(text):
    return {"id": text, "en": f"{text} (en)"}


FROM_NOTHING = {
    "single": {"options": (Option(both("a"), True, both("why")), Option(both("b")))},
    "several": {"options": (Option(both("a"), True), Option(both("b")), Option(both("c"), True))},
    "true-false": {"answer": "false", "if_true": both("no")},
    "ordering": {"items": (both("a"), both("b"), both("c"))},
    "matching": {
        "pairs": (Pair(both("a"), both("1")), Pair(both("b"), both("2"))),
        "extra": (both("3"),),
    },
    "text": {"accepted": ("plan", "rencana", "")},
    "number": {"answer": "-2,5", "tolerance": "0,125", "unit": both("cm")},
}


@pytest.mark.parametrize("kind", FROM_NOTHING)
def test_each_kind_is_made_from_nothing_and_the_check_has_nothing_against_it(kind):
    typed = Typed(
        kind=kind,
        lesson="dust-and-light",
        text=both("Soal\n\n- satu"),
        feedback=both("Sebab"),
        **FROM_NOTHING[kind],
    )
    data = question_of(offered(typed, LANGUAGES), {"key": "new", "edition": 1}, LANGUAGES, "id")
    assert judged(data, FOLDER, LANGUAGES, FILES).findings == ()
    files = after(questions.insert(FILES, FOLDER, [data]))
    assert questions.find(files, "new").data == data
    assert files[PATH].startswith(FILES[PATH])
    shown = typed_of(data, LANGUAGES, "id")
    filled = replace(typed, accepted=tuple(filter(None, typed.accepted)))
    assert shown == replace(filled, **{
        name: {**dict.fromkeys(LANGUAGES, ""), **getattr(filled, name)}
        for name in ("unit", "if_true", "if_false")
    }, options=tuple(
        replace(one, feedback={**dict.fromkeys(LANGUAGES, ""), **one.feedback})
        for one in filled.options
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "reader", "kept"),
    [
        ("5", "id", 5), ("2,5", "id", Decimal("2.5")), ("2.5", "en", Decimal("2.5")),
        ("1.500", "id", 1500), ("1.500", "en", Decimal("1.5")), ("−3", "en", -3),
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_author_writes_numbers(typed, reader, kept):
    question = Typed(kind="number", answer=typed)
    assert question_of(question, {}, LANGUAGES, reader)["answer"] == kept


@pytest.mark.parametrize(
    ("kept", "reader", "shown"),
    [(5, "id", "5"), (Decimal("2.50"), "id", "2,50"), (Decimal("0.125"), "en", "0.125")],
)
def test_a_number_is_shown_as_its_author_writes_numbers(kept, reader, shown):
    data = {"kind": "number", "answer": kept}
    assert typed_of(data, LANGUAGES, reader).answer == shown


@pytest.mark.parametrize(
    ("data", "typed"),
    [
        ({"kind": "number", "answer": 5, "tolerance": 1}, Typed(kind="number")),
        ({"kind": "true-false", "answer": True}, Typed(kind="true-false")),
    ],
)
def test_what_was_emptied_is_said_no_more(data, typed):
    assert question_of(typed, data, LANGUAGES, "id").keys() & {"answer", "tolerance"} == set()


def test_what_is_no_number_is_refused_at_its_field():
    with pytest.raises(ValueError, match="tolerance"):
        question_of(Typed(kind="number", answer="5", tolerance="lima"), {}, LANGUAGES, "id")


HALF = [
    {"key": "a", "kind": "single", "text": None},
    {"key": "a", "kind": "single", "text": "words", "options": "none"},
    {"key": "a", "kind": "several", "options": [None, "x", {"right": ["a"]}, {}]},
    {"key": "a", "kind": "matching", "pairs": [{"left": {"id": "a"}}], "extra": [[]]},
    {"key": "a", "kind": "number", "answer": {"id": 5}, "points": "many", "pool": []},
    {"key": "a", "kind": "true-false", "answer": "perhaps", "lesson": 7},
    {"key": "a", "kind": ["?"]},
]


@pytest.mark.parametrize("data", HALF)
def test_a_half_finished_or_faulty_question_can_be_opened_and_mended(data):
    typed = typed_of(data, LANGUAGES, "id")
    wanted = question_of(replace(typed, text=both("Baru")), data, LANGUAGES, "id")
    assert wanted["text"] == both("Baru")
    assert wanted["key"] == "a"


def test_rows_without_a_word_are_left_out_and_half_filled_rows_are_kept():
    empty = dict.fromkeys(LANGUAGES, "")
    typed = Typed(
        kind="single",
        options=(
            Option(empty, True, empty),
            Option({"id": "", "en": "b"}, False, empty),
            Option(empty, False, {"id": "why", "en": ""}),
        ),
    )
    assert question_of(typed, {}, LANGUAGES, "id")["options"] == [
        {"wrong": {"en": "b"}},
        {"wrong": {"id": ""}, "feedback": {"id": "why"}},
    ]


@pytest.mark.parametrize(
    ("act", "left", "row"),
    [
        ("up-items-2", "acb", "items-1"),
        ("up-items-0", "abc", "items-0"),
        ("down-items-0", "bac", "items-1"),
        ("down-items-2", "abc", "items-2"),
        ("remove-items-1", "ac", "items-1"),
        ("remove-items-9", "abc", ""),
        ("up-options-1", "abc", ""),
        ("burn-items-1", "abc", ""),
    ],
)
def test_rows_are_moved_and_removed_by_their_buttons(act, left, row):
    typed = Typed(kind="ordering", items=tuple({"id": letter} for letter in "abc"))
    changed, went_on = rearranged(typed, act, ("id",))
    assert "".join(one["id"] for one in changed.items) == left
    assert went_on == row


def test_rows_are_added_up_to_what_a_question_may_have():
    typed = Typed(kind="text")
    for _time in range(30):
        typed, row = rearranged(typed, "add-accepted", LANGUAGES)
    assert (len(typed.accepted), row) == (20, "accepted-19")


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        (lambda: questions.shift(FILES, KEYS[0], 1), [KEYS[1], KEYS[0], *KEYS[2:]]),
        (lambda: questions.shift(FILES, KEYS[0], -1), KEYS),
        (lambda: questions.move(FILES, KEYS[0], 99), [*KEYS[1:], KEYS[0]]),
        (lambda: questions.remove(FILES, KEYS[3]), [*KEYS[:3], *KEYS[4:]]),
        (
            lambda: questions.duplicate(FILES, "causes", {"causes-2"})[0],
            [*KEYS[:2], "causes-3", *KEYS[2:]],
        ),
    ],
)
def test_questions_are_moved_doubled_and_removed_whole(change, keys):
    files = {**FILES, **change()}
    assert keys_in(files) == keys
    kept = [key for key in KEYS if key in keys]
    assert all(lines_of(files, key) == lines_of(FILES, key) for key in kept)


def test_a_copy_begins_at_the_first_edition():
    text = FILES[PATH].replace(b"key: causes\n    edition: 1", b"key: causes\n    edition: 4")
    changes, key = questions.duplicate({**FILES, PATH: text}, "causes", set())
    assert questions.find({**FILES, **changes}, key).data["edition"] == 1


def test_a_module_without_a_bank_gets_one_with_its_first_question():
    changes = questions.insert({}, "02-new", [{"key": "a"}])
    assert plain(changes["02-new/quiz.yml"].decode()) == {
        "draw": 5, "attempts": {"limit": 0, "wait_minutes": 5}, "questions": [{"key": "a"}],
    }  # fmt: skip
    changes = questions.with_terms({}, "02-new", Terms(3, 80, 0, 0))
    assert plain(changes["02-new/quiz.yml"].decode()) == {
        "draw": 3, "pass_percent": 80, "questions": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "taken", "key"),
    [
        ("Apa yang mengangkat debu?", set(), "apa-yang-mengangkat-debu"),
        ("Debu", {"debu", "debu-2"}, "debu-3"),
        ("本", set(), "question"),
        ("", {"question"}, "question-2"),
        ("Kata " * 40, set(), "kata-kata-kata-kata-kata-kata-kata-kata"),
        ("x" * 90, set(), "x" * 40),
    ],
)
def test_a_key_is_made_of_the_words_and_belongs_to_nothing_else(text, taken, key):
    assert questions.new_key({"text": {"id": text}}, "id", taken) == key


@pytest.mark.parametrize(
    "terms", [Terms(3, None, 0, 10), Terms(7, 80, 0, 10), Terms(7, None, 3, 0), Terms(1, 1, 1, 1)]
)
def test_the_terms_of_a_try_change_only_their_own_lines(terms):
    files = after(questions.with_terms(FILES, FOLDER, terms))
    assert questions.terms_of(files, FOLDER) == terms
    assert others_are_untouched(files)
    assert b"# questions per attempt" in files[PATH]


def test_a_question_that_is_gone_and_a_bank_that_cannot_be_read_are_said():
    with pytest.raises(Unknown):
        questions.find(FILES, "no-such")
    broken = {**FILES, PATH: b"draw: [1\n"}
    with pytest.raises(Unreadable):
        questions.find(broken, "lift-dust")
    with pytest.raises(Unreadable):
        questions.put({**FILES, PATH: b"\xff"}, "lift-dust", {})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lesson": "gone"}, "lesson"),
        ({"options": [{"right": both("a")}, {"wrong": {"id": "b"}}]}, "options-1-text-en"),
        (
            {"options": [{"right": both("a"), "feedback": {"id": "", "en": "x"}},
                         {"wrong": both("b")}]},
            "options-0-feedback-id",
        ),
        ({"options": [{"wrong": both("a")}, {"wrong": both("b")}]}, "options"),
        ({"text": {"id": "a" * 2001, "en": "b"}}, "text-id"),
        ({"points": 99}, "points"),
    ],
)  # fmt: skip
def test_each_finding_names_the_field_that_mends_it(change, field):
    data = {**questions.find(FILES, "lift-dust").data, **change}
    found = judged(data, FOLDER, LANGUAGES, FILES)
    assert found.question is None
    assert [one.field for one in found.findings if one.is_error] == [field]


def test_the_questions_that_the_check_would_refuse_are_named():
    text = FILES[PATH].replace(b"lesson: weekly-plan", b"lesson: gone", 1)
    lessons = frozenset({"dust-and-light", "weekly-plan"})
    assert faulty_keys(text, LANGUAGES, lessons) == {"order-of-work"}
    assert faulty_keys(FILES[PATH], LANGUAGES, lessons) == frozenset()


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("Apa yang **mengangkat** debu?", "Apa yang mengangkat debu?"),
        ("Lihat [jadwal](../a.md)\n\nlalu jawab.", "Lihat jadwal lalu jawab."),
        ("satu dua tiga empat lima enam", "satu dua tiga empat lima…"),
        ("satu dua tiga empat lima en", "satu dua tiga empat lima…"),
        ("x" * 40, "x" * 24 + "…"),
        ("", ""),
    ],
)
def test_a_question_is_called_by_its_first_whole_words_without_marks(markdown, shown):
    assert brief(markdown, 25) == shown
