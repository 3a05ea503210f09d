"""Who reaches what in the authoring room: every route, with forms that its owner would send."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.core import clock
from elearn.core.db import db, saving
from tests.conftest import browser, signed_in
from tests.rooms.authoring_bank import one_site
from tests.rooms.authoring_drafts import draft_of
from tests.rooms.authoring_editor import published
from tests.rooms.authoring_walk import example_values, forms_at, queries_of, routes_of

# Pages that are nobody's in particular: whoever writes at courses has her own.
NOBODYS = {"mine", "new", "begin", "upload", "begin_uploaded", "paste"}
REVIEWED = {"reviewed", "reviewed_unit", "reviewed_picture", "comment_on_reviewed"}
# What may still come of a draft that has ended: a published one is read and talked about.
SPOKEN = {
    "discarded": set(),
    "published": {"authoring_review", "authoring_comment", "core_audit"},
}
# One person each: whoever guesses too often is told to wait.
WHO_TRIES = {"wrong": "siti", "ended": "ratna", "expired": "joko", "of a discarded draft": "sari"}
PASSING = {"core_strike"}  # who was refused how often


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory):
    with one_site(sqlite_template, tmp_path_factory.mktemp("access")) as application:
        yield application


@pytest.fixture(scope="module")
def room(site):
    """budi's draft and version, with a comment and a link; the routes, and the forms he has."""
    return Room(site)


class Room:
    def __init__(self, site):
        self.site, self.routes = site, routes_of(site)
        published()
        draft, budi = draft_of(slug="drafted"), actor_named("budi")
        self.code = draft.code
        with saving():
            locked = queries.own_draft_to_change(budi, draft.code)
            service.comment(locked, 1, "", "Bagus.", budi, clock.now())
            self.token = service.ask_for_review(locked, 3, budi, clock.now())
        self.forms = {}
        for route in self.routes:
            if route.method == "GET":
                self.forms |= forms_at(self.as_("budi"), self.address(route))
        for fields in self.forms.values():
            for name in (name for name, value in fields.items() if not value):
                fields[name] = "1"  # as good a title as a number

    def as_(self, who):
        page = browser(self.site)
        return signed_in(page, who) if who else page

    def address(self, route, code=None, token="a" * 26):
        values = {**example_values(route.rule, code or self.code), "token": token}
        return route.filled(values) + queries_of(route)[0]

    def status(self, page, route, **places):
        fields = {} if name_of(route) in NOBODYS else self.forms.get(self.address(route), {})
        address = self.address(route, **places)
        if route.endpoint.startswith("authoring.arrange"):
            fields = {**fields, "act": "up"}  # the button
        answer = page.get(address) if route.method == "GET" else page.post(address, data=fields)
        return answer.status_code


def rows():
    """Everything in the database, but what counts refusals."""
    db.session.rollback()
    tables = (t for t in db.metadata.sorted_tables if t.name not in PASSING)
    return {t.name: sorted(map(str, db.session.execute(select(t)))) for t in tables}


def name_of(route):
    return route.endpoint.removeprefix("authoring.")


def expected(who, route):
    """What a person without a part in the draft is answered."""
    name = name_of(route)
    if who == "":
        return {303, 401}  # to the sign-in, which a form travels over; shown when it is too long
    if name in REVIEWED:
        return {404}  # with a link that nobody has made
    if who != "sari":
        return {403}
    return {200, 422} if name in NOBODYS else {404}


@pytest.mark.parametrize("who", ["", "siti", "ratna", "sari"])
def test_who_has_no_part_in_a_draft_or_version_changes_nothing_and_learns_nothing(room, who):
    page, before = room.as_(who), rows()
    answers = {(r.method, r.rule): (room.status(page, r), expected(who, r)) for r in room.routes}
    assert not {k: v for k, v in answers.items() if v[0] not in v[1]}
    assert rows() == before


@pytest.mark.parametrize("who", ["budi", "dewi"])
def test_who_has_a_part_in_them_reads_every_page(room, who):
    page = room.as_(who)
    asked = [route for route in room.routes if route.method == "GET"]
    answers = {route.rule: room.status(page, route, token=room.token) for route in asked}
    assert not {rule: status for rule, status in answers.items() if status != 200}


@pytest.mark.parametrize("state", ["discarded", "published"])
def test_a_draft_that_has_ended_is_not_written_at(room, state):
    budi, now = actor_named("budi"), clock.now()
    draft = draft_of(slug=f"draft-{state}")
    with saving():
        locked = queries.own_draft_to_change(budi, draft.code)
        token = service.ask_for_review(locked, 3, budi, now)
        if state == "discarded":
            service.discard(locked, budi, now)
        else:
            version = db.session.scalars(text("SELECT id FROM courses_version")).first()
            locked.state, locked.ended_at, locked.version_id = state, now, version
    page, before = room.as_("budi"), rows()
    places = {"code": draft.code, "token": token}
    answers = {
        (route.method, route.rule): room.status(page, route, **places)
        for route in room.routes
        if "<code>" in route.rule or "<token>" in route.rule
    }
    allowed = (404,) if state == "discarded" else range(200, 500)
    assert not {where: status for where, status in answers.items() if status not in allowed}
    after = rows()
    assert {name for name in before if before[name] != after[name]} <= SPOKEN[state]


@pytest.mark.parametrize("fault", WHO_TRIES)
def test_a_link_that_does_not_hold_opens_nothing(room, fault):
    budi, now = actor_named("budi"), clock.now()
    draft = draft_of(slug=f"link-{fault.split()[0]}")
    with saving():
        locked = queries.own_draft_to_change(budi, draft.code)
        asked_at = now - timedelta(days=4) if fault == "expired" else now
        token = service.ask_for_review(locked, 3, budi, asked_at)
        review = queries.reviews_of(locked)[0][0]
        if fault == "ended":
            service.end_review(locked, review.id, budi, now)
        elif fault == "of a discarded draft":
            service.discard(locked, budi, now)
    token = token[::-1] if fault == "wrong" else token
    page, before = room.as_(WHO_TRIES[fault]), rows()
    for route in (one for one in room.routes if "<token>" in one.rule):
        assert room.status(page, route, token=token) == 404, route.rule
    assert rows() == before
