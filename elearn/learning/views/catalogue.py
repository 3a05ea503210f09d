"""All courses, for everybody: found by words, filtered by what is the reader's own."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from elearn.core.i18n import page_language
from elearn.courses import queries as courses
from elearn.learning import queries
from elearn.learning.forms import FilterForm
from elearn.learning.queries import Standing
from elearn.learning.views import shown
from elearn.learning.views.blueprint import bp
from elearn.web.guard import public
from elearn.web.session import actor


@bp.get("/courses/")
@public
def catalogue() -> ResponseReturnValue:
    form = FilterForm(request.args)
    words = " ".join((form.q.data or "").split())[:200]
    found = courses.find(words) if words else courses.newest_of_all()
    mine = _own_standings()
    outlines = {outline.slug: outline for outline in found}
    if not words:  # courses that are no longer offered stay with those who follow them
        outlines = {slug: s.outline for slug, s in mine.items() if slug not in outlines} | outlines
    wanted = form.wanted() if actor().is_known else "all"
    cards = [
        shown.own_card(outline, mine.get(slug), page_language())
        if actor().is_known
        else shown.card(outline, page_language())
        for slug, outline in outlines.items()
        if _is_shown(wanted, mine.get(slug))
    ]
    return render_template("learning/catalogue.html", form=form, cards=cards, words=words)


def _own_standings() -> dict[str, Standing]:
    if not actor().is_known:
        return {}
    standings = map(queries.standing, queries.own_enrolments(actor()))
    return {standing.outline.slug: standing for standing in standings}


def _is_shown(wanted: str, standing: Standing | None) -> bool:
    if wanted == "mine":
        return standing is not None
    if wanted == "other":
        return standing is None
    if wanted == "done":
        return standing is not None and standing.is_complete
    return True
