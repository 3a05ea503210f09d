"""Lists of people and libraries: a verdict for every row, all or nothing, safe to repeat."""

import pytest

from elearn.accounts import queries
from elearn.accounts.models import GrantRow, Login, Membership, Node, Person, Placement
from elearn.accounts.queries.places import scheme_codes
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db
from tests.conftest import person_id

NIP = "198705122010012001"
LIBRARY = "perpustakaan-wonosari"
HEADER = "nama pengguna;nama lengkap;NIP;surel;jabatan;status kepegawaian;kode perpustakaan"
ANI = f"ani;Ani Maryani, S.IP.;{NIP};ani@contoh.id;Pustakawan;PNS;{LIBRARY}"


def run(app, tmp_path, kind, lines, *options):
    file = tmp_path / "daftar.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    db.session.rollback()
    result = app.test_cli_runner().invoke(
        app.cli, [kind, "import", str(file), "--lang", "en", *options]
    )
    db.session.rollback()
    db.session.expire_all()
    return result


@pytest.fixture
def people_list(app, tmp_path):
    return lambda lines, *options: run(app, tmp_path, "people", [HEADER, *lines], *options)


@pytest.fixture
def library_list(app, tmp_path):
    header = "kode;nama;tingkat;kode induk;jenis;zona waktu;kode kemendagri"
    return lambda lines, *options: run(app, tmp_path, "libraries", [header, *lines], *options)


def rows(model):
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def test_a_dry_run_says_everything_and_writes_nothing(people_list):
    before = rows(Person), rows(Audit)
    result = people_list([ANI])
    assert result.exit_code == 0
    assert "daftar.csv:2: new ani" in result.output
    assert "dry run" in result.output
    assert (rows(Person), rows(Audit)) == before


def test_a_committed_list_is_there_and_repeating_it_changes_nothing(people_list):
    assert people_list([ANI], "--commit").exit_code == 0
    person = queries.person_by_login(NIP)
    assert queries.person_by_login("ani@contoh.id").id == person.id
    facts = queries.holder_facts(person.id, clock.day_in(clock.now(), person.time_zone))
    assert facts.institution == "Perpustakaan Desa Wonosari"
    before = [rows(model) for model in (Person, Login, Membership, GrantRow, Audit)]
    again = people_list([ANI], "--commit")
    assert "2: same ani" in again.output
    assert [rows(model) for model in (Person, Login, Membership, GrantRow, Audit)] == before


def test_one_problem_keeps_every_row_out(people_list):
    before = rows(Person)
    result = people_list([ANI, f"eko;Eko;;;;;nowhere-{LIBRARY}"], "--commit")
    assert result.exit_code == 1
    assert "2: new ani" in result.output
    assert "3: problem eko" in result.output
    assert "[node-unknown]" in result.output
    assert rows(Person) == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"eko;Eko;1,98705E+17;;;;{LIBRARY}", "nip-mangled"),
        (f"eko;Eko;198705122010012001.0;;;;{LIBRARY}", "nip-mangled"),
        (f"eko;Eko;198705122010012000;;;;{LIBRARY}", "nip-zeros"),
        (f"eko;Eko;19870512201001200;;;;{LIBRARY}", "nip-length"),
        (f";Eko;;;;;{LIBRARY}", "row-no-login"),
        (f"eko;;;;;;{LIBRARY}", "name-empty"),
        (f"e;Eko;;;;;{LIBRARY}", "username-wrong"),
        (f"eko;Eko;;eko@;;;{LIBRARY}", "email-wrong"),
        (f"eko;Eko;;;;Raja;{LIBRARY}", "word-unknown"),
        ("eko;Eko;;;;;", "library-missing"),
        (f"ani;Eko;;;;;{LIBRARY}", "row-repeated"),
        (f"eko;Eko;{NIP};;;;{LIBRARY}", "row-repeated"),
        (f"eko;Eko;;;;;{LIBRARY};;x", "row-long"),
    ],
)
def test_every_kind_of_problem_has_its_line_and_its_sentence(people_list, line, code):
    result = people_list([ANI, line], "--commit")
    assert result.exit_code == 1
    assert "daftar.csv:3: problem" in result.output
    assert f"[{code}]" in result.output
    assert queries.person_by_login("ani") is None


