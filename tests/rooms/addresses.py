"""Addresses of the site made from their rules, with a value in every place."""

import re
from urllib.parse import quote

OFFICE_ROOMS = {"supervision", "admin", "privacy", "records"}
# Values of further places in an address. One without a value here is asked by those who may not.
GOOD = {
    "slug": "contoh",
    "key": "satu-quiz",
    "on": "2030-01-01",
    "name": "started",
    "kind": "recap",
}


def filled(rule, values):
    """The rule's address with these values in its places."""
    return re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda m: quote(values.get(m[1], "1"), safe=""), rule)
