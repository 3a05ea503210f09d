"""Keeping the library tree by hand."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from elearn.accounts import rules
from elearn.accounts.forms import Obeys, email_rule
from elearn.accounts.models import NodeKind
from elearn.accounts.service.nodes import NodeWords
from elearn.admin.forms.named import FirstFields, NodeField
from elearn.admin.forms.unchanged import UnchangedForm
from elearn.core.clock import ZONES
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.day_field import DayField
from elearn.web.needed import at_most, needed

KINDS = {
    NodeKind.LIBRARY: _l("Library"),
    NodeKind.DISTRICT: _l("District or city"),
    NodeKind.PROVINCE: _l("Province"),
    NodeKind.NATIONAL: _l("National"),
}
SCHEMES = {"kemendagri": _l("Kemendagri code"), "bps": _l("BPS code"), "npp": _l("NPP")}


def node_code_rule(typed: str) -> rules.Fault | None:
    return rules.fault_in_node_code(typed.strip().casefold())


class NodeForm(FlaskForm):
    """What is known of a place."""

    name = StringField(_l("Name"), [needed(), at_most(160)])
    kind = SelectField(
        _l("Level"), choices=[SelectChoice(kind, label) for kind, label in KINDS.items()]
    )
    library_type = StringField(
        _l("Type of library"),
        [Optional(), at_most(40)],
        description=_l("For example desa, kelurahan, TBM, sekolah."),
    )
    place = StringField(_l("Village or town"), [Optional(), at_most(120)])
    time_zone = SelectField(
        _l("Time zone"), choices=[SelectChoice(zone, label) for zone, label in ZONES.items()]
    )
    contact_email = StringField(
        _l("E-mail of the office"),
        [Optional(), Obeys(email_rule)],
        description=_l("A shared mailbox. Nobody signs in with it."),
    )
    kemendagri = StringField(SCHEMES["kemendagri"], [Optional(), at_most(40)])
    bps = StringField(SCHEMES["bps"], [Optional(), at_most(40)])
    npp = StringField(
        SCHEMES["npp"],
        [Optional(), at_most(40)],
        description=_l("The library's own number (Nomor Pokok Perpustakaan)."),
    )

    def words(self) -> NodeWords:
        return NodeWords(
            name=self.name.data or "",
            kind=NodeKind(self.kind.data),
            library_type=self.library_type.data or "",
            place=self.place.data or "",
            time_zone=self.time_zone.data,
            contact_email=self.contact_email.data or "",
        )

    def codes(self) -> dict[str, str]:
        return {scheme: self[scheme].data or "" for scheme in SCHEMES}


class KnownNodeForm(UnchangedForm, NodeForm):
    """A place that is in the tree already."""


class NewNodeForm(FirstFields, NodeForm):
    code = StringField(
        _l("Code"),
        [Optional(), at_most(63), Obeys(node_code_rule)],
        description=_l(
            "In addresses and lists; for example perpustakaan-wonosari. Left empty, it is made of "
            "the name. It cannot be changed later."
        ),
    )
    on = DayField(_l("Stands there from"), [needed()])
    first = ("name", "code", "kind", "on")

    def wanted_code(self) -> str:
        """As typed, else made of the name; "" where the name gives none."""
        typed = (self.code.data or "").strip().casefold()
        return typed or rules.node_code_from(self.name.data or "")


def kind_below(kind: str) -> NodeKind:
    """What mostly stands under a place of this kind."""
    return {
        NodeKind.NATIONAL: NodeKind.PROVINCE, NodeKind.PROVINCE: NodeKind.DISTRICT,
    }.get(NodeKind(kind), NodeKind.LIBRARY)  # fmt: skip


class MoveNodeForm(FlaskForm):
    parent = NodeField(
        _l("New place above it"),
        [needed(), at_most(160)],
        description=_l("Its code, or words of its name."),
    )
    on = DayField(
        _l("From"),
        [needed()],
        description=_l(
            "Up to the day before, everything stays as it was: its old supervisor sees it, the new "
            "one does not."
        ),
    )


class CloseNodeForm(FlaskForm):
    on = DayField(_l("First day on which it is closed"), [needed()])
