"""What counts as done, what is next, what is missing: values in, values out.

A course is anything with units in order and `is_sequential`; `courses.queries.Outline` is one.
A unit is done in one edition: an event of another edition, or of a unit that this version does
not have, changes nothing here. That alone carries done units over to a newer version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from elearn.courses.rules import Outline
from elearn.records.rules import Evidence, MetRule, ModuleEvidence

LESSON, ACTIVITY, TASK = "lesson", "activity", "task"
QUIZ, PRE_TEST, POST_TEST = "quiz", "pre-test", "post-test"
SELF_DECLARED = (LESSON, ACTIVITY, TASK)  # done when the learner says so
GRADED = (QUIZ, POST_TEST)  # done when the best attempt reaches the pass mark
# Where an event comes from: the learner, a corrected key, a supervisor's correction.
WEB, CORRECTION, SUPERVISOR = "web", "correction", "supervisor"
NOT_HER_OWN = (CORRECTION, SUPERVISOR)
ACTS_OF_STUDY = ("opened", "done", "scored")


class UnitFacts(Protocol):
    """What the rules need to know of a unit."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def edition(self) -> int: ...
    @property
    def is_required(self) -> bool: ...
    @property
    def pass_percent(self) -> int | None: ...


U = TypeVar("U", bound=UnitFacts)
U_co = TypeVar("U_co", bound=UnitFacts, covariant=True)


