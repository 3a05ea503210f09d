"""Addresses that may not exist: rooms are built one after the other, and links follow them."""

from typing import Any

from flask import Flask, current_app, url_for


def address(endpoint: str, **values: Any) -> str | None:
    """Address of an endpoint, or None when no room has registered it."""
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, **values)


def register_addresses(app: Flask) -> None:
    """Give Jinja `address(endpoint, **values)`."""
    app.jinja_env.globals["address"] = address
