"""The questions of the office, against a district that is small enough to count by hand."""

import re
from datetime import UTC, date, datetime
from html import unescape

from sqlalchemy import delete, select, update

from elearn.accounts.formats.table import Column, read_any
from elearn.accounts.formats.workbook_write import Kind
from elearn.accounts.models import Membership, Node, PersonAlias
from elearn.core import clock, policy
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.i18n import day, force_locale, percent
from elearn.courses import queries as courses
from elearn.records import service as records
from elearn.records.models import Record
from elearn.supervision.queries import questions
from elearn.supervision.queries.questions import Asked
from elearn.supervision.rules.questions import Question, Target
from elearn.supervision.views.questions.shapes import SHAPES
from tests.conftest import browser, signed_in
from tests.factories import administrator, published_example
from tests.people import SINCE
from tests.queries import counted
from tests.rooms.supervision_district import (
    LEFT_ON,
    NODE,
    NOW,
    activity,
    approve,
    district,
    study,
)
from tests.rooms.supervision_people import add_library, add_person

CAST_HERE = ["Budi Santoso, M.Hum.", "Dewi Lestari", "Dra. Ratna Dewanti", "Siti Aminah, S.IP."]
PAGE = f"/supervision/{NODE}/questions/"


def asked(node=NODE, **changes):
    found = db.session.scalars(select(Node).where(Node.code == node)).one()
    on = clock.day_in(NOW, found.time_zone)
    values = {
        "node_id": found.id, "on": on, "now": NOW, "from_at": None, "until_at": None,
        "year": 2026, "course_id": None, "office": policy.on(on),
    }  # fmt: skip
    return Asked(**values | changes)


def rows(answer, about, *names):
    found = [tuple(row._mapping[name] for name in names) for row in questions.every(answer, about)]
    assert found == [
        tuple(row._mapping[name] for name in names) for row in questions.page(answer, about, 1)
    ]
    return found


def total(answer, about):
    return dict(questions.totals(answer, about)._mapping)


def course(slug):
    return courses.newest(slug).course_id


def test_each_question_is_answered_as_counted_by_hand(app):
    district()
    about = asked()
    put = questions.started(about)
    contoh = asked(course_id=course("contoh"))
    july = asked(
        from_at=datetime(2026, 6, 30, 17, tzinfo=UTC),
        until_at=datetime(2026, 7, 31, 17, tzinfo=UTC),
    )

    first = [(name,) for name in ("Butet", "Siti Aminah, S.IP.", "Agus", "Dadang")]
    assert rows(questions.started(contoh), contoh, "name") == first
    assert rows(questions.started(july), july, "name") == first[:3]
    assert total(put, about) == {"rows": 8, "person_id": 4}

    done = questions.finished(about)
    assert rows(done, about, "name", "is_revoked", "jp") == [("Agus", 0, 5), ("Dadang", 0, 5)]
    assert rows(questions.finished(july), july, "name") == [("Agus",)]
    assert total(done, about) == {"rows": 2, "jp": 10, "person_id": 2}

    everybody = questions.jp(about, Target.ALL)
    columns = ("name", "course", "seminar", "mentoring", "counted", "target", "short")
    assert rows(everybody, about, *columns) == [
        *((name, 0, 0, 0, 0, 20, 20) for name in CAST_HERE),
        ("Dadang", 5, 0, 0, 5, 20, 15),
        ("Agus", 5, 6, 0, 11, 20, 9),
        ("Butet", 0, 0, 30, 24, None, None),
        ("Citra", 0, 0, 0, 0, None, None),
    ]
    short = total(questions.jp(about, Target.SHORT), about)
    assert (short["rows"], short["counted"], short["short"]) == (6, 16, 104)
    none = questions.jp(about, Target.NONE)
    assert rows(none, about, "name") == [("Butet",), ("Citra",)]
    assert total(questions.jp(about, Target.REACHED), about)["rows"] == 0

    assert rows(questions.late(about), about, "name", "others") == [
        ("Agus", 0), ("Butet", 2), ("Siti Aminah, S.IP.", 3),
    ]  # fmt: skip

    libraries = questions.untrained(about)
    assert rows(libraries, about, "code", "people", "left_name", "left_on") == [
        ("anggrek", 0, "Dadang", LEFT_ON),
        ("kenanga", 0, None, None),
        ("perpustakaan-wonosari", 4, None, None),
    ]
    assert total(libraries, about) == {"rows": 3, "people": 4, "left": 1}
    tugas = asked(course_id=course("tugas"))
    assert "melati" in [code for (code,) in rows(questions.untrained(tugas), tugas, "code")]

    gained = questions.gain(about)
    assert rows(gained, about, "name", "pre", "post", "gain") == [
        ("Siti Aminah, S.IP.", 50, 55, 5), ("Butet", 60, 70, 10),
        ("Agus", 40, 80, 40), ("Dadang", 40, 80, 40),
    ]  # fmt: skip
    whole = {"people": 4, "pre": 45, "post": 75, "gain": 25}
    assert total(gained, about) == {"rows": 4, **whole}
    by_part = questions.gain_by_part(about)
    assert rows(by_part, about, "code", "people", "pre", "gain") == [
        ("melati", 3, 40, 40), ("perpustakaan-wonosari", 1, 50, 5),
    ]  # fmt: skip
    assert total(by_part, about) == {"rows": 2, **whole}

    waiting = questions.waiting(about)
    assert rows(waiting, about, "name", "jp_claimed") == [("Butet", 4), ("Citra", 4)]
    assert total(waiting, about) == {"rows": 2, "jp_claimed": 8, "person_id": 2}

    contact = questions.contact(about)
    assert [name for (name,) in rows(contact, about, "name")] == [
        "Budi Santoso, M.Hum.", "Dewi Lestari", "Dra. Ratna Dewanti",
        "Dadang", "Citra", "Siti Aminah, S.IP.", "Butet", "Agus",
    ]  # fmt: skip
    assert total(contact, about) == {"rows": 8, "never": 3}

    recap = questions.recap(july)
    assert rows(recap, july, "code", "people", "started", "finished", "jp") == [
        ("anggrek", 0, 0, 0, 0), ("kenanga", 0, 0, 0, 0), ("melati", 4, 2, 1, 5),
        ("perpustakaan-wonosari", 4, 1, 0, 0),
    ]  # fmt: skip


