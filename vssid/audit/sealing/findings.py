"""What checking the chains may find."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of findings, as `verify_audit` prints them."""

    CHANGED = "changed"
    """The event does not fit its link any more, or the chain was cut and joined before it."""
    REORDERED = "reordered"
    """Fits at another place of its chain."""
    REMOVED_EVENT = "removed event"
    """The seal is there, its event is not."""
    REMOVED_SEAL = "removed seal"
    """A place of the chain is empty."""
    REWRITTEN_SEAL = "rewritten seal"
    """The event fits, but its link was overwritten."""
    ADDED = "added"
    """Says that it is older than a signed head which does not have it."""
    UNSEALED = "unsealed"
    """Events wait longer for their seal than a working sealer lets them."""
    UNSIGNED = "unsigned"
    """Sealed events wait longer for a signed head than a working worker lets them."""
    DIFFERS = "differs from its signed head"
    """The chain is not the one that was signed: rewritten, cut off or replaced."""
    HOLD_UNTOLD = "hold without its event"
    """No event tells of the hold: somebody put it in to hide looks."""
    HOLD_TERM = "hold with another term"
    """Not the term that its event tells, or longer than a decision may say."""
    HOLD_REMOVED = "removed hold"
    """The event tells of a hold that is not there."""
    HEAD_FORGED = "forged head"
    """No signature of a key that counts, or a wrong one."""
    HEAD_UNREADABLE = "unreadable head"
    HEAD_MISSING = "missing head"
    """A number is left out, or there is no head at all."""
    HEAD_MISPLACED = "head does not follow"
    """It does not name the file before it, or goes back."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `where` names the shard and position, the event or the file."""

    kind: Kind
    where: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}"
