"""An index in the memory of the process over the names of one directory.

Vietnamese names are made of few syllables (without accents 800 make 60,000 names), so a typing
error is looked for among the syllables and not among the names. Each syllable has the array of the
names that hold it, and rare ones weigh more. The best by weight are then looked at whole: whether
the words stand together as they were typed, and have the same accents if any were typed.

Measured beside PostgreSQL's trigrams, which read most names again for «công ty tnhh …»: see
docs/directories.md.
"""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vssid.reference.placing import distance_km
from vssid.reference.rows import Point
from vssid.reference.searching.entries import Entry, Narrowing
from vssid.reference.searching.question import Question
from vssid.reference.searching.vocabulary import Vocabulary
from vssid.reference.searching.words import words_of

Numbers = NDArray[np.uint32]
Scores = NDArray[np.float32]

_LOOKED_AT: Final = 160
# Of the question's weight so much must be found: less is another place.
_LEAST_FOUND: Final = 0.45
# What counts beside the share of the question that was found (0 to 1): see the module's words.
_WHOLE: Final = 0.3
_TOGETHER: Final = 0.35
_ACCENTS: Final = 0.15
_ENDED: Final = 0.15
_BESIDE: Final = 0.5
"""What a word of the address or the province weighs beside one of the name."""
_SHORTEST_CODE: Final = 3
_KM_A_DEGREE: Final = 111.0
_BANDS: Final = (0.05, 0.2, 1.0, 5.0, 20.0)


class _Holders:
    """By the number of a word, the names that hold it; arrays once all are there."""

    def __init__(self) -> None:
        self._growing: list[list[int]] = []
        self._settled: list[Numbers] = []

    def add(self, words: Iterable[int], name: int) -> None:
        for word in words:
            while word >= len(self._growing):
                self._growing.append([])
            self._growing[word].append(name)

    def settle(self, count: int) -> None:
        self._growing.extend([] for _ in range(count - len(self._growing)))
        self._settled = [np.array(one, dtype=np.uint32) for one in self._growing]
        self._growing = []

    def of(self, word: int) -> Numbers:
        return self._settled[word]


