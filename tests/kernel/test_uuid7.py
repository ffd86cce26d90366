"""UUIDs of version 7 carry their time, ascend, and do not repeat across threads and forks."""

import multiprocessing
import threading
import time
import uuid
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel import uuid7 as module
from vssid.kernel.uuid7 import made_at, uuid7


@given(st.integers(0, 2**48 - 1))
def test_a_stated_time_is_carried_exactly(now_ms: int) -> None:
    made = uuid7(now_ms)

    assert made.int >> 80 == now_ms
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


@given(st.integers(0, 2**48 - 1))
def test_those_of_one_stated_time_ascend(now_ms: int) -> None:
    made = [uuid7(now_ms) for _ in range(20)]

    assert made == sorted(set(made))


def test_the_present_time_is_carried() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()
    # Not compared with the time after: a clock set back earlier in this process may keep it ahead.
    assert made.int >> 80 >= before


def test_a_clock_set_back_does_not_break_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns() + 3_600_000_000_000
    ticks = iter([now, now - 5_000_000_000, now - 1, now + 5_000_000])
    with monkeypatch.context() as patch:
        patch.setattr(module, "_of_the_clock", module._Sequence())
        patch.setattr(time, "time_ns", lambda: next(ticks))
        made = [uuid7() for _ in range(4)]

    assert made == sorted(set(made))


def test_a_full_counter_goes_on_in_the_next_millisecond() -> None:
    sequence = module._Sequence()
    sequence._now_ms, sequence._counter = 1000, 2**42 - 1

    following = sequence.take(1000, may_go_back=False)

    assert following[0] == 1001
    assert following[1] < 2**41


def test_threads_share_one_ascending_sequence() -> None:
    made: list[list[uuid.UUID]] = [[] for _ in range(4)]

    def make(into: list[uuid.UUID]) -> None:
        into.extend(uuid7() for _ in range(500))

    threads = [threading.Thread(target=make, args=(into,)) for into in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(of_one == sorted(of_one) for of_one in made)
    assert len(set().union(*made)) == 2000


def _send_one(pipe: Connection) -> None:
    pipe.send(uuid7(1_000_000).int)


def test_a_forked_child_starts_a_sequence_of_its_own() -> None:
    parent = uuid7(1_000_000).int
    reading, writing = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_send_one, args=(writing,))
    child.start()
    made = reading.recv()
    child.join()

    # Going on from the parent's counter would put it exactly one step of the counter further.
    assert made >> 32 != (parent >> 32) + 1


def test_two_of_the_same_time_differ_in_their_random_part() -> None:
    tails = {uuid7(5).int & 0xFFFFFFFF for _ in range(50)}

    assert len(tails) > 45


@pytest.mark.parametrize("now_ms", [-1, 2**48])
def test_a_time_that_does_not_fit_is_a_mistake(now_ms: int) -> None:
    with pytest.raises(ValueError, match="48 bits"):
        uuid7(now_ms)


def test_when_a_key_was_made_is_read_back_to_the_millisecond() -> None:
    assert made_at(uuid7(1_800_000_000_123)) == datetime(2027, 1, 15, 8, 0, 0, 123_000, tzinfo=UTC)
