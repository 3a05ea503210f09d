"""Lists of people and libraries: sent, judged row by row, written whole or not; and exports."""

from dataclasses import dataclass
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts.formats.table import error_file, stream_table, template
from elearn.accounts.formats.workbook_write import MEDIA_TYPE, write_workbook
from elearn.accounts.formats.workbook_write import Kind as CellKind
from elearn.accounts.models import Upload
from elearn.accounts.queries import own_nodes
from elearn.accounts.queries.uploads import own_upload, own_upload_to_change
from elearn.accounts.service import uploads
from elearn.accounts.service.imports import SHOWN_MOST, Kind
from elearn.admin.forms.lists import ListForm
from elearn.admin.views.blueprint import bp
from elearn.admin.views.list_kinds import KINDS, PEOPLE, ListKind, kind_for
from elearn.admin.views.list_work import judging, reasons, writing
from elearn.core import audit, clock, jobs
from elearn.core.db import BUSY_SECONDS, db, saving
from elearn.core.errors import Conflict, Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.jobs import Seen
from elearn.core.permissions import Action, may
from elearn.web.downloads import attachment
from elearn.web.guard import requires
from elearn.web.messages import sentence
from elearn.web.session import actor

_SMALL_BYTES = 50_000  # judged before the page answers: some hundred rows
_CSV = "text/csv"


@dataclass(frozen=True, slots=True)
class Shown:
    """One row's verdict as the page shows it."""

    line: int
    subject: str
    columns: tuple[str, ...]
    reasons: tuple[str, ...]


@bp.get("/admin/lists/")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def lists() -> ResponseReturnValue:
    kinds = [kind for kind in KINDS.values() if may(actor(), kind.action)]
    return render_template("admin/lists.html", kinds=kinds)


@bp.get("/admin/lists/<key>")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def list_of(key: str) -> ResponseReturnValue:
    return _draw_form(kind_for(actor(), key), ListForm())


@bp.post("/admin/lists/<key>")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def send_list(key: str) -> ResponseReturnValue:
    """Keep what was sent, begin to judge it, and go where that is shown."""
    kind, form = kind_for(actor(), key), ListForm()
    if not form.validate():
        return _draw_form(kind, form), 422
    content, name = form.content()
    with saving():
        upload = uploads.keep(actor(), kind.key, name, content, clock.now())
        upload.job_code = jobs.begin(f"{kind.key}-judge", actor(), clock.now())
    _judge(kind, upload)
    return redirect(url_for(".sent_list", code=upload.code), 303)


@bp.get("/admin/lists/uploads/<code>/")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def sent_list(code: str) -> ResponseReturnValue:
    """What would become of each row, how far it is, or that everything is written."""
    upload = own_upload(actor(), code)
    kind = kind_for(actor(), upload.kind)
    seen = jobs.watch(actor(), upload.job_code, clock.now())
    if seen.state == "running":
        return render_template("admin/list_running.html", kind=kind, upload=upload, seen=seen)
    if seen.fault or seen.outcome.get("written"):
        fault = sentence(seen.fault, seen.outcome.get("values")) if seen.fault else ""
        tops = own_nodes(actor(), Action.ACCOUNTS_WAYS_IN_MAKE) if kind is PEOPLE else []
        return render_template(
            "admin/list_ended.html", kind=kind, upload=upload, seen=seen, fault=fault, tops=tops
        )
    return _draw_verdicts(kind, upload, seen)


@bp.post("/admin/lists/uploads/<code>/write")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def write_list(code: str) -> ResponseReturnValue:
    """Write all of it, as it was shown."""
    kind, upload, is_new = _next_job(code, "write")
    if is_new:
        digest = request.form.get("digest", "")
        _begin(upload, writing(kind, actor(), upload.code, upload.content or b"", digest))
    return redirect(url_for(".sent_list", code=code), 303)


@bp.post("/admin/lists/uploads/<code>/judge")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def judge_list(code: str) -> ResponseReturnValue:
    """Look at the same list once more: after an interruption, or after other changes."""
    kind, upload, is_new = _next_job(code, "judge")
    if is_new:
        _judge(kind, upload)
    return redirect(url_for(".sent_list", code=code), 303)


