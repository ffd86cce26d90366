"""Drawn photographs are read as promised: often enough when readable, and never wrongly.

Every QR code is read here, and the MRZ of one specimen in six; `make bench-reading` reads them all.
"""

import hashlib
from collections import Counter

import pytest

from tests.registration.identity.judging import Code, Judged, Outcome, Task, judge_all, rate
from tests.registration.identity.specimens import Side, Specimen, State, all_specimens, take

EACH = 6


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    specimens = all_specimens()
    tasks = [
        Task(one, with_mrz=one.side is not Side.CCCD_FRONT and at % EACH == 0)
        for at, one in enumerate(specimens)
    ]
    with_qr = (Side.CCCD_FRONT, Side.CAN_CUOC_BACK)
    return list(judge_all([one for one in tasks if one.with_mrz or one.specimen.side in with_qr]))


def test_there_are_five_hundred_specimens_of_each_state_and_side() -> None:
    specimens = all_specimens()
    assert len(set(specimens)) == len(specimens) >= 500
    assert set(Counter((one.side, one.state) for one in specimens)) == {
        (side, state) for side in Side for state in State
    }


def test_a_specimen_is_the_same_each_time() -> None:
    one = Specimen(Side.CAN_CUOC_BACK, State.READABLE, 3)
    first, second = (hashlib.sha256(take(one).jpeg).digest() for _ in range(2))
    assert first == second
    assert take(one).who.full_name != take(Specimen(one.side, one.state, 4)).who.full_name


def test_readable_qr_codes_are_read(judged: list[Judged]) -> None:
    share, of = rate(judged, Code.QR, State.READABLE)
    assert of == 240
    assert share >= 0.95


def test_readable_mrz_are_read(judged: list[Judged]) -> None:
    share, of = rate(judged, Code.MRZ, State.READABLE)
    assert of >= 40
    assert share >= 0.90


def test_nothing_is_read_wrongly(judged: list[Judged]) -> None:
    assert [one for one in judged if one.outcome is Outcome.WRONG] == []


def test_forged_papers_are_never_accepted(judged: list[Judged]) -> None:
    forged = [one.outcome for one in judged if one.specimen.state is State.FORGED]
    assert len(forged) >= 20
    assert set(forged) == {Outcome.NONE}
