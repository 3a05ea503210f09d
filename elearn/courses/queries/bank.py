"""Question banks of versions: facts for grading, bodies for showing."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from elearn.core.db import db
from elearn.core.markdown import stored
from elearn.courses.models import Question, QuestionRendering
from elearn.courses.queries.kept import kept
from elearn.courses.rules import OptionBody, QuestionBody, QuestionFacts, facts_of


def questions(version_id: int) -> Mapping[str, QuestionFacts]:
    """Facts of every question of a version, by key, in file order. One query, once."""
    return kept(("questions", version_id), lambda: _facts(version_id)) or {}


def question_bodies(version_id: int, language: str) -> Mapping[str, QuestionBody]:
    """Texts of every question of a version in one language, by key. One query, once."""
    key = ("bodies", version_id, language)
    return kept(key, lambda: _bodies(version_id, language)) or {}


def _facts(version_id: int) -> Mapping[str, QuestionFacts]:
    rows = db.session.scalars(
        select(Question).where(Question.version_id == version_id).order_by(Question.position)
    )
    return MappingProxyType(
        {
            row.key: facts_of(
                row.definition,
                key=row.key,
                module_key=row.module_key,
                position=row.position,
                edition=row.edition,
                kind=row.kind,
                pool=row.pool,
                lesson_key=row.lesson_key,
                points=row.points,
            )
            for row in rows
        }
    )


def _bodies(version_id: int, language: str) -> Mapping[str, QuestionBody]:
    rows = db.session.execute(
        select(QuestionRendering.question_key, QuestionRendering.body).where(
            QuestionRendering.version_id == version_id, QuestionRendering.language == language
        )
    )
    return MappingProxyType({key: body_from(json.loads(body)) for key, body in rows})


def body_from(kept_body: Mapping[str, Any]) -> QuestionBody:
    """The texts that `formats.html.question_body` has rendered, as pages show them."""
    return QuestionBody(
        text=stored(str(kept_body["text"])),
        feedback=stored(str(kept_body["feedback"])),
        options=tuple(
            OptionBody(stored(text), stored(feedback)) for text, feedback in kept_body["options"]
        ),
        items=tuple(stored(item) for item in kept_body["items"]),
        lefts=tuple(stored(left) for left in kept_body["lefts"]),
        rights=tuple(stored(right) for right in kept_body["rights"]),
        unit=str(kept_body["unit"]),
        if_true=stored(str(kept_body["if_true"])),
        if_false=stored(str(kept_body["if_false"])),
    )
