"""Lists by page: a verdict for each row, all or nothing, judged again as it is written; exports."""

import io
import json
import re

import pytest
from sqlalchemy import func, select

from elearn.accounts import queries
from elearn.accounts.formats.lists import LIBRARIES, PEOPLE, ROLE_COLUMNS
from elearn.accounts.formats.table import read_any
from elearn.accounts.models import Login, Membership, Node, Person, Upload
from elearn.accounts.service import library_import, people_import
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.jobs import Job
from tests.conftest import person_id, signed_in

HEADER = "nama pengguna;nama lengkap;NIP;surel;telepon;kode perpustakaan"
LIBRARY = "perpustakaan-wonosari"
ANI = f"ani;Ani Maryani;;ani@contoh.id;0812 3;{LIBRARY}"
SITI = f"siti;Siti Aminah, M.Hum.;;;;{LIBRARY}"


def send(client, *rows, key="people", header=HEADER):
    answer = client.post(f"/admin/lists/{key}", data={"pasted": "\n".join([header, *rows])})
    assert answer.status_code == 303
    return answer.headers["Location"]


def hidden(page, name):
    return re.search(f'name="{name}" value="([^"]*)"', page)[1]


def write(client, where):
    page = client.get(where).text
    data = {"job": hidden(page, "job"), "digest": hidden(page, "digest")}
    assert client.post(f"{where}write", data=data).status_code == 303
    return client.get(where).text


@pytest.fixture
def office(app, client):
    return signed_in(client, "dewi")


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_list_is_shown_first_then_written_whole_and_its_bytes_go(office):
    before = count(Person)
    where = send(office, ANI, SITI)
    assert count(Person) == before
    page = office.get(where).text
    assert "Siti Aminah, M.Hum." not in page  # a verdict names the row by its login
    assert "nama lengkap" in page  # the column that changes
    page = write(office, where)
    db.session.rollback()
    assert count(Person) == before + 1
    ani = queries.person_by_login("ani@contoh.id")
    today = clock.day_in(clock.now(), ani.time_zone)
    assert [node.code for node in queries.places_of(ani.id, today)] == [LIBRARY]
    assert {grant.role for grant in queries.grants_of(ani, clock.now())} == {"learner"}
    assert db.session.get(Person, person_id("siti")).full_name == "Siti Aminah, M.Hum."
    assert db.session.scalars(select(Upload.content)).all() == [None]
    acts = select(Audit.action, Audit.detail).where(Audit.actor_id == person_id("dewi"))
    assert ("accounts:people:import", "new 1, changed 1") in [
        tuple(r) for r in db.session.execute(acts)
    ]


def test_problems_come_first_keep_everything_out_and_come_back_as_a_file(office):
    where = send(office, ANI, f"eko;Eko;;;;nowhere-{LIBRARY}")
    page = office.get(where).text
    assert "nowhere-" in page
    assert "/write" not in page
    content = office.get(f"{where}problems.csv").get_data()
    table = read_any(content, PEOPLE)
    assert (len(table.rows), table.faults) == (2, ())
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[1].endswith(";")  # the good row has no reason
    assert "nowhere-" in lines[2].rsplit(";", 1)[1]
    # Also for whoever sends the form that the page does not show:
    job = db.session.scalars(select(Job)).one()
    data = {"job": job.code, "digest": json.loads(job.outcome)["digest"]}
    assert office.post(f"{where}write", data=data).status_code == 303
    db.session.rollback()
    assert queries.person_by_login("ani") is None


def test_what_somebody_changed_since_the_list_was_shown_keeps_it_from_being_written(office):
    where = send(office, ANI, SITI)
    page = office.get(where).text
    with saving():
        db.session.add(Login(key="ani", kind="username", person_id=person_id("joko")))
        db.session.execute(db.delete(Login).where(Login.key == "joko", Login.kind == "username"))
    office.post(
        f"{where}write", data={"job": hidden(page, "job"), "digest": hidden(page, "digest")}
    )
    db.session.rollback()
    assert db.session.get(Person, person_id("siti")).full_name == "Siti Aminah, S.IP."
    assert queries.person_by_login("ani@contoh.id") is None
    again = office.get(where).text
    assert "<h2" in again
    assert hidden(again, "digest") != hidden(page, "digest")
    for _press in range(2):  # the second one is about a look that is over
        asked = office.post(f"{where}judge", data={"job": hidden(again, "job")})
        assert asked.status_code == 303
    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(Job.kind == "people-judge")) == 2
    db.session.rollback()
    write(office, where)  # what the list means now was shown, and is written
    db.session.rollback()
    assert queries.person_by_login("ani@contoh.id").id == person_id("ani")


def test_the_button_pressed_twice_begins_once(office):
    where = send(office, ANI)
    page = office.get(where).text
    data = {"job": hidden(page, "job"), "digest": hidden(page, "digest")}
    answers = [office.post(f"{where}write", data=data).status_code for _ in range(2)]
    assert answers == [303, 409]  # the bytes are gone
    assert office.post(f"{where}judge", data=data).status_code == 409
    assert db.session.scalar(select(func.count()).where(Job.kind == "people-write")) == 1


