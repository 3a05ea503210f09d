"""The facts of a course in the browser: what is typed is kept, and nothing else changes."""

import difflib
import re

import pytest

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.core import clock
from elearn.core.db import saving
from elearn.courses.limits import course_limits
from tests.conftest import browser, signed_in
from tests.coursepack.example import changed, example_files
from tests.rooms.authoring_drafts import draft_of, files_now, second_author
from tests.rooms.authoring_forms import form_in

JSON = {"Accept": "application/json"}
HOSTILE = "<script>alert(1)</script>{{7*7}}\x00 \u202e'\"&"


@pytest.fixture
def budi(sqlite_app):
    return signed_in(browser(sqlite_app), "budi")


def facts_of(draft, page):
    """The address of the page and what its form would send untouched."""
    address = f"/authoring/{draft.code}/facts"
    answer = page.get(address)
    assert answer.status_code == 200
    return address, form_in(answer.text, address)


def course_now(draft):
    return files_now(draft)["course.yml"].decode()


def changes_in(before, after):
    """The lines that went and the lines that came."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line[0] + line[2:].strip() for line in lines if line[0] in "+-"]


def test_opening_and_saving_unchanged_changes_nothing(budi):
    draft = draft_of()
    address, sent = facts_of(draft, budi)
    assert budi.post(address, data=sent).status_code == 303
    assert files_now(draft) == example_files()
    assert len(queries.saves_of(draft, 10)) == 1


@pytest.mark.parametrize(
    ("field", "typed", "lines"),
    [
        (
            "title-en",
            "Care: a course",
            [
                "-title: {id: Merawat Buku, en: Caring for Books}",
                '+title: {id: Merawat Buku, en: "Care: a course"}',
            ],
        ),
        (
            "summary-id",
            "Pendek.",
            [
                "-id: Menjaga koleksi tetap layak baca dengan alat yang ada di perpustakaan desa.",
                "+id: Pendek.",
            ],
        ),
        (
            "outcomes-1-en",
            "Plan the week.",
            [
                "-- {id: Menyusun jadwal perawatan mingguan., en: Draw up a weekly plan of care.}",
                "+- {id: Menyusun jadwal perawatan mingguan., en: Plan the week.}",
            ],
        ),
        ("weave", "ceplok", None),
        ("call_code", "buku", None),
        ("organiser", "perpusnas-contoh", None),
        ("completion-pass_percent", "75", None),
        ("completion-order", "sequential", None),
        ("completion-task", "required", None),
        ("pre_test-per_module", "5", None),
        ("post_test-pass_percent", "80", None),
        ("competencies", "PRP.LP01.001.01 Mengoperasikan Komputer", None),
    ],
)
def test_a_field_changes_only_its_own_line(budi, field, typed, lines):
    draft = draft_of(changed("course.yml", "perpusnas-contoh", "another-office"))
    before = course_now(draft)
    address, sent = facts_of(draft, budi)
    sent[field] = typed
    assert budi.post(address, data=sent).status_code == 303
    found = changes_in(before, course_now(draft))
    assert len([line for line in found if line[0] == "-"]) == 1
    assert typed.upper() in course_now(draft).upper()
    assert lines is None or found == lines
    assert facts_of(draft, budi)[1][field] == (typed.upper() if field == "call_code" else typed)


def test_rows_are_added_moved_and_removed_without_a_script(budi):
    draft = draft_of()
    address, sent = facts_of(draft, budi)
    sent["outcomes-2-id"], sent["outcomes-2-en"] = "Ketiga.", "Third."
    drawn = budi.post(address, data={**sent.to_dict(flat=True), "act": "up-outcomes-2"})
    assert drawn.status_code == 200
    assert course_now(draft) == example_files()["course.yml"].decode(), "nothing is saved by it"
    sent = form_in(drawn.text, address)
    assert (sent["outcomes-1-en"], sent["outcomes-3-en"]) == ("Third.", "")
    drawn = budi.post(address, data={**sent.to_dict(flat=True), "act": "remove-outcomes-0"})
    sent = form_in(drawn.text, address)
    assert (sent["outcomes-0-en"], sent["outcomes-1-id"]) == (
        "Third.",
        "Menyusun jadwal perawatan mingguan.",
    )
    assert budi.post(address, data=sent).status_code == 303
    kept = "  - {id: Menyusun jadwal perawatan mingguan., en: Draw up a weekly plan of care.}"
    assert kept in course_now(draft), "a row that was only moved keeps its line"
    assert "Mengenali" not in course_now(draft)


def test_tests_and_needed_units_are_switched(budi):
    draft = draft_of()
    address, sent = facts_of(draft, budi)
    del sent["pre_test"]
    sent["completion-required"] = "chosen"
    sent.setlist("completion-units", ["dust-and-light", "post-test"])
    assert budi.post(address, data=sent).status_code == 303
    text = course_now(draft)
    assert "pre_test" not in text
    assert "required: [dust-and-light, post-test]" in text
    _address, sent = facts_of(draft, budi)
    assert sent.getlist("completion-units") == ["dust-and-light", "post-test"]
    sent["completion-required"], sent["pre_test"] = "all", "y"
    budi.post(address, data=sent)
    assert "required: all" in course_now(draft)
    assert re.search(r"pre_test:\s+\{?per_module: 4", course_now(draft))


def test_what_cannot_be_used_is_said_and_stays_in_the_form(budi):
    draft = draft_of()
    address, sent = facts_of(draft, budi)
    sent["title-id"], sent["completion-pass_percent"] = "Judul baru", "tujuh"
    answer = budi.post(address, data=sent)
    assert answer.status_code == 422
    assert "Judul baru" in answer.text
    assert 'href="#completion-pass_percent"' in answer.text
    script = budi.post(address, data=sent, headers=JSON)
    assert (script.status_code, script.json["state"]) == (422, "refused")
    assert course_now(draft) == example_files()["course.yml"].decode()


def test_the_second_of_two_people_sees_both_and_loses_nothing(sqlite_app, budi):
    draft = draft_of()
    address, mine = facts_of(draft, budi)
    theirs = mine.copy()
    theirs["title-id"] = "Judul mereka"
    dewi = signed_in(browser(sqlite_app), "dewi")
    first = dewi.post(address, data=theirs, headers=JSON)
    assert (first.status_code, first.json["state"]) == (200, "saved")
    mine["title-id"] = "Judul saya"
    assert budi.post(address, data=mine, headers=JSON).status_code == 409
    answer = budi.post(address, data=mine)
    assert answer.status_code == 409
    assert "Judul mereka" in answer.text
    again = form_in(answer.text, address)
    assert again["title-id"] == "Judul saya"
    assert budi.post(address, data=again).status_code == 303
    assert "Judul saya" in course_now(draft)


def test_a_moved_module_is_no_conflict_with_the_facts(budi):
    draft = draft_of()
    address, sent = facts_of(draft, budi)
    edited = files_now(draft)["course.yml"].replace(b"version: 1\n", b"version: 2\n")
    with saving():
        locked = queries.own_draft_to_change(actor_named("dewi"), draft.code)
        service.save(
            locked, {"course.yml": edited}, "module-moved", "", actor_named("dewi"), clock.now()
        )
    sent["title-en"] = "Mine"
    assert budi.post(address, data=sent).status_code == 303
    assert "version: 2\n" in course_now(draft)


def test_hostile_words_are_words(budi):
    draft = draft_of()
    address, sent = facts_of(draft, budi)
    fields = [f"{name}-{language}" for name in ("title", "summary", "outcomes-0", "outcomes-2")
              for language in ("id", "en")]  # fmt: skip
    for field in [*fields, "competencies"]:
        sent[field] = HOSTILE
    sent["weave"] = sent["completion-order"] = sent["organiser"] = "<b>x: *y"
    assert budi.post(address, data=sent).status_code == 303
    page = budi.get(address)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<b>x" not in page.text
    assert form_in(page.text, address)["title-en"] == " ".join(HOSTILE.replace("\0", "").split())
    assert budi.get(f"/authoring/{draft.code}/check").status_code == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: {id: Merawat Buku, en: Caring for Books}", "title: Merawat Buku"),
        ("pass_percent: 70", "pass_percent: banyak"),
        ("outcomes:", "outcomes: {id: x}\nlain:"),
        ("completion:", "completion: ya\nlain:"),
        ("weave: tumpal", "weave: [1, 2]"),
        ("pre_test: {per_module: 4}", "pre_test: 4"),
        ("languages: [id, en]", "languages: [id, en, <i>x]"),
    ],
)
def test_a_faulty_file_is_shown_as_far_as_it_can_be_read(budi, old, new):
    draft = draft_of(changed("course.yml", old, new))
    address, sent = facts_of(draft, budi)
    sent["summary-en"] = "Mended."
    assert budi.post(address, data=sent).status_code == 303
    assert "Mended." in course_now(draft)


def test_a_file_that_cannot_be_read_is_mended_in_the_file_and_typed_words_stay(budi):
    draft = draft_of()
    address, sent = facts_of(draft, budi)
    broken = changed("course.yml", "languages: [id, en]", "languages: [id, en")["course.yml"]
    with saving():
        locked = queries.own_draft_to_change(actor_named("budi"), draft.code)
        service.save(
            locked, {"course.yml": broken}, "file-edited", "", actor_named("budi"), clock.now()
        )
    page = budi.get(address)
    assert f"/authoring/{draft.code}/source?path=course.yml" in page.text
    sent["title-id"] = "Jangan hilang"
    answer = budi.post(address, data=sent)
    assert answer.status_code == 422
    assert "Jangan hilang" in answer.text
    assert files_now(draft)["course.yml"] == broken


def test_a_session_that_ended_carries_the_words_over(sqlite_app, budi):
    draft = draft_of()
    address, sent = facts_of(draft, budi)
    sent["title-id"] = "Sesudah masuk lagi"
    answer = browser(sqlite_app).post(address, data=sent)
    assert answer.status_code in (200, 401)
    assert "Sesudah masuk lagi" not in course_now(draft)
    assert 'name="carried"' in answer.text or "Sesudah masuk lagi" in answer.text
    assert browser(sqlite_app).post(address, data=sent, headers=JSON).status_code == 401


def test_a_language_is_added_and_removed_with_all_that_is_in_it(budi):
    draft = draft_of()
    base = f"/authoring/{draft.code}"
    page = budi.get(f"{base}/languages/en/remove")
    assert page.status_code == 200
    assert re.search(r"\b1\b", page.text)
    assert budi.post(f"{base}/languages/en/remove").status_code == 303
    files = files_now(draft)
    assert not [path for path in files if path.endswith(".en.md")]
    assert "Caring" not in files["course.yml"].decode()
    assert "languages: [id]" in files["course.yml"].decode()
    errors = [p for p in queries.problems_of(draft, course_limits()) if p.severity == "error"]
    assert errors == [], "what is left is a whole course in one language"
    assert budi.post(f"{base}/languages", data={"language": "en"}).status_code == 303
    assert "languages: [id, en]" in files_now(draft)["course.yml"].decode()
    assert budi.get(f"{base}/languages/id/remove").status_code == 404
    assert budi.post(f"{base}/languages/id/remove").status_code == 303
    assert budi.post(f"{base}/languages", data={"language": "<b>"}).status_code == 404
    assert "languages: [id, en]" in files_now(draft)["course.yml"].decode()


PAGES = ["facts", "check", "source?path=course.yml", "languages/en/remove"]
ACTS = ["facts", "languages", "languages/en/remove", "source/course.yml"]


@pytest.mark.parametrize(
    ("who", "status"), [("budi", 200), ("dewi", 200), ("sari", 404), ("siti", 403), ("ratna", 403)]
)
def test_only_who_may_write_at_a_draft_sees_and_changes_it(sqlite_app, who, status):
    second_author()
    draft = draft_of()
    page = signed_in(browser(sqlite_app), who)
    for path in PAGES:
        assert page.get(f"/authoring/{draft.code}/{path}").status_code == status, path
    if status != 200:
        for path in ACTS:
            data = {"text": "x", "language": "en", "base": ""}
            answer = page.post(f"/authoring/{draft.code}/{path}", data=data)
            assert answer.status_code == status, path
        assert files_now(draft) == example_files()


def test_nobody_is_asked_to_sign_in(sqlite_app):
    draft = draft_of()
    for path in PAGES:
        answer = browser(sqlite_app).get(f"/authoring/{draft.code}/{path}")
        assert answer.status_code == 303, path
        assert "/login" in answer.location
