"""Reads what people type: without accents, abbreviated, misspelt, glued together, at any length.

What is known of their words stands as data in words.toml. Everything here takes time in proportion
to the text, of which no more than `LONGEST` characters are read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from vssid.kernel.text import fold

LONGEST: Final = 2_000
_MOST_WORDS: Final = 240
_MOST_CLAUSES: Final = 8
_LONGEST_PHRASE: Final = 6
_LONGEST_WORD: Final = 40
_SHORTEST_REPAIRED: Final = 4
_SHORTEST_GLUED: Final = 6
_WORD: Final = re.compile(r"[a-z0-9]+|%")
_OFTENER: Final = 5
_ENGLISH_WORDS: Final = 2
"""So many words that only English has, or every third word, make a text English."""
_VNI_KEY: Final = re.compile(r"(?<=[a-z])[1-9]+")
_TELEX_HAT: Final = re.compile(r"([aeod])\1|(?<=[aou])w")
_TELEX_TONE: Final = re.compile(r"(?<=[aeiouy])[sfrxj]|[sfrxj]$")
_SENTENCE_END: Final = re.compile(r"[.,;:?!\n()]+")

Phrases = Mapping[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Lexicon:
    """Words of people. `instead` puts right, `same` leads to one word for one meaning.

    `english` leads from English to the words of the others, in texts that are English.

    `known` holds every word that is met in the bank, with how often: unknown ones are compared
    with them.
    """

    filler: frozenset[str]
    instead: Phrases
    same: Phrases
    english: Phrases
    only_english: frozenset[str]
    known: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def _without_one(self) -> dict[str, str]:
        """Every known word with any one letter left out, and the most frequent word it came of."""
        found: dict[str, str] = {}
        for word in sorted(self.known, key=lambda one: (-self.known[one], one)):
            if len(word) >= _SHORTEST_REPAIRED:
                for short in (word, *_shortened(word)):
                    found.setdefault(short, word)
        return found

    def repaired(self, word: str) -> tuple[str, ...]:
        """A word of the bank that differs by one letter, or the words that were glued together."""
        if word in self.known or word.isdigit() or len(word) > _LONGEST_WORD:
            return (word,)
        plain = _without_keys(word)
        if plain != word and plain in self.known:
            return (plain,)
        if len(word) < _SHORTEST_REPAIRED:
            return (word,)
        shorter = [short for short in _shortened(word) if short in self.known and len(short) > 2]
        if shorter:
            return (max(shorter, key=lambda one: (self.known[one], one)),)
        near = self._without_one.get(word) or next(
            (self._without_one[short] for short in _shortened(word) if short in self._without_one),
            None,
        )
        if near:
            return (near,)
        return self._unglued(word) or (word,)

    def _unglued(self, word: str) -> tuple[str, ...]:
        if len(word) < _SHORTEST_GLUED:
            return ()
        best: dict[int, tuple[str, ...]] = {0: ()}
        for end in range(2, len(word) + 1):
            for begin in range(max(0, end - 8), end - 1):
                if begin in best and word[begin:end] in self.known:
                    parts = (*best[begin], word[begin:end])
                    if end not in best or len(parts) < len(best[end]):
                        best[end] = parts
        return best.get(len(word), ())


def lexicon(data: Mapping[str, object], known: Mapping[str, int]) -> Lexicon:
    """The lexicon of words.toml, and the words of the bank."""
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    for word, ways in _table(data, "same").items():
        for way in ways.split(";"):
            same[words(way)] = (word,)
    instead = {words(way): words(right) for way, right in _table(data, "instead").items()}
    english = {
        words(way): words(right)
        for ways, right in _table(data, "english").items()
        for way in ways.split(";")
    }
    filler = frozenset(words(str(data["filler"])))
    only_english = frozenset(words(str(data["only_english"])))
    every = _without_slips(known)
    for parts in (*same, *same.values(), *instead.values(), *english.values()):
        for part in parts:
            every[part] = every.get(part, 0) + 1
    for part in filler:
        every.setdefault(part, 1)
    return Lexicon(filler, instead, same, english, only_english, every)


def _without_slips(known: Mapping[str, int]) -> dict[str, int]:
    """The words but those that are another one, far more frequent, with keys left in."""
    return {
        word: times
        for word, times in known.items()
        if (plain := _without_keys(word)) == word or known.get(plain, 0) < _OFTENER * times
    }


def sentences(text: str) -> list[str]:
    """The text as a whole and, if it has several, its first different clauses."""
    short = text[:LONGEST]
    parts = list(dict.fromkeys(part.strip() for part in _SENTENCE_END.split(short)))
    parts = [part for part in parts if part][:_MOST_CLAUSES]
    return [short, *parts] if len(parts) > 1 else [short]


def meanings(text: str, known: Lexicon) -> list[str]:
    """What is left of a text: one word for each meaning, without filler, in its order."""
    right = _replaced(_typed(text, known), known.instead)
    repaired = [part for word in right for part in known.repaired(word)]
    return [word for word in _replaced(repaired, known.same) if word not in known.filler]


def pairs(found: Sequence[str]) -> list[str]:
    """Neighbours, so that the order of words counts a little."""
    return [f"{one} {other}" for one, other in pairwise(found)]


def grams(found: Sequence[str], size: int = 4) -> list[str]:
    """Runs of letters across words, so that a wrong letter spoils only a few."""
    text = f" {' '.join(found)} "
    return [text[at : at + size] for at in range(len(text) - size + 1)]


def corrected(text: str, known: Lexicon) -> list[str]:
    """The words as they were typed, only what is misspelt or short for something put right."""
    return _replaced(_typed(text, known), known.instead)


def _typed(text: str, known: Lexicon) -> Sequence[str]:
    typed = words(text[:LONGEST])[:_MOST_WORDS]
    of_english = sum(word in known.only_english for word in typed)
    is_english = of_english >= min(_ENGLISH_WORDS, max(1, len(typed) / 3))
    return _replaced(typed, known.english) if is_english else typed


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; what has no letters or digits is none."""
    return tuple(word for part in text.split() for word in _folded(part))


@lru_cache(maxsize=16384)
def _folded(part: str) -> tuple[str, ...]:
    """Few syllables make up all texts: each is folded once."""
    return tuple(_WORD.findall(fold(part)))


def _table(data: Mapping[str, object], name: str) -> dict[str, str]:
    table = data[name]
    if not isinstance(table, dict):
        raise TypeError(f"words.toml: {name} must be a table")
    return {str(key): str(value) for key, value in table.items()}


def _replaced(words: Sequence[str], phrases: Phrases) -> list[str]:
    """The longest phrase that begins at a word is replaced, then the next word is looked at."""
    found: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            new = phrases.get(tuple(words[at : at + length]))
            if new is not None:
                found.extend(new)
                at += length
                break
        else:
            found.append(words[at])
            at += 1
    return found


def _without_keys(word: str) -> str:
    """What was meant by keys of Telex or VNI that no program turned into accents.

    «ddieenj», «d9ie6n5» → «dien».
    """
    letters = _VNI_KEY.sub("", word)
    if letters == word:
        letters = _TELEX_TONE.sub("", _TELEX_HAT.sub(r"\1", word), count=1)
    return letters


def _shortened(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
