"""What was read from an ID paper and differs from what was declared, as the desk shows it."""

from dataclasses import dataclass
from enum import StrEnum

from vssid.registration.models import Declaration


class Severity(StrEnum):
    """How much a difference weighs: a BAD one is a risk that two officers look at."""

    NOTE = "note"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One field, already in the reader's words: what was declared, what the paper says."""

    field: str
    said: str
    read: str
    severity: Severity


def findings_of(declaration: Declaration) -> tuple[Finding, ...]:
    """The differences found in the photos of a declaration; none while nothing reads them."""
    return ()
