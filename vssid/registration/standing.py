"""How a declared identity paper stands to the registry's: values in, a value out."""

from enum import StrEnum
from typing import Final

from vssid.people.models import Person

RENEWS: Final = {
    "cccd": {"", "cmnd", "cccd"}, "cmnd": {"", "cmnd"}, "passport": {"", "passport"},
}  # fmt: skip
"""A renewed paper takes the place of one of these; another kind of paper stands beside it."""


class Standing(StrEnum):
    """What a number on paper is to the person of the declared BHXH number."""

    CURRENT = "current"
    FORMER = "former"
    OTHER = "other"
    UNKNOWN = "unknown"


def standing(id_kind: str, id_number: str, person: Person | None) -> Standing:
    """Whether a paper is the one that the registry names, or one that stands beside it.

    FORMER: it still leads to the person (`person.papers`), but the registry names what took its
    place, as a CCCD that of a CMND. UNKNOWN: the registry names none, or nobody has the number.
    """
    if person is None or not person.id_number:
        is_known = person is not None and id_number in person.papers
        return Standing.CURRENT if is_known else Standing.UNKNOWN
    if id_number == person.id_number:
        return Standing.CURRENT
    if id_number not in person.papers:
        return Standing.OTHER
    is_renewed = id_kind in RENEWS.get(person.id_kind, set())
    return Standing.FORMER if is_renewed else Standing.CURRENT
