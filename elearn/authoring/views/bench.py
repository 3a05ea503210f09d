"""What the pages of question banks read of a draft: the banks, and what they lean on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from elearn.authoring import queries
from elearn.authoring.models import Draft
from elearn.authoring.rules import Files, questions
from elearn.authoring.rules.questions import BANK_FILE, Data, Found
from elearn.authoring.rules.sketch import ModuleSketch, Sketch, sketch
from elearn.authoring.rules.structure import Unknown
from elearn.authoring.rules.words import brief
from elearn.core.errors import Missing
from elearn.core.i18n import page_language
from elearn.courses import queries as courses
from elearn.courses.rules import QuestionFacts

_MANIFEST = "course.yml"


@dataclass(frozen=True, slots=True)
class Bench:
    """A draft with the files of its banks. paths: of all its files."""

    draft: Draft
    paths: tuple[str, ...]
    files: Files

    @property
    def languages(self) -> tuple[str, ...]:
        head = {path: content for path, content in self.files.items() if path == _MANIFEST}
        return sketch(head).languages

    def question(self, key: str) -> Found:
        """Raises Missing, and Unreadable where it may be in a bank that cannot be read."""
        try:
            return questions.find(self.files, key)
        except Unknown:
            raise Missing("draft-question-missing", question=key) from None

    @property
    def lesson_keys(self) -> frozenset[str]:
        return frozenset(lesson.key for module in self.sketch.modules for lesson in module.lessons)

    @property
    def taken(self) -> frozenset[str]:
        """Keys that no new question may have."""
        keys = self.sketch.question_keys
        return frozenset(keys | queries.published_keys(self.draft.slug))

    @property
    def sketch(self) -> Sketch:
        """The picture of the banks, and of the lessons by their names only."""
        named = {path: b"" for path in self.paths if path.endswith(".md")}
        return sketch({**named, **self.files}, self.paths)

    def module(self, key: str) -> ModuleSketch:
        """Raises Missing."""
        return module_in(self.sketch, key)

    def module_of(self, found: Found) -> ModuleSketch:
        """The module whose bank has the question."""
        return next(one for one in self.sketch.modules if one.folder == found.folder)

    def published(self, key: str) -> QuestionFacts | None:
        """A question in the version that the draft stands on; None when that has none."""
        if self.draft.base_id is None:
            return None
        return courses.questions(self.draft.base_id).get(key)

    def published_edition(self, key: str) -> int | None:
        """As `published`."""
        found = self.published(key)
        return found.edition if found else None

    def is_recast(self, key: str, kind: str) -> bool:
        """Whether a question is published under this key that is of another kind."""
        found = self.published(key)
        return found is not None and found.kind != kind


def bench_for(draft: Draft) -> Bench:
    """Two queries."""
    paths = tuple(queries.tree_of(draft))
    wanted = [path for path in paths if path == _MANIFEST or path.endswith(f"/{BANK_FILE}")]
    return Bench(draft, paths, queries.some_of(draft, wanted))


def module_in(picture: Sketch, key: str) -> ModuleSketch:
    """Raises Missing."""
    module = picture.module(key)
    if module is None:
        raise Missing("page-missing")
    return module


def text_for_reader(words: Mapping[str, str], first_language: str) -> tuple[str, str]:
    """A text in the reader's language, else in the course's own, else in any; and its language."""
    for language in (page_language(), first_language, *words):
        if words.get(language):
            return words[language], language
    return "", first_language


def name_of(question: Data, languages: tuple[str, ...]) -> str:
    """What people call a question: its first words."""
    text = question.get("text")
    words = {str(k): str(v) for k, v in text.items()} if isinstance(text, dict) else {}
    return brief(text_for_reader(words, languages[0])[0], 80)
