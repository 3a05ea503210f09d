"""Messages to people who are stuck: short, whole names, the right number, the right language."""

from dataclasses import replace
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.core.i18n import LANGUAGES, force_locale, register_i18n
from elearn.supervision.rules.message import (
    LONGEST,
    Contact,
    Message,
    Sentence,
    fitted,
    international,
    plan,
    wa_link,
)
from elearn.supervision.rules.standing import Reason
from elearn.supervision.words import message_text

LONG_NAME = "Dr. Hj. Raden Ayu Siti Nurhaliza Kusumawardhani Prawiroatmodjo, S.Sos., M.Si."
LONG_UNIT = "Mencari dan menilai informasi di internet"
TO_SUTRISNO = Message(
    reason=Reason.IDLE, contact=Contact.FIRST, name="Sutrisno", supervisor="Ratna Dewanti",
    course="TIK Dasar untuk Perpustakaan", unit="Situs cek fakta", minutes=10, left_count=3,
)  # fmt: skip
EVERY_MESSAGE = [
    replace(TO_SUTRISNO, reason=reason, contact=contact)
    for reason, contact in product(Reason, Contact)
]


@pytest.fixture(scope="module")
def catalogue():
    app = Flask("elearn")
    register_i18n(app)
    with app.app_context():
        yield


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_short_and_names_person_course_unit_minutes_and_sender(
    catalogue, language
):
    for message in EVERY_MESSAGE:
        text = message_text(message, language)
        assert len(text) <= LONGEST
        for part in ("Sutrisno", "“TIK Dasar untuk Perpustakaan”", "“Situs cek fakta”", " 10 "):
            assert part in text
        assert text.endswith(", Ratna Dewanti")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_name_stands_whole_and_the_message_is_still_short(catalogue, language):
    for message in EVERY_MESSAGE:
        text = message_text(replace(message, name=LONG_NAME, unit=LONG_UNIT), language)
        assert len(text) <= LONGEST
        assert f"{LONG_NAME}," in text
        assert f"“{LONG_UNIT}”" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_guesses_how_a_person_is_called(catalogue, language):
    words = {w for m in EVERY_MESSAGE for w in message_text(m, language).replace(",", "").split()}
    assert not words & {"Pak", "Bapak", "Bu", "Ibu", "Mas", "Mbak", "Kak", "Mr.", "Mrs.", "Ms."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_message_is_another_one(catalogue, language):
    texts = {message_text(message, language) for message in EVERY_MESSAGE}
    assert len(texts) == len(Reason) * len(Contact)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_in_the_language_of_its_receiver_whoever_reads_it(catalogue, language):
    with force_locale("en"):
        seen_in_english = message_text(TO_SUTRISNO, language)
    with force_locale("id"):
        assert message_text(TO_SUTRISNO, language) == seen_in_english


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_minutes_nothing_is_said_of_them(catalogue, language):
    for message in EVERY_MESSAGE:
        text = message_text(replace(message, minutes=None), language)
        assert "None" not in text
        assert "(" not in text


def test_what_is_left_is_said_to_who_is_in_the_midst_of_the_course(catalogue):
    assert "7 steps are left" in message_text(replace(TO_SUTRISNO, left_count=7), "en")


def test_titles_may_hold_any_characters(catalogue):
    odd = replace(TO_SUTRISNO, course="100 %(name)s", unit="50 % & <b>")
    text = message_text(odd, "en")
    assert "“100 %(name)s”" in text
    assert "“50 % & <b>”" in text


# --- Fitting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "again", "kept"),
    [
        (50, 50, "GSAX"),
        (97, 97, "GSAX"),
        (98, 97, "GAX"),
        (1, 193, "GSAX"),
        (1, 194, "GAX"),
        (1, 195, "GAX"),
        (1, 196, "GX"),
        (500, 500, "GX"),
    ],
)
def test_spare_sentences_go_one_by_one_until_the_message_fits(steps, again, kept):
    sentences = [
        (Sentence.GREETING, "G" * 101),
        (Sentence.STEPS_LEFT, "S" * steps),
        (Sentence.READ_AGAIN, "A" * again),
        (Sentence.SIGNED, "X" * 102),
    ]
    assert "".join(part[0] for part in fitted(sentences).split()) == kept


def test_what_a_message_is_about_is_never_left_out():
    for reason, contact in product(Reason, Contact):
        codes = plan(reason, contact)
        shortest = fitted([(code, f"{code}{'x' * 500}") for code in codes])
        assert shortest.startswith(codes[0])
        assert codes[1] in shortest
        assert codes[-1] in shortest


# --- Numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("081234567890", "6281234567890"),
        ("0812-3456-7890", "6281234567890"),
        ("0812 3456 7890", "6281234567890"),
        ("0812\u00a03456\u20117890", "6281234567890"),
        ("\u202a+62 812-3456-7890\u202c", "6281234567890"),
        ("+6281234567890", "6281234567890"),
        ("+62 (0) 812 3456 7890", "6281234567890"),
        ("6281234567890", "6281234567890"),
        ("006281234567890", "6281234567890"),
        ("81234567890", "6281234567890"),
        ("0811234567", "62811234567"),
        ("+60 12-345 6789", "60123456789"),
        ("+670 7723 4567", "67077234567"),
        ("", ""),
        ("-", ""),
        ("tidak punya", ""),
        ("0812", ""),
        ("08123456789012", ""),
        ("0812345678/0813456789", ""),
        ("081234567890 (WA)", ""),
        ("(021) 5551234", ""),
        ("+62 21 5551234", ""),
        ("60123456789", ""),
        ("+1234567", ""),
        ("+12345678", "12345678"),
        ("+123456789012345", "123456789012345"),
        ("+1234567890123456", ""),
        ("+0812", ""),
        ("٠٨١٢٣٤٥٦٧٨٩٠", ""),
    ],
)
def test_a_number_is_made_international_or_left_out(phone, digits):
    assert international(phone) == digits
    assert wa_link(phone, "Halo").startswith(f"https://wa.me/{digits}?text=")


@settings(max_examples=60)
@given(st.text(max_size=20), st.text(max_size=30))
def test_a_link_leads_to_whatsapp_with_the_whole_text_whatever_was_typed(phone, text):
    link = urlsplit(wa_link(phone, text))
    assert (link.scheme, link.netloc, link.fragment) == ("https", "wa.me", "")
    assert link.path.removeprefix("/").isascii()
    assert link.path == "/" or link.path[1:].isdigit()
    assert parse_qs(link.query, keep_blank_values=True, strict_parsing=True) == {"text": [text]}
