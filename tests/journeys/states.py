"""Every page in every state that people see. A new page is one line in PAGES.

name, path, who is signed in, what is done there before it is looked at, and the status. `{...}` in a path are the
names of `lives.Places`.
"""

from playwright.sync_api import Page, expect
from sqlalchemy import delete

from elearn.accounts.models import GrantRow
from elearn.core.db import db, saving
from tests.journeys.lives import FIRST_QUIZ, LAST_QUIZ, POST_TEST, PRE_TEST
from tests.journeys.site import Site
from tests.journeys.state import State, nothing_typed
from tests.journeys.states_office import OFFICE
from tests.journeys.walking import sign_in

COURSE = "/courses/basic-ict"
QUIZ = "/quizzes/basic-ict"


def registration_open(site: Site) -> None:
    site.run("policy", "set", "registration", "open", "--as", "dewi")


def nobody_administers(site: Site) -> None:
    with site.app.app_context(), saving():
        db.session.execute(delete(GrantRow).where(GrantRow.role == "administrator"))


def wrong_code(page: Page) -> None:
    for name in ("full_name", "username"):
        page.locator(f"input[name={name}]").fill("rukmini")
    page.locator("input[name=new_password]").fill("sungai mengalir ke laut")
    page.locator("input[name=code]").fill("AAAAA-AAAAA")
    page.locator("main form button").press("Enter")
    page.wait_for_selector(".field__error, .error-summary")


# As a page without its script: nothing is asked or saved before. (A button is named "submit".)
SEND = "form => HTMLFormElement.prototype.submit.call(form)"


def link_asked_for(page: Page) -> None:
    page.locator("main form:has([name=days]) button").press("Enter")
    page.wait_for_selector(".new-link")


def wrong_password(page: Page) -> None:
    sign_in(page, "siti", "bukan kata sandinya")
    page.wait_for_selector(".error-summary, [role=alert]")


def too_many_passwords(page: Page) -> None:
    for _ in range(30):
        with page.expect_navigation() as answer:
            sign_in(page, "terlalu.sering", "bukan kata sandinya")
        if answer.value.status == 429:
            return
    raise AssertionError("passwords can be guessed without end")


def session_ended(page: Page) -> None:
    """Save when the session has ended and no script is there to notice it before."""
    page.context.clear_cookies(name="elearn")
    page.locator("#quiz").evaluate(SEND)
    page.wait_for_selector("input[name=carried][value]", state="attached")


def told_by_the_script(page: Page) -> None:
    page.context.clear_cookies(name="elearn")
    page.locator("#quiz label.choice").first.click()
    page.locator("#quiz label.choice").nth(1).click()
    page.locator("#quiz-told").wait_for()


def offline(page: Page) -> None:
    page.context.set_offline(True)
    page.locator("#quiz label.choice").first.click()
    page.locator("#quiz label.choice").nth(1).click()
    page.locator("#quiz-offline").wait_for()


def older_page(page: Page) -> None:
    """Save a page that another one has overtaken: it knows of no answer, and brings another."""
    page.locator("#quiz").evaluate(
        """form => {
          const other = form.querySelector("input[type=radio]:not(:checked)");
          other.checked = true;
          form.elements["seen-" + other.name.slice(1)].value = "";
        }"""
    )
    page.locator("#quiz").evaluate(SEND)
    page.wait_for_selector("[role=alert]:not([hidden])")


def unreadable_form(page: Page) -> None:
    page.locator("[name=writer]").evaluate("e => { e.value = '' }")
    page.locator("#quiz").evaluate(SEND)
    expect(page.locator("#quiz")).to_have_count(0)


def token_of_another_session(page: Page) -> None:
    page.locator("main [name=csrf_token]").first.evaluate("e => { e.value = 'x' }")
    with page.expect_navigation():
        page.locator("main form").first.evaluate(SEND)


def nip_compared(page: Page) -> None:
    page.locator("input[name=nip]").fill("198001012005012001")
    page.locator("#nip-check button").press("Enter")
    page.locator("#nip-check [role=status]").wait_for()


# After these the browser knows of answers that were not sent, or of no session any more.
LEFT_IN_THE_BROWSER = (
    session_ended, told_by_the_script, offline, older_page, unreadable_form,
    token_of_another_session,
)  # fmt: skip

