"""An index in the memory of the process over the names of one directory.

Vietnamese names are made of few syllables (without accents 800 make 60,000 names), so a typing
error is looked for among the syllables and not among the names. Each syllable has the array of the
names that hold it, and rare ones weigh more; what kind a place is stands apart (`kinds`). The best
by weight are then looked at whole: whether the words stand together as they were typed, and have
the same accents if any were typed.

Measured beside PostgreSQL's trigrams, which read most names again for «công ty tnhh …»: see
docs/directories.md.
"""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile
from math import cos, radians
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vssid.reference.placing import distance_km
from vssid.reference.rows import Point
from vssid.reference.searching import kinds
from vssid.reference.searching.codes import Codes
from vssid.reference.searching.entries import Entry, Hit, Narrowing, Served
from vssid.reference.searching.holders import Holders, Mask, Numbers, Scores
from vssid.reference.searching.kinds import kinds_of_name
from vssid.reference.searching.phrases import Phrases
from vssid.reference.searching.question import Question
from vssid.reference.searching.vocabulary import Vocabulary
from vssid.reference.searching.words import words_of

_LOOKED_AT: Final = 160
# Of the question's weight so much must be found: less is another place.
_LEAST_FOUND: Final = 0.45
# What counts beside the share of the question that was found (0 to 1): see the module's words.
_WHOLE: Final = 0.3
_TOGETHER: Final = 0.35
_ACCENTS: Final = 0.15
_COVERED: Final = 0.3
"""The share of words that are somewhere: the commune and the province tell namesakes apart."""
_ENDED: Final = 0.15
_SERVED: Final = 0.25
"""Who serves a place of that name comes after who bears it."""
_PARTLY: Final = 0.05
"""Who serves a part of it comes after who serves the most."""
_AS_GOOD: Final = 0.15
"""So much less may be found of what is near than of the best: it is meant as well."""
_NEAR_LOOKED_AT: Final = 640
_OF_THE_KIND: Final = 3
"""So many of the kind that was asked for are shown where none of the name is of that kind."""
_BESIDE: Final = 0.5
"""What a word of the address or the province weighs beside one of the name."""
_ADDRESSED: Final = 0.8
"""The same where they are side by side: more than one in a name, and one like the other."""
_SHORTEST_PHRASE: Final = 2
_KM_A_DEGREE: Final = 111.0
_BANDS: Final = (0.05, 0.2, 1.0, 5.0, 20.0)


