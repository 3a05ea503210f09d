"""Pages of those who decide: what waits, approved with one press or many, and attendance lists."""

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.records.models import Activity, Attendance, Credit, Decision
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.queries import counted
from tests.rooms.records_activities import TODAY, decide, logged
from tests.rooms.records_activities import at_noon as at_noon

HERE = "/supervision/decisions/"
pytestmark = on_sqlite


@pytest.fixture
def ratna(client, sign_in):
    sign_in("ratna")
    client.get("/language/en")
    return client


def verdicts() -> list[tuple[str, int]]:
    db.session.rollback()  # what this session has read is older
    rows = db.session.execute(select(Decision.kind, Decision.jp).order_by(Decision.id))
    return [tuple(row) for row in rows]


def test_the_oldest_waits_first_with_its_age_and_evidence(ratna, app):
    assert "Nothing waits" in ratna.get(HERE).text
    logged(title="The newer")
    logged(title="The older", now=clock.now() - timedelta(days=9))
    logged("joko", title="Of the next district")
    logged("ratna", title="Her own")
    page = ratna.get(HERE).text
    assert page.index("The older") < page.index("The newer")
    for told in (
        "2 activities wait",
        "Siti Aminah, S.IP.",
        "Waits for 9 days",
        "/records/evidence/",
    ):
        assert told in page
    assert "Of the next district" not in page
    assert "2 activities wait" in ratna.get("/supervision/").text


def test_one_press_approves(ratna, app):
    code = logged().code
    answer = ratna.post(f"{HERE}approve", data={"only": code}, follow_redirects=True)
    assert "1 activity is approved." in answer.text
    assert verdicts() == [("approved", 8)]
    assert "Approved" in ratna.get(f"{HERE}made").text


def test_many_are_approved_in_one_form_and_who_was_faster_is_told(ratna, app):
    activities = [logged(title=f"Webinar {number}") for number in range(3)]
    decide("dewi", "refuse", activities[1], "Counted elsewhere.")
    codes = {"code": [one.code for one in activities]}
    answer = ratna.post(f"{HERE}approve", data=codes, follow_redirects=True)
    assert "2 activities are approved." in answer.text
    assert "Webinar 1: Dewi Lestari refused this activity on" in answer.text


@pytest.mark.parametrize("data", [{}, {"code": [str(n) for n in range(21)]}])
def test_none_or_too_many_are_refused_in_words(ratna, app, data):
    answer = ratna.post(f"{HERE}approve", data=data, follow_redirects=True)
    assert "at most 20 at once" in answer.text


def test_a_correction_is_a_page_of_its_own_with_a_reason(ratna, app):
    code = logged().code
    page = ratna.get(f"{HERE}{code}/")
    assert page.status_code == 200
    without = ratna.post(f"{HERE}{code}/correct", data={"jp-jp": "6", "jp-reason": ""})
    assert (without.status_code, verdicts()) == (422, [])
    short = ratna.post(f"{HERE}{code}/correct", data={"jp-jp": "6", "jp-reason": "no"})
    assert short.status_code == 422
    assert 'href="#jp-reason">Reason: Write why, in 3 to 500 characters.' in short.text
    said = {"jp-jp": "6", "jp-reason": "Half a day was a ceremony."}
    back = ratna.post(f"{HERE}{code}/correct", data=said, follow_redirects=True).text
    assert "Activities that wait</h1>" in back
    assert "Decided: Literasi untuk semua." in back
    page = ratna.get(f"{HERE}{code}/").text
    assert "Approved with 6 JP" in page
    amended = {"jp-jp": "0", "jp-reason": "The certificate was withdrawn."}
    assert ratna.post(f"{HERE}{code}/amend", data=amended).status_code == 303
    assert verdicts() == [("approved", 6), ("amended", 0)]
    assert "The certificate was withdrawn." in ratna.get(f"{HERE}{code}/").text


def test_a_refusal_needs_its_reason_and_the_second_supervisor_sees_the_first(ratna, app):
    code = logged().code
    assert ratna.post(f"{HERE}{code}/refuse", data={}).status_code == 422
    said = {"refuse-reason": "The certificate is somebody else's."}
    assert ratna.post(f"{HERE}{code}/refuse", data=said).status_code == 303
    dewi = signed_in(browser(app), "dewi")
    dewi.get("/language/en")
    answer = dewi.post(f"{HERE}{code}/refuse", data=said, follow_redirects=True)
    assert "Dra. Ratna Dewanti refused this activity on" in answer.text
    assert verdicts() == [("refused", 0)]


def test_who_opens_an_activity_is_noted_once_an_hour(ratna, app):
    code = logged().code
    ratna.get(f"{HERE}{code}/")
    ratna.get(f"{HERE}{code}/")
    db.session.rollback()
    looks = select(func.count()).where(Audit.action == "supervision:person:look")
    assert db.session.scalar(looks) == 1


@pytest.mark.parametrize(
    ("who", "status"), [("ratna", 200), ("dewi", 200), ("joko", 404), ("siti", 403), ("budi", 403)]
)
def test_only_who_oversees_the_person_decides(client, sign_in, app, who, status):
    activity = logged()
    page = f"{HERE}{activity.code}/"
    sign_in(who)
    assert client.get(page).status_code == status
    listed = client.get(HERE)
    assert ("Literasi" in listed.text) == (status == 200)
    if status != 200:
        said = {"jp-jp": "6", "jp-reason": "So it was.", "refuse-reason": "So it was."}
        for verb in ("correct", "refuse", "amend"):
            assert client.post(f"{page}{verb}", data=said).status_code == status
        assert client.post(f"{HERE}approve", data={"only": activity.code}).status_code == status
        assert verdicts() == []


