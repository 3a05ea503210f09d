"""The page that lists the questions of a module."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from flask import render_template, request, url_for

from elearn.authoring import queries
from elearn.authoring.forms.question import TermsForm
from elearn.authoring.models import Draft
from elearn.authoring.rules import Files
from elearn.authoring.rules.edits import fingerprint
from elearn.authoring.rules.question_findings import faulty_keys
from elearn.authoring.rules.questions import BANK_FILE, Terms, terms_of
from elearn.authoring.rules.sketch import ModuleSketch, QuestionSketch, Sketch
from elearn.authoring.rules.words import brief
from elearn.authoring.service import Outcome
from elearn.authoring.views.bench import module_in, text_for_reader
from elearn.authoring.views.kinds import KINDS, POOLS, kind_name, pool_name
from elearn.authoring.views.places import Place, place_of
from elearn.core.i18n import page_language
from elearn.coursepack.quizfile import MOST_QUESTIONS
from elearn.coursepack.yamledit import Unreadable

SIZE = 50  # questions a page
_LONGEST_TEXT = 160  # characters of a question in the list


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as the list shows it. number: its place in the bank, from 1."""

    number: int
    key: str
    text: str
    language: str
    kind: str
    pool: str
    lesson: str
    missing: tuple[str, ...]  # languages
    is_faulty: bool


@dataclass(frozen=True, slots=True)
class Filters:
    pool: str
    kind: str
    lesson: str

    @property
    def is_on(self) -> bool:
        return bool(self.pool or self.kind or self.lesson)

    def let(self, question: QuestionSketch) -> bool:
        return (
            self.pool in ("", question.pool)
            and self.kind in ("", question.kind)
            and self.lesson in ("", question.lesson)
        )


def as_data(terms: Terms) -> dict[str, Any]:
    """The terms of a bank as a form's base names them."""
    return asdict(terms)


def draw(
    draft: Draft, key: str, *, form: TermsForm | None = None, outcome: Outcome | None = None
) -> str:
    """form: terms that were typed and are not saved; outcome: what somebody else has saved."""
    place = place_of(draft, "outline")
    module = module_in(place.sketch, key)
    path = f"{module.folder}/{BANK_FILE}"
    files = queries.some_of(draft, [path])
    fault = place.sketch.unreadable.get(path)
    try:
        form = form or _terms_form(files, module)
    except Unreadable as wrong:  # broken, or no bank at all
        fault = fault or (wrong.line, wrong.reason)
    if outcome is not None and form is not None:
        form.base.data = outcome.base
    filters = Filters(*(request.args.get(name, "")[:60] for name in ("pool", "kind", "lesson")))
    let = [(n, one) for n, one in enumerate(module.questions, start=1) if filters.let(one)]
    pages = max(-(-len(let) // SIZE), 1)
    page = min(max(request.args.get("page", 1, int), 1), pages)
    shown = let[(page - 1) * SIZE : page * SIZE]
    return render_template(
        "authoring/questions.html",
        place=place,
        module=module,
        fault=fault,
        path=path,
        rows=_rows(place, shown, files.get(path) if not fault else None),
        filters=filters,
        count=len(let),
        page=page,
        pages=pages,
        link_to=lambda number: _link(draft, key, filters, number),
        kinds=KINDS,
        pools=POOLS,
        lessons=lessons_of(module, page_language()),
        form=form,
        theirs=outcome.there if outcome else None,
        most=MOST_QUESTIONS,
    )


def lessons_of(module: ModuleSketch, language: str) -> list[tuple[str, str]]:
    """Key and title of each lesson of a module."""
    return [(lesson.key, lesson.title(language)) for lesson in module.lessons]


def lesson_title(picture: Sketch, key: str, language: str) -> str:
    found = picture.lesson(key)
    return found[1].title(language) if found else key


def _rows(
    place: Place, shown: list[tuple[int, QuestionSketch]], bank: bytes | None
) -> list[QuestionRow]:
    picture, reader = place.sketch, page_language()
    lessons = frozenset(lesson.key for module in picture.modules for lesson in module.lessons)
    faulty = faulty_keys(bank, picture.languages, lessons) if bank else frozenset()
    rows = []
    for number, one in shown:
        text, language = text_for_reader(one.text, picture.first_language)
        rows.append(
            QuestionRow(
                number=number,
                key=one.key,
                text=brief(text, _LONGEST_TEXT),
                language=language,
                kind=kind_name(one.kind),
                pool=pool_name(one.pool),
                lesson=lesson_title(picture, one.lesson, reader),
                missing=tuple(code for code in picture.languages if code not in one.languages),
                is_faulty=one.key in faulty,
            )
        )
    return rows


def _terms_form(files: Files, module: ModuleSketch) -> TermsForm:
    """Raises Unreadable."""
    terms = terms_of(files, module.folder)
    return TermsForm(formdata=None, data={**asdict(terms), "base": fingerprint(as_data(terms))})


def _link(draft: Draft, key: str, filters: Filters, number: int) -> str:
    asked = {name: value for name, value in asdict(filters).items() if value}
    return url_for("authoring.questions", code=draft.code, key=key, **asked, page=number)
