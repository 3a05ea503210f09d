"""What was typed into a search field (`search_field` of components/filters.html)."""

from flask import request

_MOST = 80  # characters, as the field itself takes


def words_asked(name: str = "words", default: str = "") -> str:
    """The words that the address looks for. name: of the field; default: where it has none."""
    return request.args.get(name, default)[:_MOST]
