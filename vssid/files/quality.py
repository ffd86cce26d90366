"""Whether a photo can be read: sharpness, exposure, mirrored lamps. Pure: pixels in, findings out.

Measured with Pillow alone on a copy of 640 pixels, where the noise of a telephone's sensor is
averaged out and letters of a card still stand. Nothing is refused here: a finding is a hint for the
person and a mark for the officer.

Sharpness is the steepest step between two neighbours as a share of all the contrast around it, in
tiles of 40 pixels: nearly all of it in a sharp edge, a small part in a blurred one, however strong
or weak the contrast is. Tiles without contrast (a wall, a table) do not count; a step that the
noise alone would make is taken off. Both directions must be sharp, because a shaken photo keeps the
edges along its motion.
"""

import io
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple, cast

from PIL import Image, ImageChops, ImageFilter, ImageStat

LOOK = 640
_TILE = 40
_CONTRAST = 45
_SHARP = 0.37
# The share of detailed tiles that may be less sharp than what is judged: cheeks, folds, a far edge.
_SOFT_TILES = 0.7
_NOISE_TILES = 0.1
_EDGE = 0.1
# Out of 255, inside the edge: in a dark photo even the light parts stay below, in an overexposed
# one the middle is white and even the dark parts are grey. A white sheet has black letters.
_LIGHT_PARTS, _DARK_BELOW = 0.95, 60
_DARK_PARTS, _GREY_ABOVE, _WHITE_ABOVE = 0.03, 105, 235
_BURNT = 247
_GLARE_CELL = 4
_GLARE_SHARE = 0.004
_GLARE_FALL = 3.0
# Left, top, right and bottom, as shares of a portrait.
_FACE = (0.3, 0.2, 0.7, 0.7)

Box = tuple[int, int, int, int]


class Subject(StrEnum):
    """What was photographed: a face is hidden by a lamp in its glasses, not by one behind it."""

    PERSON = "person"
    PAPER = "paper"


class Finding(StrEnum):
    """What is wrong with a photo that can still be kept."""

    BLURRY = "blurry"
    DARK = "dark"
    OVEREXPOSED = "overexposed"
    GLARE = "glare"


class _Tile(NamedTuple):
    contrast: float
    across: float
    down: float


def judge(jpeg: bytes, subject: Subject) -> tuple[Finding, ...]:
    """What makes a JPEG of `accept_photo` hard to read, the worst first; empty for a good one.

    A dark or overexposed photo is said to be just that: what is too dark to see is blurred as well.
    """
    grey = _small_grey(jpeg)
    inside = grey.crop(_inside(grey.size))
    if _level(inside, _LIGHT_PARTS) < _DARK_BELOW:
        return (Finding.DARK,)
    if _level(inside, 0.5) > _WHITE_ABOVE and _level(inside, _DARK_PARTS) > _GREY_ABOVE:
        return (Finding.OVEREXPOSED,)
    found = []
    if sharpness(grey) < _SHARP:
        found.append(Finding.BLURRY)
    if _has_glare(grey, subject):
        found.append(Finding.GLARE)
    return tuple(found)


def sharpness(grey: Image.Image) -> float:
    """Between 0 for nothing to be seen and 1 for edges from one pixel to the next."""
    tiles = list(_tiles(grey))
    noise = _nth([min(tile.across, tile.down) for tile in tiles], _NOISE_TILES)
    detailed = [tile for tile in tiles if tile.contrast >= _CONTRAST]
    if not detailed:
        return 0.0
    across = [_share(tile.across - noise, tile.contrast - noise) for tile in detailed]
    down = [_share(tile.down - noise, tile.contrast - noise) for tile in detailed]
    return min(_nth(across, _SOFT_TILES), _nth(down, _SOFT_TILES))


def _small_grey(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg), formats=["JPEG"])
    image.draft("L", (LOOK, LOOK))
    grey = image.convert("L")
    grey.thumbnail((LOOK, LOOK), Image.Resampling.BOX)
    return grey