class CourseFacts(Protocol[U_co]):
    """What the rules need to know of a published version; units are in course order."""

    @property
    def units(self) -> tuple[U_co, ...]: ...
    @property
    def is_sequential(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class UnitState:
    """How far one learner is with one unit, in the edition of her version. Scores are percent."""

    opened: bool = False
    done: bool = False
    best_percent: int | None = None
    last_percent: int | None = None
    fails: int = 0  # attempts that did not pass; 0 once one has


UNTOUCHED = UnitState()
States = Mapping[str, UnitState]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event, as far as progress is concerned: opened, done or scored; others change nothing."""

    kind: str
    unit_key: str = ""
    edition: int | None = None
    score_percent: int | None = None
    source: str = WEB

    @property
    def is_own_act(self) -> bool:
        """Whether the learner did something; a correction counts for her, and is not her act."""
        return self.source not in NOT_HER_OWN


@dataclass(frozen=True, slots=True)
class Progress:
    """Required units done, of all required ones; percent is rounded down, so 100 means all."""

    done_count: int
    required_count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What somebody who oversees many sorts and compares by. Scores are percent, the best ones."""

    failed_unit_key: str  # the required quiz that was not passed most often; '' when there is none
    failed_count: int
    pre_percent: int | None
    post_percent: int | None


def after(course: CourseFacts[U], states: States, event: Happening) -> dict[str, UnitState]:
    """The states after one more event. States only ever grow: nothing done is undone."""
    unit = _unit(course, event.unit_key)
    if unit is None or unit.edition != event.edition:
        return dict(states)
    state = _with(unit, states.get(unit.key, UNTOUCHED), event)
    return {**states, unit.key: _judged(unit, state)}


def from_events(course: CourseFacts[U], events: Iterable[Happening]) -> dict[str, UnitState]:
    """The states that all events of an enrolment add up to in this version."""
    states: dict[str, UnitState] = {}
    for event in events:
        states = after(course, states, event)
    return states


def carried_over(old: CourseFacts[U], new: CourseFacts[U], states: States) -> dict[str, UnitState]:
    """What a learner would keep when she moved: states of units whose key and edition stand."""
    editions = {unit.key: unit.edition for unit in old.units}
    return {
        unit.key: _judged(unit, states[unit.key])
        for unit in new.units
        if unit.key in states and editions.get(unit.key) == unit.edition
    }


def last_place(course: CourseFacts[U], before: str, event: Happening) -> str:
    """Key of the unit that was last worked on; '' when there was none in this version."""
    return event.unit_key if event.is_own_act and _unit(course, event.unit_key) else before


def progress(course: CourseFacts[U], states: States) -> Progress:
    """floor(100 x done required units / required units); 0 when nothing is required."""
    required = _required(course)
    done = sum(_state(states, unit).done for unit in required)
    return Progress(done, len(required), 100 * done // len(required) if required else 0)


def overview(course: CourseFacts[U], states: States) -> Overview:
    """The quiz that holds her up, and what she could do before and after."""
    held_up = max(_required(course), key=lambda unit: _state(states, unit).fails, default=None)
    fails = _state(states, held_up).fails if held_up else 0

    def best(kind: str) -> int | None:
        unit = next((unit for unit in course.units if unit.kind == kind), None)
        return _state(states, unit).best_percent if unit else None

    return Overview(
        failed_unit_key=held_up.key if held_up and fails else "",
        failed_count=fails,
        pre_percent=best(PRE_TEST),
        post_percent=best(POST_TEST),
    )


def is_complete(course: CourseFacts[U], states: States) -> bool:
    """Whether every required unit is done. A course that requires nothing is never complete."""
    required = _required(course)
    return bool(required) and all(_state(states, unit).done for unit in required)


def missing_before(course: CourseFacts[U], states: States, unit_key: str) -> tuple[U, ...]:
    """Required units that must be done before this one opens; empty when it is free.

    Only a sequential course locks; what is done stays open, also after moving to a version that
    has something new in front of it.
    """
    unit = _unit(course, unit_key)
    if not course.is_sequential or unit is None or _state(states, unit).done:
        return ()
    earlier = course.units[: course.units.index(unit)]
    return tuple(u for u in earlier if u.is_required and not _state(states, u).done)


def next_unit(course: CourseFacts[U], states: States, last_key: str) -> U | None:
    """Where "Continue" leads; None when every required unit is done.

    The pre-test while nothing else has been opened (later it would measure the course itself).
    Then the first required unit not done, looking from the last place on and then from the
    start, the post-test after everything else; in a sequential course always the first one,
    since it locks the others.
    """
    if is_complete(course, states):
        return None
    pre_test = next((unit for unit in course.units if unit.kind == PRE_TEST), None)
    if (
        pre_test is not None
        and not _state(states, pre_test).done
        and not any(state.opened for key, state in states.items() if key != pre_test.key)
    ):
        return pre_test
    keys = [unit.key for unit in course.units]
    start = keys.index(last_key) if last_key in keys and not course.is_sequential else 0
    around = course.units[start:] + course.units[:start]
    open_ = [unit for unit in around if unit.is_required and not _state(states, unit).done]
    if not course.is_sequential:
        open_.sort(key=lambda unit: unit.kind == POST_TEST)
    return open_[0] if open_ else None


def unit_after(course: CourseFacts[U], states: States, unit_key: str, last_key: str) -> U | None:
    """Where "Done and continue" leads: the next unit in order that is not done and not locked.

    Optional units are not passed over: an activity stands where the author put it. At the end
    it is what "Continue" would say.
    """
    keys = [unit.key for unit in course.units]
    for unit in course.units[keys.index(unit_key) + 1 :] if unit_key in keys else ():
        if not _state(states, unit).done and not missing_before(course, states, unit.key):
            return unit
    return next_unit(course, states, last_key)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a course is completed, to be said in words: counts, and the pass mark of each quiz."""

    lessons: int
    all_lessons: bool
    activities: int
    quizzes: int
    quiz_percents: tuple[int, ...]  # the different pass marks, lowest first
    post_test_percent: int | None
    task: bool
    has_pre_test: bool
    is_sequential: bool


def asked(course: CourseFacts[U]) -> Asked:
    """What must be done to complete the course."""
    required = _required(course)

    def marks(kind: str) -> list[int]:
        return [u.pass_percent for u in required if u.kind == kind and u.pass_percent is not None]

    lessons = sum(unit.kind == LESSON for unit in required)
    return Asked(
        lessons=lessons,
        all_lessons=lessons == sum(unit.kind == LESSON for unit in course.units),
        activities=sum(unit.kind == ACTIVITY for unit in required),
        quizzes=len(marks(QUIZ)),
        quiz_percents=tuple(sorted(set(marks(QUIZ)))),
        post_test_percent=next(iter(marks(POST_TEST)), None),
        task=any(unit.kind == TASK for unit in required),
        has_pre_test=any(unit.kind == PRE_TEST for unit in course.units),
        is_sequential=course.is_sequential,
    )


def is_self_declared(unit: UnitFacts) -> bool:
    """Whether the learner's own "done" finishes it. A required task is marked by a person."""
    return unit.kind in SELF_DECLARED and not needs_marking(unit)


def needs_marking(unit: UnitFacts) -> bool:
    return unit.kind == TASK and unit.is_required


def fault_in_ruling(unit: UnitFacts, state: UnitState, score_percent: int | None) -> str | None:
    """Why a supervisor cannot note this as done, or with this score; None when she can.

    score_percent: of a quiz done on paper, 0 to 100; None for what has no score. The pre-test is
    only ever done or not: nobody needs its score. A required task, which a facilitator marks
    outside this site, is noted here once it is.
    """
    if state.done:
        return "ruling-unit-done"
    if unit.kind in GRADED:
        return "ruling-score-needed" if score_percent is None else None
    return "ruling-score-unasked" if score_percent is not None else None


def evidence(
    outline: Outline,
    states: States,
    *,
    enrolment_id: int,
    person_id: int,
    minutes_per_jp: int,
    enrolled_at: datetime,
    completed_at: datetime,
) -> Evidence:
    """What a completion record is issued on. Scores are the best ones of this version."""
    required = outline.required

    def best(kind: str, module_key: str | None = None) -> int | None:
        for unit in outline.units:
            if unit.kind == kind and unit.module_key == module_key:
                return _state(states, unit).best_percent
        return None

    def count(kind: str) -> int:
        return sum(unit.kind == kind for unit in required)

    return Evidence(
        enrolment_id=enrolment_id,
        person_id=person_id,
        course_slug=outline.slug,
        version_number=outline.number,
        languages=outline.languages,
        course_titles={language: words.title for language, words in outline.words.items()},
        modules=tuple(
            ModuleEvidence(
                titles={language: words.title for language, words in module.words.items()},
                jp=module.jp,
                score_percent=best(QUIZ, module.key),
            )
            for module in outline.modules
        ),
        organiser_code=outline.organiser,
        minutes_per_jp=minutes_per_jp,
        enrolled_at=enrolled_at,
        completed_at=completed_at,
        pre_test_percent=best(PRE_TEST),
        post_test_percent=best(POST_TEST),
        rule=MetRule(
            lessons=count(LESSON),
            quizzes=count(QUIZ),
            pass_percent=outline.pass_percent,
            post_test=count(POST_TEST) > 0,
            task=count(TASK) > 0,
        ),
    )


def _with(unit: UnitFacts, state: UnitState, event: Happening) -> UnitState:
    if event.kind == "opened":
        return replace(state, opened=True)
    if event.kind == "done":
        return replace(state, opened=True, done=True)
    if event.kind == "scored" and event.score_percent is not None:
        score = event.score_percent
        best = score if state.best_percent is None else max(score, state.best_percent)
        mark = unit.pass_percent if unit.kind in GRADED else None
        # A corrected key marks an attempt anew: that is no further one.
        is_attempt = event.source != CORRECTION
        fails = state.fails + (is_attempt and mark is not None and score < mark)
        return replace(state, opened=True, best_percent=best, last_percent=score, fails=fails)
    return state


def _judged(unit: UnitFacts, state: UnitState) -> UnitState:
    """A quiz is done when its best attempt reaches the pass mark of this version."""
    if unit.kind not in GRADED or unit.pass_percent is None or state.best_percent is None:
        return state
    is_done = state.done or state.best_percent >= unit.pass_percent
    return replace(state, done=is_done, fails=0 if is_done else state.fails)


def _unit(course: CourseFacts[U], key: str) -> U | None:
    return next((unit for unit in course.units if unit.key == key), None)


def _required(course: CourseFacts[U]) -> tuple[U, ...]:
    return tuple(unit for unit in course.units if unit.is_required)


def _state(states: States, unit: UnitFacts) -> UnitState:
    return states.get(unit.key, UNTOUCHED)
