"""Drawn photographs with fixed seeds: cards on a table, people before a wall, and what spoils them.

Nothing is taken from life: cards are words without a person, faces are ellipses. The good ones vary
in light, distance, tilt, noise of the sensor and JPEG quality as telephones do; the bad ones are
good ones spoilt by the parameters that stand here, at `LONGEST` pixels.
"""

import io
import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

LONGEST = 960
# What makes a shot a bad one. A card's letters are 11 to 18 pixels high here.
DEFOCUS = (3.4, 7.0)
SHAKE = (12, 30)
DARK = (0.05, 0.22)
OVEREXPOSED = (2.6, 4.5)
GLARE = (0.11, 0.24)

_WORDS = ("CAN", "CUOC", "CONG", "DAN", "MAU", "SO", "NGAY", "SINH", "QUE", "QUAN", "TRU")
_TABLES = (
    (96, 66, 44),
    (150, 120, 86),
    (58, 62, 70),
    (176, 178, 180),
    (44, 70, 58),
    (228, 226, 220),
)
_WALLS = ((214, 226, 238), (240, 240, 238), (255, 255, 255), (186, 200, 214), (120, 140, 170))
_SKINS = ((236, 200, 172), (214, 170, 138), (186, 140, 108), (150, 108, 80))

Size = tuple[int, int]
Shot = Image.Image


def card(random: Random) -> Shot:
    """A card on a table: sharp, lit well enough, readable."""
    size = (LONGEST, random.choice((600, 720)))
    ground = Image.new("RGB", size, random.choice(_TABLES))
    _streaks(ground, random)
    drawn = _drawn_card(random)
    width = round(size[0] * random.uniform(0.58, 0.74))
    drawn = drawn.resize((width, round(width / 1.586)), Image.Resampling.LANCZOS)
    turned = drawn.rotate(random.uniform(-8, 8), Image.Resampling.BICUBIC, expand=True)
    place = [
        (whole - part) // 2 + random.randint(-20, 20)
        for whole, part in zip(size, turned.size, strict=True)
    ]
    ground.paste(turned, tuple(place), turned)
    return _lit(_tilted(ground, random), random)


def portrait(random: Random) -> Shot:
    """A person before a wall: hair, eyes, mouth and a collar."""
    size = (960, 1280)
    image = Image.new("RGB", size, random.choice(_WALLS))
    if random.random() < 0.5:
        shade = Image.linear_gradient("L").resize(size).point(lambda value: 255 - value // 5)
        image = ImageChops.multiply(image, shade.convert("RGB"))
    draw = ImageDraw.Draw(image)
    middle, top = 480 + random.randint(-40, 40), random.randint(170, 260)
    half = random.randint(170, 230)
    chin = top + round(half * 2.7)
    shirt = tuple(random.randint(20, 250) for _ in range(3))
    skin = random.choice(_SKINS)
    draw.ellipse((middle - 2 * half, chin + 20, middle + 2 * half, chin + 900), fill=shirt)
    draw.polygon(
        [(middle - 90, chin + 40), (middle + 90, chin + 40), (middle, chin + 220)],
        fill=(244, 244, 244),
        outline=(90, 90, 96),
    )
    draw.rectangle((middle - 70, chin - 90, middle + 70, chin + 70), fill=_darker(skin, 0.88))
    _hair(draw, random, middle, top, half)
    draw.ellipse((middle - half, top + 70, middle + half, chin), fill=skin)
    _features(draw, random, middle, top + round(half * 1.35), half)
    return _lit(image.resize((720, LONGEST), Image.Resampling.BOX), random)


def _drawn_card(random: Random) -> Shot:
    tint = tuple(random.randint(205, 240) for _ in range(3))
    image = Image.new("RGBA", (1200, 757), (*tint, 255))
    draw = ImageDraw.Draw(image)
    for line in range(0, 1200, 12):
        soft = tuple(part - 14 for part in tint)
        points = [(line + 60 * math.sin(y / 70 + line), y) for y in range(0, 757, 12)]
        draw.line(points, fill=soft, width=1)
    # A white ground of the printed face is no glare.
    ground = random.choice(((196, 214, 230), (255, 255, 255)))
    draw.rectangle((50, 210, 330, 590), fill=ground, outline=(110, 120, 130), width=2)
    draw.ellipse((120, 270, 260, 450), fill=random.choice(_SKINS))
    draw.chord((80, 440, 300, 680), 180, 360, fill=(60, 66, 84))
    draw.text((380, 40), "CAN CUOC MAU", fill=(150, 30, 40), font_size=56)
    for row in range(9):
        words = " ".join(random.sample(_WORDS, 5))
        draw.text((380, 130 + row * 56), words, fill=(34, 40, 52), font_size=24 + row % 3 * 5)
    for cell in range(21 * 21):
        if random.random() < 0.5:
            x, y = 1040 + cell % 21 * 6, 40 + cell // 21 * 6
            draw.rectangle((x, y, x + 5, y + 5), fill=(20, 20, 20))
    image = image.resize((840, 530), Image.Resampling.BOX)
    corners = Image.new("L", image.size, 0)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, 839, 529), 30, fill=255)
    image.putalpha(corners)
    return image