PAGES = (
    State("welcome", "/"),
    State("home of a newcomer", "/", "dewi"),
    State("home in the middle", "/", "siti"),
    State("home after completion", "/", "ratna"),
    State("home with a newer version", "/", "joko"),
    State("catalogue", "/courses/"),
    State("catalogue, signed in", "/courses/", "joko"),
    State("catalogue with something found", "/courses/?q=folder", "siti"),
    State("catalogue with nothing found", "/courses/?q=zzzz", "siti"),
    State("course for a stranger", f"{COURSE}/"),
    State("course not joined", f"{COURSE}/", "dewi"),
    State("course in the middle", f"{COURSE}/", "siti"),
    State("course completed", f"{COURSE}/", "ratna"),
    State("course with a newer version", "/courses/contoh/", "joko"),
    State("lesson", f"{COURSE}/parts-and-power", "siti"),
    State("lesson not read yet", f"{COURSE}/fact-check-sites", "budi"),
    State("lesson of a course not joined", f"{COURSE}/parts-and-power", "dewi", status=403),
    State("activity", f"{COURSE}/devices-and-files-activity", "budi"),
    State("task", f"{COURSE}/task", "siti"),
    State("locked lesson", "/courses/contoh/lanjut", "joko", status=409),
    State("locked quiz", "/quizzes/contoh/satu-quiz", "joko"),
    State("quiz before the first attempt", f"{QUIZ}/{LAST_QUIZ}", "budi"),
    State("quiz with an attempt open", f"{QUIZ}/{LAST_QUIZ}", "siti"),
    State("quiz passed", f"{QUIZ}/{FIRST_QUIZ}", "ratna"),
    State("quiz too early again", f"{QUIZ}/{FIRST_QUIZ}", "budi"),
    State("pre-test taken", f"{QUIZ}/{PRE_TEST}", "siti"),
    State("post-test before the start", f"{QUIZ}/{POST_TEST}", "siti"),
    State("attempt", "/attempts/{attempt}", "siti"),
    State("attempt, interrupted: sign in again", "/attempts/{attempt}", "siti", session_ended),
    State(
        "attempt, interrupted: said by the script",
        "/attempts/{attempt}",
        "siti",
        told_by_the_script,
    ),
    State("attempt, offline", "/attempts/{attempt}", "siti", offline),
    State("attempt, overtaken by another page", "/attempts/{attempt}", "siti", older_page),
    State("attempt, a form that cannot be read", "/attempts/{attempt}", "siti", unreadable_form),
    State(
        "attempt, token of another session", "/attempts/{attempt}", "siti", token_of_another_session
    ),
    State("attempt, before handing in", "/attempts/{attempt}/confirm", "siti"),
    State("result, passed", "/attempts/{passed}/review", "ratna"),
    State("result, not passed", "/attempts/{failed}/review", "siti"),
    State("result, not passed and too early", "/attempts/{too-early}/review", "budi"),
    State("result of the pre-test", "/attempts/{pre}/review", "siti"),
    State("result of the post-test", "/attempts/{post}/review", "ratna"),
    State("result of the post-test, not passed", "/attempts/{post-failed}/review", "budi"),
    State("records, none", "/records/", "dewi"),
    State("records", "/records/", "ratna"),
    State("records, one revoked", "/records/", "joko"),
    State("record", "/records/{record}/", "ratna"),
    State("record, revoked", "/records/{revoked-record}/", "joko"),
    State("activity that was corrected", "/records/activities/{corrected}/", "siti"),
    State("activity to decide about", "/supervision/decisions/{waiting}/", "ratna"),
    State("check of a record", "/verify/"),
    State("check, nothing typed", "/verify/?code=", status=422),
    State("check, valid", "/verify/{code}"),
    State("check, NIP compared", "/verify/{code}", None, nip_compared),
    State("check, revoked", "/verify/{revoked-code}"),
    State("check, wrong code", "/verify/7kq4m2xdr7kq4m2xdr7kq4m2xd", status=404),
    State("contents of a draft", "/authoring/{draft}/", "budi"),
    State("module of a draft", "/authoring/{draft}/modules/reading-room", "budi"),
    State("lesson that others link to", "/authoring/{draft}/lessons/weekly-plan/delete", "budi"),
    State("editor of a lesson", "/authoring/{draft}/lessons/dust-and-light/id", "budi"),
    State("editor of a translation", "/authoring/{draft}/lessons/dust-and-light/en", "budi"),
    State("pictures of a draft", "/authoring/{draft}/media", "budi"),
    State("history of a draft", "/authoring/{draft}/history", "budi"),
    State("preview of a draft", "/authoring/{draft}/preview", "budi"),
    State("preview of a quiz", "/authoring/{draft}/preview/reading-room-quiz", "budi"),
    State("links to a draft", "/authoring/{draft}/review", "budi", link_asked_for),
    State("publishing a draft", "/authoring/{draft}/publish", "budi"),
    State("quiz that is reviewed", "/authoring/review/{review}/reading-room-quiz", "siti"),
    State("earlier state of a draft", "/authoring/{draft}/history/1", "budi"),
    State("my courses", "/authoring/", "dewi"),
    State("new course, nothing typed", "/authoring/new", "budi", nothing_typed),
    State("upload of a course", "/authoring/upload", "budi"),
    State("who writes at a draft", "/authoring/{draft}/people", "budi"),
    State("facts of a draft", "/authoring/{draft}/facts", "budi"),
    State("task of a draft", "/authoring/{draft}/task", "budi"),
    State("check of a draft", "/authoring/{draft}/check", "budi"),
    State("file of a draft", "/authoring/{draft}/source?path=course.yml", "budi"),
    State("question bank", "/authoring/{draft}/modules/reading-room/questions", "budi"),
    State("editor of a question", "/authoring/{draft}/questions/lift-dust", "budi"),
    State("kind of a question", "/authoring/{draft}/questions/lift-dust/kind", "budi"),
    State("editor of pairs", "/authoring/{draft}/questions/cause-and-sign", "budi"),
    State("question that is tried", "/authoring/{draft}/questions/causes/try", "budi"),
    State(
        "import of questions", "/authoring/{draft}/modules/reading-room/questions/import", "budi"
    ),
    State(
        "export of questions", "/authoring/{draft}/modules/reading-room/questions/export", "budi"
    ),
    State("discarding a draft", "/authoring/{draft}/discard", "budi"),
    State("version of a course", "/authoring/courses/basic-ict/2/", "dewi"),
    State("how the questions did", "/authoring/courses/basic-ict/2/items", "dewi"),
    State("sign-in", "/login"),
    State("sign-in, nothing typed", "/login", None, nothing_typed),
    State("sign-in, wrong password", "/login", None, wrong_password),
    State("profile", "/profile", "siti"),
    State("password", "/profile/password", "siti"),
    State("password, nothing typed", "/profile/password", "siti", nothing_typed),
    State("registration that is not open", "/register"),
    State("invitation, code asked", "/invitation"),
    State("invitation, wrong code", "/invitation/AAAAA-AAAAA", status=404),
    State("invitation", "/invitation/{invitation}"),
    State("invitation, nothing typed", "/invitation/{invitation}", None, nothing_typed),
    State("invitation, signed in", "/invitation/{invitation}", "dewi"),
    State("reset", "/reset"),
    State("reset, nothing typed", "/reset", None, nothing_typed),
    State("help", "/help"),
    State("help, signed in", "/help", "siti"),
    State("privacy", "/privacy"),
    State("error 400", "/login", None, token_of_another_session),
    State("error 403", "/error/403", "siti", status=403),
    State("error 404", "/courses/nothing-here/", status=404),
    State("error 404, signed in", "/attempts/nothing", "siti", status=404),
    State("error 409", "/error/409", "siti", status=409),
    State("error 413", "/error/413", "siti", status=413),
    State("error 422", "/error/422", "siti", status=422),
    State("error 429", "/error/429", status=429),
    State("error 500", "/error/500", status=500),
    State("error 503", "/error/503", status=503),
    *OFFICE,
)

# On a site of their own: what is done there would be in the way of the others.
ALONE = (
    State("sign-in, too often", "/login", None, too_many_passwords),
    State("registration: which library", "/register", before=registration_open),
    State("registration: no such library", "/register?words=zzzz", before=registration_open),
    State("registration", "/register?at=perpustakaan-wonosari", before=registration_open),
    State("setup", "/setup", before=nobody_administers),
    State("setup, wrong code", "/setup", None, wrong_code, nobody_administers),
)
