"""The sentence of each problem in Indonesian and English: what is wrong, what to do.

Kept here, not in the catalogue of the pages, so that a course can be checked without the site.
"""

from __future__ import annotations

from elearn.coursepack.sentences.advice import ADVICE
from elearn.coursepack.sentences.fields import COURSE, VALUES
from elearn.coursepack.sentences.files import FILES, YAML
from elearn.coursepack.sentences.questions import QUESTIONS
from elearn.coursepack.sentences.sentence import Sentence
from elearn.coursepack.sentences.texts import MEDIA, TEXTS

__all__ = ["ADVICE", "SENTENCES", "WARNINGS", "Sentence"]

# What a reader may publish with; everything else stops a course.
WARNINGS = frozenset(
    {
        "alt-caption",
        "alt-long",
        "alt-vague",
        "capitals",
        "colour-alone",
        "heading-empty",
        "heading-skip",
        "heading-top",
        "html-shown",
        "jp-minutes",
        "link-address",
        "link-vague",
        "media-unused",
        "paragraph-long",
        "reading-level",
        "svg-contrast",
        "svg-letters",
        "table-head-empty",
        "table-no-head",
        "test-pool-unused",
        "translation-behind",
    }
)

SENTENCES: dict[str, Sentence] = {
    **FILES,
    **YAML,
    **VALUES,
    **COURSE,
    **QUESTIONS,
    **TEXTS,
    **MEDIA,
    **ADVICE,
}
