"""A question gets another kind or another module, and what a published key means stays its own."""

import pytest

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import service
from elearn.authoring.rules import questions
from elearn.authoring.rules.recasting import of_kind
from elearn.core import clock
from elearn.core.db import saving
from tests.conftest import browser, signed_in
from tests.coursepack.example import example_files
from tests.rooms.authoring_bank import FOLDER, Desk, changed, desk_at, one_site
from tests.rooms.authoring_editor import published
from tests.rooms.authoring_forms import form_in


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory):
    with one_site(sqlite_template, tmp_path_factory.mktemp("recasting")) as application:
        yield application


@pytest.mark.parametrize(
    ("key", "kind", "kept"),
    [
        ("lift-dust", "several", {"options"}),
        ("causes", "single", {"options"}),
        ("lift-dust", "text", set()),
        ("sun-is-good", "number", set()),
        ("parts-of-shelves", "true-false", set()),
        ("order-of-work", "matching", set()),
    ],
)
def test_a_question_of_another_kind_keeps_what_both_kinds_have(key, kind, kept):
    before = questions.find(example_files(), key).data
    after = of_kind(before, kind)
    everything = {"key", "edition", "pool", "lesson", "points", "text", "feedback"}
    assert {n for n in before if n in everything | kept} == after.keys() - {"kind"}
    assert all(after[name] == before[name] for name in after.keys() - {"kind"})
    assert after["kind"] == kind


def recast(desk, key, **wanted):
    address = f"{desk.base}/questions/{key}/kind"
    fields = form_in(desk.client.get(address).text, None)
    for name, value in wanted.items():
        fields[name] = value
    return desk.client.post(address, data=fields), fields


def test_kind_and_module_are_changed_in_one_form_and_undone(site):
    files = example_files()
    other = {p.replace(FOLDER, "02-second"): c for p, c in files.items() if p.startswith(FOLDER)}
    other = {p: c for p, c in other.items() if not p.endswith("quiz.yml")}
    manifest = files["course.yml"].replace(
        b"- 01-reading-room", b"- 01-reading-room\n  - 02-second"
    )
    desk = desk_at(site, {**files, **other, "course.yml": manifest})
    page = desk.client.get(f"{desk.base}/questions/lift-dust/kind").text
    assert page.count(">Di Ruang Baca</option>") == 2  # by their titles
    answer, old = recast(desk, "lift-dust", kind="several", module="second")
    assert answer.status_code == 303
    found = questions.find(desk.files(), "lift-dust")
    assert (found.folder, found.data["kind"]) == ("02-second", "several")
    assert found.data["edition"] == 1  # nobody has answered it yet
    assert "lift-dust" not in set(desk.keys())
    stale = desk.client.post(f"{desk.base}/questions/lift-dust/kind", data={**old, "kind": "text"})
    assert stale.status_code == 409
    assert recast(desk, "lift-dust", kind="essay")[0].status_code == 422
    assert desk.client.post(f"{desk.base}/history/2/undo").status_code == 303
    assert "lift-dust" in set(desk.keys())


def test_a_published_key_of_another_kind_is_of_a_new_edition_whatever_is_ticked(site):
    version_id, budi = published(), actor_named("budi")
    with saving():
        draft = service.begin_from(version_id, example_files(), budi, clock.now())
    next_desk = Desk(signed_in(browser(site), "budi"), draft)
    recast(next_desk, "lift-dust", kind="several")
    assert next_desk.question("lift-dust")["edition"] == 2
    next_desk.send("lift-dust", changed(next_desk.open("lift-dust"), is_new_meaning=""))
    assert next_desk.question("lift-dust")["edition"] == 2
    recast(next_desk, "causes", module="reading-room")
    assert next_desk.question("causes")["edition"] == 1
