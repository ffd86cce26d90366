"""What somebody typed, as far as the words of a directory go."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from vssid.kernel.text import clean, is_unaccented
from vssid.reference.searching import kinds
from vssid.reference.searching.kinds import kinds_of_question
from vssid.reference.searching.vocabulary import BEGUN, MISTYPED, SAME, Vocabulary
from vssid.reference.searching.words import question_words

_SHORTEST_SLIP: Final = 4


class Question:
    """For each word that was typed, what each word that may be meant is worth.

    Words that say a kind (`kinds`, bits) stand apart from those that tell a place by its name.
    """

    def __init__(self, vocabulary: Vocabulary, weights: Sequence[float], text: str) -> None:
        meanings = list(_asked(vocabulary, text))
        self.kinds, of_kind = kinds_of_question(
            [_likely(meant) for _, meant in meanings], vocabulary.numbers
        )
        telling = [one for place, one in enumerate(meanings) if place not in of_kind]
        self.asked = [_worths(meant, weights) for _, meant in telling]
        # A word that nothing is like counts as a rare one would.
        heaviest = max(weights, default=1.0)
        heavy = [max(one.values(), default=heaviest) for one in self.asked]
        self.weight = sum(heavy) + kinds.WORTH * self.kinds.bit_count() or 1.0
        """What an answer is worth that has all of it."""
        self.words = [_certain(meant) for _, meant in meanings]
        """For each word, those it may be, slips aside."""
        self.phrase = [_certain(meant) for _, meant in telling]
        """The same without those that say a kind."""
        self.telling = [_believed(typed, meant) for typed, meant in telling]
        """For each word of the name, those it may be, with slips in long ones."""
        # Neighbours are those of the name where it has some: «bệnh viện» stands in thousands.
        of_name = [place for place in range(len(meanings)) if place not in of_kind]
        has_some = any(after - place == 1 for place, after in pairwise(of_name))
        compared = of_name if has_some else list(range(len(meanings)))
        self._pairs = sum(after - place == 1 for place, after in pairwise(compared))
        self._places: dict[int, list[int]] = {}
        for place in compared:
            for word in meanings[place][1]:
                self._places.setdefault(word, []).append(place)
        self._accented = (
            frozenset() if is_unaccented(text) else frozenset(clean(text).lower().split())
        )

    @property
    def is_empty(self) -> bool:
        """Whether none of it can be found."""
        return not (self.kinds or any(self.asked))

    def neighbours(self, words: int) -> float:
        """The share of its neighbours that so many words side by side are, 0 to 1."""
        return (words - 1) / max(1, self._pairs)

    def together(self, name: Sequence[int]) -> float:
        """The share of neighbours in the question that are neighbours in the name, 0 to 1."""
        if self._pairs < 1:
            return 1.0
        places = [self._places.get(word, ()) for word in name]
        found = {place for here, after in pairwise(places) for place in here if place + 1 in after}
        return len(found) / self._pairs

    def accents(self, name: str) -> float:
        """The share of typed words that a name has with the same accents, 0 to 1."""
        if not self._accented:
            return 0.0
        return len(self._accented.intersection(name.lower().split())) / len(self._accented)


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


def _likely(meant: Mapping[int, float]) -> frozenset[int]:
    """Slips too, but of words only that are none themselves."""
    return frozenset(word for word, sureness in meant.items() if sureness >= MISTYPED)


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
