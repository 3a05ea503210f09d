"""What the reader is told when a rule, a door or a service refuses: fault code -> sentence.

A sentence says what is wrong, where, and what to do. Add a line with every new code; the values
given with the fault fill the %(names)s. Instants and days come out as the reader's language
writes them.
"""

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import LazyString

from elearn.core import errors
from elearn.core.i18n import day, moment
from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    # The web itself
    "bad-request": _l("The address or the form could not be read. Nothing was changed."),
    "csrf-invalid": _l(
        "This page has been open longer than your session, so it could not be accepted. "
        "Open the page again and send it once more."
    ),
    "page-missing": _l("This page does not exist. Your progress is safe."),
    "page-forbidden": _l("Your account does not include this page. Ask your library office."),
    "method-wrong": _l("This address cannot be used in this way. Nothing was changed."),
    "request-too-large": _l(
        "What you sent is too large. Nothing was changed. Send a smaller file, or fewer at a time."
    ),
    "input-invalid": _l("Something in the form cannot be used. Correct it and send it again."),
    "too-many-requests": _l("Too many attempts in a short time. Wait a little, then try again."),
    "database-busy": _l(
        "The site is busy and could not save this. Nothing was changed. Try again in a moment."
    ),
    "fault": _l("Something went wrong on our side. Everything marked as saved is safe."),
    "tries-too-many": _l("Too many tries. Wait %(minutes)s minutes, then try again."),
    "policy-unknown": _l("There is no rule %(name)s. The rules are: %(known)s"),
    "policy-value-wrong": _l("The rule %(name)s cannot be %(value)s: %(fault)s"),
    "range-wrong": _l("The end must be after the beginning."),
    # Attempts and answers
    "attempt-missing": _l("This attempt does not exist, or it is not yours."),
    "attempt-closed": _l("This attempt was handed in on %(submitted_at)s. Its answers are final."),
    "attempt-running": _l("You have an attempt that is not handed in yet. Finish that one first."),
    "attempts-used-up": _l(
        "All attempts at this quiz have been used. Ask your supervisor to grant one more."
    ),
    "attempt-too-early": _l("You can try again from %(from_at)s."),
    "answer-stale": _l(
        "A newer answer was saved on another device. The newer one counts; "
        "yours on this page was not saved."
    ),
    "pre-test-taken": _l("You have taken the pre-test. It is taken once."),
    "pre-test-over": _l(
        "The pre-test is taken before the first quiz: later it would not show where you began."
    ),
    "answer-too-long": _l("This is too long: at most %(most)s characters. It was not saved."),
    "answer-not-saved": _l("This answer is not saved yet. Press Save."),
    "reason-missing": _l("Say why. The reason is kept, and shown where a record is revoked."),
    "answer-invalid": _l("This answer does not fit the question. Choose again."),
    "question-missing": _l("This question is not part of the attempt."),
    # Courses and learning
    "course-missing": _l("This course does not exist, or it is not open to you."),
    "course-withdrawn": _l(
        "This course is no longer offered. Records that were issued stay valid."
    ),
    "publish-forbidden": _l("%(username)s is neither an author nor an administrator."),
    "export-folder-taken": _l("%(folder)s is there and holds something. Name a new folder."),
    "version-missing": _l("The course %(slug)s has no such version."),
    "version-changed": _l(
        "Version %(number)s of %(slug)s is published and never changes. "
        "Publish the changed folder as version %(next)s."
    ),
    "version-older": _l(
        "The newest version of %(slug)s is above %(number)s. "
        "Publish the folder as version %(next)s."
    ),
    "version-newest": _l("You follow the newest version already."),
    "version-withdrawn": _l("Version %(number)s of %(slug)s has been withdrawn already."),
    # Writing courses
    "draft-missing": _l("This draft does not exist, or it is not yours to write at."),
    "draft-ended": _l(
        "This draft has been published or discarded meanwhile. What you typed was not saved; "
        "copy it, and begin a new draft of the course."
    ),
    "slug-taken": _l(
        "Another course has the name %(slug)s in its address. Choose another name; "
        "if the course is yours, open it under “My courses”."
    ),
    "author-missing": _l("Nobody with the rights of an author has this username, NIP or e-mail."),
    "author-published": _l("Who has published a version of this course stays one of its authors."),
    "author-last": _l("A course keeps at least one author."),
    "upload-empty": _l("Choose a zip file or a folder."),
    "upload-no-course": _l(
        "There is no readable course.yml at the top of what you sent, so it is not known which "
        "course it is. Nothing was changed."
    ),
    "upload-unfit": _l("This cannot be taken in. Nothing was changed. %(reason)s"),
    "edition-lower": _l(
        "The unit %(key)s has edition %(edition)s, but edition %(former)s is published. "
        "An edition never goes down."
    ),
    "organiser-unknown": _l(
        "No organiser %(organiser)s is known on this day. Add it first, or correct course.yml."
    ),
    "unit-missing": _l("This lesson is not part of the course version that you follow."),
    "unit-locked": _l("This part opens when the parts before it are done."),
    "unit-by-score": _l("This part is done when its pass mark is reached, not by a button."),
    "task-needs-marking": _l("This task is done when your facilitator has marked it."),
    "enrolment-missing": _l("You have not joined this course yet."),
    "enrolment-exists": _l("You have joined this course already."),
    "enrolment-open": _l("You can begin again once this run of the course is complete."),
    "enrolment-complete": _l(
        "You have completed this course. Begin it again to follow a new version."
    ),
    # Completion records
    "record-missing": _l("No completion record has this code. Compare it with the sheet."),
    "record-not-yours": _l("This completion record does not exist, or it is not yours."),
    "record-unprintable": _l(
        "The PDF cannot show these characters: %(characters)s. Open the record as a page instead "
        "and print it from the browser."
    ),
    "record-revoked": _l("This record was revoked on %(revoked_on)s. Reason: %(reason)s"),
    "record-not-in-force": _l("The record %(number)s has been replaced or revoked already."),
    "record-key-missing": _l(
        "The key file %(file)s for signing records is not in its folder. "
        "Nothing was issued; put the file back from the backup."
    ),
    "organiser-missing": _l(
        "Nobody is named as issuer (%(organiser)s) on that day. Add the organiser first."
    ),
    # People and signing in
    "person-missing": _l("This person does not exist, or is not in your part of the library tree."),
    "sign-in-failed": _l("The name or the password is not right."),
    "sign-in-too-often": _l(
        "Too many attempts to sign in. Wait a few minutes, or ask for a new password."
    ),
    "invitation-expired": _l("This invitation is no longer valid. Ask your library office."),
    "reset-expired": _l("This link is no longer valid. Ask for a new one."),
    "reset-wrong": _l(
        "This code is not right, or it has been used or has expired. Ask for a new one."
    ),
    "account-closed": _l("This account is closed. Open it again first."),
    "actor-not-allowed": _l("%(username)s may not do this."),
    "login-unknown": _l("Nobody signs in as %(login)s."),
    "login-taken": _l("This name is used by another account. Choose another."),
    "node-unknown": _l("No library or office has the code %(node)s."),
    "node-taken": _l("The code %(node)s belongs to another library or office."),
    "node-code-wrong": _l(
        "%(given)s cannot be a code: use small letters, digits, dots and hyphens."
    ),
    "node-code-taken": _l("%(value)s is the %(scheme)s code of another library or office."),
    "node-not-yours": _l("%(node)s is not in the part of the tree that you administer."),
    "placement-later": _l("A later move of %(node)s is planned already. Change that one first."),
    "placement-circle": _l("%(node)s cannot stand under %(parent)s, which stands under it."),
    "organiser-later": _l("A later change of %(organiser)s is entered already."),
    "registration-closed": _l(
        "New accounts are made by the library office only. Ask there for an invitation."
    ),
    "setup-done": _l("This site has an administrator already."),
    "setup-code-wrong": _l(
        "This setup code is not right, or it has been used or has expired. "
        "Run elearn people setup-code on the server for a new one."
    ),
    "grant-missing": _l("This person does not have that role."),
    "grant-needs-node": _l("A supervisor needs an office: name the part of the tree."),
    "username-wrong": _l(
        "A user name has 3 to 40 of the letters a to z, digits, dot, hyphen and underscore."
    ),
    "username-digits": _l("A user name needs a letter, so that it is not taken for a NIP."),
    "email-wrong": _l("%(given)s is not an e-mail address."),
    "nip-mangled": _l(
        "A spreadsheet has changed this NIP to %(given)s. "
        "Format the column as text and type it again."
    ),
    "nip-not-digits": _l("A NIP has digits only; what was typed is %(given)s."),
    "nip-length": _l("A NIP has 18 digits; %(count)s were typed."),
    "nip-zeros": _l(
        "%(given)s ends in zeros, as when a spreadsheet has cut a NIP. Check the last digits."
    ),
    "name-empty": _l("Write the name as it is in the diploma. One word is a name, too."),
    "name-long": _l("The name has room for %(maximum)s characters on a record."),
    "password-short": _l("The password needs at least %(minimum)s characters."),
    "password-long": _l("The password can have at most %(maximum)s characters."),
    "password-common": _l("This password is one that is guessed first. Choose another."),
    "password-own": _l("The password must not be your name or what you sign in with."),
    "password-not-present": _l("This is not your present password."),
    # Lists from a spreadsheet
    "table-not-text": _l("This is not a text file. In the spreadsheet, save as CSV UTF-8."),
    "table-empty": _l("The file has no header row."),
    "table-quotes": _l("A quotation mark is opened and not closed, or stands inside a word."),
    "table-too-long": _l("The list has more than %(maximum)s rows. Split it."),
    "column-unknown": _l("There is no column %(column)s. The columns are: %(known)s"),
    "column-twice": _l("The column %(column)s is there twice."),
    "column-missing": _l("The column %(column)s is missing."),
    "row-long": _l("The row has %(count)s cells, the header %(columns)s. Is a mark missing?"),
    "row-no-login": _l("The row needs a username, a NIP or an e-mail address."),
    "row-two-people": _l("The logins of this row belong to two different people."),
    "row-other-username": _l("This person signs in as %(username)s already."),
    "row-repeated": _l("The same is in line %(line)s already."),
    "roles-refused": _l("The list has a column for roles. If you mean it, add --with-roles."),
    "cell-long": _l("A cell has more than %(maximum)s characters."),
    "cell-empty": _l("The cell in the column %(column)s is empty."),
    "word-unknown": _l("%(given)s is not known here. Possible are: %(known)s"),
    "library-missing": _l("A new person needs the code of a library."),
    "file-exists": _l("%(path)s exists already. Name a new file."),
}