class Index:
    """The entries of one directory, in the order of their sort keys, and the ways to them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = sorted(entries, key=lambda one: (one.sort_key, one.key))
        self._vocabulary = Vocabulary()
        self._in_name, self._beside = _Holders(), _Holders()
        self._names: list[tuple[int, ...]] = []
        entry_of: list[int] = []
        areas: dict[str, tuple[int, ...]] = {}
        for number, entry in enumerate(self.entries):
            beside: set[int] = set()
            for part in entry.beside:
                if part not in areas:
                    areas[part] = self._numbers(part)
                beside.update(areas[part])
            for name in dict.fromkeys(entry.names):
                words = self._numbers(name)
                self._in_name.add(set(words), len(self._names))
                self._beside.add(beside.difference(words), len(self._names))
                self._names.append(words)
                entry_of.append(number)
        self._entry_of = np.array(entry_of, dtype=np.uint32)
        self._settle()
        self._codes = sorted(
            (code.upper(), number)
            for number, entry in enumerate(self.entries)
            for code in entry.codes
            if code
        )
        self._by_latitude = sorted(
            (entry.point.latitude, number)
            for number, entry in enumerate(self.entries)
            if entry.point and not entry.is_ended
        )

    def listed(self, narrowing: Narrowing) -> list[Entry]:
        """All entries in service, in their order."""
        return [one for one in self.entries if not one.is_ended and narrowing.admits(one)]

    def find(self, text: str, narrowing: Narrowing, limit: int) -> list[Entry]:
        """The entries that are meant by a text, the best first; none for a text without words.

        One whose code is the text, or begins so, comes first.
        """
        numbers = dict.fromkeys(self._by_code(text, narrowing, limit))
        if len(numbers) < limit:
            numbers.update(dict.fromkeys(self._ranked(text, narrowing, limit)))
        return [self.entries[number] for number in list(numbers)[:limit]]

    def nearest(self, here: Point, narrowing: Narrowing, limit: int) -> list[tuple[Entry, float]]:
        """The entries in service nearest to a point, each with its distance in kilometres."""
        found: list[tuple[Entry, float]] = []
        for band in _BANDS:
            within = self._within(here, band, narrowing)
            found = heapq.nsmallest(limit, within, key=lambda pair: pair[1])
            if len(found) == limit and found[-1][1] <= band * _KM_A_DEGREE:
                break
        return found

    def _numbers(self, text: str) -> tuple[int, ...]:
        return tuple(map(self._vocabulary.number, words_of(text)))

    def _settle(self) -> None:
        """Arrays, and the weight of each word: the fewer names hold it, the more."""
        words, count = len(self._vocabulary.numbers), max(1, len(self._names))
        self._vocabulary.settle()
        self._in_name.settle(words)
        self._beside.settle(words)
        held = np.array([len(self._in_name.of(word)) for word in range(words)], dtype=np.float64)
        held += np.array([len(self._beside.of(word)) for word in range(words)]) / 4
        self._weights: list[float] = np.log(1 + count / np.maximum(held, 1)).tolist()
        self._heavy = np.array(
            [sum(self._weights[word] for word in set(name)) or 1.0 for name in self._names],
            dtype=np.float32,
        )
        self._provinces = self._by_name([one.province for one in self.entries])
        self._communes = self._by_name([one.commune for one in self.entries])
        self._properties = self._by_name([one.properties for one in self.entries])
        ended = self._by_name([one.is_ended for one in self.entries])
        self._penalties: Scores = ended.astype(np.float32) * np.float32(_ENDED)

    def _by_name(self, values: list[Any]) -> NDArray[Any]:
        """A property of the entries, for each of their names."""
        return np.array(values or [0])[self._entry_of]

    def _within(
        self, here: Point, band: float, narrowing: Narrowing
    ) -> Iterator[tuple[Entry, float]]:
        first = bisect_left(self._by_latitude, (here.latitude - band, 0))
        last = bisect_left(self._by_latitude, (here.latitude + band, 0))
        for _, number in self._by_latitude[first:last]:
            entry = self.entries[number]
            point = entry.point
            # Degrees of longitude are shorter than those of latitude, in Vietnam by a tenth.
            is_near = point and abs(point.longitude - here.longitude) <= 1.2 * band
            if point and is_near and narrowing.admits(entry):
                yield entry, distance_km(here, point)

    def _by_code(self, text: str, narrowing: Narrowing, limit: int) -> list[int]:
        code = "".join(text.split()).strip("[]").upper()
        if len(code) < _SHORTEST_CODE or not any(sign.isdigit() for sign in code):
            return []
        found: list[int] = []
        for one, number in self._codes[bisect_left(self._codes, (code, 0)) :][: limit * 20]:
            if not one.startswith(code) or len(found) == limit:
                break
            if narrowing.admits(self.entries[number]):
                found.append(number)
        return found

    def _ranked(self, text: str, narrowing: Narrowing, limit: int) -> list[int]:
        question = Question(self._vocabulary, self._weights, text)
        if not any(question.asked) or not self._names:
            return []
        scores = self._scores(question)
        if narrowing != Narrowing():
            scores[~self._admitted(narrowing)] = 0
        count = min(_LOOKED_AT, len(scores))
        best: dict[int, float] = {}
        for name in np.argpartition(scores, -count)[-count:].tolist():
            if scores[name] <= 0:
                continue
            number = int(self._entry_of[name])
            score = float(scores[name]) + _TOGETHER * question.together(self._names[name])
            score += _ACCENTS * question.accents(self.entries[number].names)
            best[number] = max(score, best.get(number, 0.0))
        return heapq.nsmallest(limit, best, key=lambda number: (-round(best[number], 4), number))

    def _scores(self, question: Question) -> Scores:
        """For each name: the share of the question it holds, and of the name that was said."""
        held = np.zeros(len(self._names), dtype=np.float32)
        said = np.zeros(len(self._names), dtype=np.float32)
        for meant in question.asked:
            here = np.zeros(len(self._names), dtype=np.float32)
            # The surest last: it overwrites what was less sure.
            for word, worth in meant.items():
                beside, named = self._beside.of(word), self._in_name.of(word)
                if len(beside):
                    here[beside] = np.maximum(here[beside], np.float32(worth * _BESIDE))
                here[named] = worth
                said[named] += worth
            held += here
        share = held / np.float32(question.weight)
        scores: Scores = share + _WHOLE * np.minimum(1, said / self._heavy) - self._penalties
        scores[share < _LEAST_FOUND] = 0
        return scores

    def _admitted(self, narrowing: Narrowing) -> NDArray[np.bool_]:
        admitted = np.ones(len(self._names), dtype=np.bool_)
        if narrowing.province:
            admitted &= self._provinces == narrowing.province
        if narrowing.commune:
            admitted &= self._communes == narrowing.commune
        if narrowing.properties:
            admitted &= (self._properties & narrowing.properties) == narrowing.properties
        return admitted
