"""Reads specimens and judges each reading against what was printed: right, none or wrong."""

import multiprocessing
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from time import perf_counter

import cv2

from tests.registration.identity.specimens import Specimen, State, take
from vssid.kernel.id_qr import IdQr, QrFault, parse_id_qr
from vssid.registration.identity.examining import pixels
from vssid.registration.identity.mrz import Mrz, MrzFault, parse_mrz
from vssid.registration.identity.mrz_photo import read_mrz
from vssid.registration.identity.qr_photo import read_id_qr

TODAY = date(2026, 7, 1)


class Code(StrEnum):
    """Which of the two codes of a paper."""

    QR = "QR"
    MRZ = "MRZ"


class Outcome(StrEnum):
    """`WRONG`: a reading was accepted that is not what the paper says, or should not count."""

    RIGHT = "right"
    NONE = "none"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judged:
    """One code of one specimen, and the seconds that looking for it took."""

    specimen: Specimen
    code: Code
    outcome: Outcome
    seconds: float


@dataclass(frozen=True, slots=True)
class Task:
    """A specimen, and whether its MRZ is read as well, which takes a hundred times longer."""

    specimen: Specimen
    with_mrz: bool


def judge_all(tasks: Sequence[Task], *, processes: int = 2) -> Iterator[Judged]:
    """In several processes; only codes that stand on the paper are judged, and none may appear."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn) as pool:
        for judged in pool.map(_judge, tasks, chunksize=8):
            yield from judged


def rate(judged: Iterable[Judged], code: Code, state: State) -> tuple[float, int]:
    """The share of right readings, and of how many."""
    found = Counter(
        one.outcome for one in judged if one.code is code and one.specimen.state is state
    )
    return found[Outcome.RIGHT] / max(1, found.total()), found.total()


def _judge(task: Task) -> list[Judged]:
    cv2.setNumThreads(1)
    specimen = task.specimen
    taken = take(specimen)
    picture = pixels(taken.jpeg)
    judged = []
    if taken.qr or task.with_mrz:
        began = perf_counter()
        read = parse_id_qr(read_id_qr(picture, today=TODAY), today=TODAY)
        seconds = perf_counter() - began
        outcome = _outcome(read, parse_id_qr(taken.qr, today=TODAY))
        judged.append(Judged(specimen, Code.QR, outcome, seconds))
    if task.with_mrz:
        began = perf_counter()
        said = parse_mrz(read_mrz(picture, today=TODAY), today=TODAY)
        seconds = perf_counter() - began
        outcome = _outcome(said, parse_mrz("\n".join(taken.mrz), today=TODAY))
        judged.append(Judged(specimen, Code.MRZ, outcome, seconds))
    has = {Code.QR: bool(taken.qr), Code.MRZ: bool(taken.mrz)}
    return [one for one in judged if has[one.code] or one.outcome is Outcome.WRONG]


def _outcome(read: IdQr | Mrz | QrFault | MrzFault, printed: object) -> Outcome:
    if isinstance(read, QrFault | MrzFault):
        return Outcome.NONE
    return Outcome.RIGHT if read == printed else Outcome.WRONG
