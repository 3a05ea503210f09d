"""The directory of people, and one person with all that an administrator keeps of her."""

from datetime import datetime
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.accounts import queries as accounts
from elearn.accounts.models import Person
from elearn.accounts.queries import directory
from elearn.accounts.rules import last_day
from elearn.accounts.service import credentials
from elearn.accounts.service.merging import can_be_undone
from elearn.admin.forms.people import ROLES, STATES
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import home_step, people_steps
from elearn.core import clock
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.looks import note_look
from elearn.web.messages import sentence
from elearn.web.paging import page_asked
from elearn.web.searching import words_asked

_LOOK = "admin:person:look"  # subject: the person's code


@bp.get("/admin/people/")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def people() -> ResponseReturnValue:
    words, at = words_asked(), words_asked("at")
    node = accounts.node_by_code(at) if at else None
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    page = directory.find_people(words, node, today, page_asked())
    kept: dict[str, Any] = {"words": words or None, "at": node.code if node else None}
    unknown = sentence("node-unknown", {"node": at}) if at and node is None else ""
    return render_template(
        "admin/people.html",
        steps=[home_step()],
        page=page,
        words=words,
        node=node,
        unknown=unknown,
        states=STATES,
        previous=url_for(".people", page=page.number - 1, **kept) if page.number > 1 else None,
        next=url_for(".people", page=page.number + 1, **kept) if page.number < page.last else None,
    )


@bp.get("/admin/people/<code>/")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def person(code: str) -> ResponseReturnValue:
    found, now = directory.person_by_code(code), clock.now()
    note_look_at(found, now)
    merge = accounts.merge_of(found.id)
    return render_template(
        "admin/person.html",
        steps=people_steps(),
        person=found,
        today=clock.day_in(now, found.time_zone),
        logins=accounts.logins_of(found.id),
        memberships=directory.memberships_of(found.id),
        roles=directory.roles_of(found.id),
        role_words=ROLES,
        state=directory.state_of(found),
        credential=directory.credential_of(found.id),
        is_locked=credentials.is_locked(accounts.logins_of(found.id).values(), now),
        merge=merge,
        merged_into=_other(merge.person_id) if merge else None,
        merged_from=[
            (each, _other(each.former_id), can_be_undone(each, now))
            for each in accounts.merges_into(found.id)
        ],
        last_day=last_day,
    )


def note_look_at(found: Person, now: datetime) -> None:
    """That the administrator saw what is known of somebody else, who can read that she did."""
    if found.id != current_user.person_id:
        note_look(_LOOK, found.code, now)


def _other(person_id: int) -> Person:
    return accounts.person(person_id)
