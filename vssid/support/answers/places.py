"""The directories, as the assistant asks them: one place to put another search in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vssid.reference import lookups
from vssid.support.answers import reading
from vssid.support.answers.bank import bank

_MOST: Final = 3
_LONGEST: Final = 200

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
    Empty when nothing is named or nothing found.
    """
    typed = _respelt(text[:_LONGEST])
    for around in ("around_places", "loosely_around_places"):
        named = [word for word in typed if word not in _listed(around)]
        found = _named(named, directory)
        if found:
            return found
    return ()


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
    return _facilities(" ".join(words)) or _facilities(" ".join(telling))


def _offices(name: str) -> Sequence[Found]:
    # The space says that the last word is finished.
    found = lookups.find_agencies(lookups.Wanted(f"{name} "))
    named = [one for one in found.views if one.code in found.exact]
    return [Found(one.name, one.address, one.phone) for one in named[:_MOST]]


def _facilities(name: str) -> Sequence[Found]:
    found = lookups.find_facilities(lookups.Wanted(name)).views
    # The look-up forgives; here whoever names no facility at all must not be shown the nearest.
    named = [one for one in found if set(name.split()) <= set(reading.words(one.name))]
    return [Found(one.name, one.address, one.phone) for one in named[:_MOST]]
