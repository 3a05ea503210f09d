"""The contents of a draft: what its page shows, and what its buttons do."""

import re

import pytest

from elearn.authoring.rules.sketch import sketch
from elearn.coursepack.reading import read_files
from tests.conftest import browser, signed_in
from tests.coursepack.example import example_files
from tests.queries import counted
from tests.rooms.authoring_drafts import draft_of, files_now, second_author


def as_(app, who):
    return signed_in(browser(app), who)


def order_of(files):
    """Module key -> lesson keys, in order."""
    return {m.key: [lesson.key for lesson in m.lessons] for m in sketch(files).modules}


def errors_of(files):
    return {(p.code, p.values) for p in read_files(files)[1] if p.severity == "error"}


def undo(page, answer):
    """Press the Undo button of the page that an act has led to."""
    shown = page.get(answer.location)
    action = re.search(r'class="notice__act" method="post" action="([^"]+)"', shown.text)
    assert action, "there is no Undo"
    return page.post(action[1].replace("&amp;", "&"))


def test_a_new_course_grows_by_a_module_and_its_lessons(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of({"course.yml": example_files()["course.yml"]})
    base = f"/authoring/{draft.code}"
    sent = {"title": "Ruang Baca Kita", "jp": "2", "has_quiz": "y"}
    assert page.post(f"{base}/modules", data=sent).status_code == 303
    for title in ("Debu dan cahaya", "Jadwal mingguan", "Debu dan cahaya"):
        answer = page.post(
            f"{base}/modules/ruang-baca-kita/lessons", data={"ruang-baca-kita-title": title}
        )
        assert answer.status_code == 303
    files = files_now(draft)
    assert order_of(files) == {
        "ruang-baca-kita": ["debu-dan-cahaya", "jadwal-mingguan", "debu-dan-cahaya-2"]
    }
    assert b"## Yang perlu diketahui" in files["01-ruang-baca-kita/01-debu-dan-cahaya.id.md"]
    shown = page.get(answer.location).text
    assert "Debu dan cahaya" in shown
    assert "2 JP" in shown


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("modules", {"title": "", "jp": "1"}),
        ("modules", {"title": "x" * 121, "jp": "1"}),
        ("modules", {"title": "Baru", "jp": "empat"}),
        ("modules", {"title": "Baru", "jp": "41"}),
        ("modules/reading-room/lessons", {"reading-room-title": " "}),
        ("modules/reading-room/lessons", {"reading-room-title": "x" * 121}),
    ],
)
def test_what_cannot_be_added_is_said_and_kept_in_the_form(sqlite_app, address, data):
    draft = draft_of()
    answer = as_(sqlite_app, "budi").post(f"/authoring/{draft.code}/{address}", data=data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert next(iter(data.values())).strip() in answer.text
    assert files_now(draft) == example_files()


@pytest.mark.parametrize(
    ("address", "data", "expected"),
    [
        ("lessons/dust-and-light", {"act": "down"}, ["weekly-plan", "dust-and-light"]),
        ("lessons/weekly-plan", {"act": "up"}, ["weekly-plan", "dust-and-light"]),
        ("lessons/weekly-plan", {"place": "1"}, ["weekly-plan", "dust-and-light"]),
        (
            "lessons/dust-and-light",
            {"act": "duplicate"},
            ["dust-and-light", "dust-and-light-2", "weekly-plan"],
        ),
    ],
)
def test_lessons_are_rearranged_and_every_act_can_be_undone(sqlite_app, address, data, expected):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    before = errors_of(example_files())
    answer = page.post(f"/authoring/{draft.code}/{address}/arrange", data=data)
    assert answer.status_code == 303
    files = files_now(draft)
    assert order_of(files)["reading-room"] == expected
    assert errors_of(files) == before
    assert undo(page, answer).status_code == 303
    assert files_now(draft) == example_files()


def test_modules_are_duplicated_and_moved_with_all_that_is_in_them(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    base = f"/authoring/{draft.code}/modules"
    page.post(f"{base}/reading-room/arrange", data={"act": "duplicate"})
    page.post(f"{base}/reading-room-2/arrange", data={"act": "up"})
    files = files_now(draft)
    assert list(order_of(files)) == ["reading-room-2", "reading-room"]
    assert errors_of(files) == errors_of(example_files())


def test_what_is_about_a_lesson_is_said_before_it_is_deleted(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    base = f"/authoring/{draft.code}/lessons/weekly-plan"
    asked = page.post(f"{base}/arrange", data={"act": "delete"})
    assert asked.location.endswith("/lessons/weekly-plan/delete")
    assert files_now(draft) == example_files()
    assert "Debu dan cahaya" in page.get(asked.location).text  # the lesson that links to it
    answer = page.post(f"{base}/delete")
    assert answer.status_code == 303
    assert "weekly-plan" not in order_of(files_now(draft))["reading-room"]
    undo(page, answer)
    assert files_now(draft) == example_files()


def test_what_nothing_points_at_is_deleted_at_once(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    base = f"/authoring/{draft.code}"
    page.post(f"{base}/modules/reading-room/arrange", data={"act": "duplicate"})
    page.post(f"{base}/modules/reading-room-2/arrange", data={"act": "delete"})
    assert files_now(draft) == example_files()
