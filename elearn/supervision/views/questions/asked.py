"""What a request asks: which question of which part of the tree, narrowed how, as of when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import request
from flask_babel import LazyString
from sqlalchemy import Row
from wtforms.fields import SelectChoice

from elearn.accounts import queries as accounts
from elearn.accounts.formats.report import Report, ReportColumn
from elearn.accounts.models import Node
from elearn.core import clock, policy
from elearn.core.errors import Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import moment, page_language
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.courses.rules import Outline
from elearn.records.rules import policy_day
from elearn.supervision.forms import QuestionForm
from elearn.supervision.queries import questions
from elearn.supervision.queries.questions import Answer, Asked
from elearn.supervision.rules.period import Span, begins_at, period
from elearn.supervision.rules.questions import Question, Target
from elearn.supervision.views.questions.shapes import SHAPES, Reading, Shape
from elearn.web.session import actor

_PARTS_MOST = 100  # offered to choose from; of a larger node each part has a page of its own
_PART_WORDS = {
    "national": _l("Province"), "province": _l("District or city"), "district": _l("Library"),
}  # fmt: skip
_PLACE = _l("Place")


@dataclass(frozen=True, slots=True)
class AskedPage:
    """One question, ready to be put."""

    node: Node
    question: Question
    form: QuestionForm
    asked: Asked
    answer: Answer

    @property
    def shape(self) -> Shape:
        return SHAPES[self.question]

    def report(self, rows: Iterable[Row[Any]]) -> Report:
        """The rows as the page and the files have them."""
        reading = Reading(self.asked, self.node.time_zone)
        return Report(
            title=str(self.shape.title),
            columns=[ReportColumn(key, str(word), kind) for key, word, kind in self.shape.columns],
            rows=(self.shape.values(row, reading) for row in rows),
            as_of=self.asked.now,
            zone=self.node.time_zone,
            notes=self._notes(),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What the list is narrowed to, as its address has it."""
        values = {name: self.form.offered(name) for name in self.shape.filters}
        return {name: value for name, value in values.items() if value}

    def _notes(self) -> list[tuple[str, str]]:
        """For who finds the file later."""
        fields = [self.form[name] for name in self.shape.filters]
        told = [
            (str(one.label.text), str(choice.label))
            for one in fields
            for choice in one.choices
            if choice.value == self.form.offered(one.name)
        ]
        as_of = moment(self.asked.now, self.node.time_zone)
        return [(_("Of"), self.node.name), *told, (_("As of"), as_of)]


def asked_page(code: str, name: str) -> AskedPage:
    """The question of this name about a node within the reader's reach; else Missing."""
    if name not in tuple(Question):
        raise Missing("page-missing")
    now = clock.now()
    node = accounts.own_node(actor(), Action.SUPERVISION_PEOPLE_READ, code, now)
    today = clock.day_in(now, node.time_zone)
    parts, offered = questions.children(node.id, today), courses.newest_of_all()
    form = _form(node, today, parts, offered)
    asked = _asked(form, node, now, parts, offered)
    question = Question(name)
    answer = SHAPES[question].put(asked, Target(form.offered("target")))
    return AskedPage(node, question, form, asked, answer)


def _form(
    node: Node, today: date, parts: Sequence[Row[int, str, str]], offered: Sequence[Outline]
) -> QuestionForm:
    form = QuestionForm(request.args)
    everything = SelectChoice("", _("All"))
    form.offer_years(today.year)
    form.course.choices = [
        everything,
        *(SelectChoice(o.slug, o.title_in(page_language())) for o in offered),
    ]
    form.part.label.text = _part_word(node)
    form.part.choices = [
        everything,
        *(SelectChoice(part.code, part.name) for part in parts if len(parts) <= _PARTS_MOST),
    ]
    for field in form:
        field.data = form.offered(field.name)
    return form


def _part_word(node: Node) -> str | LazyString:
    return _PART_WORDS.get(node.kind, _PLACE)


def _asked(
    form: QuestionForm,
    node: Node,
    now: datetime,
    parts: Sequence[Row[int, str, str]],
    offered: Sequence[Outline],
) -> Asked:
    part_ids = {part.code: part.id for part in parts}
    course_ids = {outline.slug: outline.course_id for outline in offered}
    whole = about(node, now, Span(form.offered("period")), int(form.offered("year")))
    return replace(
        whole,
        node_id=part_ids.get(form.offered("part"), node.id),
        course_id=course_ids.get(form.offered("course")),
    )


def about(node: Node, now: datetime, span: Span, year: int) -> Asked:
    """All people and courses of a node, in a span of its own calendar; year: of JP."""
    today, zone = clock.day_in(now, node.time_zone), node.time_zone
    days = period(span, today)
    return Asked(
        node_id=node.id,
        on=today,
        now=now,
        from_at=begins_at(days.from_on, zone) if days.from_on else None,
        until_at=begins_at(days.until_on, zone) if days.until_on else None,
        year=year,
        course_id=None,
        office=policy.on(policy_day(year, today)),
    )
