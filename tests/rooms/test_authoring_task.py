"""The practical task and the files of a draft in the browser."""

import pytest

from elearn.authoring import queries
from elearn.courses.limits import course_limits
from tests.conftest import browser, signed_in
from tests.coursepack.example import changed, example_files
from tests.rooms.authoring_drafts import draft_of, files_now, second_author
from tests.rooms.authoring_forms import form_in

JSON = {"Accept": "application/json"}
LEVELS = [("Tidak ada.", "Absent."), ("Awal.", "Begun."), ("Separuh.", "Half."),
          ("Hampir.", "Nearly."), ("Siap.", "Ready.")]  # fmt: skip


@pytest.fixture
def budi(sqlite_app):
    return signed_in(browser(sqlite_app), "budi")


def task_of(draft, page):
    address = f"/authoring/{draft.code}/task"
    answer = page.get(address)
    assert answer.status_code == 200
    return address, form_in(answer.text, address)


def errors_of(draft):
    return [p for p in queries.problems_of(draft, course_limits()) if p.severity == "error"]


def criterion(row, weight, title):
    fields = {f"rubric-{row}-weight": str(weight)}
    fields |= {f"rubric-{row}-title-id": f"{title} id", f"rubric-{row}-title-en": title}
    for level, (indonesian, english) in enumerate(LEVELS):
        fields |= {f"rubric-{row}-levels-{level}-id": indonesian}
        fields |= {f"rubric-{row}-levels-{level}-en": english}
    return fields


def test_opening_and_saving_unchanged_changes_nothing(budi):
    draft = draft_of()
    address, sent = task_of(draft, budi)
    assert budi.post(address, data=sent).status_code == 303
    assert files_now(draft) == example_files()


@pytest.mark.parametrize(
    ("field", "typed", "came"),
    [
        ("title-en", "The plan", "title: {id: Jadwal perawatan, en: The plan}"),
        ("minutes", "75", "minutes: 75"),
        ("text-id", "Buat **jadwal**.\r\n\r\nUnggah.", "    Buat **jadwal**."),
        ("rubric-0-levels-2-en", "Some.", "      - {id: Rak dan hari., en: Some.}"),
    ],
)
def test_a_field_changes_only_its_own_lines(budi, field, typed, came):
    draft = draft_of()
    address, sent = task_of(draft, budi)
    sent[field] = typed
    assert budi.post(address, data=sent).status_code == 303
    now, before = (files["task.yml"].decode().splitlines() for files in (files_now(draft), example_files()))  # fmt: skip
    assert came in now
    assert len(set(before) - set(now)) == 1
    assert task_of(draft, budi)[1][field] == typed


def test_a_criterion_is_added_and_the_weights_are_summed_as_one_types(budi):
    draft = draft_of()
    address, sent = task_of(draft, budi)
    sent = sent.to_dict() | criterion(1, 40, "Neatness")
    said = budi.post(f"{address}/preview", data=sent)
    assert "140" in said.json["sum"]
    sent["rubric-0-weight"] = "60"
    assert "100" in budi.post(f"{address}/preview", data=sent).json["sum"]
    drawn = budi.post(address, data={**sent, "act": "up-rubric-1"})
    assert files_now(draft) == example_files(), "nothing is saved by a moved row"
    sent = form_in(drawn.text, address)
    assert (sent["rubric-0-title-en"], sent["rubric-1-key"]) == ("Neatness", "complete")
    assert budi.post(address, data=sent).status_code == 303
    text = files_now(draft)["task.yml"].decode()
    assert text.index("neatness-id") < text.index("key: complete")
    assert "{id: Hanya daftar rak., en: Only a list of shelves.}" in text
    assert errors_of(draft) == []


def test_a_task_is_made_from_nothing_and_taken_out_again(budi):
    files = changed("course.yml", "  task: shown ", "  # task ")
    del files["task.yml"]
    draft = draft_of(files)
    address, sent = task_of(draft, budi)
    sent = sent.to_dict() | {"title-id": "Tugas", "title-en": "Task", "minutes": "30"}
    sent |= {"text-id": "Buat.", "text-en": "Make.", **criterion(0, 100, "Whole")}
    assert budi.post(address, data=sent).status_code == 303
    assert errors_of(draft) == []
    assert "task: shown" in files_now(draft)["course.yml"].decode()
    assert budi.post(f"{address}/remove").status_code == 303
    now = files_now(draft)
    assert "task.yml" not in now
    assert "task:" not in now["course.yml"].decode()
    assert errors_of(draft) == []


