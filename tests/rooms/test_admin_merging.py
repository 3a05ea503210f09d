"""Two entries for one person: merged room by room, read as one, and put back exactly."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from elearn.accounts import queries, service
from elearn.accounts.models import GrantRow, Merge, Person, Reset
from elearn.accounts.rules import MERGE_UNDO_DAYS
from elearn.accounts.service import belonging, mailed_reset
from elearn.admin import service as admin
from elearn.authoring import queries as writing
from elearn.authoring import service as authoring
from elearn.authoring.models import CourseAuthor
from elearn.core import policy
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Missing, Problem
from elearn.core.permissions import Action, Actor, Grant, Role
from elearn.courses import service as courses
from elearn.learning import queries as learning
from elearn.learning import service as study
from elearn.learning.models import Enrolment
from elearn.privacy import service as privacy
from elearn.quizzes import queries as quizzes
from elearn.quizzes import service as sitting
from elearn.records import queries as records
from elearn.records.models import Activity, Credit
from elearn.supervision import queries as supervision
from elearn.supervision.models import Contact
from tests.conftest import browser, person_id, signed_in
from tests.factories import administrator, example_course, example_html, published_example

NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
FIRST = date(2026, 1, 1)
NODES = ("perpustakaan-wonosari", "perpustakaan-karanganyar", "kabupaten-sukamaju")
KEPT = {"accounts_merge", "core_audit"}  # what tells that it happened


def added(username, **words):
    with saving():
        library = queries.node_by_code(NODES[0])
        details = service.Details(full_name=f"Sari {username}", **words)
        return service.add_person(administrator(), details, username, "hash", library, NOW).id


def rows():
    """Every row of every table, but the traces of the merging itself."""
    db.session.rollback()
    tables = (table for table in db.metadata.sorted_tables if table.name not in KEPT)
    return {table.name: sorted(map(repr, db.session.execute(select(table)))) for table in tables}


def merged(former, person, now=NOW):
    with saving():
        return admin.merge(
            administrator(), queries.person(former), queries.person(person), now
        ).code


def undo(person, code, now=NOW):
    with saving():
        admin.unmerge(administrator(), queries.person(person), code, now)


def ledger(person, jp, title):
    with saving():
        db.session.add(
            Credit(
                person_id=person, kind="correction", credit_year=2026, jp=jp, title=title, at=NOW
            )
        )


def jp_in_the_list(person):
    """As the supervisor's list of people says it."""
    node = queries.node_by_code("kabupaten-sukamaju")
    values = supervision.values(node.id, NOW.date(), policy.on(NOW.date()), NOW)
    lines, _ = supervision.page(values, 2026, supervision.Wanted(), 1)
    return next(line.jp for line in lines if line.person_id == person)


def begun(person, moment=NOW, *done):
    """The person joins the example course and finishes some lessons."""
    with saving():
        run = study.enrol(Actor(person), "contoh", "id", moment)
        for key in done:
            study.finish_unit(run, key, "id", moment)
        return run.id


def a_life(person, chance):
    """Libraries, roles, contacts and courses as they come."""
    with saving():
        one = queries.person(person)
        for code in NODES:
            if chance.random() < 0.5:
                on = FIRST + timedelta(days=chance.randrange(200))
                member = service.add_member(
                    administrator(), one, queries.node_by_code(code), on, NOW
                )
                if chance.random() < 0.5:
                    db.session.flush()
                    end = on + timedelta(days=chance.randrange(1, 90))
                    belonging.end_member(administrator(), one, member.id, max(end, NOW.date()), NOW)
        for role in (Role.AUTHOR, Role.SUPERVISOR):
            if chance.random() < 0.6:
                on = FIRST + timedelta(days=chance.randrange(200))
                until = on + timedelta(days=chance.randrange(1, 90))
                node = queries.node_by_code(NODES[2]) if role is Role.SUPERVISOR else None
                service.grant(
                    administrator(), one, role, node, on, NOW, chance.choice([None, until])
                )
        if chance.random() < 0.5:
            db.session.add(
                Contact(person_id=person, by=person_id("ratna"), at=NOW, channel="visit", reason="")
            )
            db.session.add(CourseAuthor(slug="contoh", person_id=person, added_at=NOW))
    if chance.random() < 0.7:
        begun(
            person,
            NOW + timedelta(hours=chance.randrange(9)),
            *["mulai", "folder"][: chance.randrange(3)],
        )
    ledger(person, chance.randrange(1, 9), "Seminar")


