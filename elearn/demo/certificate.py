"""A certificate as people photograph it: a small invented one, drawn for the demo's activities."""

from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from elearn import records
from elearn.core.i18n import day

_FONTS = Path(records.__file__).parent / "fonts"
_WIDTH, _HEIGHT = 900, 640
_PAPER, _INK, _FRAME, _SEAL = "#fbf7ec", "#22302d", "#1f5f5b", "#b4552d"


def certificate(name: str, title: str, organiser: str, jp: int, on: date, kind: str) -> bytes:
    """The certificate in Indonesian, as PNG or PDF (kind)."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    pen = ImageDraw.Draw(picture)
    for inset in (20, 30):
        frame = (inset, inset, _WIDTH - inset, _HEIGHT - inset)
        pen.rectangle(frame, outline=_FRAME, width=3)
    lines = (
        (105, "NotoSerif-Bold", 54, "SERTIFIKAT"),
        (175, "NotoSans-Regular", 24, "diberikan kepada"),
        (235, "NotoSerif-Bold", 38, name),
        (305, "NotoSans-Regular", 24, "atas keikutsertaannya dalam"),
        (355, "NotoSans-Bold", 29, title),
        (410, "NotoSans-Regular", 24, f"{day(on)}, {jp} JP"),
        (490, "NotoSans-Regular", 22, organiser),
    )
    for top, font, size, text in lines:
        pen.text(
            (_WIDTH / 2, top), text, _INK, ImageFont.truetype(_FONTS / f"{font}.ttf", size), "mm"
        )
    for radius in (44, 34):
        around = (_WIDTH - 150 - radius, 540 - radius, _WIDTH - 150 + radius, 540 + radius)
        pen.ellipse(around, outline=_SEAL, width=4)
    target = BytesIO()
    picture.save(target, kind)
    return target.getvalue()
