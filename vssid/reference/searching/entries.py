"""What a directory hands over to be found, and what a question may be narrowed to."""

from dataclasses import dataclass
from typing import NamedTuple

from vssid.reference.rows import Point


class Served(NamedTuple):
    """An area that leads to who serves it; `where` a commune of before 1/7/2025 was.

    `is_partly`: others serve more of it, and come first.
    """

    name: str
    where: tuple[str, ...] = ()
    is_partly: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: its names of today and before, other words, codes, place.

    `serves` are areas that lead to it, but not before one that bears the name itself. Of an entry
    of some kind («trạm y tế») they are found with the kind as well.
    `key` is what the caller knows it by; `beside` are parts of its address, areas and the like;
    `properties` are bits that a question may ask for; an entry that `is_ended` comes after others
    of the same name. Province and commune are codes of today.
    """

    key: str
    names: tuple[str, ...]
    beside: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    province: str = ""
    commune: str = ""
    point: Point | None = None
    properties: int = 0
    is_ended: bool = False
    sort_key: str = ""
    serves: tuple[Served, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, and by which of the areas it serves, if by one.

    `called`: the name that was meant, empty where it was found otherwise.
    `has_all`: every word of the question is in its name or its place; `has_each`: each, or one that
    it may be a slip of, but for those that say a kind. `near`: it is of the kind that was asked
    for, and this far from the place of the name: the name of that place, kilometres.
    """

    entry: Entry
    served: Served | None = None
    has_all: bool = True
    has_each: bool = True
    near: tuple[str, float] | None = None
    called: str = ""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which entries a question is about: codes of today's areas, empty for all; bits of them."""

    province: str = ""
    commune: str = ""
    properties: int = 0

    def admits(self, entry: Entry) -> bool:
        """Whether the entry is one of them."""
        return (
            (not self.province or entry.province == self.province)
            and (not self.commune or entry.commune == self.commune)
            and entry.properties & self.properties == self.properties
        )
