"""How hard a lesson is to read: the Flesch-Kincaid grade, for English and for Indonesian.

    grade = 0.39 x words per sentence + 11.8 x syllables per word - 15.59

(Kincaid, Fishburne, Rogers and Chissom 1975.) An Indonesian word has more syllables than an English
one of the same difficulty, so Indonesian syllables count 0.6 each: the conversion that Harjasujana
and Mulyati (Membaca 2, 1997) brought in for Fry's graph, which looks at the same two quantities.
Figures of our lessons and what a formula cannot tell: docs/decisions/014-reading-level.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from elearn.coursepack.advice.prose import Block, Prose
from elearn.coursepack.fields import MarkdownText
from elearn.coursepack.problems import Report

TARGET_GRADE = 8
# Two school years above the target: clearly too hard, not a matter of taste.
HIGHEST_GRADE = 10.0
LEAST_WORDS = 100  # a sample of Fry's graph; the figure of a shorter text is chance

# How much one syllable weighs against one of English.
SYLLABLE_WEIGHT = {"en": 1.0, "id": 0.6}

_CLOSERS = '"”’)*_'
_END = re.compile(r"[.!?…][.!?…\"”’)*_]*(?=\s)")
_TO_SMALL_LETTERS = (
    bytes(
        code if chr(code).islower() else ord(chr(code).lower()) if chr(code).isupper() else ord(" ")
        for code in range(128)
    )
    + b" " * 128
)
_VOWELS = b"aeiouy"
_VOWELS_ALONE = bytes(code if code in _VOWELS else ord(" ") for code in range(256))
# An e that is not heard at the end of a word that has another vowel: use, used, uses; but not
# table, wanted, boxes. Words are read backwards, so that only their ends are looked at.
_SILENT_BACKWARDS = re.compile(
    rb" (?:e(?!l[^aeiouy])|se(?!l[^aeiouy]|[scgxz]|h[sc])|de(?![td]))[^aeiouy ]+[aeiouy]"
)
_NO_INDONESIAN_VOWELS = bytes(code for code in range(256) if code not in b"aiueo")
# One sound at the end of a word (pakai, pulau); inside it two vowels are two syllables (daun).
_INDONESIAN_PAIRS = (b"ai ", b"au ", b"oi ")


def small_letters(text: str) -> bytes:
    """The words of a text in small letters, a space after each, all else gone.

    What a hyphen or an apostrophe joins is one word: buku-buku, don’t.
    """
    joined = text.replace("’", "") + " "
    return joined.encode("ascii", "replace").translate(_TO_SMALL_LETTERS, b"'-")


def english_syllables(words: bytes) -> int:
    """Syllables of English words as `small_letters` gives them; by rule, so some are one off."""
    groups = len(words.translate(_VOWELS_ALONE).split())
    return groups - len(_SILENT_BACKWARDS.findall(words[::-1]))


def indonesian_syllables(words: bytes) -> int:
    """Syllables of Indonesian words as `small_letters` gives them; by rule, as above."""
    vowels = len(words.translate(None, _NO_INDONESIAN_VOWELS))
    return vowels - sum(words.count(pair) for pair in _INDONESIAN_PAIRS)


SYLLABLES: dict[str, Callable[[bytes], int]] = {
    "en": english_syllables,
    "id": indonesian_syllables,
}


@dataclass(frozen=True)
class Measure:
    """What was counted in one text."""

    words: int
    sentences: int
    syllables: int

    @property
    def words_per_sentence(self) -> float:
        return self.words / max(self.sentences, 1)

    def grade(self, syllable_weight: float) -> float:
        """School year in which the text is understood; meaningless for LEAST_WORDS and fewer."""
        per_word = syllable_weight * self.syllables / max(self.words, 1)
        return 0.39 * self.words_per_sentence + 11.8 * per_word - 15.59


def measure(paragraphs: Sequence[Block], language: str) -> Measure:
    """Count paragraphs and list items; the end of each is the end of a sentence.

    language: one of SYLLABLES. What has no letters (a number) is no word.
    """
    text = "\n".join(paragraph.words for paragraph in paragraphs)
    words = small_letters(text)
    sentences = len(_END.findall(text + "\n")) + sum(
        not paragraph.words.rstrip(_CLOSERS).endswith((".", "!", "?", "…"))
        for paragraph in paragraphs
    )
    return Measure(len(words.split()), sentences, SYLLABLES[language](words))


def check(text: MarkdownText, prose: Prose, report: Report) -> None:
    """Warn, at its paragraph with the longest sentences, when a lesson is clearly too hard."""
    language = text.path.removesuffix(".md").rpartition(".")[2]
    if language not in SYLLABLES:
        return
    whole = measure(prose.paragraphs, language)
    grade = whole.grade(SYLLABLE_WEIGHT[language])
    if whole.words < LEAST_WORDS or grade <= HIGHEST_GRADE:
        return
    hardest = max(prose.paragraphs, key=lambda one: measure([one], language).words_per_sentence)
    report.add(
        text.path,
        text.line + hardest.line - 1,
        "reading-level",
        grade=str(round(grade)),
        target=str(TARGET_GRADE),
        words=str(round(whole.words_per_sentence)),
    )
