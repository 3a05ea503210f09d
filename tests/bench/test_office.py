"""The benchmark of the office asks for pages that are there, in any site with supervisors."""

from elearn.supervision.rules.questions import Question
from tests.bench import offices
from tests.bench.offices import FILE


def test_every_page_and_list_that_is_measured_answers_on_both_databases(app):
    (office,) = offices.median_and_largest(app, "district")
    assert office.people > 1
    client = app.test_client()
    name, _, value = office.session.cookie.partition("=")
    client.set_cookie(name, value)
    asked = list(offices.acts(office))
    assert sum(act.name.endswith(FILE) for act in asked) == len(Question) + 1
    for act in asked:
        answer = client.get(act.ask(0).path)
        kind = "text/csv" if act.name.endswith(FILE) else "text/html"
        assert (answer.status_code, answer.mimetype) == (200, kind), act.name
        assert answer.data  # of a list, which is sent in pieces, the last one, too
