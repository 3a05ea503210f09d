"""What stands in the file with a person's data, as people call it: facts and codes."""

from typing import TypeAlias

from flask_babel import LazyString

from elearn.core.i18n import LANGUAGES
from elearn.core.i18n import lazy_gettext as _l
from elearn.records.labels import CATEGORIES, PARTS, VERDICTS
from elearn.supervision.labels import EMPLOYMENTS

Words: TypeAlias = str | LazyString
# For programs that check or read again; of no use to a reader, and in the file for programs.
FOR_PROGRAMS = frozenset(
    {"code", "evidence_code", "person", "sha256", "signature", "signed", "slug", "unit_key"}
)
KEYS: dict[str, Words] = {
    # accounts
    "name": _l("Name"), "post": _l("Post"), "nip": _l("NIP"), "email": _l("E-mail"),
    "phone": _l("Phone"), "employment": _l("Employment status"),
    "employment_before": _l("Employment status before"), "language": _l("Language"),
    "time_zone": _l("Time zone"), "show_nip": _l("NIP on new records"),
    "created_at": _l("Entered on"), "logins": _l("What you sign in with"),
    "username": _l("Username"), "password_changed_at": _l("Password changed on"),
    "memberships": _l("Libraries and offices"), "library": _l("Library or office"),
    "from": _l("From"), "until": _l("Until"), "roles": _l("Roles"), "role": _l("Role"),
    "place": _l("Place"), "agreed_to": _l("What you agreed to"), "text_of": _l("Text of"),
    "ways_in": _l("Codes that others made for you"), "made_at": _l("Made on"),
    "used_at": _l("Used on"), "merged_at": _l("Entries merged on"),
    "letters": _l("Letters to you"), "recipient": _l("To"), "sent_at": _l("Sent on"),
    "lists_brought": _l("Lists that you brought"), "file_name": _l("File name"),
    "written_at": _l("Written on"), "acts": _l("What you did, as the log has it"),
    "act": _l("What"), "did": _l("What"),
    "at": _l("When"), "about": _l("About"), "by": _l("By"), "kind": _l("Kind"),
    # learning and quizzes
    "enrolments": _l("Courses you joined"), "title": _l("Title"), "course": _l("Course"),
    "run": _l("Time around"), "version": _l("Version"), "enrolled_at": _l("Joined on"),
    "percent": _l("Progress in percent"), "completed_at": _l("Completed on"),
    "events": _l("What happened"), "source": _l("Done by"), "unit": _l("Part of the course"),
    "score_percent": _l("Score"), "happened_at": _l("When"),
    "corrections": _l("Corrections by a supervisor"), "done_at": _l("Done on"),
    "reason": _l("Reason"), "taken_back_at": _l("Taken back on"),
    "taken_back_because": _l("Taken back because"), "attempts": _l("Attempts at quizzes"),
    "number": _l("Number"), "started_at": _l("Begun on"), "submitted_at": _l("Handed in on"),
    "is_passed": _l("Passed"), "raised": _l("Raised by a corrected key"),
    "question": _l("Question"), "answers": _l("Answers"), "given": _l("Answer"),
    "saved_at": _l("Saved on"), "more_attempts_granted": _l("More attempts granted"),
    "granted_at": _l("Granted on"),
    # records
    "records": _l("Completion records"), "holder": _l("Issued to"),
    "institution": _l("Institution"), "nip_printed": _l("NIP printed"),
    "story": _l("What became of it"), "activities": _l("Activities elsewhere"),
    "category": _l("Kind of activity"), "organiser": _l("Organiser"),
    "first_on": _l("First day"), "last_on": _l("Last day"), "jp_claimed": _l("JP claimed"),
    "logged_at": _l("Logged on"), "decisions": _l("Decisions"), "verdict": _l("Decision"),
    "jp": _l("JP"), "media_type": _l("Kind of file"), "size": _l("Bytes"),
    "is_kept": _l("The file is kept"), "transcripts": _l("Transcripts"), "year": _l("Year"),
    "credits": _l("Ledger of JP"),
    "evidence": _l("Evidence"),
    # authoring, supervision
    "writes_at": _l("Courses that you write at"), "since": _l("Since"), "saves": _l("Saves"),
    "what": _l("What"), "reviews_asked": _l("Reviews that you asked for"),
    "expires_at": _l("Until"), "comments": _l("Your comments"), "text": _l("Text"),
    "contacts": _l("Messages and calls of a supervisor"), "channel": _l("Way"),
}  # fmt: skip
VALUES: dict[str, Words] = {
    **CATEGORIES, **PARTS, **VERDICTS, **EMPLOYMENTS, **LANGUAGES,
    "learner": _l("Learner"), "author": _l("Author"), "supervisor": _l("Supervisor"),
    "administrator": _l("Administrator"),
    "enrolled": _l("Joined"), "opened": _l("Opened"), "done": _l("Done"),
    "scored": _l("Score"), "moved": _l("Moved to a newer version"),
    "completed": _l("Completed"), "web": _l("You"), "correction": _l("A corrected key"),
    "issued": _l("Issued"), "replaced": _l("Replaced by a newer one"), "revoked": _l("Revoked"),
    "record": _l("Completion record"), "activity": _l("Activity"),
    "whatsapp": "WhatsApp", "mail": _l("E-mail"), "phone": _l("Phone"), "visit": _l("Visit"),
    "idle": _l("No act of study for long"), "failed-twice": _l("A quiz was not passed"),
    "one-step-left": _l("One step left"), "never-started": _l("Not begun"),
    "people": _l("People"), "libraries": _l("Libraries"),
    "yes": _l("yes"), "no": _l("no"),
}  # fmt: skip
# Facts whose values are codes: everything else stands as it was written.
CODED = frozenset({
    "category", "channel", "employment", "kind", "language", "nip_printed", "role", "source",
    "verdict",
})  # fmt: skip
