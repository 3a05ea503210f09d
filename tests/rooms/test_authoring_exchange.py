"""Questions of a draft tried, brought in from other systems, and taken out to them."""

import io

import pytest

from elearn.authoring.formats import gift, moodle_xml, sheet
from elearn.authoring.rules import questions
from elearn.authoring.rules.languages import without_language
from elearn.authoring.rules.translating import translated
from elearn.coursepack.reading import read_files
from elearn.coursepack.yamledit import emit
from tests.conftest import browser, signed_in
from tests.coursepack.example import example_files
from tests.rooms.authoring_bank import FOLDER, HOSTILE, PATH, Desk, bank_of, desk_at, one_site
from tests.rooms.authoring_forms import form_in

GIFT = """\
::debu:: Apa yang mengangkat debu? {=Kain lembap ~Kemoceng #Hanya memindahkannya.}

Matahari baik untuk buku. {F}

Jelaskan. {}

Berapa bagian? {#5}
"""


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory):
    with one_site(sqlite_template, tmp_path_factory.mktemp("exchange")) as application:
        yield application


@pytest.fixture
def desk(site):
    return desk_at(site)


def address(desk, page="import", module="reading-room"):
    return f"{desk.base}/modules/{module}/questions/{page}"


def read(desk, pasted="", file=None, name="soal.txt", **more):
    data = {"pasted": pasted, "language": "id", **more}
    if file is not None:
        data["file"] = (io.BytesIO(file), name)
    return desk.client.post(address(desk), data=data, content_type="multipart/form-data")


def take(desk, page, **chosen):
    fields = form_in(page.text, address(desk, "import/all"))
    return desk.client.post(address(desk, "import/all"), data={**fields.to_dict(), **chosen})


def _manifest():
    return {"course.yml": example_files()["course.yml"]}


# Try it


def answers_to(desk, key, **answer):
    page = f"{desk.base}/questions/{key}/try"
    seed = form_in(desk.client.get(page).text, f"{page}?lang=id")["seed"]
    return desk.client.post(page, data={"seed": seed, **answer})


@pytest.mark.parametrize(
    ("key", "answer", "says"),
    [
        ("sun-is-good", {"q1": "2"}, "1 dari 1 poin"),
        ("sun-is-good", {"q1": "1"}, "Sinar matahari memudarkan sampul."),
        ("sun-is-good", {}, "0 dari 1 poin"),
        ("word-for-list", {"q1": " Jadwal. "}, "1 dari 1 poin"),
        ("parts-of-shelves", {"q1": "5,0"}, "1 dari 1 poin"),
        ("parts-of-shelves", {"q1": "enam"}, "Lima, satu untuk tiap hari kerja."),
        ("lift-dust", {"q1": "1"}, "dari 1 poin"),
        ("causes", {"q1": "2"}, "dari 2 poin"),
        ("order-of-work", {"q1-1": "1", "q1-2": "2"}, "dari 1 poin"),
        ("cause-and-sign", {"q1-1": "1"}, "dari 1 poin"),
    ],
)
def test_a_question_is_tried_as_a_learner_sees_it_and_nothing_is_kept(desk, key, answer, says):
    page = answers_to(desk, key, **answer)
    assert page.status_code == 200
    assert says in page.text
    assert desk.files() == example_files()
    assert desk.draft.saves == 1


def test_the_order_that_was_answered_is_the_order_that_is_marked(desk):
    page = f"{desk.base}/questions/lift-dust/try"
    for _time in range(8):  # two options: by chance it would be right every other time
        shown = desk.client.get(page).text
        seed = form_in(shown, f"{page}?lang=id")["seed"]
        right = "1" if shown.index("Kain lembap") < shown.index("Kemoceng") else "2"
        assert "1 dari 1 poin" in desk.client.post(page, data={"seed": seed, "q1": right}).text