def test_nobody_finds_her_own_activity_among_those_to_decide(ratna, app):
    code = logged("ratna").code
    assert "Nothing waits" in ratna.get(HERE).text
    assert ratna.get(f"{HERE}{code}/").status_code == 404
    assert ratna.post(f"{HERE}approve", data={"only": code}).status_code == 404


def test_a_full_page_costs_as_many_statements_as_one_row(ratna, app):
    logged()
    with counted() as few:
        ratna.get(HERE)
    with saving():
        db.session.add_all(
            Activity(
                person_id=person_id("siti"), category="seminar", role="speaker", organiser="Dinas",
                title=f"Seminar {number}", first_on=TODAY, last_on=TODAY, jp_claimed=2,
                at=clock.now(), by=person_id("siti"),
            )
            for number in range(60)
        )  # fmt: skip
    with counted() as many:
        page = ratna.get(HERE).text
    assert "Page 1 of 4" in page
    assert ratna.get(f"{HERE}?page=5").status_code == 404
    assert len(many) <= len(few) <= 15
    assert len(page.encode()) < 100_000


# --- Attendance lists ----------------------------------------------------------------------------

EVENT = {
    "category": "seminar", "role": "participant", "title": "Literasi untuk semua", "jp": "8",
    "organiser": "Dinas Perpustakaan", "first_on": TODAY.isoformat(), "last_on": TODAY.isoformat(),
}  # fmt: skip
LIST = """Nama;Instansi;Surel
Siti Aminah, S.IP.;Perpustakaan Desa Wonosari;
Budi Santoso, M.Hum.;;
Dra. Ratna Dewanti;;
Joko Prasetyo;;
;;siti
Siapa Saja;;
"""


def looked_at(client, pasted: str = LIST, **changes: str):
    return client.post(f"{HERE}attendance", data={**EVENT, **changes, "pasted": pasted})


def token(page: str) -> str:
    return re.search(r'name="token" type="hidden" value="([^"]+)"', page).group(1)


def test_a_list_is_looked_at_then_written_once(ratna, app):
    page = looked_at(ratna)
    assert page.status_code == 200
    assert "2 of 6 rows can be imported" in page.text
    for told in ("This is you.", "Nobody in your part", "The same is in line 2 already."):
        assert told in page.text
    assert verdicts() == []
    answer = ratna.post(f"{HERE}attendance/all", data={"token": token(page.text)})
    assert answer.status_code == 303
    assert verdicts() == [("approved", 8), ("approved", 8)]
    lines = db.session.execute(select(Credit.person_id, Credit.jp, Credit.credit_year)).all()
    assert sorted(map(tuple, lines)) == sorted(
        (person_id(who), 8, TODAY.year) for who in ("siti", "budi")
    )
    again = ratna.post(f"{HERE}attendance/all", data={"token": token(page.text)})
    assert again.status_code == 409
    assert "nothing was written" in again.text
    assert "0 of 6 rows" in looked_at(ratna).text
    assert db.session.scalar(select(func.count()).select_from(Attendance)) == 1


def test_what_came_by_a_list_is_shown_to_the_person(ratna, app):
    page = looked_at(ratna, "siti")
    ratna.post(f"{HERE}attendance/all", data={"token": token(page.text)})
    siti = signed_in(browser(app), "siti")
    siti.get("/language/en")
    code = db.session.scalars(select(Activity.code)).one()
    shown = siti.get(f"/records/activities/{code}/").text
    assert "Brought by an attendance list" in shown
    assert "Dra. Ratna Dewanti" in shown


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"pasted": ""}, "Choose a file, or paste the names below."),
        ({"pasted": "a;b\n1;2"}, "There is no column a."),
        ({"pasted": LIST, "jp": "0"}, "A whole number from 1 to 100."),
        ({"pasted": LIST, "last_on": (TODAY + timedelta(days=1)).isoformat()}, "still to come"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(ratna, app, data, told):
    answer = ratna.post(f"{HERE}attendance", data={**EVENT, **data})
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Dinas Perpustakaan"' in answer.text


def test_a_token_is_good_for_its_own_reader_only(ratna, app):
    page = looked_at(ratna)
    for who in ("joko", "dewi"):
        other = signed_in(browser(app), who)
        answer = other.post(f"{HERE}attendance/all", data={"token": token(page.text)})
        assert answer.status_code == 303
    assert ratna.post(f"{HERE}attendance/all", data={"token": "x.y.z"}).status_code == 303
    assert verdicts() == []


def test_what_has_changed_since_is_shown_and_nothing_is_written(ratna, app):
    page = looked_at(ratna)
    logged(title=EVENT["title"])
    answer = ratna.post(f"{HERE}attendance/all", data={"token": token(page.text)})
    assert answer.status_code == 409
    assert "1 of 6 rows can be imported" in answer.text
    assert verdicts() == []


def test_a_file_is_read_like_what_is_pasted(ratna, app):
    sheet = (io.BytesIO(LIST.encode("utf-8-sig")), "daftar hadir.csv")
    answer = ratna.post(f"{HERE}attendance", data={**EVENT, "file": sheet})
    assert "2 of 6 rows can be imported" in answer.text


@pytest.mark.parametrize("who", ["siti", "budi"])
def test_who_oversees_nobody_has_no_list_to_import(client, sign_in, app, who):
    sign_in(who)
    assert client.get(f"{HERE}attendance").status_code == 403
    assert looked_at(client).status_code == 403
    assert client.post(f"{HERE}attendance/all", data={"token": "x"}).status_code == 403
