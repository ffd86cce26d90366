"""A camera held badly: the face seen from the side, turned, unevenly lit, blurred, noisy."""

import io
import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shot:
    """How a picture is taken.

    `zoom` is pixels of the photo per pixel of the face, `tilt` the angle in degrees at which the
    face is seen (0: from straight above), `toward` the direction it leans to, `turn` how far it
    lies turned, `blur` the sigma in pixels of the photo, `glare` how many levels a reflection
    adds, `noise` the sigma in levels, `quality` that of the JPEG.
    """

    zoom: float
    tilt: float = 0.0
    toward: float = 0.0
    turn: float = 0.0
    blur: float = 0.6
    glare: float = 0.0
    noise: float = 4.0
    quality: int = 85
    seed: int = 0


def photograph(face: Image.Image, shot: Shot) -> bytes:
    """The JPEG, at most 1600 pixels a side, as photos are stored."""
    chance = np.random.default_rng(shot.seed)
    flat = np.asarray(face.convert("RGB"))
    seen = _seen(flat, shot, chance)
    if shot.blur > 0:
        seen = cv2.GaussianBlur(seen, (0, 0), shot.blur)
    lit = _lit(seen, shot, chance)
    out = io.BytesIO()
    Image.fromarray(lit).save(out, "JPEG", quality=shot.quality)
    return out.getvalue()


def _seen(flat: Pixels, shot: Shot, chance: np.random.Generator) -> Pixels:
    """The face projected onto the sensor, on a table of some colour."""
    height, width = flat.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    there = _project(corners, (width, height), shot)
    low, high = there.min(axis=0), there.max(axis=0)
    margin = chance.uniform(0.02, 0.08, 2) * (high - low)
    size = np.minimum(high - low + 2 * margin, 1600).astype(int)
    there = there - (low + high) / 2 + size / 2
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), there.astype(np.float32))
    table = chance.integers(30, 190, 3).tolist()
    shrunk, factor = _shrunk(flat, shot.zoom)
    matrix = matrix @ np.diag([1 / factor, 1 / factor, 1.0])
    seen = cv2.warpPerspective(
        shrunk, matrix, (int(size[0]), int(size[1])), flags=cv2.INTER_CUBIC, borderValue=table
    )
    return np.asarray(seen, np.uint8)


def _shrunk(flat: Pixels, zoom: float) -> tuple[Pixels, float]:
    """Averaged before it is seen smaller, as a lens does; otherwise fine lines would tear."""
    if zoom >= 0.75:
        return flat, 1.0
    factor = max(zoom * 1.3, 0.1)
    small = cv2.resize(flat, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), small.shape[1] / flat.shape[1]


def _project(points: NDArray[np.float64], size: tuple[int, int], shot: Shot) -> NDArray[np.float64]:
    """Turned in the plane, leant away, seen from a distance of one and a half widths."""
    middle = np.array(size) / 2
    x, y = (points - middle).T
    turn, toward, tilt = (math.radians(one) for one in (shot.turn, shot.toward, shot.tilt))
    along = x * math.cos(toward) + y * math.sin(toward)
    across = -x * math.sin(toward) + y * math.cos(toward)
    depth = along * math.sin(tilt)
    along = along * math.cos(tilt)
    distance = 1.5 * max(size)
    nearer = shot.zoom * distance / (distance + depth)
    u = (along * math.cos(toward) - across * math.sin(toward)) * nearer
    v = (along * math.sin(toward) + across * math.cos(toward)) * nearer
    return np.stack(
        [u * math.cos(turn) - v * math.sin(turn), u * math.sin(turn) + v * math.cos(turn)], axis=1
    )


def _lit(seen: Pixels, shot: Shot, chance: np.random.Generator) -> Pixels:
    """Brighter to one side, with a reflection and grain: the same for all three colours."""
    height, width = seen.shape[:2]
    y, x = np.mgrid[0:1:48j, 0:1:48j]
    lean = chance.uniform(-0.22, 0.22, 2)
    light = 1 - abs(lean).sum() / 2 + lean[0] * (x - 0.5) + lean[1] * (y - 0.5)
    cx, cy = chance.uniform(0.1, 0.9, 2)
    reach = chance.uniform(0.1, 0.25)
    stretch = height / width
    apart = (x - cx) ** 2 + ((y - cy) * stretch) ** 2
    glare = shot.glare * np.exp(-apart / (2 * reach**2))
    cv2.setRNGSeed(shot.seed)
    grain = np.empty((height, width), np.int16)
    cv2.randn(grain, 0, shot.noise)
    added = cv2.add(grain, _spread(glare, seen), dtype=cv2.CV_16S)
    lit = cv2.multiply(seen, cv2.merge([_spread(light, seen)] * 3), dtype=cv2.CV_16S)
    return np.asarray(cv2.add(lit, cv2.merge([added] * 3), dtype=cv2.CV_8U), np.uint8)


def _spread(levels: NDArray[np.float64], seen: Pixels) -> NDArray[np.float32]:
    """Levels that change slowly, worked out in few places and spread over the picture."""
    size = (seen.shape[1], seen.shape[0])
    return np.asarray(cv2.resize(levels.astype(np.float32), size), np.float32)