def _streaks(image: Shot, random: Random) -> None:
    draw = ImageDraw.Draw(image)
    base = image.getpixel((0, 0))
    for _ in range(60):
        y = random.randint(0, image.height)
        tone = random.uniform(0.9, 1.08)
        colour = tuple(min(255, round(part * tone)) for part in base)
        draw.line(
            (0, y, image.width, y + random.randint(-30, 30)),
            fill=colour,
            width=random.randint(1, 9),
        )


def _hair(draw: ImageDraw.ImageDraw, random: Random, middle: int, top: int, half: int) -> None:
    tone = random.randint(18, 70)
    draw.ellipse(
        (middle - half - 24, top, middle + half + 24, top + 2 * half + 60),
        fill=(tone, tone - 6, tone - 10),
    )
    for _ in range(260):
        angle = random.uniform(math.pi, 2 * math.pi)
        x = middle + (half + 20) * math.cos(angle)
        y = top + half + 30 + (half + 30) * math.sin(angle)
        shine = tone + random.randint(-14, 50)
        draw.line(
            (x, y, x + random.randint(-26, 26), y + random.randint(10, 70)),
            fill=(shine, shine, shine),
            width=2,
        )


def _features(draw: ImageDraw.ImageDraw, random: Random, middle: int, eyes: int, half: int) -> None:
    for side in (-1, 1):
        x = middle + side * half * 0.42
        draw.ellipse(
            (x - 36, eyes - 15, x + 36, eyes + 15),
            fill=(246, 246, 244),
            outline=(60, 44, 36),
            width=3,
        )
        draw.ellipse((x - 14, eyes - 14, x + 14, eyes + 14), fill=(36, 26, 20))
        draw.ellipse((x - 5, eyes - 9, x + 1, eyes - 3), fill=(255, 255, 255))
        draw.arc((x - 52, eyes - 60, x + 52, eyes + 20), 200, 340, fill=(40, 30, 26), width=9)
    draw.line(
        (middle, eyes + 20, middle - 16, eyes + 120, middle + 14, eyes + 126),
        fill=(150, 104, 84),
        width=5,
    )
    draw.ellipse((middle - 66, eyes + 176, middle + 66, eyes + 214), fill=(176, 84, 84))
    draw.line((middle - 64, eyes + 195, middle + 64, eyes + 195), fill=(110, 44, 48), width=4)


def _darker(colour: tuple[int, ...], share: float) -> tuple[int, ...]:
    return tuple(round(part * share) for part in colour)


def _tilted(image: Shot, random: Random) -> Shot:
    """Seen a little from the side."""
    lean = random.uniform(-1.6e-4, 1.6e-4)
    fall = random.uniform(-1.6e-4, 1.6e-4)
    # Nearer, so that no empty corner comes in.
    data = (0.8, 0, image.width * 0.08, 0, 0.8, image.height * 0.08, lean, fall)
    return image.transform(image.size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC)


