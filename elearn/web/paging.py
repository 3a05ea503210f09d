"""Which page of a list an address asks for."""

from flask import request

_LAST = 1_000_000  # no list is as long; a larger number would not fit into any database


def page_asked() -> int:
    """The page that the address asks for, from 1."""
    return min(max(request.args.get("page", 1, int), 1), _LAST)
