"""What is done, what is next, what is locked, and what completes a course."""

from dataclasses import replace

import pytest

from elearn.learning import rules
from elearn.learning.rules import Happening, UnitState
from tests.rules.learning_samples import DONE, Course, Unit

OPENED = UnitState(opened=True)


PRE = Unit("pre-test", "pre-test", is_required=False)
ACTIVITY = Unit("one-activity", "activity", is_required=False)
QUIZ = Unit("one-quiz", "quiz", pass_percent=70)
POST = Unit("post-test", "post-test", pass_percent=70)
COURSE = Course((PRE, Unit("a"), Unit("b"), ACTIVITY, QUIZ, POST))
STRICT = replace(COURSE, is_sequential=True)


def done(*keys: str) -> dict[str, UnitState]:
    return dict.fromkeys(keys, DONE)


@pytest.mark.parametrize(
    ("keys", "percent"),
    [
        ((), 0),
        (("a",), 25),
        (("a", "pre-test", "one-activity"), 25),
        (("a", "b", "one-quiz"), 75),
        (("a", "b", "one-quiz", "post-test"), 100),
    ],
)
def test_progress_is_the_share_of_required_units(keys, percent):
    assert rules.progress(COURSE, done(*keys)).percent == percent


def test_progress_is_rounded_down_so_that_100_means_all():
    course = Course(tuple(Unit(f"u{number}") for number in range(300)))
    assert rules.progress(course, done(*(f"u{n}" for n in range(299)))).percent == 99


def test_a_course_that_requires_nothing_is_at_0_and_never_complete():
    course = Course((PRE, ACTIVITY))
    assert rules.progress(course, done("pre-test", "one-activity")) == rules.Progress(0, 0, 0)
    assert not rules.is_complete(course, done("pre-test", "one-activity"))


@pytest.mark.parametrize(
    ("scores", "is_done", "best", "last"),
    [
        ([69], False, 69, 69),
        ([70], True, 70, 70),
        ([40, 90, 55], True, 90, 55),
        ([0], False, 0, 0),
    ],
)
def test_a_quiz_is_done_when_its_best_attempt_reaches_the_pass_mark(scores, is_done, best, last):
    events = [Happening("scored", "one-quiz", 1, score) for score in scores]
    state = rules.from_events(COURSE, events)["one-quiz"]
    assert state == UnitState(True, is_done, best, last, 0 if is_done else len(scores))


def test_the_overview_names_the_required_quiz_that_was_not_passed_most_often():
    events = [Happening("scored", "one-quiz", 1, score) for score in (40, 55)]
    states = rules.from_events(COURSE, [*events, Happening("scored", "pre-test", 1, 30)])
    seen = rules.overview(COURSE, states)
    assert (seen.failed_unit_key, seen.failed_count) == ("one-quiz", 2)
    marked_anew = Happening("scored", "one-quiz", 1, 60, rules.CORRECTION)
    assert rules.overview(COURSE, rules.after(COURSE, states, marked_anew)).failed_count == 2
    assert (seen.pre_percent, seen.post_percent) == (30, None)
    passed = rules.after(COURSE, states, Happening("scored", "one-quiz", 1, 90))
    assert rules.overview(COURSE, passed).failed_count == 0


def test_a_pre_test_has_a_score_and_nobody_passes_or_fails_it():
    states = rules.from_events(COURSE, [Happening("scored", "pre-test", None, 90)])
    assert states == {}
    states = rules.from_events(COURSE, [Happening("scored", "pre-test", 1, 10)])
    assert states["pre-test"] == UnitState(True, False, 10, 10)


@pytest.mark.parametrize(
    "event",
    [Happening("done", "a", 2), Happening("done", "gone", 1), Happening("moved"),
     Happening("enrolled"), Happening("completed")],
)  # fmt: skip
def test_events_of_other_editions_and_of_no_unit_change_nothing(event):
    assert rules.after(COURSE, done("b"), event) == done("b")


def test_done_units_carry_over_when_key_and_edition_stand():
    newer = Course((Unit("a"), Unit("b", edition=2), Unit("c"), QUIZ))
    events = [
        Happening("done", "a", 1), Happening("done", "b", 1), Happening("scored", "one-quiz", 1, 80)
    ]  # fmt: skip
    states = rules.from_events(newer, events)
    assert {key for key, state in states.items() if state.done} == {"a", "one-quiz"}
    assert rules.progress(newer, states).percent == 50


def test_a_unit_that_a_version_left_out_is_done_again_in_the_next_one_that_has_it():
    events = [Happening("done", "a", 1)]
    assert rules.from_events(Course((Unit("b"),)), events) == {}
    assert rules.from_events(Course((Unit("a"), Unit("b"))), events) == done("a")


def test_a_lower_pass_mark_in_a_newer_version_counts_for_the_best_attempt():
    events = [Happening("scored", "one-quiz", 1, 65)]
    easier = Course((replace(QUIZ, pass_percent=60),))
    assert not rules.from_events(COURSE, events)["one-quiz"].done
    assert rules.from_events(easier, events)["one-quiz"].done


def test_a_higher_pass_mark_takes_nothing_away_that_was_passed():
    events = [Happening("scored", "one-quiz", 1, 75), Happening("done", "one-quiz", 1)]
    harder = Course((replace(QUIZ, pass_percent=90),))
    assert rules.from_events(harder, events)["one-quiz"].done


