"""Moodle XML, the format in which Moodle keeps most of a question. Files go in and come out whole.

Read and written as Moodle's question/format/xml/format.php and its question types do it.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from functools import partial
from xml.etree.ElementTree import Element

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
from elearn.authoring.formats.texts import AUTO, inline_of, markdown_of, plain_of
from elearn.authoring.formats.xmltree import parse
from elearn.core.text import with_newlines
from elearn.coursepack.fields import is_key

_FORMATS = {"html": "html", "markdown": "markdown", "plain_text": "plain"}
_POINTS_MOST = 10
# What Moodle calls our way of marking an order; without a word it counts neighbours.
_OWN_PLACES = ("ABSOLUTE_POSITION", "ABSOLUTE", "ABS")


def read(content: bytes, language: str) -> Reading:
    """The questions of a Moodle XML file, their texts taken to be in `language`."""
    try:
        root = parse(content, passed_over="file")
    except Refused as refused:
        return Reading(faults=(refused.fault,))
    verdicts, faults, categories = Verdicts(language), [], 0
    for question in root.iter("question"):
        if question.get("type") == "category":
            categories += 1
            continue
        if verdicts.is_full:
            faults.append(Fault("questions-too-many", {"maximum": QUESTIONS_MOST}))
            break
        number = len(verdicts.rows) + 1
        verdicts.read(number, partial(_read, question=question))
    if not verdicts.rows:
        faults.append(Fault("questions-none"))
    notes = [Fault("categories-left", {"count": categories})] if categories else []
    return verdicts.reading(faults, notes)


def write(questions: Iterable[Data], language: str) -> Writing:
    """The questions as Moodle XML, in one of their languages."""
    parts: list[str] = []

    def add(outgoing: Outgoing) -> None:
        parts.append(_question(outgoing))

    written = write_each(questions, language, add, ("edition", "pool", "lesson"))
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(parts)}</quiz>\n'
    return Writing(text.encode(), written)


# Reading


def _read(draft: Draft, question: Element) -> None:
    number, kind = _line(question, "idnumber"), question.get("type", "")
    draft.name = number if is_key(number) else _line(question, "name/text")
    if kind not in _READERS:
        raise Refused("kind-not-ours", kind=kind)
    if len(question) > 2 * ANSWERS_MOST:
        raise Refused("answers-many", maximum=ANSWERS_MOST)
    draft.data["kind"] = ""  # told by its reader; here for the order of the fields
    _read_points(draft, question)
    draft.data["text"] = draft.texts(_markdown(question.find("questiontext"), draft))
    if feedback := _markdown(question.find("generalfeedback"), draft):
        draft.data["feedback"] = draft.texts(feedback)
    _READERS[kind](draft, question)
    _note_what_is_left(draft, question)


def _read_points(draft: Draft, question: Element) -> None:
    grade = decimal_of(_line(question, "defaultgrade") or "1")
    points = max(1, min(_POINTS_MOST, round(grade)))
    if points != grade:
        draft.note("points-rounded", given=number_text(grade), points=points)
    if points != 1:
        draft.data["points"] = points


def _note_what_is_left(draft: Draft, question: Element) -> None:
    names = [file.get("name", "") for file in question.iter("file")]
    if names:
        draft.note("files-left", names=one_line(", ".join(names))[:200])
    if question.find("hint") is not None:
        draft.note("hints-left")
    if question.find("tags/tag") is not None:
        draft.note("tags-left")
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        if _line(question, f"{name}/text"):
            draft.note("verdict-texts-left")


def _read_choices(draft: Draft, question: Element) -> None:
    is_single = _line(question, "single") not in ("false", "0")
    answers = [_answer(answer, draft, _inline) for answer in question.findall("answer")]
    put_options(draft, answers, "single" if is_single else "several")


def _read_truth(draft: Draft, question: Element) -> None:
    draft.data["kind"] = "true-false"
    for answer in question.findall("answer"):
        chosen = _line(answer, "text").casefold()
        if chosen not in ("true", "false"):
            raise Refused("truth-word", text=chosen[:80])
        if decimal_of(answer.get("fraction", "0")) > 0:
            draft.data["answer"] = chosen == "true"
        if feedback := _inline(answer.find("feedback"), draft):
            draft.data[f"if_{chosen}"] = draft.texts(feedback)
    if "answer" not in draft.data:
        raise Refused("answers-none")


def _read_words(draft: Draft, question: Element) -> None:
    if _line(question, "usecase") == "1":
        draft.note("case-ignored")
    accept_words(draft, [_answer(a, draft, _plain) for a in question.findall("answer")])


def _read_number(draft: Draft, question: Element) -> None:
    found = []
    for element in question.findall("answer"):
        answer = _answer(element, draft, _plain)
        if answer.text == "*":
            if answer.feedback:
                draft.note("feedback-left")
            continue
        tolerance = decimal_of(_line(element, "tolerance") or "0")
        found.append((answer, decimal_of(answer.text), tolerance))
    accept_number(draft, found)
    units = [_line(unit, "unit_name") for unit in question.findall("units/unit")]
    if units and units[0]:
        draft.data["unit"] = draft.texts(units[0])
    if len(units) > 1:
        draft.note("units-left", units=", ".join(units[1:])[:200])


def _read_pairs(draft: Draft, question: Element) -> None:
    draft.data.update(kind="matching", pairs=[])
    extra = []
    for pair in question.findall("subquestion"):
        left = _inline(pair, draft)
        right = draft.texts(inline_of(_line(pair, "answer/text"), "plain", draft))
        if left:
            draft.data["pairs"].append({"left": draft.texts(left), "right": right})
        else:
            extra.append(right)
    if extra:
        draft.data["extra"] = extra


def _read_order(draft: Draft, question: Element) -> None:
    """The items stand in the file in their right order; what they say of it is not looked at."""
    answers = question.findall("answer")
    draft.data["kind"] = "ordering"
    draft.data["items"] = [draft.texts(_inline(answer, draft)) for answer in answers]
    if _line(question, "gradingtype").upper() not in _OWN_PLACES:
        draft.note("places-our-rule")
    shown = _line(question, "selectcount")
    is_drawn = _line(question, "selecttype").upper() not in ("", "ALL", "EXACT")
    if is_drawn and shown.isdecimal() and int(shown[:4]) < len(answers):
        draft.note("items-all-shown", count=int(shown[:4]))
    if any(_line(answer, "feedback/text") for answer in answers):
        draft.note("feedback-left")


_READERS: dict[str, Callable[[Draft, Element], None]] = {
    "multichoice": _read_choices,
    "truefalse": _read_truth,
    "shortanswer": _read_words,
    "numerical": _read_number,
    "matching": _read_pairs,
    "ordering": _read_order,
}


def _answer(element: Element, draft: Draft, text: Callable[[Element | None, Draft], str]) -> Answer:
    """An answer whose text is read by `text`; options have one line of feedback, others more."""
    percent = decimal_of(element.get("fraction", "0"))
    read_feedback = _inline if text is _inline else _markdown
    return Answer(text(element, draft), percent, read_feedback(element.find("feedback"), draft))


def _markdown(element: Element | None, draft: Draft) -> str:
    """The Markdown of the <text> in an element that says its format."""
    if element is None:
        return ""
    kind = _FORMATS.get(element.get("format", ""), AUTO)
    return markdown_of(element.findtext("text") or "", kind, draft)


def _inline(element: Element | None, draft: Draft) -> str:
    return one_line(_markdown(element, draft))


def _plain(element: Element | None, _: Draft) -> str:
    return "" if element is None else _line(element, "text")


def _line(element: Element, path: str) -> str:
    return one_line(element.findtext(path) or "")


# Writing


def _question(outgoing: Outgoing) -> str:
    question = outgoing.question
    kind, write_answers = _WRITERS[question.kind]
    parts = [
        f"  <name><text>{question.key}</text></name>\n",
        _tagged("questiontext", outgoing.text(question.text)),
        _tagged("generalfeedback", outgoing.text(question.feedback)),
        f"  <defaultgrade>{question.points}</defaultgrade>\n",
        f"  <idnumber>{question.key}</idnumber>\n",
        *write_answers(outgoing),
    ]
    return f'<question type="{kind}">\n{"".join(parts)}</question>\n'


def _choices(outgoing: Outgoing) -> list[str]:
    is_single = outgoing.question.kind == "single"
    right = share(outgoing.right_count)
    wrong = "0" if is_single else f"-{right}"
    return [
        f"  <single>{'true' if is_single else 'false'}</single>\n",
        "  <shuffleanswers>true</shuffleanswers>\n",
        *(
            _marked(
                outgoing.text(option.text),
                right if option.right else wrong,
                outgoing.text(option.feedback),
            )
            for option in outgoing.question.options
        ),
    ]


def _truth(outgoing: Outgoing) -> list[str]:
    question = outgoing.question
    answers = []
    for word, chosen, texts in (
        ("true", True, question.if_true),
        ("false", False, question.if_false),
    ):
        text = outgoing.text(texts)
        feedback = _tagged("feedback", text).strip() if text else ""
        answers.append(_plain_answer(word, "100" if question.answer is chosen else "0", feedback))
    return answers


def _words(outgoing: Outgoing) -> list[str]:
    words = [word.replace("*", "\\*") for word in outgoing.question.accepted]
    return ["  <usecase>0</usecase>\n", *(_plain_answer(w, str(FULL), "") for w in words)]


def _number(outgoing: Outgoing) -> list[str]:
    tolerance = f"<tolerance>{number_text(outgoing.question.tolerance)}</tolerance>"
    unit = outgoing.text(outgoing.question.unit)
    units = f"<unit><multiplier>1</multiplier><unit_name>{_escaped(unit)}</unit_name></unit>"
    return [
        _plain_answer(outgoing.number, str(FULL), tolerance),
        f"  <units>{units if unit else ''}</units>\n",
        # Moodle's words for: a unit may be typed and brings nothing, or there is no unit.
        f"  <unitgradingtype>0</unitgradingtype>\n  <showunits>{0 if unit else 3}</showunits>\n",
    ]


def _pairs(outgoing: Outgoing) -> list[str]:
    question = outgoing.question
    sides = [(outgoing.text(pair.left), outgoing.text(pair.right)) for pair in question.pairs]
    sides += [("", outgoing.text(texts)) for texts in question.extra]
    return [
        "  <shuffleanswers>true</shuffleanswers>\n",
        *(
            f'  <subquestion format="markdown"><text>{_escaped(left)}</text>'
            f"<answer><text>{_escaped(plain_of(right, outgoing.lost))}</text></answer>"
            "</subquestion>\n"
            for left, right in sides
        ),
    ]


def _order(outgoing: Outgoing) -> list[str]:
    # All of them, in a column, each in its own place: how we mark it, too.
    items = outgoing.question.items
    return [
        "  <layouttype>VERTICAL</layouttype>\n  <selecttype>ALL</selecttype>\n",
        f"  <selectcount>{len(items)}</selectcount>\n",
        "  <gradingtype>ABSOLUTE_POSITION</gradingtype>\n  <showgrading>SHOW</showgrading>\n",
        "  <numberingstyle>none</numberingstyle>\n",
        *(_marked(outgoing.text(item), str(place), "") for place, item in enumerate(items, 1)),
    ]


_WRITERS: dict[str, tuple[str, Callable[[Outgoing], list[str]]]] = {
    "single": ("multichoice", _choices),
    "several": ("multichoice", _choices),
    "true-false": ("truefalse", _truth),
    "ordering": ("ordering", _order),
    "matching": ("matching", _pairs),
    "text": ("shortanswer", _words),
    "number": ("numerical", _number),
}


def _tagged(tag: str, text: str) -> str:
    return f'  <{tag} format="markdown"><text>{_escaped(text)}</text></{tag}>\n'


def _marked(text: str, fraction: str, feedback: str) -> str:
    more = _tagged("feedback", feedback).strip() if feedback else ""
    return (
        f'  <answer fraction="{fraction}" format="markdown">'
        f"<text>{_escaped(text)}</text>{more}</answer>\n"
    )


def _plain_answer(text: str, fraction: str, more: str) -> str:
    """An answer of plain words; more: elements behind its text."""
    head = f'  <answer fraction="{fraction}" format="moodle_auto_format">'
    return f"{head}<text>{_escaped(text)}</text>{more}</answer>\n"


def _escaped(text: str) -> str:
    """Text between tags; two code points that XML has no place for become question marks."""
    text = with_newlines(text)
    return html.escape(text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd"), quote=False)
