"""Faces of invented papers as flat pictures, 12 pixels a millimetre: clutter, QR code, MRZ.

They resemble no state's paper: only sizes and places of what a machine reads are true (ISO/IEC
7810 and ICAO Doc 9303). The letters of the MRZ are OCR-B (fonts/README.md).
"""

import io
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

SCALE = 12
CARD = (1027, 648)
PAGE = (1500, 1056)
_FONT = Path(__file__).parent / "fonts" / "OCRB.otf"
# 2.54 mm a letter, lines 4.23 mm apart.
PITCH = 2.54 * SCALE
LEADING = 4.23 * SCALE
_INK = (38, 36, 40)


def card(
    *, qr: str = "", mrz: Sequence[str] = (), module: int = 4, chance: random.Random
) -> Image.Image:
    """One side of an ID card; the QR code stands at the top right with `module` pixels each."""
    face = _paper(CARD, chance)
    _clutter(face, chance, right=640 if qr else 1000, bottom=430 if mrz else 620)
    if qr:
        code = qr_code(qr, module=module)
        face.paste(code, (CARD[0] - code.width - 24, 24))
    _lay_mrz(face, mrz, left=round(4.0 * SCALE), bottom=round(4.6 * SCALE))
    return face


def page(*, mrz: Sequence[str], chance: random.Random) -> Image.Image:
    """The data page of a passport."""
    face = _paper(PAGE, chance)
    _clutter(face, chance, right=1440, bottom=760)
    _lay_mrz(face, mrz, left=round(6.0 * SCALE), bottom=round(8.0 * SCALE))
    return face


def qr_code(text: str, *, module: int) -> Image.Image:
    """Plain UTF-8 bytes, as the papers have them."""
    out = io.BytesIO()
    code = segno.make_qr(text, error="m", encoding="utf-8", boost_error=False)
    code.save(out, kind="png", scale=module, border=4)
    return Image.open(out).convert("RGB")


def _lay_mrz(face: Image.Image, lines: Sequence[str], *, left: int, bottom: int) -> None:
    draw = ImageDraw.Draw(face)
    first = face.height - bottom - LEADING * (len(lines) - 1)
    for row, line in enumerate(lines):
        for at, sign in enumerate(line):
            place = (left + at * PITCH + PITCH / 2, first + row * LEADING)
            draw.text(place, sign, font=_letters(), fill=_INK, anchor="ms")


@cache
def _letters() -> ImageFont.FreeTypeFont:
    """Capitals of 2.4 to 2.6 mm, as OCR-B has them in size I."""
    size = 40
    font = ImageFont.truetype(str(_FONT), size)
    return ImageFont.truetype(str(_FONT), round(size * PITCH / font.getlength("H")))


@cache
def _print(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def _paper(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """A light ground with a pattern of waves."""
    tint = tuple(chance.randint(205, 245) for _ in range(3))
    face = Image.new("RGB", size, tint)
    draw = ImageDraw.Draw(face)
    shade = tuple(level - chance.randint(8, 26) for level in tint)
    for _ in range(26):
        x, y, r = (chance.randint(0, size[0]), chance.randint(0, size[1]), chance.randint(60, 400))
        draw.ellipse((x - r, y - r, x + r, y + r), outline=shade, width=2)
    return face


def _clutter(face: Image.Image, chance: random.Random, *, right: int, bottom: int) -> None:
    """A grey portrait, labels and words: what surrounds the readable parts."""
    draw = ImageDraw.Draw(face)
    draw.rectangle((40, 150, 290, min(bottom, 480)), fill=(150, 148, 140))
    for y in range(40, bottom - 40, 52):
        words = [
            "".join(chance.choice("aeiounhtgcmv") for _ in range(chance.randint(2, 7)))
            for _ in range(chance.randint(2, 6))
        ]
        left = 330 if y > 120 else 60
        text = " ".join(words).capitalize()
        font = _print(chance.choice([22, 26, 30]))
        while font.getlength(text) > right - left:
            text = text[:-4]
        draw.text((left, y), text, font=font, fill=(60, 50, 70))
