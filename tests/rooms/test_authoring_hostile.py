"""What nobody types by mistake, in every field of every form of the authoring room.

The forms are those that its pages draw, so that a new one is tried as soon as it is there. What
they leave behind is read again in every page.
"""

import html
import re

import pytest

from elearn.coursepack.names import path_fault
from elearn.coursepack.yamledit import plain, split_front
from tests.elements import Elements
from tests.rooms.authoring_bank import desk_at, one_site
from tests.rooms.authoring_drafts import files_now
from tests.rooms.authoring_walk import example_values, forms_at, queries_of, routes_of

HOSTILE = {
    "script": '"><script>alert(1)</script><img src=//evil.example/x onerror=alert(1)></textarea>',
    "link": "[a](javascript:alert(1)) ![b](//evil.example/x.png) <a href='javascript:x'>c</a>",
    "template": "{{7*7}} {% raw %} ${7*7} %(x)s {0} =cmd|x &#0; &lt;script&gt;",
    "nul": "a\0b",
    "strange letters": "\u202e\u2066a\x01\x1b\x7f\x85\u2028\ufeff\ufffe b\u05d0",
    "yaml": "---\na: b: c\n- d\n# e\n&a *a !!python/object:os.system x\n...\n---\n%TAG\n",
    "yaml word": "*a",
    "lines": "a\r\n\r\nX: y\r\rb\n\n\n",
    "path": "../../etc/passwd%2e%2e\\con",
    "number": "9" * 400,
    "no number": "\u00b2",
    "long": "A" * 20_000,
    "nothing": "",
}
# These are asked for a draft whose other forms have been tried.
LAST = re.compile(r"delete|remove|discard|restore|undo")
CHOSEN = ("base", "kind", "picture", "place")
# What is refused here was chosen and not typed.
WITHOUT_WORDS = re.compile(r"/(arrange|import/all|kind|media|media/delete|try|upload)(\?|$)")
PAGES = ("", "check", "history", "publish", "preview", "facts", "task", "media", "people")


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory):
    with one_site(sqlite_template, tmp_path_factory.mktemp("hostile")) as application:
        yield application


@pytest.fixture(scope="module")
def forms(site):
    """Address with CODE and SLUG in it -> (fields as drawn); one for each act and kind."""
    desk, found = desk_at(site), {}
    routes = routes_of(site)
    for route in routes:
        if route.method == "GET":
            values = example_values(route.rule, desk.draft.code)
            for query in queries_of(route):
                address = route.filled(values) + query
                for action, fields in forms_at(desk.client, address).items():
                    if action.startswith("/authoring/"):
                        found.setdefault((action.replace(desk.draft.code, "CODE"), query), fields)
    every_field = {name: "" for fields in found.values() for name in fields}
    drawn = {action for action, _query in found}
    for route in routes:
        action = route.filled(example_values(route.rule, "CODE"))
        if route.method == "POST" and action not in drawn:
            found[action, ""] = {**dict.fromkeys(every_field, ""), "act": "up", "place": "1"}
    return sorted(found.items(), key=lambda one: bool(LAST.search(one[0][0])))


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_field_is_a_fault_or_is_lost_or_spoils_a_file(site, forms, name):
    desk = desk_at(site)
    in_fields = [one for one in forms if "/source/" not in one[0][0]]
    for (action, _query), drawn in in_fields:
        send(desk, action, drawn, HOSTILE[name])
    refuse_unreadable(files_now(desk.draft))
    refuse_running_pages(desk)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_file_is_a_fault(site, forms, name):
    desk = desk_at(site)
    for (action, _query), drawn in forms:
        if "/source/" in action:
            send(desk, action, drawn, HOSTILE[name])
    refuse_running_pages(desk)


def send(desk, action, drawn, words):
    """Every field of a form with the same words, but what says which state it began with."""
    kept = {n: drawn[n] for n in CHOSEN if n in drawn}
    address = action.replace("CODE", desk.draft.code)
    answer = desk.client.post(address, data={**dict.fromkeys(drawn, words), **kept})
    assert answer.status_code < 500, action
    if answer.status_code in (409, 422) and not WITHOUT_WORDS.search(action):
        assert flat(words) in flat(html.unescape(answer.text)), action


def refuse_running_pages(desk):
    for page in PAGES:
        answer = desk.client.get(f"{desk.base}/{page}")
        assert answer.status_code < 500, page
        refuse_running(answer.text)


def flat(text):
    """Without NUL, which no file can hold, and whatever the white space of a line is."""
    return " ".join(text.replace("\0", "").split())


def refuse_unreadable(files):
    """Every file has a name that every system takes, and its YAML can be read and written."""
    for path, content in files.items():
        assert path_fault(path, 4) is None, path
        if path.endswith(".yml"):
            plain(content.decode())
        elif path.startswith("0"):
            plain(split_front(content.decode())[0] or "{}")


def refuse_running(page):
    """Nothing of a page runs by itself, and nothing of it is fetched from elsewhere."""
    for tag, has in Elements(page).found:
        for name, value in has.items():
            assert not name.startswith("on"), (tag, name)
            if name in ("src", "srcset", "href", "action", "formaction", "poster", "data"):
                assert not re.match(r"\s*(javascript|vbscript|data):", value or "", re.I), value
                assert tag == "a" or "evil.example" not in (value or ""), value
        assert tag != "script" or has.get("src"), has
        assert tag not in ("iframe", "object", "embed", "base")
