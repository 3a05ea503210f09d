"""Commands that work with published versions: publish, render, list, export, withdraw."""

from pathlib import Path

import click

from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.commandline import AS_SOMEBODY
from elearn.core.db import saving
from elearn.core.errors import Conflict, Forbidden, Missing
from elearn.core.permissions import Action, Actor, may
from elearn.coursepack import write
from elearn.coursepack.model import Course
from elearn.coursepack.problems import Language
from elearn.coursepack.reading import read_files
from elearn.courses import models, queries, service
from elearn.courses.commands.reading import LANGUAGE, read
from elearn.courses.formats.html import render_course
from elearn.courses.limits import course_limits


@click.command("publish")
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@AS_SOMEBODY
@LANGUAGE
def publish(sources: tuple[Path, ...], username: str, lang: Language) -> None:
    """Publish course folders or zips. A problem anywhere publishes nothing and exits 1."""
    actor = _author(username)
    found = [read(source, course_limits(), lang) for source in sources]
    with click.progressbar(found, label="Rendering", width=24) as courses:
        ready = [(course, render_course(course)) for course in courses]
    with saving():
        done = [(c, service.publish(c, html, actor, clock.now())) for c, html in ready]
    for course, outcome in done:
        state = "published" if outcome.is_new else "unchanged, nothing to do"
        click.echo(f"{course.slug} version {course.version}: {state}")


@click.command("render")
@click.option("--all", "everything", is_flag=True, help="Also what is up to date.")
def render(everything: bool) -> None:
    """Render published versions anew where the renderer has changed."""
    stale = queries.rendered_otherwise()
    versions = [(v.id, slug, v.number) for v, slug in queries.versions_of()]
    chosen = [row for row in versions if everything or row[0] in stale]
    unreadable = []
    with click.progressbar(chosen, label="Rendering", width=24) as rows:
        for version_id, slug, number in rows:
            course, _problems = read_files(dict(queries.files_of(version_id)), course_limits())
            if course is None:
                unreadable.append(f"{slug} version {number}")
                continue
            html = render_course(course)
            with saving():
                service.keep_html(version_id, html)
    click.echo(f"{len(chosen) - len(unreadable)} of {len(versions)} versions rendered.")
    for name in unreadable:
        click.echo(f"{name}: today's checks refuse it; its former rendering stays.")
    raise SystemExit(1 if unreadable else 0)


@click.command("list")
def list_() -> None:
    """List every published version: course, number, JP, languages, date, digest."""
    withdrawn = queries.withdrawn()
    for version, slug in queries.versions_of():
        state = "  withdrawn" if version.id in withdrawn else ""
        day = clock.day_in(version.published_at, clock.DEFAULT_ZONE)
        click.echo(
            f"{slug}  version {version.number}  {version.jp} JP  {version.languages}  "
            f"{day}  {version.digest[:12]}{state}"
        )


@click.command("export")
@click.argument("slug")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--version", "number", type=int, help="Default: the newest.")
def export(slug: str, target: Path, number: int | None) -> None:
    """Write a published version to TARGET: a new folder, or a zip when it ends in .zip."""
    version = _version(slug, number)
    course, problems = read_files(dict(queries.files_of(version.id)), course_limits())
    if course is None:
        for problem in problems:
            click.echo(problem.format("en"), err=True)
        raise SystemExit(1)
    if target.suffix == ".zip":
        target.write_bytes(write.archive(course))
    else:
        _write_folder(course, target)
    click.echo(f"{slug} version {version.number} written to {target}")


@click.command("withdraw")
@click.argument("slug")
@click.option("--version", "number", type=int, required=True)
@click.option("--reason", required=True)
@AS_SOMEBODY
def withdraw(slug: str, number: int, reason: str, username: str) -> None:
    """Offer a version no longer. Those who study it go on."""
    actor = _author(username)
    with saving():
        service.withdraw(_version(slug, number), slug, reason, actor, clock.now())
    click.echo(f"{slug} version {number} is no longer offered.")


def _author(username: str) -> Actor:
    actor = actor_named(username)
    if not may(actor, Action.COURSES_VERSION_PUBLISH):
        raise Forbidden("publish-forbidden", username=username)
    return actor


def _version(slug: str, number: int | None) -> models.Version:
    found = [v for v, _ in queries.versions_of(slug) if number in (None, v.number)]
    if not found:
        raise Missing("version-missing", slug=slug)
    return found[-1]


def _write_folder(course: Course, target: Path) -> None:
    try:
        write.folder(course, target)
    except FileExistsError:
        raise Conflict("export-folder-taken", folder=str(target)) from None


COMMANDS: tuple[click.Command, ...] = (publish, render, list_, export, withdraw)
