"""Lists that are only drawn: Word writes a paragraph with a mark where others write an entry."""

from __future__ import annotations

import re

from elearn.authoring.formats.pasted.tree import Element

_WORD_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
_NUMBERED = re.compile(r"[(\[]?(?:\d+(?:\.\d+)*|[a-z]{1,4})[.)\]]", re.IGNORECASE)
_TYPED_MARK = re.compile(
    r"([·•§▪‣\uf0b7\uf0a7]|\(?(?:\d{1,3}|[a-z])[.)])[\s\u00a0]*\u00a0", re.IGNORECASE
)


def stated_level(item: Element) -> int:
    """Level that Word on the web and Google Docs write on an entry; 1 without."""
    stated = item.attributes.get("data-aria-level") or item.attributes.get("aria-level", "")
    return int(stated) if re.fullmatch("[1-9]", stated) else 1


def word_item(element: Element) -> tuple[int, bool] | None:
    """Level and whether numbered, of a paragraph that Word only draws as an entry of a list."""
    stated = _WORD_LIST.search(element.style)
    if stated is None and "msolist" not in element.classes:
        return None
    mark = _list_mark(element)
    if stated is None and not mark:
        mark = _take_typed_mark(element)
        if not mark:
            return None
    return int(stated[1]) if stated else 1, bool(_NUMBERED.match(mark))


def is_list_mark(element: Element) -> bool:
    return "mso-list:ignore" in element.style.replace(" ", "")


def _list_mark(element: Element) -> str:
    """What Word draws before the entry, such as "1." or "·"; empty when there is none."""
    for child in element.children:
        if isinstance(child, Element):
            mark = child.text().strip() if is_list_mark(child) else _list_mark(child)
            if mark:
                return mark
    return ""


def _take_typed_mark(element: Element) -> str:
    """Take a mark away that stands as text at the beginning of an entry."""
    for place, child in enumerate(element.children):
        if isinstance(child, Element):
            return _take_typed_mark(child)
        if child.strip():
            mark = _TYPED_MARK.match(child.lstrip())
            if mark is None:
                return ""
            element.children[place] = child.lstrip()[mark.end() :]
            return mark[1]
    return ""
