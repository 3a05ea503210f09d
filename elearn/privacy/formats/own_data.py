"""Everything that is kept of a person as one file: JSON that says what is in it, in two languages.

Law 27/2022, article 6 and 13: in a form that is in general use and that a machine can read.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

ABOUT = {
    "id": "Semua data pribadi Anda yang disimpan situs ini, menurut bagian. Waktu ditulis dalam "
    "UTC (bertanda +00:00). Kata sandi tidak ada di sini: situs hanya menyimpan sidik yang tidak "
    "dapat dibaca kembali.",
    "en": "Everything that this site keeps about you, part by part. Times are in UTC (marked "
    "+00:00). Your password is not here: the site keeps only a fingerprint that cannot be read "
    "back.",
}
PARTS = {
    "accounts": {
        "id": "Siapa Anda, nama masuk, perpustakaan, peran, persetujuan, dan tindakan yang dicatat",
        "en": "Who you are, logins, libraries, roles, consent, and acts in the log",
    },
    "learning": {
        "id": "Kursus yang Anda ikuti, apa yang terjadi di dalamnya, dan koreksi penyelia",
        "en": "Courses that you joined, what happened in them, and corrections by a supervisor",
    },
    "quizzes": {
        "id": "Percobaan kuis dengan jawaban dan nilai",
        "en": "Attempts at quizzes with answers and scores",
    },
    "records": {
        "id": "Catatan penyelesaian, JP, kegiatan di luar situs ini, dan buktinya",
        "en": "Completion records, JP, activities elsewhere, and their evidence",
    },
    "authoring": {
        "id": "Kursus yang Anda tulis atau tinjau",
        "en": "Courses that you write or review",
    },
    "supervision": {
        "id": "Kapan penyelia menghubungi Anda dan tentang apa",
        "en": "When a supervisor was in contact with you, and about what",
    },
    "merged_entries": {
        "id": "Data lama Anda yang digabungkan ke data ini",
        "en": "Former entries of you that were merged into this one",
    },
    "who_looked": {
        "id": "Siapa yang melihat, mengunduh, atau mengubah data Anda, dan kapan",
        "en": "Who looked at, downloaded or changed your data, and when",
    },
}


def own_data(parts: Mapping[str, Any], made_at: datetime) -> bytes:
    """The file as UTF-8. made_at: the moment as of which it is true."""
    content = {
        "about": ABOUT,
        "made_at": made_at,
        "parts": {
            name: {"what_this_is": PARTS[name], "data": data} for name, data in parts.items()
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_as_text).encode()


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