def test_a_revoked_record_brings_no_jp_and_trains_nobody(sqlite_app):
    district()
    with saving():
        for record in db.session.scalars(select(Record)).all():
            records.revoke(record, "Salah orang", administrator(), NOW)
    about = asked()
    done = questions.finished(about)
    assert rows(done, about, "name", "is_revoked", "jp") == [("Agus", 1, 0), ("Dadang", 1, 0)]
    untrained = questions.untrained(about)
    assert rows(untrained, about, "code", "left_name") == [
        (code, None) for code in ("anggrek", "kenanga", "melati", "perpustakaan-wonosari")
    ]


def test_who_got_her_record_on_her_last_evening_was_trained_before_she_left(app):
    """16:30 UTC on 31 May is half past eleven of that day in WIB, and the next day in WITA."""
    version_id = published_example()
    with saving():
        library = add_library("kenanga", NODE)
        dadang = add_person("Dadang", "kenanga", NOW)
        study(dadang, version_id, datetime(2026, 5, 31, 16, 30, tzinfo=UTC))
        here = Membership.node_id == library.id
        db.session.execute(update(Membership).where(here).values(to_on=date(2026, 6, 1)))
    about = asked(NODE)
    for zone, name in (("Asia/Jakarta", "Dadang"), ("Asia/Makassar", None)):
        with saving():
            db.session.execute(update(Node).where(Node.code == "kenanga").values(time_zone=zone))
        assert ("kenanga", name) in rows(questions.untrained(about), about, "code", "left_name")


def test_the_jp_of_many_are_those_that_each_has_in_her_own_ledger(sqlite_app):
    district()
    about = asked()
    for row in list(questions.every(questions.jp(about, Target.ALL), about)):
        own = records.year_of(row.person_id, NOW)
        assert (row.counted, row.target) == (own.counted, own.target), row.name
        assert (row.short or 0) == own.missing


def test_what_somebody_did_before_she_was_merged_is_hers(sqlite_app):
    people = district()
    with saving():
        former = add_person("Agus W.", "kenanga", NOW)
        approve(activity(former, 30, 7, "Lokakarya lain", "workshop"))
        activity(former, 1, 2, "Lokakarya baru", "workshop")
        db.session.execute(delete(Membership).where(Membership.person_id == former.id))
        agus = people["Agus"].id
        db.session.add(PersonAlias(former_id=former.id, person_id=agus, merged_at=NOW))
    about = asked()
    by_name = dict(rows(questions.jp(about, Target.ALL), about, "name", "counted"))
    assert by_name["Agus"] == 11 + 7
    assert rows(questions.waiting(about), about, "name") == [("Butet",), ("Citra",), ("Agus",)]


def words_on(html, blanks, columns):
    """The cells of the page's table, with what stands for an empty one taken away."""
    cells = re.findall(r'<t[hd] role="(?:rowheader|cell)"[^>]*>(.*?)</t[hd]>', html, re.DOTALL)
    plain = [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in cells]
    width = len(columns)
    return [
        [
            "" if word == str(blanks.get(key, "")) else word
            for (key, *_), word in zip(columns, line, strict=True)
        ]
        for line in (plain[start : start + width] for start in range(0, len(plain), width))
    ]


