"""A draft as the checks see it: the same that decide whether a folder can be published."""

from elearn.authoring.models import Draft
from elearn.authoring.queries.files import Tree, files_of, texts_of, tree_of
from elearn.authoring.rules import Files, starting
from elearn.authoring.rules.edits import fingerprint
from elearn.authoring.rules.fields import Located, located
from elearn.authoring.rules.hints import hints_left
from elearn.authoring.rules.untranslated import gathered
from elearn.coursepack.limits import Limits
from elearn.coursepack.problems import Problem
from elearn.coursepack.reading import read_files
from elearn.coursepack.yamledit import Unreadable
from elearn.courses.queries.kept import kept


def problems_of(draft: Draft, limits: Limits) -> tuple[Problem, ...]:
    """Everything that is wrong with a draft, or could be better, sorted.

    Read once for each state of a draft and process: a second look costs one query.
    """
    tree = tree_of(draft)
    key = ("problems", state_of(tree), limits)
    return kept(key, lambda: read_files(starting.as_if_announced(files_of(draft)), limits)[1]) or ()


def findings_of(draft: Draft, limits: Limits) -> tuple[Located, ...]:
    """The problems of a draft and the hints left in it, each with the field where it is mended.

    Kept as they are.
    """
    key = ("findings", state_of(tree_of(draft)), limits)

    def find() -> tuple[Located, ...]:
        texts = starting.as_if_announced(texts_of(draft))
        found = located((*problems_of(draft, limits), *hints_left(texts)), texts)
        return gathered(found)

    return kept(key, find) or ()


def state_of(tree: Tree) -> str:
    """A short name of the state that a draft is in."""
    return fingerprint(dict(tree))


def notes_of(files: Files) -> dict[str, str]:
    """The change note as far as the draft has one; none where course.yml cannot be read."""
    try:
        return starting.notes_in(files)
    except Unreadable:
        return {}