@pytest.mark.parametrize(
    ("newer", "kept_keys"),
    [
        (Course((Unit("a"), Unit("b", edition=2), Unit("c"))), {"a"}),
        (Course((Unit("c"),)), set()),
        (Course((Unit("b"), Unit("a"))), {"a", "b"}),
    ],
)
def test_what_would_carry_over_can_be_said_before_moving(newer, kept_keys):
    states = rules.carried_over(COURSE, newer, done("a", "b"))
    assert set(states) == kept_keys
    assert rules.from_events(newer, [Happening("done", k, 1) for k in ("a", "b")]) == states


@pytest.mark.parametrize(
    ("states", "last", "next_key"),
    [
        ({}, "", "pre-test"),
        ({"pre-test": OPENED}, "pre-test", "pre-test"),
        (done("pre-test"), "pre-test", "a"),
        ({"a": OPENED}, "a", "a"),
        (done("a"), "a", "b"),
        (done("b"), "b", "one-quiz"),
        ({"b": OPENED}, "b", "b"),
        (done("b", "one-quiz", "post-test"), "post-test", "a"),
        (done("a", "b"), "gone", "one-quiz"),
        ({"a": DONE, "post-test": OPENED}, "post-test", "b"),
        (done("a", "b", "one-quiz"), "one-quiz", "post-test"),
        (done("a", "b", "one-quiz", "post-test"), "post-test", None),
    ],
)
def test_continue_leads_from_the_last_place_on_and_then_to_what_was_left_out(
    states, last, next_key
):
    unit = rules.next_unit(COURSE, states, last)
    assert (unit.key if unit else None) == next_key


def test_continue_never_leads_to_a_locked_unit():
    unit = rules.next_unit(STRICT, {"b": OPENED, "pre-test": DONE}, "b")
    assert unit is not None
    assert unit.key == "a"


@pytest.mark.parametrize(
    ("states", "key", "after_key"),
    [
        (done("a"), "a", "b"),
        (done("a", "b"), "b", "one-activity"),
        (done("a", "b"), "one-activity", "one-quiz"),
        (done("b", "one-quiz", "post-test"), "post-test", "a"),
        (done("a", "b", "one-quiz", "post-test"), "post-test", None),
        (done("a", "b", "one-quiz", "post-test"), "b", "one-activity"),
        (done("a"), "gone", "b"),
    ],
)
def test_done_and_continue_goes_on_in_order_and_passes_what_is_done(states, key, after_key):
    unit = rules.unit_after(COURSE, states, key, key)
    assert (unit.key if unit else None) == after_key


def test_in_a_sequential_course_the_first_thing_missing_is_next_whatever_it_is():
    odd = Course((POST, Unit("a")), is_sequential=True)
    unit = rules.next_unit(odd, {}, "a")
    assert unit is not None
    assert unit.kind == "post-test"


def test_done_and_continue_passes_what_is_locked():
    unit = rules.unit_after(STRICT, done("b"), "b", "b")
    assert unit is not None
    assert unit.key == "one-activity" or not rules.missing_before(STRICT, done("b"), unit.key)


@pytest.mark.parametrize(
    ("states", "key", "missing"),
    [
        ({}, "pre-test", []),
        ({}, "a", []),
        ({}, "b", ["a"]),
        (done("a"), "b", []),
        (done("b"), "b", []),
        ({"b": OPENED}, "b", ["a"]),
        (done("a"), "post-test", ["b", "one-quiz"]),
        (done("a", "b"), "one-activity", []),
        ({}, "gone", []),
    ],
)
def test_a_sequential_course_names_what_is_missing_before_a_unit(states, key, missing):
    assert [unit.key for unit in rules.missing_before(STRICT, states, key)] == missing


def test_a_free_course_locks_nothing():
    assert all(rules.missing_before(COURSE, {}, unit.key) == () for unit in COURSE.units)


def test_what_a_course_asks_is_counted_for_its_page():
    task = Unit("task", "task")
    extra = Unit("extra", is_required=False)
    hard = Unit("two-quiz", "quiz", pass_percent=90)
    course = Course(
        (*COURSE.units, replace(ACTIVITY, key="x", is_required=True), hard, task, extra)
    )
    assert rules.asked(course) == rules.Asked(
        lessons=2, all_lessons=False, activities=1, quizzes=2, quiz_percents=(70, 90),
        post_test_percent=70, task=True, has_pre_test=True, is_sequential=False,
    )  # fmt: skip
    plain = rules.asked(Course((Unit("a"),), is_sequential=True))
    assert (plain.all_lessons, plain.quizzes, plain.post_test_percent) == (True, 0, None)
    assert (plain.has_pre_test, plain.is_sequential) == (False, True)


@pytest.mark.parametrize(
    ("unit", "is_self_declared"),
    [
        (Unit("a"), True),
        (ACTIVITY, True),
        (replace(ACTIVITY, is_required=True), True),
        (Unit("task", "task", is_required=False), True),
        (Unit("task", "task"), False),
        (QUIZ, False),
        (PRE, False),
    ],
)
def test_only_what_nobody_marks_is_done_at_the_learners_word(unit, is_self_declared):
    assert rules.is_self_declared(unit) == is_self_declared
