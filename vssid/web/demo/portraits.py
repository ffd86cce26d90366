"""Drawn pictures for invented people: silhouettes, never a real face."""

import io
from zlib import crc32

from PIL import Image, ImageDraw

_SCALE = 3
_TINTS = ((216, 229, 242), (232, 224, 244), (222, 238, 226), (247, 232, 214), (238, 224, 224))
_SHIRTS = ((54, 92, 140), (96, 72, 130), (52, 116, 84), (150, 96, 40), (130, 58, 66))


def portrait(number: str) -> bytes:
    """A 4x6 portrait as JPEG, the same for the same number."""
    pick = crc32(number.encode()) % len(_TINTS)
    image = Image.new("RGB", (400 * _SCALE, 600 * _SCALE), _TINTS[pick])
    draw = ImageDraw.Draw(image)
    _ellipse(draw, (70, 400, 330, 760), _SHIRTS[pick])
    _ellipse(draw, (170, 330, 230, 450), (226, 188, 160))
    _ellipse(draw, (110, 110, 290, 300), (46, 38, 34))
    _ellipse(draw, (126, 150, 274, 370), (236, 200, 172))
    return _jpeg(image.resize((400, 600), Image.Resampling.LANCZOS))


def paper(title: str, lines: tuple[str, ...]) -> bytes:
    """A drawn stand-in for a photo of an ID, plainly marked as a sample."""
    image = Image.new("RGB", (1012, 638), (229, 238, 236))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((20, 20, 992, 618), 36, outline=(120, 140, 138), width=4)
    draw.rounded_rectangle((60, 170, 300, 480), 18, fill=(205, 216, 214))
    for row, text in enumerate((title, *lines)):
        draw.text((340, 80 + row * 76), text, fill=(40, 56, 60), font_size=40 if row else 46)
    draw.text((60, 540), "MAU - KHONG CO GIA TRI", fill=(160, 60, 60), font_size=40)
    return _jpeg(image)


def _ellipse(
    draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: tuple[int, int, int]
) -> None:
    draw.ellipse([side * _SCALE for side in box], fill=colour)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()
