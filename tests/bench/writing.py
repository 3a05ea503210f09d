"""What the pages cost on which courses are written: a draft of ordinary size beside a huge one.

    python -m tests.bench.writing [--lessons 500] [--questions 10000] [--saves 200] [--rounds 3]

On the demo, built for this and thrown away. Queries must be as many for both drafts; CPU is that
of the server, in bare pages of the same run. The first look at a draft reads its files, later ones
remember what they said: the first is told by itself.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.coursepack.yamledit import emit
from tests.bench.acts import PAGE, Act, references
from tests.bench.load import Connection, Request
from tests.bench.measuring import Count, Line, add_round, counted
from tests.bench.prepare import demo, site_app
from tests.bench.server import free_port, running
from tests.bench.sessions import Session, session_of
from tests.bench.site import command
from tests.bench.table import rows

AUTHOR = "budi"
MODULES = 50
SMALL = 3, 12, 2  # lessons, questions, saves
_WORDS = "Buku yang terawat dibaca lebih lama, dan lebih banyak orang datang untuk meminjamnya. "


@dataclass(frozen=True)
class Draft:
    """Addresses in one draft. sizes: what it was made of."""

    sizes: tuple[int, int, int]
    code: str
    module: str
    lesson: str
    question: str


def course_files(slug: str, lessons: int, questions: int) -> Mapping[str, bytes]:
    """A course with so much in it, spread over its modules."""
    count = min(MODULES, lessons)
    modules = [f"{n:02}-bagian-{n}" for n in range(1, count + 1)]
    course = {
        "format": 1, "slug": slug, "version": 1, "languages": ["id", "en"],
        "title": {"id": f"Kursus {slug}", "en": f"Course {slug}"},
        "summary": {"id": _WORDS, "en": _WORDS}, "call_code": "KS", "weave": "tumpal",
        "organiser": "perpusnas-contoh", "outcomes": [{"id": _WORDS, "en": _WORDS}],
        "completion": {"required": "all", "pass_percent": 70, "order": "free", "task": "shown"},
        "modules": modules, "change_note": {"id": "", "en": ""},
    }  # fmt: skip
    files = {"course.yml": emit(course).encode()}
    for n, module in enumerate(modules, 1):
        title = {"id": f"Bagian {n}", "en": f"Part {n}"}
        head = {"title": title, "summary": title, "jp": 1, "quiz_minutes": 6}
        files[f"{module}/module.yml"] = emit(head).encode()
        own = [f"pelajaran-{n}-{i}" for i in range(1, lessons // count + 1)]
        for i, key in enumerate(own, 1):
            for language, edition in (("id", "minutes: 10\nedition"), ("en", "of_edition")):
                text = f"---\ntitle: {key}\n{edition}: 1\n---\n## {key}\n\n{_WORDS * 40}\n"
                files[f"{module}/{i:02}-{key}.{language}.md"] = text.encode()
        bank = [_question(n, i, own[0]) for i in range(1, questions // count + 1)]
        files[f"{module}/quiz.yml"] = emit({"draw": 5, "questions": bank}).encode()
    return files


def _question(module: int, number: int, lesson: str) -> dict[str, object]:
    text = {"id": f"Soal {module}.{number}? {_WORDS}", "en": f"Question {module}.{number}?"}
    short = {"id": "Karena berdebu", "en": "Because of dust"}
    options = [{kind: short, "feedback": short} for kind in ("right", "wrong", "wrong")]
    return {
        "key": f"soal-{module}-{number}", "edition": 1, "kind": "single", "pool": "quiz",
        "lesson": lesson, "text": text, "options": options,
    }  # fmt: skip


def draft_of(slug: str, lessons: int, questions: int, saves: int) -> Draft:
    """Begin the draft, and save it again so often, one file at a time."""
    actor = actor_named(AUTHOR)
    with saving():
        files = course_files(slug, lessons, questions)
        code = service.begin(slug, files, "begun", actor, clock.now()).code
    module = min(path for path in files if "/" in path).partition("/")[0]
    lesson = next(path for path in sorted(files) if path.endswith(".id.md"))
    for number in range(2, saves + 1):
        with saving():
            draft = queries.own_draft_to_change(actor, code)
            changed = {lesson: files[lesson] + f"\nSimpanan {number}.\n".encode()}
            service.save(draft, changed, "lesson", "pelajaran-1-1", actor, clock.now())
    key = module.partition("-")[2]
    return Draft((lessons, questions, saves), code, key, "pelajaran-1-1", "soal-1-1")


def acts(draft: Draft, own: Session) -> list[Act]:
    """The pages of one draft, and the save of a lesson's text."""

    def page(path: str) -> Act:
        address = f"/authoring/{draft.code}/{path}"
        return Act(path or "contents", lambda _: Request("GET", address, own.cookie), 10, 20)

    return [
        Act("my courses", lambda _: Request("GET", "/authoring/", own.cookie), 10, 20),
        page(""),
        page(f"modules/{draft.module}"),
        page(f"modules/{draft.module}/questions"),
        page(f"questions/{draft.question}"),
        page(f"lessons/{draft.lesson}/id"),
        page("history"),
        page("publish"),
    ]


