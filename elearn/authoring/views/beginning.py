"""Beginning a draft: of a new course, of one written elsewhere, of a published version."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice

from elearn.accounts import queries as accounts
from elearn.authoring import queries, service
from elearn.authoring.forms import NewCourseForm, UploadForm, language_choices
from elearn.authoring.rules import Files, starting
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.sentences import said
from elearn.authoring.views.undoing import done
from elearn.authoring.views.uploads import uploaded
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Invalid, Missing
from elearn.core.i18n import LANGUAGES
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable
from elearn.courses import queries as courses
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.session import actor


@bp.get("/new")
@requires(Action.AUTHORING_DRAFT_WRITE)
def new() -> ResponseReturnValue:
    return _draw(_new_form())


@bp.post("/new")
@requires(Action.AUTHORING_DRAFT_WRITE)
def begin() -> ResponseReturnValue:
    form = _new_form()
    if not form.validate():
        return _draw(form), 422
    slug = form.slug.data or starting.proposed_key(form.title.data, "kursus")
    others = [language for language in LANGUAGES if language != form.language.data]
    languages = (form.language.data, *(others if form.is_translated.data else ()))
    files = starting.new_course(slug, form.title.data, languages, form.organiser.data)
    try:
        with saving():
            draft = service.begin(slug, files, "begun", actor(), clock.now())
    except Conflict as refusal:
        form.slug.errors = [sentence_for(refusal)]
        return _draw(form), 409
    return redirect(url_for("authoring.outline", code=draft.code), 303)


@bp.get("/upload")
@requires(Action.AUTHORING_DRAFT_WRITE)
def upload() -> ResponseReturnValue:
    return render_template("authoring/upload.html", form=UploadForm())


@bp.post("/upload")
@requires(Action.AUTHORING_DRAFT_WRITE)
def begin_uploaded() -> ResponseReturnValue:
    form = UploadForm()
    if not form.validate():
        return render_template("authoring/upload.html", form=form), 422
    try:
        files = uploaded(form)
        slug = form.slug.data or starting.slug_in(files)
        code, number = _take(files, slug)
    except Unreadable:
        return _refuse_upload(form, Invalid("upload-no-course")), 422
    except Invalid as refusal:
        return _refuse_upload(form, refusal), 422
    except Conflict as refusal:
        return _refuse_upload(form, refusal), 409
    return done(said("uploaded", ""), code, number, url_for("authoring.outline", code=code))


@bp.post("/courses/<slug>/<int:number>/edit")
@requires(Action.AUTHORING_DRAFT_WRITE)
def edit_version(slug: str, number: int) -> ResponseReturnValue:
    """The open draft of a course; there is none: one on top of this version, or of a newer one.

    Who presses it on an older version's page, or an old page, would undo what came after else.
    """
    if not queries.may_write_at(actor(), slug):
        raise Missing("course-missing")
    found = {v.number: v.id for v, _slug in courses.versions_of(slug)}
    if number not in found:
        raise Missing("course-missing")
    running = queries.open_draft_of(slug)
    if running is not None:
        return redirect(url_for("authoring.outline", code=running.code), 303)
    newest = courses.newest(slug)
    base_id = found[max(number, newest.number if newest else number)]
    files = dict(courses.files_of(base_id))
    files |= starting.next_version(files, max(found) + 1)  # type: ignore[arg-type]
    with saving():
        draft = service.begin_from(base_id, files, actor(), clock.now())
    return redirect(url_for("authoring.outline", code=draft.code), 303)


def _take(files: Files, slug: str) -> tuple[str, int | None]:
    """Put what was uploaded where it belongs; the code of its draft, and a save to be undone.

    A course that is the actor's already: into its open draft as one save, or on top of its newest
    version. Else it is a new one. Somebody else's name is taken.
    """
    published = {v.number: v.id for v, _slug in courses.versions_of(slug)}
    version = max([starting.version_in(files), *(number + 1 for number in published)])
    files = {**files, **starting.adopted(files, slug, version)}  # type: ignore[dict-item]
    now, is_own, number = clock.now(), queries.may_write_at(actor(), slug), None
    with saving():
        running = queries.open_draft_of(slug)
        if running is not None and is_own:
            draft = queries.own_draft_to_change(actor(), running.code)
            gone = dict.fromkeys(queries.tree_of(draft))
            number = service.save(draft, {**gone, **files}, "uploaded", "", actor(), now)
        elif published and is_own:
            draft = service.begin_from(published[max(published)], files, actor(), now)
        else:
            draft = service.begin(slug, files, "uploaded", actor(), now)
        return draft.code, number


def _new_form() -> NewCourseForm:
    form = NewCourseForm()
    form.language.choices = language_choices()
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    form.organiser.choices = [
        SelectChoice(one.code, one.name) for one in accounts.organisers_on(today)
    ]
    return form


def _draw(form: NewCourseForm) -> str:
    return render_template("authoring/new.html", form=form)


def _refuse_upload(form: UploadForm, refusal: Invalid | Conflict) -> str:
    form.archive.errors = [*form.archive.errors, sentence_for(refusal)]
    return render_template("authoring/upload.html", form=form)
