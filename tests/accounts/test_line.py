"""Those let in are few; everybody else keeps a place, and no place is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.accounts.line import Line

NOW = 1_000.0


def _full(at_once: int = 2, seconds_each: float = 0.1) -> Line:
    line = Line(at_once=at_once, seconds_each=seconds_each)
    for _ in range(at_once):
        assert line.turn_of(None, NOW) is None
    return line


def test_newcomers_beyond_the_room_get_turns_one_behind_the_other() -> None:
    line = _full()
    turns = [line.turn_of(None, NOW) for _ in range(3)]
    assert turns == [pytest.approx(NOW + 0.1), pytest.approx(NOW + 0.2), pytest.approx(NOW + 0.3)]


def test_coming_back_early_keeps_the_same_turn() -> None:
    line = _full()
    turn = line.turn_of(None, NOW)
    assert turn is not None
    assert line.turn_of(turn, turn - 0.01) == turn
    assert line.turn_of(None, NOW) == pytest.approx(turn + 0.1)


def test_who_comes_at_their_turn_goes_in_before_newcomers() -> None:
    line = _full()
    turn = line.turn_of(None, NOW)
    assert turn is not None
    assert line.turn_of(turn, turn) is None
    assert line.turn_of(None, turn) is not None


def test_who_comes_at_their_turn_when_it_went_slower_comes_back_a_little_later() -> None:
    line = Line(at_once=0, at_most=1, seconds_each=0.1)
    first, second = line.turn_of(None, NOW), line.turn_of(None, NOW)
    assert first is not None
    assert second is not None
    assert line.turn_of(first, second) is None
    later = line.turn_of(second, second)
    assert later == pytest.approx(second + 0.1)
    line.leave(0.1)
    assert line.turn_of(later, later) is None


def test_a_place_that_became_free_is_used_by_the_next_who_comes() -> None:
    line = _full()
    assert line.turn_of(None, NOW) is not None
    line.leave(0.1)
    assert line.turn_of(None, NOW) is None


def test_place_is_given_back_when_the_sign_in_fails() -> None:
    line = Line(at_once=1)
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


def test_pace_follows_what_the_work_really_takes() -> None:
    line = Line(at_once=4, seconds_each=0.05)
    for _ in range(200):
        for _ in range(4):
            line.turn_of(None, NOW)
        for _ in range(4):
            line.leave(1.0)
    # Four at once that take a second each: between four and one a second.
    assert 0.25 <= line.seconds_each <= 1.0


@given(
    room=st.integers(1, 5),
    steps=st.lists(st.sampled_from(["come", "leave", "return", "wait"]), max_size=60),
)
def test_turns_never_run_backwards_and_the_room_is_never_overfull_by_newcomers(
    room: int, steps: list[str]
) -> None:
    line, now, turns = Line(at_once=room, at_most=room + 2), NOW, []
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
            line.leave(0.02)
        elif step == "return" and turns:
            line.turn_of(turns[0], now)
        else:
            now += 0.05
        assert line.inside <= room + 2
