"""A browser at the question bank of a draft. One application serves all tests of a file."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from elearn.authoring.models import Draft
from elearn.authoring.rules import questions
from elearn.coursepack.yamledit import emit
from tests.conftest import browser, in_use, make_app, signed_in
from tests.coursepack.example import example_files
from tests.rooms.authoring_drafts import draft_of, files_now, second_author
from tests.rooms.authoring_forms import form_in

FOLDER, PATH = "01-reading-room", "01-reading-room/quiz.yml"
HOSTILE = '"><script>alert(1)</script> {{ 7*7 }} =cmd|x !a: [b # <!-- \u202e </textarea>'
_numbers = itertools.count(1)


@dataclass
class Desk:
    """A browser at the questions of a draft."""

    client: FlaskClient
    draft: Draft

    @property
    def base(self) -> str:
        return f"/authoring/{self.draft.code}"

    def list(self, **asked):
        return self.client.get(f"{self.base}/modules/reading-room/questions", query_string=asked)

    def open(self, key: str):
        address = f"{self.base}/questions/{key}"
        page = self.client.get(address)
        assert page.status_code == 200
        return form_in(page.text, address)

    def send(self, key: str, fields, **options):
        return self.client.post(f"{self.base}/questions/{key}", data=fields, **options)

    def begin(self, kind: str):
        address = f"{self.base}/modules/reading-room/questions/new"
        return form_in(self.client.get(f"{address}?kind={kind}").text, address)

    def create(self, fields):
        return self.client.post(f"{self.base}/modules/reading-room/questions/new", data=fields)

    def files(self):
        return files_now(self.draft)

    def question(self, key: str):
        return questions.find(self.files(), key).data

    def keys(self):
        return [one["key"] for one in questions.questions_in(self.files(), FOLDER)]


@contextmanager
def one_site(template: Path, folder: Path) -> Iterator[Flask]:
    """An application with the cast and a second author; each test has a draft of its own."""
    shutil.copy(template, folder / "elearn.sqlite")
    with in_use(make_app(folder)) as application:
        second_author()
        yield application


def desk_at(site: Flask, files=None) -> Desk:
    """budi, at a new draft of the example course or of these files."""
    draft = draft_of(files, slug=f"course-{next(_numbers)}")
    return Desk(signed_in(browser(site), "budi"), draft)


def changed(fields, **changes):
    """The form with other words; option 0 in Indonesian is `options_0_text_id`."""
    new = fields.copy()
    for name, value in changes.items():
        new[name.replace("_", "-") if name != "is_new_meaning" else name] = value
    return new


def bank_of(count: int):
    """The example course with so many questions in its bank."""
    one = questions.questions_in(example_files(), FOLDER)[0]
    entries = [{**one, "key": f"question-{number}"} for number in range(count)]
    return {**example_files(), PATH: emit({"draw": 5, "questions": entries}).encode()}
