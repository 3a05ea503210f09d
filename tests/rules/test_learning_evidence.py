"""What a record is told of how a course was completed."""

from datetime import UTC, datetime
from typing import Any

from elearn.courses.rules import ModuleWords, Outline, OutlineModule, OutlineUnit, VersionWords
from elearn.learning import rules
from elearn.learning.rules import UnitState
from elearn.records.rules import Evidence, MetRule
from tests.rules.learning_samples import DONE

AT = datetime(2026, 3, 4, 2, 15, tzinfo=UTC)


def outline_unit(key: str, kind: str, module: str | None, **more: Any) -> OutlineUnit:
    facts: dict[str, Any] = {
        "key": key, "kind": kind, "module_key": module, "position": 1, "edition": 1,
        "is_required": True, "minutes": 10, "draw": None, "pass_percent": None,
        "attempt_limit": None, "wait_minutes": None, "titles": {}, "sources": {},
        "outdated": frozenset(), "text_bytes": {}, "media_bytes": {},
    }  # fmt: skip
    return OutlineUnit(**facts | more)


def outline(*units: OutlineUnit) -> Outline:
    modules = tuple(
        OutlineModule(key, number, 2, {"id": ModuleWords(f"Modul {key}", "")}, ())
        for number, key in enumerate(("one", "two"), 1)
    )
    return Outline(
        version_id=1, course_id=1, slug="contoh", number=3, digest="", languages=("id",),
        call_code="CTH", weave="wajik", organiser="dinas", jp=4, pass_percent=70,
        is_sequential=False, is_task_required=False, published_at=AT,
        words={"id": VersionWords("Kursus Contoh", "", (), "")}, modules=modules, units=units,
    )  # fmt: skip


def evidence(course: Outline, states: dict[str, UnitState]) -> Evidence:
    return rules.evidence(
        course, states, enrolment_id=7, person_id=8, minutes_per_jp=45, enrolled_at=AT,
        completed_at=AT,
    )  # fmt: skip


def test_evidence_states_the_best_score_of_each_module_and_of_the_tests():
    course = outline(
        outline_unit("pre-test", "pre-test", None, is_required=False),
        outline_unit("a", "lesson", "one"),
        outline_unit("one-quiz", "quiz", "one", pass_percent=70),
        outline_unit("b", "lesson", "two"),
        outline_unit("c", "lesson", "two", is_required=False),
        outline_unit("task", "task", None, is_required=False),
        outline_unit("post-test", "post-test", None, pass_percent=70),
    )
    states = {
        "pre-test": UnitState(True, True, 40, 40),
        "one-quiz": UnitState(True, True, 90, 75),
        "post-test": UnitState(True, True, 80, 80),
    }
    found = evidence(course, states)
    assert [module.score_percent for module in found.modules] == [90, None]
    assert (found.pre_test_percent, found.post_test_percent) == (40, 80)
    assert found.rule == MetRule(lessons=2, quizzes=1, pass_percent=70, post_test=True, task=False)
    assert (found.course_slug, found.version_number) == ("contoh", 3)
    assert found.course_titles == {"id": "Kursus Contoh"}
    assert [dict(module.titles) for module in found.modules] == [
        {"id": "Modul one"},
        {"id": "Modul two"},
    ]


def test_evidence_of_a_course_without_tests_has_no_scores():
    found = evidence(outline(outline_unit("a", "lesson", "one")), {"a": DONE})
    assert (found.pre_test_percent, found.post_test_percent) == (None, None)
    assert not found.rule.post_test
