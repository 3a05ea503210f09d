"""Sent back as they were drawn, the editors change no byte of a real course."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from elearn.authoring.rules.sketch import Sketch, sketch
from tests.rooms.authoring_bank import desk_at, one_site
from tests.rooms.authoring_drafts import files_now
from tests.rooms.authoring_walk import forms_at, routes_of

COURSES = Path(__file__).parents[2] / "courses"
COURSE, EVERY = "promotion", 4  # of its questions and files; all four courses whole: by hand
# Every act that saves what a form shows; what else posts adds, moves or deletes.
EDITORS = {
    "save_facts", "save_lesson", "save_module", "save_place", "save_question", "save_source",
    "save_task", "save_terms",
}  # fmt: skip
NO_EDITORS = {"save_discard", "save_recast"}


@pytest.fixture
def desk(sqlite_template, tmp_path):
    with one_site(sqlite_template, tmp_path) as site:
        yield desk_at(site, files_of(COURSES / COURSE))


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def editors_of(course: Sketch, paths: list[str]) -> Iterator[tuple[str, str]]:
    """Each page with a form that saves, and where the form goes, within the draft."""
    yield from (("facts", "facts"), ("task", "task"))
    yield from ((f"source?path={path}", f"source/{path}") for path in paths[::EVERY])
    for module in course.modules:
        yield f"modules/{module.key}", f"modules/{module.key}"
        yield f"modules/{module.key}/questions", f"modules/{module.key}/questions/terms"
        for lesson in module.lessons:
            yield f"lessons/{lesson.key}/place", f"lessons/{lesson.key}/place"
            for language in course.languages:
                yield f"lessons/{lesson.key}/{language}", f"lessons/{lesson.key}/{language}"
        for question in module.questions[::EVERY]:
            yield f"questions/{question.key}", f"questions/{question.key}"


def test_every_editor_sent_back_as_it_was_drawn_changes_no_byte(desk):
    before = files_now(desk.draft)
    paths = [path for path in before if path.endswith((".yml", ".md"))]
    for page, target in editors_of(sketch(before), paths):
        fields = forms_at(desk.client, f"{desk.base}/{page}")[f"{desk.base}/{target}"]
        answer = desk.client.post(f"{desk.base}/{target}", data=fields)
        assert answer.status_code == 303, target
    after = files_now(desk.draft)
    assert {path for path in before if after.get(path) != before[path]} == set()
    assert after.keys() == before.keys()


def test_no_editor_is_left_out(desk):
    names = {
        route.endpoint.removeprefix("authoring.") for route in routes_of(desk.client.application)
    }
    assert {name for name in names if name.startswith("save_")} == EDITORS | NO_EDITORS
