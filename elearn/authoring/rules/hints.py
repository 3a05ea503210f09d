"""What a new lesson begins with and nobody has replaced yet, told as the check tells its advice."""

from elearn.authoring.rules import Files
from elearn.authoring.rules.lessons import first_line_of_body
from elearn.authoring.rules.skeleton import prompt_left
from elearn.coursepack.lesson import LESSON_FILE
from elearn.coursepack.problems import Problem
from elearn.coursepack.yamledit import split_front

HINT_LEFT = "hint-left"  # not of the course format: a folder may say what it likes


def hints_left(files: Files) -> tuple[Problem, ...]:
    """The first hint that each lesson still has, as advice, by path."""
    found = ((path, _line(content)) for path, content in sorted(files.items()) if _is_lesson(path))
    return tuple(hint_at(path, line) for path, line in found if line)


def hint_at(path: str, line: int) -> Problem:
    return Problem(path, line, HINT_LEFT, (), "warning")


def _line(content: bytes) -> int:
    """Of the file, from 1; 0 where no hint is left."""
    _front, body, _first = split_front(content.decode("utf-8-sig", "replace"))
    line = prompt_left(body.lstrip("\n"))
    return first_line_of_body(content) + line - 1 if line else 0


def _is_lesson(path: str) -> bool:
    return LESSON_FILE.fullmatch(path.rpartition("/")[2]) is not None
