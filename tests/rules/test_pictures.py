"""What comes out of an uploaded picture: small, upright, whole, and nothing but the picture."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from dataclasses import replace

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFilter

from elearn.authoring.formats.pictures import prepared, prepared_svg
from elearn.core.errors import Invalid
from elearn.core.markdown import SHOWN_IMAGE_BYTES
from elearn.coursepack import images
from elearn.coursepack.limits import DEFAULT_LIMITS
from tests.rules.picture_samples import encoded, photo

SECRETS = (b"Exif", b"GPS", b"Rahasia", b"xmp", b"ICC_PROFILE", b"iCCP", b"tEXt", b"eXIf")


def decoded(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def colours_of(content: bytes, *places: tuple[int, int]) -> list[tuple[int, ...]]:
    picture = decoded(content).convert("RGB")
    return [picture.getpixel(place) for place in places]


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...], most: int = 12) -> bool:
    return all(abs(a - b) <= most for a, b in zip(colour, wanted, strict=True))


def lab_profile() -> bytes:
    """A profile that is no profile of a screen, as bytes."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


PHOTO = encoded(photo(1600, 1200), "JPEG", quality=95)


def test_a_photo_becomes_a_jpeg_small_enough_to_load_with_its_lesson():
    soft = photo(1600, 1200).filter(ImageFilter.GaussianBlur(3))  # a camera's noise is not ours
    picture = prepared(encoded(soft, "JPEG", quality=95))
    assert picture.suffix == ".jpg"
    assert 540 <= picture.width <= 1200
    assert len(picture.content) <= SHOWN_IMAGE_BYTES
    assert picture.notes == ()
    assert decoded(picture.content).format == "JPEG"


def test_a_small_picture_is_not_made_larger():
    picture = prepared(encoded(photo(300, 200), "JPEG"))
    assert (picture.width, picture.height) == (300, 200)


def test_equal_pictures_give_equal_bytes():
    taken = encoded(photo(400, 300), "JPEG", quality=95)
    assert prepared(taken) == prepared(taken)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA"])
def test_what_comes_out_passes_the_checks_of_a_course(kind, mode):
    if (kind, mode) in {("JPEG", "P"), ("JPEG", "RGBA")}:
        mode = "CMYK"
    picture = prepared(encoded(photo(90, 60).convert(mode), kind))
    size = images.measure(f"media/x{picture.suffix}", picture.content)
    assert (size.width, size.height) == (picture.width, picture.height) == (90, 60)
    assert len(picture.content) <= DEFAULT_LIMITS.file_bytes
    assert decoded(picture.content).size == (90, 60)


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [
        *((1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1))),
        *((5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))),
    ],
)
def test_a_photo_stands_upright_however_the_camera_was_held(orientation, red_at):
    held = Image.new("RGB", (160, 80), "white")
    ImageDraw.Draw(held).rectangle((0, 0, 23, 23), fill="red")
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = prepared(encoded(held, "JPEG", exif=exif))
    width, height = (160, 80) if orientation < 5 else (80, 160)
    assert (picture.width, picture.height) == (width, height)
    corners = {
        (x, y): (x * (width - 11) + 5, y * (height - 11) + 5) for x in (0, 1) for y in (0, 1)
    }
    seen = colours_of(picture.content, *corners.values())
    red = [corner for corner, colour in zip(corners, seen, strict=True) if colour[1] < 100]
    assert red == [red_at]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_tells_where_with_what_and_by_whom_it_was_taken(kind):
    exif = Image.Exif()
    exif[0x010E] = "Rahasia"
    exif.get_ifd(0x8825)[1] = "S"
    options: dict[str, object] = {"exif": exif, "icc_profile": lab_profile()}
    if kind == "JPEG":
        options |= {"comment": b"Rahasia", "xmp": b"<x:xmpmeta>Rahasia</x:xmpmeta>"}
    taken = encoded(photo(80, 60), kind, **options)
    assert any(secret in taken for secret in SECRETS)
    for content in (taken, taken + b"<script>Rahasia</script>"):
        made = prepared(content).content
        assert [secret for secret in (*SECRETS, b"<script") if secret in made] == []
        assert not decoded(made).getexif()


