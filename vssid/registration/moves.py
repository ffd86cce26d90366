"""Which offices a declaration went through, as its events tell."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vssid.audit.queries import acts_on
from vssid.registration.models import Declaration

_MOVES: Final = ("declaration.hand-over", "declaration.move", "declaration.take-over")
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Move:
    """When it came to another office, by its code."""

    at: datetime
    office: str


def moves_of(declaration: Declaration) -> list[Move]:
    """Handed over, taken over or moved with its office, the oldest first, the last twenty.

    Not what an officer gives to a colleague of the same office.
    """
    acts = acts_on(subject=declaration.number, code=declaration.code, limit=_SHOWN, only=_MOVES)
    moves = [Move(one.at, str(one.details["to"])) for one in acts if "from" in one.details]
    return moves[::-1]
