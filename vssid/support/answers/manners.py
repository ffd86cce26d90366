"""What asks nothing: a greeting, a call for help, thanks, despair, anger (manners.toml)."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from vssid.support.answers import reading
from vssid.support.answers.bank import bank

_READ: Final = 600
_LONGEST_PHRASE: Final = 6
_WORD: Final = re.compile(r"\w+")
_CLAUSE_END: Final = re.compile(r"[.,;:?!\n]+")
# Beside these a word such as «tự sát» may be part of a question that is ours.
_OUR_WORDS: Final = frozenset({"bhxh", "bhyt", "bhtn", "hiem", "tuat", "phi", "huong", "insurance"})


class Manner(StrEnum):
    """How somebody speaks who asks nothing."""

    GREETING = "greeting"
    HELP = "help"
    THANKS = "thanks"
    DESPAIR = "despair"
    ANGER = "anger"


def manner_of(text: str) -> Manner | None:
    """The manner of a text; None for one that may ask something.

    Despair goes before everything: whoever speaks of dying is not answered about insurance.
    """
    short = text[:_READ]
    said = reading.words(short)
    if _despairs(short, said):
        return Manner.DESPAIR
    for manner in (Manner.GREETING, Manner.HELP, Manner.THANKS):
        if _is_only(said, manner.value):
            return manner
    return None


def without_anger(text: str) -> str | None:
    """The text without its rude words; None when it has none, empty when nothing else is said."""
    clauses = [reading.words(one) for one in _CLAUSE_END.split(text[: reading.LONGEST])]
    calm = [_calm(one) for one in clauses]
    if sum(map(len, calm)) == sum(map(len, clauses)):
        return None
    is_telling = any(set(one) - _around() for one in calm)
    return ". ".join(" ".join(one) for one in calm if one) if is_telling else ""


def _calm(said: tuple[str, ...]) -> list[str]:
    rude, left, at = _phrases("anger"), [], 0
    while at < len(said):
        length = _longest_at(said, at, rude)
        if not length:
            left.append(said[at])
        at += length or 1
    return left


def _despairs(text: str, said: tuple[str, ...]) -> bool:
    if _holds(said, _phrases("despair")):
        return True
    if _OUR_WORDS & set(said):
        return False
    spoken = f" {' '.join(_WORD.findall(text.lower()))} "
    accented = str(_data()["despair_accented"]).split(";")
    named = any(f" {one.strip()} " in spoken for one in accented)
    return named or _holds(said, _phrases("despair_alone"))


def _is_only(said: tuple[str, ...], name: str) -> bool:
    """Whether a text is made of the phrases, with nothing telling before, between or after them."""
    found, at = 0, 0
    while at < len(said):
        length = _longest_at(said, at, _phrases(name))
        if not length and said[at] not in _around():
            return False
        found += bool(length)
        at += length or 1
    return found > 0


def _holds(said: tuple[str, ...], phrases: frozenset[tuple[str, ...]]) -> bool:
    return any(_longest_at(said, at, phrases) for at in range(len(said)))


def _longest_at(said: tuple[str, ...], at: int, phrases: frozenset[tuple[str, ...]]) -> int:
    """How many words from a place on are a phrase; 0 when none is."""
    for length in range(min(_LONGEST_PHRASE, len(said) - at), 0, -1):
        if said[at : at + length] in phrases:
            return length
    return 0


def _data() -> Mapping[str, object]:
    return bank().manners


@lru_cache(maxsize=8)
def _phrases(name: str) -> frozenset[tuple[str, ...]]:
    return frozenset(reading.words(one) for one in str(_data()[name]).split(";") if one.strip())


@lru_cache(maxsize=1)
def _around() -> frozenset[str]:
    return frozenset(reading.words(str(_data()["around"])))
