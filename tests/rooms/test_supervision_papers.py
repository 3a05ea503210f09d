"""Papers of the office: the numbers of the questions, under a letterhead, to be signed."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from elearn.accounts.models import GrantRow, Node, Person
from elearn.core import policy
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.supervision.rules.papers import PaperKind
from tests.conftest import browser, person_id, signed_in
from tests.people import SINCE
from tests.queries import counted
from tests.rooms.supervision_district import NODE, district

PAPERS = f"/supervision/{NODE}/papers/"
CHOSEN = "?period=all&year=2026"


@pytest.fixture
def ratna(sqlite_app):
    """Her browser, in a district with something to tell and a letterhead."""
    district()
    with saving():
        policy.change(
            "letterhead", "PEMERINTAH KABUPATEN SUKAMAJU\nDINAS <b>PERPUSTAKAAN</b>", SINCE
        )
    return signed_in(browser(sqlite_app), "ratna")


def lines(html):
    """The rows of the paper's table, cell by cell, without their number."""
    table = html[html.index("<tbody>") : html.index("</tfoot>")]
    found = [
        [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<td.*?</td>", row)]
        for row in table.split("<tr>")[1:]
    ]
    return [cells[1:] for cells in found]


def test_each_paper_has_the_numbers_of_its_question(ratna):
    recap = lines(ratna.get(f"{PAPERS}recap{CHOSEN}").text)
    assert ["Perpustakaan melati", "4", "3", "2", "10"] in recap
    assert recap[-1][1:] == ["8", "4", "2", "10"]
    done = lines(ratna.get(f"{PAPERS}completions{CHOSEN}").text)
    assert [(row[0], row[5]) for row in done[:-1]] == [("Agus", "5"), ("Dadang", "5")]
    assert done[-1][5] == "10"
    year = {row[0]: row[3:] for row in lines(ratna.get(f"{PAPERS}jp{CHOSEN}").text)}
    assert year["Agus"] == ["5", "6", "0", "0", "0", "0", "11", "11", "20", "9"]
    assert year["Butet"] == ["0", "0", "0", "0", "0", "30", "30", "24", "–", "–"]


def test_a_paper_is_headed_and_signed_and_goes_out_as_pdf(ratna):
    for kind in PaperKind:
        html = ratna.get(f"{PAPERS}{kind}{CHOSEN}").text
        for part in ("PEMERINTAH KABUPATEN SUKAMAJU", "&lt;b&gt;", "Kabupaten Sukamaju",
                     "Pengelola perpustakaan", "Dra. Ratna Dewanti"):  # fmt: skip
            assert part in html, kind
        assert "Slamet" not in html
        file = ratna.get(f"{PAPERS}{kind}.pdf{CHOSEN}")
        assert file.data.startswith(b"%PDF-")
        assert file.headers["Cache-Control"] == "no-store"
        assert f'filename="{kind}-{NODE}-' in file.headers["Content-Disposition"]
    noted = select(Audit.subject).where(Audit.action == "supervision:list:download")
    assert list(db.session.scalars(noted)) == [NODE]


def test_a_paper_is_indonesian_whatever_its_reader_speaks_unless_chosen(ratna):
    with saving():
        db.session.get_one(Person, person_id("ratna")).language = "en"
    assert 'paper--office paper--recap section" lang="id">' in ratna.get(f"{PAPERS}recap").text
    english = ratna.get(f"{PAPERS}recap?language=en").text
    assert 'paper--office paper--recap section">' in english
    assert "Recap of learning by place" in english


def test_an_acting_head_signs_for_the_one_whose_office_she_holds(ratna):
    with saving():
        db.session.get_one(Person, person_id("joko")).post = "Kepala Dinas"
        grant = db.session.scalars(
            select(GrantRow).where(GrantRow.person_id == person_id("ratna"), GrantRow.role == "supervisor")
        ).one()  # fmt: skip
        grant.acting_for_id = person_id("joko")
    assert "Acting Kepala Dinas" in ratna.get(f"{PAPERS}recap?language=en").text


def test_papers_are_for_those_alone_whose_people_they_list(ratna):
    for who, status in (("joko", 404), ("siti", 403), ("dewi", 200)):
        client = signed_in(browser(ratna.application), who)
        for path in (PAPERS, f"{PAPERS}jp", f"{PAPERS}jp.pdf"):
            assert client.get(path).status_code == status, (who, path)
    # Who does not oversee the place leaves the signature open, whatever other role she has there.
    with saving():
        node = db.session.scalars(select(Node).where(Node.code == NODE)).one()
        role = GrantRow(person_id=person_id("dewi"), role="author", node_id=node.id, from_on=SINCE)
        db.session.add(role)
    assert "Pengelola perpustakaan" not in signed_in(ratna, "dewi").get(f"{PAPERS}recap").text
    assert signed_in(ratna, "ratna").get(f"{PAPERS}other").status_code == 404


def test_a_paper_costs_as_many_statements_whatever_is_on_it(ratna):
    for kind in PaperKind:
        ratna.get(f"{PAPERS}{kind}")
        costs = []
        for chosen in ("?period=last-month&year=2024", CHOSEN):
            with counted() as sent:
                assert ratna.get(f"{PAPERS}{kind}{chosen}").status_code == 200
            costs.append(len(sent))
        assert costs[0] == costs[1] <= 10, kind