@pytest.mark.parametrize("answer", [{"q1": "9"}, {"q1": "x"}])
def test_what_no_page_of_ours_sends_is_refused(desk, answer):
    assert answers_to(desk, "lift-dust", **answer).status_code == 422


def test_a_half_finished_question_says_what_it_lacks_before_it_can_be_tried(desk):
    fields = desk.open("lift-dust")
    fields.setlist("right", [])
    desk.send("lift-dust", fields)
    page = desk.client.get(f"{desk.base}/questions/lift-dust/try")
    assert page.status_code == 200
    assert "lift-dust" in page.text
    assert '<form method="post" action="' + f"{desk.base}/questions" not in page.text


def test_a_question_that_lacks_a_language_or_lesson_can_be_tried_in_the_other(desk):
    fields = desk.open("sun-is-good")
    fields["text-en"] = fields["lesson"] = ""
    desk.send("sun-is-good", fields)
    assert "1 dari 1 poin" in answers_to(desk, "sun-is-good", q1="2").text
    english = desk.client.get(f"{desk.base}/questions/sun-is-good/try?lang=en")
    assert (english.status_code, 'name="seed"' in english.text) == (200, False)


def test_hostile_words_are_tried_without_running(desk):
    fields = desk.open("lift-dust")
    for name in [one for one in fields if one.endswith("-id")]:
        fields[name] = f"{name} <script>alert(1)</script>"
    desk.send("lift-dust", fields)
    page = answers_to(desk, "lift-dust", q1="1")
    assert "&lt;script&gt;" in page.text
    assert "<script>alert" not in page.text


# Import


def test_a_file_is_looked_at_row_by_row_before_anything_is_saved(desk):
    page = read(desk, GIFT)
    assert page.status_code == 200
    assert "3 dari 4 soal" in page.text or "3 questions of 4" in page.text
    assert desk.files() == example_files()


def test_all_that_fit_come_in_one_save_with_their_pool_and_lesson(desk):
    page = read(desk, GIFT)
    answer = take(desk, page, pool="quiz", lesson="dust-and-light")
    assert answer.status_code == 303
    assert desk.keys()[-3:] == ["debu", "matahari-baik-untuk-buku", "berapa-bagian"]
    assert desk.files()[PATH].startswith(example_files()[PATH])
    new = desk.question("debu")
    assert (new["lesson"], new["text"]) == ("dust-and-light", {"id": "Apa yang mengangkat debu?"})
    assert take(desk, page, pool="quiz", lesson="dust-and-light").status_code == 303
    assert len(desk.keys()) == 14  # sent twice: there once
    undo = f"{desk.base}/history/2/undo"
    assert undo in desk.client.get(answer.location).text
    desk.client.post(undo)
    assert desk.files() == example_files()


@pytest.mark.parametrize("write", [gift.write, moodle_xml.write, sheet.write])
def test_what_was_taken_out_can_be_brought_in_again_and_only_once(site, write):
    writing = write(questions.questions_in(example_files(), FOLDER), "id")
    file = {"file": writing.content, "name": "soal.xlsx" if write is sheet.write else "soal"}
    desk = desk_at(site, {**example_files(), PATH: b"draw: 7\nquestions: []\n"})
    assert take(desk, read(desk, **file), pool="", lesson="weekly-plan").status_code == 303
    keys = desk.keys()
    assert len(keys) == sum(one.is_there for one in writing.questions) == len(set(keys))
    assert address(desk, "import/all") not in read(desk, **file).text
    other = desk.files()[PATH].replace(b"Kain lembap", b"Kain basah")
    edited = desk_at(site, {**example_files(), PATH: other})
    assert take(edited, read(edited, **file)).status_code == 303
    assert len(edited.keys()) == len(keys) + 1  # what says something else comes beside it
    errors = {p.code for p in read_files(desk.files())[1] if p.severity == "error"}
    assert errors <= {"translation-missing", "key-missing", "test-pool-small"}


