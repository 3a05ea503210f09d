"""The editor of a question."""

import pytest

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.core import clock
from elearn.core.db import saving
from elearn.coursepack.reading import read_files
from tests.conftest import browser, signed_in
from tests.coursepack.example import example_files
from tests.elements import Elements
from tests.people import PASSWORD
from tests.rooms.authoring_bank import HOSTILE, PATH, Desk, changed, desk_at
from tests.rooms.authoring_desk import desk as desk
from tests.rooms.authoring_desk import site as site
from tests.rooms.authoring_editor import published
from tests.rooms.authoring_forms import form_in

JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def version_id(site):
    return published()


MADE = {
    "single": {"options_0_text": "Kain", "options_1_text": "Kemoceng",
               "options_1_feedback": "Bukan", "right": "0"},
    "several": {"options_0_text": "Debu", "options_1_text": "Cahaya", "options_2_text": "Plastik",
                "right": "1"},
    "true-false": {"answer": "false", "if_true": "Tidak"},
    "ordering": {"items_0": "Satu", "items_1": "Dua", "items_2": "Tiga"},
    "matching": {"pairs_0_left": "Debu", "pairs_0_right": "Kusam", "pairs_1_left": "Cahaya",
                 "pairs_1_right": "Pudar"},
    "text": {"accepted_0": "jadwal", "accepted_1": "plan"},
    "number": {"answer": "2,5", "tolerance": "0,5", "unit": "bagian"},
}  # fmt: skip
_WITHOUT_LANGUAGE = ("right", "answer", "accepted_0", "accepted_1", "tolerance")


@pytest.mark.parametrize("kind", MADE)
def test_each_kind_is_made_from_nothing_in_the_browser_and_can_be_published(desk, kind):
    fields = desk.begin(kind)
    fields["lesson"], fields["points"] = "weekly-plan", "2"
    for language, ending in (("id", ""), ("en", " (en)")):
        fields[f"text-{language}"] = f"Soal baru{ending}"
        fields[f"feedback-{language}"] = f"Sebab{ending}"
        for name, value in MADE[kind].items():
            if name in _WITHOUT_LANGUAGE:
                fields[name.replace("_", "-")] = value
            else:
                name = name if name.startswith("if_") else name.replace("_", "-")
                fields[f"{name}-{language}"] = value + ending
    answer = desk.create(fields)
    assert answer.status_code == 303
    assert answer.location == f"{desk.base}/questions/soal-baru"
    assert desk.create(fields).location == answer.location  # sent twice: there once
    assert desk.keys()[-2:] == ["test-parts", "soal-baru"]
    assert [p for p in read_files(desk.files())[1] if p.severity == "error"] == []
    before = desk.files()
    assert "field__error" not in desk.client.get(answer.location).text
    assert desk.send("soal-baru", desk.open("soal-baru")).status_code == 303
    assert desk.files() == before


@pytest.mark.parametrize("key", ["lift-dust", "causes", "sun-is-good", "order-of-work",
                                 "cause-and-sign", "word-for-list", "parts-of-shelves"])  # fmt: skip
def test_opening_and_saving_unchanged_changes_nothing_and_a_word_changes_its_line(desk, key):
    fields = desk.open(key)
    assert desk.send(key, fields).status_code == 303
    assert desk.files() == example_files()
    assert desk.send(key, changed(fields, text_en="Other words?")).status_code == 303
    old, new = example_files()[PATH].splitlines(), desk.files()[PATH].splitlines()
    assert sum(one != other for one, other in zip(old, new, strict=True)) == 1


def test_the_script_gets_a_receipt_and_the_base_of_its_next_save(desk):
    fields = changed(desk.open("causes"), text_id="Satu")
    first = desk.send("causes", fields, headers=JSON)
    assert (first.status_code, first.json["state"]) == (200, "saved")
    fields["base"] = first.json["base"]
    second = desk.send("causes", changed(fields, text_id="Dua"), headers=JSON)
    assert second.status_code == 200
    assert desk.question("causes")["text"]["id"] == "Dua"


def test_who_is_overtaken_sees_both_versions_and_may_then_replace_knowingly(desk):
    fields = desk.open("causes")
    desk.send("causes", changed(fields, text_id="Kata mereka"))
    mine = changed(fields, text_id="Kata saya")
    assert desk.send("causes", mine, headers=JSON).status_code == 409
    answer = desk.send("causes", mine)
    assert answer.status_code == 409
    assert "Kata mereka" in answer.text
    again = form_in(answer.text, f"{desk.base}/questions/causes")
    assert again["text-id"] == "Kata saya"
    assert desk.question("causes")["text"]["id"] == "Kata mereka"
    assert desk.send("causes", again).status_code == 303
    assert desk.question("causes")["text"]["id"] == "Kata saya"


