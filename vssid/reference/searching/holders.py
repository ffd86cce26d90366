"""Which names hold a word."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

_COMMON: Final = 32
"""A word that one of so many names holds is marked at every name: quicker than a list of them."""


class Holders:
    """By the number of a word, the names that hold it; arrays once all are there."""

    def __init__(self) -> None:
        self._growing: list[list[int]] = []
        self._settled: list[Numbers] = []
        self._common: dict[int, Mask] = {}

    def add(self, words: Iterable[int], name: int) -> None:
        """A name with its words; names come in their order."""
        for word in words:
            while word >= len(self._growing):
                self._growing.append([])
            self._growing[word].append(name)

    def settle(self, words: int, names: int) -> None:
        """Make the arrays; no name is added after it."""
        self._growing.extend([] for _ in range(words - len(self._growing)))
        self._settled = [np.array(one, dtype=np.uint32) for one in self._growing]
        self._growing = []
        for word, holding in enumerate(self._settled):
            if len(holding) * _COMMON > names:
                self._common[word] = np.zeros(names, dtype=np.bool_)
                self._common[word][holding] = True

    def count(self, word: int) -> int:
        """How many names hold a word."""
        return len(self._settled[word])

    def lift(self, scores: Scores, word: int, worth: float) -> None:
        """Names that hold the word have `worth` at least."""
        common, holding = self._common.get(word), self._settled[word]
        if common is not None:
            np.maximum(scores, common * np.float32(worth), out=scores)
        elif len(holding):
            scores[holding] = np.maximum(scores[holding], np.float32(worth))

    def grant(self, scores: Scores, word: int, worth: float) -> None:
        """Names that hold the word have `worth` more."""
        common = self._common.get(word)
        if common is not None:
            scores += common * np.float32(worth)
        else:
            scores[self._settled[word]] += np.float32(worth)

    def any_of(self, words: Iterable[int], names: int) -> Mask:
        """Which of all names hold one of the words."""
        found = np.zeros(names, dtype=np.bool_)
        for word in words:
            found[self._settled[word]] = True
        return found

    def are(self, names: Numbers, word: int) -> Mask:
        """Whether each of some names holds the word."""
        holding = self._settled[word]
        if not len(holding):
            return np.zeros(len(names), dtype=np.bool_)
        found: Mask = holding[np.searchsorted(holding, names) % len(holding)] == names
        return found
