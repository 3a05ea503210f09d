"""Acts of others that concern a person, as she is told of them."""

from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l

_ACTS = {
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


def act_in_words(act: str) -> str:
    """The act in the reader's language; its code where nobody has written words for it yet."""
    if act in _ACTS:
        return str(_ACTS[act])
    if act.endswith(":download"):
        return str(_ACTS["supervision:list:download"])
    return _("Another act in the log: %(code)s", code=act)
