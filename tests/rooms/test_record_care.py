"""An administrator cares for records: found, issued anew, revoked, issued late; nobody for herself."""

from datetime import date

import pytest
from sqlalchemy import select

from elearn.accounts.models import Organiser, Person, PersonAlias
from elearn.cli import main
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.privacy import service as privacy
from elearn.records import queries
from elearn.records.models import Record
from tests.conftest import on_sqlite, person_id
from tests.factories import administrator, published_example
from tests.rooms.learning_acts import complete, join
from tests.rooms.records_evidence import issued


def records():
    db.session.rollback()  # what the pages have written since
    return db.session.scalars(select(Record).order_by(Record.edition)).all()


def ending(number):
    return "".join(number.split("-"))[-4:]


def renamed(name):
    with saving():
        db.session.get_one(Person, person_id("siti")).full_name = name


def found(client, words):
    return client.get("/admin/records/", query_string={"words": words}).text


@on_sqlite
def test_a_record_is_found_by_number_code_name_and_login(app, client, sign_in):
    number, code = (lambda record: (record.number, record.code))(issued())
    other = issued("budi", enrolment_id=8).number
    sign_in("dewi")
    for words in (number, number.lower(), code, "siti aminah", "SITI"):
        assert number in found(client, words), words
        assert other not in found(client, words), words
    assert "Budi" not in found(client, "tidak ada orang begini")
    assert client.get("/admin/records/2026-00000000-0/").status_code == 404
    siti, budi = (person_id(name) for name in ("siti", "budi"))
    with saving():
        db.session.add(PersonAlias(former_id=siti, person_id=budi, merged_at=clock.now()))
    page = found(client, "budi")
    assert number in page
    assert other in page


@on_sqlite
def test_a_wrong_name_is_mended_after_a_look_at_both_and_a_second_yes(app, client, sign_in):
    number = issued().number
    renamed("Siti Aminah, S.IP., M.Hum.")
    sign_in("dewi")
    page = f"/admin/records/{number}/reissue"
    compared = client.get(page).text
    assert "Siti Aminah, S.IP." in compared
    assert "<strong>Siti Aminah, S.IP., M.Hum.</strong>" in compared
    assert client.get(f"{page}/sure").status_code == 200
    assert client.post(f"{page}/sure", data={"ending": "0000"}).status_code == 422
    assert len(records()) == 1
    assert client.post(f"{page}/sure", data={"ending": ending(number)}).status_code == 303
    former, newer = records()
    check = client.get(f"/verify/{former.code}").text
    assert f"/verify/{newer.code}" in check
    assert newer.number in check
    assert "M.Hum." in client.get(f"/verify/{newer.code}").text
    story = client.get(f"/admin/records/{newer.number}/").text
    assert former.number in story
    assert "Dewi Lestari" in story
    assert client.post(f"{page}/sure", data={"ending": ending(number)}).status_code == 409


@on_sqlite
def test_a_revocation_says_first_who_will_read_the_reason_and_is_asked_twice(app, client, sign_in):
    record = issued()
    number, code = record.number, record.code
    page, reason = f"/admin/records/{number}/revoke", "Kuis dikerjakan orang lain"
    sign_in("dewi")
    assert client.post(page, data={"reason": "  "}).status_code == 422
    asked = client.post(page, data={"reason": reason})
    assert asked.status_code == 200
    assert reason in asked.text
    sure = {"reason": reason, "ending": ending(number)}
    assert client.post(f"{page}/sure", data={**sure, "ending": "zzzz"}).status_code == 422
    assert queries.known_record(number).standing.state == "valid"
    assert client.post(f"{page}/sure", data=sure).status_code == 303
    assert reason in client.get(f"/verify/{code}").text
    assert client.get(page).status_code == 409


@on_sqlite
@pytest.mark.parametrize(("who", "status"), [("ratna", 403), ("budi", 403), ("siti", 403)])
def test_only_administrators_care_for_records(app, client, sign_in, who, status):
    number = issued("joko").number
    sign_in(who)
    for page in ("", f"{number}/", f"{number}/reissue", f"{number}/revoke", "missing"):
        assert client.get(f"/admin/records/{page}").status_code == status, page
    sure = {"reason": "x", "ending": ending(number)}
    for page in (f"{number}/reissue/sure", f"{number}/revoke/sure", "missing"):
        assert client.post(f"/admin/records/{page}", data=sure).status_code == status, page
    assert queries.known_record(number).standing.state == "valid"


@on_sqlite
def test_nobody_cares_for_her_own_record_and_the_erased_stay_nameless(app, client, sign_in):
    own = issued("dewi").number
    number = issued("siti", enrolment_id=8).number
    with saving():
        privacy.forget(person_id("siti"), administrator(), clock.now())
    sign_in("dewi")
    assert client.get(f"/admin/records/{own}/").status_code == 200
    for page in ("reissue/sure", "revoke/sure"):
        data = {"reason": "x", "ending": ending(own)}
        assert client.post(f"/admin/records/{own}/{page}", data=data).status_code == 409
    assert client.get(f"/admin/records/{number}/reissue").status_code == 409
    assert client.get(f"/admin/records/{number}/").status_code == 200


def completed_without_an_issuer():
    published_example()
    for who in ("siti", "joko"):
        join(who)
    with saving():
        organiser = db.session.scalars(select(Organiser)).one()
        organiser.from_on = date(2999, 1, 1)
    for who in ("siti", "joko"):
        complete(who)
    assert len(records()) == 0


def named_again():
    with saving():
        db.session.scalars(select(Organiser)).one().from_on = date(2026, 1, 1)


@on_sqlite
def test_what_could_not_be_issued_is_listed_with_the_reason_and_issued_by_a_press(
    app, client, sign_in
):
    completed_without_an_issuer()
    sign_in("dewi")
    page = client.get("/admin/records/missing").text
    assert "Siti Aminah" in page
    assert "Joko Prasetyo" in page
    refused = client.post("/admin/records/missing")
    assert refused.status_code == 409
    assert "perpusnas-contoh" in refused.text
    named_again()
    one = page.split('name="enrolment" value="')[-1].split('"')[0]
    assert client.post("/admin/records/missing", data={"enrolment": one}).status_code == 303
    assert len(records()) == 1
    assert client.post("/admin/records/missing").status_code == 303
    assert len(records()) == 2
    assert client.post("/admin/records/missing").status_code == 303


def test_the_command_issues_all_that_are_missing_and_says_what_it_cannot(app):
    completed_without_an_issuer()
    run = app.test_cli_runner().invoke
    refused = run(main, ["learning", "issue"])
    assert refused.exit_code == 1
    assert "2 not issued: Nobody is named as issuer (perpusnas-contoh)" in refused.output
    named_again()
    done = run(main, ["learning", "issue"])
    assert (done.exit_code, "2 records issued." in done.output) == (0, True)
    assert "0 records issued." in run(main, ["learning", "issue"]).output
    assert queries.count_issued() == 2