def test_both_versions_of_a_short_text_show_what_is_accepted(desk):
    fields = desk.open("word-for-list")
    desk.send("word-for-list", changed(fields, text_id="Kata mereka"))
    overtaken = desk.send("word-for-list", changed(fields, text_id="Kata saya"))
    assert (overtaken.status_code, "jadwal" in overtaken.text) == (409, True)


def test_another_question_of_the_same_bank_is_no_conflict(desk):
    fields = desk.open("causes")
    desk.send("lift-dust", changed(desk.open("lift-dust"), text_id="Lain"))
    assert desk.send("causes", changed(fields, text_id="Baru")).status_code == 303


def test_rows_are_added_moved_and_removed_with_what_was_typed_and_nothing_is_saved(desk):
    address = f"{desk.base}/questions/causes"
    fields = changed(desk.open("causes"), options_0_text_id="Debu tebal")
    fields["act"] = "down-options-0"
    page = desk.send("causes", fields)
    assert page.status_code == 200
    moved = form_in(page.text, address)
    assert (moved["options-1-text-id"], moved.getlist("right")) == ("Debu tebal", ["0", "1"])
    moved["act"] = "add-options"
    more = form_in(desk.send("causes", moved).text, address)
    assert "options-4-text-id" in more
    more["act"] = "remove-options-0"
    fewer = form_in(desk.send("causes", more).text, address)
    assert fewer["options-0-text-id"] == "Debu tebal"
    assert desk.files() == example_files()
    assert desk.send("causes", fewer).status_code == 303
    assert [len(option["right" if "right" in option else "wrong"])
            for option in desk.question("causes")["options"]] == [2, 2]  # fmt: skip
    new = desk.begin("text")
    new["accepted-0"], new["act"] = "jadwal", "add-accepted"
    drawn = form_in(desk.create(new).text, f"{desk.base}/modules/reading-room/questions/new")
    assert (drawn["accepted-0"], "accepted-2" in drawn) == ("jadwal", True)


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        ("parts-of-shelves", "answer", "lima"),
        ("parts-of-shelves", "tolerance", "1e5"),
        ("causes", "pool", "exam"),
        ("causes", "lesson", "no-such"),
        ("causes", "points", "11"),
        ("causes", "text-id", "a" * 20_001),
        ("sun-is-good", "answer", "maybe"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field_and_stays_in_the_form(desk, key, name, value):
    fields = desk.open(key)
    fields[name], fields["text-en"] = value, "Typed at length"
    if name == "text-id":
        fields["text-en"] = ""
    answer = desk.send(key, fields)
    assert answer.status_code == 422
    if name in ("answer", "tolerance", "text-id") and value != "maybe":
        assert form_in(answer.text, f"{desk.base}/questions/{key}")[name] == value
        field = name.removesuffix("-id")
        assert f'href="#{field}"' in answer.text
        assert field in Elements(answer.text).ids()
    refused = desk.send(key, fields, headers=JSON)
    assert (refused.status_code, refused.json["state"]) == (422, "refused")
    assert desk.files() == example_files()


def test_a_half_finished_question_is_kept_and_its_findings_lead_to_their_fields(desk):
    fields = desk.open("lift-dust")
    for name in ("options-1-text-en", "options-1-feedback-id", "text-en"):
        fields[name] = ""
    fields["lesson"] = ""
    fields.setlist("right", [])
    assert desk.send("lift-dust", fields).status_code == 303
    page = desk.client.get(f"{desk.base}/questions/lift-dust").text
    tree = Elements(page)
    links = {a["href"][1:] for a in tree.all("a") if (a.get("href") or "").startswith("#")}
    wanted = {"options", "options-1-text-en", "options-1-feedback-id", "text-en"}
    assert wanted <= links
    assert links <= {*tree.ids()}


def test_a_hostile_text_in_any_field_is_shown_as_it_is_and_runs_nowhere(desk):
    for key in ("lift-dust", "sun-is-good", "order-of-work", "cause-and-sign", "word-for-list",
                "parts-of-shelves"):  # fmt: skip
        fields = desk.open(key)
        for name in fields:
            if name.endswith(("-id", "-en")) or name.startswith("accepted"):
                fields[name] = HOSTILE
        assert desk.send(key, fields).status_code == 303
        page = desk.client.get(f"{desk.base}/questions/{key}").text
        assert "<script>alert" not in page
        again = desk.open(key)
        assert again["text-id"] == HOSTILE
    assert "<script>alert" not in desk.list().text


def test_a_new_meaning_raises_the_edition_once_and_can_be_taken_back(site, version_id):
    with saving():
        draft = service.begin_from(version_id, example_files(), actor_named("budi"), clock.now())
    desk = Desk(signed_in(browser(site), "budi"), draft)
    for _again in range(2):
        sent = changed(desk.open("causes"), is_new_meaning="y")
        assert desk.send("causes", sent).status_code == 303
        assert desk.question("causes")["edition"] == 2
    fields = desk.open("causes")
    assert fields.poplist("is_new_meaning") == ["y"]
    desk.send("causes", fields)
    assert desk.question("causes")["edition"] == 1
    copied = desk.client.post(f"{desk.base}/questions/causes/arrange", data={"act": "delete"})
    assert copied.status_code == 303
    new = desk.begin("number")
    new["text-id"] = "causes"
    assert desk.create(new).location.endswith("/causes-2")  # a key that was published is not reused


def test_a_form_whose_session_has_ended_is_saved_after_sign_in(site, desk):
    fields = changed(desk.open("causes"), text_id="Kata yang dibawa")
    stranger = Desk(browser(site), desk.draft)
    page = stranger.send("causes", fields)
    assert page.status_code == 401
    signing = form_in(page.text, "/login")
    signing["login"], signing["password"] = "budi", PASSWORD
    assert stranger.client.post("/login", data=signing).status_code == 303
    assert desk.question("causes")["text"]["id"] == "Kata yang dibawa"


def test_words_for_a_question_that_was_deleted_meanwhile_are_shown_to_be_copied(desk):
    fields = changed(desk.open("causes"), text_id="Kata saya")
    desk.client.post(f"{desk.base}/questions/causes/arrange", data={"act": "delete"})
    answer = desk.send("causes", fields)
    assert answer.status_code == 404
    assert "Kata saya" in answer.text


def test_words_for_a_draft_that_has_ended_stay_in_the_form(desk, version_id):
    fields = changed(desk.open("causes"), text_id="Kata saya")
    with saving():
        draft = queries.own_draft_to_change(actor_named("budi"), desk.draft.code)
        draft.state, draft.version_id, draft.ended_at = "published", version_id, clock.now()
    answer = desk.send("causes", fields)
    assert answer.status_code == 409
    assert form_in(answer.text, f"{desk.base}/questions/causes")["text-id"] == "Kata saya"
    new = desk.begin("number")
    new["text-id"] = "Kata saya"
    assert desk.create(new).status_code == 409


@pytest.mark.parametrize(
    ("who", "status"),
    [("budi", 200), ("dewi", 200), ("sari", 404), ("siti", 403), ("ratna", 403), (None, 303)],
)
@pytest.mark.parametrize(
    "page", ["modules/reading-room/questions", "questions/causes",
             "modules/reading-room/questions/new?kind=single"],
)  # fmt: skip
def test_the_questions_of_a_draft_are_open_to_its_authors_only(site, who, status, page):
    desk, client = desk_at(site), browser(site)
    if who:
        signed_in(client, who)
    assert client.get(f"{desk.base}/{page}").status_code == status


@pytest.mark.parametrize(("who", "status"), [("budi", 303), ("sari", 404), ("siti", 403)])
def test_only_its_authors_change_the_questions_of_a_draft(site, desk, who, status):
    fields, new = changed(desk.open("causes"), text_id="Baru"), desk.begin("number")
    new["text-id"] = "Baru"
    other = Desk(signed_in(browser(site), who), desk.draft)
    terms = {"draw": "5", "base": form_in(
        desk.list().text, f"{desk.base}/modules/reading-room/questions/terms")["base"]}  # fmt: skip
    answers = [
        other.send("causes", fields),
        other.create(new),
        other.client.post(f"{desk.base}/questions/lift-dust/arrange", data={"act": "down"}),
        other.client.post(f"{desk.base}/modules/reading-room/questions/terms", data=terms),
    ]
    assert [answer.status_code for answer in answers] == [status] * 4
    assert (desk.files() == example_files()) == (who != "budi")


@pytest.mark.parametrize(
    "page", ["modules/no-such/questions", "questions/no-such", "modules/reading-room/questions/new",
             "modules/no-such/questions/new?kind=single",
             "modules/reading-room/questions/new?kind=essay"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(desk, page):
    assert desk.client.get(f"{desk.base}/{page}").status_code == 404
