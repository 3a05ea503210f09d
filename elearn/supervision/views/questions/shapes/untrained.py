"""Which libraries have nobody with a record in force."""

from typing import Any

from sqlalchemy import Row

from elearn.accounts.formats.workbook_write import Kind, Value
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import ngettext, number
from elearn.supervision.queries import questions
from elearn.supervision.views.questions.shapes.shape import TO_PLACE, Reading, Shape, asks_all


def _values(row: Row[Any], _reading: Reading) -> tuple[Value, ...]:
    return (row.name, row.above, row.people, row.left_name, row.left_on)


def _summary(total: Row[Any]) -> str:
    libraries = ngettext(
        "%(count)s library", "%(count)s libraries", total.rows, count=number(total.rows)
    )
    if not total.left:
        return libraries
    left = ngettext(
        "%(count)s of them had a trained person who has left",
        "%(count)s of them had a trained person who has left",
        total.left,
        count=number(total.left),
    )
    return _("%(libraries)s; %(left)s", libraries=libraries, left=left)


UNTRAINED = Shape(
    title=_l("Which libraries have no trained person?"),
    asks=_l("Libraries where nobody who belongs today has a valid completion record."),
    filters=("course", "part"),
    columns=(
        ("library", _l("Library"), Kind.TEXT),
        ("above", _l("Part of"), Kind.TEXT),
        ("people", _l("People today"), Kind.WHOLE),
        ("left_name", _l("Trained person who left"), Kind.TEXT),
        ("left_on", _l("Left on"), Kind.DATE),
    ),
    put=asks_all(questions.untrained),
    values=_values,
    summary=_summary,
    empty=_l("Every library here has somebody with a valid record."),
    note=_l("Without a chosen course, a valid record of any course counts."),
    blanks={"left_name": _l("never had one")},
    leads=TO_PLACE,
)
