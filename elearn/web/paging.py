"""Which page of a list an address asks for."""

from flask import request

from elearn.core.errors import Missing

_LAST = 1_000_000  # no list is as long; a larger number would not fit into any database


def page_asked() -> int:
    """The page that the address asks for, from 1; Missing for what is no page of any list."""
    page = request.args.get("page", 1, int)
    if not 1 <= page <= _LAST:
        raise Missing("page-missing")
    return page


def page_count(rows: int, size: int) -> int:
    """How many pages so many rows have; Missing when the address asks for one beyond them."""
    pages = max(1, -(-rows // size))
    if page_asked() > pages:
        raise Missing("page-missing")
    return pages
