"""/metrics: who may read it, what it counts, and that nothing of a reader becomes a label."""

import re
import shutil
import subprocess
import sys

import pytest
from sqlalchemy import text

from elearn.core import config
from elearn.core.db import db
from elearn.factory import ACTS, create_app
from tests.conftest import SECRET, browser, in_use, signed_in
from tests.factories import published_example

TOKEN = "a token that only this test has, 39 letters"


@pytest.fixture(scope="module")
def counting(sqlite_template, tmp_path_factory):
    """A site that counts; one for all tests here, since a process counts into one folder."""
    data = tmp_path_factory.mktemp("counting")
    shutil.copy(sqlite_template, data / "elearn.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path_factory.mktemp("counts")))
        settings = config.load({}, DATA=str(data), SECRET_KEY=SECRET, METRICS_TOKEN=TOKEN)
        app = create_app(settings)
        app.config["WTF_CSRF_ENABLED"] = False
        with in_use(app):
            published_example()
            yield app
    from prometheus_client.values import close_all_multiprocess_files

    close_all_multiprocess_files()


def scraped(app) -> dict[str, float]:
    answer = browser(app).get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


@pytest.mark.parametrize("sent", ["", TOKEN, f"Bearer {TOKEN[:-1]}", f"bearer {TOKEN}", "Bearer ä"])
def test_who_has_not_the_token_reads_nothing(counting, sent):
    answer = browser(counting).get("/metrics", headers={"Authorization": sent} if sent else {})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "elearn_request" not in answer.text
    assert TOKEN not in answer.text


def test_what_people_do_is_counted(counting):
    before = scraped(counting)
    client = browser(counting)
    client.post("/login", data={"login": "siti", "password": "wrong"}, buffered=True)
    signed_in(client, "siti")
    client.post("/courses/contoh/", buffered=True)
    client.post("/courses/contoh/mulai", buffered=True)
    place = client.post("/quizzes/contoh/satu-quiz", buffered=True).headers["Location"]
    client.post(f"{place}/submit", buffered=True)
    after = scraped(counting)

    def more(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    for act in ("sign-in-refused", "unit-finished", "attempt-submitted"):
        assert more(f'elearn_acts_total{{act="{act}"}}') == 1, act
    label = '{method="POST",route="/courses/<slug>/<key>",status="3xx"}'
    assert more(f"elearn_request_seconds_count{label}") == 1
    assert 0 < more(f"elearn_request_seconds_sum{label}") < 60
    assert after["elearn_records_issued_total"] == 0


def test_what_strangers_ask_for_makes_no_new_line(counting):
    client = browser(counting)
    client.open("/nowhere/1", method="PIRATE", buffered=True)
    before = scraped(counting)
    for number in range(20):
        client.get(f"/nowhere/{number}?x={number}", buffered=True)
        client.get(f"/verify/code-{number}", buffered=True)
        client.open(f"/nowhere/{number}", method=f"PIRATE{number}", buffered=True)
    names = set(scraped(counting))
    assert not re.search(r"nowhere|code-|PIRATE", "".join(names))
    fresh = [name for name in names - set(before) if "_count{" in name]
    assert len(fresh) <= 3  # GET of no route, GET of /verify/<code>, GET of /metrics


def test_every_act_is_an_answer_that_a_page_gives(counting):
    for endpoint, _ in ACTS:
        assert endpoint in counting.view_functions


def test_what_the_database_knows_is_left_out_while_it_does_not_answer(counting):
    db.session.execute(text("ALTER TABLE records_record RENAME TO records_away"))
    db.session.commit()
    try:
        names = set(scraped(counting))
    finally:
        db.session.execute(text("ALTER TABLE records_away RENAME TO records_record"))
        db.session.commit()
    assert "elearn_records_issued_total" not in names
    assert any(name.startswith("elearn_request_seconds_count") for name in names)


def test_without_a_token_there_is_no_page_and_nothing_is_loaded_for_it(tmp_path):
    code = (
        "import sys; from elearn.core import config; from elearn.factory import create_app\n"
        f"app = create_app(config.load({{}}, DATA={str(tmp_path)!r}, SECRET_KEY='x' * 40))\n"
        "print(app.test_client().get('/metrics').status_code, 'prometheus_client' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "404 False\n"