def first_look(port: int, draft: Draft, own: Session) -> float:
    """Seconds that the first page of a draft takes in a process that has not seen it."""
    connection = Connection(port)
    begun = time.monotonic()
    answer = connection.send(Request("GET", f"/authoring/{draft.code}/", own.cookie))
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"contents: {answer.status}")
    return time.monotonic() - begun


def report(
    small: Mapping[str, Count], lines: Mapping[str, Line], looks: Iterable[tuple[Draft, float]]
) -> str:
    """Two tables as Markdown."""
    body = [
        (
            line.name.split("/")[0],
            str(small[name].statements),
            str(line.count.statements),
            f"{line.cpu_ratio(PAGE):.1f}",
            f"{line.at(95, 1):.0f}",
            f"{line.count.body_bytes / 1000:.0f}",
        )
        for name, line in lines.items()
    ]
    head = ("page", "queries, small", "queries, huge", "CPU, bare pages", "p95 ms", "KB")
    first = [
        (f"{d.sizes[0]} lessons, {d.sizes[1]} questions, {d.sizes[2]} saves", f"{seconds:.2f}")
        for d, seconds in looks
    ]
    return f"{rows(head, *body)}\n\n{rows(('first look at a draft', 'seconds'), *first)}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.writing", description=__doc__)
    parser.add_argument("--lessons", type=int, default=500)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--saves", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="elearn-writing-") as name:
        folder, port = Path(name) / "site", free_port()
        say("building the demo")
        demo(folder)
        app = site_app(folder)
        say("building the drafts")
        with app.app_context(), app.test_request_context():
            small = draft_of("kursus-kecil", *SMALL)
            huge = draft_of("kursus-besar", options.lessons, options.questions, options.saves)
            author = actor_named(AUTHOR).person_id
            db.session.remove()
        own = session_of(app, author or 0)
        start = command(folder, port, Path(name))
        with running(start, folder, port, Path(name) / "server.log", WORKERS="1") as server:
            looks = [(draft, first_look(port, draft, own)) for draft in (small, huge)]
            beside = references(port)
            of_small = [counted(port, act) for act in acts(small, own)]
            todo = acts(huge, own)
            lines = [Line(act.name, counted(port, act)) for act in todo]
            for number in range(options.rounds):
                for act, line in zip(todo, lines, strict=True):
                    say(f"round {number + 1} of {options.rounds}: {act.name}")
                    add_round(server, act, line, beside)
    names = [line.name for line in lines]
    print(
        report(dict(zip(names, of_small, strict=True)), dict(zip(names, lines, strict=True)), looks)
    )


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