def test_libraries_come_with_their_parents_and_move_from_today(office):
    header = "kode;nama;tingkat;kode induk;jenis;NPP"
    where = send(
        office, "tbm-melati;TBM Melati;perpustakaan;kab-baru;tbm;331",
        "kab-baru;Kabupaten Baru;kabupaten;provinsi-contoh;;", key="libraries", header=header,
    )  # fmt: skip
    write(office, where)
    db.session.rollback()
    node = queries.node_by_code("tbm-melati")
    today = clock.day_in(clock.now(), node.time_zone)
    assert [n.code for n in queries.path(node.id, today)][-2:] == ["kab-baru", "tbm-melati"]


DIFFICULT = [
    f"rumus;=Siti;198705122010012001;;0812 3;{LIBRARY}",
    f'strip;-O\'Brien "x";;a@contoh.id;+62 812;{LIBRARY}',
    f"petik;'Ani;;;012;{LIBRARY}",
]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_sent_again_says_same_for_every_row(office, ending):
    write(office, send(office, *[row.replace('"x"', "x") for row in DIFFICULT]))
    with saving():  # at home in two libraries: a list that knows one must not move her
        node = queries.node_by_code("perpustakaan-karanganyar")
        today = clock.day_in(clock.now(), node.time_zone)
        db.session.add(Membership(person_id=person_id("siti"), node_id=node.id, from_on=today))
        db.session.add(
            Person(full_name="Tanpa akun", sort_key="tanpa akun", created_at=clock.now())
        )
    for key, columns, number in (("people", PEOPLE, 8), ("libraries", LIBRARIES, count(Node))):
        answer = office.get(f"/admin/lists/{key}/all.{ending}")
        content = answer.get_data()
        assert answer.headers["Cache-Control"] == "no-store"
        assert len(read_any(content, columns).rows) == number
        file = {"file": (io.BytesIO(content), "x")}
        assert office.post(f"/admin/lists/{key}", data=file).status_code == 303
        db.session.rollback()
        job = db.session.scalars(select(Job).order_by(Job.id.desc())).first()
        assert (
            f'"counts": {{"new": 0, "same": {number}, "changed": 0, "problem": 0}}' in job.outcome
        )
        db.session.rollback()


@pytest.mark.parametrize(("key", "columns"), [("people", PEOPLE), ("libraries", LIBRARIES)])
def test_the_template_can_be_read_as_a_list(office, key, columns):
    for ending in ("csv", "xlsx"):
        content = office.get(f"/admin/lists/{key}/template.{ending}").get_data()
        (row,) = read_any(content, columns).rows
        assert {column.key: row[column.key] for column in columns} == {
            column.key: column.example for column in columns
        }
    assert office.get(f"/admin/lists/{key}/template.doc").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("dewi", 200), ("ratna", 403), ("siti", 403)])
def test_lists_are_the_administrators(sqlite_app, client_of, who, status):
    client = client_of(who)
    for path in ("", "people", "libraries", "people/all.csv", "libraries/all.xlsx"):
        assert client.get(f"/admin/lists/{path}").status_code == status, path
    for pasted, answer in ((ANI, 303), (" ", 422)):
        assert client.post("/admin/lists/people", data={"pasted": pasted}).status_code == (
            answer if status == 200 else 403
        )


def test_another_administrators_list_does_not_exist(sqlite_app, client_of):
    where = send(client_of("dewi"), ANI)
    with saving():
        upload = db.session.scalars(select(Upload)).one()
        upload.person_id = person_id("joko")
    client = client_of("dewi")
    for method, path in (
        ("GET", ""),
        ("POST", "write"),
        ("POST", "judge"),
        ("GET", "problems.csv"),
    ):
        assert client.open(f"{where}{path}", method=method).status_code == 404, path


def test_a_list_gives_as_many_roles_as_others_can_wait_for(sqlite_app, monkeypatch):
    monkeypatch.setattr(people_import, "ROLES_MOST", 1)
    rows = [f"{name};{name};;penyusun" for name in ("joko", "siti", "ratna")]
    content = "\n".join(["username;nama;perpustakaan;peran", *rows]).encode()
    made = people_import.plan(read_any(content, PEOPLE + ROLE_COLUMNS), clock.now())
    codes = [fault.code for verdict in made.verdicts for fault in verdict.faults]
    assert codes == ["list-roles-many"] * 2


def test_a_list_changes_as_many_libraries_as_others_can_wait_for_and_adds_any_number(
    sqlite_app, monkeypatch
):
    monkeypatch.setattr(library_import, "CHANGES_MOST", 1)
    known = [
        f"{node.code};{node.name} Baru;{node.kind}" for node in db.session.scalars(select(Node))
    ]
    new = [f"tbm-{number};TBM {number};perpustakaan" for number in range(3)]
    content = "\n".join(["kode;nama;tingkat", *known[:2], *new]).encode()
    made = library_import.plan(read_any(content, LIBRARIES), clock.now())
    kinds = [verdict.kind for verdict in made.verdicts]
    assert kinds == ["changed", "problem", "new", "new", "new"]
