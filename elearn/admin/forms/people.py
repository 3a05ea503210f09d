"""Keeping people by hand: who they are, where they belong, what they may do."""

from dataclasses import replace
from datetime import date, timedelta

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from elearn.accounts.forms import Obeys, ProfileForm, username_rule
from elearn.accounts.queries.directory import State
from elearn.accounts.service import Details
from elearn.admin.forms.named import FirstFields, NodeField, PersonField
from elearn.admin.forms.unchanged import UnchangedForm
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.permissions import Role
from elearn.web.day_field import DayField
from elearn.web.needed import at_most, needed

ROLES = {
    Role.LEARNER: _l("Learner"),
    Role.AUTHOR: _l("Author of courses"),
    Role.SUPERVISOR: _l("Supervisor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
STATES = {
    State.OPEN: _l("can sign in"),
    State.EXPECTED: _l("has no password yet"),
    State.CLOSED: _l("closed"),
    State.MERGED: _l("merged into another person"),
    State.ERASED: _l("erased"),
}


class PersonForm(ProfileForm):
    """What is known of somebody else: the same as in her own profile, and the username."""

    username = StringField(_l("Username"), [needed(), Obeys(username_rule)])
    password = None


class KnownPersonForm(FirstFields, UnchangedForm, PersonForm):
    """A person who is here already: a new employment status holds from a day on."""

    first = ("full_name", "username", "post", "employment", "employment_from")
    employment_from = DayField(
        _l("Employment status since"),
        [Optional()],
        description=_l(
            "Only where it changed. Left empty, a change holds from today. A year that is over "
            "keeps the target of the status on its last day."
        ),
    )

    def details(self) -> Details:
        return replace(super().details(), employment_from=self.employment_from.data)


class NewPersonForm(FirstFields, PersonForm):
    """Somebody who is not here yet; her time zone is that of her library."""

    time_zone = None
    first = ("full_name", "username", "library")
    library = NodeField(
        _l("Library or office"),
        [needed(), at_most(160)],
        description=_l("Its code, or words of its name."),
    )


class MemberForm(FlaskForm):
    library = NodeField(
        _l("Library or office"),
        [needed(), at_most(160)],
        description=_l("Its code, or words of its name."),
    )
    on = DayField(_l("First day there"), [needed()])


class LastDayForm(FlaskForm):
    """The end of something, as people say it: its last day."""

    last_on = DayField(_l("Last day"), [needed()])

    def until(self) -> date:
        """The first day after."""
        return _after(self.last_on.data)


class RoleForm(FlaskForm):
    role = SelectField(
        _l("Role"), choices=[SelectChoice(role, label) for role, label in ROLES.items()]
    )
    node = NodeField(
        _l("Part of the tree"),
        [Optional(), at_most(160)],
        description=_l(
            "Its code, or words of its name. Needed for a supervisor, who sees what stands under "
            "it. Left empty, the role is for the whole site."
        ),
    )
    on = DayField(_l("First day"), [needed()])
    last_on = DayField(_l("Last day"), [Optional()])
    acting_for = PersonField(
        _l("Acting head (Plt. or Plh.) for"),
        [Optional(), at_most(254)],
        description=_l(
            "Username, NIP or e-mail of the person whose office is held. An acting head needs a "
            "last day."
        ),
    )

    def until(self) -> date | None:
        """The first day without the role; None where it has no end."""
        return _after(self.last_on.data) if self.last_on.data else None


def _after(day: date) -> date:
    return day + timedelta(days=1)
