"""The web floor alone, as the factory puts it up, with no room on top of it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, abort, render_template_string
from flask.testing import FlaskClient

from elearn.core import config
from elearn.core.i18n import force_locale, register_i18n
from elearn.web.addresses import register_addresses
from elearn.web.assets import register_assets
from elearn.web.errors import register_errors
from elearn.web.language import register_language
from elearn.web.navigation import register_navigation
from elearn.web.security import register_security
from elearn.web.session import register_sessions
from elearn.web.styleguide import register_styleguide
from tests.compiled import with_templates_kept


def web_without_rooms(data: Path, development: str) -> Flask:
    settings = config.load({}, DATA=str(data), SECRET_KEY="x" * 40, DEVELOPMENT=development)
    app = Flask("elearn", static_folder=None, template_folder="web/templates")
    app.config["SETTINGS"] = settings
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    register_sessions(app, settings)
    register_i18n(app)
    register_language(app)  # before security, so that what security refuses is said in it
    register_security(app, settings)
    register_addresses(app)
    register_navigation(app)
    register_assets(app)
    register_errors(app)
    register_styleguide(app, settings)
    return with_templates_kept(app)


@pytest.fixture
def live_app(tmp_path: Path) -> Flask:
    """As in production, where nothing is there for developers only."""
    return web_without_rooms(tmp_path, development="no")


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return web_without_rooms(tmp_path, development="yes")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def draw(app: Flask) -> Callable[..., str]:
    """Render a line that uses one component: draw("status", '{{ status("done", "Done") }}')."""

    def drawn(component: str, line: str, **values: object) -> str:
        macro = re.split(r"\W", line.split("{{ ")[-1].split("call ")[-1])[0]
        source = f'{{% from "components/{component}.html" import {macro} %}}{line}'
        with app.test_request_context(), force_locale("en"):
            return render_template_string(source, **values)

    return drawn


@pytest.fixture
def failing(app: Flask) -> FlaskClient:
    """/fail raises what the test has put into app.fault."""

    @app.get("/fail")
    def fail() -> str:
        fault = app.extensions["fault"]
        if isinstance(fault, int):
            abort(fault)
        raise fault

    return app.test_client()
