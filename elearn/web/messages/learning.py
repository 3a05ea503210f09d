"""Courses and learning."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
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
}
