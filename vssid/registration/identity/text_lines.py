"""Lines of text in a picture, found and read with the models that RapidOCR's wheel carries.

RapidOCR itself is not imported: it takes seconds to load, would fetch a model that it misses, and
does not let the signs be limited to those that an MRZ has. Only the program in `examining` and
tests import this module; the models load once in a process, at the first picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Point = NDArray[np.float64]

_ROW_HEIGHT = 48
# No row is wider than this many times its height; 44 signs are about 30.
_WIDEST = 48
_SURE = 0.3
# How far the model draws lines too thin (its own figure for growing them again).
_GROW = 1.6
_LEAST_PIXELS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of text: its middle, the direction it runs in (a unit vector), length and height."""

    middle: Point
    along: Point
    length: float
    height: float


@dataclass(frozen=True, slots=True)
class Row:
    """What a line says, and how sure each sign is, 0 to 1."""

    text: str
    sureness: tuple[float, ...]


def find_lines(picture: Pixels, *, longest_side: int) -> list[Line]:
    """Every line of text of an RGB picture, which is looked at with at most `longest_side` pixels.

    A line's direction is known but for half a turn.
    """
    height, width = picture.shape[:2]
    shrink = min(1.0, longest_side / max(height, width))
    # The model takes sides of whole 32s.
    size = [max(32, round(side * shrink / 32) * 32) for side in (width, height)]
    small = np.asarray(cv2.resize(picture, size), np.uint8)
    heat = _run(_finder(), small)[0, 0]
    mask = cv2.dilate((heat > _SURE).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    scale = np.array([width / size[0], height / size[1]])
    lines = (_line(np.asarray(contour), scale) for contour in contours)
    return [line for line in lines if line]


def cut_row(picture: Pixels, line: Line, *, grown: float = 1.0) -> Pixels:
    """The line straightened, 48 pixels high; `grown` takes in more or less above and below."""
    half = line.along * (line.length + (grown - 1) * line.height) / 2
    down = np.array([-line.along[1], line.along[0]]) * line.height * grown / 2
    middle = line.middle
    corners = [middle - half - down, middle + half - down, middle + half + down]
    ratio = min(_WIDEST, float(np.linalg.norm(half) / np.linalg.norm(down)))
    width = max(_ROW_HEIGHT, round(_ROW_HEIGHT * ratio))
    matrix = cv2.getAffineTransform(
        np.array(corners, np.float32),
        np.array([[0, 0], [width, 0], [width, _ROW_HEIGHT]], np.float32),
    )
    cut = cv2.warpAffine(
        picture,
        matrix,
        (width, _ROW_HEIGHT),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(cut, np.uint8)


def read_row(row: Pixels, *, alphabet: str) -> Row:
    """What a straightened line says when only the signs of `alphabet` can stand in it."""
    chances = _run(_reader(), row)[0][:, _places(alphabet)]
    best = chances.argmax(axis=1)
    sure = chances.max(axis=1) / np.maximum(chances.sum(axis=1), 1e-6)
    before = np.concatenate([[0], best[:-1]])
    # A sign lasts for several columns; the same sign twice has an empty column between.
    begins = np.flatnonzero((best != 0) & (best != before))
    text = "".join(alphabet[best[at] - 1] for at in begins)
    return Row(text, tuple(float(sure[at]) for at in begins))


def _line(contour: NDArray[np.int32], scale: Point) -> Line | None:
    (x, y), (length, height), angle = cv2.minAreaRect(contour)
    if length < height:
        length, height, angle = height, length, angle + 90
    if height < _LEAST_PIXELS:
        return None
    more = length * height * _GROW / (length + height)
    radians = np.radians(angle)
    along = np.array([np.cos(radians), np.sin(radians)])
    factor = float(scale.mean())
    return Line(
        middle=np.array([x, y]) * scale,
        along=along,
        length=(length + more) * factor,
        height=(height + more) * factor,
    )


def _run(session: onnxruntime.InferenceSession, picture: Pixels) -> NDArray[np.float32]:
    """What a model makes of an RGB picture; like those it learnt from, it is fed BGR."""
    planes = picture[:, :, ::-1].astype(np.float32).transpose(2, 0, 1)[None] / 127.5 - 1
    given = session.get_inputs()[0].name
    return np.asarray(session.run(None, {given: planes})[0], np.float32)


@cache
def _finder() -> onnxruntime.InferenceSession:
    return _session("*_det_*.onnx")


@cache
def _reader() -> onnxruntime.InferenceSession:
    return _session("*_rec_*.onnx")


@cache
def _places(alphabet: str) -> Sequence[int]:
    """Where the reader's signs stand in what it gives; place 0 is «no sign»."""
    signs = _reader().get_modelmeta().custom_metadata_map["character"].splitlines()
    return [0, *(signs.index(sign) + 1 for sign in alphabet)]


def _session(pattern: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One core for one picture: the others serve people.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    [model] = _models().glob(pattern)
    return onnxruntime.InferenceSession(
        str(model), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _models() -> Path:
    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("rapidocr is not installed")
    return Path(spec.submodule_search_locations[0]) / "models"
