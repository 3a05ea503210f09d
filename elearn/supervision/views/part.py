"""The supervisor's page: her part of the tree, who is stuck first."""

from collections.abc import Sequence
from datetime import datetime

from babel.dates import get_month_names
from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_login import current_user

from elearn.accounts import queries as accounts
from elearn.accounts.models import Node
from elearn.core import clock, policy
from elearn.core.charts import Columns
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import number, page_language
from elearn.core.permissions import Action, parts
from elearn.courses import queries as courses
from elearn.supervision import queries
from elearn.supervision.formats import chart
from elearn.supervision.queries import Overview, Part, Reader
from elearn.supervision.rules.reminding import reminded_since
from elearn.supervision.rules.standing import Reason, State
from elearn.supervision.rules.year import Month, jp_counts
from elearn.supervision.rules.year import months as year_months
from elearn.supervision.views import shown
from elearn.supervision.views.blueprint import bp
from elearn.supervision.views.questions.shapes import LISTED, SHAPES
from elearn.web.guard import requires
from elearn.web.session import actor

FIRST = 10  # people on the page; all others are one link away
PARTS = 50  # rows of the table by library: a district has some forty
PARTS_FIRST = 10  # of them in sight: more would push all that follows off a phone

# What the children of a node are, by the node's own kind: title of their table, and its first head.
_BY_PART = {
    "national": (_l("Progress by province"), _l("Province")),
    "province": (_l("Progress by district"), _l("District or city")),
    "district": (_l("Progress by library"), _l("Library")),
}
_OTHERWISE = (_l("Progress by place"), _l("Place"))


@bp.get("/supervision/")
@requires(Action.SUPERVISION_PEOPLE_READ)
def home() -> ResponseReturnValue:
    """The page of the only node that the reader oversees; a choice where there are several."""
    nodes = accounts.own_nodes(actor(), Action.SUPERVISION_PEOPLE_READ)
    if len(nodes) == 1:
        return _draw(nodes[0], clock.now())
    return render_template("supervision/choice.html", nodes=nodes)


@bp.get("/supervision/<node>/")
@requires(Action.SUPERVISION_PEOPLE_READ)
def part(node: str) -> ResponseReturnValue:
    now = clock.now()
    return _draw(accounts.own_node(actor(), Action.SUPERVISION_PEOPLE_READ, node, now), now)


def _draw(node: Node, now: datetime) -> str:
    today = clock.day_in(now, node.time_zone)
    office = policy.on(today)
    values = queries.values(node.id, today, office, now)
    months = year_months(today.year, node.time_zone, now)
    reader_id = current_user.person_id
    reader = Reader(reader_id, reminded_since(today, office.reminder_days, node.time_zone))
    overview = queries.overview(values, months, reader, FIRST)
    cards = [
        shown.stuck_card(one, reader_id, current_user.full_name, office.reminder_days, now)
        for one in queries.stuck(overview.most_urgent, queries.limits(office), now)
    ]
    by_jp = queries.by_jp(values, today.year, office)
    first_parts, other_parts = by_need(overview.parts)
    return render_template(
        "supervision/part.html",
        node=node,
        is_top=node.id in parts(actor(), Action.SUPERVISION_PEOPLE_READ),
        now=now,
        year=today.year,
        overview=overview,
        tiles=_tiles(node, overview),
        waiting=queries.waiting_count(values, reader_id),
        cards=cards,
        others=overview.by_state[State.STUCK] - len(cards),
        reasons=_reasons(overview),
        questions=[(one, SHAPES[one]) for one in LISTED],
        titles=_BY_PART.get(node.kind, _OTHERWISE),
        parts=first_parts,
        other_parts=other_parts,
        courses=[(courses.outline(one.version_id), one.sums) for one in overview.courses],
        small_group=office.small_group,
        progress_parts=chart.progress_parts,
        months=_months(overview, months),
        jp_charts=[
            (target, chart.jp_columns(jp_counts(people, target), target), sum(people.values()))
            for target, people in sorted(by_jp.items(), key=lambda one: -(one[0] or 0))
        ],
    )


def _tiles(node: Node, overview: Overview) -> list[tuple[str, str, LazyString, str]]:
    """Stuck people stand below; who is in another state is on the list of people."""
    return [
        (
            number(overview.by_state[state]),
            shown.STATE_MARKS[state],
            shown.STATE_WORDS[state],
            url_for("supervision.people", node=node.code, state=state),
        )
        for state in State
    ]


def _reasons(overview: Overview) -> list[tuple[LazyString, int]]:
    counts = overview.by_reason
    return [(shown.REASON_WORDS[reason], counts[reason]) for reason in Reason if counts[reason]]


def by_need(parts: Sequence[Part]) -> tuple[Sequence[Part], Sequence[Part]]:
    """Those with the most people who are stuck, then others by name; of few parts all by name."""
    if len(parts) <= PARTS_FIRST:
        return parts, ()
    most_stuck = sorted(parts, key=lambda part: -part.sums.stuck)[:PARTS]
    others = {part.node_id for part in most_stuck[PARTS_FIRST:]}
    return most_stuck[:PARTS_FIRST], [part for part in parts if part.node_id in others]


def _months(overview: Overview, months: Sequence[Month]) -> Columns:
    names = get_month_names("abbreviated", locale=page_language())
    return chart.year_columns(
        [
            chart.MonthCount(
                names[month.number],
                overview.begun.get(month.number, 0),
                overview.finished.get(month.number, 0),
            )
            for month in months
        ]
    )