def test_typed_words_outlive_a_refusal_and_somebody_elses_save(sqlite_app, budi):
    draft = draft_of()
    address, sent = task_of(draft, budi)
    sent["title-id"] = "Tugas saya"
    refused = budi.post(address, data={**sent.to_dict(), "rubric-0-weight": "banyak"})
    assert refused.status_code == 422
    assert form_in(refused.text, address)["title-id"] == "Tugas saya"
    dewi = signed_in(browser(sqlite_app), "dewi")
    theirs = {**sent.to_dict(), "title-id": "Tugas mereka"}
    assert dewi.post(address, data=theirs, headers=JSON).status_code == 200
    overtaken = budi.post(address, data=sent)
    assert overtaken.status_code == 409
    assert "Tugas mereka" in overtaken.text
    again = form_in(overtaken.text, address)
    assert budi.post(address, data=again).status_code == 303
    assert "Tugas saya" in files_now(draft)["task.yml"].decode()


def source(draft, path):
    return f"/authoring/{draft.code}/source?path={path}", f"/authoring/{draft.code}/source/{path}"


def test_a_file_is_mended_as_it_is(sqlite_app, budi):
    broken = changed("course.yml", "languages: [id, en]", "languages: [id, en")
    broken["course.yml"] = broken["course.yml"].replace(b"\n", b"\r\n")
    draft = draft_of(broken)
    page, address = source(draft, "course.yml")
    shown = budi.get(page)
    assert 'data-line="5"' in shown.text
    sent = form_in(shown.text, address)
    sent["text"] = sent["text"].replace("[id, en", "[id, en]")
    assert budi.post(address, data=sent).status_code == 303
    wanted = example_files()["course.yml"].replace(b"\n", b"\r\n")
    assert files_now(draft)["course.yml"] == wanted, "line ends stay as they were"
    stale = {**sent.to_dict(), "text": "format: 1"}
    answer = budi.post(address, data=stale)
    assert answer.status_code == 409
    assert form_in(answer.text, address)["text"] == "format: 1"


def test_a_file_in_another_encoding_can_be_read_and_becomes_utf_8(budi):
    path = "01-reading-room/01-dust-and-light.id.md"
    draft = draft_of({**example_files(), path: example_files()[path] + "café".encode("cp1252")})
    page, address = source(draft, path)
    sent = form_in(budi.get(page).text, address)
    assert sent["text"].endswith("café")
    sent["text"] += "\r\n"
    assert budi.post(address, data=sent).status_code == 303
    assert files_now(draft)[path].endswith("café\n".encode())


@pytest.mark.parametrize(
    "path",
    [
        "media/photo.png",
        "nothing.md",
        "../course.yml",
        "%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "media/text.md",
        "",
    ],
)
def test_what_is_no_text_of_the_draft_is_never_shown(budi, path):
    strange = {"media/photo.png": b"\x89PNG", "media/text.md": b"a\0b"}
    draft = draft_of({**example_files(), **strange})
    page, address = source(draft, path)
    assert budi.get(page).status_code == 404
    assert budi.post(address, data={"text": "x", "base": ""}).status_code in (308, 404, 405)
    assert files_now(draft) == {**example_files(), **strange}


def test_a_file_over_the_limit_is_refused_and_hostile_text_is_text(budi):
    draft = draft_of()
    page, address = source(draft, "task.yml")
    sent = form_in(budi.get(page).text, address)
    long = "x" * (course_limits().text_bytes + 1)
    refused = budi.post(address, data={**sent.to_dict(), "text": long})
    assert refused.status_code == 422
    assert long in refused.text
    hostile = "</textarea><script>alert(1)</script>{{7*7}}\ud83d\ude00\x00"
    hostile = hostile.encode("utf-16", "surrogatepass").decode("utf-16")
    assert budi.post(address, data={**sent.to_dict(), "text": hostile}).status_code == 303
    shown = budi.get(page)
    assert "<script>alert" not in shown.text
    assert files_now(draft)["task.yml"].decode() == hostile.replace("\x00", "")


PAGES = ["task", "source?path=task.yml"]
ACTS = ["task", "task/remove", "task/preview", "source/task.yml"]


@pytest.mark.parametrize(
    ("who", "status"), [("budi", 200), ("dewi", 200), ("sari", 404), ("siti", 403), ("ratna", 403)]
)
def test_only_who_may_write_at_a_draft_reaches_it(sqlite_app, who, status):
    second_author()
    draft = draft_of()
    page = signed_in(browser(sqlite_app), who)
    for path in PAGES:
        assert page.get(f"/authoring/{draft.code}/{path}").status_code == status, path
    if status != 200:
        for path in ACTS:
            answer = page.post(f"/authoring/{draft.code}/{path}", data={"text": "x", "base": ""})
            assert answer.status_code == status, path
        assert files_now(draft) == example_files()
