"""What may be in cleaned HTML: one neutral table, read by two independent cleaners.

bleach gets no more security fixes and nh3 is young; each alone must be enough (the tests hold
each to the whole list of hostile snippets), so that either can go without a trace.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import bleach
import nh3

# Tag -> attributes it may have. Values are judged by `may_stand`.
TAGS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            *("blockquote", "br", "code", "dd", "dl", "dt", "em", "figcaption", "hr", "ol"),
            *("pre", "strong", "sup", "table", "tbody", "thead", "tr", "ul"),
        ),
        frozenset[str](),
    ),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), frozenset({"id"})),
    "a": frozenset({"aria-label", "class", "href", "id", "rel"}),
    "aside": frozenset({"aria-label", "class"}),
    "div": frozenset({"aria-label", "class", "role", "tabindex"}),
    "figure": frozenset({"class"}),
    "img": frozenset({"alt", "class", "decoding", "height", "loading", "src", "width"}),
    "li": frozenset({"class", "id"}),
    "p": frozenset({"class"}),
    "section": frozenset({"aria-label", "class"}),
    "span": frozenset({"aria-label", "class", "role"}),
    "td": frozenset({"class"}),
    "th": frozenset({"class", "scope"}),
}
INLINE_TAGS: dict[str, frozenset[str]] = {
    "code": frozenset(),
    "em": frozenset(),
    "strong": frozenset(),
}
CLASSES = frozenset(
    [
        "admonition",
        "admonition--note",
        "admonition--tip",
        "admonition--warning",
        "admonition--example",
        "admonition__title",
        "align-left",
        "align-center",
        "align-right",
        "figure",
        "footnotes",
        "media-link",
        "media-missing",
        "table-scroll",
        "task",
        "task__mark",
    ]
)
HAS_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")  # at the start of an address
SCHEMES = frozenset({"http", "https", "mailto"})

_OUTSIDE = re.compile(r"(?:https?://[^\s\\/?#@]|mailto:[^\s\\])[^\s\\]*", re.IGNORECASE)
_INSIDE = re.compile(r"/(?![/\\])[^\s\\]*")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_EXACT: dict[str, frozenset[str]] = {
    "decoding": frozenset({"async"}),
    "loading": frozenset({"lazy"}),
    "rel": frozenset({"noopener noreferrer"}),
    "role": frozenset({"group", "img"}),
    "scope": frozenset({"col", "row"}),
    "tabindex": frozenset({"0"}),
}


def is_safe_address(address: str) -> bool:
    """Whether an address is a plain web or mail address or a path of this site."""
    if _UNSEEN.search(address):
        return False
    return bool(_OUTSIDE.fullmatch(address) or _INSIDE.fullmatch(address))


def may_stand(attribute: str, value: str, prefix: str) -> bool:
    """Whether this value may stand in this attribute of an allowed tag."""
    own_id = re.compile(re.escape(prefix) + r"-[a-z0-9-]+")
    if attribute == "id":
        return bool(own_id.fullmatch(value))
    if attribute == "href":
        return bool(own_id.fullmatch(value[1:])) if value[:1] == "#" else is_safe_address(value)
    if attribute == "src":
        return bool(_INSIDE.fullmatch(value)) and is_safe_address(value)
    if attribute == "class":
        return bool(value.split()) and CLASSES.issuperset(value.split())
    if attribute in {"width", "height"}:
        return bool(re.fullmatch(r"[1-9][0-9]{0,4}", value))
    if attribute in _EXACT:
        return value in _EXACT[attribute]
    return attribute in {"alt", "aria-label"}


def clean(html: str, prefix: str) -> str:
    """HTML of a whole text behind both barriers."""
    return _clean_nh3(_clean_bleach(html, prefix), prefix)


def clean_inline(html: str) -> str:
    """HTML of an option text behind both barriers; no attribute at all."""
    return _clean_nh3(_clean_bleach(html, "", INLINE_TAGS), "", INLINE_TAGS)


def _clean_bleach(html: str, prefix: str, tags: dict[str, frozenset[str]] = TAGS) -> str:
    def allowed(tag: str, attribute: str, value: str) -> bool:
        return attribute in tags.get(tag, ()) and may_stand(attribute, value, prefix)

    per_tag: dict[str, Callable[[str, str, str], bool]] = dict.fromkeys(tags, allowed)
    return bleach.clean(html, tags=tags, attributes=per_tag, protocols=SCHEMES, strip=True)


def _clean_nh3(html: str, prefix: str, tags: dict[str, frozenset[str]] = TAGS) -> str:
    def kept(_tag: str, attribute: str, value: str) -> str | None:
        return value if may_stand(attribute, value, prefix) else None

    return nh3.clean(
        html,
        tags=set(tags),
        attributes={tag: set(names) for tag, names in tags.items()},
        attribute_filter=kept,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
