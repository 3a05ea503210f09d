"""Provinces, districts and libraries, and who issues records."""

from dataclasses import dataclass
from random import Random

from elearn.accounts import service as accounts
from elearn.accounts.models import Node, NodeKind, Placement
from elearn.accounts.service.organisers import OrganiserWords
from elearn.core.db import db, saving
from elearn.core.permissions import NOBODY
from elearn.core.text import sort_key
from tests.bench.country.chance import dealt
from tests.bench.country.sizes import Sizes
from tests.bench.country.span import Span
from tests.bench.country.writing import Writer

ORGANISER = "perpusnas-contoh"  # named by the courses that are published
_ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Jakarta")
_KINDS = (
    ("Perpustakaan Desa", "desa"), ("Perpustakaan Desa", "desa"), ("TBM", "tbm"),
    ("Perpustakaan Kelurahan", "kelurahan"), ("Perpustakaan Sekolah", "sekolah"),
)  # fmt: skip
_FRONTS = ("Suka", "Mekar", "Karang", "Tanjung", "Banyu", "Wono", "Sido", "Marga", "Tirta", "Giri")
_ENDS = ("maju", "sari", "rejo", "mulya", "jati", "asri", "harjo", "kencana", "agung", "raya")

_NODE = (
    "id", "code", "kind", "library_type", "name", "sort_key", "place", "time_zone", "contact_email",
)  # fmt: skip
_PLACEMENT = ("id", "node_id", "parent_id", "from_on", "to_on")


@dataclass(frozen=True, slots=True)
class Place:
    """A node as far as its people need it."""

    node_id: int
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Tree:
    country: Place
    provinces: list[Place]
    districts: list[Place]
    libraries: list[Place]


def planted(sizes: Sizes, span: Span, writer: Writer, chance: Random) -> Tree:
    """The whole tree, standing since the first day. A few districts hold most of the libraries."""
    with saving():
        sower = _Sower(span, writer)
        country = sower.sown("negara-contoh", NodeKind.NATIONAL, "Negara Contoh", "", None)
        provinces = [
            sower.sown(f"prov-{at:02}", NodeKind.PROVINCE, f"Provinsi Contoh {at}",
                       _ZONES[at % len(_ZONES)], country)
            for at in range(sizes.provinces)
        ]  # fmt: skip
        districts = [
            sower.sown(f"kab-{at:03}", NodeKind.DISTRICT, f"Kabupaten {_village(chance)} {at}",
                       provinces[of].zone, provinces[of])
            for at, of in enumerate(dealt(sizes.districts, sizes.provinces, chance))
        ]  # fmt: skip
        libraries = [
            sower.library(f"lib-{at:05}", _village(chance), districts[of], chance)
            for at, of in enumerate(dealt(sizes.libraries, sizes.districts, chance))
        ]
        sower.write()
        words = OrganiserWords(
            "Perpustakaan Nasional (contoh)", "Jakarta", "Drs. Bambang Wiryawan, M.Hum.",
            "Kepala Pusat Pendidikan dan Pelatihan (contoh)",
        )  # fmt: skip
        node = db.session.get_one(Node, country.node_id)
        on = span.start.date()
        accounts.add_organiser(NOBODY, ORGANISER, words, node, on, span.start)
    return Tree(country, provinces, districts, libraries)


class _Sower:
    def __init__(self, span: Span, writer: Writer) -> None:
        self._writer, self._on = writer, span.start.date()
        self._nodes: list[tuple[object, ...]] = []
        self._placements: list[tuple[object, ...]] = []

    def sown(
        self, code: str, kind: NodeKind, name: str, zone: str, parent: Place | None,
        library_type: str = "",
    ) -> Place:  # fmt: skip
        place = Place(self._writer.next_id(Node), name, zone or _ZONES[0])
        self._nodes.append(
            (place.node_id, code, kind.value, library_type, name, sort_key(name), name, place.zone,
             "")
        )  # fmt: skip
        if parent is not None:
            number = self._writer.next_id(Placement)
            self._placements.append((number, place.node_id, parent.node_id, self._on, None))
        return place

    def library(self, code: str, village: str, district: Place, chance: Random) -> Place:
        words, library_type = chance.choice(_KINDS)
        name = f"{words} {village}"
        return self.sown(code, NodeKind.LIBRARY, name, district.zone, district, library_type)

    def write(self) -> None:
        self._writer.add(Node, _NODE, self._nodes)
        self._writer.add(Placement, _PLACEMENT, self._placements)


def _village(chance: Random) -> str:
    return chance.choice(_FRONTS) + chance.choice(_ENDS)
