"""A published version: what it is, who studies it, and going on from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.authoring import queries
from elearn.authoring.forms.publishing import WithdrawForm
from elearn.authoring.queries import Said
from elearn.authoring.rules.effects import corrected
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.item_page import plain
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.coursepack import write
from elearn.courses import queries as courses
from elearn.courses import service as publishing
from elearn.courses.models import Version
from elearn.courses.rules import Outline
from elearn.learning import queries as learning
from elearn.quizzes import queries as quizzes
from elearn.web.downloads import attachment
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/courses/<slug>/<int:number>/")
@requires(Action.AUTHORING_DRAFT_WRITE)
def version(slug: str, number: int) -> ResponseReturnValue:
    return _draw(queries.own_version(actor(), slug, number), WithdrawForm())


@bp.get("/courses/<slug>/<int:number>/export.zip")
@requires(Action.AUTHORING_DRAFT_WRITE)
def export_version(slug: str, number: int) -> ResponseReturnValue:
    files = courses.files_of(queries.own_version(actor(), slug, number).id)
    return attachment(write.zipped(slug, files), "application/zip", f"{slug}-{number}.zip")


@bp.post("/courses/<slug>/<int:number>/withdraw")
@requires(Action.AUTHORING_DRAFT_WRITE)
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    form = WithdrawForm()
    if not form.validate():
        return _draw(queries.own_version(actor(), slug, number), form), 422
    with saving():
        found = queries.own_version(actor(), slug, number)
        publishing.withdraw(found, slug, form.reason.data, actor(), clock.now())
    flash(_("Version %(number)s is no longer offered. Who studies it goes on.", number=number))
    return redirect(url_for(".version", slug=slug, number=number), 303)


@dataclass(frozen=True, slots=True)
class SaidOf:
    """What was said of one unit, of its questions, or (no title) of the whole."""

    title: str
    language: str
    address: str
    comments: list[Said]


def _said(outline: Outline, language: str) -> list[SaidOf]:
    """Comments on the draft that became this version, in the order of the course."""
    said = queries.comments_of_version(outline.version_id)
    bank = courses.questions(outline.version_id)
    by_unit: dict[str, list[Said]] = {}
    for place, comments in said.items():
        key = f"{bank[place].module_key}-quiz" if place in bank else place
        by_unit.setdefault(key, []).extend(comments)
    order = {unit.key: at for at, unit in enumerate(outline.units)}
    return [
        _said_of(outline, language, key, by_unit[key])
        for key in sorted(by_unit, key=lambda key: order.get(key, -1))
    ]


def _said_of(outline: Outline, language: str, key: str, comments: list[Said]) -> SaidOf:
    unit, code = outline.unit(key), comments[0].draft_code
    if unit is None:
        return SaidOf("", "", url_for("authoring.preview", code=code), comments)
    return SaidOf(
        courses.unit_title(outline, unit, language),
        courses.title_language(outline, unit, language),
        url_for("authoring.preview_unit", code=code, key=key),
        comments,
    )


@dataclass(frozen=True, slots=True)
class OldKey:
    """A question that an earlier version marks otherwise. address: where that is put right."""

    question: str
    number: int
    address: str


def _old_keys(outline: Outline, language: str, earlier: Iterable[Version]) -> list[OldKey]:
    """The key was corrected here: those who answered before gain it when their author asks."""
    bank = courses.questions(outline.version_id)
    bodies = courses.question_bodies(outline.version_id, language)
    return [
        OldKey(
            question=plain(bodies[key], key),
            number=one.number,
            address=url_for(
                ".correct", slug=outline.slug, number=one.number, key=key, newer=outline.number
            ),
        )
        for one in earlier
        for key in corrected(
            bank, quizzes.corrected_questions(one.id, quizzes.corrections_of(one.id))
        )
    ]


def _draw(found: Version, form: WithdrawForm) -> str:
    outline = courses.outline(found.id)
    language = outline.language_for(page_language())
    versions = courses.versions_of(outline.slug)
    counts = learning.learners_by_version([found.course_id]).get(found.course_id, {})
    withdrawn = courses.withdrawn()
    studied = [each for each, _slug in versions if each.id in counts and each.number < found.number]
    return render_template(
        "authoring/version.html",
        outline=outline,
        language=language,
        publisher=accounts.person(found.published_by).full_name if found.published_by else None,
        versions=[
            (each, counts.get(each.id, 0), each.id in withdrawn) for each, _slug in versions[::-1]
        ],
        is_withdrawn=found.id in withdrawn,
        draft=queries.open_draft_of(outline.slug),
        old_keys=_old_keys(outline, language, studied),
        said=_said(outline, page_language()),
        form=form,
    )
