"""Issuing, reissuing and revoking records. Called inside `saving()`; nothing here commits."""

import dataclasses
import secrets
from datetime import datetime

from sqlalchemy import exists, select, text

from elearn.accounts import queries as people
from elearn.core import audit, clock, ids
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid, Unavailable
from elearn.core.permissions import Actor
from elearn.core.text import ERASED
from elearn.records import keys, queries, rules
from elearn.records.models import Credit, Holder, Record, RecordEvent

_LOCK = 0x7265636F  # "reco": PostgreSQL's lock of one enrolment's record
_SALT_BYTES = 16
_NUMBER_TRIES = 20


def issue(evidence: rules.Evidence, now: datetime) -> Record:
    """The record of a completed enrolment; the newest edition when it was issued before.

    Before anything is written, raises Invalid("organiser-missing") when nobody is named to issue
    it on that day, and Unavailable when the signing key's file is away. A record without an issuer
    would be worth nothing; the completion itself stands, and the caller issues at the next visit.
    """
    _one_at_a_time(evidence.enrolment_id)
    found = queries.newest_edition(evidence.enrolment_id)
    if found is not None:
        return found
    holder = people.holder_at(evidence.person_id, evidence.completed_at)
    issuer = issuer_on(evidence.organiser_code, now, holder.time_zone)
    signer = keys.signer(now)
    printed = _printed(holder)
    salt = secrets.token_hex(_SALT_BYTES)
    stated = rules.facts(
        evidence,
        number=_free_number(clock.day_in(now, holder.time_zone).year),
        code=ids.new_code(),
        issuer=issuer,
        holder_digest=rules.holder_digest(salt, printed),
        zone=holder.time_zone,
        issued_at=now,
    )
    record = _write(stated, printed, salt, signer, now)
    titles = evidence.course_titles
    db.session.add(
        Credit(
            person_id=evidence.person_id,
            kind="record",
            record_id=record.id,
            credit_year=stated.credit_year,
            jp=stated.jp,
            title=titles.get(holder.language) or titles[evidence.languages[0]],
            at=now,
        )
    )
    db.session.flush()
    return record


def reissue(record: Record, actor: Actor, now: datetime) -> Record:
    """The next edition, with the holder's name, post and institution of today.

    For a name that was written wrong. What was achieved, and the JP, stay as they are.
    """
    _refuse_own(record, actor)
    _one_at_a_time(record.enrolment_id)
    _refuse_unless_in_force(record)
    before = rules.read(record.payload)
    zone = before.zone
    printed = holder_today(record, now)
    signer = keys.signer(now)
    salt = secrets.token_hex(_SALT_BYTES)
    stated = dataclasses.replace(
        before,
        number=_free_number(clock.day_in(now, zone).year),
        code=ids.new_code(),
        edition=before.edition + 1,
        replaces=before.number,
        organiser=issuer_on(before.organiser.code, now, zone),
        holder_digest=rules.holder_digest(salt, printed),
        issued_at=now.replace(microsecond=0),
    )
    newer = _write(stated, printed, salt, signer, now)
    db.session.add(RecordEvent(record_id=record.id, kind="replaced", at=now, by=actor.person_id))
    audit.note(actor, "records:record:reissue", record.number, now, newer.number)
    db.session.flush()
    return newer


def holder_today(record: Record, now: datetime) -> rules.HolderWords:
    """Who the record would be issued to now: what a reissue prints.

    Where her entry was merged into another one, that one's words hold.
    Raises Conflict("record-holder-erased") when she was erased: her name is not brought back.
    """
    zone = rules.read(record.payload).zone
    present = people.present_person(record.person_id)
    holder = people.holder_facts(present, clock.day_in(now, zone))
    if db.session.get(Holder, record.id) is None or holder.name == ERASED:
        raise Conflict("record-holder-erased")
    return dataclasses.replace(_printed(holder), person_id=record.person_id)


def revoke(record: Record, reason: str, actor: Actor, now: datetime) -> None:
    """From now on the record is not valid; its JP are taken back. The reason is public."""
    _refuse_own(record, actor)
    _one_at_a_time(record.enrolment_id)
    _refuse_unless_in_force(record)
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid("reason-missing")
    db.session.add(
        RecordEvent(record_id=record.id, kind="revoked", at=now, reason=reason, by=actor.person_id)
    )
    stated = rules.read(record.payload)
    db.session.add(
        Credit(
            person_id=record.person_id,
            kind="correction",
            record_id=record.id,
            credit_year=stated.credit_year,
            jp=-stated.jp,
            title=stated.course_titles[stated.languages[0]],
            at=now,
        )
    )
    audit.note(actor, "records:record:revoke", record.number, now)
    db.session.flush()


def _one_at_a_time(enrolment_id: int) -> None:
    """Twenty equal requests issue one record: the others wait here, then find it.

    SQLite needs no lock: `saving()` lets one writer in at a time.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(
            text("SELECT pg_advisory_xact_lock(:room, :enrolment)"),
            {"room": _LOCK, "enrolment": enrolment_id},
        )


def _refuse_own(record: Record, actor: Actor) -> None:
    if actor.person_id == people.present_person(record.person_id):
        raise Conflict("person-yourself")


def _refuse_unless_in_force(record: Record) -> None:
    kept = queries.record_by_number(record.number)
    if kept is None or kept.standing.state != rules.State.VALID:
        raise Conflict("record-not-in-force", number=record.number)


def _printed(holder: people.HolderFacts) -> rules.HolderWords:
    return rules.HolderWords(
        person_id=holder.person_id,
        name=holder.name,
        nip=holder.nip or "",
        show_nip=bool(holder.nip) and holder.show_nip,
        post=holder.post,
        institution=holder.institution,
    )


def issuer_on(code: str, now: datetime, zone: str) -> rules.Issuer:
    """Who issues records under this code on that day; Invalid when nobody does."""
    organiser = people.organiser_on(code, clock.day_in(now, zone))
    if organiser is None:
        raise Invalid("organiser-missing", organiser=code)
    return rules.Issuer(
        code=organiser.code,
        name=organiser.name,
        place=organiser.place,
        signatory=organiser.signatory,
        signatory_post=organiser.signatory_post,
    )


def _free_number(year: int) -> str:
    """A number that no record has. Forty random bits meet again among a million records."""
    for _ in range(_NUMBER_TRIES):
        number = ids.new_record_number(year)
        if not db.session.scalar(select(exists().where(Record.number == number))):
            return number
    raise Unavailable("database-busy")


def _write(
    stated: rules.Facts,
    printed: rules.HolderWords,
    salt: str,
    signer: keys.Signer,
    now: datetime,
) -> Record:
    signed = rules.payload(stated)
    record = Record(
        enrolment_id=stated.enrolment,
        edition=stated.edition,
        person_id=printed.person_id,
        number=stated.number,
        code=stated.code,
        payload=signed,
        signature=signer.sign(signed),
        key_id=signer.key_id,
        issued_at=now,
    )
    db.session.add(record)
    db.session.flush()
    values = rules.holder_values(printed)
    db.session.add_all(
        [
            Holder(
                record_id=record.id,
                salt=salt,
                name=values["name"],
                nip=values["nip"],
                show_nip=printed.show_nip,
                post=values["post"],
                institution=values["institution"],
            ),
            RecordEvent(record_id=record.id, kind="issued", at=now, by=None),
        ]
    )
    return record
