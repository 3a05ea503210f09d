"""The contents of a draft: what its page shows, and what its buttons do."""

import html
import re

import pytest

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.authoring.rules import structure
from elearn.authoring.rules.sketch import sketch
from elearn.core import clock
from elearn.coursepack.reading import read_files
from tests.conftest import browser, signed_in
from tests.coursepack.example import example_files
from tests.queries import counted
from tests.rooms.at_once import at_once
from tests.rooms.authoring_drafts import draft_of, files_now


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


MODULE = "01-reading-room/module.yml"


def module_form(page, address):
    """The fields of the module page as a browser would send them."""
    text = page.get(address).text
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', text)
    }
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', text, re.S)
    return fields | {name: html.unescape(value) for name, value in areas}


def test_a_module_is_written_back_with_only_what_was_changed(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    address = f"/authoring/{draft.code}/modules/reading-room"
    sent = module_form(page, address)
    answer = page.post(address, data=sent)
    assert answer.status_code == 303
    assert files_now(draft) == example_files()
    answer = page.post(address, data={**sent, "jp": "2", "activity-title-en": "Look at one shelf"})
    assert answer.status_code == 303
    old, new = example_files()[MODULE].decode(), files_now(draft)[MODULE].decode()
    assert new == old.replace("jp: 1 ", "jp: 2 ").replace("Check one shelf", "Look at one shelf")


def test_a_module_sent_back_as_it_is_keeps_every_byte(sqlite_app):
    """Also where its text has no line end, which a browser cannot show."""
    content = b"title: {id: Ruang, en: Room}\njp: 1\nactivity: {edition: 1, text: {id: Baca.}}\n"
    page, draft = as_(sqlite_app, "budi"), draft_of({**example_files(), MODULE: content})
    address = f"/authoring/{draft.code}/modules/reading-room"
    assert page.post(address, data=module_form(page, address)).status_code == 303
    assert files_now(draft)[MODULE] == content


def test_an_emptied_activity_is_none(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    address = f"/authoring/{draft.code}/modules/reading-room"
    sent = module_form(page, address)
    emptied = {name: "" if name.startswith("activity-") else v for name, v in sent.items()}
    assert page.post(address, data=emptied).status_code == 303
    assert b"activity" not in files_now(draft)[MODULE]


def test_two_people_at_one_module_lose_nothing(sqlite_app):
    draft = draft_of()
    address = f"/authoring/{draft.code}/modules/reading-room"
    budi, dewi = as_(sqlite_app, "budi"), as_(sqlite_app, "dewi")
    mine, theirs = module_form(budi, address), module_form(dewi, address)
    assert dewi.post(address, data={**theirs, "title-id": "Ruang milik Dewi"}).status_code == 303
    mine["title-id"] = "Ruang milik Budi"
    receipt = budi.post(address, data=mine, headers={"Accept": "application/json"})
    assert (receipt.status_code, receipt.json["state"]) == (409, "overtaken")
    refused = budi.post(address, data=mine)
    assert refused.status_code == 409
    assert "Ruang milik Dewi" in refused.text
    assert 'value="Ruang milik Budi"' in refused.text
    base = re.search(r'name="base"[^>]* value="([^"]+)"', refused.text)[1]
    assert budi.post(address, data={**mine, "base": base}).status_code == 303
    assert b"Ruang milik Budi" in files_now(draft)[MODULE]


def test_a_module_that_cannot_be_read_says_so(sqlite_app):
    draft = draft_of({**example_files(), MODULE: b"title: [\n"})
    page = as_(sqlite_app, "budi")
    answer = page.get(f"/authoring/{draft.code}/modules/reading-room")
    assert answer.status_code == 200
    assert "<textarea" not in answer.text
    assert page.get(f"/authoring/{draft.code}/").status_code == 200


def test_a_lesson_is_renamed_and_moved_in_one_act_and_two_people_see_each_other(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    page.post(f"/authoring/{draft.code}/modules/reading-room/arrange", data={"act": "duplicate"})
    address = f"/authoring/{draft.code}/lessons/weekly-plan/place"
    sent = module_form(page, address) | {"module": "reading-room-2", "title-id": "Rencana pekanan"}
    assert page.post(address, data=sent).status_code == 303
    files = files_now(draft)
    assert "weekly-plan" in order_of(files)["reading-room-2"]
    assert sketch(files).lesson("weekly-plan")[1].title("id") == "Rencana pekanan"
    assert errors_of(files) == errors_of(example_files())
    stale = page.post(address, data={**sent, "title-id": "Jadwal lain"})
    assert stale.status_code == 409
    assert "Rencana pekanan" in stale.text
    assert "Jadwal lain" in stale.text


def test_what_was_deleted_meanwhile_is_said_and_nothing_happens(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    base = f"/authoring/{draft.code}"
    for address, data in (
        ("lessons/gone/arrange", {"act": "up"}),
        ("modules/gone/arrange", {"act": "duplicate"}),
        ("modules/gone/lessons", {"gone-title": "Baru"}),
        ("lessons/gone/delete", {}),
    ):
        answer = page.post(f"{base}/{address}", data=data)
        assert answer.status_code == 303
        assert "notice--warning" in page.get(answer.location).text
    assert files_now(draft) == example_files()


def test_a_lesson_that_somebody_moves_is_still_the_one_that_is_being_written(sqlite_app):
    """The editor's form knows the lesson by its key, so a new number does not matter."""
    draft = draft_of()
    budi, dewi = as_(sqlite_app, "budi"), as_(sqlite_app, "dewi")
    address = f"/authoring/{draft.code}/lessons/weekly-plan/id"
    sent = module_form(budi, address)
    dewi.post(f"/authoring/{draft.code}/lessons/dust-and-light/arrange", data={"act": "down"})
    assert budi.post(address, data={**sent, "title": "Rencana"}).status_code == 303
    assert sketch(files_now(draft)).lesson("weekly-plan")[1].title("id") == "Rencana"


def test_three_hundred_lessons_cost_no_more_queries_than_three(sqlite_app):
    page, files = as_(sqlite_app, "budi"), example_files()
    lesson = b"---\ntitle: Sebuah pelajaran\nminutes: 5\nedition: 1\n---\nTeks.\n"
    counts = []
    for slug, last in (("sedikit", 6), ("banyak", 303)):
        more = {f"01-reading-room/{n:03d}-nomor-{n}.id.md": lesson for n in range(3, last)}
        draft = draft_of({**files, **more}, slug=slug)
        with counted() as sent:
            assert page.get(f"/authoring/{draft.code}/").status_code == 200
        with counted() as moved:
            page.post(f"/authoring/{draft.code}/lessons/nomor-4/arrange", data={"act": "up"})
        counts.append((len(sent), len(moved)))
    few, many = counts
    assert many[0] <= few[0]
    assert many[1] == few[1]


def test_two_who_add_a_lesson_at_once_get_two(app):
    draft, budi = draft_of(), actor_named("budi")
    code = draft.code

    def add(number):
        locked = queries.own_draft_to_change(budi, code)
        changes, key = structure.add_lesson(queries.texts_of(locked), "reading-room", "Baru", ())
        service.save(locked, changes, "lesson-added", key, budi, clock.now())

    assert at_once(app, 3, add) == []
    files = files_now(draft)
    assert order_of(files)["reading-room"][2:] == ["baru", "baru-2", "baru-3"]
    assert "lesson-order" not in {code for code, _values in errors_of(files)}


def test_a_page_that_cannot_count_shows_the_way_all_the_same(sqlite_app):
    """A course whose manifest is broken is opened, to be mended, and says so when rearranged."""
    draft = draft_of({**example_files(), "course.yml": b"modules: ["}, slug="rusak")
    page = as_(sqlite_app, "budi")
    base = f"/authoring/{draft.code}"
    assert page.get(f"{base}/").status_code == 200
    answer = page.post(f"{base}/modules", data={"title": "Baru", "jp": "1"})
    assert answer.status_code == 303
    assert "notice--warning" in page.get(answer.location).text
    assert files_now(draft)["course.yml"] == b"modules: ["
