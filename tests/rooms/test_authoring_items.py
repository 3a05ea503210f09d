"""What the answers say about questions, for their authors; and a wrong key put right from there."""

import re
from decimal import Decimal

import pytest

from elearn.authoring import service
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import saving
from elearn.core.permissions import Actor
from elearn.privacy import service as privacy
from elearn.quizzes import queries
from elearn.quizzes import service as quizzes
from elearn.quizzes.models import Attempt, Correction, Regrade
from elearn.quizzes.rules import TypedNumber
from elearn.records.models import Record
from tests.conftest import browser, person_id, signed_in
from tests.factories import administrator, published_example
from tests.queries import counted
from tests.rooms.authoring_attempts import hand_in
from tests.rooms.authoring_drafts import second_author
from tests.rooms.learning_acts import finish_lessons
from tests.rooms.quizzes_correcting import newer, result, rows, taken
from tests.rooms.quizzes_pages import reader

ITEMS = "/authoring/courses/contoh/1/items"
SINGLE = f"{ITEMS}/satu-single/correct"
TRUTH = f"{ITEMS}/satu-truth/correct"
REASON = "Salinan di disk yang sama memang cadangan."

# Twenty who know the rest and twenty who do not. The key of the first question is wrong: most of
# those who know choose its second option. Everybody is right about the third question.
KNOWING = {
    "satu-several": (0, 1),
    "satu-truth": False,
    "satu-order": (1, 2, 3),
    "satu-match": (0, 1),
    "satu-text": "situs.example",
    "satu-number": TypedNumber("180", Decimal(180)),
}
OTHERS = {
    "satu-several": (0, 2),
    "satu-truth": False,
    "satu-order": (2, 1, 3),
    "satu-match": (0, 2),
    "satu-text": "<b>tidak</b> tahu",
    "satu-number": TypedNumber("60", Decimal(60)),
}
PAPERS = [
    *[{"satu-single": 1, **KNOWING}] * 14,
    *[{"satu-single": 0, **KNOWING}] * 6,
    *[{"satu-single": 0, **OTHERS}] * 10,
    *[{"satu-single": 2, **OTHERS}] * 5,
    *[{"satu-single": 2, **OTHERS, "satu-text": None}] * 5,
]


@pytest.fixture
def first(sqlite_app):
    """The id of the example's first version, which budi may write at."""
    version_id = published_example()
    share(person_id("budi"))
    return version_id


def share(person):
    dewi = administrator()
    with saving():
        service.share("contoh", person, dewi, clock.now())


def page_for(app, who, address=ITEMS):
    return reader(app, who).get(address)


