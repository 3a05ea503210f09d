"""The library tree: its tops, finding a place, and one place with all that is known of it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts.queries import places
from elearn.accounts.rules import last_day
from elearn.admin.forms.tree import KINDS, SCHEMES
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import home_step, tree_steps
from elearn.core import clock
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.searching import words_asked
from elearn.web.session import actor


@bp.get("/admin/tree/")
@requires(Action.ACCOUNTS_TREE_MANAGE)
def tree() -> ResponseReturnValue:
    words = words_asked()
    return render_template(
        "admin/tree.html",
        steps=[home_step()],
        words=words,
        found=places.find_nodes(words),
        tops=accounts.own_nodes(actor(), Action.ACCOUNTS_TREE_MANAGE),
        kinds=KINDS,
    )


@bp.get("/admin/tree/<code>/")
@requires(Action.ACCOUNTS_TREE_MANAGE)
def node(code: str) -> ResponseReturnValue:
    found = places.known_node(code)
    today = clock.day_in(clock.now(), found.time_zone)
    stays = places.stays_of(found)
    return render_template(
        "admin/node.html",
        steps=tree_steps(*accounts.path(found.id, today)[:-1]),
        node=found,
        today=today,
        kinds=KINDS,
        zone=clock.zone_name(found.time_zone),
        codes=[
            (SCHEMES.get(scheme, scheme), value)
            for scheme, value in sorted(places.scheme_codes(found).items())
        ],
        children=places.children_of(found, today),
        people_count=places.count_people(found, today),
        stays=stays,
        last_day=last_day,
        plans=places.plans_in(stays, today),
        is_closed=bool(stays) and all(stay.to_on and stay.to_on <= today for stay in stays),
    )
