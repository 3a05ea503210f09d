"""Courses and learning."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "course-missing": _l("This course does not exist, or it is not open to you."),
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
    "unit-missing": _l("This lesson is not part of the course version that you follow."),
    "unit-locked": _l("This part opens when the parts before it are done."),
    "unit-by-score": _l("This part is done when its pass mark is reached, not by a button."),
    "task-needs-marking": _l("This task is done when your facilitator has marked it."),
    "enrolment-missing": _l("You have not joined this course yet."),
    "enrolment-open": _l("You can begin again once this run of the course is complete."),
    "enrolment-complete": _l(
        "You have completed this course. Begin it again to follow a new version."
    ),
    "ruling-missing": _l("This correction does not exist, or is not in your part of the tree."),
    "ruling-unit-done": _l("This is done already. There is nothing to correct."),
    "ruling-score-needed": _l("A quiz or test needs its score, in percent."),
    "ruling-score-unasked": _l("This has no score: leave the field empty, it is done or not."),
    "ruling-later": _l("This day has not come yet."),
    "ruling-after-completion": _l("The course is completed. There is nothing left to correct."),
    "ruling-complete": _l(
        "The course is completed and its record is issued. An administrator can revoke the record."
    ),
    "ruling-ended": _l("This correction was taken back already."),
}
