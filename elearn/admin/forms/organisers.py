"""Who issues completion records, from a day on."""

from wtforms import StringField
from wtforms.validators import Optional

from elearn.accounts.forms import Obeys
from elearn.accounts.service import OrganiserWords
from elearn.admin.forms.named import NodeField
from elearn.admin.forms.tree import node_code_rule
from elearn.admin.forms.unchanged import UnchangedForm
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.day_field import DayField
from elearn.web.needed import at_most, needed


class OrganiserForm(UnchangedForm):
    code = StringField(
        _l("Code"),
        [needed(), at_most(63), Obeys(node_code_rule)],
        description=_l("Courses name it. The same code with a later day is a change."),
    )
    name = StringField(_l("Name on the record"), [needed(), at_most(160)])
    place = StringField(_l("Place of issue"), [needed(), at_most(120)])
    signatory = StringField(_l("Signed by, full name with titles"), [needed(), at_most(120)])
    signatory_post = StringField(_l("Post of who signs"), [needed(), at_most(160)])
    node = NodeField(
        _l("Its place in the tree"),
        [Optional(), at_most(160)],
        description=_l("Its code, or words of its name."),
    )
    on = DayField(_l("From"), [needed()])

    def words(self) -> OrganiserWords:
        return OrganiserWords(
            self.name.data or "",
            self.place.data or "",
            self.signatory.data or "",
            self.signatory_post.data or "",
        )
