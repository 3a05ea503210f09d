"""Categories, roles and states of activities, as people call them."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l
from elearn.records.rules import ActivityState, Category, Part, Verdict

CATEGORIES: dict[str, LazyString] = {
    Category.COURSE: _l("Courses of this site"),
    Category.SEMINAR: _l("Seminar"),
    Category.WEBINAR: _l("Webinar"),
    Category.WORKSHOP: _l("Workshop or training"),
    Category.ASSOCIATION: _l("Event of an association (FPPTI, IPI)"),
    Category.MENTORING: _l("Mentoring"),
}
PARTS: dict[str, LazyString] = {
    Part.PARTICIPANT: _l("Participant"),
    Part.SPEAKER: _l("Speaker"),
    Part.MODERATOR: _l("Moderator"),
    Part.COMMITTEE: _l("Committee member"),
    Part.MENTOR: _l("Mentor"),
    Part.MENTEE: _l("Mentee"),
}
# State -> what the component `status` shows it as, and its word.
STATES: dict[str, tuple[str, LazyString]] = {
    ActivityState.WAITING: ("current", _l("Waits for a decision")),
    ActivityState.APPROVED: ("done", _l("Approved")),
    ActivityState.REFUSED: ("bad", _l("Refused")),
    ActivityState.WITHDRAWN: ("none", _l("Withdrawn")),
}
VERDICTS: dict[str, LazyString] = {
    Verdict.APPROVED: _l("Approved"),
    Verdict.REFUSED: _l("Refused"),
    Verdict.WITHDRAWN: _l("Withdrawn"),
    Verdict.AMENDED: _l("Corrected"),
}
