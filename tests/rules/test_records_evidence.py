"""Evidence is judged by its content; what is kept of a photo is the photo and nothing else."""

import io
import zipfile

import pytest
from PIL import Image

from elearn.core.errors import Invalid
from elearn.records.formats.evidence import LONG_SIDE, MOST_BYTES, prepared
from tests.rules.picture_samples import encoded, photo

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\nstartxref\n9\n%%EOF\n"


def camera_photo() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright
    exif[0x010F] = "Kamera Rahasia"
    exif.get_ifd(0x8825)[2] = (7.0, 48.0, 0.0)
    return encoded(photo(2600, 1300), "JPEG", exif=exif, quality=90)


def a_zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return target.getvalue()


def test_a_pdf_is_kept_byte_by_byte():
    kept = prepared(PDF)
    assert (kept.content, kept.media_type) == (PDF, "application/pdf")


def test_a_photo_is_kept_upright_small_and_without_what_it_tells():
    kept = prepared(camera_photo())
    picture = Image.open(io.BytesIO(kept.content))
    assert kept.media_type == "image/jpeg"
    assert picture.size == (LONG_SIDE // 2, LONG_SIDE)
    assert not picture.getexif()
    assert b"Rahasia" not in kept.content


def test_what_is_hidden_behind_a_picture_is_not_kept():
    hiding = encoded(photo(), "JPEG") + b"<script>alert(1)</script>" + a_zip()
    kept = prepared(hiding)
    assert b"<script>" not in kept.content
    assert b"PK" not in kept.content[-200:]


@pytest.mark.parametrize("mode", ["RGBA", "P", "L"])
def test_a_screenshot_stays_sharp_and_nothing_shines_through(mode):
    drawing = Image.new(mode, (300, 200), 0)
    kept = prepared(encoded(drawing, "PNG"))
    assert kept.media_type == "image/png"
    assert Image.open(io.BytesIO(kept.content)).mode in ("RGB", "P", "L")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "evidence-empty"),
        (PDF + b" " * MOST_BYTES, "evidence-large"),
        (PDF[:-20], "evidence-pdf-broken"),
        (b"%PDF-1.7 " + b"<html><script>alert(1)</script>", "evidence-pdf-broken"),
        (b"<html><script>alert(1)</script>", "evidence-kind"),
        (b"GIF89a" + b"\0" * 40, "evidence-kind"),
        (b"MZ" + b"\0" * 200, "evidence-kind"),
        (a_zip(), "evidence-kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "evidence-kind"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "picture-heic"),
        (b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40, "evidence-webp"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 200, "picture-broken"),
        (encoded(photo(), "PNG")[:400], "picture-broken"),
        (encoded(Image.new("1", (5001, 5000)), "PNG"), "picture-pixels"),
    ],
)
def test_a_file_that_lies_or_cannot_be_read_is_refused_in_words(content, fault):
    with pytest.raises(Invalid) as refusal:
        prepared(content)
    assert refusal.value.code == fault