def said(html):
    """The words of a page, one space between."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def shown(html, key):
    """The words of one question, and of the table of its answers."""
    return said(html.split(f'id="question-{key}"', 1)[1].split("</article>")[0])


# What is said


def test_every_question_shows_its_numbers_and_what_was_answered(sqlite_app, first):
    hand_in(first, "satu-quiz", person_id("siti"), PAPERS[::2])
    hand_in(first, "satu-quiz", person_id("joko"), PAPERS[1::2])
    html = page_for(sqlite_app, "budi").text
    assert "Counted are 40 attempts" in html
    for key, words in (
        ("satu-single", ("One right answer", "asked 40 times", "points on average: 40", "tells apart: -0.2",
                         "2026-03_report.docx right 16 40", "new report.docx 14 35", "document1.docx 10 25")),
        ("satu-several", ("points on average: 50", "a USB stick right 40 100", "the cloud right 20 50", "the same folder 20 50")),
        ("satu-truth", ("points on average: 100", "True 0 0", "False right 40 100")),
        ("satu-order", ("points on average: 67", "save 50", "close 50", "shut down 100")),
        ("satu-match", ("old hoax – check the date 100", "odd photo – search the image 50")),
        ("satu-text", ("Right: rahasia-kunci.example; situs.example", "tahu 15 38", "not answered 5 12")),
        ("satu-number", ("Right: 180 MB ± 0.5", "60 20 50")),
    ):  # fmt: skip
        for each in words:
            assert each in shown(html, key).replace("\u00a0%", ""), (key, each)
    assert "&lt;b&gt;tidak&lt;/b&gt; tahu" in html  # as it was typed, and no more than text


def test_of_many_attempts_the_newest_are_counted_and_no_others(app):
    version_id = published_example()
    hand_in(version_id, "satu-quiz", person_id("siti"), PAPERS[:12])
    found = queries.sample(version_id, most=5)
    tries = queries.responses(version_id, most=5)["satu-truth"]
    ids = [one.id for one in rows(Attempt)]
    assert (found.attempts, len(tries), found.sum_of_ids) == (5, 5, sum(ids[-5:]))
    assert found.first_at == found.last_at == rows(Attempt)[0].submitted_at


def test_what_needs_a_look_comes_first_with_what_to_do(sqlite_app, first):
    hand_in(first, "satu-quiz", person_id("siti"), PAPERS)
    html = page_for(sqlite_app, "budi").text
    keys = re.findall(r'id="question-([a-z-]+)"', html)
    assert keys[:3] == ["satu-single", "satu-truth", "satu-several"]
    assert "Needs a look (2)" in html
    assert "Nothing stands out (5)" in html
    assert "Not asked yet (21)" in html
    flagged = shown(html, "satu-single")
    assert "Misleading option More of those who know the rest choose “new report.docx”" in flagged
    assert "Unclear People guess here" in flagged
    assert "Too easy Nearly everybody is right" in shown(html, "satu-truth")
    assert "Misleading" not in shown(html, "satu-several")


def test_with_too_few_answers_nothing_is_said_of_a_question(sqlite_app, first):
    client = reader(sqlite_app, "budi")
    assert "Nothing handed in yet" in client.get(ITEMS).text
    hand_in(first, "satu-quiz", person_id("siti"), PAPERS[:14])
    html = client.get(ITEMS).text
    assert "Too few answers (7)" in html
    assert "fewer than 30 times" in html
    assert "Misleading option" not in html
    assert "new report.docx 14 100" in shown(html, "satu-single").replace("\u00a0%", "")


def test_what_is_said_follows_at_once_when_somebody_hands_in_or_is_forgotten(sqlite_app, first):
    hand_in(first, "satu-quiz", person_id("siti"), PAPERS)
    client = reader(sqlite_app, "budi")
    client.get(ITEMS)
    hand_in(first, "satu-quiz", person_id("joko"), PAPERS[:1])
    assert "new report.docx 15" in shown(client.get(ITEMS).text, "satu-single")
    dewi = administrator()
    with saving():
        privacy.forget(person_id("siti"), dewi, clock.now())
    html = client.get(ITEMS).text
    assert "Counted is 1 attempt" in html
    assert "tidak" not in html


def test_the_page_costs_the_same_however_many_answer(sqlite_app, first):
    client = signed_in(browser(sqlite_app), "budi")
    client.get(ITEMS)
    costs = []
    for who, papers in (("siti", PAPERS[:1]), ("joko", PAPERS)):
        hand_in(first, "satu-quiz", person_id(who), papers)
        for _ in range(2):
            with counted() as sent:
                client.get(ITEMS)
            costs.append(len(sent))
    assert costs[:2] == costs[2:]
    assert costs[1] == costs[0] - 3 <= 10  # what was added up is kept


def test_a_question_leads_to_its_editor_or_to_a_new_draft(sqlite_app, first):
    hand_in(first, "satu-quiz", person_id("siti"), PAPERS)
    client = signed_in(browser(sqlite_app), "budi")
    assert "/authoring/courses/contoh/1/edit" in client.get(ITEMS).text
    draft = client.post("/authoring/courses/contoh/1/edit").location
    html = client.get(ITEMS).text
    assert "/authoring/courses/contoh/1/edit" not in html
    assert f"{draft}questions/satu-single" in html


# Who may


@pytest.mark.parametrize(
    ("who", "status"),
    [("budi", 200), ("dewi", 200), ("sari", 404), ("siti", 403), ("ratna", 403), ("joko", 403)],
)
def test_the_pages_are_for_the_authors_of_the_course(sqlite_app, first, who, status):
    second_author()
    newer(2, "keys")
    client = signed_in(browser(sqlite_app), who)
    assert client.get(ITEMS).status_code == status
    assert client.get(SINGLE).status_code == status
    answer = client.post(SINGLE, data={"newer": "2", "reason": REASON})
    assert answer.status_code == (303 if status == 200 else status)
    assert len(rows(Correction)) == (status == 200)


def test_nobody_is_sent_to_sign_in_first(sqlite_app, first):
    for address in (ITEMS, SINGLE):
        answer = browser(sqlite_app).get(address)
        assert (answer.status_code, "/login" in answer.location) == (303, True)


@pytest.mark.parametrize("address", [ITEMS.replace("/1/", "/7/"), ITEMS.replace("contoh", "lain"), SINGLE.replace("satu-single", "tiada")])  # fmt: skip
def test_what_is_not_there_is_not_found(sqlite_app, first, address):
    assert page_for(sqlite_app, "budi", address).status_code == 404


# A wrong key


def test_a_wrong_key_is_put_right_on_the_page_as_far_as_the_record(sqlite_app, first):
    code, kept = taken("siti", {"truth", "several"}), taken("joko")
    finish_lessons()
    for unit in ("dua-quiz", "post-test"):
        taken("siti", (), unit)
    newer(2, "keys")
    client = reader(sqlite_app, "budi")
    newest, way = "/authoring/courses/contoh/2/", f'href="{TRUTH}?newer=2"'
    assert way in client.get(newest).text
    html = client.get(TRUTH).text
    assert "Counts as right now False" in said(html)
    assert "Counts as right then True" in said(html)
    assert "1 result rises, and 1 of them passes." in said(html)
    assert "1 result would be lower and stays as it is" in said(html)
    assert f"{code} Quiz: Module satu 63 % 75 %, passes" in said(html).replace("\u00a0", " ")
    assert kept in html
    refused = client.post(TRUTH, data={"newer": "2", "reason": " "})
    assert (refused.status_code, rows(Correction), rows(Record)) == (422, [], [])
    done = client.post(TRUTH, data={"newer": "2", "reason": REASON}, follow_redirects=True)
    assert "1 result has risen by it, and none has fallen." in said(done.text)
    assert "Corrected on" in done.text
    assert f"By Budi Santoso, M.Hum.: {REASON}" in said(done.text)
    assert "every result that rises by it has risen" in done.text
    assert way not in client.get(newest).text
    draft = client.post("/authoring/courses/contoh/1/edit").location  # of an older version
    assert "Nothing has been changed since version 2." in client.get(f"{draft}publish").text
    assert (result(code), result(kept)) == ((75, True), (100, True))
    assert len(rows(Record)) == 1
    lines = [line for line in rows(Audit) if line.action == "quizzes:question:correct"]
    assert [(line.subject, line.detail) for line in lines] == [
        ("contoh/1/satu-truth", f"2: {REASON}")
    ]
    assert "Key corrected on" in shown(client.get(ITEMS).text, "satu-truth")


@pytest.mark.parametrize(("who", "sees_names"), [("budi", False), ("dewi", True)])
def test_whose_results_change_is_for_administrators(sqlite_app, first, who, sees_names):
    codes = [taken("siti", {"truth"}), taken("joko")]
    newer(2, "keys")
    html = page_for(sqlite_app, who, TRUTH).text
    for name, code in zip(("Siti Aminah", "Joko Prasetyo"), codes, strict=True):
        assert (name in html, code in html) == (sees_names, not sees_names)


def test_marking_that_was_interrupted_goes_on_from_the_page(sqlite_app, first):
    code = taken("siti", {"truth", "several"})
    second, budi = newer(2, "keys"), Actor(person_id("dewi"), administrator().grants)
    with saving():
        quizzes.correct(budi, first, "satu-truth", second, REASON, clock.now())
    client = reader(sqlite_app, "budi")
    html = client.get(TRUTH).text
    assert "1 result has yet to rise" in html
    client.post(TRUTH, data={"newer": "2", "reason": REASON})
    assert result(code) == (75, True)
    assert len(rows(Correction)) == len(rows(Regrade)) == 1


@pytest.mark.parametrize(
    ("key", "change", "words"),
    [
        ("satu-single", None, "First publish the right key"),
        ("satu-single", "shapes", "its options or their order differ"),
        ("satu-number", "keys", "there is nothing to correct"),
        ("satu-text", "shapes", "has no question satu-text"),
        ("satu-order", "keys", "there is nothing to correct"),
        ("satu-order", "shapes", "its options or their order differ"),
    ],
)
def test_a_key_that_cannot_be_corrected_is_said_and_nothing_happens(
    sqlite_app, first, key, change, words
):
    code = taken("siti")
    if change:
        newer(2, change)
    address = f"{ITEMS}/{key}/correct"
    client = reader(sqlite_app, "budi")
    html = client.get(address).text
    assert words in html
    assert 'name="reason"' not in html
    for number in ("2", "1", "x", ""):
        answer = client.post(address, data={"newer": number, "reason": REASON})
        assert answer.status_code in (404, 422)
    assert (rows(Correction), result(code)) == ([], (100, True))


@pytest.mark.parametrize(
    ("key", "now", "then"),
    [
        ("satu-order", "1. save; 2. close; 3. shut down", "1. close; 2. save; 3. shut down"),
        (
            "satu-match",
            "old hoax – check the date; odd photo – search the image",
            "old hoax – share it; odd photo – search the image",
        ),
    ],
)
def test_a_new_order_and_new_pairs_are_shown_before_and_after(sqlite_app, first, key, now, then):
    newer(2, "orders")
    client, address = reader(sqlite_app, "budi"), f"{ITEMS}/{key}/correct"
    now, then = ("".join(f"<li>{part}</li>" for part in words.split("; ")) for words in (now, then))
    html = client.get(address).text
    assert html.index(now) < html.index(then)
    assert client.post(address, data={"newer": "2", "reason": REASON}).status_code == 303
    html = client.get(address).text
    assert then in html
    assert now not in html


def test_an_older_key_never_takes_the_place_of_a_newer_one(sqlite_app, first):
    newer(2, "keys")
    newer(3, "truth as before")
    client = reader(sqlite_app, "budi")
    text = f"{ITEMS}/satu-text/correct"
    for number, status in (("3", 303), ("2", 409)):
        answer = client.post(text, data={"newer": number, "reason": REASON})
        assert answer.status_code == status
    assert "corrected from a newer version already" in answer.text
    assert len(rows(Correction)) == 1