class Index:
    """The entries of one directory, in the order of their sort keys, and the ways to them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = sorted(entries, key=lambda one: (one.sort_key, one.key))
        self._codes = Codes(self.entries)
        self._by_latitude = sorted(
            (entry.point.latitude, number)
            for number, entry in enumerate(self.entries)
            if entry.point and not entry.is_ended
        )
        self._vocabulary = Vocabulary()
        for phrase in kinds.PHRASES:
            self._numbers(phrase.split())
        self._in_name, self._beside, self._phrases = Holders(), Holders(), Phrases()
        self._names: list[tuple[int, ...]] = []
        self._called: list[str] = []
        self._served: list[Served | None] = []
        self._told: list[tuple[int, list[str]]] = []
        self._settle(self._read())

    def listed(self, narrowing: Narrowing) -> list[Entry]:
        """All entries in service, in their order."""
        return [one for one in self.entries if not one.is_ended and narrowing.admits(one)]

    def find(self, text: str, narrowing: Narrowing, limit: int) -> list[Entry]:
        """The entries that are meant by a text, the best first; none for a text without words.

        One whose code is the text, or begins so, comes first.
        """
        return [hit.entry for hit in self.hits(text, narrowing, limit)]

    def hits(self, text: str, narrowing: Narrowing, limit: int) -> list[Hit]:
        """The same, each with why it was found.

        Where a kind was asked for, and none of that kind bears the name, the nearest of the kind
        come before other kinds: for «bệnh viện Bạch Mai» hospitals near the ward.
        """
        found = {
            number: Hit(self.entries[number]) for number in self._coded(text, narrowing, limit)
        }
        if len(found) < limit:
            question = Question(self._vocabulary, self._weights, text)
            for number, hit in self._meant(question, narrowing, limit):
                found.setdefault(number, hit)
        return list(found.values())[:limit]

    def near(
        self, text: str, here: Point, narrowing: Narrowing, limit: int
    ) -> list[tuple[Hit, float]]:
        """The nearest of all in service that are meant by a text, each with its kilometres."""
        coded = [self.entries[number] for number in self._coded(text, narrowing, limit)]
        hits = [Hit(one) for one in coded if one.point and not one.is_ended]
        if not hits:
            question = Question(self._vocabulary, self._weights, text)
            names = np.array(self._meant_near(question, here, narrowing), dtype=np.uint32)
            hits = self._why(question, names)
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

    def _numbers(self, words: Iterable[str]) -> tuple[int, ...]:
        return tuple(map(self._vocabulary.number, words))

    def _read(self) -> list[int]:
        """The words of all names; the number of the entry of each name."""
        entry_of: list[int] = []
        areas: dict[str, tuple[int, ...]] = {}
        for number, entry in enumerate(self.entries):
            parts = [self._numbers_of(part, areas) for part in entry.beside]
            self._phrases.add(parts)
            beside = {word for part in parts for word in part}
            for name in dict.fromkeys(entry.names):
                self._add(name, beside, None)
                entry_of.append(number)
            own_words = words_of(entry.names[0])
            own, (kind, _) = beside.union(self._numbers(own_words)), kinds_of_name(own_words)
            for served in entry.serves:
                if served.name not in entry.names:
                    around = (self._numbers_of(part, areas) for part in served.where)
                    self._add(served.name, own.union(*around), served, kind)
                    entry_of.append(number)
        return entry_of

    def _numbers_of(self, part: str, known: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
        if part not in known:
            known[part] = self._numbers(words_of(part))
        return known[part]

    def _add(self, name: str, beside: set[int], served: Served | None, of_kind: int = 0) -> None:
        """A name with what stands beside it; `of_kind`: what serves, where the name is an area."""
        words = words_of(name)
        numbers = self._numbers(words)
        self._in_name.add(set(numbers), len(self._names))
        self._beside.add(beside.difference(numbers), len(self._names))
        kind, telling = kinds_of_name(words)
        self._told.append((of_kind or kind, telling))
        # As if it bore the name: «trạm y tế xã Tứ Hiệp».
        self._names.append((*self._numbers(kinds.words_of_kinds(of_kind)), *numbers))
        self._called.append(name)
        self._served.append(served)

    def _settle(self, entry_of: list[int]) -> None:
        """Arrays, and the weight of each word: the fewer names it tells apart, the more."""
        words, count = len(self._vocabulary.numbers), max(1, len(self._names))
        self._vocabulary.settle()
        self._in_name.settle(words, len(self._names))
        self._beside.settle(words, len(self._names))
        self._phrases.settle()
        telling = [set(self._numbers(names)) for _, names in self._told]
        held = np.bincount([word for names in telling for word in names], minlength=words)
        beside = np.array([self._beside.count(word) for word in range(words)])
        self._weights: list[float] = np.log(1 + count / np.maximum(held + beside / 4, 1)).tolist()
        self._kinds = np.array([kind for kind, _ in self._told], dtype=np.uint8)
        heavy = [sum(self._weights[word] for word in names) for names in telling]
        of_kind = np.array([kinds.WORTH * kind.bit_count() for kind, _ in self._told])
        self._heavy: Scores = np.maximum(np.array(heavy) + of_kind, 0.1).astype(np.float32)
        self._told.clear()
        self._entry_of = np.array(entry_of, dtype=np.uint32)
        self._settle_entries()

    def _settle_entries(self) -> None:
        """What the entries are besides, for each of their names."""
        self._provinces = self._by_name([one.province for one in self.entries])
        self._communes = self._by_name([one.commune for one in self.entries])
        self._properties = self._by_name([one.properties for one in self.entries])
        ended = self._by_name([one.is_ended for one in self.entries])
        self._penalties: Scores = ended.astype(np.float32) * np.float32(_ENDED)
        lost = [(_SERVED + _PARTLY * one.is_partly) if one else 0.0 for one in self._served]
        self._penalties += np.array(lost, dtype=np.float32)
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

    def _coded(self, text: str, narrowing: Narrowing, limit: int) -> list[int]:
        return self._codes.find(text, limit, lambda one: narrowing.admits(self.entries[one]))

    def _meant(self, question: Question, narrowing: Narrowing, limit: int) -> list[tuple[int, Hit]]:
        """The numbers of the best entries, each with why it was found."""
        names = self._ranked(question, narrowing, limit)
        hits = self._why(question, names)
        best = list(zip(self._entry_of[names].tolist(), hits, strict=True))
        asked, own = question.kinds & kinds.PLACES, self._kinds[names].tolist()
        named = [kind for kind, hit in zip(own, hits, strict=True) if hit.has_each]
        if not asked or not named or any(kind & asked for kind in named):
            return best
        place = next(hit.entry for hit in hits if hit.has_each)
        # Who serves as well and has the name comes before the nearest.
        as_good = takewhile(lambda kind: not kinds.is_other(asked, kind), own)
        lead = sum(1 for _, hit in zip(as_good, hits, strict=False) if hit.has_each)
        return [*best[:lead], *self._of_the_kind(asked, place, narrowing), *best[lead:]]

    def _of_the_kind(
        self, asked: int, place: Entry, narrowing: Narrowing
    ) -> Iterator[tuple[int, Hit]]:
        """The nearest of a kind to a place, the nearest first."""
        if place.point is None:
            return
        is_there = self._admitted(narrowing) & ~np.isnan(self._latitudes)
        names = np.flatnonzero(is_there & (self._kinds & asked & kinds.PLACES != 0))
        for name in self._by_distance(names, place.point)[:_OF_THE_KIND].tolist():
            number = int(self._entry_of[name])
            entry = self.entries[number]
            if entry.point:
                near = (place.names[0], distance_km(place.point, entry.point))
                yield number, Hit(entry, has_all=False, near=near)

    def _ranked(self, question: Question, narrowing: Narrowing, limit: int) -> Numbers:
        """One name of each of the best entries, that which was meant."""
        if question.is_empty or not self._names:
            return np.array([], dtype=np.uint32)
        addressed = self._addressed(question)
        share, said = self._shares(question, addressed)
        scores = np.where(share > 0, share + _WHOLE * said - self._lost(question), np.float32(0))
        if narrowing != Narrowing():
            scores[~self._admitted(narrowing)] = 0
        names = np.flatnonzero(scores > 0)
        if len(names) > _LOOKED_AT:
            names = names[np.argpartition(scores[names], -_LOOKED_AT)[-_LOOKED_AT:]]
        covered = scores[names] + _COVERED * self._covered(names, question.phrase)
        best: dict[int, tuple[float, int]] = {}
        for name, score in zip(names.tolist(), covered.tolist(), strict=True):
            number = int(self._entry_of[name])
            whole = score + self._nearer(question, name, addressed)
            best[number] = max((whole, name), best.get(number, (0.0, name)))
        order = heapq.nsmallest(limit, best, key=lambda one: self._place(one, *best[one]))
        return np.array([best[number][1] for number in order], dtype=np.uint32)

    def _place(self, number: int, worth: float, name: int) -> tuple[float, str, int]:
        """The best first; those that serve places of one name by province, in which they lie."""
        province = self.entries[number].province if self._served[name] else ""
        return -round(worth, 4), province, number

    def _meant_near(self, question: Question, here: Point, narrowing: Narrowing) -> list[int]:
        """Of the entries about as well meant as the best, one name each."""
        if question.is_empty or not self._names:
            return []
        addressed = self._addressed(question)
        share, _ = self._shares(question, addressed)
        is_there = self._admitted(narrowing) & ~np.isnan(self._latitudes) & (share > 0)
        worth = np.where(is_there, share - self._lost(question), np.float32(-1))
        names = np.flatnonzero((worth >= worth.max() - _AS_GOOD) & is_there)
        nearest = self._by_distance(names, here)[:_NEAR_LOOKED_AT].tolist()
        scores = {
            name: float(worth[name]) + self._nearer(question, name, addressed) for name in nearest
        }
        least = max(scores.values(), default=0.0) - _AS_GOOD
        best: dict[int, int] = {}
        for name in sorted(nearest, key=lambda one: -scores[one]):
            if scores[name] >= least:
                best.setdefault(int(self._entry_of[name]), name)
        return list(best.values())

    def _by_distance(self, names: NDArray[np.intp], here: Point) -> NDArray[np.intp]:
        """The nearest first: nearly right and quick, to choose which of thousands to measure."""
        east = (self._longitudes[names] - here.longitude) * cos(radians(here.latitude))
        away = np.hypot(self._latitudes[names] - here.latitude, east)
        return names[np.argsort(away, kind="stable")]

    def _nearer(self, question: Question, name: int, addressed: Scores) -> float:
        """What is seen only by looking at a name, or its address, as a whole."""
        together, called = question.together(self._names[name]), self._called[name]
        if self._served[name]:
            called = f"{self.entries[int(self._entry_of[name])].names[0]} {called}"
        together = max(together, float(addressed[name]))
        return _TOGETHER * together + _ACCENTS * question.accents(called)

    def _why(self, question: Question, names: Numbers) -> list[Hit]:
        """Why each of these names was found."""
        has_all = (self._covered(names, question.words) == 1).tolist()
        has_each = (self._covered(names, question.telling) == 1).tolist()
        return [
            Hit(
                entry=self.entries[int(self._entry_of[name])],
                served=self._served[name],
                has_all=has_all[place],
                has_each=has_each[place],
                called=self._called[name],
            )
            for place, name in enumerate(names.tolist())
        ]

    def _covered(self, names: NDArray[Any], asked: Sequence[AbstractSet[int]]) -> NDArray[Any]:
        """For each name, of how many of these it or its place holds one, as a share."""
        count = np.zeros(len(names), dtype=np.uint16)
        for meant in asked:
            found = np.zeros(len(names), dtype=np.bool_)
            for word in meant:
                found |= self._in_name.are(names, word) | self._beside.are(names, word)
            count += found
        return count / max(1, len(asked)) if asked else np.ones(len(names))

    def _addressed(self, question: Question) -> Scores:
        """For each name the share of the question's neighbours that are so in its address.

        Its first words may be in the name instead: «bưu điện Văn Điển». 0 where others are neither.
        """
        found = np.zeros(len(self._names), dtype=np.float32)
        bears = np.ones(len(self._names), dtype=np.bool_)
        for start in range(len(question.phrase) - _SHORTEST_PHRASE + 1):
            here = self._phrases.side_by_side(question.phrase[start:])[self._entry_of]
            share = question.neighbours(len(question.phrase) - start)
            np.maximum(found, (bears & here) * np.float32(share), out=found)
            bears &= self._in_name.any_of(question.phrase[start], len(bears))
            if not bears.any():
                break
        return found

    def _shares(self, question: Question, addressed: Scores) -> tuple[Scores, Scores]:
        """For each name: the share of the question it holds, and of the name that was said.

        Both are 0 where too little was found.
        """
        of_kind: Scores = np.array(kinds.gained(question.kinds), dtype=np.float32)[self._kinds]
        held, said = of_kind, of_kind.copy()
        here, at = np.zeros(len(self._names), dtype=np.float32), addressed > 0
        for meant in question.asked:
            here.fill(0)
            for word, worth in meant.items():
                self._beside.lift(here, word, worth * _BESIDE)
                self._in_name.lift(here, word, worth)
                self._in_name.grant(said, word, worth)
            if meant:
                here[at] = np.maximum(here[at], np.float32(max(meant.values()) * _ADDRESSED))
            held += here
        share: Scores = held / np.float32(question.weight)
        share[share < _LEAST_FOUND] = 0
        return share, np.minimum(1, said / self._heavy)

    def _lost(self, question: Question) -> Scores:
        """What each name comes behind by, for what it is and not for what it is called."""
        if not question.kinds:
            return self._penalties
        other: Scores = np.array(kinds.lost(question.kinds), dtype=np.float32)[self._kinds]
        return self._penalties + other

    def _admitted(self, narrowing: Narrowing) -> Mask:
        admitted = np.ones(len(self._names), dtype=np.bool_)
        if narrowing.province:
            admitted &= self._provinces == narrowing.province
        if narrowing.commune:
            admitted &= self._communes == narrowing.commune
        if narrowing.properties:
            admitted &= (self._properties & narrowing.properties) == narrowing.properties
        return admitted
