"""What a paper that somebody checks is worth, decided from values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CheckState(StrEnum):
    """What a statement is worth on the day it is checked."""

    VALID = "valid"
    RECORD_CHANGED = "record-changed"
    FILE_CHANGED = "file-changed"
    REVOKED = "revoked"
    EXPIRED = "expired"


TELLING = frozenset({CheckState.VALID, CheckState.RECORD_CHANGED})
"""The states in which a check tells more than the state."""


@dataclass(frozen=True, slots=True)
class StatementCheck:
    """What whoever holds a statement may see: `name` and `number` masked.

    `totals` are months by fund: paid, late, settled, and of the paid ones voluntary and before
    1995; as they were when it was issued.
    """

    state: CheckState
    code: str
    name: str
    number: str
    issued_at: datetime
    kept_until: date
    totals: Mapping[str, list[int]]

    @property
    def tells(self) -> bool:
        """Whether the holder and the totals are shown."""
        return self.state in TELLING


def state_of(*, revoked: bool, over: bool, same_file: bool, same_record: bool) -> CheckState:
    """Revoked and expired come first: nothing more is told of such a statement."""
    if revoked:
        return CheckState.REVOKED
    if over:
        return CheckState.EXPIRED
    if not same_file:
        return CheckState.FILE_CHANGED
    return CheckState.VALID if same_record else CheckState.RECORD_CHANGED
