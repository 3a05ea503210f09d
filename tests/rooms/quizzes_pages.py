"""How the tests of quizzes walk their pages."""

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.permissions import Actor
from elearn.learning import service as learning
from elearn.quizzes import queries
from elearn.quizzes.models import Answer, Attempt
from tests.conftest import browser, person_id, signed_in
from tests.elements import Elements
from tests.factories import published_example

QUIZ = "/quizzes/contoh/satu-quiz"
WRITER = "aaaaaaaaaaaa"
JSON = {"Accept": "application/json"}


def join(app, username, order="free"):
    """Publish the example course; a browser of somebody who has joined it."""
    published_example(order=order)
    return enrolled(app, username)


def enrolled(app, username):
    with saving():
        learning.enrol(Actor(person_id(username)), "contoh", "id", clock.now())
    return signed_in(browser(app), username)


def english(client):
    """The reader's switch to English, so that a test can look for words."""
    client.set_cookie("elearn_language", "en")


def reader(app, username):
    """A browser of somebody who reads English."""
    client = signed_in(browser(app), username)
    english(client)
    return client


def begin(client, quiz=QUIZ):
    """Begin an attempt; the address of its page."""
    response = client.post(quiz)
    assert response.status_code == 303, response.text
    return response.location


def attempt_row():
    """The newest attempt, as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(db.select(Attempt).order_by(Attempt.id.desc()).limit(1)).one()


def answers():
    """What is saved, by question key, as it stands in the database."""
    db.session.rollback()
    db.session.expire_all()
    return {row.question_key: row.given for row in db.session.scalars(db.select(Answer))}


def hidden_fields(page):
    """The hidden fields of the attempt's form, as a browser would send them."""
    inputs = Elements(page).all("input", type="hidden")
    return {i["name"]: i["value"] or "" for i in inputs if i.get("name")}


def right_fields(attempt):
    """Fields that answer every question right, by positions as shown."""
    fields = {}
    for asked in queries.paper_of(attempt).asked:
        name, facts, order = f"q{asked.number}", asked.facts, asked.drawn.order
        if facts.kind in ("single", "several"):
            right = [at for at, is_right in enumerate(facts.rights) if is_right]
            fields[name] = [str(order.index(at) + 1) for at in right]
        elif facts.kind == "true-false":
            fields[name] = "1" if facts.answer else "2"
        elif facts.kind == "ordering":
            fields |= {f"{name}-{shown}": str(at + 1) for shown, at in enumerate(order, 1)}
        elif facts.kind == "matching":
            pairs = range(facts.pair_count)
            fields |= {f"{name}-{pair + 1}": str(order.index(pair) + 1) for pair in pairs}
        elif facts.kind == "text":
            fields[name] = facts.accepted[0]
        else:
            fields[name] = str(facts.answer)
    return fields


def save(client, address, fields, **more):
    """Open the page as it is now, change these fields, press a button."""
    page = client.get(address).text
    return client.post(address, data={**hidden_fields(page), **fields, **more})


def take(client, quiz, fields_of):
    """One whole attempt; the page of its review."""
    address = begin(client, quiz)
    response = save(client, address, fields_of(attempt_row()), submit="yes")
    assert response.location == f"{address}/confirm"
    assert client.get(response.location).status_code == 200
    assert client.post(f"{address}/submit").location == f"{address}/review"
    return client.get(f"{address}/review")


def number_of(kind):
    """Place of the question of this kind in the newest attempt."""
    asked = queries.paper_of(attempt_row()).asked
    return next(one.number for one in asked if one.facts.kind == kind)


def send(client, address, number, value, counter=1, writer=WRITER, seen=""):
    """One answer, as the script sends it."""
    fields = {"writer": writer, "counter": str(counter), f"seen-{number}": seen}
    fields[f"q{number}"] = value
    return client.post(f"{address}/answers/{number}", data=fields, headers=JSON)
