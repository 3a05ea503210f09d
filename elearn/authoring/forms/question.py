"""The editor of a question: its fields are as many as its languages and rows, so they are read
here and not declared.

    kind, pool, lesson, points, answer, tolerance      as they are called in quiz.yml
    text-<language>, feedback-, unit-, if_true-, if_false-
    options-<row>-text-<language>, options-<row>-feedback-<language>; right: rows that are right
    items-<row>-<language>, extra-<row>-<language>, accepted-<row>
    pairs-<row>-left-<language>, pairs-<row>-right-<language>
    base            what the form began with
    is_new_meaning  the author's mark
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.validators import Optional

from elearn.authoring.rules.questions import Terms
from elearn.authoring.rules.typed import MOST_ROWS, Option, Pair, Typed, Words, longest_text
from elearn.authoring.rules.words import block, line
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.coursepack.quizfile import KINDS, MOST_QUESTIONS, POOLS
from elearn.web.needed import needed
from elearn.web.whole_field import WholeField

LONGEST_TEXT = 20_000  # characters: more than the check lets through, less than what would be slow
LEAST_POINTS, MOST_POINTS = 1, 10
_ROW = re.compile(r"([a-z]+)-(\d{1,2})(?:-.+)?")
Sent = MultiDict[str, str]


def typed_from(sent: Sent, languages: Sequence[str]) -> Typed:
    """What was typed, rows without a word included."""
    rows = _rows(sent)
    right = set(sent.getlist("right"))

    def words(name: str, *, of_lines: bool = False) -> Words:
        tidy = block if of_lines else line
        return {language: tidy(sent.get(f"{name}-{language}", "")) for language in languages}

    return Typed(
        kind=line(sent.get("kind", "")),
        pool=line(sent.get("pool", "")),
        lesson=line(sent.get("lesson", "")),
        points=line(sent.get("points", "1")),
        text=words("text", of_lines=True),
        feedback=words("feedback", of_lines=True),
        options=tuple(
            Option(words(f"options-{at}-text"), at in right, words(f"options-{at}-feedback"))
            for at in rows["options"]
        ),
        items=tuple(words(f"items-{at}") for at in rows["items"]),
        pairs=tuple(
            Pair(words(f"pairs-{at}-left"), words(f"pairs-{at}-right")) for at in rows["pairs"]
        ),
        extra=tuple(words(f"extra-{at}") for at in rows["extra"]),
        accepted=tuple(line(sent.get(f"accepted-{at}", "")) for at in rows["accepted"]),
        answer=line(sent.get("answer", "")),
        tolerance=line(sent.get("tolerance", "")),
        unit=words("unit"),
        if_true=words("if_true"),
        if_false=words("if_false"),
    )


def faults_in(typed: Typed, former: Typed | None, lessons: Collection[str]) -> Mapping[str, str]:
    """Field -> why what was typed cannot be kept. What a form would not send is passed as `form`.

    former: the question as it is now; what is wrong there already may stay. lessons: keys.
    """
    faults: dict[str, str] = {}
    strange = _("This form cannot be used. Open the page again.")
    for name, allowed in (
        ("kind", KINDS),
        ("pool", POOLS),
        ("lesson", {"", *lessons}),
        ("points", [str(n) for n in range(LEAST_POINTS, MOST_POINTS + 1)]),
    ):
        value = getattr(typed, name)
        if value not in allowed and (former is None or value != getattr(former, name)):
            faults[name] = strange
    if typed.kind == "true-false" and typed.answer not in ("", "true", "false"):
        faults["answer"] = strange
    for name, most in MOST_ROWS.items():
        if len(getattr(typed, name)) > max(most, len(getattr(former, name)) if former else 0):
            faults[name] = _("At most %(most)s of these.", most=most)
    if longest_text(typed) > LONGEST_TEXT:
        faults["text"] = _("A text has at most %(most)s characters here.", most=LONGEST_TEXT)
    return faults


def unreadable_number() -> str:
    return _("This is not a number. Use digits only, such as 180 or 2.5.")


def _rows(sent: Sent) -> dict[str, list[str]]:
    """The rows of each list that were sent, in their order."""
    found: dict[str, dict[str, None]] = {name: {} for name in MOST_ROWS}
    for name in sent:
        match = _ROW.fullmatch(name)
        if match and match[1] in found:
            found[match[1]][match[2]] = None
    return {name: sorted(rows, key=int) for name, rows in found.items()}


class TermsForm(FlaskForm):
    """How a try at the quiz of a module is drawn and taken. Ids are those of the bank's data."""

    draw = WholeField(
        _l("Questions in one try"),
        1,
        MOST_QUESTIONS,
        [needed()],
        description=_l("They are drawn anew for each try, from those for the quiz."),
    )
    pass_percent = WholeField(
        _l("Pass mark in percent"),
        1,
        100,
        [Optional()],
        description=_l("Leave it empty to use the pass mark of the course."),
    )
    limit = WholeField(
        _l("How often it may be tried"),
        0,
        100,
        [Optional()],
        description=_l("0 means as often as one likes."),
        name="attempts-limit",
    )
    wait_minutes = WholeField(
        _l("Minutes to wait before the next try"),
        0,
        10_080,
        [Optional()],
        name="attempts-wait_minutes",
    )
    base = HiddenField()

    def wanted(self) -> Terms:
        return Terms(
            self.draw.data, self.pass_percent.data, self.limit.data or 0,
            self.wait_minutes.data or 0,
        )  # fmt: skip
