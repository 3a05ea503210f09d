"""Everything that is kept of a person, as she reads it: names, days and codes in her language."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from elearn.core.i18n import day, moment
from elearn.core.i18n import gettext as _
from elearn.privacy.labels import CODED, FOR_PROGRAMS, KEYS, VALUES
from elearn.privacy.words import act_in_words, own_act_in_words

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*[+Z].*")


def label(key: str) -> str:
    """What a fact is called."""
    return str(KEYS.get(key, key))


def facts(value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Those of its facts that are one value and say something."""
    return [
        (label(key), said(key, one))
        for key, one in value.items()
        if key not in FOR_PROGRAMS and not isinstance(one, list | tuple | Mapping)
        if one not in (None, "")
    ]


def parts(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Those of its facts that hold others, and are not empty."""
    return [
        (label(key), one)
        for key, one in value.items()
        if key not in FOR_PROGRAMS and isinstance(one, list | tuple | Mapping) and one
    ]


def said(key: str, value: object) -> str:
    """One value in the reader's language and zone."""
    if isinstance(value, bool):
        return str(VALUES["yes" if value else "no"])
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    text = str(value)
    if _MOMENT.fullmatch(text):
        return moment(datetime.fromisoformat(text))
    if _DAY.fullmatch(text):
        return day(date.fromisoformat(text))
    if key == "act":
        return act_in_words(text)
    if key == "did":
        return own_act_in_words(text)
    if key == "given":
        return _answer(json.loads(text))
    return str(VALUES.get(text, text)) if key in CODED or key == "about" else text


def _answer(given: Any) -> str:
    """An answer as `quizzes.rules.encode` keeps it. Choices have numbers: the review has words."""
    if isinstance(given, bool):
        return _("True") if given else _("False")
    if isinstance(given, dict):
        return str(given["typed"])
    if isinstance(given, int | list):
        chosen = given if isinstance(given, list) else [given]
        numbers = ", ".join("–" if one is None else str(one + 1) for one in chosen)
        return _("choice %(numbers)s", numbers=numbers)
    return str(given)
