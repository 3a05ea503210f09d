"""The sums and lists of a part of the tree equal a plain count of its people, on both databases."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from elearn.accounts import queries as accounts
from elearn.accounts.models import Membership, Node, Person
from elearn.core import clock, policy
from elearn.core.db import db, saving
from elearn.courses.models import Version
from elearn.courses.queries import outline
from elearn.learning.models import Enrolment, Progress
from elearn.records.models import Credit
from elearn.supervision import queries
from elearn.supervision.models import Contact
from elearn.supervision.queries import Wanted
from elearn.supervision.rules.reminding import reminded_since
from elearn.supervision.rules.standing import Facts, State, standing, urgency
from elearn.supervision.rules.year import months
from tests.factories import published_example
from tests.queries import counted
from tests.rooms.learning_acts import publish_as
from tests.rooms.supervision_people import add_library, add_person, add_run

NOW = datetime(2026, 6, 15, 3, tzinfo=clock.UTC)
TODAY = date(2026, 6, 15)
_DAY = timedelta(days=1)
LIBRARIES = ("perpustakaan-wonosari", "tbm-satu", "tbm-dua", "perpustakaan-karanganyar")


def facts(chance: Random) -> Facts:
    """Any state there is, often exactly at a limit."""
    enrolled = NOW - chance.choice((0, 1, 6, 7, 8, 20, 150, 165.9, 166, 400)) * _DAY
    started = None if chance.random() < 0.3 else enrolled + _DAY / 2
    last = enrolled
    if started:
        last = NOW - chance.choice((0, 6.99, 7, 7.01, 13.99, 14, 14.01, 60)) * _DAY
    done = chance.randrange(8) if started else 0
    return Facts(
        enrolled_at=enrolled, started_at=started, last_event_at=last,
        completed_at=last if done == 7 else None, done_count=done, required_count=7,
        failed_unit_key="satu-quiz" if started else "",
        failed_count=chance.randrange(4) if started and done < 7 else 0,
    )  # fmt: skip


@pytest.fixture
def district(app):
    """Sukamaju with three libraries and forty people; others next door, who are never counted."""
    chance = Random(6)
    published_example(1)
    publish_as("kursus-lain")
    versions = db.session.scalars(select(Version.id)).all()
    with saving():
        add_library("tbm-satu", "kabupaten-sukamaju")
        add_library("tbm-dua", "kabupaten-sukamaju")
        for number in range(45):
            person = add_person(
                f"Orang {number:02}", chance.choice(LIBRARIES), NOW,
                employment=chance.choice(("pns", "pppk", "other")),
            )  # fmt: skip
            for version_id in versions:
                for run in range(1, chance.choice((1, 2, 2, 3))):
                    add_run(person, version_id, facts(chance), run)
            if chance.random() < 0.2:
                node = accounts.node_by_code("tbm-dua")
                row = Membership(person_id=person.id, node_id=node.id, from_on=date(2026, 3, 1))
                db.session.add(row)
            for category in chance.sample(("course", "seminar", "webinar"), 2):
                db.session.add(
                    Credit(
                        person_id=person.id, kind="correction", category=category,
                        credit_year=chance.choice((2025, 2026)), jp=chance.randrange(1, 30),
                        title="Contoh", at=NOW,
                    )
                )  # fmt: skip
        policy.change("cap_jp_seminar", "6", date(2026, 1, 1))
    return accounts.node_by_code("kabupaten-sukamaju")


def asked(node: Node) -> dict:
    return dict(queries.values(node.id, TODAY, policy.on(TODAY), NOW))


def seen(node: Node, reader_id: int = 0) -> queries.Overview:
    office = policy.on(TODAY)
    reader = queries.Reader(reader_id, reminded_since(TODAY, office.reminder_days, node.time_zone))
    return queries.overview(asked(node), months(2026, node.time_zone, NOW), reader, 10)


def plain(node: Node) -> dict[int, list]:
    """Person -> standings of her latest runs, by going through everything one by one."""
    limits = queries.limits(policy.on(TODAY))
    people = {person_id for person_id, _ in db.session.execute(accounts.members(node.id, TODAY))}
    found = {person_id: [] for person_id in people}
    latest = {}
    rows = db.session.execute(select(Enrolment, Progress).join(Enrolment.progress)).all()
    for run, row in sorted(rows, key=lambda pair: pair[0].run):
        latest[run.person_id, run.course_id] = (run, row)
    for run, row in latest.values():
        if run.person_id in found:
            own = Facts(
                run.enrolled_at, row.started_at, row.last_event_at, row.completed_at,
                row.done_count, row.required_count, row.failed_unit_key, row.failed_count,
            )  # fmt: skip
            found[run.person_id].append((run, standing(own, limits, NOW)))
    return found


def most_urgent(runs: list):
    return min((one for _, one in runs), key=urgency, default=None)


def check_each_person_counts_once(district):
    people = {person: most_urgent(runs) for person, runs in plain(district).items()}
    overview = seen(district)
    states = Counter(one.state if one else State.NOT_STARTED for one in people.values())
    assert overview.by_state == states
    assert overview.by_reason == Counter(
        one.reason for one in people.values() if one and one.reason
    )
    assert overview.people == len(people)
    assert overview.libraries == 3
    assert sum(part.sums.people for part in overview.parts) == len(people)
    assert sum(part.sums.stuck for part in overview.parts) == states[State.STUCK]


def check_the_order_of_the_list(district):
    people = {person: most_urgent(runs) for person, runs in plain(district).items()}
    given = asked(district)
    with counted() as sent:
        every = queries.every(given, 2026, Wanted())
        # Nothing until it is sent: on PostgreSQL rows end with the session of the request.
        assert sent == []
        lines = list(every)
    assert len(lines) == len(people)
    assert queries.page(asked(district), 2026, Wanted(), 1) == (
        lines[: queries.PAGE],
        len(people),
    )
    for line in lines:
        own = people[line.person_id]
        assert line.state == (own.state if own else State.NOT_STARTED)
        assert (line.reason, line.since) == ((own.reason, own.since) if own else (None, None))
    orders = [urgency(people[line.person_id]) for line in lines if people[line.person_id]]
    assert orders == sorted(orders)
    limits = queries.limits(policy.on(TODAY))
    first = [one.person.id for one in queries.stuck(seen(district).most_urgent, limits, NOW)]
    assert first == [line.person_id for line in lines[:10]]
    assert len(first) == 10
    assert {people[person].reason for person in first} == {lines[0].reason}
    check_whom_nobody_need_write_to_comes_last(district, [line.person_id for line in lines])


def check_whom_nobody_need_write_to_comes_last(district, order):
    """The reader herself, and who was contacted within the days between two reminders."""
    reader, reminded, long_ago, *others = order
    week_began = datetime(2026, 6, 8, 17, tzinfo=clock.UTC)  # midnight of the 9th in WIB
    for person_id, at in ((reminded, week_began), (long_ago, week_began - timedelta(seconds=1))):
        row = Contact(person_id=person_id, by=reader, at=at, channel="phone", reason="")
        db.session.add(row)
    db.session.flush()
    limits = queries.limits(policy.on(TODAY))
    first = queries.stuck(seen(district, reader).most_urgent, limits, NOW)
    assert [one.person.id for one in first] == [long_ago, *others[:9]]
    db.session.rollback()


NARROWED = [
    Wanted(state=State.STUCK),
    Wanted(state=State.NOT_STARTED),
    Wanted(course="contoh"),
    Wanted(library="tbm-dua"),
    Wanted(words="ORANG 1"),
    Wanted(words="satu", state=State.FINISHED, course="contoh"),
]


def check_narrowed(district, wanted):
    names = {line.person_id: line for line in queries.every(asked(district), 2026, Wanted())}
    expected = set()
    for person, runs in plain(district).items():
        if wanted.course:
            runs = [pair for pair in runs if outline(pair[0].version_id).slug == wanted.course]
            if not runs:
                continue
        own = most_urgent(runs)
        state = own.state if own else State.NOT_STARTED
        line = names[person]
        searched = f"{line.name} {line.library}".casefold()
        if (
            wanted.state in (None, state)
            and (not wanted.library or line.library == f"Perpustakaan {wanted.library}")
            and all(word in searched for word in wanted.words.casefold().split())
        ):
            expected.add(person)
    found = [line.person_id for line in queries.every(asked(district), 2026, wanted)]
    assert set(found) == expected
    assert len(found) == len(expected)
    assert queries.page(asked(district), 2026, wanted, 1)[1] == len(expected)


def check_courses_and_months(district):
    runs = [pair for runs in plain(district).values() for pair in runs]
    counted = Counter((outline(run.version_id).course_id, one.state) for run, one in runs)
    for one in seen(district).courses:
        assert one.sums.people == sum(
            n for (course, _), n in counted.items() if course == one.course_id
        )
        assert one.sums.stuck == counted[one.course_id, State.STUCK]
        assert one.sums.finished == counted[one.course_id, State.FINISHED]
    people = plain(district)
    begun, finished = Counter(), Counter()
    for run, row in db.session.execute(select(Enrolment, Progress).join(Enrolment.progress)):
        if run.person_id in people:
            for moment, counter in ((row.started_at, begun), (row.completed_at, finished)):
                if moment and clock.day_in(moment, district.time_zone).year == 2026:
                    counter[clock.day_in(moment, district.time_zone).month] += 1
    assert (seen(district).begun, seen(district).finished) == (begun, finished)


def check_jp(district):
    office = policy.on(TODAY)
    expected: dict = {}
    for person_id in plain(district):
        employment = db.session.get(Person, person_id).employment
        sums = Counter()
        for credit in db.session.scalars(
            select(Credit).where(Credit.person_id == person_id, Credit.credit_year == 2026)
        ):
            sums[credit.category] += credit.jp
        jp = sum(min(n, office.caps_by_category.get(c) or n) for c, n in sums.items())
        jp = min(jp, office.cap_jp(employment) or jp)
        counts = expected.setdefault(office.target_jp(employment), Counter())
        counts[jp] += 1
    assert queries.by_jp(asked(district), 2026, office) == expected


def test_sums_and_lists_equal_a_plain_count_of_all_people(district):
    """One test, since a district of sixty costs more than looking at it."""
    check_each_person_counts_once(district)
    check_the_order_of_the_list(district)
    check_courses_and_months(district)
    check_jp(district)
    for wanted in NARROWED:
        check_narrowed(district, wanted)
