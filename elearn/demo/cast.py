"""Who and what the demo consists of. All invented; the first five are also the cast of the tests.

siti learns; budi writes; ratna oversees siti's district; joko oversees the next one and must never
see siti; dewi administers.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the tree."""

    code: str
    kind: str
    name: str
    parent: str | None
    place: str = ""
    library_type: str = ""
    time_zone: str = "Asia/Jakarta"


class Stop(StrEnum):
    """What somebody is stuck at who does not simply rest."""

    NEVER_BEGUN = "never-begun"  # enrolled, and nothing after it
    FAILS = "fails"  # the next quiz, twice


@dataclass(frozen=True, slots=True)
class Player:
    """A person; `role` at `node` comes on top of learning, which everybody does."""

    username: str
    full_name: str
    library: str
    post: str = "Pengelola perpustakaan"
    employment: str = "other"
    role: str | None = None
    node: str | None = None
    # How far through the course: units done, and whether quizzes go well. None: not begun.
    reach: float | None = None
    days_ago: int = 30
    stop: Stop | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """An organiser of courses."""

    code: str
    node: str
    name: str
    place: str
    signatory: str
    signatory_post: str


_EAST = "Asia/Makassar"

PLACES = (
    Place("perpusnas-contoh", "national", "Perpustakaan Nasional (contoh)", None, "Jakarta"),
    Place("provinsi-contoh", "province", "Provinsi Contoh Barat", "perpusnas-contoh"),
    Place("provinsi-contoh-timur", "province", "Provinsi Contoh Timur", "perpusnas-contoh",
          time_zone=_EAST),
    Place("kabupaten-sukamaju", "district", "Kabupaten Sukamaju", "provinsi-contoh", "Sukamaju"),
    Place("kabupaten-mekarsari", "district", "Kabupaten Mekarsari", "provinsi-contoh", "Mekarsari"),
    Place("kabupaten-tanjung-lontar", "district", "Kabupaten Tanjung Lontar",
          "provinsi-contoh-timur", "Tanjung Lontar", time_zone=_EAST),
    Place("perpustakaan-wonosari", "library", "Perpustakaan Desa Wonosari", "kabupaten-sukamaju",
          "Wonosari", "desa"),
    Place("tbm-lentera", "library", "TBM Lentera", "kabupaten-sukamaju", "Karangjati", "tbm"),
    Place("perpustakaan-banyu-bening", "library", "Perpustakaan Kelurahan Banyu Bening",
          "kabupaten-sukamaju", "Banyu Bening", "kelurahan"),
    Place("perpustakaan-sukorejo", "library", "Perpustakaan Desa Sukorejo", "kabupaten-sukamaju",
          "Sukorejo", "desa"),
    Place("perpustakaan-karanganyar", "library", "Perpustakaan Desa Karanganyar",
          "kabupaten-mekarsari", "Karanganyar", "desa"),
    Place("pojok-baca-pasar-legi", "library", "Pojok Baca Pasar Legi", "kabupaten-mekarsari",
          "Mekarsari", "lainnya"),
    Place("perpustakaan-oelnasi", "library", "Perpustakaan Desa Fatu Oel",
          "kabupaten-tanjung-lontar", "Fatu Oel", "desa", _EAST),
    Place("tbm-anak-pantai", "library", "TBM Anak Pantai", "kabupaten-tanjung-lontar",
          "Labuan Lontar", "tbm", _EAST),
    Place("perpustakaan-smp-lontar", "library", "Perpustakaan SMP Negeri 3 Tanjung Lontar",
          "kabupaten-tanjung-lontar", "Tanjung Lontar", "sekolah", _EAST),
)  # fmt: skip

ISSUERS = (
    Issuer(
        "perpusnas-contoh", "perpusnas-contoh", "Perpustakaan Nasional (contoh)", "Jakarta",
        "Drs. Bambang Wiryawan, M.Hum.", "Kepala Pusat Pendidikan dan Pelatihan (contoh)",
    ),
)  # fmt: skip

_WONOSARI, _LENTERA, _BANYU = "perpustakaan-wonosari", "tbm-lentera", "perpustakaan-banyu-bening"
_SUKOREJO = "perpustakaan-sukorejo"
_KARANG, _LEGI = "perpustakaan-karanganyar", "pojok-baca-pasar-legi"
_FATU, _PANTAI, _SMP = "perpustakaan-oelnasi", "tbm-anak-pantai", "perpustakaan-smp-lontar"

CAST = (
    Player("siti", "Siti Aminah, S.IP.", _WONOSARI, employment="pns", reach=0.55, days_ago=18),
    Player("budi", "Budi Santoso, M.Hum.", _BANYU, "Pelatih utama", "pns", "author"),
    Player("ratna", "Dra. Ratna Dewanti", _BANYU, "Kepala Bidang Perpustakaan", "pns",
           "supervisor", "kabupaten-sukamaju"),
    Player("joko", "Joko Prasetyo, S.Sos.", _KARANG, "Kepala Seksi Pembinaan", "pns",
           "supervisor", "kabupaten-mekarsari"),
    Player("dewi", "Dewi Lestari", _BANYU, "Pranata komputer", "pppk", "administrator"),
)  # fmt: skip