def _lit(image: Shot, random: Random) -> Shot:
    """Light that is not even, within what is still good."""
    image = _scaled(image, random.uniform(0.62, 1.04))
    fall = Image.linear_gradient("L").rotate(random.choice((0, 90, 180, 270)))
    fall = fall.resize(image.size).point(lambda value: 255 - value // 6)
    image = ImageChops.multiply(image, fall.convert("RGB"))
    return image.filter(ImageFilter.GaussianBlur(random.uniform(0.0, 0.6)))


def _scaled(image: Shot, factor: float) -> Shot:
    return image.point(lambda value: min(255, round(value * factor)))


# --- what spoils a shot ---------------------------------------------------------------------------


def good(shot: Shot, random: Random) -> Shot:
    """Nothing."""
    del random
    return shot


def defocused(shot: Shot, random: Random) -> Shot:
    """Out of focus: a disc, drawn by three boxes."""
    radius = random.uniform(*DEFOCUS)
    return shot.filter(ImageFilter.BoxBlur(radius)).filter(ImageFilter.BoxBlur(radius * 0.6))


def shaken(shot: Shot, random: Random) -> Shot:
    """Moved along a line while the shutter was open."""
    length, angle = random.uniform(*SHAKE), random.uniform(0, math.pi)
    steps = round(length)
    mixed: Shot | None = None
    for step in range(steps):
        way = length * (step / steps - 0.5)
        moved = ImageChops.offset(shot, round(way * math.cos(angle)), round(way * math.sin(angle)))
        mixed = moved if mixed is None else Image.blend(mixed, moved, 1 / (step + 1))
    assert mixed is not None
    return mixed


def dark(shot: Shot, random: Random) -> Shot:
    """Too little light."""
    return _scaled(shot, random.uniform(*DARK))


def overexposed(shot: Shot, random: Random) -> Shot:
    """Far too much light, with the haze of the lens."""
    haze = Image.new("RGB", shot.size, (70, 70, 70))
    return ImageChops.add(_scaled(shot, random.uniform(*OVEREXPOSED)), haze)


def glaring(shot: Shot, random: Random) -> Shot:
    """A lamp mirrored in the foil, somewhere on the card."""
    size = random.uniform(*GLARE) * shot.width
    x = shot.width * random.uniform(0.35, 0.65)
    y = shot.height * random.uniform(0.38, 0.62)
    return lamp(shot, (x, y), size, random.uniform(0.6, 1.0))


def lamp(shot: Shot, at: tuple[float, float], size: float, height: float = 1.0) -> Shot:
    """A lamp at a place, so many pixels wide, its height a share of that."""
    x, y = at
    spot = Image.new("L", shot.size, 0)
    half = (size * 0.5, size * 0.5 * height)
    ImageDraw.Draw(spot).ellipse((x - half[0], y - half[1], x + half[0], y + half[1]), fill=255)
    halo = spot.filter(ImageFilter.GaussianBlur(size * 0.22))
    light = ImageChops.add(halo, spot.filter(ImageFilter.GaussianBlur(size * 0.07)))
    return ImageChops.screen(shot, light.convert("RGB"))


Spoil = Callable[[Shot, Random], Shot]


def taken(scene: Callable[[Random], Shot], spoil: Spoil, seed: int) -> bytes:
    """What the telephone saves: the scene, spoilt, with the noise of its sensor, as JPEG."""
    # Not for secrets: the same pictures every time.
    random = Random(f"{scene.__name__} {spoil.__name__} {seed}")  # noqa: S311
    shot = _noisy(spoil(scene(random), random), random)
    out = io.BytesIO()
    shot.save(out, "JPEG", quality=random.randint(74, 93))
    return out.getvalue()


def _noisy(image: Shot, random: Random) -> Shot:
    strength = random.uniform(0.02, 0.07)
    length = image.width * image.height
    # The mean of two even throws is nearly bell-shaped.
    throws = [Image.frombytes("L", image.size, random.randbytes(length)) for _ in range(2)]
    noise = Image.blend(*throws, 0.5).point(lambda value: round(128 + (value - 128) * strength * 2))
    return ImageChops.add(image, Image.merge("RGB", [noise] * 3), 1, -128)


def of_seed(scene: Callable[[Random], Shot], seed: int) -> Shot:
    """The scene itself, nothing spoilt."""
    return scene(Random(seed))  # noqa: S311


def noise(width: int, height: int, seed: int = 1) -> Shot:
    """Nothing but noise: what makes a file as large as it can be."""
    random = Random(seed)  # noqa: S311
    return Image.frombytes("RGB", (width, height), random.randbytes(3 * width * height))
