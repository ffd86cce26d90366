"""Decisions about petitions, without a database."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from vssid.insurance.lines import LineKind
from vssid.support.models import OPEN, Act, State

# Crockford's base 32: no I, L, O, U to misread on paper.
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD: Final = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_PREFIX: Final = "PA"
_DRAWN: Final = 7
FROM_HOUSEHOLDS: Final = frozenset({"household", "supported"})


class Side(StrEnum):
    """Who moves a petition: the office, the person (or their guardian), or time."""

    OFFICE = "office"
    PERSON = "person"
    TIME = "time"


_MOVES: Final[Mapping[tuple[Side, Act], Mapping[State, State]]] = {
    (Side.OFFICE, Act.TAKE): {State.RECEIVED: State.IN_WORK, State.FORWARDED: State.IN_WORK},
    (Side.OFFICE, Act.ANSWER): dict.fromkeys(OPEN, State.ANSWERED),
    (Side.OFFICE, Act.FORWARD): dict.fromkeys(
        (State.RECEIVED, State.FORWARDED, State.IN_WORK), State.FORWARDED
    ),
    (Side.OFFICE, Act.CLOSE): {State.ANSWERED: State.CLOSED},
    (Side.OFFICE, Act.MERGE): dict.fromkeys(OPEN, State.CLOSED),
    (Side.PERSON, Act.ADD): {
        State.RECEIVED: State.RECEIVED,
        State.FORWARDED: State.FORWARDED,
        State.IN_WORK: State.IN_WORK,
        State.ANSWERED: State.IN_WORK,
    },
    (Side.PERSON, Act.CLOSE): dict.fromkeys(OPEN, State.CLOSED),
    (Side.PERSON, Act.RATE): {State.ANSWERED: State.ANSWERED, State.CLOSED: State.CLOSED},
    (Side.PERSON, Act.REOPEN): {State.CLOSED: State.IN_WORK},
    (Side.TIME, Act.CLOSE): {State.ANSWERED: State.CLOSED},
}


def next_state(state: str, act: Act, side: Side) -> State | None:
    """Where an act of that side leads from a state; None when it may not be done.

    The office answers before it closes; a person who writes back puts an answered petition in work
    again, reopens a closed one (`can_reopen`), and may withdraw one at any time.
    """
    return _MOVES.get((side, act), {}).get(State(state))


def can_reopen(
    state: str,
    *,
    answered: datetime | None,
    closed: datetime | None,
    double_of: str,
    within: timedelta,
    now: datetime,
) -> bool:
    """Whether the person may reopen it: it was answered, and closed less than `within` ago.

    What was withdrawn before an answer, or merged into another one, stays closed.
    """
    was_answered = state == State.CLOSED and answered is not None and not double_of
    return was_answered and closed is not None and now - closed <= within


def is_double(
    one: tuple[str, str, str, str], other: tuple[str, str, str, str], other_state: str
) -> bool:
    """Whether one petition may be merged into another: of the same sender, which is open.

    Each is (code, number, sender, phone); without an account the proven phone says who wrote.
    """
    code, number, sender, phone = one
    is_same = bool(sender or phone) and (number, sender, phone) == other[1:]
    return code != other[0] and is_same and is_open(other_state)


def is_open(state: str) -> bool:
    """Whether a petition is not closed yet."""
    return state in OPEN


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices that could be right, by what leads to them; empty where nothing does.

    `address` serves where the person lives, `issuer` is the agency of the province that issued the
    card, `employer` serves where the employer is, `facility` is the agency of the facility's
    province, `province` that of the person's.
    """

    address: str = ""
    issuer: str = ""
    employer: str = ""
    facility: str = ""
    province: str = ""


def right_office(line: LineKind | None, offices: Offices, *, payer: str = "") -> str:
    """The office a petition goes to, by the line it is about; empty when nothing is known.

    `payer` is the kind of a contribution period: the household's own are looked after where the
    person lives, an employer's where the employer is. Visits belong to the facility's province.
    """
    home = (offices.address, offices.issuer, offices.province)
    by_line: dict[LineKind | None, tuple[str, ...]] = {
        LineKind.PERIOD: home if payer in FROM_HOUSEHOLDS else (offices.employer, *home),
        LineKind.VISIT: (offices.facility, *home),
    }
    order = by_line.get(line, home)
    return next(filter(None, order), "")


def due_day(opened: date, working_days: int) -> date:
    """The day of the answer: that many days after, Saturdays and Sundays not counted."""
    day = opened
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5
    return day


def new_code() -> str:
    """A code for screens and messages, its last character checking the others: «PA7F3K92QD»."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(_DRAWN))
    return f"{_PREFIX}{drawn}{_check(drawn)}"


def parse_code(text: str) -> str:
    """A typed code in its stored form; empty when it cannot be one (a slip is noticed)."""
    letters = "".join(sign for sign in text.upper() if sign.isalnum())
    rest = letters.removeprefix(_PREFIX).translate(_MISREAD)
    is_whole = letters.startswith(_PREFIX) and len(rest) == _DRAWN + 1 and set(rest) <= set(_SIGNS)
    return f"{_PREFIX}{rest}" if is_whole and _check(rest[:-1]) == rest[-1] else ""


def display_code(code: str) -> str:
    """PA7F3K92QD → «PA-7F3K-92QD»."""
    return f"{code[:2]}-{code[2:6]}-{code[6:]}"


def _check(signs: str) -> str:
    """Luhn's sum over base 32: notices every single wrong sign and nearly every swapped pair."""
    total = 0
    for place, sign in enumerate(reversed(signs)):
        value = _SIGNS.index(sign) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return _SIGNS[-total % 32]
