"""A QR code as a camera sees it: bent, turned, from the side, blurred, noisy, unevenly lit."""

import math
import random
import re

import zxingcpp
from PIL import Image, ImageChops, ImageFilter

_STROKES = re.compile(r"M(\d+) (\d+)\.5([^M]*)")
_PIECES = re.compile(r"([hm])(\d+)")


def drawn(svg: str, *, side: int) -> Image.Image:
    """The drawing of `documents.qr` as pixels."""
    box = re.search(r'viewBox="0 0 (\d+)', svg)
    path = re.search(r'<path stroke="#000" d="([^"]+)"', svg)
    assert box
    assert path
    modules = Image.new("L", (int(box[1]), int(box[1])), 255)
    for start, row, pieces in _STROKES.findall(path[1]):
        at = int(start)
        for kind, length in _PIECES.findall(pieces):
            if kind == "h":
                modules.paste(0, (at, int(row), at + int(length), int(row) + 1))
            at += int(length)
    return modules.resize((side, side), Image.Resampling.NEAREST)


def blank(side: int) -> Image.Image:
    """A white plate."""
    return Image.new("L", (side, side), 255)


def photograph(code: Image.Image, *, seed: int) -> Image.Image:
    """The plate on a dark screen, taken by an unsteady hand; the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - seeded chance, no secrets
    side = code.width
    whole = Image.new("L", (side * 3 // 2, side * 3 // 2), 40)
    whole.paste(code, (side // 4, side // 4))
    bent = _bent(whole, depth=side / chance.randint(110, 160))
    turned = bent.rotate(chance.uniform(-25, 25), Image.Resampling.BICUBIC, fillcolor=40)
    seen = _from_the_side(turned, chance)
    blurred = seen.filter(ImageFilter.GaussianBlur(chance.uniform(1.0, 1.6)))
    lit = ImageChops.multiply(blurred, Image.linear_gradient("L").resize(blurred.size).point(_dim))
    noise = Image.effect_noise(lit.size, 26)
    return ImageChops.add(lit, noise, scale=1, offset=-128)


def scan(picture: Image.Image) -> str:
    """What a scanner reads; empty when it finds nothing."""
    found = zxingcpp.read_barcode(picture)
    return found.text if found else ""


def _bent(picture: Image.Image, *, depth: float) -> Image.Image:
    """As on a screen that is not flat: columns are shifted along a wave."""
    out = Image.new("L", picture.size, 40)
    for x in range(picture.width):
        shift = round(depth * math.sin(2 * math.pi * x / picture.width))
        out.paste(picture.crop((x, 0, x + 1, picture.height)), (x, shift))
    return out


def _from_the_side(picture: Image.Image, chance: random.Random) -> Image.Image:
    width, height = picture.size
    lean = chance.uniform(0.03, 0.08)
    corners = (
        0, 0, width * lean, height, width * (1 - lean), height, width, 0,
    )  # fmt: skip
    return picture.transform(
        (width, height), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=40
    )


def _dim(level: int) -> int:
    return 150 + level * 105 // 255
