"""What somebody typed, as far as the words of a directory go."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from vssid.kernel.text import clean, is_unaccented
from vssid.reference.searching.vocabulary import SAME, Vocabulary
from vssid.reference.searching.words import question_words


class Question:
    """For each word that was typed, what each word that may be meant is worth."""

    def __init__(self, vocabulary: Vocabulary, weights: Sequence[float], text: str) -> None:
        meanings = list(_asked(vocabulary, text))
        self.asked = [_worths(meant, weights) for meant in meanings]
        # A word that nothing is like counts as a rare one would.
        heaviest = max(weights, default=1.0)
        self.weight = sum(max(one.values(), default=heaviest) for one in self.asked) or 1.0
        """What an answer is worth that has all of it."""
        self._places: dict[int, list[int]] = {}
        for place, meant in enumerate(meanings):
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

    def accents(self, names: Sequence[str]) -> float:
        """The share of typed words that a name has with the same accents, 0 to 1."""
        if not self._accented:
            return 0.0
        return max(
            len(self._accented.intersection(_plain_words(name))) / len(self._accented)
            for name in names
        )


def _worths(meant: Mapping[int, float], weights: Sequence[float]) -> dict[int, float]:
    """The surest last. What is only perhaps meant is never worth more than what was typed."""
    typed = [weights[word] for word, sureness in meant.items() if sureness == SAME]
    most = typed[0] if typed else float("inf")
    ordered = sorted(meant.items(), key=lambda pair: pair[1])
    return {word: min(weights[word], most) * sureness for word, sureness in ordered}


def _plain_words(text: str) -> list[str]:
    return clean(text).lower().split()


def _asked(vocabulary: Vocabulary, text: str) -> Iterator[dict[int, float]]:
    words = question_words(text)
    is_open = not text[-1:].isspace()
    for place, word in enumerate(words):
        meant = vocabulary.meant(word, is_unfinished=is_open and place == len(words) - 1)
        parts = None if meant else vocabulary.split(word)
        if parts is None:
            yield meant
        else:
            yield from (vocabulary.meant(part, is_unfinished=False) for part in parts)