def test_colours_of_another_screen_are_shown_as_they_were_meant():
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = swapped.index(b"rXYZ"), swapped.index(b"gXYZ")
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    red_by_profile = encoded(
        Image.new("RGB", (40, 40), (0, 255, 0)), "PNG", icc_profile=bytes(swapped)
    )
    [colour] = colours_of(prepared(red_by_profile).content, (20, 20))
    assert is_near(colour, (255, 0, 0))


def test_a_profile_that_is_none_is_passed_over():
    green = encoded(Image.new("RGB", (40, 40), (0, 255, 0)), "PNG", icc_profile=b"no profile" * 20)
    assert colours_of(prepared(green).content, (20, 20)) == [(0, 255, 0)]


@pytest.mark.parametrize(
    ("picture", "kind", "wanted"),
    [
        (Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG", (255, 0, 0)),
        (Image.new("I;16", (40, 40), 0x8000), "PNG", (128, 128, 128)),
        (Image.new("1", (40, 40), 1), "PNG", (255, 255, 255)),
        (Image.new("L", (40, 40), 90), "WEBP", (90, 90, 90)),
        (Image.new("RGB", (40, 40), (9, 99, 199)), "GIF", (9, 99, 199)),
    ],
    ids=["of a printer", "16 bits", "black and white", "grey", "gif"],
)
def test_colours_stay_what_they_are_in_every_kind(picture, kind, wanted):
    [colour] = colours_of(prepared(encoded(picture, kind)).content, (20, 20))
    assert is_near(colour, wanted)


def test_what_can_be_seen_through_stays_so():
    clear = Image.new("RGBA", (60, 40), (200, 30, 30, 0))
    ImageDraw.Draw(clear).rectangle((0, 0, 29, 39), fill=(200, 30, 30, 255))
    picture = prepared(encoded(clear, "WEBP", lossless=True))
    assert picture.suffix == ".png"
    made = decoded(picture.content).convert("RGBA")
    assert (made.getpixel((5, 5))[3], made.getpixel((55, 5))[3]) == (255, 0)


def test_a_screenshot_stays_sharp_and_small():
    screen = Image.new("RGB", (1600, 900), "white")
    pen = ImageDraw.Draw(screen)
    for line in range(40):
        pen.text((40, 20 + 20 * line), f"Baris {line}: Katalog perpustakaan desa", fill="black")
    content = encoded(screen, "PNG")
    picture = prepared(content)
    assert (picture.suffix, picture.width, picture.height) == (".png", 1200, 675)
    assert len(picture.content) <= 80 * 1024


def test_few_colours_that_fill_a_large_png_become_a_jpeg():
    grain = Image.frombytes("L", (360, 300), random.Random(1).randbytes(360 * 300))
    picture = grain.point(lambda value: 255 - value % 64).convert("RGB")
    assert prepared(encoded(picture, "PNG")).suffix == ".jpg"


def test_a_photo_sent_as_png_becomes_a_jpeg():
    picture = prepared(encoded(photo(600, 400), "PNG"))
    assert picture.suffix == ".jpg"
    assert len(picture.content) <= 80 * 1024


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_taken_and_that_is_said(kind):
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    picture = prepared(encoded(frames[0], kind, save_all=True, append_images=frames[1:]))
    assert picture.notes == ("picture-first-frame",)
    assert is_near(colours_of(picture.content, (10, 10))[0], (255, 0, 0))


def test_a_seen_through_photo_that_no_course_could_hold_is_made_smaller():
    noise = Image.frombytes("RGBA", (200, 150), random.Random(1).randbytes(200 * 150 * 4))
    limits = replace(DEFAULT_LIMITS, file_bytes=12_000)
    picture = prepared(encoded(noise, "PNG"), limits)
    assert picture.width < 200
    assert len(picture.content) <= 12_000


def png_stating(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    crc = struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + crc + b"\0" * 40


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("foto.jpg", b"x")
    return target.getvalue()


def webp_stating(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + size + b"\0" * 20


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture-empty"),
        (zipped(), "picture-kind"),
        (b"<html><script>alert(1)</script></html>", "picture-kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>", "picture-kind"),
        (b"%PDF-1.7", "picture-kind"),
        (b"BM" + b"\0" * 60, "picture-kind"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "picture-heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "picture-heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2", "picture-kind"),
        (png_stating(100_000, 100_000), "picture-pixels"),
        (png_stating(2**31 - 1, 2**31 - 1), "picture-pixels"),
        (webp_stating(16_000, 16_000), "picture-pixels"),
        (b"GIF89a\xff\xff\xff\xff" + b"\0" * 40, "picture-pixels"),
        (png_stating(50, 50), "picture-broken"),
        (png_stating(0, 50), "picture-broken"),
        (b"GIF89a/*\0=1;alert(document.domain)//", "picture-pixels"),
        (b"\xff\xd8\xff", "picture-broken"),
        (b"\xff\xd8\xff<html><script>alert(1)</script>", "picture-broken"),
        (PHOTO[: len(PHOTO) // 2], "picture-broken"),
        (encoded(photo(64, 64), "PNG")[:-900], "picture-broken"),
        (encoded(photo(64, 64), "WEBP")[:-300], "picture-broken"),
    ],
)
def test_what_is_no_whole_picture_is_refused_with_a_reason(content, code):
    with pytest.raises(Invalid) as refused:
        prepared(content)
    assert refused.value.code == code


def test_a_picture_with_too_many_pixels_is_refused_by_its_first_bytes():
    limits = replace(DEFAULT_LIMITS, image_pixels=1_000)
    with pytest.raises(Invalid) as refused:
        prepared(encoded(Image.new("RGB", (40, 30)), "PNG"), limits)
    assert refused.value.values == {"width": 40, "height": 30, "most_million": 0}


def test_a_very_narrow_picture_keeps_a_pixel():
    picture = prepared(encoded(Image.new("L", (1, 60_000), 200), "PNG"))
    assert (picture.width, picture.height) == (1, 1200)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # that a file is broken is what we ask
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_an_altered_file_is_prepared_or_refused_and_nothing_else(kind):
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = encoded(photo(40, 30), kind, **({"exif": exif} if kind != "GIF" else {}))
    chance = random.Random(3)
    for _ in range(120):
        altered = bytearray(whole)
        for _ in range(chance.choice((1, 2, 9))):
            altered[chance.randrange(len(altered))] = chance.randrange(256)
        try:
            picture = prepared(bytes(altered[: chance.randrange(len(altered)) or None]))
        except Invalid:
            continue
        assert decoded(picture.content).size == (picture.width, picture.height)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><path d="M0 0h9"/></svg>'


def test_an_svg_that_a_course_may_hold_stays_as_it_is():
    assert prepared_svg(SVG) == SVG


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SVG.replace(b"<path", b"<script>x</script><path"), "picture-svg"),
        (SVG.replace(b"<path", b"<path onload='x'"), "picture-svg"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG, "picture-svg"),
        (b"", "picture-svg"),
        (PHOTO, "picture-svg"),
        (SVG.replace(b"320 180", b"99999 99999"), "picture-pixels"),
        (SVG + b"<!-- " + b"x" * DEFAULT_LIMITS.file_bytes + b" -->", "picture-bytes"),
    ],
    ids=["script", "handler", "entities", "empty", "a photo", "huge", "long"],
)
def test_an_svg_that_no_course_may_hold_is_refused(content, code):
    with pytest.raises(Invalid) as refused:
        prepared_svg(content)
    assert refused.value.code == code


def test_a_server_that_nobody_uploads_to_does_not_load_pillow():
    code = "import sys, elearn.authoring.formats.pictures; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
