"""The words of a name, an address or a question: folded, spelled out, split."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from vssid.kernel.text import fold
from vssid.reference.searching.abbreviations import LONG, SHORT

MOST_WORDS: Final = 16
"""Of a question; no name that people know by heart is longer."""

_PARTS: Final = re.compile(r"[^\W_]+")
# «Q1», «P.4», «quan3»: a kind of place and its number, written as one.
_NUMBERED: Final = re.compile(r"([a-z]{1,6}?)([0-9]{1,2})")
_IN_FULL: Final = frozenset({"quan", "phuong"})
_LONG: Final = re.compile(r"\b(?:" + "|".join(sorted(LONG, key=len, reverse=True)) + r")\b")
_TELEX_TONES: Final = "sfrxj"
_TELEX_LETTERS: Final = re.compile(r"([aeod])\1")


def words_of(text: str) -> tuple[str, ...]:
    """«BV. ĐK Q1» → benh vien da khoa quan 1. For names and addresses of the directories."""
    return tuple(_spelled_out(_joined(text)))


def question_words(text: str) -> tuple[str, ...]:
    """The same for what is being typed; its last word may be unfinished and stays as it is.

    At most MOST_WORDS: who pastes a page is answered by its beginning.
    """
    parts = _joined(text).split()[:MOST_WORDS]
    if parts and len(parts[-1]) == 1 and not text[-1:].isspace():
        return (*_spelled_out(" ".join(parts[:-1])), parts[-1])[:MOST_WORDS]
    return tuple(_spelled_out(" ".join(parts)))[:MOST_WORDS]


def without_telex(word: str) -> str:
    """«beejnh» → «benh»: keys of a Vietnamese keyboard (Telex) that was not switched on."""
    plain = _TELEX_LETTERS.sub(r"\1", word).replace("w", "")
    for place in range(len(plain) - 1, 1, -1):
        if plain[place] in _TELEX_TONES:
            return plain[:place] + plain[place + 1 :]
    return plain


def _joined(text: str) -> str:
    plain = " ".join(word for part in text.split() for word in _folded(part))
    return _LONG.sub(lambda found: LONG[found[0]], plain)


def _spelled_out(plain: str) -> Iterator[str]:
    for word in plain.split():
        yield from _spelled(word)


@lru_cache(maxsize=16384)
def _spelled(word: str) -> tuple[str, ...]:
    if word in SHORT:
        return tuple(SHORT[word].split())
    numbered = _NUMBERED.fullmatch(word)
    if numbered and (numbered[1] in SHORT or numbered[1] in _IN_FULL):
        kind = SHORT.get(numbered[1], numbered[1])
        return (*kind.split(), str(int(numbered[2])))
    return (str(int(word)),) if len(word) == 2 and word.isascii() and word.isdecimal() else (word,)


@lru_cache(maxsize=16384)
def _folded(part: str) -> tuple[str, ...]:
    """Few syllables make up all names: each is folded once."""
    return tuple(_PARTS.findall(fold(part)))