@bp.get("/admin/lists/uploads/<code>/problems.csv")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def list_problems(code: str) -> ResponseReturnValue:
    """All rows of the list, each refused one with its reason: put right, it can be sent again."""
    upload = own_upload(actor(), code)
    kind = kind_for(actor(), upload.kind)
    if upload.content is None:
        raise Missing("upload-gone")
    table, said = reasons(kind, upload.content, sentence)
    content = error_file(table, said, page_language())
    return attachment(content, _CSV, f"{kind.file_name}-{_('problems')}.csv")


@bp.get("/admin/lists/<key>/template.<ending>")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def list_template(key: str, ending: str) -> ResponseReturnValue:
    kind = kind_for(actor(), key)
    name = f"{kind.file_name}-{_('template')}.{ending}"
    if ending == "csv":
        return attachment(template(kind.columns), _CSV, name)
    return _workbook(kind, [[column.example for column in kind.columns]], ending, name)


@bp.get("/admin/lists/<key>/all.<ending>")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def export_list(key: str, ending: str) -> ResponseReturnValue:
    """Everybody, or every library: read again as a list it changes nothing."""
    kind, now = kind_for(actor(), key), clock.now()
    if ending not in ("csv", "xlsx"):
        raise Missing("page-missing")
    with saving():
        audit.note(actor(), f"accounts:{kind.key}:export", kind.key, now)
    name = f"{kind.file_name}-{clock.day_in(now, clock.DEFAULT_ZONE):%Y-%m-%d}.{ending}"
    rows = list(kind.rows(now))
    db.session.rollback()
    if ending == "csv":
        return attachment(stream_table(_header(kind), rows), _CSV, name)
    return _workbook(kind, rows, ending, name)


def _next_job(code: str, verb: str) -> tuple[ListKind, Upload, bool]:
    """A further job about what was sent, and whether it is new: of two who press, one begins it."""
    kind = kind_for(actor(), own_upload(actor(), code).kind)
    with saving():
        upload = own_upload_to_change(actor(), code)
        if upload.content is None:
            raise Conflict("upload-gone")
        is_new = request.form.get("job") == upload.job_code
        if is_new:
            upload.job_code = jobs.begin(f"{kind.key}-{verb}", actor(), clock.now())
    return kind, upload, is_new


def _judge(kind: ListKind, upload: Upload) -> None:
    _begin(upload, judging(kind, upload.content or b""))


def _begin(upload: Upload, work: jobs.Work) -> None:
    """A small list is done before the page answers: nobody need look again."""
    if len(upload.content or b"") <= _SMALL_BYTES:
        jobs.run_now(upload.job_code, work)
    else:
        jobs.start(upload.job_code, work)


def _draw_form(kind: ListKind, form: ListForm) -> str:
    return render_template("admin/list.html", kind=kind, form=form)


def _draw_verdicts(kind: ListKind, upload: Upload, seen: Seen) -> str:
    counts = {Kind(name): count for name, count in seen.outcome["counts"].items()}
    order = [Kind.PROBLEM, Kind.CHANGED, Kind.NEW, Kind.SAME]
    first = next((one for one in order if counts[one]), Kind.SAME)
    wanted = request.args.get("show", "")
    show = Kind(wanted) if wanted in counts else first
    names = {column.key: column.names[0] for column in kind.columns}
    held_up = seen.outcome.get("held_up_seconds", 0)
    return render_template(
        "admin/list_verdicts.html",
        kind=kind,
        upload=upload,
        seen=seen,
        counts=[(one, counts[one]) for one in order],
        show=show,
        rows=[_shown(row, names) for row in seen.outcome["shown"][show]],
        most=SHOWN_MOST,
        to_write=0 if counts[Kind.PROBLEM] else counts[Kind.NEW] + counts[Kind.CHANGED],
        held_up_seconds=held_up if db.engine.dialect.name == "sqlite" else 0,
        patience_seconds=BUSY_SECONDS,
    )


def _shown(row: list[Any], names: dict[str, str]) -> Shown:
    line, subject, changes, faults = row
    return Shown(
        line,
        subject,
        tuple(names.get(column, column) for column in changes),
        tuple(sentence(code, values) for code, values in faults),
    )


def _header(kind: ListKind) -> list[str]:
    return [column.names[0] for column in kind.columns]


def _workbook(kind: ListKind, rows: list[list[str]], ending: str, name: str) -> Response:
    if ending != "xlsx":
        raise Missing("page-missing")
    kinds = [CellKind.TEXT] * len(kind.columns)
    content = write_workbook(kind.file_name, _header(kind), rows, kinds, clock.now())
    return attachment(content, MEDIA_TYPE, name)
