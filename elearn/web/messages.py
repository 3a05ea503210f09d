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
    # Keys that were wrong
    "question-unknown": _l("Version %(number)s has no question %(key)s."),
    "correction-version": _l(
        "The right key comes from a version of the same course that is newer than %(number)s. "
        "Publish one with the corrected key first."
    ),
    "correction-shape": _l(
        "In version %(number)s the question %(key)s is another one: its kind, its edition, its "
        "options or their order differ, so that answers cannot be marked by its key. Publish a "
        "version in which only the key is changed."
    ),
    "correction-empty": _l(
        "The question %(key)s has the same key in version %(number)s: there is nothing to correct."
    ),
    "correction-older": _l(
        "The key of %(key)s was corrected from a newer version already, on %(at)s. That one counts."
    ),
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
    "page-old": _l(
        "You have signed in again since this page was opened, so nothing was saved. What you "
        "typed is still here: look at it, and press Save."
    ),
    "lesson-missing": _l("This lesson is not in the draft. Perhaps it was moved or deleted."),
    "lesson-unreadable": _l(
        "The head of the lesson's file cannot be read (line %(line)s): %(why)s"
    ),
    "draft-question-missing": _l(
        "This question is not in the draft. Perhaps somebody has deleted it."
    ),
    "picture-missing": _l("This picture is not in the draft."),
    "picture-used": _l(
        "%(picture)s was not deleted: texts show it, as listed below. Take it out there first."
    ),
    "pictures-many": _l("The pictures of a course may have %(most)s MB in all. Delete some first."),
    "pictures-at-once": _l("At most %(most)s pictures are taken at a time. Send the others again."),
    "review-missing": _l(
        "This link leads to no draft. Perhaps it has ended: ask whoever sent it for a new one."
    ),
    "comment-missing": _l("This comment is not there. Perhaps its place was deleted meanwhile."),
    "draft-missing": _l("This draft does not exist, or it is not yours to write at."),
    "draft-moved": _l(
        "Something was saved in this draft after you opened this page, perhaps your own last "
        "change. Look at what would be published now, then publish."
    ),
    "draft-faulty": _l("There are problems that keep this draft from being published."),
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
    # Pasted texts and pictures of authors
    "paste-too-large": _l(
        "This is more than 1 MB and was not pasted. Paste it in parts, without its pictures."
    ),
    "paste-pictures": _l("Pictures were left out. Upload each one and say what it shows."),
    "paste-media": _l("Video, sound and embedded pages were left out. Put a link in their place."),
    "paste-links": _l("Links within the document or to files were left out; their words are here."),
    "paste-form-fields": _l("Fields and buttons of a form were left out."),
    "paste-scripts": _l("Program code of the page (scripts) was left out."),
    "paste-styles": _l("Fonts, colours and sizes were left out: the course has its own look."),
    "paste-formulas": _l("Formulas were left out. Write them as text or as a picture."),
    "paste-comments": _l("Comments of reviewers were left out."),
    "paste-changes": _l("Text that was deleted with tracked changes was left out."),
    "paste-hidden": _l("Hidden text was left out."),
    "paste-struck": _l(
        "Text that was struck through stands here as plain text. Delete it if it is out of date."
    ),
    "paste-raised": _l("Some raised or lowered letters stand on the line now. Check them."),
    "paste-merged-cells": _l(
        "Merged cells of a table were divided, each with the same text. Check the table."
    ),
    "paste-cells": _l("Paragraphs and lists within a cell of a table became one line."),
    "paste-table-large": _l("A table was too large and became paragraphs. Divide it."),
    "paste-numbers": _l("A numbered list that did not begin at 1 begins at 1 now."),
    "picture-empty": _l("This file is empty. Choose the picture again."),
    "picture-kind": _l(
        "This file is not a picture that can be used. Use JPEG, PNG, GIF, WebP or SVG."
    ),
    "picture-heic": _l(
        "This is a HEIC photo, as iPhones take them. Save it as JPEG and upload it again: in "
        "the phone's settings choose Camera, Formats, Most Compatible, or send the photo to "
        "yourself by e-mail."
    ),
    "picture-pixels": _l(
        "This picture has %(width)s x %(height)s pixels. At most %(most_million)s million can "
        "be read; make it smaller and upload it again."
    ),
    "picture-broken": _l(
        "This picture is damaged or cut off. Save it again and upload it once more."
    ),
    "picture-bytes": _l("This drawing is larger than %(most_kib)s KB. Simplify it."),
    "picture-svg": _l(
        "This SVG drawing cannot be used because of %(found)s (line %(line)s). Save it as plain"
        " SVG, without script, style and links to the outside."
    ),
    "picture-first-frame": _l("This picture moves; only its first frame was taken."),
    # Questions from other systems, and on the way to them
    "questions-none": _l("There is no question in this file."),
    "questions-too-many": _l(
        "The file has more than %(maximum)s questions; what stands behind them was not read."
    ),
    "questions-too-long": _l("The file has more than %(maximum)s characters of text. Split it."),
    "question-text-long": _l("One of its texts has more than %(maximum)s characters."),
    "kind-not-ours": _l("Questions of the kind “%(kind)s” do not exist here."),
    "answers-none": _l("No answer brings all the points."),
    "answers-many": _l("The question has more than %(maximum)s answers."),
    "numbers-several": _l(
        "More than one number brings all the points; leave one, with a tolerance."
    ),
    "number-wrong": _l("“%(text)s” is not a number."),
    "truth-word": _l("“%(text)s” is neither true nor false."),
    "gift-braces": _l("A curly bracket is missing: answers stand between { and }."),
    "gift-two-questions": _l("Two questions follow each other; put an empty line between them."),
    "gift-pair": _l("“%(text)s” has no arrow -> between its left and its right side."),
    "xml-broken": _l("This is not a whole XML file; it breaks off in line %(line)s."),
    "xml-dtd": _l("The file defines a document type or entities of its own, which is refused."),
    "xml-large": _l(
        "The file is too large or too deeply nested for a list of questions. Split it."
    ),
    "sheet-broken": _l("This workbook cannot be opened. Save it once more as XLSX or CSV."),
    "sheet-kind": _l("This is another kind of workbook, or it has a password. Save it as XLSX."),
    "sheet-large": _l("The workbook is too large for a list of questions. Split it."),
    "cell-needed": _l("Cell %(cell)s is empty; fill it in."),
    "cell-kind": _l("Cell %(cell)s: there is no kind “%(given)s”. The kinds are: %(known)s"),
    "cell-word": _l("Cell %(cell)s: “%(given)s” is not known here. Possible are: %(known)s"),
    "cell-points": _l("Cell %(cell)s: points are a whole number from 1 to 10."),
    "cell-number": _l("Cell %(cell)s: “%(given)s” is not a number."),
    "cell-pair": _l("Cell %(cell)s: write a pair as left -> right."),
    "cell-right": _l(
        "Cell %(cell)s: name the right options by their letters (%(known)s), "
        "or repeat the words of one option."
    ),
    "cell-right-empty": _l(
        "Cell %(cell)s must be empty: in this kind of question the options say what is right."
    ),
    "cell-feedback-alone": _l("Cell %(cell)s: there is no option %(letter)s for this feedback."),
    "feedback-open": _l("It needs a feedback before the course can be published."),
    "feedback-left": _l(
        "Feedback on one answer of several was left out; this kind has one for all."
    ),
    "part-points-left": _l("Answers that bring a part of the points are not right answers here."),
    "points-our-rule": _l(
        "The points are counted by our rule: each right one counts the same, "
        "each wrong one takes as much away."
    ),
    "points-rounded": _l("%(given)s points became %(points)s: points are whole, from 1 to 10."),
    "wildcard-left": _l("The answer “%(text)s” has a placeholder * and was left out."),
    "case-ignored": _l("Capital and small letters do not matter here."),
    "categories-left": _l("Categories were left out: %(count)s."),
    "files-left": _l("Files were left out: %(names)s"),
    "hints-left": _l("Hints for further tries were left out."),
    "tags-left": _l("Tags were left out."),
    "verdict-texts-left": _l("The texts for right, partly right and wrong answers were left out."),
    "units-left": _l("Further units were left out: %(units)s"),
    "lost-languages": _l("The texts in other languages stay behind: %(languages)s"),
    "lost-edition": _l("The edition stays behind: %(value)s"),
    "lost-pool": _l("That it belongs to the pool “%(value)s” stays behind."),
    "lost-lesson": _l("The link to the lesson stays behind: %(value)s"),
    "lost-points": _l("The points stay behind: %(value)s"),
    "lost-unit": _l("The unit stays behind: %(value)s"),
    "lost-emphasis": _l("Emphasis stays behind in: %(text)s"),
    "lost-kind": _l("It stays behind: the format has no questions of the kind “%(kind)s”."),
    "lost-arrow": _l("It stays behind: “%(text)s” has an arrow ->, which the format needs itself."),
    "lost-options": _l(
        "It stays behind: it has %(count)s options, the sheet room for %(maximum)s."
    ),
    "lost-semicolon": _l("It stays behind: an accepted answer has a semicolon."),
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
