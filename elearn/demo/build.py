"""Builds the demo through the same services that a real site uses. Safe to repeat."""

from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from random import Random

import click

from elearn.accounts import passwords
from elearn.accounts import service as accounts
from elearn.accounts.models import Node, NodeKind, Organiser, Person
from elearn.accounts.queries import person_by_login
from elearn.accounts.queries.actors import actor_named
from elearn.accounts.service import Details
from elearn.core import clock, policy
from elearn.core.config import SettingError
from elearn.core.db import db, saving
from elearn.core.permissions import OPERATOR, Role
from elearn.coursepack.folder import read_course
from elearn.courses import service as courses
from elearn.courses.formats.html import render_course
from elearn.demo.cast import CAST, ISSUERS, OTHERS, PLACES, REMINDED, Player
from elearn.demo.elsewhere import log_elsewhere
from elearn.demo.study import go_through
from elearn.supervision import service as supervision
from elearn.supervision.rules.reminding import Channel
from elearn.supervision.rules.standing import Reason

_MARK = "this-is-a-demo"
_COMPLETE = "complete"
_SERIES = ("basic-ict", "advocacy", "community-engagement", "promotion")  # as they are studied
_HISTORY_DAYS = 90  # how long ago the demo's people were added
_REMINDED_DAYS = 9


def refuse_foreign_folder(folder: Path) -> None:
    """Raise SettingError for a folder that holds something else than a demo of ours.

    A demo whose building was cut off is removed, to be built anew.
    """
    mark = folder / _MARK
    if not folder.exists() or not any(folder.iterdir()):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark.write_text("building", encoding="ascii")
    elif not mark.exists():
        raise SettingError(
            f"{folder} is not empty and not a demo; name another folder with --data."
        )
    elif mark.read_text(encoding="ascii") != _COMPLETE:
        for file in folder.glob("elearn.sqlite*"):
            file.unlink()


def build(folder: Path, password: str) -> None:
    """The tree, the people, every course of this package, and what people have done so far."""
    if (folder / _MARK).read_text(encoding="ascii") == _COMPLETE:
        return
    now = clock.now()
    began = now - timedelta(days=_HISTORY_DAYS)
    _plant_tree(began)
    _add_people(password, began)
    _publish_courses(began + timedelta(days=7))
    choices = [(player, _SERIES[0]) for player in CAST]
    choices += zip(OTHERS, cycle(_SERIES), strict=False)
    with click.progressbar(choices, label="Studying  ", width=24) as studying:
        for player, slug in studying:
            if player.reach is not None:
                _study(player, slug, player.reach, now)
    _remind(now - timedelta(days=_REMINDED_DAYS))
    log_elsewhere(now)
    (folder / _MARK).write_text(_COMPLETE, encoding="ascii")


def greeting(address: str, password: str) -> str:
    """What is printed at the end: where the site is and who can sign in."""
    people = "\n".join(
        f"  {one.username:<8} {one.role or 'learner':<14} {one.full_name}" for one in CAST
    )
    return (
        f"\nThe demo is ready: {address}\n\n{people}\n  (and {len(OTHERS)} more learners)\n\n"
        f"Password of all of them: {password}\nAll people, places and records are invented.\n"
    )


def courses_folder() -> Path:
    """Beside the package in a checkout, inside it when installed from a wheel."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_courses"
    return installed if installed.is_dir() else package.parent / "courses"


def _plant_tree(now: datetime) -> None:
    on = now.date()
    nodes: dict[str, Node] = {}
    with saving():
        for place in PLACES:
            node = accounts.add_node(
                OPERATOR, place.code, NodeKind(place.kind), place.name, now,
                library_type=place.library_type, place_name=place.place or place.name,
                time_zone=place.time_zone,
            )  # fmt: skip
            nodes[place.code] = node
            if place.parent:
                accounts.place(OPERATOR, node, nodes[place.parent], on, now)
        for issuer in ISSUERS:
            db.session.add(
                Organiser(
                    code=issuer.code, node_id=nodes[issuer.node].id, name=issuer.name,
                    place=issuer.place, signatory=issuer.signatory,
                    signatory_post=issuer.signatory_post, from_on=on,
                )
            )  # fmt: skip


def _add_people(password: str, now: datetime) -> None:
    password_hash = passwords.hashed(password)
    with saving():
        nodes = {node.code: node for node in db.session.scalars(db.select(Node))}
        for player in (*CAST, *OTHERS):
            person = accounts.add_person(
                OPERATOR,
                Details(player.full_name, post=player.post, employment=player.employment),
                player.username,
                password_hash,
                nodes[player.library],
                now,
            )
            _grant(player, person, nodes, now)


def _grant(player: Player, person: Person, nodes: dict[str, Node], now: datetime) -> None:
    if player.role:
        node = nodes[player.node] if player.node else None
        accounts.grant(OPERATOR, person, Role(player.role), node, now.date(), now)


def _publish_courses(now: datetime) -> None:
    folders = sorted(path.parent for path in courses_folder().glob("*/course.yml"))
    with click.progressbar(folders, label="Publishing", width=24) as sources:
        for source in sources:
            course, problems = read_course(source)
            if course is None:
                raise SettingError("\n".join(problem.format("en") for problem in problems))
            html = render_course(course)
            author = actor_named("budi")
            with saving():
                courses.publish(course, html, author, now)


def _study(player: Player, slug: str, reach: float, now: datetime) -> None:
    chance = Random(player.username)  # noqa: S311  (the same demo every time)
    actor = actor_named(player.username)
    from_at = now - timedelta(days=player.days_ago)
    go_through(actor, slug, "id", reach, from_at, now, chance, player.stop)


def _remind(at: datetime) -> None:
    """One contact that ratna has noted, so that her page shows what a second message is like."""
    ratna = actor_named("ratna")
    with saving():
        person = person_by_login(REMINDED)
        if person is None:
            raise LookupError(REMINDED)
        office = policy.on(at.date())
        supervision.note_contact(ratna, person, Channel.WHATSAPP, Reason.IDLE, office, at)