def test_two_logins_of_two_people_are_not_one_row(people_list):
    people_list([ANI, f"eko;Eko;;eko@contoh.id;;;{LIBRARY}"], "--commit")
    result = people_list(
        [f"ani;Ani;;eko@contoh.id;;;{LIBRARY}", f"e.ko;Eko;;eko@contoh.id;;;{LIBRARY}"]
    )
    assert "[row-two-people]" in result.output
    assert "[row-other-username]" in result.output
    people_list([f";Budi;;budi@contoh.id;;;{LIBRARY}"], "--commit")
    result = people_list([f"budi.s;Budi;;budi@contoh.id;;;{LIBRARY}"], "--commit")
    assert "2: changed budi.s (username)" in result.output
    assert queries.person_by_login("budi.s").full_name == "Budi"


def test_a_changed_row_changes_what_it_names_and_leaves_the_rest(people_list):
    people_list([ANI], "--commit")
    result = people_list([f"ani;Ani Maryani, M.Hum.;;;;;{LIBRARY}"], "--commit")
    assert "2: changed ani (full_name)" in result.output
    person = queries.person_by_login("ani")
    assert (person.full_name, person.nip, person.post) == ("Ani Maryani, M.Hum.", NIP, "Pustakawan")


def test_who_moves_to_another_library_belongs_there_from_today(people_list):
    result = people_list(["siti;Siti Aminah, S.IP.;;;;;perpustakaan-karanganyar"], "--commit")
    assert "changed siti (library)" in result.output
    again = people_list(["siti;Siti Aminah, S.IP.;;;;;perpustakaan-karanganyar"])
    assert "2: same siti" in again.output
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    places = queries.places_of(person_id("siti"), today)
    assert [node.code for node in places] == ["perpustakaan-karanganyar"]


def test_a_column_of_roles_is_refused_unless_it_is_meant(app, tmp_path):
    lines = ["username;name;library;role;role at", f"eko;Eko;{LIBRARY};penyelia;kabupaten-sukamaju"]
    nowhere = [lines[0], f"eko;Eko;{LIBRARY};penyelia;"]
    assert "[grant-needs-node]" in run(app, tmp_path, "people", nowhere, "--with-roles").output
    refused = run(app, tmp_path, "people", lines, "--commit")
    assert refused.exit_code == 1
    assert "[roles-refused]" in refused.output
    assert run(app, tmp_path, "people", lines, "--commit", "--with-roles").exit_code == 0
    person = queries.person_by_login("eko")
    assert {row.role for row in queries.grants_of(person, clock.now())} == {"learner", "supervisor"}
    again = run(app, tmp_path, "people", lines, "--commit", "--with-roles")
    assert "2: same eko" in again.output


def test_new_people_have_no_password_until_they_use_their_code(app, client, people_list, tmp_path):
    codes = tmp_path / "codes.csv"
    assert people_list([ANI], "--commit", "--codes", str(codes)).exit_code == 0
    assert oct(codes.stat().st_mode & 0o777) == "0o600"
    login, _, code = codes.read_text(encoding="utf-8-sig").splitlines()[1].split(";")
    data = {"login": login, "code": code, "new_password": "hujan turun di teras"}
    assert client.post("/reset", data=data).status_code == 303
    assert client.get("/profile").status_code == 200


def test_a_file_of_codes_is_never_written_over_and_then_nothing_is_imported(people_list, tmp_path):
    codes = tmp_path / "codes.csv"
    codes.write_text("kept")
    result = people_list([ANI], "--commit", "--codes", str(codes))
    assert result.exit_code != 0
    assert codes.read_text() == "kept"
    assert queries.person_by_login("ani") is None
    assert [file.name for file in tmp_path.glob("*codes*")] == ["codes.csv"]


def test_an_import_names_its_actor_who_must_be_allowed(people_list):
    result = people_list([ANI], "--commit", "--as", "siti")
    assert result.exit_code != 0
    assert queries.person_by_login("ani") is None
    people_list([ANI], "--commit", "--as", "dewi")
    actors = set(db.session.scalars(db.select(Audit.actor_id)))
    assert actors == {person_id("dewi")}