@pytest.mark.parametrize("seed", range(4))
def test_a_merging_that_is_undone_leaves_every_row_as_it_was(app, seed):
    chance = random.Random(seed)
    published_example()
    former = added(f"sari{seed}", phone="0812", nip=chance.choice(["", "198705122010012001"]))
    person = added(f"sari.r{seed}", email=chance.choice(["", "sari@contoh.id"]))
    for one in (former, person):
        a_life(one, chance)
    before = rows()
    code = merged(former, person)
    assert rows() != before
    assert learning.differences_of(list(db.session.scalars(select(Enrolment.id)))) == {}
    assert queries.places_of(former, NOW.date()) == ()
    assert queries.sign_in_facts(f"sari{seed}").is_active is False
    undo(person, code)
    assert rows() == before


def test_the_run_that_is_further_becomes_the_later_one_and_a_retake_follows_it(app):
    published_example()
    ahead, behind = added("ahead"), added("behind")
    further = begun(ahead, NOW, "mulai", "folder")
    other = begun(behind, NOW + timedelta(hours=5), "mulai")
    code = merged(ahead, behind)
    runs = {run.id: (run.person_id, run.run) for run in learning.own_enrolments(Actor(behind))}
    assert runs == {further: (behind, 2)}
    assert learning.differences_of([further, other]) == {}
    assert learning.own_enrolment(Actor(behind), "contoh").progress.done_count == 2
    assert learning.own_enrolments(Actor(ahead)) == []
    undo(behind, code)
    found = {one: learning.own_enrolment(Actor(one), "contoh") for one in (ahead, behind)}
    assert {one: (run.id, run.run) for one, run in found.items()} == {
        ahead: (further, 1), behind: (other, 1),
    }  # fmt: skip


def test_what_cannot_change_is_read_as_one_ledger_and_attempts_follow_their_course(app):
    published_example()
    former, person = added("former"), added("person")
    begun(former)
    with saving():
        run = learning.own_enrolment_to_change(Actor(former), "contoh")
        attempt = sitting.begin(run, "satu-quiz", "id", NOW).code
    ledger(former, 4, "Seminar")
    ledger(person, 3, "Lokakarya")
    with saving():
        run = learning.own_enrolment_to_change(Actor(former), "contoh")
        paper = quizzes.own_attempt_to_change(Actor(former), attempt)
        sitting.submit(paper, run, "id", NOW)
    code = merged(former, person)
    assert list(supervision.scores_of(person)) == [(run.id, "satu-quiz")]
    assert records.credit_of_year(person, 2026) == 7
    assert jp_in_the_list(person) == 7
    assert {credit.jp for credit, _ in records.recent_credits(person, 9)} == {3, 4}
    assert quizzes.own_attempt(Actor(person), attempt).code == attempt
    with pytest.raises(Missing):
        quizzes.own_attempt(Actor(former), attempt)
    data = privacy.collect(person)
    shown = [data, *data["merged_entries"]]
    assert [[each["jp"] for each in one["records"]["credits"]] for one in shown] == [[3], [4]]
    undo(person, code)
    assert [records.credit_of_year(one, 2026) for one in (former, person)] == [4, 3]
    assert quizzes.own_attempt(Actor(former), attempt).code == attempt


