"""The words of one directory, and which of them somebody may have meant."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from vssid.reference.searching.words import without_telex

SAME: Final = 1.0
BEGUN: Final = 0.75
MISTYPED: Final = 0.6
PERHAPS_MISTYPED: Final = 0.45
_MOST_BEGUN: Final = 40
_SHORTEST_MISTYPED: Final = 3
_SHORTEST_PART: Final = 2
_LONGEST_SPLIT: Final = 40
# Two slips in one word are believed of long ones only.
_LONG: Final = 8
_TELEX: Final = 1.5


class Vocabulary:
    """Words by number, and the ways from what is typed to them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._sorted: list[str] = []
        self._shortened: defaultdict[str, list[str]] = defaultdict(list)

    def number(self, word: str) -> int:
        """The number of a word, a new one for a new word."""
        return self.numbers.setdefault(word, len(self.numbers))

    def settle(self) -> None:
        """Prepare what `meant` needs; no word is added after it."""
        self._sorted = sorted(self.numbers)
        for word in self._sorted:
            if word.isalpha():
                for shorter in _shortened(word):
                    self._shortened[shorter].append(word)

    def meant(self, typed: str, *, is_unfinished: bool) -> dict[int, float]:
        """The words that may be meant, by number, each with how sure that is (0 to 1).

        A word that is known may be a slip of another one, but less likely; the last word may go on.
        """
        found: dict[int, float] = {}
        if typed in self.numbers:
            found[self.numbers[typed]] = SAME
        if is_unfinished:
            for word in self._begun(typed):
                found.setdefault(self.numbers[word], BEGUN)
        sureness = PERHAPS_MISTYPED if found else MISTYPED
        for word, factor in self._mistyped(typed):
            found.setdefault(self.numbers[word], sureness * factor)
        return found

    def split(self, typed: str) -> tuple[str, ...] | None:
        """«bhxhthanhtri» → bhxh, thanh, tri: known words written as one, as few as can be.

        None where there are none.
        """
        best: dict[int, tuple[str, ...]] = {0: ()}
        for end in range(_SHORTEST_PART, min(len(typed), _LONGEST_SPLIT) + 1):
            parts = [
                (*before, typed[start:end])
                for start, before in best.items()
                if end - start >= _SHORTEST_PART and typed[start:end] in self.numbers
            ]
            if parts:
                best[end] = min(parts, key=len)
        return best.get(len(typed))

    def _begun(self, typed: str) -> Iterator[str]:
        first = bisect_left(self._sorted, typed)
        for word in self._sorted[first : first + _MOST_BEGUN]:
            if not word.startswith(typed):
                return
            yield word

    def _mistyped(self, typed: str) -> Iterator[tuple[str, float]]:
        if len(typed) < _SHORTEST_MISTYPED or not typed.isalpha():
            return
        plain = without_telex(typed)
        if plain in self.numbers:
            yield plain, _TELEX
        reached: set[str] = set()
        for shorter in (typed, *_shortened(typed)):
            # One letter too few or too many …
            if shorter in self.numbers:
                reached.add(shorter)
            # … another one, or two changed places: the same rest without one letter of each.
            reached.update(self._shortened.get(shorter, ()))
        is_long = len(typed) >= _LONG
        for word in sorted(reached):
            if _is_one_slip(typed, word):
                yield word, 1.0
            elif is_long:
                yield word, 0.5


def _shortened(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _is_one_slip(one: str, other: str) -> bool:
    """A letter too many, too few, another one, or two neighbours that changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    if len(one) == len(other):
        return one[1:] == other[1:] or (
            one[:2] == other[1::-1] and len(one) > 1 and one[2:] == other[2:]
        )
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[1:] == shorter
