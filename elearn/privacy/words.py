"""Acts in the log, as a person reads them: her own, and those of others that concern her."""

from flask_babel import LazyString

from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l

# Whoever does it to whomever.
ACTS: dict[str, LazyString] = {
    "accounts:employment:change": _l("Employment status changed"),
    "accounts:grant:add": _l("Role given"),
    "accounts:grant:end": _l("Role ended"),
    "accounts:invitation:end": _l("Invitation ended"),
    "accounts:invitation:make": _l("Invitation made"),
    "accounts:invitation:use": _l("Invitation used"),
    "accounts:libraries:export": _l("List of libraries downloaded"),
    "accounts:login:change": _l("What one signs in with changed"),
    "accounts:membership:add": _l("Membership of a library or office begun"),
    "accounts:membership:end": _l("Membership of a library or office ended"),
    "accounts:node:add": _l("Place added to the library tree"),
    "accounts:node:change": _l("Place changed"),
    "accounts:node:close": _l("Place closed"),
    "accounts:node:code": _l("Code of a place entered"),
    "accounts:node:place": _l("Place put into the library tree"),
    "accounts:node:plan-cancel": _l("Plan for a place taken back"),
    "accounts:organiser:add": _l("Organiser entered"),
    "accounts:organiser:end": _l("Organiser ended"),
    "accounts:password:change": _l("Password changed"),
    "accounts:password:reset": _l("New password set with a code or link"),
    "accounts:password:reset-code": _l("Code for a new password made"),
    "accounts:password:reset-mail": _l("Link for a new password asked for"),
    "accounts:people:export": _l("List of people downloaded"),
    "accounts:person:add": _l("Account made"),
    "accounts:person:change": _l("Details of a person changed"),
    "accounts:person:leave": _l("Account closed"),
    "accounts:person:merge": _l("Two entries merged into one"),
    "accounts:person:return": _l("Account opened again"),
    "accounts:person:unlock": _l("Sign-in allowed again at once"),
    "accounts:person:unmerge": _l("Merged entries parted again"),
    "accounts:setup:use": _l("First administrator of the site entered"),
    "admin:person:look": _l("Page about a person opened"),
    "authoring:comment:add": _l("Comment written"),
    "authoring:comment:reopen": _l("Comment opened again"),
    "authoring:comment:settle": _l("Comment settled"),
    "authoring:course:share": _l("Fellow author added to a course"),
    "authoring:course:unshare": _l("Fellow author taken from a course"),
    "authoring:draft:begin": _l("Draft begun"),
    "authoring:draft:discard": _l("Draft discarded"),
    "authoring:draft:publish": _l("Draft published"),
    "authoring:review:ask": _l("Review asked for"),
    "authoring:review:end": _l("Review ended"),
    "core:policy:cancel": _l("Planned rule of the office taken back"),
    "core:policy:set": _l("Rule of the office set"),
    "courses:version:publish": _l("Version of a course published"),
    "courses:version:withdraw": _l("Version of a course withdrawn"),
    "learning:progress:correct": _l("Progress of a learner corrected"),
    "learning:progress:restore": _l("Correction of progress taken back"),
    "privacy:data:look": _l("Everything that is kept of a person read"),
    "privacy:person:erase": _l("Data of a person erased"),
    "quizzes:attempt:grant": _l("One more attempt given"),
    "quizzes:question:correct": _l("Wrong key of a question put right"),
    "records:activity:amend": _l("JP of an activity changed"),
    "records:activity:approve": _l("Activity approved"),
    "records:activity:log": _l("Activity logged"),
    "records:activity:refuse": _l("Activity refused"),
    "records:activity:withdraw": _l("Activity withdrawn"),
    "records:attendance:import": _l("Attendance list imported"),
    "records:evidence:look": _l("Evidence of a person opened"),
    "records:key:rotate": _l("New signing key made"),
    "records:record:reissue": _l("Completion record issued anew"),
    "records:record:revoke": _l("Completion record revoked"),
    "records:transcript:make": _l("Transcript made"),
    "supervision:list:download": _l("List of people downloaded"),
    "supervision:person:look": _l("Page about a person opened"),
    "supervision:person:remind": _l("Contact with a person noted"),
}
# Of others, and about her.
_ABOUT_YOU = {
    "supervision:person:look": _l("Opened the page about you"),
    "admin:person:look": _l("Opened the page about you"),
    "records:evidence:look": _l("Opened a photo or PDF of your evidence"),
    "supervision:list:download": _l("Downloaded a list that you are in"),
    "accounts:people:export": _l("Downloaded a list that you are in"),
    "supervision:person:remind": _l("Noted a contact with you"),
    "learning:progress:correct": _l("Marked a step of your course as done"),
    "learning:progress:restore": _l("Took back that a step of your course is done"),
    "records:activity:approve": _l("Approved an activity"),
    "records:activity:refuse": _l("Refused an activity"),
    "records:activity:amend": _l("Changed the JP of an activity"),
    "records:record:reissue": _l("Issued a completion record anew"),
    "records:record:revoke": _l("Revoked a completion record"),
    "accounts:person:add": _l("Made your account"),
    "accounts:person:change": _l("Changed your details"),
    "accounts:person:merge": _l("Merged two entries of you into one"),
    "accounts:person:leave": _l("Closed your account"),
    "accounts:person:return": _l("Opened your account again"),
    "accounts:person:unlock": _l("Let you sign in again at once"),
    "accounts:employment:change": _l("Changed your employment status"),
    "accounts:login:change": _l("Changed what you sign in with"),
    "accounts:membership:add": _l("Entered you at a library or office"),
    "accounts:membership:end": _l("Ended that you belong to a library or office"),
    "accounts:grant:add": _l("Gave you a role"),
    "accounts:grant:end": _l("Ended a role of yours"),
    "accounts:password:reset-code": _l("Printed a code for a new password"),
    "privacy:data:look": _l("Read what is kept of you"),
}


def own_act_in_words(act: str) -> str:
    """What she did, in her language; its code where nobody has written words for it yet."""
    return str(ACTS[act]) if act in ACTS else _("Another act in the log: %(code)s", code=act)


def act_in_words(act: str) -> str:
    """What somebody else did that concerns her, in her language."""
    if act.endswith(":download"):
        act = "supervision:list:download"
    return str(_ABOUT_YOU[act]) if act in _ABOUT_YOU else own_act_in_words(act)
