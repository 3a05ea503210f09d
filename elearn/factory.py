"""create_app(): knows every room, and tells each floor what it needs of those above."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment

import elearn.accounts.queries
import elearn.accounts.views
import elearn.admin.views
import elearn.authoring.views
import elearn.courses.views
import elearn.learning.views
import elearn.privacy.views
import elearn.quizzes.views
import elearn.records.queries
import elearn.records.views
import elearn.supervision.views
from elearn.core import config
from elearn.core.db import db
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import register_i18n
from elearn.core.permissions import Action
from elearn.web import pages
from elearn.web.addresses import register_addresses
from elearn.web.assets import register_assets
from elearn.web.errors import register_errors
from elearn.web.health import bp as health
from elearn.web.language import register_language
from elearn.web.logs import log_answer
from elearn.web.navigation import NavItem, navigation, register_navigation
from elearn.web.security import register_security
from elearn.web.session import load_people_with, register_sessions
from elearn.web.styleguide import register_styleguide
from elearn.web.watching import Watcher, register_watching

ROOMS = (
    elearn.accounts,
    elearn.courses,
    elearn.records,
    elearn.learning,
    elearn.quizzes,
    elearn.authoring,
    elearn.privacy,
    elearn.supervision,
    elearn.admin,
)

# What an answer means to who watches the site: (endpoint, status) -> act in /metrics.
ACTS = {
    ("quizzes.save_answer", 200): "answer-saved",
    ("quizzes.save", 303): "answers-saved",
    ("quizzes.submit", 303): "attempt-submitted",
    ("learning.done", 303): "unit-finished",
    ("accounts.begin_session", 303): "signed-in",
    ("accounts.begin_session", 422): "sign-in-refused",
    ("accounts.begin_session", 429): "sign-in-refused",
}


class _Environment(Environment):
    """Templates share one dict of globals: Jinja's overlay costs a twentieth of a page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        made: MutableMapping[str, Any] = super().make_globals(d) if d else self.globals
        return made


class _Application(Flask):
    jinja_environment = _Environment

    def log_exception(self, exc_info: Any) -> None:
        """Flask's own line has the address, which may hold a code or a name."""
        self.logger.error("A request failed.", exc_info=exc_info)


def create_app(settings: config.Settings | None = None) -> Flask:
    """The WSGI application. Raises SettingError with one sentence when a setting cannot be used."""
    settings = settings or config.load()
    if not settings.secret_key:
        raise config.SettingError(
            "ELEARN_SECRET_KEY is empty; set it to 32 or more random characters, "
            "or start once with `elearn serve`, which writes one into the data folder."
        )
    app = _Application(__name__, static_folder=None, template_folder="web/templates")
    app.config.update(
        SETTINGS=settings,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # they are people's answers and names
        TEMPLATES_AUTO_RELOAD=settings.development,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.database_url.startswith("sqlite"):
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)

    db.init_app(app)
    register_sessions(app, settings)
    register_i18n(app)
    register_language(app)  # before security: a refused form is refused in the reader's language
    register_security(app, settings)
    register_addresses(app)
    register_navigation(app)
    register_assets(app)
    register_errors(app)
    register_styleguide(app, settings)
    app.register_blueprint(health)
    app.register_blueprint(pages.bp)
    _register_rooms(app)
    register_watching(app, [*_counters(app, settings), log_answer])  # last: in front of everything
    return app


def _counters(app: Flask, settings: config.Settings) -> list[Watcher]:
    """Whoever counts answers for /metrics: nobody, and nothing imported for it, without a token."""
    if not settings.metrics_token:
        return []
    from elearn.web.metrics import register_metrics

    totals = {"elearn_records_issued": elearn.records.queries.count_issued}
    return [register_metrics(app, settings.metrics_token, ACTS, totals)]


def _register_rooms(app: Flask) -> None:
    """Blueprints of every room, and the links that lead up from a lower floor."""
    for room in ROOMS:
        app.register_blueprint(room.views.bp)
    load_people_with(elearn.accounts.queries.session_user)
    navigation.overseers = NavItem(
        "supervision.home", _l("Supervision"), Action.SUPERVISION_PEOPLE_READ
    )
    navigation.items = [
        navigation.overseers,
        NavItem("learning.home", _l("Home"), Action.LEARNING_COURSE_STUDY),
        NavItem("learning.catalogue", _l("Courses")),
        NavItem("records.mine", _l("Records"), Action.RECORDS_RECORD_READ),
        NavItem("authoring.mine", _l("Writing"), Action.AUTHORING_DRAFT_WRITE),
        NavItem("admin.home", _l("Administration"), Action.ACCOUNTS_PEOPLE_MANAGE),
    ]
    navigation.room_entries = {
        "admin": "admin.home",
        "learning": "learning.catalogue",
        "authoring": "authoring.mine",
        "quizzes": "learning.catalogue",
        "records": "records.mine",
        "supervision": "supervision.home",
    }
    navigation.unit_endpoints = {
        **dict.fromkeys(("lesson", "activity", "task"), "learning.unit"),
        **dict.fromkeys(("quiz", "pre-test", "post-test"), "quizzes.start"),
    }
