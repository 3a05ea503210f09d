r"""GIFT, Moodle's text format for questions: one after the other, a blank line between.

    // a comment
    ::name::[markdown]What lifts dust? { =A damp cloth ~A feather duster#It only moves it. }

`\` before one of ~ = # { } : makes it an ordinary character, `\n` is a new line. Read as Moodle's
question/format/gift/format.php reads it, with more patience for blank lines between the braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from elearn.accounts.formats.delimited import text_of
from elearn.accounts.rules import Fault
from elearn.authoring.formats.answers import (
    FULL,
    Answer,
    accept_number,
    accept_words,
    decimal_of,
    put_options,
    share,
)
from elearn.authoring.formats.exchange import (
    ANSWERS_MOST,
    CHARACTERS_MOST,
    QUESTIONS_MOST,
    Data,
    Draft,
    Outgoing,
    Reading,
    Refused,
    Verdicts,
    Writing,
    number_text,
    one_line,
    write_each,
)
from elearn.authoring.formats.texts import AUTO, FORMATS, inline_of, markdown_of, plain_of
from elearn.core.text import with_newlines

# While a question is cut up, its escaped characters are these; no text may hold them.
_SPECIAL = "\\:#={}~n"
_STAND_INS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7"
_ESCAPED = re.compile(r"\\([\\:#={}~n])")
_HIDE = dict(zip(_SPECIAL, _STAND_INS, strict=True))
_SHOW = str.maketrans(dict(zip(_STAND_INS, "\\:#={}~\n", strict=True)))
_FORMAT = re.compile(rf"\[({'|'.join(FORMATS)})\]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,9})?)%")
_GAP = "_____"
_TRUTH = {"t": True, "true": True, "f": False, "false": False}


def read_file(content: bytes, language: str) -> Reading:
    """The questions of a GIFT file, their texts taken to be in `language`."""
    text = text_of(content)
    return Reading(faults=(Fault("table-not-text"),)) if text is None else read(text, language)


def read(text: str, language: str) -> Reading:
    """The questions of a GIFT text, their texts taken to be in `language`."""
    if len(text) > CHARACTERS_MOST:
        return Reading(faults=(Fault("questions-too-long", {"maximum": CHARACTERS_MOST}),))
    verdicts, faults, categories = Verdicts(language), [], 0
    for number, block in enumerate(_blocks(text), 1):
        if block.startswith("$CATEGORY:"):
            categories += 1
            continue
        if verdicts.is_full:
            faults.append(Fault("questions-too-many", {"maximum": QUESTIONS_MOST}))
            break
        verdicts.read(number - categories, partial(_read, block=block))
    if not verdicts.rows:
        faults.append(Fault("questions-none"))
    notes = [Fault("categories-left", {"count": categories})] if categories else []
    return verdicts.reading(faults, notes)


def write(questions: Iterable[Data], language: str) -> Writing:
    """The questions as GIFT, in one of their languages."""
    blocks: list[str] = []

    def add(outgoing: Outgoing) -> None:
        blocks.append(_block(outgoing))

    not_carried = ("edition", "pool", "lesson", "points", "unit")
    written = write_each(questions, language, add, not_carried)
    return Writing("\n".join(blocks).encode(), written)


# Reading


def _blocks(text: str) -> Iterator[str]:
    """The questions and category lines, escaped characters replaced by their stand-ins."""
    text = with_newlines(text).removeprefix("\ufeff")
    text = re.sub(f"[{_STAND_INS}]", "\ufffd", text)
    text = _ESCAPED.sub(lambda found: _HIDE[found[1]], text)
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if not line.strip():
            blocks.append([])
        elif line.lstrip().startswith("$CATEGORY:"):
            blocks += [[line.strip()], []]
        elif not line.lstrip().startswith("//"):
            blocks[-1].append(line)
    yield from _closed(["\n".join(lines) for lines in blocks if lines])


def _closed(blocks: Sequence[str]) -> Iterator[str]:
    """The same, where blank lines between braces do not part a question."""
    at = 0
    while at < len(blocks):
        end = at
        if blocks[at].rfind("{") > blocks[at].rfind("}"):
            end += 1
            while end < len(blocks) and not re.search(r"[{}]", blocks[end]):
                end += 1
            is_closed = (
                end < len(blocks)
                and "}" in blocks[end]
                and ("{" not in blocks[end].partition("}")[0])
            )
            end = end if is_closed else at
        yield "\n\n".join(blocks[at : end + 1])
        at = end + 1


def _read(draft: Draft, block: str) -> None:
    text = block.strip()
    if text.startswith("::"):
        name, mark, rest = text[2:].partition("::")
        if mark:
            draft.name, text = one_line(name.translate(_SHOW)), rest.strip()
    start, end = text.find("{"), text.find("}")
    draft.name = draft.name or one_line(_FORMAT.sub("", text[: max(start, 0)]).translate(_SHOW))
    if start < 0 and end < 0:
        draft.name = draft.name or one_line(text.translate(_SHOW))
        raise Refused("kind-not-ours", kind="description")
    if start < 0 or end < start:
        raise Refused("gift-braces")
    tail = text[end + 1 :]
    if "{" in tail or "}" in tail:
        raise Refused("gift-two-questions")
    kind, stem = _format(text[:start])
    if tail.strip():
        stem += (_GAP.replace("_", "\\_") if kind == "markdown" else _GAP) + tail
    answers, general = _parted(text[start + 1 : end], "####")
    draft.data["kind"] = ""  # told by the answers; here for the order of the fields
    draft.data["text"] = draft.texts(_markdown(stem, kind, draft))
    if general.strip():
        draft.data["feedback"] = draft.texts(_markdown(general, kind, draft))
    _read_answers(draft, answers.strip(), kind)


def _read_answers(draft: Draft, answers: str, kind: str) -> None:
    """What stands between the braces; kind: the text format of the question."""
    if not answers:
        raise Refused("kind-not-ours", kind="essay")
    if answers.count("~") + answers.count("=") > 2 * ANSWERS_MOST:
        raise Refused("answers-many", maximum=ANSWERS_MOST)
    if answers.startswith("#"):
        _read_number(draft, answers[1:], kind)
    elif "~" in answers:
        _read_options(draft, answers, kind)
    elif "=" in answers and "->" in answers:
        _read_pairs(draft, answers, kind)
    elif answers.partition("#")[0].strip().casefold() in _TRUTH:
        _read_truth(draft, answers, kind)
    else:
        pieces = [piece for piece in answers.split("=") if piece.strip()]
        accept_words(draft, [_typed(piece, kind, draft) for piece in pieces])


def _read_options(draft: Draft, answers: str, kind: str) -> None:
    """`=` marks the right one; where there is none, the weights say which are right."""
    found = []
    for piece in re.split(r"(?=[~=])", answers):
        text = piece[1:] if piece[:1] in ("~", "=") else piece
        if not text.strip():
            continue  # `~=` is a way to write `=`
        if piece.startswith("="):
            found.append(_choice(text, FULL, kind, draft))
        else:
            percent, text = _weighted(text, Decimal(0))
            found.append(_choice(text, percent, kind, draft))
    put_options(draft, found, "single" if "=" in answers else "several")


def _read_pairs(draft: Draft, answers: str, kind: str) -> None:
    draft.data.update(kind="matching", pairs=[])
    extra = []
    for piece in answers.split("="):
        if not piece.strip():
            continue
        left, arrow, right = piece.partition("->")
        if not arrow:
            raise Refused("gift-pair", text=one_line(piece.translate(_SHOW))[:80])
        text = draft.texts(inline_of(right.translate(_SHOW), "plain", draft))
        if left.strip():
            pair = {"left": draft.texts(_inline(left, kind, draft)), "right": text}
            draft.data["pairs"].append(pair)
        else:
            extra.append(text)
    if extra:
        draft.data["extra"] = extra


def _read_truth(draft: Draft, answers: str, kind: str) -> None:
    parts = [*answers.split("#", 2), "", ""]
    answer = _TRUTH[parts[0].strip().casefold()]
    draft.data.update(kind="true-false", answer=answer)
    # The first comment is on the wrong answer, whichever of the two that is.
    comments = {not answer: parts[1], answer: parts[2]}
    for field, chosen in (("if_true", True), ("if_false", False)):
        if comments[chosen].strip():
            draft.data[field] = draft.texts(_inline(comments[chosen], kind, draft))


def _read_number(draft: Draft, answers: str, kind: str) -> None:
    answers, _, wrong = answers.partition("~")
    if wrong.strip():
        draft.note("feedback-left")
    found = []
    for piece in answers.split("="):
        if not piece.strip():
            continue
        answer = _typed(piece, kind, draft)
        low, dots, high = answer.text.partition("..")
        value, _, tolerance = answer.text.partition(":")
        if dots and low:
            least, most = decimal_of(low), decimal_of(high)
            found.append((answer, (least + most) / 2, abs(most - least) / 2))
        else:
            found.append((answer, decimal_of(value), decimal_of(tolerance or "0")))
    accept_number(draft, found)


def _choice(piece: str, percent: Decimal, kind: str, draft: Draft) -> Answer:
    """An option: one line of Markdown, its comment another."""
    text, _, comment = piece.partition("#")
    return Answer(_inline(text, kind, draft), percent, _inline(comment, kind, draft))


def _typed(piece: str, kind: str, draft: Draft) -> Answer:
    """An answer to be typed: plain words, and all points when nothing else is said."""
    percent, piece = _weighted(piece, FULL)
    text, _, comment = piece.partition("#")
    words = one_line(_format(text)[1].translate(_SHOW))
    return Answer(words, percent, _markdown(comment, kind, draft))


def _weighted(piece: str, default: Decimal) -> tuple[Decimal, str]:
    """The percent that an answer names at its beginning, and what stands behind."""
    piece = piece.strip()
    found = _WEIGHT.match(piece)
    return (Decimal(found[1]), piece[found.end() :]) if found else (default, piece)


def _markdown(raw: str, default: str, draft: Draft) -> str:
    kind, text = _format(raw, default)
    return markdown_of(text.translate(_SHOW), kind, draft) if text.strip() else ""


def _inline(raw: str, default: str, draft: Draft) -> str:
    return one_line(_markdown(raw, default, draft))


def _parted(text: str, mark: str) -> tuple[str, str]:
    """What stands before and behind the last mark; all of it before when there is none."""
    before, found, behind = text.rpartition(mark)
    return (before, behind) if found else (text, "")


def _format(raw: str, default: str = AUTO) -> tuple[str, str]:
    """The text format that a text names at its beginning, and the text behind."""
    raw = raw.lstrip()
    found = _FORMAT.match(raw)
    return (found[1], raw[found.end() :]) if found else (default, raw)


# Writing


def _block(outgoing: Outgoing) -> str:
    question = outgoing.question
    text = f"::{question.key}::[markdown]{_escaped(outgoing.text(question.text))}"
    answers = _WRITERS[question.kind](outgoing)
    if feedback := outgoing.text(question.feedback):
        answers += f"\t####{_guarded(feedback)}\n"
    return f"{text}{{{answers}}}\n"


def _options(outgoing: Outgoing) -> str:
    each = share(outgoing.right_count)
    is_single = outgoing.question.kind == "single"
    right, wrong = ("=", "~") if is_single else (f"~%{each}%", f"~%-{each}%")
    lines = ["\n"]
    for option in outgoing.question.options:
        feedback = _guarded(outgoing.text(option.feedback))
        mark = right if option.right else wrong
        comment = f"#{feedback}" if feedback else ""
        lines.append(f"\t{mark}{_guarded(outgoing.text(option.text))}{comment}\n")
    return "".join(lines)


def _truth(outgoing: Outgoing) -> str:
    """The answer, then the comment on the wrong one, then that on the right one."""
    question = outgoing.question
    comments = [_guarded(outgoing.text(texts)) for texts in (question.if_true, question.if_false)]
    if question.answer:
        comments.reverse()
    while comments and not comments[-1]:
        comments.pop()
    return "#".join(["TRUE" if question.answer else "FALSE", *comments])


def _pairs(outgoing: Outgoing) -> str:
    question = outgoing.question
    sides = [(outgoing.text(pair.left), outgoing.text(pair.right)) for pair in question.pairs]
    sides += [("", outgoing.text(texts)) for texts in question.extra]
    lines = ["\n"]
    for left, right in sides:
        if "->" in left:
            raise Refused("lost-arrow", text=left)
        words = _escaped(plain_of(right, outgoing.lost))
        lines.append(f"\t={_guarded(left)} -> {words}\n")
    return "".join(lines)


def _words(outgoing: Outgoing) -> str:
    # The weight stands first, so that an answer which begins like one is not taken for it.
    answers = [_guarded(text.replace("*", "\\*")) for text in outgoing.question.accepted]
    return "\n" + "".join(f"\t=%100%{answer}\n" for answer in answers)


def _number(outgoing: Outgoing) -> str:
    return f"\n\t#{outgoing.number}:{number_text(outgoing.question.tolerance)}\n"


def _ordering(outgoing: Outgoing) -> str:
    raise Refused("lost-kind", kind=outgoing.question.kind)


_WRITERS = {
    "single": _options,
    "several": _options,
    "true-false": _truth,
    "ordering": _ordering,
    "matching": _pairs,
    "text": _words,
    "number": _number,
}


def _guarded(text: str) -> str:
    """An answer whose beginning could be taken for a format or a weight names its format."""
    return ("[markdown]" if text.startswith(("[", "%")) else "") + _escaped(text)


def _escaped(text: str) -> str:
    return re.sub(r"[\\:#={}~]", r"\\\g<0>", text).replace("\n", "\\n")
