"""Importing a list of libraries and offices: every row is judged, then all are written or none.

A row is the node with its code. The parent may be in the same list, in any order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from elearn.accounts import rules
from elearn.accounts.formats.lists import SCHEMES, word_of
from elearn.accounts.formats.table import Row, Table
from elearn.accounts.models import Node, NodeCode, NodeKind, Placement
from elearn.accounts.queries.places import known_node
from elearn.accounts.queries.tree import closing_nodes
from elearn.accounts.rules import Fault
from elearn.accounts.service import library_bulk
from elearn.accounts.service.imports import Kind, Verdict, unwatched, verdicts_of_faults
from elearn.accounts.service.library_bulk import NewNode
from elearn.accounts.service.tree import name_in_scheme, place
from elearn.core import audit, clock
from elearn.core.clock import DEFAULT_ZONE
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.core.text import sort_key, tidy

_REPORTED = 500  # rows between two reports
# They are changed one by one, and on SQLite nobody else writes meanwhile; new ones are no matter.
CHANGES_MOST = 1_500


@dataclass(frozen=True, slots=True)
class Work:
    """One row that is to be written, after the row of its parent."""

    row: Row
    node_id: int | None
    kind: NodeKind
    time_zone: str


@dataclass(frozen=True, slots=True)
class Plan:
    verdicts: list[Verdict]
    work: list[Work]


@dataclass(frozen=True, slots=True)
class _Known:
    nodes: Mapping[str, Node]
    parents: Mapping[str, str]  # code -> code of its parent today
    codes: Mapping[tuple[str, str], str]  # (scheme, value) -> code of the node
    stated: Mapping[tuple[str, str], str]  # the same, by the first row of the list that says so
    closed: frozenset[int]  # nodes that close, or have


def plan(table: Table, now: datetime, report: Callable[[int], None] = unwatched) -> Plan:
    """A verdict for each row, and the work that the list means, parents first.

    report: is told, now and then, how many rows are judged.
    """
    verdicts = verdicts_of_faults(table)
    known = _known(table, now)
    listed: dict[str, Row] = {}
    repeated = []
    for row in table.rows:
        code = row["code"].casefold()
        if code in listed:
            fault = Fault("row-repeated", {"line": listed[code].line})
            repeated.append(Verdict(row.line, Kind.PROBLEM, code, faults=(fault,)))
        else:
            listed[code] = row
    work, changed = [], 0
    for number, (code, row) in enumerate(listed.items(), 1):
        if number % _REPORTED == 0:
            report(number)
        verdict = _judge(code, row, listed, known)
        changed += verdict.kind is Kind.CHANGED
        if changed > CHANGES_MOST and verdict.kind is Kind.CHANGED:
            fault = Fault("list-changes-many", {"maximum": CHANGES_MOST})
            verdict = Verdict(row.line, Kind.PROBLEM, code, faults=(fault,))
        verdicts.append(verdict)
        if verdict.kind in (Kind.NEW, Kind.CHANGED):
            node = known.nodes.get(code)
            kind, zone = word_of("kind", row["kind"]), word_of("time_zone", row["time_zone"])
            former = node.time_zone if node else DEFAULT_ZONE
            work.append(
                Work(row, node.id if node else None, NodeKind(str(kind)), str(zone) or former)
            )
    ordered = sorted(work, key=lambda item: _depth(item.row["code"].casefold(), listed))
    every = sorted([*verdicts, *repeated], key=lambda verdict: verdict.line)
    return Plan(every, ordered)


def write(actor: Actor, work: Sequence[Work], now: datetime, report: Callable[[int], None]) -> None:
    """Write all of it, in the order of the plan. Called inside `saving()`.

    report: is told, now and then, how many rows are written. Conflict (list-changed) when what the
    work was judged by is no longer so.
    """
    new = [_new_node(item) for item in work if item.node_id is None]
    library_bulk.add_nodes(actor, new, now)
    known = [item for item in work if item.node_id is not None]
    for count, item in enumerate(known, len(new) + 1):
        _change(actor, item, now)
        report(count)


def weight(work: Sequence[Work]) -> int:
    """How many times as long as judging one row it takes, about, to write all of this."""
    known = sum(item.node_id is not None for item in work)
    return 3 * (len(work) - known) + 100 * known


def _new_node(item: Work) -> NewNode:
    row = item.row
    return NewNode(
        code=row["code"].casefold(), kind=item.kind, name=row["name"],
        library_type=row["library_type"], place=row["place"], time_zone=item.time_zone,
        contact_email=row["contact_email"], parent=row["parent"].casefold(),
        codes={scheme: row[scheme].strip().upper() for scheme in SCHEMES if row[scheme]},
    )  # fmt: skip


def _change(actor: Actor, item: Work, now: datetime) -> None:
    row, node = item.row, db.session.get_one(Node, item.node_id)
    node.kind, node.name, node.time_zone = item.kind, tidy(row["name"]), item.time_zone
    node.sort_key = sort_key(node.name)
    node.library_type = row["library_type"] or node.library_type
    node.place = tidy(row["place"]) or node.place
    node.contact_email = row["contact_email"] or node.contact_email
    audit.note(actor, "accounts:node:change", node.code, now)
    if row["parent"]:
        parent = known_node(row["parent"].casefold())
        place(actor, node, parent, clock.day_in(now, node.time_zone), now)
    for scheme in SCHEMES:
        if row[scheme]:
            name_in_scheme(actor, node, scheme, row[scheme], now)


def _judge(code: str, row: Row, listed: Mapping[str, Row], known: _Known) -> Verdict:
    faults = _faults_in_cells(code, row, listed, known)
    if not faults and _stands_under_itself(code, listed, known):
        faults.append(Fault("placement-circle", {"node": code, "parent": row["parent"]}))
    if faults:
        return Verdict(row.line, Kind.PROBLEM, code, faults=tuple(faults))
    node = known.nodes.get(code)
    if node is None:
        return Verdict(row.line, Kind.NEW, code)
    given = {
        "kind": (word_of("kind", row["kind"]), node.kind),
        "name": (tidy(row["name"]), node.name),
        "library_type": (row["library_type"], node.library_type),
        "place": (tidy(row["place"]), node.place),
        "time_zone": (word_of("time_zone", row["time_zone"]), node.time_zone),
        "contact_email": (row["contact_email"], node.contact_email),
        "parent": (row["parent"].casefold(), known.parents.get(code, "")),
    }
    changes = [name for name, (new, old) in given.items() if new and new != old]
    changes += [
        scheme
        for scheme in SCHEMES
        if row[scheme] and known.codes.get((scheme, row[scheme].strip().upper())) != code
    ]
    return Verdict(row.line, Kind.CHANGED if changes else Kind.SAME, code, tuple(changes))


def _faults_in_cells(code: str, row: Row, listed: Mapping[str, Row], known: _Known) -> list[Fault]:
    found: list[Fault | None] = [
        rules.fault_in_node_code(code),
        rules.fault_in_name(tidy(row["name"])),
    ]
    for column in ("kind", "time_zone"):
        word = word_of(column, row[column])
        found.append(word if isinstance(word, Fault) else None)
    if not row["kind"]:
        found.append(Fault("cell-empty", {"column": "kind"}))
    if row["contact_email"]:
        found.append(rules.fault_in_email(rules.login_key(row["contact_email"])))
    parent = row["parent"].casefold()
    if parent and parent not in listed and parent not in known.nodes:
        found.append(Fault("node-unknown", {"node": row["parent"]}))
    above = known.nodes.get(parent)
    if above is not None and above.id in known.closed and known.parents.get(code) != parent:
        found.append(Fault("node-closed", {"node": above.name}))
    for scheme in SCHEMES:
        value = row[scheme].strip().upper()
        owner = known.codes.get((scheme, value), code) if value else code
        if owner != code or known.stated.get((scheme, value), code) != code:
            found.append(Fault("node-code-taken", {"scheme": scheme, "value": value}))
    return [fault for fault in found if fault is not None]


def _parent_of(code: str, listed: Mapping[str, Row], known: _Known) -> str:
    row = listed.get(code)
    stated = row["parent"].casefold() if row else ""
    return stated or known.parents.get(code, "")


def _stands_under_itself(code: str, listed: Mapping[str, Row], known: _Known) -> bool:
    passed: set[str] = set()
    above = _parent_of(code, listed, known)
    while above and above not in passed:
        if above == code:
            return True
        passed.add(above)
        above = _parent_of(above, listed, known)
    return False


def _depth(code: str, listed: Mapping[str, Row]) -> int:
    """How many rows of the list stand above this one; circles were refused before."""
    depth, passed = 0, {code}
    above = listed[code]["parent"].casefold()
    while above in listed and above not in passed:
        passed.add(above)
        depth += 1
        above = listed[above]["parent"].casefold()
    return depth


def _known(table: Table, now: datetime) -> _Known:
    nodes = {node.code: node for node in db.session.scalars(select(Node))}
    by_id = {node.id: node.code for node in nodes.values()}
    # Writing places a node on its own zone's day: which may be tomorrow where the office is.
    parents = {
        by_id[row.node_id]: by_id[row.parent_id]
        for row in db.session.scalars(select(Placement))
        if row.holds_on(clock.day_in(now, nodes[by_id[row.node_id]].time_zone))
    }
    codes = {
        (row.scheme, row.value): by_id[row.node_id] for row in db.session.scalars(select(NodeCode))
    }
    stated: dict[tuple[str, str], str] = {}
    for row in table.rows:
        for scheme in SCHEMES:
            if row[scheme]:
                stated.setdefault((scheme, row[scheme].strip().upper()), row["code"].casefold())
    return _Known(nodes, parents, codes, stated, closing_nodes())
