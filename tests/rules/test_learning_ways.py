"""For every course and every way through it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from elearn.learning import rules
from elearn.learning.formats import states as kept
from elearn.learning.rules import Happening, UnitState
from tests.rules.learning_samples import Course, Unit

KEYS = ("pre-test", "a", "b", "c", "a-activity", "a-quiz", "b-quiz", "task", "post-test")


def kind_of(key: str) -> str:
    if key in ("pre-test", "post-test", "task"):
        return key
    return key.rpartition("-")[2] if "-" in key else "lesson"


@st.composite
def units(draw: st.DrawFn, key: str) -> Unit:
    kind = kind_of(key)
    return Unit(
        key,
        kind,
        edition=draw(st.integers(1, 3)),
        is_required=draw(st.booleans()),
        pass_percent=draw(st.integers(1, 100)) if kind in rules.GRADED else None,
    )


@st.composite
def courses(draw: st.DrawFn) -> Course:
    chosen = draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1))
    return Course(tuple(draw(units(key)) for key in chosen), draw(st.booleans()))


@st.composite
def ways(draw: st.DrawFn) -> list[Happening]:
    return draw(
        st.lists(
            st.builds(
                Happening,
                st.sampled_from(["opened", "done", "scored", "moved"]),
                st.sampled_from(KEYS),
                st.integers(1, 3),
                st.integers(0, 100),
            ),
            max_size=40,
        )
    )


@given(courses(), ways())
def test_progress_stays_within_0_and_100_and_never_falls(course, events):
    states: dict[str, UnitState] = {}
    percent = 0
    for event in events:
        states = rules.after(course, states, event)
        counted = rules.progress(course, states)
        assert percent <= counted.percent <= 100
        assert (counted.percent == 100) == rules.is_complete(course, states)
        percent = counted.percent


@given(courses(), ways())
def test_states_that_were_kept_as_text_are_the_same_afterwards(course, events):
    states = rules.from_events(course, events)
    text = kept.as_text(course, states)
    assert kept.from_text(course, text) == {
        key: state for key, state in states.items() if state != rules.UNTOUCHED
    }
    assert kept.as_text(course, kept.from_text(course, text)) == text


@given(courses(), ways(), st.sampled_from(KEYS))
def test_there_is_a_way_on_until_everything_required_is_done(course, events, last):
    states = rules.from_events(course, events)
    unit = rules.next_unit(course, states, last)
    if unit is None:
        required = [u for u in course.units if u.is_required]
        assert rules.is_complete(course, states) or not required
    else:
        assert not states.get(unit.key, rules.UNTOUCHED).done
        assert unit.kind == "pre-test" or not rules.missing_before(course, states, unit.key)


class Learner(RuleBasedStateMachine):
    """Authors edit and publish while a learner studies, moves, studies on."""

    @initialize(course=courses())
    def begins(self, course):
        self.versions = [course]
        self.course = course
        self.events = []
        self.text = kept.as_text(course, {})
        self.percent = 0

    @rule(course=courses())
    def author_publishes(self, course):
        self.versions.append(course)

    @rule(data=st.data(), kind=st.sampled_from(["opened", "done", "scored"]))
    def learner_studies(self, data, kind):
        unit = data.draw(st.sampled_from(self.course.units))
        score = data.draw(st.integers(0, 100)) if kind == "scored" else None
        self.happens(Happening(kind, unit.key, unit.edition, score))

    @rule(data=st.data())
    def attempt_of_an_older_version_is_handed_in(self, data):
        unit = data.draw(st.sampled_from(data.draw(st.sampled_from(self.versions)).units))
        self.happens(Happening("scored", unit.key, unit.edition, data.draw(st.integers(0, 100))))

    @precondition(lambda self: self.versions[-1] is not self.course)
    @rule()
    def learner_moves(self):
        self.course = self.versions[-1]
        self.events.append(Happening("moved"))
        self.text = kept.as_text(self.course, rules.from_events(self.course, self.events))
        self.percent = 0

    def happens(self, event):
        self.events.append(event)
        states = rules.after(self.course, kept.from_text(self.course, self.text), event)
        self.text = kept.as_text(self.course, states)

    @invariant()
    def progress_is_right(self):
        states = kept.from_text(self.course, self.text)
        percent = rules.progress(self.course, states).percent
        assert self.percent <= percent <= 100
        self.percent = percent

    @invariant()
    def a_rebuild_finds_no_difference(self):
        rebuilt = rules.from_events(self.course, self.events)
        assert kept.as_text(self.course, rebuilt) == self.text


TestLearner = Learner.TestCase
TestLearner.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
