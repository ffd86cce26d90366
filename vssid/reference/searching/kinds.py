"""The kind of a place in its name: «bệnh viện», «trạm y tế», however short it was typed.

Thousands have the same kind, and some kinds are rare, so their words would weigh either nothing or
more than the name itself: «bệnh viện Bạch Mai» is asked for Bạch Mai, and not for any hospital. A
kind that is said counts as one word that tells little, and other kinds come after it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

HOSPITAL, HEALTH_CENTRE, STATION, CLINIC, GENERAL = 1, 2, 4, 8, 16

PHRASES: Final[dict[str, int]] = {
    "trung tam y te": HEALTH_CENTRE,
    "tram y te": STATION,
    "phong kham": CLINIC,
    "benh vien": HOSPITAL,
    "da khoa": GENERAL,
}
"""Words as `words` spells them out; the longer ones first. «Đa khoa» says no kind by itself."""

PLACES: Final = HOSPITAL | HEALTH_CENTRE | STATION | CLINIC
ALL: Final = PLACES | GENERAL
WORTH: Final = 1.0
"""What a kind weighs; a word of a name weighs 2 to 9."""

_TREATING: Final = HOSPITAL | HEALTH_CENTRE
_ALIKE, _OTHER = 0.1, 0.4
_SAID: Final = re.compile(r"\b(?:" + "|".join(PHRASES) + r")\b")


def kinds_of_name(words: Sequence[str]) -> tuple[int, list[str]]:
    """The kinds that a name says, as bits, and its other words."""
    plain = " ".join(words)
    said = _SAID.findall(plain)
    if not said:
        return 0, list(words)
    return _bits(said), _SAID.sub(" ", plain).split()


def kinds_of_question(
    meant: Sequence[Collection[int]], numbers: Mapping[str, int]
) -> tuple[int, frozenset[int]]:
    """The kinds that are asked for, and the places of the words that say so.

    `meant` are for each place the words that may be meant. The words of a kind stand together, or
    its first ones at the end and the rest in front («viện Bạch Mai bệnh»).
    """
    said: list[str] = []
    taken: set[int] = set()
    for phrase in PHRASES:
        words = [numbers[word] for word in phrase.split()]
        for start in range(len(meant)):
            places = [(start + step) % len(meant) for step in range(len(words))]
            if (
                len(words) <= len(meant)
                and taken.isdisjoint(places)
                and _says(meant, places, words)
            ):
                said.append(phrase)
                taken.update(places)
    return _bits(said), frozenset(taken)


def words_of_kinds(own: int) -> list[str]:
    """The words that say these kinds."""
    return [word for phrase, kind in PHRASES.items() if own & kind for word in phrase.split()]


def gained(asked: int) -> list[float]:
    """By the kinds of a name, what it holds of those that are asked for."""
    return [WORTH * (asked & own).bit_count() for own in range(ALL + 1)]


def lost(asked: int) -> list[float]:
    """By the kinds of a name, how far it comes behind because it is of another kind."""
    return list(_lost(asked & PLACES))


def is_other(asked: int, own: int) -> bool:
    """Whether a name is of another kind, and of none that serves as well."""
    asked, own = asked & PLACES, own & PLACES
    is_as_good = bool(asked & _TREATING and own & _TREATING)
    return bool(asked and not asked & own and not is_as_good)


def _lost(asked: int) -> Iterator[float]:
    for own in range(ALL + 1):
        if not asked or not own & PLACES or asked & own:
            yield 0.0
        else:
            yield _OTHER if is_other(asked, own) else _ALIKE


def _says(meant: Sequence[Collection[int]], places: Sequence[int], words: Sequence[int]) -> bool:
    return all(word in meant[place] for place, word in zip(places, words, strict=True))


def _bits(said: Collection[str]) -> int:
    found = 0
    for phrase in said:
        found |= PHRASES[phrase]
    return found
