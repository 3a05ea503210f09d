"""The first page: where to go on, for those who study; what this is, for everybody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.core import clock
from elearn.core.i18n import page_language
from elearn.courses import queries as courses
from elearn.courses.rules import Outline, OutlineUnit
from elearn.learning import queries, rules
from elearn.learning.models import Enrolment
from elearn.learning.queries import Standing
from elearn.learning.views import shown
from elearn.learning.views.blueprint import bp
from elearn.learning.views.newer import offer
from elearn.learning.views.parts import Reader, parts
from elearn.records import queries as records
from elearn.records.labels import VERDICTS
from elearn.records.models import Record
from elearn.records.service import year_of
from elearn.records.words import ledger_line
from elearn.web.guard import public
from elearn.web.session import actor

RECENT = 3  # lines of the ledger on the first page
_NEWS = timedelta(days=14)  # how long a correction by a supervisor stands on the first page


@dataclass(frozen=True, slots=True)
class Next:
    """What the one button leads to: a unit, or the record of a completed course."""

    standing: Standing
    language: str
    unit: OutlineUnit | None
    record: Record | None

    @property
    def outline(self) -> Outline:
        return self.standing.outline

    @property
    def course_title(self) -> str:
        return self.outline.words[self.language].title


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    offered = courses.newest_of_all()
    if not actor().is_known:
        cards = [shown.card(outline, page_language()) for outline in offered]
        return render_template("learning/welcome.html", cards=cards)
    enrolments = queries.own_enrolments(actor())
    standings = {enrolment.id: queries.standing(enrolment) for enrolment in enrolments}
    now = clock.now()
    year = year_of(current_user.person_id, now)
    told = {"year": year, "news": records.news_of(actor()), "verdicts": VERDICTS}
    if not enrolments:
        cards = [shown.own_card(outline, None, page_language()) for outline in offered]
        return render_template("learning/newcomer.html", cards=cards, **told)
    main = next((e for e in enrolments if not standings[e.id].is_complete), enrolments[0])
    following = _next(main, standings[main.id])
    outline, language = following.outline, following.language
    return render_template(
        "learning/home.html",
        next=following,
        parts=parts(Reader(outline, following.standing, language, following.unit)),
        offer=offer(following.standing, offered),
        credits=[
            ledger_line(credit, record, page_language())
            for credit, record in records.recent_credits(current_user.person_id, RECENT)
        ],
        others=[
            shown.own_card(standings[e.id].outline, standings[e.id], page_language())
            for e in enrolments
            if e is not main
        ],
        rulings=_recent_rulings(main, outline, now),
        place=shown.place,
        unit_title=courses.unit_title,
        title_language=courses.title_language,
        unit_address=shown.unit_address,
        unit_bytes=shown.unit_bytes,
        **told,
    )


def _recent_rulings(enrolment: Enrolment, outline: Outline, now: datetime) -> list[shown.Ruled]:
    """What a supervisor corrected or took back lately in the course that she goes on with."""
    told = queries.rulings_of([enrolment.id])
    lately = [one for one in told if (one.ended_at or one.at) > now - _NEWS]
    return shown.rulings(outline, lately)


def _next(enrolment: Enrolment, standing: Standing) -> Next:
    outline = standing.outline
    unit = None
    record = None
    if standing.is_complete:
        record = records.record_of_enrolment(actor(), enrolment.id)
    else:
        unit = rules.next_unit(outline, standing.units, standing.last_unit_key)
    return Next(standing, outline.language_for(page_language()), unit, record)