@pytest.mark.parametrize(
    ("file", "name", "word"),
    [
        (b'<!DOCTYPE q [<!ENTITY a "b">]><quiz><question type="essay">&a;</question></quiz>',
         "soal.xml", "dokumen"),
        (b"<quiz><question", "soal.xml", "XML"),
        (b"PK\x03\x04 no zip", "soal.xlsx", ""),
        (b"\xd0\xcf\x11\xe0 old", "soal.xls", ""),
        (b"\x80\x81{", "soal.txt", ""),
        (b"name,address\nBudi,Jalan\n", "soal.csv", ""),
        (b"", "soal.txt", ""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_questions_is_refused_with_a_sentence(desk, file, name, word):
    page = read(desk, file=file, name=name)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert word in page.text
    assert "import/all" not in page.text
    assert desk.files() == example_files()


def test_cells_that_look_like_formulas_and_hostile_words_stay_words(desk):
    written = sheet.write(
        [{"key": "a", "edition": 1, "kind": "single", "pool": "quiz", "text": {"id": "=1+1"},
          "options": [{"right": {"id": "=cmd|' /C calc'!A0"}}, {"wrong": {"id": "+1"}}]}], "id",
    )  # fmt: skip
    page = read(desk, file=written.content, name="soal.xlsx")
    take(desk, page)
    new = desk.question(desk.keys()[-1])
    assert new["text"] == {"id": "=1+1"}
    assert new["options"][0] == {"right": {"id": "=cmd|' /C calc'!A0"}}
    hostile = read(desk, f"::{HOSTILE}:: Apa\\: <script>alert(1)</script>? {{=ya ~tidak}}")
    assert "<script>alert" not in hostile.text


@pytest.mark.parametrize(
    ("write", "keys"),
    [
        (gift.write, ["causes", "cause-and-sign"]),  # it has no way to write an ordering
        (moodle_xml.write, ["causes", "cause-and-sign", "order-of-work"]),
        (sheet.write, ["causes", "cause-and-sign", "order-of-work"]),
    ],
)
def test_a_second_language_comes_to_the_questions_that_lack_it(site, write, keys):
    whole = questions.questions_in(example_files(), FOLDER)
    file = write(whole, "en").content
    indonesian = without_language({PATH: example_files()[PATH], **_manifest()}, "en")[PATH]
    desk = desk_at(site, {**example_files(), PATH: indonesian})
    desk.client.get("/language/en")
    page = read(desk, file=file, language="en", name="soal.csv" if write is sheet.write else "x")
    told = page.text.count("adds English to")
    assert told >= 9, told  # what a format cannot carry whole does not fit its question
    assert take(desk, page).status_code == 303
    there = {one["key"]: one for one in whole}
    for key in desk.keys()[: len(whole)]:
        assert desk.question(key)["text"]["id"] == there[key]["text"]["id"]
    for key in keys:
        assert {**desk.question(key), "text": ""} == {**there[key], "text": ""}
    assert desk.client.post(f"{desk.base}/history/2/undo").status_code == 303
    assert desk.files()[PATH] == indonesian


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "several"),
        ("answer", True),
        ("options", [{"right": {"en": "A damp cloth"}}]),
        ("options", ["A", "B", "C"]),
        ("options", [{"wrong": {"en": "A"}}, {"right": {"en": "B"}}, {"wrong": {"en": "C"}}]),
    ],
)
def test_another_question_of_the_same_key_is_no_translation(name, value):
    there = {"key": "q", "kind": "single", "text": {"id": "Apa?"}}
    there["options"] = [{"right": {"id": "A"}}, {"wrong": {"id": "B"}}, {"wrong": {"id": "C"}}]
    other = {**there, "text": {"en": "What?"}}
    other["options"] = [{mark: {"en": "x"} for mark in one} for one in there["options"]]
    assert translated(there, other)["text"] == {"id": "Apa?", "en": "What?"}
    assert translated(there, {**other, name: value}) is None


