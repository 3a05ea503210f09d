"""Forms of the authoring pages as a browser reads, changes and sends them."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict


class _Form(HTMLParser):
    """What a browser would send of the form to an address, no button pressed."""

    def __init__(self, html: str, action: str) -> None:
        super().__init__()
        self.action, self.is_in, self.is_there = action, False, False
        self.fields: list[tuple[str, str]] = []
        self.area: str | None = None
        self.select: str | None = None
        self.chosen: str | None = None
        self.option: str | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form":
            self.is_in = has.get("action") == self.action and has.get("method") == "post"
            self.is_there = self.is_there or self.is_in
        if not self.is_in:
            return
        name = has.get("name")
        if tag == "input" and name and "disabled" not in has:
            is_box = has.get("type") in ("checkbox", "radio")
            if has.get("type") != "file" and (not is_box or "checked" in has):
                self.fields.append((name, has.get("value") or ""))
        elif tag == "textarea" and name:
            self.area = name
            self.fields.append((name, ""))
        elif tag == "select" and name:
            self.select, self.chosen = name, None
        elif tag == "option" and self.select:
            self.option = has.get("value")
            if self.option is None:
                self.option = "\0"  # its words are its value
            if self.chosen is None or "selected" in has:
                self.chosen = self.option

    def handle_data(self, data):
        if self.area is not None:
            name, value = self.fields.pop()
            self.fields.append((name, value + data))
        if self.option == "\0":
            if self.chosen == "\0":
                self.chosen = data
            self.option = data

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_in = False
        elif tag == "textarea" and self.area is not None:
            name, value = self.fields.pop()
            # The first line break of a textarea is not part of it; lines are sent with CR LF.
            text = value.replace("\r\n", "\n").removeprefix("\n")
            self.fields.append((name, text.replace("\n", "\r\n")))
            self.area = None
        elif tag == "select" and self.select:
            self.fields.append((self.select, self.chosen or ""))
            self.select = None
        elif tag == "option":
            self.option = None


def form_in(html: str, action: str) -> MultiDict[str, str]:
    """The fields of the form that posts to this address."""
    form = _Form(html, action)
    assert form.is_there, f"no form posts to {action}"
    return MultiDict(form.fields)
