"""Tells how likely each question is from all words of a text: naive Bayes beside the search.

The search compares a text with one wording at a time; this one weighs every word and every pair of
neighbours by all wordings of a question together, little words such as «ở đâu» among them. It is
counted from the wordings themselves when the process starts: nothing is trained, nothing is stored.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vssid.support.answers import reading
from vssid.support.answers.reading import Lexicon

_SMOOTHED: Final = 0.05
"""How much of a word each question is given although it was never asked with it."""
_SHARP: Final = 1.5
"""How far the likelier questions stand out."""
_LEAST_MET: Final = 2
"""A word or pair met once tells nothing in general."""


def features(text: str, said: Sequence[str], known: Lexicon) -> list[str]:
    """Meanings, words as they were typed, and neighbours of both, each once."""
    typed = reading.corrected(text, known)
    found = [*(f"m {one}" for one in said), *(f"w {one}" for one in typed)]
    found += [f"p {one}" for one in reading.pairs(said)]
    found += [f"r {one}" for one in reading.pairs(["^", *typed, "$"])]
    return list(dict.fromkeys(found))


class Likelihood:
    """Naive Bayes over features; `of` says for each text which of `count` questions it asks."""

    def __init__(self, texts: Sequence[Sequence[str]], of: NDArray[np.int64], count: int) -> None:
        met = Counter(one for text in texts for one in text)
        kept = [one for one, times in met.items() if times >= _LEAST_MET]
        self._place = {one: at for at, one in enumerate(kept)}
        self._weights = np.log(len(texts) / np.array([met[one] for one in kept]))
        self._count = count
        sums = np.zeros((len(kept), count), dtype=np.float32)
        for text, question in zip(texts, of, strict=True):
            places, values = self._vector(text)
            sums[places, question] += values
        sums += _SMOOTHED
        logs = np.log(sums / sums.sum(axis=0))
        self._logs = logs - logs.mean(axis=1, keepdims=True)

    def of(self, text: Sequence[str]) -> NDArray[np.float64]:
        """Of each question 0 to 1, 1 in all; the same for each when nothing is known."""
        places, values = self._vector(text)
        sums = _SHARP * (values @ self._logs[places])
        odds = np.exp(sums - sums.max())
        found: NDArray[np.float64] = odds / odds.sum()
        return found

    def _vector(self, text: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        places = np.array([self._place[one] for one in text if one in self._place], dtype=np.int64)
        values = self._weights[places]
        return places, values / max(float(np.linalg.norm(values)), 1e-9)