@pytest.mark.parametrize("token", ["", "x.y.z", None])
def test_questions_that_were_not_read_here_are_not_taken(desk, token):
    if token is None:  # another's
        desk.client.post(f"{desk.base}/people", data={"login": "sari"})
        token = form_in(read(desk, GIFT).text, address(desk, "import/all"))["token"]
        desk = Desk(signed_in(browser(desk.client.application), "dewi"), desk.draft)
    sent = {"token": token, "pool": "quiz", "lesson": ""}
    assert desk.client.post(address(desk, "import/all"), data=sent).status_code == 422
    assert desk.files() == example_files()


def test_no_more_questions_are_taken_than_a_bank_may_have(site):
    desk = desk_at(site, bank_of(198))
    page = read(desk, GIFT)
    assert "import/all" not in page.text
    fewer = read(desk, "Satu? {T}\n\nDua? {F}")
    assert take(desk, fewer).status_code == 303
    assert len(desk.keys()) == 200


def test_a_module_without_a_bank_gets_one(site):
    files = {path: content for path, content in example_files().items() if path != PATH}
    desk = desk_at(site, files)
    assert take(desk, read(desk, GIFT)).status_code == 303
    assert len(desk.keys()) == 3


# Export


@pytest.mark.parametrize(
    ("name", "reader"),
    [("xlsx", sheet.read), ("moodle", moodle_xml.read), ("gift", gift.read_file)],
)
def test_a_bank_is_taken_out_in_each_format_and_language(desk, name, reader):
    answer = desk.client.get(f"{address(desk, 'export')}/{name}?language=en")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    reading = reader(answer.data, "en")
    assert len(reading.rows) >= 10
    assert not reading.faults


def test_what_a_format_cannot_carry_is_said_before_the_download(desk):
    page = desk.client.get(address(desk, "export"))
    assert page.status_code == 200
    assert "11" in page.text
    assert page.text.count("/export/") >= 3
    assert "Urutkan pekerjaannya." in page.text  # GIFT has no questions of that kind


def test_a_faulty_bank_is_taken_out_as_far_as_it_can_be(site):
    bank = {"questions": [{"key": "a"}, "x", {"kind": []}, {"key": "b", "kind": "text", "text": 5}]}
    desk = desk_at(site, {**example_files(), PATH: emit(bank).encode()})
    assert desk.client.get(address(desk, "export")).status_code == 200
    assert desk.client.get(f"{address(desk, 'export')}/moodle").status_code == 200
    assert desk.list().status_code == 200
    assert desk.client.get(f"{desk.base}/questions/a").status_code == 200


def test_the_template_is_a_sheet_that_can_be_read(desk):
    answer = desk.client.get(f"{desk.base}/questions-template.xlsx")
    assert len(sheet.read(answer.data, "id").rows) == 7


# Who


@pytest.mark.parametrize(
    ("who", "status"),
    [("budi", 200), ("dewi", 200), ("sari", 404), ("siti", 403), ("ratna", 403), (None, 303)],
)
def test_only_its_authors_try_import_and_export(site, desk, who, status):
    client = browser(site)
    if who:
        signed_in(client, who)
    for page in (
        f"{desk.base}/questions/causes/try", address(desk), address(desk, "export"),
        f"{address(desk, 'export')}/xlsx", f"{desk.base}/questions-template.xlsx",
    ):  # fmt: skip
        assert client.get(page).status_code == status, page
    if who in ("sari", "siti"):
        other = Desk(client, desk.draft)
        assert read(other, GIFT).status_code == status
        token = {"token": form_in(read(desk, GIFT).text, address(desk, "import/all"))["token"]}
        assert client.post(address(desk, "import/all"), data=token).status_code == status
        assert client.post(f"{desk.base}/questions/causes/try").status_code == status
