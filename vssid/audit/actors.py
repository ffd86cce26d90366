"""Who acts. Kept as text: an audit row must outlive the row of whoever caused it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FACILITY_MARK: Final = "KCB"


class ActorKind(StrEnum):
    """The kinds of whoever may act."""

    CITIZEN = "citizen"
    OFFICER = "officer"
    FACILITY = "facility"
    VISITOR = "visitor"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `name` is a BHXH number, an officer's user name, a draft's id or a task's name.

    `office` is the agency code an officer acts for, «KCB» and the code for a health facility (an
    agency may have the same five characters), otherwise empty.
    """

    kind: ActorKind
    name: str
    office: str = ""

    @classmethod
    def citizen(cls, number: str) -> "Actor":
        """The owner of an account."""
        return cls(ActorKind.CITIZEN, number)

    @classmethod
    def officer(cls, user_name: str, office: str) -> "Actor":
        """An officer at the desk of `office`."""
        return cls(ActorKind.OFFICER, user_name, office)

    @classmethod
    def facility(cls, name: str, code: str) -> "Actor":
        """Somebody at a health facility, or a program of it."""
        return cls(ActorKind.FACILITY, name, f"{FACILITY_MARK}{code}")

    @classmethod
    def visitor(cls, draft_id: object) -> "Actor":
        """Somebody without an account, known by the draft they fill in."""
        return cls(ActorKind.VISITOR, str(draft_id))

    @classmethod
    def system(cls, task: str) -> "Actor":
        """A task that runs by itself."""
        return cls(ActorKind.SYSTEM, task)
