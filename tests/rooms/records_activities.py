"""Activities and evidence for tests, as people log them."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from PIL import Image

from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import saving
from elearn.records import queries, service
from elearn.records.formats.evidence import prepared
from elearn.records.models import Activity
from elearn.records.rules import Claim

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\nstartxref\n9\n%%EOF\n"
# When these tests take place, whenever they are run: one day in all zones of the country.
NOON = datetime(2026, 6, 15, 12, tzinfo=ZoneInfo(clock.DEFAULT_ZONE))
TODAY = NOON.date()


@pytest.fixture(scope="module", autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield


def photo() -> bytes:
    target = io.BytesIO()
    Image.effect_noise((80, 60), 90).convert("RGB").save(target, "JPEG")
    return target.getvalue()


def claim(**changes: Any) -> Claim:
    facts: dict[str, Any] = {
        "category": "seminar", "role": "participant", "title": "Literasi untuk semua",
        "organiser": "Dinas Perpustakaan", "first_on": TODAY, "last_on": TODAY, "jp": 8,
    }  # fmt: skip
    return Claim(**{**facts, **changes})


def logged(
    username: str = "siti", now: datetime | None = None, replaces: str = "", **changes: Any
) -> Activity:
    """An activity of this person, with a PDF."""
    actor, now = actor_named(username), now or clock.now()
    with saving():
        evidence = service.keep_evidence(
            actor, actor.person_id or 0, prepared(PDF), "sertifikat.pdf", now
        )
        day = clock.day_in(now, clock.DEFAULT_ZONE)
        stated = claim(**{"first_on": day, "last_on": day, **changes})
        return service.log_activity(actor, stated, evidence, replaces, now)


def decide(username: str, verb: str, activity: Activity, *said: Any) -> None:
    """decide("ratna", "correct", activity, 4, "half a day")."""
    actor = actor_named(username)
    with saving():
        found = queries.activity_within_to_change(actor, activity.code, clock.now())
        getattr(service, verb)(actor, found, *said, clock.now())
