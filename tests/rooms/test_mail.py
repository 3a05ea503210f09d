"""Letters: each leaves once or is listed, whatever happens to the sender or the server."""

import email
import threading
from datetime import timedelta
from email.policy import default

import pytest

from elearn.core import clock, config, outbox
from elearn.core.db import db, saving
from elearn.core.outbox import Mail
from tests.conftest import SECRET, on_sqlite
from tests.rooms.mail_server import mail_server

TO = "ani@contoh.id"


def put(key="reset 1", to=TO, subject="Kata sandi baru", body="Salam, Ani.\n"):
    with saving():
        outbox.put(key, 1, to, subject, body, clock.now())


def use(app, server):
    given = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(server.port), "SMTP_SECURITY": "none"}
    data = str(app.config["SETTINGS"].data)
    app.config["SETTINGS"] = config.load({}, DATA=data, SECRET_KEY=SECRET, **given)


def mail(app, *words):
    db.session.rollback()
    result = app.test_cli_runner().invoke(app.cli, ["mail", *words])
    db.session.rollback()
    db.session.expire_all()
    return result


@pytest.fixture
def server(app):
    with mail_server() as found:
        use(app, found)
        yield found


def pass_by(time):
    """As if all that is kept of letters were so much older."""
    with saving():
        for row in db.session.scalars(db.select(Mail)):
            row.next_at -= time
            row.created_at -= time


@on_sqlite
def test_without_a_server_letters_are_private_files_in_plain_text(app):
    put(subject="Kata sandi untuk “Ani”", body="Baris ké-1\nhttp://127.0.0.1:8000/reset/x\n")
    assert mail(app, "send").exit_code == 0
    (file,) = (app.config["SETTINGS"].data / "mail").iterdir()
    assert file.suffix == ".eml"
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    letter = email.message_from_bytes(file.read_bytes(), policy=default)
    assert (letter["To"], letter["Subject"]) == (TO, "Kata sandi untuk “Ani”")
    assert letter["From"] == "elearn <elearn@127.0.0.1>"
    assert letter.get_content_type() == "text/plain"
    assert (
        letter.get_content().splitlines()
        == "Baris ké-1\nhttp://127.0.0.1:8000/reset/x\n".splitlines()
    )
    assert mail(app, "send").output == ""  # nothing left to send
    assert len(list(file.parent.iterdir())) == 1


def test_a_sent_letter_leaves_once_and_its_text_is_kept_nowhere(app, server):
    put()
    assert mail(app, "send").output == "sent: 1, not sent: 0\n"
    mail(app, "send")
    assert [TO in letter for letter in server.letters] == [True]
    assert db.session.scalars(db.select(Mail.body)).one() == ""
    assert mail(app, "list").output == ""


def test_two_senders_at_once_send_each_letter_once(app, server):
    for number in range(12):
        put(f"reset {number}", body=f"surat {number}.\n")
    runs = [threading.Thread(target=run_apart, args=(app,)) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    bodies = sorted(letter.split("surat ")[1].split(".")[0] for letter in server.letters)
    assert bodies == sorted(str(number) for number in range(12))


def run_apart(app):
    with app.app_context():
        app.test_cli_runner().invoke(app.cli, ["mail", "send"])


def test_a_letter_whose_sender_was_killed_is_listed_and_sent_when_the_operator_says_so(app, server):
    put()
    with saving():
        number = outbox.claim(clock.now()).id  # and here its sender dies
    mail(app, "send")
    assert server.letters == []
    assert f"{number}  " in mail(app, "list").output
    assert "in hand" in mail(app, "list").output
    assert mail(app, "again", str(number)).exit_code == 0
    mail(app, "send")
    assert len(server.letters) == 1
    with pytest.raises(outbox.Missing):  # what has left is not sent again by mistake
        app.test_cli_runner().invoke(
            app.cli, ["mail", "again", str(number)], catch_exceptions=False
        )


@on_sqlite
@pytest.mark.parametrize(
    ("at", "answer", "state", "taken"),
    [
        ("RCPT", "451 later", "waiting", 0),
        ("RCPT", "550 nobody", "given up", 0),
        ("DATA", "421 later", "waiting", 0),
        (".", "452 full", "waiting", 0),
        (".", "554 no", "given up", 0),
        (".", "", "in hand", 1),  # taken or not? It hung up
    ],
)
def test_what_the_server_says_decides_whether_it_is_tried_again(
    app, server, at, answer, state, taken
):
    server.answers[at] = answer
    put()
    result = mail(app, "send")
    assert result.exit_code == 1
    assert TO not in result.output  # the log of cron names nobody
    assert state in mail(app, "list").output
    server.answers.clear()
    pass_by(timedelta(minutes=2))
    mail(app, "send")
    assert len(server.letters) == (1 if state == "waiting" else taken)


@on_sqlite
def test_a_server_that_does_not_answer_is_tried_ever_more_rarely_and_then_no_more(app):
    with mail_server() as gone:
        use(app, gone)
    put()
    waits, began_at = [], clock.now()
    for _ in range(outbox.TRIES_MOST + 1):
        mail(app, "send")
        row = db.session.scalars(db.select(Mail)).one()
        waits.append(round((row.next_at - began_at).total_seconds() / 60))
        with saving():
            db.session.scalars(db.select(Mail)).one().next_at = began_at
    assert waits == [1, 5, 15, 15, 0]
    assert "given up, 4 tries" in mail(app, "list").output


@on_sqlite
def test_a_letter_whose_link_is_over_is_not_sent_and_nobody_can_let_it(app, server):
    put()
    pass_by(timedelta(minutes=30))
    mail(app, "send")
    assert "given up (what it offers is over), 0 tries" in mail(app, "list").output
    number = db.session.scalars(db.select(Mail.id)).one()
    assert isinstance(mail(app, "again", str(number)).exception, outbox.Missing)
    assert server.letters == []


@on_sqlite
def test_one_act_sends_one_letter(app):
    put("reset 1")
    with pytest.raises(Exception, match=r"(?i)unique"):
        put("reset 1")


@on_sqlite
@pytest.mark.parametrize(
    ("to", "subject"),
    [
        (TO, "Halo\r\nBcc: semua@contoh.id"),
        (TO, "=?utf-8?q?Halo=0D=0ABcc:_semua=40contoh.id?="),
        (TO, "Halo\nTo: semua@contoh.id\n\nisi lain"),
        (f"{TO}\r\nBcc: semua@contoh.id", "Halo"),
        (f"{TO}, semua@contoh.id", "Halo"),
        ("bukan alamat", "Halo"),
    ],
)
def test_nothing_gets_into_the_headers(app, server, to, subject):
    put(to=to, subject=subject, body="isi\n")
    put("reset 2")
    mail(app, "send")
    for letter in server.letters:
        parsed = email.message_from_string(letter, policy=default)
        assert parsed.keys().count("To") == 1
        assert "Bcc" not in parsed
        assert parsed["To"] == TO
    assert len(server.letters) == (2 if to == TO else 1)  # and the next one is not kept back


@on_sqlite
def test_a_password_for_the_server_is_not_shown(app):
    settings = config.load({"ELEARN_SMTP_PASSWORD": "pintu"}, SECRET_KEY=SECRET)
    assert settings.sources["SMTP_PASSWORD"].setting.secret
    with pytest.raises(config.SettingError, match="SMTP_FROM"):
        config.load({"ELEARN_SMTP_FROM": "a@b\nBcc: c@d"}, SECRET_KEY=SECRET)
