"""What the answers of many people say about the questions of a published version."""

from flask import render_template
from flask.typing import ResponseReturnValue

from elearn.authoring import queries
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.item_page import report
from elearn.core.errors import Missing
from elearn.core.i18n import page_language
from elearn.core.permissions import Action, may
from elearn.courses import queries as courses
from elearn.quizzes import queries as quizzes
from elearn.quizzes.rules.items import TRIES_TO_JUDGE
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/courses/<slug>/<int:number>/items")
@requires(Action.AUTHORING_DRAFT_WRITE)
def items(slug: str, number: int) -> ResponseReturnValue:
    versions = queries.own_versions(actor(), slug)
    found = next((one for one in versions if one.number == number), None)
    if found is None:
        raise Missing("course-missing")
    outline = courses.outline(found.id)
    language = outline.language_for(page_language())
    return render_template(
        "authoring/items.html",
        outline=outline,
        language=language,
        report=report(outline, language),
        most=quizzes.MOST,
        least=TRIES_TO_JUDGE,
        numbers=[one.number for one in versions[::-1]],
        draft=queries.open_draft_of(slug),
        in_newest=courses.questions(versions[-1].id),
        may_correct=may(actor(), Action.QUIZZES_QUESTION_CORRECT),
    )
