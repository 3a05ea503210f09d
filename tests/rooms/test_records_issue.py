"""Issuing a record: once, numbered, signed, and for ever as it was."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from elearn.accounts.models import Membership, Node, Organiser, Person
from elearn.core import ids
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Invalid, Unavailable
from elearn.core.permissions import NOBODY, Actor
from elearn.records import keys, queries, rules, service
from elearn.records.models import Credit, Holder, Record, RecordEvent, SigningKey
from tests.conftest import person_id
from tests.rooms.at_once import at_once
from tests.rooms.learning_acts import count
from tests.rooms.records_evidence import NOW, evidence, issued


def test_a_record_states_what_was_done_and_for_whom(app):
    record = issued()
    kept = queries.record_by_number(record.number)
    assert kept is not None
    facts, holder = kept.facts, kept.holder_words
    assert (facts.jp, facts.credit_year, facts.edition) == (5, 2026, 1)
    assert facts.organiser.signatory == "Drs. Bambang Wiryawan, M.Hum."
    assert holder is not None
    assert holder.name == "Siti Aminah, S.IP."
    assert holder.institution == "Perpustakaan Desa Wonosari"
    assert kept.standing.state == rules.State.VALID
    assert queries.faults_of(kept) == []


def test_the_number_has_the_year_and_a_right_check_character(app):
    year, body, check = issued().number.split("-")
    assert (year, len(body)) == ("2026", 8)
    assert ids.check_character(year + body) == check


def test_the_signed_bytes_name_nobody(app):
    payload = issued().payload
    assert "Siti" not in payload
    assert "Wonosari" not in payload


def test_twenty_equal_requests_issue_one_record(app):
    given = evidence()
    db.session.rollback()
    faults = at_once(app, 20, lambda _: service.issue(given, NOW))
    assert faults == []
    counts = [count(m) for m in (Record, Holder, RecordEvent, Credit, SigningKey)]
    assert counts == [1, 1, 1, 1, 1]


def test_twenty_first_records_are_signed_by_one_key(app):
    given = [evidence(enrolment_id=number) for number in range(100, 120)]
    db.session.rollback()
    faults = at_once(app, 20, lambda number: service.issue(given[number], NOW))
    assert faults == []
    assert count(Record) == count(Credit) == 20
    assert count(SigningKey) == 1
    assert len(set(db.session.scalars(select(Record.number)))) == 20


def test_the_database_itself_refuses_a_second_key_in_use(app):
    with saving():
        keys.rotate(NOW)
        keys.rotate(NOW + timedelta(days=1))
    key = SigningKey(id="0" * 16, public_key="x", from_at=NOW, to_at=None)
    with pytest.raises(IntegrityError), saving():
        db.session.add(key)


def test_the_database_itself_refuses_a_second_record_of_an_edition(app):
    record = issued()
    values = {
        column.name: getattr(record, column.name)
        for column in Record.__table__.columns
        if column.name not in ("id", "number", "code")
    }
    with pytest.raises(DBAPIError), saving():
        db.session.add(Record(**values, number="x", code="x"))


def test_a_private_key_is_for_its_owner_only(app):
    record = issued()
    path = app.config["SETTINGS"].data / f"record-key-{record.key_id}"
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"PRIVATE" in path.read_bytes()
    assert "PRIVATE" not in db.session.scalars(select(SigningKey.public_key)).one()


def test_a_record_whose_issuer_is_unknown_is_not_issued_and_nothing_is_written(app):
    given = evidence(organiser_code="dinas-yang-tidak-ada")
    with saving(), pytest.raises(Invalid) as refusal:
        service.issue(given, NOW)
    assert refusal.value.code == "organiser-missing"
    assert [count(m) for m in (Record, Credit, SigningKey)] == [0, 0, 0]


def test_what_was_refused_is_issued_at_the_next_visit(app):
    given = evidence(organiser_code="dinas-baru")
    with saving(), pytest.raises(Invalid):
        service.issue(given, NOW)
    with saving():
        db.session.add(
            Organiser(
                code="dinas-baru", name="Dinas Baru", place="Sukamaju", signatory="Sutrisno",
                signatory_post="Kepala Dinas", from_on=NOW.date(),
            )
        )  # fmt: skip
    with saving():
        record = service.issue(given, NOW + timedelta(days=300))
    facts = rules.read(record.payload)
    assert facts.credit_year == 2026  # of the completion, not of the issue
    assert facts.organiser.signatory == "Sutrisno"


def test_a_key_file_that_is_away_is_said_before_anything_is_written(app):
    record = issued()
    (app.config["SETTINGS"].data / f"record-key-{record.key_id}").unlink()
    given = evidence(enrolment_id=8)
    with saving(), pytest.raises(Unavailable) as refusal:
        service.issue(given, NOW)
    assert refusal.value.code == "record-key-missing"
    assert count(Record) == 1


def test_after_a_rotation_old_records_stay_good_and_new_ones_use_the_new_key(app):
    old = issued()
    with saving():
        keys.rotate(NOW + timedelta(hours=1))
    with saving():
        new = service.issue(evidence(enrolment_id=8), NOW + timedelta(hours=2))
    assert old.key_id != new.key_id
    assert all(queries.faults_of(kept) == [] for kept in queries.all_records())
    assert len(list(queries.all_records())) == 2


@pytest.mark.parametrize(
    ("minute", "library", "own", "year"),
    [
        ("14:59", "Asia/Jayapura", "Asia/Jakarta", 2026),
        ("15:00", "Asia/Jayapura", "Asia/Jakarta", 2027),
        ("15:59", "Asia/Makassar", "Asia/Jayapura", 2026),
        ("16:00", "Asia/Makassar", "Asia/Jakarta", 2027),
        ("16:59", "Asia/Jakarta", "Asia/Jayapura", 2026),
        ("17:00", "Asia/Jakarta", "Asia/Makassar", 2027),
        ("16:30", None, "Asia/Jakarta", 2026),
        ("16:30", None, "Asia/Makassar", 2027),
    ],
)
def test_credit_falls_in_the_year_of_the_library_and_not_of_the_profile(
    app, minute, library, own, year
):
    """Minutes of 31 December in UTC; who belongs to no library has only the profile's zone."""
    completed = datetime.fromisoformat(f"2026-12-31 {minute}+00:00")
    siti = person_id("siti")
    with saving():
        db.session.get_one(Person, siti).time_zone = own
        membership = db.session.scalars(select(Membership).filter_by(person_id=siti)).one()
        if library:
            db.session.get_one(Node, membership.node_id).time_zone = library
        else:
            db.session.delete(membership)
    with saving():
        service.issue(evidence(completed_at=completed), completed)
    assert db.session.scalars(select(Credit.credit_year)).one() == year
    assert queries.credit_of_year(person_id("siti"), year) == 5
    assert queries.credit_of_year(person_id("siti"), 4053 - year) == 0


