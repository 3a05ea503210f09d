"""My data: what is kept of me, who looked at it, and all of it as a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.accounts import queries as accounts
from elearn.accounts.queries.consents import consents_of, text_to_agree
from elearn.accounts.queries.ways_in import ways_in_of
from elearn.accounts.words import way_in_in_words
from elearn.core import clock
from elearn.core.i18n import gettext as _
from elearn.core.i18n import ngettext, number, page_language
from elearn.core.permissions import Action
from elearn.privacy import queries, reading, service
from elearn.privacy.formats.own_data import PARTS, own_data
from elearn.privacy.views.blueprint import bp
from elearn.privacy.words import act_in_words
from elearn.web.downloads import attachment
from elearn.web.guard import requires

FIRST = 10  # acts on the page itself
MOST = 200  # on the page of all; older ones are in the file


@bp.get("/my-data/")
@requires(Action.PRIVACY_DATA_READ)
def mine() -> ResponseReturnValue:
    person_id = current_user.person_id
    now = clock.now()
    today = clock.day_in(now, current_user.time_zone)
    ways_in = ways_in_of(accounts.all_entries(person_id))
    return render_template(
        "privacy/mine.html",
        ways_in=[way_in_in_words(way, now) for way in ways_in],
        person=accounts.person(person_id),
        kept=_in_words(queries.counts(person_id)),
        looks=queries.looks(person_id, FIRST),
        act_in_words=act_in_words,
        consents=consents_of(person_id),
        to_agree=text_to_agree(person_id, today),
    )


@bp.get("/my-data/looks")
@requires(Action.PRIVACY_DATA_READ)
def looks() -> ResponseReturnValue:
    """Who looked at my data, who changed it, and when."""
    return render_template(
        "privacy/looks.html",
        looks=queries.looks(current_user.person_id, MOST),
        most=MOST,
        act_in_words=act_in_words,
    )


@bp.get("/my-data/file.html")
@requires(Action.PRIVACY_DATA_READ)
def download() -> ResponseReturnValue:
    """Everything as one page to be kept and read anywhere."""
    now = clock.now()
    rooms = [
        (PARTS[room][page_language()], data)
        for room, data in _in_order(service.collect(current_user.person_id))
    ]
    page = render_template(
        "privacy/file.html",
        rooms=rooms,
        made_at=now,
        facts=reading.facts,
        parts=reading.parts,
        said=reading.said,
    )
    return _file(page.encode(), "text/html", now)


@bp.get("/my-data/file")
@requires(Action.PRIVACY_DATA_READ)
def download_for_programs() -> ResponseReturnValue:
    """Everything as JSON."""
    now = clock.now()
    return _file(own_data(service.collect(current_user.person_id), now), "application/json", now)


def _in_order(rooms: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Who she is comes first, what others did last."""
    return sorted(rooms.items(), key=lambda room: list(PARTS).index(room[0]))


def _file(content: bytes, mimetype: str, now: datetime) -> Response:
    ending = mimetype.rpartition("/")[2]
    name = f"data-saya-{clock.day_in(now, current_user.time_zone)}.{ending}"
    return attachment(content, mimetype, name)


def _in_words(counts: queries.Counts) -> list[tuple[str, str]]:
    """What there is, with how much of it; a kind of which there is nothing is left out."""
    lines = [
        (_("Courses you joined"), counts.courses, _study(counts)),
        (_("Quizzes"), counts.attempts, _quizzes(counts)),
        (_("Completion records"), counts.records, number(counts.records)),
        (
            _("Ledger of JP"),
            counts.credits,
            ngettext("%(num)d line", "%(num)d lines", counts.credits),
        ),
        (_("Activities elsewhere"), counts.activities, _activities(counts)),
        (_("Messages and calls of a supervisor"), counts.contacts, number(counts.contacts)),
    ]
    return [(name, words) for name, count, words in lines if count]


def _study(counts: queries.Counts) -> str:
    return _(
        "%(courses)s, with %(steps)s dated steps",
        courses=number(counts.courses),
        steps=number(counts.events),
    )


def _quizzes(counts: queries.Counts) -> str:
    return _(
        "%(attempts)s attempts, with %(answers)s answers",
        attempts=number(counts.attempts),
        answers=number(counts.answers),
    )


def _activities(counts: queries.Counts) -> str:
    return _(
        "%(activities)s, with %(files)s pieces of evidence",
        activities=number(counts.activities),
        files=number(counts.evidence),
    )
