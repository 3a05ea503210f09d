"""Lines of a transcript and rows of office papers, for the tests of what is printed."""

from dataclasses import replace
from datetime import UTC, date, datetime

from elearn.records.formats import office_columns
from elearn.records.formats.office_pdf import OfficeLabels, Paper, Signature
from elearn.records.formats.transcript_pdf import TranscriptLabels, TranscriptWords
from elearn.records.rules.transcript import (
    ActivityLine,
    CourseLine,
    TranscriptHolder,
    YearTerms,
    transcript_of,
)

MADE_AT = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)

HOLDER = TranscriptHolder("Siti Aminah, S.IP.", "Pengelola", "Perpustakaan Desa Wonosari")
COURSE = CourseLine(
    number="2026-7KQ4M2XD-R",
    titles={"id": "TIK Dasar untuk Perpustakaan", "en": "Basic ICT for Libraries"},
    version=3,
    first_on=date(2026, 1, 12),
    last_on=date(2026, 3, 4),
    jp=5,
    credit_year=2026,
)
ACTIVITY = ActivityLine(
    category="seminar",
    title="Seminar Literasi Informasi",
    organiser="Ikatan Pustakawan (contoh)",
    role="participant",
    first_on=date(2026, 2, 10),
    last_on=date(2026, 2, 11),
    jp_claimed=4,
    jp_approved=3,
    credit_year=2026,
    decided_by="Ratna Dewi, M.Hum.",
    decided_by_post="Kepala Seksi Pembinaan",
)
TRANSCRIPT = transcript_of(
    HOLDER, [COURSE], [ACTIVITY], {2026: YearTerms(20, 24, {})},
    year=None, code="7kq4m2xdr7kq4m2xdr7kq4m2xd", issuer="Perpustakaan Contoh",
    made_at=MADE_AT, zone="Asia/Jakarta",
)  # fmt: skip

LABELS = TranscriptLabels(
    name="Nama", nip="NIP", post="Jabatan", institution="Perpustakaan",
    qr="Kode QR dengan alamat pemeriksaan", check="Periksa keasliannya di",
    page="Halaman {page} dari {pages}",
    courses="Kursus daring yang diselesaikan", no_courses="Belum ada kursus yang diselesaikan.",
    number="Nomor", course="Kursus", version="Versi", days="Waktu",
    activities="Kegiatan lain yang disetujui", no_activities="Belum ada kegiatan yang disetujui.",
    category="Kategori", activity="Kegiatan", claimed="JP diajukan", approved="JP disetujui",
    decided_by="Diputuskan oleh",
    years="Jumlah per tahun", year="Tahun", of_courses="Kursus", of_activities="Kegiatan",
    earned="Diperoleh", counted="Dihitung", terms="Batas dan target",
)  # fmt: skip
WORDS = TranscriptWords(
    language="id",
    letterhead=("PEMERINTAH KABUPATEN CONTOH", "DINAS PERPUSTAKAAN", "Jalan Contoh Nomor 1"),
    title="Transkrip Jam Pelajaran",
    subtitle="Semua tahun",
    nip="198501012010012001",
    as_of="Keadaan per 5 Maret 2026 pukul 09.00 WIB",
    address="elearn.example/transcript/",
    code_lines=("7KQ4-M2XD-R7KQ-4M2X-", "DR7K-Q4M2-XD"),
    closing=("Transkrip ini bukan sertifikat kompetensi.",),
    categories={"seminar": "Seminar atau lokakarya"},
    roles={"participant": "peserta"},
    period=lambda first, last: f"{first:%d.%m.%Y} sampai {last:%d.%m.%Y}",
    year_note=lambda one: f"Target {one.target} JP: kurang {one.missing} JP. Batas {one.cap} JP.",
    labels=LABELS,
)

UNIT_COLUMNS = office_columns.unit_recap(
    unit="Perpustakaan", people="Orang", started="Mulai", finished="Selesai", jp="JP"
)
COMPLETION_COLUMNS = office_columns.completions(
    name="Nama", library="Perpustakaan", course="Kursus", number="Nomor", day="Tanggal", jp="JP"
)
YEAR_COLUMNS = office_columns.year_recap(
    name="Nama", nip="NIP", status="Status", categories=("Kursus daring", "Seminar", "Pelatihan"),
    total="Jumlah", counted="Dihitung", target="Target", missing="Kurang",
)  # fmt: skip
UNIT_PAPER = Paper(
    language="id",
    issuer="Perpustakaan Contoh",
    letterhead=WORDS.letterhead,
    title="Rekap per perpustakaan",
    subtitles=("Kabupaten Contoh", "1 Januari sampai 31 Maret 2026"),
    as_of=WORDS.as_of,
    columns=UNIT_COLUMNS,
    rows=(("Perpustakaan Desa Wonosari", "12", "9", "4", "1.234"),),
    totals=("Jumlah", "12", "9", "4", "1.234"),
    notes=("JP yang dihitung dibatasi menurut status kepegawaian.",),
    signature=Signature("Sukamaju", "5 Maret 2026", "Kepala Dinas", "Bambang Wiryawan", "19700101"),
    labels=OfficeLabels(
        number="No.", none="Tidak ada dalam periode ini.", nip="NIP", page=LABELS.page
    ),
)


def unit_paper(rows: int, **changes: object) -> Paper:
    """The recap with so many libraries, each of its own name."""
    many = tuple((f"Perpustakaan Desa Nomor {i}", "12", "9", "4", "60") for i in range(1, rows + 1))
    return replace(UNIT_PAPER, **{"rows": many, **changes})
