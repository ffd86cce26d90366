"""What somebody typed, as far as the words of a directory go."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final

from vssid.kernel.text import clean, is_unaccented
from vssid.reference.searching.vocabulary import BEGUN, SAME, Vocabulary
from vssid.reference.searching.words import question_words

_SHORTEST_SLIP: Final = 4


class Question:
    """For each word that was typed, what each word that may be meant is worth."""

    def __init__(self, vocabulary: Vocabulary, weights: Sequence[float], text: str) -> None:
        meanings = list(_asked(vocabulary, text))
        self.asked = [_worths(meant, weights) for _, meant in meanings]
        # A word that nothing is like counts as a rare one would.
        heaviest = max(weights, default=1.0)
        self.weight = sum(max(one.values(), default=heaviest) for one in self.asked) or 1.0
        """What an answer is worth that has all of it."""
        self._places: dict[int, list[int]] = {}
        self._believed = [_believed(typed, meant) for typed, meant in meanings]
        self._certain = [_certain(meant) for _, meant in meanings]
        told = zip(self._believed, self.asked, strict=True)
        self._rarest, _ = max(
            ((meant, max(worth.values()) if meant else heaviest) for meant, worth in told),
            key=lambda pair: pair[1],
            default=(frozenset[int](), 0.0),
        )
        for place, (_, meant) in enumerate(meanings):
            for word in meant:
                self._places.setdefault(word, []).append(place)
        self._accented = frozenset() if is_unaccented(text) else frozenset(_plain_words(text))

    def together(self, name: Sequence[int]) -> float:
        """The share of neighbours in the question that are neighbours in the name, 0 to 1."""
        pairs = len(self.asked) - 1
        if pairs < 1:
            return 1.0
        places = [self._places.get(word, ()) for word in name]
        found = {place for here, after in pairwise(places) for place in here if place + 1 in after}
        return len(found) / pairs

    def accents(self, name: str) -> float:
        """The share of typed words that a name has with the same accents, 0 to 1."""
        if not self._accented:
            return 0.0
        return len(self._accented.intersection(_plain_words(name))) / len(self._accented)

    def is_all_in(self, words: AbstractSet[int]) -> bool:
        """Whether each word that was typed, slips aside, is one of these."""
        return all(not words.isdisjoint(meant) for meant in self._certain)

    def is_rarest_in(self, words: AbstractSet[int]) -> bool:
        """The same of the word that weighs most, and so tells most."""
        return not words.isdisjoint(self._rarest)


def _worths(meant: Mapping[int, float], weights: Sequence[float]) -> dict[int, float]:
    """The surest last. What is only perhaps meant is never worth more than what was typed."""
    typed = [weights[word] for word, sureness in meant.items() if sureness == SAME]
    most = typed[0] if typed else float("inf")
    ordered = sorted(meant.items(), key=lambda pair: pair[1])
    return {word: min(weights[word], most) * sureness for word, sureness in ordered}


def _believed(typed: str, meant: Mapping[int, float]) -> frozenset[int]:
    """Without slips in a short word: each is one letter away from many others."""
    return frozenset(meant) if len(typed) >= _SHORTEST_SLIP else _certain(meant)


def _certain(meant: Mapping[int, float]) -> frozenset[int]:
    return frozenset(word for word, sureness in meant.items() if sureness >= BEGUN)


def _plain_words(text: str) -> list[str]:
    return clean(text).lower().split()


def _asked(vocabulary: Vocabulary, text: str) -> Iterator[tuple[str, dict[int, float]]]:
    words = question_words(text)
    is_open = not text[-1:].isspace()
    for place, word in enumerate(words):
        meant = vocabulary.meant(word, is_unfinished=is_open and place == len(words) - 1)
        parts = None if meant else vocabulary.split(word)
        if parts is None:
            yield word, meant
        else:
            yield from ((part, vocabulary.meant(part, is_unfinished=False)) for part in parts)