# For codes that have no sentence of their own yet: what the kind of refusal means.
GENERAL: dict[type[errors.Problem], str] = {
    errors.Missing: "page-missing",
    errors.Forbidden: "page-forbidden",
    errors.Invalid: "input-invalid",
    errors.TooMany: "too-many-requests",
    errors.Unavailable: "database-busy",
}
CHANGED = _l("This has changed since you opened the page. Open it again and look before you go on.")


def sentence(code: str, values: Mapping[str, object] | None = None) -> str:
    """The sentence of a fault code, in the reader's language; a general one for unknown codes."""
    return _filled(SENTENCES.get(code, CHANGED), values or {})


def sentence_for(problem: errors.Problem) -> str:
    """The sentence of a refusal; a code without one gets the general sentence of its class."""
    if problem.code in SENTENCES:
        return sentence(problem.code, problem.values)
    for kind, code in GENERAL.items():
        if isinstance(problem, kind):
            return sentence(code)
    return str(CHANGED)


def _filled(text: LazyString, values: Mapping[str, object]) -> str:
    return str(text) % _Shown(values)


class _Shown(dict[str, object]):
    """Values as the reader writes them; one that was not given shows as a dash, not as a fault."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__({name: _shown(value) for name, value in values.items()})

    def __missing__(self, name: str) -> str:
        return "–"


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value