def test_libraries_come_in_any_order_under_their_parents(library_list):
    lines = [
        "tbm-melati;TBM Melati;perpustakaan;kab-baru;tbm;WITA;",
        "kab-baru;Kabupaten Baru;kabupaten;provinsi-contoh;;WITA;33.99",
    ]
    assert "dry run" in library_list(lines).output
    assert queries.node_by_code("tbm-melati") is None
    result = library_list(lines, "--commit")
    assert result.exit_code == 0, result.output
    node = queries.node_by_code("tbm-melati")
    assert node.time_zone == "Asia/Makassar"
    today = clock.day_in(clock.now(), node.time_zone)
    assert [n.code for n in queries.path(node.id, today)][1:] == [
        "provinsi-contoh", "kab-baru", "tbm-melati",
    ]  # fmt: skip
    before = [rows(model) for model in (Node, Placement, Audit)]
    assert "2: same tbm-melati" in library_list(lines, "--commit").output
    assert [rows(model) for model in (Node, Placement, Audit)] == before


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["a-1;A;perpustakaan;nowhere;;;"], "node-unknown"),
        (["a-1;A;perpustakaan;a-1;;;"], "placement-circle"),
        (["a-1;A;kabupaten;a-2;;;", "a-2;B;kabupaten;a-1;;;"], "placement-circle"),
        (["provinsi-contoh;Provinsi Contoh;provinsi;perpustakaan-wonosari;;;"], "placement-circle"),
        (["a-1;A;perpustakaan;;;;", "A-1;B;perpustakaan;;;;"], "row-repeated"),
        (["a-1;A;kerajaan;;;;"], "word-unknown"),
        (["a-1;A;;;;;"], "cell-empty"),
        (["a-1;A;perpustakaan;;;GMT;"], "word-unknown"),
        (["a 1;A;perpustakaan;;;;"], "node-code-wrong"),
        (["a-1;A;perpustakaan;;;;33.1", "a-2;B;perpustakaan;;;;33.1"], "node-code-taken"),
    ],
)
def test_a_tree_that_cannot_be_is_refused_whole(library_list, lines, code):
    before = rows(Node)
    result = library_list(lines, "--commit")
    assert result.exit_code == 1
    assert f"[{code}]" in result.output
    assert rows(Node) == before


def test_a_library_that_moves_keeps_its_past(library_list):
    line = f"{LIBRARY};Perpustakaan Desa Wonosari;perpustakaan;kabupaten-mekarsari;;;"
    assert "changed perpustakaan-wonosari (parent)" in library_list([line], "--commit").output
    node = queries.node_by_code(LIBRARY)
    today = clock.day_in(clock.now(), node.time_zone)
    assert queries.path(node.id, today)[-2].code == "kabupaten-mekarsari"
    assert (
        db.session.scalar(
            db.select(Placement.to_on).where(
                Placement.node_id == node.id, Placement.to_on.is_not(None)
            )
        )
        == today
    )


def test_a_library_keeps_its_place_when_a_list_names_none_and_takes_its_new_code(library_list):
    lines = ["pusat;Pusat Arsip;nasional;;;;", f"{LIBRARY};Wonosari;perpustakaan;;;;33.26.01"]
    assert library_list(lines, "--commit").exit_code == 0
    node = queries.node_by_code(LIBRARY)
    today = clock.day_in(clock.now(), node.time_zone)
    assert queries.path(node.id, today)[-2].code == "kabupaten-sukamaju"
    assert scheme_codes(node) == {"kemendagri": "33.26.01"}
    assert [above.code for above in queries.path(queries.node_by_code("pusat").id, today)] == [
        "pusat"
    ]


def test_a_wrong_address_of_a_library_is_told(app, tmp_path):
    lines = ["kode;nama;tingkat;surel", "a-1;A;perpustakaan;a@"]
    assert "[email-wrong]" in run(app, tmp_path, "libraries", lines).output


@pytest.mark.parametrize("kind", ["people", "libraries"])
def test_the_template_can_be_printed_and_read(sqlite_app, kind):
    result = sqlite_app.test_cli_runner().invoke(sqlite_app.cli, [kind, "import", "--template"])
    assert result.exit_code == 0
    assert result.output.count("\n") == 2
    assert sqlite_app.test_cli_runner().invoke(sqlite_app.cli, [kind, "import"]).exit_code == 2
