"""Ways in on paper: a one-time code for a person, an invitation into a library; who may make them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from elearn.accounts import queries, service
from elearn.accounts.models import Invitation, Person, Reset
from elearn.accounts.service import ways_in
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Missing
from elearn.core.permissions import Actor, Grant, Role
from tests.conftest import browser, person_id, signed_in
from tests.factories import published_example
from tests.people import SINCE

NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
CODE = re.compile(r'slip__code">([0-9A-Z-]+)<')
LIBRARY, ELSEWHERE = "perpustakaan-wonosari", "perpustakaan-karanganyar"


def way_in(username):
    code = queries.person(person_id(username)).code
    db.session.rollback()
    return f"/supervision/people/{code}/way-in"


def codes_of(username):
    return db.session.scalars(select(Reset).where(Reset.person_id == person_id(username))).all()


def test_a_printed_code_lets_its_person_in_once_and_stands_on_the_answer_alone(sqlite_app):
    page = signed_in(browser(sqlite_app), "ratna")
    answer = page.post(way_in("siti"), data={"days": "3"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    code = CODE.search(answer.text).group(1)
    assert "127.0.0.1:8000/reset" in answer.text
    assert code not in page.get(way_in("siti")).text
    fresh = {
        "login": "siti",
        "code": code.lower().replace("-", " "),
        "new_password": "x" * 3 + "yz buku baru",
    }
    assert browser(sqlite_app).post("/reset", data=fresh).status_code == 303
    assert browser(sqlite_app).post("/reset", data=fresh).status_code == 422
    noted = db.session.execute(
        select(Audit.actor_id, Audit.subject).where(Audit.action == "accounts:password:reset-code")
    ).one()
    assert tuple(noted) == (person_id("ratna"), queries.person(person_id("siti")).code)
    mine = {"login": "siti", "password": fresh["new_password"]}
    for _ in range(2):  # whoever came in by the code is not the only one to read this
        siti = browser(sqlite_app)
        siti.set_cookie("elearn_language", "en")
        siti.post("/login", data=mine)
        for told in (siti.get("/").text, siti.get("/my-data/").text):
            assert "was made for you by Dra. Ratna Dewanti" in told
            assert "It was used on" in told
    assert "Codes that others made" not in page.get("/my-data/").text


def test_a_new_code_ends_the_one_before_and_each_ends_by_itself(app):
    ratna = Actor(person_id("ratna"), frozenset({Grant(Role.ADMINISTRATOR)}))
    with saving():
        siti = queries.person(person_id("siti"))
        first = ways_in.make_code_for(ratna, siti, NOW + timedelta(days=3), NOW)
        second = ways_in.make_code_for(ratna, siti, NOW + timedelta(days=3), NOW)
    assert len(codes_of("siti")) == 1
    for code, moment in ((first, NOW), (second, NOW + timedelta(days=3))):
        with pytest.raises(Exception, match="reset-wrong"), saving():
            service.use_reset("siti", code, "hash", moment)
    with saving():
        assert service.use_reset("siti", second, "hash", NOW)[0] == person_id("siti")


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("ratna", "siti", 201),  # a learner of her district
        ("ratna", "budi", 409),  # who writes courses: with the code she could be him
        ("ratna", "dewi", 409),  # who administers the site
        ("ratna", "ratna", 409),  # herself
        ("ratna", "joko", 404),  # of another district: not there at all
        ("joko", "siti", 404),
        ("siti", "siti", 403),
        ("budi", "siti", 403),
        ("dewi", "budi", 201),
        ("dewi", "joko", 201),
        ("dewi", "dewi", 409),
    ],
)  # fmt: skip
def test_who_may_make_a_way_in_for_whom(sqlite_app, who, whom, status):
    page, address = signed_in(browser(sqlite_app), who), way_in(whom)
    answer = page.post(address, data={"days": "7"})
    assert answer.status_code == status
    assert len(codes_of(whom)) == (1 if status == 201 else 0)
    assert (CODE.search(answer.text) is not None) == (status == 201)


def test_a_role_that_is_planned_counts_and_one_that_is_over_does_not(sqlite_app):
    ratna = Actor(person_id("ratna"), frozenset({Grant(Role.SUPERVISOR, 3)}))
    siti = queries.person(person_id("siti"))
    admin = Actor(None, frozenset({Grant(Role.ADMINISTRATOR)}))
    with saving():
        service.grant(admin, siti, Role.AUTHOR, None, SINCE, NOW, until=SINCE + timedelta(days=9))
        assert ways_in.make_code_for(ratna, siti, NOW + timedelta(days=1), NOW)
        service.grant(admin, siti, Role.AUTHOR, None, NOW.date() + timedelta(days=30), NOW)
        with pytest.raises(Conflict, match="person-has-office"):
            ways_in.make_code_for(ratna, siti, NOW + timedelta(days=1), NOW)


@pytest.mark.parametrize(("maker", "works"), [("ratna", False), ("dewi", True)])
def test_a_supervisors_code_does_not_lead_into_an_office_that_is_given_meanwhile(app, maker, works):
    role = Grant(Role.SUPERVISOR, 3) if maker == "ratna" else Grant(Role.ADMINISTRATOR)
    actor, siti = Actor(person_id(maker), frozenset({role})), queries.person(person_id("siti"))
    admin = Actor(None, frozenset({Grant(Role.ADMINISTRATOR)}))
    with saving():
        code = ways_in.make_code_for(actor, siti, NOW + timedelta(days=9), NOW)
        service.grant(admin, siti, Role.AUTHOR, None, NOW.date() + timedelta(days=1), NOW)
    with saving():
        if works:
            assert service.use_reset("siti", code, "hash", NOW)
        else:
            with pytest.raises(Missing, match="reset-wrong"):
                service.use_reset("siti", code, "hash", NOW)


def test_an_invitation_is_printed_used_and_ended(sqlite_app):
    published_example()  # it may lead into a course
    page = signed_in(browser(sqlite_app), "ratna")
    address = f"/supervision/{LIBRARY}/invitations"
    answer = page.post(address, data={"uses": "2", "days": "5", "course": ""})
    assert answer.status_code == 201
    code = CODE.search(answer.text).group(1)
    assert "<svg" in answer.text
    assert browser(sqlite_app).get(f"/invitation/{code}").status_code == 200
    number = db.session.scalars(select(Invitation.id)).one()
    db.session.rollback()
    assert page.post(f"{address}/{number}/end").status_code == 303
    assert browser(sqlite_app).get(f"/invitation/{code}").status_code == 404
    assert f"/{number}/end" not in page.get(address).text
    assert page.post(address, data={"uses": "0", "days": "5", "course": ""}).status_code == 422


def test_invitations_are_for_libraries_of_the_own_part_of_the_tree(sqlite_app):
    with saving():
        own = Actor(person_id("joko"))
        node = queries.node_by_code(ELSEWHERE)
        until = clock.now() + timedelta(days=5)
        service.make_invitation(own, node, None, 5, until, clock.now())
    number = db.session.scalars(select(Invitation.id)).one()
    db.session.rollback()
    page, fields = signed_in(browser(sqlite_app), "ratna"), {"uses": "5", "days": "5", "course": ""}
    asked = {
        "list": page.get(f"/supervision/{ELSEWHERE}/invitations"),
        "make": page.post(f"/supervision/{ELSEWHERE}/invitations", data=fields),
        "end": page.post(f"/supervision/{ELSEWHERE}/invitations/{number}/end"),
        "end through her own": page.post(f"/supervision/{LIBRARY}/invitations/{number}/end"),
    }
    assert {what: answer.status_code for what, answer in asked.items()} == dict.fromkeys(asked, 404)
    assert (
        signed_in(browser(sqlite_app), "siti")
        .get(f"/supervision/{LIBRARY}/invitations")
        .status_code
        == 403
    )
    assert db.session.scalars(select(Invitation.expires_at)).one() > clock.now()


def test_the_slip_speaks_the_language_of_its_reader(sqlite_app):
    with saving():
        db.session.execute(
            db.update(Person).where(Person.full_name.like("Siti%")).values(language="en")
        )
    with time_machine.travel(NOW, tick=False):
        page = signed_in(browser(sqlite_app), "ratna")
        answer = page.post(way_in("siti"), data={"days": "7"}).text
    assert "Way in for Siti Aminah, S.IP." in answer
    assert "8 June 2026, 10:00 WIB" in answer
