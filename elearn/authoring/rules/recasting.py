"""A question gets another kind or another module: what stays of it, and what that means."""

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.lessons import raised
from elearn.authoring.rules.questions import Data, find, insert, put, remove

# What only questions of a kind have. Two kinds of one family mean the same by it.
_FAMILIES = {
    "single": ("options",),
    "several": ("options",),
    "true-false": ("answer", "if_true", "if_false"),
    "ordering": ("items",),
    "matching": ("pairs", "extra"),
    "text": ("accepted",),
    "number": ("answer", "tolerance", "unit"),
}
_ALL = frozenset(name for names in _FAMILIES.values() for name in names)


def of_kind(question: Data, kind: str) -> Data:
    """The question as one of this kind: text, feedback, lesson, pool and points stay.

    Its answers stay where the other kind means the same by them.
    """
    own = _FAMILIES[kind]
    gone = _ALL if _FAMILIES.get(str(question.get("kind"))) != own else frozenset()
    return {name: value for name, value in {**question, "kind": kind}.items() if name not in gone}


def edition_of(edition: int, kind: str, published_kind: str | None, published: int | None) -> int:
    """A published key keeps its meaning: an answer to a question of another kind is none to this.

    published, published_kind: of the version that the draft stands on; None where it has no such
    question.
    """
    return edition if kind == published_kind else raised(edition, published)


def recast(files: Files, key: str, question: Data, folder: str) -> Changes:
    """The question so, in the bank of this module; at the end of it when it comes from another.

    Raises Unknown when there is no such question.
    """
    if find(files, key).folder == folder:
        return put(files, key, question)
    return {**remove(files, key), **insert(files, folder, [question])}
