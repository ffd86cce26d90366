"""What a directory hands over to be found, and what a question may be narrowed to."""

from dataclasses import dataclass

from vssid.reference.rows import Point


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: its names of today and before, other words, codes, place.

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