def test_a_later_change_of_the_person_leaves_the_record_alone(app):
    record = issued()
    with saving():
        db.session.get_one(Person, person_id("siti")).full_name = "Siti Aminah Prawiro, M.Hum."
    kept = queries.record_by_number(record.number)
    assert kept is not None
    assert kept.holder_words is not None
    assert kept.holder_words.name == "Siti Aminah, S.IP."
    assert kept.record.payload == record.payload


def test_a_name_is_put_right_by_a_next_edition_and_jp_count_once(app):
    record = issued()
    with saving():
        db.session.get_one(Person, person_id("siti")).full_name = "Siti Aminah, S.I.P."
    with saving():
        newer = service.reissue(queries.newest_edition(7), NOBODY, NOW + timedelta(days=1))
    first, second = (queries.record_by_number(r.number) for r in (record, newer))
    assert first is not None
    assert second is not None
    assert (first.standing.state, second.standing.state) == ("replaced", "valid")
    assert (second.facts.edition, second.facts.replaces) == (2, record.number)
    assert second.holder_words is not None
    assert second.holder_words.name == "Siti Aminah, S.I.P."
    assert second.facts.completed_at == first.facts.completed_at
    assert queries.credit_of_year(person_id("siti"), 2026) == 5
    assert queries.faults_of(first) == queries.faults_of(second) == []
    with saving():
        assert service.issue(evidence(), NOW).id == newer.id


def test_a_revoked_record_says_why_and_takes_its_jp_back(app):
    record = issued()
    with saving():
        service.revoke(record, "Tugas ternyata milik peserta lain.", NOBODY, NOW)
    kept = queries.record_by_number(record.number)
    assert kept is not None
    assert kept.standing.state == rules.State.REVOKED
    assert kept.standing.reason == "Tugas ternyata milik peserta lain."
    assert queries.credit_of_year(person_id("siti"), 2026) == 0
    for act in (
        lambda: service.revoke(record, "lagi", NOBODY, NOW),
        lambda: service.reissue(record, NOBODY, NOW),
    ):
        with saving(), pytest.raises(Conflict):
            act()


def test_a_revocation_needs_a_reason(app):
    record = issued()
    with saving(), pytest.raises(Invalid):
        service.revoke(record, "  ", NOBODY, NOW)


def test_erasing_the_holder_leaves_the_signature_valid(app):
    record = issued()
    siti = person_id("siti")
    assert "Siti Aminah" in str(queries.personal_data(siti))
    with saving():
        service.forget(siti, NOW)
    kept = queries.record_by_number(record.number)
    assert kept is not None
    assert kept.holder is None
    assert queries.faults_of(kept) == []
    assert "Siti Aminah" not in str(queries.personal_data(siti))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_record SET payload = 'x'",
        "DELETE FROM records_record",
        "UPDATE records_holder SET name = 'Joko'",
        "UPDATE records_event SET reason = 'x'",
        "DELETE FROM records_event",
        "UPDATE records_credit SET jp = 99",
        "DELETE FROM records_credit",
    ],
)
def test_the_database_refuses_to_rewrite_what_was_issued(app, statement):
    issued()
    with pytest.raises(DBAPIError, match="append-only"), saving():
        db.session.execute(text(statement))


def test_a_record_is_found_for_its_own_learner_only(app):
    record = issued()
    assert queries.record_of_enrolment(Actor(person_id("siti")), 7).id == record.id
    assert queries.record_of_enrolment(Actor(person_id("joko")), 7) is None


def test_a_key_can_be_made_before_the_first_record(app):
    with saving():
        made = keys.rotate(NOW)
    assert issued().key_id == made.id


def test_a_number_that_is_taken_is_not_given_again(app, monkeypatch):
    taken = issued().number
    given = iter([taken, taken, "2026-00000000-0"])
    monkeypatch.setattr(ids, "new_record_number", lambda _year: next(given))
    assert issued(enrolment_id=8).number == "2026-00000000-0"
    monkeypatch.setattr(ids, "new_record_number", lambda _year: taken)
    other = evidence(enrolment_id=9)
    with saving(), pytest.raises(Unavailable):
        service.issue(other, NOW)
