"""A question of a draft, tried: shown, marked and explained as to a learner. Nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from elearn.authoring import queries
from elearn.authoring.formats.exchange import checked
from elearn.authoring.formats.preview import Around, pictures_named_in, rendered
from elearn.authoring.rules.pictures import MEDIA
from elearn.authoring.rules.questions import Found
from elearn.authoring.views.bench import Bench, bench_for, name_of
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.desk import lesson_keys, too_long, unreadable
from elearn.authoring.views.places import place_of
from elearn.authoring.views.plain_words import said
from elearn.core.errors import Invalid
from elearn.core.i18n import page_language
from elearn.core.ids import new_code
from elearn.core.markdown import Refused
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable, emit
from elearn.courses import queries as courses
from elearn.courses.formats.html import question_body
from elearn.courses.rules import QuestionBody, QuestionFacts, facts_in
from elearn.quizzes import rules
from elearn.quizzes.forms import fields_of
from elearn.quizzes.queries import Asked
from elearn.quizzes.rules import Given
from elearn.quizzes.views.findings import finding
from elearn.quizzes.views.sheets import sheet
from elearn.web.guard import requires
from elearn.web.messages import sentence
from elearn.web.session import actor

_SEED_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class _Sitting:
    """A quiz that asks this question and no other."""

    kind: str
    module_key: str
    draw: int = 1


@bp.get("/<code>/questions/<key>/try")
@requires(Action.AUTHORING_DRAFT_WRITE)
def try_question(code: str, key: str) -> ResponseReturnValue:
    return _draw(code, key, None)


@bp.post("/<code>/questions/<key>/try")
@requires(Action.AUTHORING_DRAFT_WRITE)
def answer_question(code: str, key: str) -> ResponseReturnValue:
    return _draw(code, key, request.form)


def _draw(code: str, key: str, sent: MultiDict[str, str] | None) -> ResponseReturnValue:
    """sent: an answer to be marked."""
    bench = bench_for(queries.own_draft(actor(), code))
    found = None
    why, shown, status = "", dict[str, Any](), 200
    language = _language(bench)
    try:
        found = bench.question(key)
        asked, body = _asked(bench, found, language, sent.get("seed", "") if sent else "")
        shown = _shown(asked, body, sent)
    except Unreadable as fault:
        why = unreadable(fault)
    except Refused as refused:
        why = too_long(refused)
    except Invalid as refused:
        why = sentence(refused.code) if refused.code == "answer-invalid" else _whys(found, language)
        status = 422 if sent is not None else 200
    page = render_template(
        "authoring/try.html",
        place=place_of(bench.draft, "outline"),
        key=key,
        name=name_of(found.data, bench.languages) if found else key,
        why=why,
        language=language,
        **shown,
    )
    return page, status


def _asked(bench: Bench, found: Found, language: str, seed: str) -> tuple[Asked, QuestionBody]:
    """The question as one attempt asks it. seed: of the attempt that is being answered.

    Raises Invalid question-unfit for one that cannot be asked in this language yet.
    """
    question, problems = checked(found.data, language)
    if question is None or problems:
        raise Invalid("question-unfit")
    module = bench.module_of(found)
    facts = facts_in(question, module.key, 1)
    seed = seed[:_SEED_CHARACTERS] or new_code()[:_SEED_CHARACTERS]
    sitting = _Sitting("quiz" if facts.pool == "quiz" else "post-test", module.key)
    facts_by_key: dict[str, QuestionFacts] = {facts.key: facts}
    [drawn] = rules.draw(facts_by_key, sitting, [module.key], seed)
    around = _around(bench, found)

    def block(text: str, prefix: str) -> str:
        return rendered(text, found.path, language, around, prefix).html

    body = courses.body_from(question_body(question, 1, language, block))
    return Asked(1, drawn, facts, seed), body


def _shown(asked: Asked, body: QuestionBody, sent: MultiDict[str, str] | None) -> dict[str, Any]:
    """What the page draws: the question, and what its answer earns when there is one."""
    if sent is None:
        return {"sheet": sheet(asked, 1, body, None, None), "seed": asked.seed}
    given = rules.read_answer(asked.facts, asked.drawn, fields_of(sent, 1), page_language())
    if rules.fault_in_answer(asked.facts, given):
        raise Invalid("answer-invalid")
    return {
        "sheet": sheet(asked, 1, body, given, None),
        "seed": asked.seed,
        "found": _found(asked, body, given),
    }


def _found(asked: Asked, body: QuestionBody, given: Given) -> dict[str, Any]:
    earned = rules.points(asked.facts, given)
    return finding(asked, 1, body, given, earned, reveals=True)


def _around(bench: Bench, found: Found) -> Around:
    code = bench.draft.code
    media = tuple(path for path in bench.paths if path.startswith(MEDIA))
    named = pictures_named_in(emit({"question": found.data}), media)
    return Around(
        lessons=lesson_keys(bench.paths),
        pictures=queries.some_of(bench.draft, named),
        lesson_url=lambda key: url_for("authoring.preview_unit", code=code, key=key),
        picture_url=lambda path: url_for(
            "authoring.picture", code=code, name=path.removeprefix(MEDIA)
        ),
    )


def _language(bench: Bench) -> str:
    """The one asked for, else the reader's, else the course's own."""
    for wanted in (request.args.get("lang", ""), page_language()):
        if wanted in bench.languages:
            return wanted
    return bench.languages[0]


def _whys(found: Found | None, language: str) -> str:
    """Why a question cannot be asked yet."""
    problems = checked(found.data, language)[1] if found else ()
    return " ".join(said(problem) for problem in problems)
