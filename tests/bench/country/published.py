"""The courses of the country: basic-ict under several names, each in two versions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from elearn.core.db import saving
from elearn.core.permissions import Actor
from elearn.coursepack.folder import read_course
from elearn.coursepack.model import Course
from elearn.coursepack.reading import read_files
from elearn.courses import queries, service
from elearn.courses.formats.html import CourseHtml, render_course
from elearn.courses.rules import Outline
from tests.bench.country.span import Span

SECOND_FROM = 0.55  # share of the span: who joins later studies the second version
_BASE = Path(__file__).resolve().parents[3] / "courses" / "basic-ict"
_TOPICS = ("basic-ict", "ict-in-class", "ict-for-wards", "ict-at-sea", "ict-refresher", "ict-lab")

Edition = tuple[Course, CourseHtml]


def editions() -> Iterator[Edition]:
    """Every version of every course, rendered; the first one is basic-ict as it is."""
    base, _problems = read_course(_BASE)
    if base is None:
        raise RuntimeError(f"{_BASE} cannot be published")
    with click.progressbar(_TOPICS, label="Rendering", width=24) as topics:
        for slug in topics:
            for version in (1, 2):
                course, problems = read_files(_varied(base.files, slug, version))
                if course is None:
                    raise RuntimeError("\n".join(problem.format("en") for problem in problems))
                yield course, render_course(course)


def published(found: Sequence[Edition], author: Actor, span: Span) -> list[tuple[Outline, ...]]:
    """Publish them by the real service; for each course its versions, oldest first."""
    versions: dict[str, list[int]] = {}
    for course, html in found:
        at = span.start if course.version == 1 else span.at(SECOND_FROM)
        with saving():
            outcome = service.publish(course, html, author, at)
        versions.setdefault(course.slug, []).append(outcome.version_id)
    return [tuple(queries.outline(number) for number in own) for own in versions.values()]


def _varied(files: Mapping[str, bytes], slug: str, version: int) -> dict[str, bytes]:
    """Another name; the second version means something new by the first lesson it has."""
    varied = dict(files)
    manifest = varied["course.yml"].decode()
    manifest = re.sub(r"(?m)^slug: .*$", f"slug: {slug}", manifest)
    manifest = re.sub(r"(?m)^version: .*$", f"version: {version}", manifest)
    manifest = re.sub(r"(?m)^(  (?:id|en): )(TIK Dasar|Basic ICT)", rf"\1\2 ({slug})", manifest)
    varied["course.yml"] = manifest.encode()
    if version == 2:
        lesson = min(path for path in files if path.endswith(".id.md"))
        varied[lesson] = re.sub(rb"(?m)^edition: 1$", b"edition: 2", varied[lesson])
    return varied
