"""Addresses that may not exist: rooms come one after the other, and some numbers have no row."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, has_request_context, request, url_for
from werkzeug.routing import IntegerConverter, Map

_MARK = "--"
_LARGEST = 2**31 - 1  # a row's number, on either database


class _RowNumber(IntegerConverter):
    """`<int:...>`: a number that no row can have is missing before any database is asked."""

    def __init__(self, map: Map) -> None:  # noqa: A002  Werkzeug's own name of it
        super().__init__(map, max=_LARGEST)


def address(endpoint: str, **values: Any) -> str | None:
    """Address of an endpoint, or None when no room has registered it."""
    if not values and has_request_context():
        return _plain_address(endpoint)
    return _address(endpoint, **values)


def addresses(endpoint: str, name: str, values: Iterable[str]) -> list[str]:
    """Addresses that differ in one part, for the rows of a list. name: of that part.

    One is built and filled in: building fifty costs as much as some questions to the database.
    """
    begin, _, end = url_for(endpoint, **dict[str, Any]({name: _MARK})).rpartition(_MARK)
    return [f"{begin}{quote(value, safe='')}{end}" for value in values]


def _address(endpoint: str, **values: Any) -> str | None:
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, **values)


def _plain_address(endpoint: str) -> str | None:
    """Kept, since the frame of every page asks for a dozen of them."""
    kept: dict[tuple[str, str], str | None] = current_app.extensions["elearn-addresses"]
    key = (request.script_root, endpoint)
    if key not in kept:
        kept[key] = _address(endpoint)
    return kept[key]


def register_addresses(app: Flask) -> None:
    """Give Jinja `address(endpoint, **values)`, and every `<int:...>` its largest number."""
    app.url_map.converters["int"] = _RowNumber
    app.extensions["elearn-addresses"] = {}
    app.jinja_env.globals["address"] = address