def as_on_screen(cell, kind):
    """A cell of a file in the words of the page; a workbook has a share of 1 for percent."""
    if kind is Kind.PERCENT and re.fullmatch(r"[01](\.\d+)?", cell):
        return percent(round(100 * float(cell)))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return day(date.fromisoformat(cell))
    return re.sub(r"^(\d+)%$", "\\1\u00a0%", cell)


NARROWED = "?period=all&year=2026&target=all"


def test_the_files_hold_the_rows_of_the_screen_and_nobody_of_the_neighbour(sqlite_app):
    district()
    client = signed_in(browser(sqlite_app), "ratna")
    for question, shape in SHAPES.items():
        html = client.get(f"{PAGE}{question}{NARROWED}").text
        with sqlite_app.test_request_context(), force_locale("id"):
            shown = words_on(html, shape.blanks, shape.columns)
            columns = [Column(key, (str(word),)) for key, word, _kind in shape.columns]
        assert shown, question
        assert "Slamet" not in html, question
        for kind in ("csv", "xlsx"):
            file = client.get(f"{PAGE}{question}.{kind}{NARROWED}", buffered=True)
            table = read_any(file.data, columns)
            assert table.faults == (), question
            with force_locale("id"):
                read = [
                    [as_on_screen(row[key], kind_of) for key, _word, kind_of in shape.columns]
                    for row in table.rows
                ]
            assert read == shown, (question, kind)
            assert file.headers["Cache-Control"] == "no-store"
            today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
            assert f'"{question}-{NODE}-{today}.{kind}"' in file.headers["Content-Disposition"]
    noted = select(Audit.subject, Audit.detail).where(Audit.action == "supervision:list:download")
    assert db.session.execute(noted).all() == [(NODE, Question.STARTED)]  # once in an hour


def test_a_question_is_answered_to_those_alone_whose_people_it_is_about(sqlite_app):
    district()
    for who, status in (("ratna", 200), ("dewi", 200), ("joko", 404), ("siti", 403), ("budi", 403)):
        client = signed_in(browser(sqlite_app), who)
        for path in (PAGE, f"{PAGE}jp", f"{PAGE}jp.csv", f"{PAGE}jp.xlsx"):
            answer = client.get(path, buffered=True)
            assert answer.status_code == status, (who, path)
            if status != 200:
                assert "Agus" not in answer.text
    client = signed_in(browser(sqlite_app), "joko")
    # A library that is not among her own is not offered, and narrows nothing.
    own = client.get("/supervision/kabupaten-mekarsari/questions/started?period=all&part=melati")
    assert "Slamet" in own.text
    assert "Butet" not in own.text
    assert client.get("/supervision/kabupaten-mekarsari/questions/other").status_code == 404
    assert client.get("/supervision/kabupaten-mekarsari/questions/jp?page=2").status_code == 404


def test_a_list_is_narrowed_to_a_library_and_a_course(sqlite_app):
    district()
    client = signed_in(browser(sqlite_app), "ratna")
    path = f"{PAGE}started.csv?period=all&part=perpustakaan-wonosari"
    assert client.get(path, buffered=True).text.count("Siti Aminah") == 2
    one = client.get(f"{path}&course=tugas", buffered=True).text
    assert one.count("Siti Aminah") == 1
    assert "Butet" not in one


def test_medians_of_few_people_are_not_shown(sqlite_app):
    district()
    client = signed_in(browser(sqlite_app), "ratna")
    assert client.get(f"{PAGE}gain-by-part.csv", buffered=True).text.endswith(
        "melati;;;;\r\nPerpustakaan Desa Wonosari;;;;\r\n"
    )
    with saving():
        policy.change("small_group", "3", SINCE)
    assert client.get(f"{PAGE}gain-by-part.csv", buffered=True).text.endswith(
        "melati;3;40%;80%;40\r\nPerpustakaan Desa Wonosari;;;;\r\n"
    )


def test_a_question_costs_as_many_statements_whatever_there_is_to_tell(sqlite_app):
    district()
    client = signed_in(browser(sqlite_app), "ratna")

    def costs():
        found = {}
        for question in SHAPES:
            with counted() as sent:
                assert client.get(f"{PAGE}{question}{NARROWED}").status_code == 200
            found[question] = len(sent)
        return found

    costs()  # what never changes is read once
    few = costs()
    with saving():
        for number in range(6):
            more = add_person(f"Orang {number}", "melati", NOW, employment="pns")
            study(more, courses.newest("contoh").version_id, NOW)
            activity(more, 2, 3, "Seminar")
    assert costs() == few
    assert max(few.values()) <= 9, few
