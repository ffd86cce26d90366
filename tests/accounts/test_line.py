"""Those let in are few; everybody else keeps a place, and no place is lost."""

import multiprocessing
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.accounts.board import Board, SharedBoard
from vssid.accounts.line import Line

NOW = 1_000.0
EACH = 0.1
# Turns are given a little closer than the pace.
STEP = 0.92 * EACH


def _line(at_once: int, at_most: int = 12, each: float = EACH) -> Line:
    return Line(Board(each), at_once=at_once, at_most=at_most)


def _full(at_once: int = 2) -> Line:
    line = _line(at_once)
    for _ in range(at_once):
        assert line.turn_of(None, NOW) is None
    return line


def test_newcomers_beyond_the_room_get_turns_one_behind_the_other() -> None:
    line = _full()
    turns = [line.turn_of(None, NOW) for _ in range(3)]
    assert turns == [pytest.approx(NOW + count * STEP) for count in (1, 2, 3)]


def test_coming_back_early_keeps_the_same_turn() -> None:
    line = _full()
    turn = line.turn_of(None, NOW)
    assert turn is not None
    assert line.turn_of(turn, turn - 0.01) == turn
    assert line.turn_of(None, NOW) == pytest.approx(turn + STEP)


def test_who_comes_at_their_turn_goes_in_before_newcomers() -> None:
    line = _full()
    turn = line.turn_of(None, NOW)
    assert turn is not None
    assert line.turn_of(turn, turn) is None
    assert line.turn_of(None, turn) is not None


def test_who_comes_at_their_turn_when_it_went_slower_comes_back_a_little_later() -> None:
    line = _line(at_once=0, at_most=1)
    first, second = line.turn_of(None, NOW), line.turn_of(None, NOW)
    assert first is not None
    assert second is not None
    assert line.turn_of(first, second) is None
    later = line.turn_of(second, second)
    assert later == pytest.approx(second + STEP)
    line.leave(second)
    assert line.turn_of(later, later) is None


def test_a_place_that_became_free_is_used_by_the_next_who_comes() -> None:
    line = _full()
    assert line.turn_of(None, NOW) is not None
    line.leave(NOW)
    assert line.turn_of(None, NOW) is None


def test_place_is_given_back_when_the_sign_in_fails() -> None:
    line = _line(at_once=1)
    with pytest.raises(ValueError, match="wrong"), line.enter():
        raise ValueError("wrong")
    assert line.inside == 0
    with line.enter() as wait:
        assert wait is None


def test_who_only_waits_holds_no_place() -> None:
    line = _full(at_once=1)
    with line.enter() as wait:
        assert wait is not None
    assert line.inside == 1


# --- the pace -------------------------------------------------------------------------------------


def _pace(line: Line) -> float:
    with line.board.notes(NOW) as notes:
        return notes.seconds_each


def _work(line: Line, each: float, seconds: float, now: float = NOW) -> float:
    """For so long somebody leaves every `each` seconds and others wait; returns the time then."""
    until = now + seconds
    line.turn_of(None, now)  # somebody else is always inside
    while now < until:
        line.turn_of(None, now)
        now += each
        with line.board.notes(now) as notes:
            notes.tail = now + 10
        line.leave(now)
    line.leave(now)
    return now


def test_pace_becomes_as_fast_as_people_really_leave() -> None:
    line = _line(at_once=4)
    _work(line, each=0.06, seconds=60)
    assert _pace(line) == pytest.approx(0.06, rel=0.05)


def test_pace_is_not_slowed_by_a_short_rush_but_by_a_slow_machine() -> None:
    line = _line(at_once=4, each=0.02)
    now = _work(line, each=0.1, seconds=4)
    assert _pace(line) < 0.025
    _work(line, each=0.1, seconds=240, now=now)
    assert _pace(line) == pytest.approx(0.1, rel=0.1)


def test_pace_is_not_taken_while_nobody_waits() -> None:
    line, now = _line(at_once=4), NOW
    for _ in range(500):
        now += 0.01
        assert line.turn_of(None, now) is None
        line.leave(now)
    assert _pace(line) == EACH


