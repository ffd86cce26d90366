"""Which entries have several words side by side in their address or an area of it."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vssid.reference.searching.holders import Mask

_END: Final = np.iinfo(np.uint32).max


class Phrases:
    """The words of all parts of all addresses, one after another: 12 are 50 bytes."""

    def __init__(self) -> None:
        self._growing: list[int] = []
        self._begins: list[int] = []
        self._words: NDArray[np.uint32] = np.array([], dtype=np.uint32)

    def add(self, parts: Iterable[Sequence[int]]) -> None:
        """The next entry's parts."""
        self._begins.append(len(self._growing))
        for part in parts:
            self._growing += [*part, _END]

    def settle(self) -> None:
        """Make the array; no entry is added after it."""
        self._words = np.array(self._growing, dtype=np.uint32)
        self._growing = []

    def side_by_side(self, asked: Sequence[AbstractSet[int]]) -> Mask:
        """For each entry whether a part of its address has one of each of these in this order."""
        found = np.zeros(len(self._begins), dtype=np.bool_)
        places = np.flatnonzero(np.isin(self._words, list(asked[0])))
        # Each part has an end, which is no word: there is always a next one.
        for step, meant in enumerate(asked[1:], start=1):
            places = places[np.isin(self._words[places + step], list(meant))]
        if len(places):
            found[np.searchsorted(self._begins, places, side="right") - 1] = True
        return found
