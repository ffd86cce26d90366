"""Where petitions go, who may move them, until when they are answered, what their codes notice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.insurance.lines import LineKind
from vssid.support import rules
from vssid.support.models import Act, State
from vssid.support.rules import Offices, Side

ALL = Offices("00114", "001", "07906", "031", "038")


@pytest.mark.parametrize(
    ("kind", "offices", "payer", "wanted"),
    [
        (LineKind.CARD, ALL, "", "00114"),
        (LineKind.CARD, Offices(issuer="001", province="038"), "", "001"),
        (LineKind.PERIOD, ALL, "compulsory", "07906"),
        (LineKind.PERIOD, ALL, "household", "00114"),
        (LineKind.PERIOD, ALL, "supported", "00114"),
        (LineKind.PERIOD, Offices(address="00114", facility="031"), "compulsory", "00114"),
        (LineKind.BENEFIT, ALL, "", "00114"),
        (LineKind.VISIT, ALL, "", "031"),
        (LineKind.VISIT, Offices(address="00114", employer="07906"), "", "00114"),
        (LineKind.PERSON, ALL, "", "00114"),
        (LineKind.PERSON, Offices(province="038"), "", "038"),
        (None, ALL, "", "00114"),
        (LineKind.VISIT, Offices(), "", ""),
    ],
)
def test_line_goes_to_the_office_that_looks_after_it(
    kind: LineKind | None, offices: Offices, payer: str, wanted: str
) -> None:
    assert rules.right_office(kind, offices, payer=payer) == wanted


@pytest.mark.parametrize(
    ("side", "act", "state", "wanted"),
    [
        (Side.OFFICE, Act.TAKE, State.RECEIVED, State.IN_WORK),
        (Side.OFFICE, Act.TAKE, State.FORWARDED, State.IN_WORK),
        (Side.OFFICE, Act.TAKE, State.IN_WORK, None),
        (Side.OFFICE, Act.ANSWER, State.RECEIVED, State.ANSWERED),
        (Side.OFFICE, Act.FORWARD, State.IN_WORK, State.FORWARDED),
        (Side.OFFICE, Act.FORWARD, State.ANSWERED, None),
        (Side.OFFICE, Act.CLOSE, State.IN_WORK, None),
        (Side.OFFICE, Act.CLOSE, State.ANSWERED, State.CLOSED),
        (Side.OFFICE, Act.ADD, State.IN_WORK, None),
        (Side.PERSON, Act.ADD, State.ANSWERED, State.IN_WORK),
        (Side.PERSON, Act.ADD, State.FORWARDED, State.FORWARDED),
        (Side.PERSON, Act.CLOSE, State.RECEIVED, State.CLOSED),
        (Side.PERSON, Act.ANSWER, State.IN_WORK, None),
        (Side.TIME, Act.CLOSE, State.ANSWERED, State.CLOSED),
        (Side.TIME, Act.CLOSE, State.IN_WORK, None),
    ],
)
def test_who_may_move_which_state_to_which(
    side: Side, act: Act, state: State, wanted: State | None
) -> None:
    assert rules.next_state(state, act, side) == wanted


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("act", Act)
def test_only_its_sender_opens_a_closed_petition_again(side: Side, act: Act) -> None:
    may = {Act.REOPEN: State.IN_WORK, Act.RATE: State.CLOSED} if side is Side.PERSON else {}
    assert rules.next_state(State.CLOSED, act, side) == may.get(act)


@pytest.mark.parametrize(
    ("opened", "days", "wanted"),
    [
        (date(2026, 11, 23), 10, date(2026, 12, 7)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 29), 5, date(2026, 12, 4)),
    ],
)
def test_saturdays_and_sundays_are_not_counted(opened: date, days: int, wanted: date) -> None:
    assert rules.due_day(opened, days) == wanted


def test_code_is_read_however_it_was_typed() -> None:
    code = rules.new_code()
    shown = rules.display_code(code)
    assert len(shown) == 12
    for typed in (code, shown, shown.lower(), f" {shown} ", shown.replace("-", " ")):
        assert rules.parse_code(typed) == code


@given(st.integers(2, 9), st.sampled_from(rules._SIGNS))
def test_one_wrong_sign_is_noticed(place: int, sign: str) -> None:
    code = rules.new_code()
    slip = code[:place] + sign + code[place + 1 :]
    assert rules.parse_code(slip) == (code if slip == code else "")


@pytest.mark.parametrize("typed", ["", "PA", "TK7F3K92QD", "PA\0", "PA-7F3K-92QDX", "x" * 900])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert rules.parse_code(typed) == ""