def _inside(size: tuple[int, int]) -> Box:
    width, height = size
    return (
        round(width * _EDGE),
        round(height * _EDGE),
        round(width * (1 - _EDGE)),
        round(height * (1 - _EDGE)),
    )


def _level(grey: Image.Image, share: float) -> int:
    """The brightness that so large a share of the pixels does not exceed."""
    left = share * grey.width * grey.height
    for level, count in enumerate(grey.histogram()):
        left -= count
        if left <= 0:
            return level
    return 255


def _tiles(grey: Image.Image) -> Iterator[_Tile]:
    across = ImageChops.difference(grey, ImageChops.offset(grey, 1, 0))
    down = ImageChops.difference(grey, ImageChops.offset(grey, 0, 1))
    # From half a tile inward: the offset wraps around at the outermost pixels.
    half = _TILE // 2
    for top in range(half, grey.height - _TILE, _TILE):
        for left in range(half, grey.width - _TILE, _TILE):
            box = (left, top, left + _TILE, top + _TILE)
            darkest, lightest = _ends(grey, box)
            yield _Tile(lightest - darkest, _ends(across, box)[1], _ends(down, box)[1])


def _ends(grey: Image.Image, box: Box) -> tuple[int, int]:
    # One band has one pair; a picture of more would have as many.
    return cast(tuple[int, int], grey.crop(box).getextrema())


def _nth(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)] if values else 0.0


def _share(part: float, whole: float) -> float:
    return max(0.0, part) / max(1.0, whole)


def _has_glare(grey: Image.Image, subject: Subject) -> bool:
    """A burnt-out spot within the picture whose light fades slowly: a white print ends at once.

    Of a portrait only one where the face is: in glasses, or in the foil over an old print.
    """
    cells = (max(1, grey.width // _GLARE_CELL), max(1, grey.height // _GLARE_CELL))
    small = grey.resize(cells, Image.Resampling.BOX)
    return any(
        _fall(small, spot) > _GLARE_FALL
        for spot in _burnt_spots(small)
        if len(spot) >= _GLARE_SHARE * small.width * small.height
        and (subject is Subject.PAPER or _is_in_face(spot, small.size))
    )


def _is_in_face(spot: list[int], size: tuple[int, int]) -> bool:
    """Whether the middle of a spot lies where the frame of the camera puts the face."""
    width, height = size
    across = sum(place % width for place in spot) / len(spot) / width
    down = sum(place // width for place in spot) / len(spot) / height
    left, top, right, bottom = _FACE
    return left <= across <= right and top <= down <= bottom


def _burnt_spots(small: Image.Image) -> Iterator[list[int]]:
    """Groups of burnt-out neighbours that do not touch the edge, as places in reading order."""
    width, height = small.size
    left = {place for place, level in enumerate(small.tobytes()) if level >= _BURNT}
    while left:
        spot = [left.pop()]
        for place in spot:
            around = {place - width, place + width, place - 1, place + 1} & left
            left -= around
            spot.extend(around)
        rows, columns = {one // width for one in spot}, {one % width for one in spot}
        if not rows & {0, height - 1} and not columns & {0, width - 1}:
            yield spot


def _fall(small: Image.Image, spot: list[int]) -> float:
    """How much darker it is some cells away from a spot than right beside it."""
    marks = bytearray(small.width * small.height)
    for place in spot:
        marks[place] = 255
    mask = Image.frombytes("L", small.size, bytes(marks))
    near, far = (_ring(mask, inner) for inner in (5, 11))
    return float(ImageStat.Stat(small, near).median[0] - ImageStat.Stat(small, far).median[0])


def _ring(mask: Image.Image, inner: int) -> Image.Image:
    outer = mask.filter(ImageFilter.MaxFilter(inner + 4))
    return ImageChops.subtract(outer, mask.filter(ImageFilter.MaxFilter(inner)))