def test_pace_stays_within_reason_whoever_leaves_at_once_or_never_comes() -> None:
    line = _line(at_once=4)
    now = _work(line, each=0.001, seconds=10)
    assert _pace(line) == EACH / 2
    _work(line, each=30.0, seconds=100_000, now=now)
    assert _pace(line) <= EACH * 10


def test_turns_that_nobody_takes_slow_nothing_down() -> None:
    line, now = _line(at_once=4), NOW
    for _ in range(500):
        now += 5
        with line.board.notes(now) as notes:
            notes.tail = now + 600
        assert line.turn_of(None, now) is None
        line.leave(now)
    assert _pace(line) == EACH


def test_clock_that_is_put_back_spoils_no_pace() -> None:
    line = _line(at_once=4)
    now = _work(line, each=0.1, seconds=2)
    _work(line, each=0.1, seconds=20, now=now - 3600)
    assert _pace(line) == pytest.approx(EACH, rel=0.05)


# --- the board ------------------------------------------------------------------------------------


def _come(path: Path, times: int) -> None:
    line = Line(SharedBoard(path, EACH), at_once=0)
    for _ in range(times):
        line.turn_of(None, NOW)


def test_processes_give_every_turn_once(tmp_path: Path) -> None:
    path, context = tmp_path / "line", multiprocessing.get_context("fork")
    processes = [context.Process(target=_come, args=(path, 500)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    last = Line(SharedBoard(path, EACH), at_once=0).turn_of(None, NOW)
    assert last == pytest.approx(NOW + 2001 * STEP)


def test_pace_outlives_the_process(tmp_path: Path) -> None:
    line = Line(SharedBoard(tmp_path / "line", EACH), at_once=4)
    _work(line, each=0.06, seconds=30)
    assert EACH > _pace(Line(SharedBoard(tmp_path / "line", EACH))) == _pace(line)


def test_where_the_file_cannot_be_written_each_process_goes_by_its_own_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vssid.accounts.board.os.pwrite", fail)
    line = Line(SharedBoard(tmp_path / "line", EACH), at_once=0)
    turns = [line.turn_of(None, NOW) for _ in range(2)]
    assert turns == [pytest.approx(NOW + count * STEP) for count in (1, 2)]


@pytest.mark.parametrize(
    "numbers",
    [
        (float("nan"), 0, 0, 0, 0),
        (0.0, 0, 0, 0, 0),
        (1e9, 0, 0, 0, 0),
        (0.1, NOW + 1_000, 0, 0, 0),
        (0.1, 0, NOW + 1_000, 0, 0),
    ],
    ids=["no number", "new file", "no pace", "turn of another clock", "delay of another clock"],
)
def test_what_makes_no_sense_on_the_board_is_wiped(
    tmp_path: Path, numbers: tuple[float, ...]
) -> None:
    (tmp_path / "line").write_bytes(struct.pack("5d", *numbers))
    line = Line(SharedBoard(tmp_path / "line", EACH), at_once=0)
    assert line.turn_of(None, NOW) == pytest.approx(NOW + STEP)


@given(
    room=st.integers(1, 5),
    steps=st.lists(st.sampled_from(["come", "leave", "return", "wait"]), max_size=60),
)
def test_turns_never_run_backwards_and_the_room_is_never_overfull_by_newcomers(
    room: int, steps: list[str]
) -> None:
    line, now, turns = _line(room, room + 2), NOW, []
    for step in steps:
        before = line.inside
        if step == "come":
            turn = line.turn_of(None, now)
            if turn is None:
                assert before < room
            else:
                assert before >= room
                assert not turns or turn > turns[-1]
                turns.append(turn)
        elif step == "leave" and line.inside:
            line.leave(now)
        elif step == "return" and turns:
            line.turn_of(turns[0], now)
        else:
            now += 0.05
        assert line.inside <= room + 2
