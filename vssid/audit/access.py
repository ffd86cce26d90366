"""The key to a person's record. Record queries ask for it; only audit.commands can make it."""

from dataclasses import dataclass

from vssid.audit.actors import Actor

_SEAL = object()


@dataclass(frozen=True, slots=True)
class Access:
    """Permission to read the record of `subject` (a BHXH number), already written down."""

    subject: str
    actor: Actor
    purpose: str
    seal: object

    def __post_init__(self) -> None:
        """Refuse a value that audit.commands.open_record did not make."""
        if self.seal is not _SEAL:
            raise TypeError("Access is made by audit.commands.open_record only")


def make_access(*, subject: str, actor: Actor, purpose: str) -> Access:
    """For audit.commands.open_record alone; an architecture test holds it."""
    return Access(subject=subject, actor=actor, purpose=purpose, seal=_SEAL)