def test_courses_of_both_are_written_on_by_the_one_and_end_for_her_as_one(app):
    """One entry published a course; at another one both were asked to write along."""
    former, person = added("former"), added("person")
    for one in (former, person):
        with saving():
            service.grant(administrator(), queries.person(one), Role.AUTHOR, None, FIRST, NOW)
    actors = {
        one: Actor(one, queries.grants_of(queries.person(one), NOW)) for one in (former, person)
    }
    with saving():
        courses.publish(example_course(), example_html(), actors[former], NOW)
        for slug, one in (("lain", person), ("lain", former), ("kosong", former)):
            db.session.add(CourseAuthor(slug=slug, person_id=one, added_at=NOW))
    code = merged(former, person)
    assert [writing.may_write_at(actors[person], slug) for slug in ("contoh", "kosong")] == [
        True
    ] * 2
    assert writing.slugs_for(actors[person]) == {"contoh"}
    assert writing.authors_of("contoh") == [(person, "Sari person")]
    with pytest.raises(Conflict, match="author-published"), saving():
        authoring.unshare("contoh", person, administrator(), NOW)
    with saving():
        authoring.share("lain", person_id("budi"), administrator(), NOW)
        authoring.unshare("lain", person, administrator(), NOW)
    assert not writing.may_write_at(actors[person], "lain")
    undo(person, code)
    assert [writing.may_write_at(actors[former], slug) for slug in ("contoh", "kosong")] == [
        True
    ] * 2
    assert not writing.may_write_at(actors[person], "kosong")
    assert writing.authors_of("contoh") == [(former, "Sari former")]


def test_whoever_is_merged_thrice_is_one_and_is_parted_from_the_last_on(app):
    first, second, third = added("first"), added("second"), added("third")
    for one, jp in ((first, 1), (second, 2), (third, 4)):
        ledger(one, jp, "Seminar")
    inner, outer = merged(first, second), merged(second, third)
    assert records.credit_of_year(third, 2026) == 7
    with pytest.raises(Conflict, match="person-merged"):
        undo(second, inner)
    undo(third, outer)
    assert [records.credit_of_year(one, 2026) for one in (second, third)] == [3, 4]
    undo(second, inner)
    assert [records.credit_of_year(one, 2026) for one in (first, second)] == [1, 2]


def test_what_happens_after_a_merging_stays_with_the_person_when_it_is_undone(app):
    published_example()
    former, person = added("former", email="sari@contoh.id"), added("person")
    code = merged(former, person)
    with saving():
        mailed_reset.ask("person", "127.0.0.1", "http://127.0.0.1", NOW)  # to sari@contoh.id
        there = queries.node_by_code(NODES[1])
        service.add_member(administrator(), queries.person(person), there, NOW.date(), NOW)
    joined = begun(person)
    undo(person, code)
    assert there in queries.places_of(person, NOW.date())
    assert there not in queries.places_of(former, NOW.date())
    assert learning.own_enrolment(Actor(person), "contoh").id == joined
    assert db.session.scalars(select(Reset)).all() == []  # its letter is in the other's mailbox


@pytest.mark.parametrize(
    ("former", "person", "fault"),
    [
        ("siti", "siti", "merge-oneself"),
        ("admin2", "siti", "merge-administrator"),
        ("dewi", "siti", "person-yourself"),
        ("siti", "dewi", "person-yourself"),
        ("gone", "siti", "person-merged"),
        ("siti", "gone", "person-merged"),
    ],
)
def test_what_is_no_merging_is_refused_and_changes_nothing(sqlite_app, former, person, fault):
    added("admin2")
    merged(added("gone"), added("stays"))
    with saving():
        second = queries.person(person_id("admin2"))
        service.grant(administrator(), second, Role.ADMINISTRATOR, None, NOW.date(), NOW)
    numbers = [person_id(name) for name in (former, person)]
    before = rows()
    with pytest.raises(Problem) as refused:
        merged(*numbers)
    assert refused.value.code == fault
    assert rows() == before


