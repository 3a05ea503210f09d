"""The cast: one invented set of people and libraries for tests and demo alike.

siti learns; budi writes; ratna oversees siti's district; joko oversees the next one and must never
see siti; dewi administers.
"""

from dataclasses import dataclass
from datetime import date

from elearn.accounts.models import (
    Credential,
    GrantRow,
    Login,
    Membership,
    Node,
    Organiser,
    Person,
    Placement,
)
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.text import sort_key

PASSWORD = "rak buku di beranda"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Player:
    username: str
    full_name: str
    role: str
    node: str | None  # where the role holds
    library: str


CAST = (
    Player("siti", "Siti Aminah, S.IP.", "learner", None, "perpustakaan-wonosari"),
    Player("budi", "Budi Santoso, M.Hum.", "author", None, "perpustakaan-wonosari"),
    Player("ratna", "Dra. Ratna Dewanti", "supervisor", "kabupaten-sukamaju", "perpustakaan-wonosari"),
    Player("joko", "Joko Prasetyo", "supervisor", "kabupaten-mekarsari", "perpustakaan-karanganyar"),
    Player("dewi", "Dewi Lestari", "administrator", None, "perpustakaan-wonosari"),
)  # fmt: skip

# code, kind, name, parent
NODES = (
    ("perpusnas-contoh", "national", "Perpustakaan Nasional (contoh)", None),
    ("provinsi-contoh", "province", "Provinsi Contoh", "perpusnas-contoh"),
    ("kabupaten-sukamaju", "district", "Kabupaten Sukamaju", "provinsi-contoh"),
    ("kabupaten-mekarsari", "district", "Kabupaten Mekarsari", "provinsi-contoh"),
    ("perpustakaan-wonosari", "library", "Perpustakaan Desa Wonosari", "kabupaten-sukamaju"),
    ("perpustakaan-karanganyar", "library", "Perpustakaan Desa Karanganyar", "kabupaten-mekarsari"),
)


def populate(password_hash: str) -> None:
    """Write the cast into an empty database."""
    now = clock.now()
    with saving():
        nodes = {}
        for code, kind, name, parent in NODES:
            node = Node(code=code, kind=kind, name=name, sort_key=sort_key(name), place=name)
            db.session.add(node)
            db.session.flush()
            nodes[code] = node
            if parent:
                db.session.add(
                    Placement(node_id=node.id, parent_id=nodes[parent].id, from_on=SINCE)
                )
        for player in CAST:
            person = Person(
                full_name=player.full_name,
                sort_key=sort_key(player.full_name),
                post="Pengelola perpustakaan",
                employment="pns",
                created_at=now,
            )
            db.session.add(person)
            db.session.flush()
            node_id = nodes[player.node].id if player.node else None
            roles = {player.role: node_id, "learner": None}
            db.session.add_all(
                [
                    Login(key=player.username, kind="username", person_id=person.id),
                    Credential(
                        person_id=person.id, password_hash=password_hash, changed_at=now,
                        generation=1, is_active=True,
                    ),
                    Membership(
                        person_id=person.id, node_id=nodes[player.library].id, from_on=SINCE
                    ),
                    *(
                        GrantRow(person_id=person.id, role=role, node_id=where, from_on=SINCE)
                        for role, where in roles.items()
                    ),
                ]
            )  # fmt: skip
        db.session.add(
            Organiser(
                code="perpusnas-contoh",
                node_id=nodes["perpusnas-contoh"].id,
                name="Perpustakaan Nasional (contoh)",
                place="Sukamaju",
                signatory="Drs. Bambang Wiryawan, M.Hum.",
                signatory_post="Kepala Bidang Pembinaan Perpustakaan",
                from_on=SINCE,
            )
        )
