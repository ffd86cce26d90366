"""The key to a person's record. Record queries ask for it; only audit.commands can make it."""

from collections.abc import Mapping
from dataclasses import dataclass

from vssid.audit.actors import Actor

_SEAL = object()


@dataclass(frozen=True, slots=True)
class Access:
    """Permission to read the record of `subject` (a BHXH number).

    The look is written down already, or `look` holds its row for the statement that reads.
    """

    subject: str
    actor: Actor
    purpose: str
    seal: object
    look: Mapping[str, object] | None = None

    def __post_init__(self) -> None:
        """Refuse a value that audit.commands.open_record did not make."""
        if self.seal is not _SEAL:
            raise TypeError("Access is made by audit.commands.open_record only")


def make_access(
    *, subject: str, actor: Actor, purpose: str, look: Mapping[str, object] | None = None
) -> Access:
    """For audit.commands.open_record alone; an architecture test holds it."""
    return Access(subject=subject, actor=actor, purpose=purpose, seal=_SEAL, look=look)
