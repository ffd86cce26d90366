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
from math import cos, radians
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vssid.reference.placing import distance_km
from vssid.reference.rows import Point
from vssid.reference.searching.entries import Entry, Hit, Narrowing
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
_SERVED: Final = 0.25
"""Who serves a place of that name comes after who bears it."""
_AS_GOOD: Final = 0.15
"""So much less may be found of what is near than of the best: it is meant as well."""
_NEAR_LOOKED_AT: Final = 640
_BESIDE: Final = 0.5
"""What a word of the address or the province weighs beside one of the name."""
_SHORTEST_CODE: Final = 3
_SHORTEST_END: Final = 4
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
        self._called: list[str] = []
        entry_of: list[int] = []
        areas: dict[str, tuple[int, ...]] = {}
        for number, entry in enumerate(self.entries):
            beside: set[int] = set()
            for part in entry.beside:
                if part not in areas:
                    areas[part] = self._numbers(part)
                beside.update(areas[part])
            for name in dict.fromkeys((*entry.names, *entry.serves)):
                words = self._numbers(name)
                self._in_name.add(set(words), len(self._names))
                self._beside.add(beside.difference(words), len(self._names))
                self._names.append(words)
                self._called.append(name)
                entry_of.append(number)
        self._entry_of = np.array(entry_of, dtype=np.uint32)
        self._settle()
        self._codes = sorted(
            (code.upper(), number)
            for number, entry in enumerate(self.entries)
            for code in entry.codes
            if code
        )
        self._code_ends = sorted((code[::-1], number) for code, number in self._codes)
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
        return [hit.entry for hit in self.hits(text, narrowing, limit)]

    def hits(self, text: str, narrowing: Narrowing, limit: int) -> list[Hit]:
        """The same, each with why it was found."""
        found = {
            number: Hit(self.entries[number]) for number in self._by_code(text, narrowing, limit)
        }
        if len(found) < limit:
            question = Question(self._vocabulary, self._weights, text)
            for number, name in self._ranked(question, narrowing, limit):
                found.setdefault(number, self._hit(question, name))
        return list(found.values())[:limit]

    def near(
        self, text: str, here: Point, narrowing: Narrowing, limit: int
    ) -> list[tuple[Hit, float]]:
        """The nearest of all in service that are meant by a text, each with its kilometres."""
        coded = [self.entries[number] for number in self._by_code(text, narrowing, limit)]
        hits = [Hit(one) for one in coded if one.point and not one.is_ended]
        if not hits:
            question = Question(self._vocabulary, self._weights, text)
            hits = [
                self._hit(question, name) for name in self._meant_near(question, here, narrowing)
            ]
        placed = [(hit, distance_km(here, hit.entry.point)) for hit in hits if hit.entry.point]
        return heapq.nsmallest(limit, placed, key=lambda pair: pair[1])

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
        self._is_served = [
            self._called[name] not in self.entries[number].names
            for name, number in enumerate(self._entry_of.tolist())
        ]
        self._penalties += np.array(self._is_served, dtype=np.float32) * np.float32(_SERVED)
        points = [None if one.is_ended else one.point for one in self.entries]
        self._latitudes = self._by_name([one.latitude if one else np.nan for one in points])
        self._longitudes = self._by_name([one.longitude if one else np.nan for one in points])

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
        found = self._coded(self._codes, code, narrowing, limit)
        if not found and len(code) >= _SHORTEST_END:
            found = self._coded(self._code_ends, code[::-1], narrowing, limit)
        return found

    def _coded(
        self, codes: list[tuple[str, int]], begin: str, narrowing: Narrowing, limit: int
    ) -> list[int]:
        first = bisect_left(codes, (begin, 0))
        found: list[int] = []
        for one, number in codes[first : first + limit * 20]:
            if not one.startswith(begin) or len(found) == limit:
                break
            if narrowing.admits(self.entries[number]):
                found.append(number)
        return found

    def _ranked(
        self, question: Question, narrowing: Narrowing, limit: int
    ) -> list[tuple[int, int]]:
        """The numbers of the best entries, each with that of its name that was meant."""
        if not any(question.asked) or not self._names:
            return []
        share, said = self._shares(question)
        scores = np.where(share > 0, share + _WHOLE * said - self._penalties, np.float32(0))
        if narrowing != Narrowing():
            scores[~self._admitted(narrowing)] = 0
        count = min(_LOOKED_AT, len(scores))
        best: dict[int, tuple[float, int]] = {}
        for name in np.argpartition(scores, -count)[-count:].tolist():
            if scores[name] > 0:
                number = int(self._entry_of[name])
                score = float(scores[name]) + self._nearer(question, name)
                best[number] = max((score, name), best.get(number, (0.0, name)))
        order = heapq.nsmallest(limit, best, key=lambda one: (-round(best[one][0], 4), one))
        return [(number, best[number][1]) for number in order]

    def _meant_near(self, question: Question, here: Point, narrowing: Narrowing) -> list[int]:
        """Of the entries about as well meant as the best, one name each."""
        if not any(question.asked) or not self._names:
            return []
        share, _ = self._shares(question)
        is_there = self._admitted(narrowing) & ~np.isnan(self._latitudes) & (share > 0)
        worth = np.where(is_there, share - self._penalties, np.float32(-1))
        names = np.flatnonzero((worth >= worth.max() - _AS_GOOD) & is_there)
        # Nearly right and quick: which of thousands are worth to be measured.
        east = (self._longitudes[names] - here.longitude) * cos(radians(here.latitude))
        away = np.hypot(self._latitudes[names] - here.latitude, east)
        nearest = names[np.argsort(away, kind="stable")][:_NEAR_LOOKED_AT].tolist()
        scores = {name: float(worth[name]) + self._nearer(question, name) for name in nearest}
        least = max(scores.values(), default=0.0) - _AS_GOOD
        best: dict[int, int] = {}
        for name in sorted(nearest, key=lambda one: -scores[one]):
            if scores[name] >= least:
                best.setdefault(int(self._entry_of[name]), name)
        return list(best.values())

    def _nearer(self, question: Question, name: int) -> float:
        """What is seen only by looking at a name as a whole."""
        together = question.together(self._names[name])
        return _TOGETHER * together + _ACCENTS * question.accents(self._called[name])

    def _hit(self, question: Question, name: int) -> Hit:
        entry = self.entries[int(self._entry_of[name])]
        known = self._vocabulary.numbers
        words = {known[word] for part in entry.beside for word in words_of(part) if word in known}
        words.update(self._names[name])
        served = self._called[name] if self._is_served[name] else ""
        return Hit(entry, served, question.is_all_in(words), question.is_rarest_in(words))

    def _shares(self, question: Question) -> tuple[Scores, Scores]:
        """For each name: the share of the question it holds, and of the name that was said.

        Both are 0 where too little was found.
        """
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
        share: Scores = held / np.float32(question.weight)
        share[share < _LEAST_FOUND] = 0
        return share, np.minimum(1, said / self._heavy)

    def _admitted(self, narrowing: Narrowing) -> NDArray[np.bool_]:
        admitted = np.ones(len(self._names), dtype=np.bool_)
        if narrowing.province:
            admitted &= self._provinces == narrowing.province
        if narrowing.commune:
            admitted &= self._communes == narrowing.commune
        if narrowing.properties:
            admitted &= (self._properties & narrowing.properties) == narrowing.properties
        return admitted
