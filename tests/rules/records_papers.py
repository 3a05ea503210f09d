"""Lines of a transcript and rows of office papers, for the tests of what is printed."""

from datetime import UTC, date, datetime

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
    role="peserta",
    first_on=date(2026, 2, 10),
    last_on=date(2026, 2, 11),
    jp_claimed=4,
    jp_approved=3,
    credit_year=2026,
    decided_by="Ratna Dewi, M.Hum.",
    decided_by_post="Kepala Seksi Pembinaan",
)
TRANSCRIPT = transcript_of(
    HOLDER, [COURSE], [ACTIVITY], {2026: YearTerms(20, 24)},
    year=None, code="7kq4m2xdr7kq4m2xdr7kq4m2xd", issuer="Perpustakaan Contoh",
    made_at=MADE_AT, zone="Asia/Jakarta",
)  # fmt: skip
