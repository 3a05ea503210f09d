"""The row of tags as a tree, with what has no place in a course taken out and named."""

from __future__ import annotations

from dataclasses import dataclass, field

from elearn.authoring.formats.pasted.tokens import Open, tokens

MAX_DEPTH = 100
_VOID_TAGS = (
    "area base basefont bgsound br col embed frame hr img input link meta param source track "
    "wbr v:imagedata"
)
_VOID = frozenset(_VOID_TAGS.split())
# Gone with all that is in it; the code that says so, empty where nothing of the author's is lost.
_DROPPED = {
    **dict.fromkeys(("script",), "paste-scripts"),
    **dict.fromkeys(("style",), "paste-styles"),
    **dict.fromkeys(("img", "map", "svg", "v:imagedata"), "paste-pictures"),
    **dict.fromkeys(
        ("applet", "audio", "canvas", "embed", "frame", "iframe", "object", "video"), "paste-media"
    ),
    **dict.fromkeys(("math",), "paste-formulas"),
    **dict.fromkeys(
        ("button", "datalist", "input", "meter", "progress", "select", "textarea"),
        "paste-form-fields",
    ),
    **dict.fromkeys(("del",), "paste-changes"),
    **dict.fromkeys(("noembed", "noframes", "noscript", "template", "title", "xml", "xmp"), ""),
}
_LISTS = frozenset({"ol", "ul"})
_CELLS = frozenset({"td", "th"})
_TABLE = frozenset({"table"})
_BLOCK_TAGS = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p "
    "pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_TAGS.split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# An opening tag ends what is open of these, unless one of the second stands between.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), _LISTS | _CELLS),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _CELLS),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _CELLS),
    "td": (_CELLS, _TABLE),
    "th": (_CELLS, _TABLE),
    "tr": (frozenset({"tr"}), _TABLE),
    **dict.fromkeys(("tbody", "tfoot", "thead"), (frozenset({"tr"}), _TABLE)),
}
_LINE = frozenset({"p"})


@dataclass
class Element:
    """One element: its tag, its attributes, its texts and elements in their order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> str:
        return self.attributes.get("class", "").lower()

    @property
    def style(self) -> str:
        return self.attributes.get("style", "").lower()

    def text(self) -> str:
        """All words in it as they stand; a break is a new line."""
        return "".join(
            child if isinstance(child, str) else "\n" if child.tag == "br" else child.text()
            for child in self.children
        )


def parsed(source: str, left_out: dict[str, None]) -> Element:
    """The tree of a text of any form; adds to `left_out` the codes of what was dropped."""
    builder = _Builder(left_out)
    for token in tokens(source):
        if isinstance(token, str):
            builder.text(token)
        elif isinstance(token, Open):
            builder.open(token)
        else:
            builder.close(token.tag)
    return builder.root


class _Builder:
    """Keeps the elements that are open. No more than MAX_DEPTH: deeper ones lose only their mark,
    so that every step looks at a bounded number of them."""

    def __init__(self, left_out: dict[str, None]) -> None:
        self.root = Element("body")
        self.stack = [self.root]
        self.left_out = left_out
        self.too_deep: dict[str, int] = {}
        self.dropping = ""  # the tag whose content is skipped
        self.dropping_depth = 0

    def text(self, text: str) -> None:
        if not self.dropping:
            self.stack[-1].children.append(text)

    def open(self, token: Open) -> None:
        tag = token.tag
        if self.dropping:
            self.dropping_depth += tag == self.dropping and not token.closed
            return
        element = Element(tag, token.attributes)
        code = _code_of_dropped(element)
        if code is not None:
            if code:
                self.left_out[code] = None
            if tag not in _VOID and not token.closed:
                self.dropping, self.dropping_depth = tag, 1
            return
        if tag in BLOCKS:
            ended = _LINE | _HEADINGS if tag in _HEADINGS else _LINE
            self._end(ended, BLOCKS - ended)
        if tag in _ENDS:
            self._end(*_ENDS[tag])
        self._add(element, token)

    def _add(self, element: Element, token: Open) -> None:
        tag = element.tag
        if tag in _VOID:
            self.stack[-1].children.append(element)
        elif len(self.stack) >= MAX_DEPTH:
            if tag in BLOCKS:
                self.stack[-1].children.append(Element("br"))
            self.too_deep[tag] = self.too_deep.get(tag, 0) + 1
        elif not token.closed or ":" not in tag:
            self.stack[-1].children.append(element)
            self.stack.append(element)

    def close(self, tag: str) -> None:
        if self.dropping:
            self.dropping_depth -= tag == self.dropping
            if not self.dropping_depth:
                self.dropping = ""
        elif self.too_deep.get(tag):
            self.too_deep[tag] -= 1
        elif tag in BLOCKS:
            self._end(frozenset({tag}), _ENDS[tag][1] if tag in _ENDS else _TABLE - {tag})
        else:
            self._end(frozenset({tag}), BLOCKS)

    def _end(self, tags: frozenset[str], unless: frozenset[str]) -> None:
        """End the innermost open element of these tags, and what is open in it."""
        for place in range(len(self.stack) - 1, 0, -1):
            if self.stack[place].tag in tags:
                del self.stack[place:]
                return
            if self.stack[place].tag in unless:
                return


def _code_of_dropped(element: Element) -> str | None:
    """The code of what goes with all its content; None for what stays."""
    if element.tag in _DROPPED:
        return _DROPPED[element.tag]
    if not element.attributes:
        return None
    style, classes = element.style.replace(" ", ""), element.classes
    if "mso-element:comment" in style or "msocom" in classes or "msocommentreference" in classes:
        return "paste-comments"
    if "msodel" in classes.split():
        return "paste-changes"
    hidden = "display:none" in style or "visibility:hidden" in style or "mso-hide:all" in style
    if hidden or "hidden" in element.attributes:
        return "paste-hidden"
    return None
