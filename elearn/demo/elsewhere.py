"""What people of the demo did elsewhere: some of it waits for ratna, some she has decided about."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from elearn.accounts import queries as accounts
from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.i18n import force_locale
from elearn.demo.certificate import certificate
from elearn.records import queries, service
from elearn.records.formats.evidence import prepared
from elearn.records.models import Activity
from elearn.records.rules import Category, Claim, Part

_DECIDED_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something that somebody of ratna's district did elsewhere, and the paper that shows it."""

    username: str
    category: Category
    role: Part
    title: str
    organiser: str
    jp: int
    days: int
    logged_days_ago: int
    paper: str = "PNG"
    # What ratna decided, and why; None: it still waits. 0: refused.
    counted_jp: int | None = None
    reason: str = ""


ELSEWHERE = (
    Elsewhere("siti", Category.SEMINAR, Part.PARTICIPANT, "Seminar Literasi untuk Desa",
              "Dinas Perpustakaan Kabupaten Sukamaju (contoh)", 8, 1, 9),
    Elsewhere("sri.w", Category.WORKSHOP, Part.PARTICIPANT, "Lokakarya Mengolah Koleksi Lokal",
              "Dinas Perpustakaan Provinsi Contoh Barat", 16, 2, 2, "PDF"),
    Elsewhere("ahmad.f", Category.MENTORING, Part.MENTOR, "Pendampingan Pengelola TBM Lentera",
              "Forum Taman Bacaan Sukamaju (contoh)", 4, 1, 2),
    Elsewhere("siti", Category.WEBINAR, Part.PARTICIPANT, "Webinar Mendongeng untuk Anak",
              "Perpustakaan Provinsi Contoh Barat", 6, 1, 15,
              counted_jp=4, reason="Dua jam pertama adalah upacara pembukaan."),
    Elsewhere("nurul.h", Category.ASSOCIATION, Part.COMMITTEE, "Rapat Kerja Forum Taman Bacaan",
              "Forum Taman Bacaan Sukamaju (contoh)", 5, 1, 20,
              counted_jp=0, reason="Rapat kerja bukan kegiatan belajar, jadi tidak ada JP-nya."),
)  # fmt: skip


def log_elsewhere(now: datetime) -> None:
    """All of it, logged by each person and decided by ratna at moments of the past."""
    for one in ELSEWHERE:
        at = now - timedelta(days=one.logged_days_ago)
        with saving():
            activity = _log(one, at)
        if one.counted_jp is not None:
            with saving():
                _decide(one, activity.code, at + _DECIDED_AFTER)


def _log(one: Elsewhere, at: datetime) -> Activity:
    actor = actor_named(one.username)
    person = accounts.own_person_to_change(actor)
    last_on = clock.day_in(at, person.time_zone) - timedelta(days=3)
    first_on = last_on - timedelta(days=one.days - 1)
    with force_locale("id"):
        paper = certificate(person.full_name, one.title, one.organiser, one.jp, last_on, one.paper)
    name = f"sertifikat.{one.paper.lower()}"
    evidence = service.keep_evidence(actor, person.id, prepared(paper), name, at)
    claim = Claim(one.category, one.role, one.title, one.organiser, first_on, last_on, one.jp)
    return service.log_activity(actor, claim, evidence, "", at)


def _decide(one: Elsewhere, code: str, at: datetime) -> None:
    ratna = actor_named("ratna")
    activity = queries.activity_within_to_change(ratna, code, at)
    if one.counted_jp:
        service.correct(ratna, activity, one.counted_jp, one.reason, at)
    else:
        service.refuse(ratna, activity, one.reason, at)
