"""Pictures as people bring them."""

import io
import random

from PIL import Image


def photo(width: int = 320, height: int = 240) -> Image.Image:
    """Soft colours with grain, as a camera makes them; the same each time."""
    grain = Image.frombytes("RGB", (64, 48), random.Random(7).randbytes(64 * 48 * 3))
    return grain.resize((width, height), Image.Resampling.BICUBIC)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()
