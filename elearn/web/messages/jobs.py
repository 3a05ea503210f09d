"""Long work, lists that wait to be written, and letters that wait to be sent."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "job-missing": _l("This work does not exist, or somebody else has begun it."),
    "job-interrupted": _l(
        "The work was interrupted, as when the server starts anew. Nothing was written. "
        "Begin it once more."
    ),
    "mail-missing": _l("There is no letter %(number)s that could still be sent."),
    "upload-missing": _l("This list does not exist, or somebody else has sent it."),
    "upload-gone": _l("This list is not kept any more. Send it again."),
    "list-changed": _l(
        "Somebody has changed something meanwhile. Nothing was written. Look at the list again."
    ),
    "list-changes-many": _l(
        "A list can change %(maximum)s libraries at most; new ones are no matter. Divide it."
    ),
    "list-roles-many": _l("A list can give %(maximum)s roles at most. Divide it."),
}