OTHERS = (
    Player("suparmi", "Suparmi", _WONOSARI, reach=1.0, days_ago=60),
    Player("agus.w", "Agus Wibowo", _WONOSARI, "Relawan", reach=0.2, days_ago=9),
    Player("nurul.h", "Nurul Hidayah, A.Md.", _LENTERA, employment="pppk", reach=1.0, days_ago=45),
    Player("tri.a", "Tri Astuti", _LENTERA, "Relawan", reach=0.8, days_ago=33),
    Player("eko.y", "Eko Yulianto", _LENTERA, "Ketua TBM", reach=0.35, days_ago=12),
    Player("sri.w", "Sri Wahyuni, S.Pd.", _BANYU, employment="pns", reach=1.0, days_ago=52),
    Player("bayu.p", "Bayu Pratama", _BANYU, "Staf kelurahan", reach=0.1, days_ago=26),
    Player("maryati", "Maryati", _BANYU, "Kader PKK", reach=0.65, days_ago=20),
    Player("imam.s", "H. Imam Suhadi, S.Ag.", _BANYU, reach=None),
    Player("dwi.r", "Dwi Rahmawati", _KARANG, reach=1.0, days_ago=40),
    Player("slamet", "Slamet", _KARANG, "Perangkat desa", reach=0.45, days_ago=28),
    Player("yuni.k", "Yuni Kartika", _KARANG, "Relawan", reach=0.9, days_ago=31),
    Player("hendra.g", "Hendra Gunawan", _LEGI, "Pengurus pasar", reach=0.3, days_ago=15),
    Player("ani.s", "Ani Suryani", _LEGI, "Pedagang, relawan", reach=0.7, days_ago=22),
    Player("rudi.h", "Rudi Hartono", _LEGI, reach=None),
    Player("lina.m", "Lina Marlina, S.IP.", _LEGI, employment="pppk", reach=1.0, days_ago=48),
    Player("yosef.t", "Yosef Tefa", _FATU, reach=1.0, days_ago=44),
    Player("maria.b", "Maria Goreti Bere", _FATU, "Guru, relawan", reach=0.6, days_ago=19),
    Player("yohanes.n", "Yohanes Nahak", _FATU, "Perangkat desa", reach=0.25, days_ago=30),
    Player("ina.k", "Ina Kolo", _FATU, "Kader posyandu", reach=0.5, days_ago=16),
    Player("petrus.l", "Petrus Lakapu", _PANTAI, "Ketua TBM", reach=0.85, days_ago=36),
    Player("dorkas", "Dorkas", _PANTAI, "Relawan", reach=0.4, days_ago=14),
    Player("samuel.f", "Samuel Fanggidae", _PANTAI, "Nelayan, relawan", reach=0.15, days_ago=25),
    Player("elsa.r", "Elsa Rihi", _PANTAI, "Relawan", reach=None),
    Player("veronika.s", "Veronika Seran, S.Pd.", _SMP, "Guru pustakawan", "pns", reach=1.0,
           days_ago=57),
    Player("anton.d", "Antonius Dapa", _SMP, "Tenaga perpustakaan", "pppk", reach=0.75,
           days_ago=27),
    Player("ahmad.f", "Dr. H. Ahmad Fauzi, S.Sos., M.Si.", _BANYU, "Pustakawan Ahli Madya", "pns",
           reach=1.0, days_ago=38),
    Player("kusuma", "Raden Ayu Kusumawardhani Prawiroatmodjo Hadiningrat", _WONOSARI,
           "Pembina taman baca", reach=1.0, days_ago=50),
    Player("fitri.n", "Fitri Nuraini", _WONOSARI, "Mahasiswa, relawan", reach=0.05, days_ago=6),
    Player("gede.s", "I Gede Sudarma", _LENTERA, "Relawan", reach=0.55, days_ago=21),
    Player("butet", "Butet Simanjuntak", _LEGI, "Relawan", reach=0.95, days_ago=29),
    Player("wayan.l", "Ni Wayan Lestari", _KARANG, employment="pppk", reach=0.3, days_ago=17),
    Player("markus.u", "Markus Umbu", _FATU, "Petani, relawan", reach=0.0, days_ago=3),
    Player("aisyah", "Aisyah", _PANTAI, "Siswa, relawan", reach=0.45, days_ago=11),
    Player("darmin", "Darmin", _SMP, "Penjaga sekolah", reach=None),
    # Whom ratna finds on her page: one for each reason to be stuck, and a library where nobody has
    # completed a course.
    Player("sutrisno", "Sutrisno", _LENTERA, "Relawan", reach=0.15, days_ago=24, stop=Stop.FAILS),
    Player("yuliana", "Yuliana Sari", _BANYU, "Guru, relawan", reach=0.975, days_ago=60),
    Player("tuminah", "Tuminah", _SUKOREJO, "Perangkat desa", reach=0.3, days_ago=82),
    Player("wagimin", "Wagimin", _SUKOREJO, "Ketua karang taruna", reach=0.0, days_ago=16,
           stop=Stop.NEVER_BEGUN),
)  # fmt: skip

REMINDED = "tuminah"  # ratna has written to her once
