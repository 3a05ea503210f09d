"""Whether something may begin at a place of the tree: not where nobody will see it any more."""

from datetime import date

from sqlalchemy import select

from elearn.accounts.models import Node
from elearn.accounts.queries.tree import closing_of
from elearn.core.db import db
from elearn.core.errors import Conflict


def hold_open(node: Node, until: date | None = None) -> None:
    """As refuse_closed; who closes the place meanwhile waits, and finds what has begun."""
    db.session.execute(select(Node.id).where(Node.id == node.id).with_for_update(read=True))
    refuse_closed(node, until)


def refuse_closed(node: Node, until: date | None = None) -> None:
    """Conflict when the place closes before what begins there ends (until: first day without it).

    Called inside `saving()`.
    """
    closing = closing_of(node.id)
    if closing is not None and (until is None or until > closing):
        raise Conflict("node-closed", node=node.name)