def test_a_merging_is_undone_within_its_days_once_and_never_after_erasing(sqlite_app):
    former, person = added("former"), added("person")
    code = merged(former, person)
    with pytest.raises(Conflict, match="merge-too-late"):
        undo(person, code, NOW + timedelta(days=MERGE_UNDO_DAYS))
    undo(person, code, NOW + timedelta(days=MERGE_UNDO_DAYS - 1))
    with pytest.raises(Missing):
        undo(person, code)
    code = merged(former, person)
    with saving():
        privacy.forget(person, administrator(), NOW)
    names = db.session.scalars(select(Person.full_name).where(Person.id.in_((former, person))))
    assert len(set(names)) == 1  # what an erased entry is called
    assert "Sari" not in "".join(db.session.scalars(select(Merge.moved).where(Merge.code == code)))
    with pytest.raises(Conflict, match="merge-too-late"):
        undo(person, code)


def test_nobody_decides_about_what_she_logged_under_another_entry(sqlite_app):
    """ratna's second entry is a learner of her own district."""
    former, ratna = added("ratna2"), person_id("ratna")
    with saving():
        activity = Activity(
            person_id=former, by=former, at=NOW, category="seminar", title="Seminar", role="participant",
            organiser="FPPTI", first_on=FIRST, last_on=FIRST, jp_claimed=4,
        )  # fmt: skip
        db.session.add(activity)
        db.session.flush()
        code = activity.code
    actor = Actor(ratna, queries.grants_of(queries.person(ratna), NOW))
    assert records.activity_within(actor, code, NOW).activity.code == code
    merged(former, ratna)
    with pytest.raises(Missing):
        records.activity_within(actor, code, NOW)
    with saving():
        assert records.activities_within_to_change(actor, [code], NOW) == []
    assert records.own_activity(actor, code).activity.code == code


def test_rights_of_the_former_come_along_and_nothing_more(sqlite_app):
    former, person = added("former"), added("person")
    with saving():
        node = queries.node_by_code(NODES[2])
        service.grant(administrator(), queries.person(former), Role.SUPERVISOR, node, FIRST, NOW)
    merged(former, person)
    held = queries.grants_of(queries.person(person), NOW)
    assert held == {Grant(Role.LEARNER), Grant(Role.SUPERVISOR, node.id)}
    assert not db.session.scalars(select(GrantRow).where(GrantRow.person_id == former)).all()
    assert queries.is_within(Actor(person, held), Action.SUPERVISION_PEOPLE_READ, person, NOW)


def test_two_entries_are_compared_merged_and_parted_on_pages(sqlite_app):
    former, person = added("former", phone="0812"), added("person")
    codes = {one: queries.person(one).code for one in (former, person)}
    db.session.rollback()
    page = signed_in(browser(sqlite_app), "dewi")
    place = f"/admin/people/{codes[person]}"
    found = page.get(f"{place}/merge?words=sari").text
    compare = f"{place}/merge/{codes[former]}"
    assert compare in found
    assert f"merge/{codes[person]}" not in found  # not with herself
    shown = page.get(compare).text
    assert "former" in shown
    assert f"/admin/people/{codes[former]}/merge/{codes[person]}" in shown  # the other way round
    assert page.post(compare).status_code == 422  # not confirmed
    assert page.post(compare, data={"is_sure": "y"}).status_code == 303
    assert page.post(compare, data={"is_sure": "y"}).status_code == 409
    code = db.session.scalars(select(Merge.code)).one()
    db.session.rollback()
    undo_at = f"{place}/merges/{code}/undo"
    assert undo_at in page.get(f"{place}/").text
    assert page.get(f"/admin/people/{codes[former]}/").status_code == 200
    assert page.post(undo_at).status_code == 422
    assert page.post(undo_at, data={"is_sure": "y"}).status_code == 303
    assert page.get(undo_at).status_code == 404
    assert queries.merge_of(former) is None
