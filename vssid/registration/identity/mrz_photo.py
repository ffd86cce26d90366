"""The MRZ of a photographed paper, whichever way it lies, leant by up to 30°.

Check digits guard numbers and dates; names, sex and nationality have none. So the block is read
several times, cut out a little differently: the same must come out twice, and what is unguarded
must be sure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from vssid.registration.identity.mrz import ALPHABET, LETTERS, Layout, Mrz, parse_mrz
from vssid.registration.identity.text_lines import Line, Pixels, Row, cut_row, find_lines, read_row

# Most papers are found in the small picture, in a third of the time.
_SIDES = (640, 1024)
_LEAST_RATIO = 10.0
# The first two nearly always agree; the others are for names that one cut leaves unsure.
_GROWN = (1.0, 1.12, 0.94, 1.2, 1.06)
# Of names read wrongly in blurred photos the least sure sign had up to 0.83 (O for D or Q, H for
# W); of right ones in readable photos nine in ten have more than 0.9.
_LEAST_SURENESS = 0.85
# Look alike and have the same check digit.
_TWINS = frozenset("G6S8L1")
_SURE_OF_TWINS = 0.9
# In heights of a line, as the model sees them: a little more than those of the letters.
_GAP = 3
_MOST_BLOCKS = 6
_LENGTHS = {3: 30, 2: 44}


def read_mrz(picture: Pixels, *, today: date) -> str:
    """The lines of the MRZ of an RGB picture; empty unless one was read beyond doubt."""
    for side in _SIDES:
        lines = find_lines(picture, longest_side=side)
        for block in _blocks(lines):
            found = _read_block(picture, block, today)
            if found:
                return found
        if side >= max(picture.shape[:2]):
            break
    return ""


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Three or two long lines, one under the other, of one length; each lying as its neighbours."""
    long = sorted(
        (line for line in lines if line.length > _LEAST_RATIO * line.height),
        key=lambda line: -line.length,
    )
    seen: set[int] = set()
    blocks = 0
    for first in long:
        if id(first) in seen or blocks == _MOST_BLOCKS:
            continue
        rows = _stacked(first, long)
        seen.update(id(line) for line in rows)
        for count in (3, 2):
            for at in range(len(rows) - count + 1):
                blocks += 1
                yield rows[at : at + count]


def _stacked(first: Line, lines: Sequence[Line]) -> list[Line]:
    """The lines beside `first` that look like rows of one block, in order, without gaps."""
    down = np.array([-first.along[1], first.along[0]])

    def depth(line: Line) -> float:
        return float((line.middle - first.middle) @ down)

    alike = sorted((line for line in lines if _is_alike(first, line)), key=depth)
    at = alike.index(first)
    begin = end = at
    while begin and depth(alike[begin]) - depth(alike[begin - 1]) < _GAP * first.height:
        begin -= 1
    while end + 1 < len(alike) and depth(alike[end + 1]) - depth(alike[end]) < _GAP * first.height:
        end += 1
    return alike[begin : end + 1]


def _is_alike(first: Line, line: Line) -> bool:
    is_parallel = abs(float(first.along @ line.along)) > 0.99
    shift = abs(float((line.middle - first.middle) @ first.along))
    return is_parallel and line.length > 0.8 * first.length and shift < 0.12 * first.length


def _read_block(picture: Pixels, rows: Sequence[Line], today: date) -> str:
    """Read again, cut out differently, until the same was read twice."""
    upright = _upright(picture, rows)
    if not upright:
        return ""
    seen: list[Mrz] = []
    for grown in _GROWN:
        read = [_read(picture, line, grown, at, len(rows)) for at, line in enumerate(upright)]
        text = "\n".join(row.text for row in read)
        found = parse_mrz(text, today=today)
        if not isinstance(found, Mrz) or not _is_sure(read, found):
            continue
        if found in seen:
            return text
        seen.append(found)
    return ""


def _read(picture: Pixels, line: Line, grown: float, at: int, count: int) -> Row:
    names_at = 2 if count == 3 else 0
    alphabet = LETTERS if at == names_at else ALPHABET
    return read_row(cut_row(picture, line, grown=grown), alphabet=alphabet)


def _is_sure(rows: Sequence[Row], found: Mrz) -> bool:
    """Whether every sign is sure that check digits do not guard, or not enough.

    They guard neither names nor sex nor nationality, and cannot tell signs whose values differ by
    tens: G from 6, S from 8, L from 1. Such can stand for each other where both letters and digits
    may: in the numbers of papers of other states.
    """
    is_card = found.layout is Layout.TD1
    names, numbers = (rows[2], rows[0]) if is_card else (rows[0], rows[1])
    sex, nationality = (7, slice(15, 18)) if is_card else (20, slice(10, 13))
    loose = [*names.sureness, rows[1].sureness[sex]]
    # Where issuer and nationality are the same, one vouches for the other. Alone it is less sure
    # than it looks: among digits I is like 1, though none can stand there.
    if found.nationality != found.issuer:
        loose += rows[1].sureness[nationality]
    if min(loose) < _LEAST_SURENESS:
        return False
    if found.issuer == "VNM":
        return True
    places = [*range(5, 30)] if is_card else [*range(9), *range(28, 42)]
    return all(
        numbers.sureness[at] >= _SURE_OF_TWINS for at in places if numbers.text[at] in _TWINS
    )


def _upright(picture: Pixels, rows: Sequence[Line]) -> list[Line]:
    """The rows in reading order and direction: of the two ways the one that reads like an MRZ."""
    ahead = rows[0].along
    same = [line if line.along @ ahead > 0 else replace(line, along=-line.along) for line in rows]
    turned = [replace(line, along=-line.along) for line in reversed(same)]
    length = _LENGTHS[len(rows)]
    for way in (same, turned):
        # The second row of both layouts begins with digits and carries fillers.
        read = read_row(cut_row(picture, way[1]), alphabet=ALPHABET)
        if abs(len(read.text) - length) <= 2:
            return way
    return []
