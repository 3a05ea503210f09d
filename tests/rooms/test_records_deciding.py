"""Who decides about what, once; and the ledger always says what is approved now."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from elearn.accounts import queries as people
from elearn.accounts.models import GrantRow, Membership, Node, PersonAlias
from elearn.accounts.queries.actors import actor_named
from elearn.core import clock, policy
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Invalid, Missing
from elearn.core.permissions import Action
from elearn.core.text import ERASED
from elearn.privacy import service as privacy
from elearn.records import queries, service
from elearn.records.models import Activity, Credit, Decision
from tests.conftest import browser, person_id, signed_in
from tests.queries import counted
from tests.rooms.at_once import at_once
from tests.rooms.records_activities import TODAY, decide, logged
from tests.rooms.records_activities import at_noon as at_noon


def ledger(username: str = "siti") -> list[tuple[str, str, int, int]]:
    rows = db.session.scalars(
        select(Credit).where(Credit.person_id == person_id(username)).order_by(Credit.id)
    )
    return [(row.kind, row.category, row.credit_year, row.jp) for row in rows]


def audited(code: str) -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(Audit.action, Audit.detail).where(Audit.subject == code).order_by(Audit.id)
    )
    return [tuple(row) for row in rows]


def test_what_is_approved_counts_in_the_year_of_its_last_day(app):
    activity = logged()
    decide("ratna", "approve", activity)
    assert ledger() == [("activity", "seminar", TODAY.year, 8)]
    assert audited(activity.code) == [
        ("records:activity:log", "8 JP"), ("records:activity:approve", "8 JP"),
    ]  # fmt: skip


def test_each_change_is_a_line_of_its_own(app):
    activity = logged()
    decide("ratna", "correct", activity, 6, "Half a day was a ceremony.")
    decide("dewi", "amend", activity, 2, "Counted in another office, too.")
    decide("ratna", "amend", activity, 5, "The other office took it back.")
    assert [(kind, jp) for kind, _, _, jp in ledger()] == [
        ("activity", 6), ("correction", -4), ("correction", 3),
    ]  # fmt: skip
    story = queries.own_activity(actor_named("siti"), activity.code)
    assert [(told.verdict, told.jp, told.by) for told in story.decisions] == [
        ("approved", 6, "Dra. Ratna Dewanti"),
        ("amended", 2, "Dewi Lestari"),
        ("amended", 5, "Dra. Ratna Dewanti"),
    ]


def test_what_is_refused_brings_nothing_and_can_be_logged_again(app):
    activity = logged()
    with pytest.raises(Conflict, match="activity-there"):
        logged()
    decide("ratna", "refuse", activity, "The certificate is somebody else's.")
    assert ledger() == []
    again = logged(replaces=activity.code)
    assert again.replaces_id == activity.id
    decide("ratna", "approve", again)
    with pytest.raises(Conflict, match="activity-stands"):
        logged(replaces=again.code, title="Something else")


@pytest.mark.parametrize("said", [("approve",), ("refuse", "Not one of ours."), ("correct", 4, "Too much.")])  # fmt: skip
def test_nothing_is_decided_twice_and_the_second_is_told_who_was_first(app, said):
    activity = logged()
    decide("ratna", "approve", activity)
    with pytest.raises(Conflict) as refusal:
        decide("dewi", said[0], activity, *said[1:])
    assert refusal.value.code == "activity-approved-already"
    assert refusal.value.values["by"] == "Dra. Ratna Dewanti"
    assert len(ledger()) == 1


def test_two_supervisors_at_once_make_one_decision(app):
    code = logged().code
    actors = [actor_named("ratna"), actor_named("dewi")]

    def approve(number: int) -> None:
        actor = actors[number]
        found = queries.activity_within_to_change(actor, code, clock.now())
        service.approve(actor, found, clock.now())

    (fault,) = at_once(app, 2, approve)
    assert (type(fault), str(fault)) == (Conflict, "activity-approved-already")
    db.session.rollback()  # what this session has read is older
    assert len(ledger()) == 1


def test_many_are_approved_at_once_and_what_somebody_else_decided_stays(app):
    codes = [logged(title=f"Webinar {number}").code for number in range(3)]
    foreign = logged("joko", title="Webinar 0")
    refused = db.session.scalars(select(Activity).where(Activity.code == codes[1])).one()
    decide("dewi", "refuse", refused, "Counted elsewhere.")
    with saving():
        done = service.approve_all(actor_named("ratna"), [*codes, foreign.code], clock.now())
    assert (done.count, done.gone) == (2, 1)
    assert [(title, str(why)) for title, why in done.refusals] == [
        ("Webinar 1", "activity-refused-already")
    ]
    assert len(ledger()) == 2
    assert ledger("joko") == []


@pytest.mark.parametrize("count", [0, 21])
def test_one_to_twenty_are_approved_at_once(sqlite_app, count):
    with pytest.raises(Invalid, match="activities-chosen"), saving():
        service.approve_all(actor_named("ratna"), [str(n) for n in range(count)], clock.now())


def test_of_who_is_erased_nothing_waits_and_nothing_changes_any_more(sqlite_app):
    waiting, approved = logged(title="Seminar"), logged(title="Webinar")
    decide("ratna", "approve", approved)
    dewi = actor_named("dewi")
    with saving():
        privacy.forget(person_id("siti"), dewi, clock.now())
    assert queries.waiting_cases(dewi, clock.now(), 1, 50) == ([], 0)
    for said in (("approve", waiting), ("amend", approved, 2, "Half of it.")):
        with pytest.raises(Conflict, match=r"activity-withdrawn-already|person-erased"):
            decide("dewi", *said)
    page = (
        signed_in(browser(sqlite_app), "dewi").get(f"/supervision/decisions/{approved.code}/").text
    )
    assert (ERASED in page, "/amend" in page) == (True, False)


@pytest.mark.parametrize("who", ["joko", "siti", "budi"])
def test_who_does_not_oversee_the_person_finds_nothing_to_decide(app, who):
    activity = logged()
    with pytest.raises(Missing):
        decide(who, "approve", activity)
    assert queries.waiting_cases(actor_named(who), clock.now(), 1, 50) == ([], 0)
    assert ledger() == []


def test_nobody_decides_for_herself(app):
    activity = logged("ratna")
    with pytest.raises(Missing):
        decide("ratna", "approve", activity)
    assert queries.waiting_cases(actor_named("ratna"), clock.now(), 1, 50) == ([], 0)
    decide("dewi", "approve", activity)
    assert ledger("ratna") == [("activity", "seminar", TODAY.year, 8)]


def test_the_supervisor_of_the_day_decides(app):
    """siti moves to the next district: her waiting activity moves with her."""
    activity = logged()
    with saving():
        membership = db.session.scalars(
            select(Membership).where(Membership.person_id == person_id("siti"))
        ).one()
        membership.to_on = TODAY
        next_door = db.session.scalars(
            select(Node.id).where(Node.code == "perpustakaan-karanganyar")
        ).one()
        db.session.add(Membership(person_id=person_id("siti"), node_id=next_door, from_on=TODAY))
    with pytest.raises(Missing):
        decide("ratna", "approve", activity)
    decide("joko", "approve", activity)


@pytest.mark.parametrize(
    ("zone", "is_still_hers"), [("Asia/Jakarta", True), ("Asia/Makassar", False)]
)
def test_who_moves_is_gone_at_midnight_of_her_own_library(sqlite_app, zone, is_still_hers):
    """16:30 UTC: half an hour before midnight in WIB, half an hour after it in WITA."""
    moment = datetime(2026, 6, 30, 16, 30, tzinfo=UTC)
    activity = logged(now=moment)
    with saving():
        node = db.session.scalars(select(Node).where(Node.code == "perpustakaan-wonosari")).one()
        node.time_zone = zone
        moved = Membership.person_id == person_id("siti")
        db.session.scalars(select(Membership).where(moved)).one().to_on = date(2026, 7, 1)
    ratna, siti = actor_named("ratna"), person_id("siti")
    within = people.is_within(ratna, Action.RECORDS_ACTIVITY_DECIDE, siti, moment)
    listed = db.session.scalars(queries.people_within(ratna, moment)).all()
    (cases, _), library = queries.waiting_cases(ratna, moment, 1, 50), "Perpustakaan Desa Wonosari"
    assert [(case.activity.code, case.library) for case in cases] == (
        [(activity.code, library)] if is_still_hers else []
    )
    assert (within, siti in listed) == (is_still_hers, is_still_hers)


def test_who_oversees_two_parts_decides_about_both(app):
    codes = {logged(who).code for who in ("siti", "joko")}
    with saving():
        next_door = db.session.scalars(select(Node.id).where(Node.code == "kabupaten-mekarsari"))
        db.session.add(
            GrantRow(
                person_id=person_id("ratna"), role="supervisor", node_id=next_door.one(),
                from_on=TODAY,
            )
        )  # fmt: skip
    cases, _ = queries.waiting_cases(actor_named("ratna"), clock.now(), 1, 50)
    assert {case.activity.code for case in cases} == codes


@pytest.mark.parametrize("has_merged_entry", [False, True])
@pytest.mark.parametrize(
    "said", [("approve",), ("correct", 4, "Too much."), ("refuse", "Not so."), ("amend", 4, "So.")]
)
def test_nobody_decides_about_herself_even_past_the_door(sqlite_app, said, has_merged_entry):
    """The doors do not give her own activity; should one ever, the service still refuses."""
    activity = logged("siti" if has_merged_entry else "ratna")
    if said[0] == "amend":
        decide("dewi", "approve", activity)
    if has_merged_entry:
        with saving():
            merged = {"former_id": person_id("siti"), "person_id": person_id("ratna")}
            db.session.add(PersonAlias(merged_at=clock.now(), **merged))
    with pytest.raises(Conflict, match="activity-own"), saving():
        found = db.session.scalars(select(Activity)).one()
        getattr(service, said[0])(actor_named("ratna"), found, *said[1:], clock.now())


def test_what_waits_of_a_merged_entry_is_shown_as_who_she_is_today(sqlite_app):
    logged("joko")
    with saving():
        db.session.add(
            PersonAlias(
                former_id=person_id("joko"), person_id=person_id("siti"), merged_at=clock.now()
            )
        )
    (case,), _ = queries.waiting_cases(actor_named("ratna"), clock.now(), 1, 50)
    assert (case.name, case.library) == ("Siti Aminah, S.IP.", "Perpustakaan Desa Wonosari")


def test_a_grant_that_has_ended_decides_nothing(app):
    activity = logged()
    with saving():
        grant = db.session.scalars(
            select(GrantRow).where(
                GrantRow.person_id == person_id("ratna"), GrantRow.role == "supervisor"
            )
        ).one()
        grant.to_on = TODAY
    with pytest.raises(Missing):
        decide("ratna", "approve", activity)


def test_what_waits_in_her_part_is_listed_and_so_is_what_was_decided(app):
    now = clock.now()
    logged(now=now - timedelta(days=9), title="The oldest")
    decided = logged(now=now - timedelta(days=20), title="Decided already")
    decide("ratna", "approve", decided)
    logged("joko", now=now - timedelta(days=30))
    ratna = actor_named("ratna")
    (case,), count = queries.waiting_cases(ratna, now, 1, 50)
    assert (case.name, case.library, count) == (
        "Siti Aminah, S.IP.", "Perpustakaan Desa Wonosari", 1,
    )  # fmt: skip
    assert [case.activity.title for case in queries.decided_cases(ratna, now, 1, 50)[0]] == [
        "Decided already"
    ]


@pytest.mark.parametrize(
    ("zone", "is_open"), [("Asia/Jakarta", False), ("Asia/Makassar", False), ("Asia/Jayapura", True)]
)  # fmt: skip
def test_the_year_begins_where_the_person_is(sqlite_app, zone, is_open):
    """15:30 UTC on 31 December: half past midnight in WIT, still the old year further west."""
    with saving():
        node = db.session.scalars(select(Node).where(Node.code == "perpustakaan-wonosari")).one()
        node.time_zone = zone
    moment = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)
    new_year = moment.date() + timedelta(days=1)
    if is_open:
        assert logged(now=moment, first_on=new_year, last_on=new_year).last_on.year == 2027
    else:
        with pytest.raises(Invalid, match="day-to-come"):
            logged(now=moment, first_on=new_year, last_on=new_year)
    expected = 2027 if is_open else 2026
    assert service.year_of(person_id("siti"), moment).year == expected


acts = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["approve", "correct", "refuse", "withdraw", "amend"]), st.integers(0, 12)),
    max_size=14,
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_whatever_is_decided_the_ledger_says_what_is_approved_now(sqlite_app, done):
    now = clock.now()
    activities = [logged(title=f"Seminar {clock.now().timestamp()} {n}") for n in range(3)]
    before: list[tuple[object, ...]] = []
    for which, verb, jp in done:
        said = {"correct": (jp, "as it was"), "amend": (jp, "as it is"), "refuse": ("not so",)}
        try:
            if verb == "withdraw":
                with saving():
                    service.withdraw(actor_named("siti"), activities[which], now)
            else:
                decide("ratna", verb, activities[which], *said.get(verb, ()))
        except (Conflict, Invalid):
            db.session.rollback()
        rows = [
            tuple(row)
            for row in db.session.execute(text("SELECT * FROM records_credit ORDER BY id"))
        ]
        assert rows[: len(before)] == before  # a line that is written stays as it is
        before = rows
    for one in queries.logged(activities):
        lines = db.session.scalar(
            select(func.sum(Credit.jp))
            .join(Decision, Decision.id == Credit.decision_id)
            .where(Decision.activity_id == one.activity.id)
        )
        assert (lines or 0) == one.standing.jp


def test_a_year_by_category_is_cut_to_its_caps(app):
    for number, jp in enumerate((8, 6)):
        decide("ratna", "approve", logged(title=f"Seminar {number}", jp=jp))
    decide("ratna", "approve", logged(title="Webinar", category="webinar", jp=5))
    with saving():
        policy.change("cap_jp_seminar", "10", TODAY)
    year = service.year_of(person_id("siti"), clock.now())
    assert [(one.category, one.earned, one.counted) for one in year.categories] == [
        ("seminar", 14, 10), ("webinar", 5, 5),
    ]  # fmt: skip
    assert (year.earned, year.counted, year.target, year.missing) == (19, 15, 20, 5)


def test_a_year_that_is_over_keeps_its_own_rules(app):
    last_year = date(TODAY.year - 1, 12, 31)
    for day in (last_year, TODAY):
        decide("ratna", "approve", logged(first_on=day, last_on=day, title=f"Seminar {day.year}"))
    with saving():
        policy.change("cap_jp_seminar", "6", date(TODAY.year - 1, 1, 1))
        policy.change("cap_jp_seminar", "4", date(TODAY.year, 1, 1))
    with counted() as sent:
        ledger_now = service.ledger_of(actor_named("siti"), clock.now())
    years = (ledger_now.this_year, *ledger_now.earlier)
    assert [(one.year, one.earned, one.counted) for one in years] == [
        (TODAY.year, 8, 4), (TODAY.year - 1, 8, 6),
    ]  # fmt: skip
    assert len(sent) == 6  # two of them find siti
