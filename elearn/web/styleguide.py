"""/styleguide, in development only: every component in every state, with long names."""

from flask import Blueprint, Flask, render_template
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from elearn.core.charts import columns
from elearn.core.config import Settings

bp = Blueprint("styleguide", __name__)

LONG_NAME = "Dr. Hj. Raden Ayu Siti Nurhaliza Kusumawardhani Prawiroatmodjo, S.Sos., M.Si."
PLACES = [SelectChoice("karangjati", "Karangjati"), SelectChoice("mekarsari", "Mekarsari Kidul")]
ZONES = [SelectChoice("WIB"), SelectChoice("WITA"), SelectChoice("WIT")]


class SampleForm(FlaskForm):
    """One field of each kind; the page draws it once plain and once with faults."""

    name = StringField("Nama lengkap dengan gelar", validators=[InputRequired()])
    nip = StringField("NIP", validators=[Optional()])
    password = PasswordField("Kata sandi baru")
    district = SelectField("Kecamatan", choices=PLACES)
    until_on = DateField("Selesai paling lambat", validators=[Optional()])
    note = TextAreaField("Catatan")
    file = FileField("Berkas")
    zone = RadioField("Zona waktu", choices=ZONES)
    remember = BooleanField("Tetap masuk di ponsel ini.")


def register_styleguide(app: Flask, settings: Settings) -> None:
    """Serve the page in development; elsewhere it does not exist."""
    if settings.development:
        app.register_blueprint(bp)


@bp.get("/styleguide")
def show() -> str:
    plain = SampleForm(formdata=None, prefix="plain-", meta={"csrf": False})
    faulty = SampleForm(formdata=None, prefix="faulty-", meta={"csrf": False})
    for field in (faulty.name, faulty.district, faulty.zone, faulty.remember):
        field.errors = ["Ini belum diisi."]
    faulty.nip.errors = ["NIP harus 18 angka; yang diketik 17 angka."]
    return render_template(
        "styleguide.html",
        plain=plain,
        faulty=faulty,
        long_name=LONG_NAME,
        questions=QUESTIONS,
        year=columns(YEAR, slot_count=12),
        by_jp=columns(PEOPLE_BY_JP, slot_count=6, line_before=5),
    )


# A year that is not over, and people by their JP with those who have reached the target.
YEAR = [
    ("Jan", [("current", 42), ("done", 0)]),
    ("Feb", [("current", 31), ("done", 12)]),
    ("Mar", [("current", 3), ("done", 27)]),
    ("Apr", [("current", 0), ("done", 1)]),
]
PEOPLE_BY_JP = [
    ("0", [("plain", 1200)]),
    ("1–5", [("plain", 340)]),
    ("6–10", [("plain", 415)]),
    ("11–15", [("plain", 98)]),
    ("16–19", [("plain", 1)]),
    ("20+", [("done", 705)]),
]


# Every kind of question, some in each state of saving.
QUESTIONS: list[dict[str, object]] = [
    {
        "number": 1,
        "kind": "single",
        "html": "Apa yang pertama-tama diperiksa pada sebuah kabar di grup WhatsApp?",
        "options": [
            {"value": 1, "html": "Berapa orang yang sudah meneruskannya"},
            {"value": 2, "html": "Siapa yang menerbitkan dan apa alamatnya", "chosen": True},
        ],
        "state": "saved",
        "state_text": "Tersimpan pukul 10.42 WIB",
    },
    {
        "number": 2,
        "kind": "multiple",
        "html": "Tanda mana yang menunjukkan bahwa sebuah pesan perlu dicurigai?",
        "options": [
            {"value": 1, "html": "Meminta dibagikan secepatnya", "chosen": True},
            {"value": 2, "html": "Menyebut “besok” tanpa tanggal", "chosen": True},
            {"value": 3, "html": "Memuat nama penulis dan redaksi"},
        ],
        "state": "unsent",
        "state_text": "Belum terkirim: masih di ponsel ini",
    },
    {
        "number": 3,
        "kind": "true-false",
        "html": "Foto lama yang diberi keterangan baru tetap dapat menyesatkan.",
        "options": [{"value": 1, "html": "Benar"}, {"value": 2, "html": "Salah"}],
    },
    {
        "number": 4,
        "kind": "ordering",
        "html": "Urutkan langkah membantu pemustaka memeriksa kabar.",
        "items": [
            {"html": "Cari judulnya di situs cek fakta", "chosen": 3},
            {"html": "Berhenti sejenak dan baca sampai selesai", "chosen": 1},
            {"html": "Sampaikan hasilnya dengan sopan", "chosen": None},
        ],
        "error": "Setiap angka hanya boleh dipakai satu kali.",
        "state": "unsent",
        "state_text": "Belum tersimpan",
    },
    {
        "number": 5,
        "kind": "matching",
        "html": "Pasangkan kebutuhan dengan alat yang tepat.",
        "items": [
            {"html": "Mencari asal sebuah foto", "chosen": 2},
            {"html": "Mencari kalimat yang persis sama", "chosen": None},
        ],
        "choices": [
            {"value": 1, "text": "Tanda petik di awal dan di akhir kalimat yang dicari itu"},
            {"value": 2, "text": "Pencarian gambar terbalik"},
        ],
    },
    {
        "number": 6,
        "kind": "short-text",
        "html": "Tulis satu situs cek fakta yang dikelola bersama oleh banyak media.",
        "value": "cekfakta.com",
        "state": "saved",
        "state_text": "Tersimpan pukul 10.45 WIB",
    },
    {
        "number": 7,
        "kind": "number",
        "html": "Sebuah video 5 menit memakai 60 MB. Berapa MB untuk tiga video sepanjang itu?",
        "unit": "MB",
    },
]
for _question in QUESTIONS:
    _question["total"] = len(QUESTIONS)
