"""Photographs of invented papers, drawn with fixed seeds: 560 of them, good, bad and forged.

A specimen is readable by its parameters, not by whether it was read: a QR module has at least 3
pixels, an MRZ letter at least 16 in width, the paper is seen at a tilt of at most 30° and lies
turned by any quarter and at most 30° more; blur has a sigma of at most 0.3 modules or 0.08 letters,
a reflection adds at most 80 of 255 levels, noise has a sigma of at most 10, and JPEG a quality of
at least 60.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.registration.identity import drawing, people
from tests.registration.identity.camera import Shot, photograph

LEAST_MODULE = 3.0
LEAST_LETTER = 16.0
MOST_TILT = 30.0


class Side(StrEnum):
    """What is photographed."""

    CCCD_FRONT = "cccd-front"
    CCCD_BACK = "cccd-back"
    CAN_CUOC_BACK = "can-cuoc-back"
    PASSPORT = "passport"


class State(StrEnum):
    """How good the photo is, or that what it shows cannot be true."""

    READABLE = "readable"
    UNREADABLE = "unreadable"
    FORGED = "forged"


COUNTS = {
    (Side.CCCD_FRONT, State.READABLE): 160,
    (Side.CCCD_FRONT, State.UNREADABLE): 30,
    (Side.CCCD_FRONT, State.FORGED): 10,
    (Side.CAN_CUOC_BACK, State.READABLE): 80,
    (Side.CAN_CUOC_BACK, State.UNREADABLE): 15,
    (Side.CAN_CUOC_BACK, State.FORGED): 5,
    (Side.CCCD_BACK, State.READABLE): 80,
    (Side.CCCD_BACK, State.UNREADABLE): 15,
    (Side.CCCD_BACK, State.FORGED): 15,
    (Side.PASSPORT, State.READABLE): 110,
    (Side.PASSPORT, State.UNREADABLE): 20,
    (Side.PASSPORT, State.FORGED): 20,
}


@dataclass(frozen=True, slots=True)
class Specimen:
    """Which picture: everything else follows from these three."""

    side: Side
    state: State
    seed: int


@dataclass(frozen=True, slots=True)
class Taken:
    """The photo, whose paper it shows, and what stands on it; empty where the side has no such."""

    jpeg: bytes
    who: people.Invented
    qr: str
    mrz: Sequence[str]


def all_specimens() -> list[Specimen]:
    """Every specimen, in the same order each time."""
    return [
        Specimen(side, state, seed)
        for (side, state), count in COUNTS.items()
        for seed in range(count)
    ]


def take(specimen: Specimen) -> Taken:
    """Draw the paper and photograph it."""
    words = f"{specimen.side} {specimen.state} {specimen.seed}"
    chance = random.Random(words)  # noqa: S311 - seeded chance, no secrets
    is_foreign = specimen.side is Side.PASSPORT and chance.random() < 0.35
    who = people.foreigner(chance) if is_foreign else people.citizen(chance)
    qr, mrz = _printed(specimen.side, who, chance)
    if specimen.state is State.FORGED:
        qr, mrz = _forged_qr(qr, chance), _forged_mrz(mrz, chance)
    module = chance.choice([4, 5])
    if specimen.side is Side.PASSPORT:
        face = drawing.page(mrz=mrz, chance=chance)
    else:
        face = drawing.card(qr=qr, mrz=mrz, module=module, chance=chance)
    is_bad = specimen.state is State.UNREADABLE
    shot = _bad(module, chance) if is_bad else _good(specimen.side, module, chance)
    return Taken(photograph(face, shot), who, qr, mrz)


def _printed(side: Side, who: people.Invented, chance: random.Random) -> tuple[str, Sequence[str]]:
    if side is Side.CCCD_FRONT:
        return people.qr_of_cccd(who), ()
    if side is Side.CCCD_BACK:
        return "", people.td1(who)
    if side is Side.CAN_CUOC_BACK:
        return people.qr_of_can_cuoc(who, chance), people.td1(who)
    return "", people.td3(who)


def _good(side: Side, module: int, chance: random.Random) -> Shot:
    """Within the bounds that the head of this file states, spread over all of them."""
    needs = [LEAST_MODULE / module] if side in {Side.CCCD_FRONT, Side.CAN_CUOC_BACK} else []
    needs += [LEAST_LETTER / drawing.PITCH] if side is not Side.CCCD_FRONT else []
    zoom = chance.uniform(max(needs), 1.05 if side is Side.PASSPORT else 1.5)
    bounds = [0.08 * drawing.PITCH * zoom]
    if side in {Side.CCCD_FRONT, Side.CAN_CUOC_BACK}:
        bounds = [0.3 * module * zoom]
    return Shot(
        zoom=zoom,
        tilt=chance.uniform(0, MOST_TILT),
        toward=chance.uniform(0, 360),
        turn=chance.choice([0, 90, 180, 270]) + chance.uniform(-30, 30),
        blur=chance.uniform(0.3, min(bounds)),
        glare=chance.uniform(0, 80),
        noise=chance.uniform(2, 10),
        quality=chance.randint(60, 92),
        seed=chance.randrange(2**31),
    )


def _bad(module: int, chance: random.Random) -> Shot:
    """Too far away, out of focus, from too far aside, or in a lamp's light."""
    values = [
        {"zoom": chance.uniform(0.25, 1.9 / module)},
        {"blur": chance.uniform(0.9, 1.6) * module},
        {"tilt": chance.uniform(50, 72)},
        {"glare": chance.uniform(250, 600)},
        {"zoom": 0.5, "blur": chance.uniform(1.6, 3.0), "noise": 25, "quality": 20},
    ][chance.randrange(5)]
    usual = {
        "zoom": chance.uniform(0.8, 1.0),
        "toward": chance.uniform(0, 360),
        "turn": chance.uniform(0, 360),
        "tilt": chance.uniform(0, 30),
        "seed": chance.randrange(2**31),
    }
    return Shot(**{**usual, **values})


def _forged_qr(qr: str, chance: random.Random) -> str:
    """One field that cannot be so."""
    if not qr:
        return qr
    fields = qr.split("|")
    at, what = chance.choice(
        [(0, fields[0][:-1]), (0, "O" + fields[0][1:]), (3, "31022000"), (4, "Khác"), (6, "nay")]
    )
    fields[at] = what
    return "|".join(fields if chance.random() < 0.8 else fields[:5])


def _forged_mrz(mrz: Sequence[str], chance: random.Random) -> Sequence[str]:
    """One digit replaced, its check digits left as they were, or a check digit replaced."""
    if not mrz:
        return mrz
    lines = list(mrz)
    row, places = (1, [1, 5, 6, 9, 14, 29]) if len(mrz) == 3 else (1, [3, 14, 18, 19, 22, 43])
    if len(mrz) == 3 and chance.random() < 0.5:
        row, places = 0, [7, 12, 14, 20, 26, 29]
    at = chance.choice(places)
    line = lines[row]
    other = str((int(line[at], 36) + chance.randint(1, 9)) % 10)
    lines[row] = line[:at] + other + line[at + 1 :]
    return tuple(lines)
