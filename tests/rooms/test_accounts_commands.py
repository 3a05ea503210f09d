"""The commands of an office: people, roles, codes, rules, organisers; and who is said to act."""

import re

import pytest

from elearn.accounts import queries
from elearn.accounts.models import GrantRow, Invitation, Login
from elearn.core import clock, policy
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.errors import Problem
from tests.conftest import person_id

CODE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")
ADD = ("people", "add", "ani", "--name", "Ani Maryani", "--library", "perpustakaan-wonosari")


@pytest.fixture
def elearn(app):
    """elearn("people", "add", ...): runs the command; returns what it prints, raises refusals."""

    def run(*words):
        db.session.rollback()
        result = app.test_cli_runner().invoke(app.cli, list(words))
        db.session.rollback()
        db.session.expire_all()
        if isinstance(result.exception, Problem):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return run


def last_act():
    row = db.session.scalars(db.select(Audit).order_by(Audit.id.desc()).limit(1)).one()
    return row.action, row.actor_id


def test_a_person_is_added_with_a_code_for_the_first_password(elearn, client):
    code = CODE.search(elearn(*ADD)).group()
    data = {"login": "ani", "code": code, "new_password": "hujan turun di teras"}
    assert client.post("/reset", data=data).status_code == 303
    assert client.get("/profile").status_code == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("--library", "nowhere"), "node-unknown"),
        (("--nip", "1,98705E+17"), "nip-mangled"),
        (("--email", "ani"), "email-wrong"),
        (("--name", "..."), "name-empty"),
        (("--role", "supervisor"), "grant-needs-node"),
        (("--as", "siti"), "actor-not-allowed"),
        (("--as", "nobody"), "login-unknown"),
    ],
)
def test_what_cannot_be_added_is_refused_whole(elearn, change, code):
    with pytest.raises(Problem, match=code):
        elearn(*ADD, *change)
    assert queries.person_by_login("ani") is None


def test_a_name_is_given_once(elearn):
    with pytest.raises(Problem, match="login-taken"):
        elearn("people", "add", "SITI", "--name", "Siti Lain")


def test_acts_name_their_actor(elearn):
    elearn(*ADD, "--as", "dewi")
    assert set(db.session.scalars(db.select(Audit.actor_id))) == {person_id("dewi")}
    elearn("people", "grant", "ani", "author")
    assert last_act() == ("accounts:grant:add", None)


def test_a_role_is_given_and_ended(elearn):
    words = ("people", "grant", "siti", "supervisor", "--at", "kabupaten-sukamaju")
    elearn(*words, "--as", "dewi")
    assert last_act() == ("accounts:grant:add", person_id("dewi"))
    held = {
        grant.role for grant in queries.grants_of(queries.person(person_id("siti")), clock.now())
    }
    assert "supervisor" in held
    elearn(*words, "--end")
    held = {
        grant.role for grant in queries.grants_of(queries.person(person_id("siti")), clock.now())
    }
    assert "supervisor" not in held
    with pytest.raises(Problem, match="grant-missing"):
        elearn(*words, "--end")


def test_a_reset_is_printed_in_the_language_of_the_office(elearn):
    text = elearn("people", "reset", "siti", "--lang", "en", "--as", "dewi")
    assert "Siti Aminah, S.IP." in text
    assert "http://127.0.0.1:8000/reset" in text
    assert "2. Type siti and the code" in text
    assert CODE.search(text)
    assert last_act() == ("accounts:password:reset-code", person_id("dewi"))


def test_an_invitation_states_its_library_and_its_limits(elearn):
    text = elearn(
        "people", "invite", "--library", "perpustakaan-wonosari", "--course", "basic-ict",
        "--uses", "25", "--days", "3", "--lang", "en",
    )  # fmt: skip
    assert "Perpustakaan Desa Wonosari" in text
    row = db.session.scalars(db.select(Invitation)).one()
    assert (row.uses_left, row.course_slug, row.role) == (25, "basic-ict", "learner")
    assert (row.expires_at - row.created_at).days == 3


def test_the_setup_code_is_printed_only_while_nobody_administers(elearn):
    with pytest.raises(Problem, match="setup-done"):
        elearn("people", "setup-code")
    with saving():
        db.session.execute(db.delete(GrantRow).where(GrantRow.role == "administrator"))
    assert CODE.search(elearn("people", "setup-code"))


def test_a_rule_of_the_office_holds_from_its_day(elearn):
    elearn("policy", "set", "registration", "open", "--as", "dewi")
    elearn("policy", "set", "minutes_per_jp", "60", "--from", "2030-01-01")
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    assert policy.on(today).registration == "open"
    assert policy.on(today).minutes_per_jp == 45
    text = elearn("policy", "list")
    assert "registration = open" in text
    assert "60 from 2030-01-01" in text
    with pytest.raises(Problem, match="policy-value-wrong"):
        elearn("policy", "set", "registration", "maybe")


def test_an_organiser_is_added_and_changed_from_a_day(elearn):
    words = ("organisers", "add", "dinas-contoh", "--name", "Dinas Contoh", "--place", "Sukamaju",
             "--signatory", "Dr. Ayu", "--signatory-post", "Kepala")  # fmt: skip
    elearn(*words, "--at", "kabupaten-sukamaju", "--from", "2026-01-01", "--as", "dewi")
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    assert queries.organiser_on("dinas-contoh", today).signatory == "Dr. Ayu"
    assert last_act() == ("accounts:organiser:add", person_id("dewi"))


def test_the_log_never_names_a_person(elearn):
    elearn(*ADD, "--nip", "198705122010012001", "--email", "ani@contoh.id")
    kept = " ".join(f"{r.subject} {r.detail}" for r in db.session.scalars(db.select(Audit)))
    logins = db.session.scalars(db.select(Login.key))
    assert not [word for word in ("Ani", "ani@contoh.id", "198705122010012001") if word in kept]
    assert logins
