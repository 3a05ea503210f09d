"""A newcomer's first course: from nothing, by typing, to a record of somebody who studied it.

And the real course taken in as a zip, looked at by every editor, and given out as the same bytes.
"""

import io
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from elearn.authoring.models import Draft
from elearn.coursepack import write
from elearn.coursepack.folder import read_course
from elearn.records.models import Record
from tests.journeys.site import BASIC_ICT, Site
from tests.journeys.walking import follow, press, walk_to_the_record

pytestmark = pytest.mark.journey

TITLE, MODULE = "Merawat Buku", "Di Ruang Baca"
LESSONS = ("Debu dan cahaya", "Rak yang kering", "Jadwal mingguan")
BODY = "## Yang perlu diketahui\n\nDebu menahan air. Air merusak kertas dan sampul buku.\n"
TRUE = "Kain lembap mengangkat debu."


@pytest.fixture
def page(visit) -> Page:
    return visit("budi")


def save(page: Page, site: Site) -> None:
    """By the button, and wait for the receipt."""
    press(page, site.say("Save"))
    expect(page.locator("#save-state")).to_have_class(re.compile("save-state--saved"))


def begin(page: Page, site: Site) -> str:
    """A course in one language with one module; the address of its contents."""
    page.goto("/authoring/")
    page.get_by_role("link", name=site.say("New course")).click()
    page.get_by_label(site.say("Title of the course")).fill(TITLE)
    press(page, site.say("Begin the course"))
    page.get_by_label(site.say("Title of the module")).fill(MODULE)
    press(page, site.say("Add the module"))
    return page.url.partition("#")[0]


def write_lesson(page: Page, site: Site, contents: str, title: str) -> None:
    page.goto(contents)
    field = page.get_by_label(site.say("Title of the lesson"))
    if not field.is_visible():  # it stands open while the module has no lesson
        page.get_by_text(site.say("Add a lesson"), exact=True).click()
    field.fill(title)
    press(page, site.say("Add the lesson"))
    follow(page, title)
    page.locator("#body").fill(f"## {title}\n\n{BODY}")
    expect(page.locator("[data-live=preview]").get_by_role("heading", name=title)).to_be_visible()
    save(page, site)


def ask(page: Page, site: Site, contents: str, kind: str, number: int) -> None:
    """One more question of this kind, with feedback, for the quiz of the module."""
    page.goto(f"{contents}modules/di-ruang-baca/questions/new?kind={kind}")
    page.locator("#text-id").fill(f"Soal {number}: apa yang dilakukan dengan debu?")
    if kind == "single":
        for row, words in enumerate(("Diangkat dengan kain lembap", "Dibiarkan")):
            page.locator(f"#options-{row}-text-id").fill(words)
            page.locator(f"#options-{row}-feedback-id").evaluate(
                "(field, words) => { field.value = words }", f"Ingat: {words}."
            )
        page.locator("[name=right]").first.check()
    else:
        page.locator("[name=answer][value=true]").check()
        page.locator("#if_true-id").fill("Betul: debu menempel pada kain.")
        page.locator("#if_false-id").fill("Kemoceng hanya memindahkannya.")
    page.locator("#lesson").select_option(label=LESSONS[0])
    save(page, site)
    expect(page.locator("#key")).to_be_visible()


def problems(page: Page, contents: str) -> list[str]:
    page.goto(f"{contents}check")
    return page.locator(".status--bad").all_inner_texts()


def test_a_newcomer_makes_a_first_course_and_somebody_completes_it(site, page, visit):
    contents = begin(page, site)
    for title in LESSONS:
        write_lesson(page, site, contents, title)
    for number, kind in enumerate(("single", "true-false", "single", "true-false", "single"), 1):
        ask(page, site, contents, kind, number)

    missing = problems(page, contents)
    while missing:  # the check leads to each thing that is still missing
        page.locator("main a[href*='#']").first.click()
        field = page.locator(page.evaluate("location.hash"))
        field.fill("Merawat buku dengan alat yang ada.")
        save(page, site)
        before, missing = missing, problems(page, contents)
        assert len(missing) < len(before)
    page.goto(f"{contents}preview")
    follow(page, LESSONS[1])
    expect(page.get_by_role("heading", name=LESSONS[1]).first).to_be_visible()

    page.goto(f"{contents}publish")
    page.locator("textarea").fill("Edisi pertama.")
    press(page, site.say("Publish version %(number)s", number=1))
    expect(page.locator("h1")).to_have_text(TITLE)

    learner = visit("siti", script=False)
    learner.goto("/courses/merawat-buku/")
    press(learner, site.say("Join this course"))
    walk_to_the_record(learner, site)
    assert site.row(select(Record.id))[0]


def test_the_real_course_goes_through_the_editors_and_comes_out_byte_for_byte(site, page):
    course, _problems = read_course(BASIC_ICT)
    page.goto("/authoring/upload")
    sent = {
        "name": "kursus.zip",
        "mimeType": "application/zip",
        "buffer": write.archive(course),
    }
    page.get_by_label(site.say("Zip file of the course")).set_input_files(sent)
    page.get_by_label(site.say("Name in the address")).fill("tik-salinan")
    press(page, site.say("Upload"))
    contents = page.url
    module = course.modules[0]
    editors = (
        "facts",
        f"modules/{module.key}",
        f"lessons/{module.lessons[0].key}/id",
        f"lessons/{module.lessons[0].key}/en",
        f"questions/{module.quiz.questions[0].key}",
        "task",
    )
    for editor in editors:
        page.goto(f"{contents}{editor}")
        save(page, site)
        expect(page.locator("main")).to_be_visible()
    saves = site.row(select(Draft.saves))[0]
    assert saves == 1  # nothing was changed by looking at it and pressing Save

    with page.expect_download() as download:
        page.goto(contents)
        page.get_by_role("link", name=site.say("Download as a zip file")).click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        found = {n.partition("/")[2]: archive.read(n) for n in archive.namelist()}
    renamed = course.files["course.yml"].replace(b"slug: basic-ict\n", b"slug: tik-salinan\n")
    assert found == {**course.files, "course.yml": renamed}
