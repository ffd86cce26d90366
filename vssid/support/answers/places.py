"""The directories, as the assistant asks them: one place to put another search in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vssid.reference import lookups
from vssid.reference.searching import nearness
from vssid.support.answers import reading
from vssid.support.answers.bank import bank

_MOST: Final = 3
_LONGEST: Final = 200
_MOST_NAMED: Final = 6

# Kinds that are part of a facility's name; of offices they only say what is sought.
_KIND_WORDS: Final = frozenset(
    {"benh", "vien", "trung", "tam", "tram", "phong", "kham", "da", "khoa", "y", "te"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A place: its name, where it is, its phone or empty."""

    name: str
    address: str
    phone: str


def find_places(text: str, directory: str) -> Sequence[Found]:
    """What a question names in a directory («offices», «facilities»), the best first, at most 3.

    «cơ quan nào ở Thanh Trì», «bệnh viện bạch mai ở đâu»: the words around the name are left out.
    Empty when nothing is named («bệnh viện nào gần nhà tôi») or nothing found.
    """
    typed = _respelt(_without_nearness(text))
    for around in ("around_places", "loosely_around_places"):
        named = [word for word in typed if word not in _listed(around)]
        found = _named(named, directory)
        if found:
            return found
    return ()


def named_place(text: str) -> str:
    """The name in a question about a place, as it was typed; empty when none is named.

    At most six words: what is longer is a story, not a name.
    """
    left_out = _listed("around_places") | _KIND_WORDS
    asked = _without_nearness(text)
    named = [word for word in _respelt(asked) if word not in left_out]
    if not 0 < len(named) <= _MOST_NAMED:
        return ""
    typed = asked.split()
    return " ".join(word for word in typed if set(reading.words(word)) & set(named))


def _without_nearness(text: str) -> str:
    """What is left to name a place: where the person is stands in no directory."""
    return nearness.without_nearness(text[:_LONGEST])[0]


def _respelt(text: str) -> list[str]:
    """The words, short ones of places written out: «bv» is «benh vien»."""
    short = bank().words["short_places"]
    table = short if isinstance(short, dict) else {}
    return [part for word in reading.words(text) for part in str(table.get(word, word)).split()]


@lru_cache(maxsize=4)
def _listed(name: str) -> frozenset[str]:
    return frozenset(reading.words(str(bank().words[name])))


def _named(words: Sequence[str], directory: str) -> Sequence[Found]:
    telling = [word for word in words if word not in _KIND_WORDS]
    if not telling:
        return ()
    if directory == "offices":
        return _offices(" ".join(telling))
    # With the kind in its name first, «trạm y tế …» and «bệnh viện …» being many.
    kinds = [word for word in words if word in _KIND_WORDS]
    return _facilities(telling, kinds) or _facilities(telling, ())


def _offices(name: str) -> Sequence[Found]:
    # The space says that the last word is finished.
    found = lookups.find_agencies(lookups.Wanted(f"{name} "))
    named = [one for one in found.views if one.code in found.exact]
    return [Found(one.name, one.address, one.phone) for one in named[:_MOST]]


def _facilities(telling: Sequence[str], kinds: Sequence[str]) -> Sequence[Found]:
    name = " ".join(telling)
    found = lookups.find_facilities(lookups.Wanted(" ".join([*kinds, name])))
    # The look-up forgives; here whoever names no facility at all must not be shown the nearest.
    named = [
        one
        for one in found.views
        if _is_meant(one.name, one.address, telling, kinds)
        or (one.code in found.served and one.code in found.exact and _is_of(one.name, kinds))
    ]
    return [Found(one.name, one.address, one.phone) for one in named[:_MOST]]


def _is_meant(name: str, address: str, telling: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether a facility bears the name, or stands at the place of that name."""
    of_name = reading.words(name)
    if not _is_of(name, kinds):
        return False
    at = f" {' '.join(reading.words(address))} "
    return set(telling) <= set(of_name) or f" {' '.join(telling)} " in at


def _is_of(name: str, kinds: Sequence[str]) -> bool:
    return set(kinds) <= set(reading.words(name))
