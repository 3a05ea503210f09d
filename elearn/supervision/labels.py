"""Short words for the columns of lists."""

from flask_babel import LazyString

from elearn.accounts.models import Employment
from elearn.core.i18n import lazy_gettext as _l
from elearn.records.rules import Category

EMPLOYMENTS: dict[str, str | LazyString] = {
    Employment.PNS: "PNS",
    Employment.PPPK: "PPPK",
    Employment.OTHER: _l("Other"),
}
CATEGORIES: dict[str, LazyString] = {
    Category.COURSE: _l("Courses"),
    Category.SEMINAR: _l("Seminar"),
    Category.WEBINAR: _l("Webinar"),
    Category.WORKSHOP: _l("Workshop"),
    Category.ASSOCIATION: _l("Society"),
    Category.MENTORING: _l("Mentorship"),
}
