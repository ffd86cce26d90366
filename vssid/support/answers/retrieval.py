"""Finds which question of the bank a text asks: BM25 over words and over runs of letters.

Every way to ask is a document of its own, so that a text is near to a question when it is near to
one of its wordings; the three nearest count beside the nearest one, and the words of all its
wordings and of its answer a little. How likely all words together make it (likelihood.py) is added.
What others do (elsewhere.toml) competes on equal terms.
"""

import logging
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import bm25s
import numpy as np
from numpy.typing import NDArray

from vssid.support.answers import reading
from vssid.support.answers.bank import Bank, bank
from vssid.support.answers.likelihood import Likelihood, features
from vssid.support.answers.reading import Lexicon

logging.getLogger("bm25s").setLevel(logging.WARNING)

Scores = NDArray[np.float64]

# Chosen on two thirds of tests/support/questions/typed.tsv and on the wordings of the bank
# themselves, each left out in turn; what was held back is reported by `make eval-assistant`.
_WORDS, _LETTERS, _COVERED = 0.55, 0.25, 0.2
_NEAREST, _THREE, _ALL_WORDS, _WITH_ANSWER = 0.35, 0.3, 0.1, 0.25
_LIKELY: Final = 0.42
"""How much of the score is the likelihood; the rest is nearness."""
_VERY_WORDS: Final = 0.1
"""What a question gains that alone is asked in these very words."""
_CLAUSE: Final = 0.9
"""A clause of a longer text counts a little less than a text that is a question by itself."""
_FOREIGN: Final = 0.6
"""A word that only others' matters are asked with makes each question of ours less likely."""
_UNKNOWN: Final = 0.85
"""The same for a word that nobody has asked with, but for names of places; two count at most."""
_OFTEN, _OFTENER = 4, 10
"""A word is of our own matters if often asked with, so many times oftener than others' matters."""
_FEW_WORDS: Final = 7
"""In longer texts an unknown word tells little."""
_K1, _B = 1.2, 0.3
_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A question of the bank, or what others do (`is_elsewhere`), and how near: 0 to about 1."""

    id: str
    score: float
    is_elsewhere: bool


class _Index:
    """BM25 whose scores are parts of the best a document could reach: unknown words lower them."""

    def __init__(self, documents: Sequence[list[str]]) -> None:
        self._size = len(documents)
        self._found_in = Counter(part for one in documents for part in set(one))
        self._mean = sum(map(len, documents)) / self._size
        self._bm25 = bm25s.BM25(method="lucene", k1=_K1, b=_B)
        self._bm25.index([one or ["_"] for one in documents], show_progress=False)

    def weight(self, part: str) -> float:
        """How much a word tells: the rarer, the more."""
        found = self._found_in.get(part, 0)
        return math.log(1 + (self._size - found + 0.5) / (found + 0.5))

    def scores(self, parts: Iterable[str]) -> Scores:
        """Of each document, how much of the text it says."""
        wanted = list(dict.fromkeys(parts))
        known = [part for part in wanted if part in self._found_in]
        if not known:
            return np.zeros(self._size)
        best = sum(map(self.weight, wanted)) / (1 + _K1 * (1 - _B + _B * len(wanted) / self._mean))
        raw: Any = self._bm25.get_scores(known)
        return np.asarray(raw, dtype=np.float64) / best


class Search:
    """The bank made ready for searching; built once in a process, in about a second."""

    def __init__(self, of: Bank) -> None:
        asked = [
            (one.id, text)
            for one in of.questions.values()
            for text in (one.ask, one.ask_en, *one.also)
        ]
        asked += [(one.id, text) for one in of.elsewhere.values() for text in one.also]
        self.ids = [*of.questions, *of.elsewhere]
        self._elsewhere = len(of.questions)
        self._looks_up = np.array([one.is_of_places for one in of.questions.values()])
        known = Counter(word for _, text in asked for word in reading.words(text))
        self.lexicon: Lexicon = reading.lexicon(of.words, known)
        place = {id_: at for at, id_ in enumerate(self.ids)}
        self._of = np.array([place[id_] for id_, _ in asked])
        said = [reading.meanings(text, self.lexicon) for _, text in asked]
        sets = [frozenset(one) for one in said]
        self._asked_by: dict[tuple[str, ...], set[int]] = {}
        for at, one in zip(self._of.tolist(), said, strict=True):
            self._asked_by.setdefault(tuple(one), set()).add(at)
        self._words = _Index([[*one, *reading.pairs(one)] for one in said])
        self._letters = _Index([reading.grams(one) for one in said])
        self._whole = np.array([sum(map(self._words.weight, one)) or 1 for one in sets])
        self._with = _places(sets)
        self._likelihood = Likelihood(
            [features(text, one, self.lexicon) for (_, text), one in zip(asked, said, strict=True)],
            self._of,
            len(self.ids),
        )
        self._name_words(sets)
        self._build_bags(of, said)

    def _name_words(self, sets: Sequence[frozenset[str]]) -> None:
        ours: Counter[str] = Counter()
        others: Counter[str] = Counter()
        for at, one in zip(self._of, sets, strict=True):
            (ours if at < self._elsewhere else others).update(one)
        self._ours, self._others = ours.keys(), others.keys() - ours.keys()
        self._own = {
            word for word, times in ours.items() if times >= max(_OFTEN, _OFTENER * others[word])
        }

    def is_ours(self, text: str) -> bool:
        """Whether a word says that our own matters are asked about."""
        return not self._own.isdisjoint(reading.meanings(text, self.lexicon))

    def _build_bags(self, of: Bank, said: Sequence[list[str]]) -> None:
        bags: list[dict[str, None]] = [{} for _ in self.ids]
        for at, one in zip(self._of, said, strict=True):
            bags[at].update(dict.fromkeys(one))
        self._bags = _Index([list(bag) for bag in bags])
        for bag, question in zip(bags, of.questions.values(), strict=False):
            bag.update(dict.fromkeys(reading.meanings(question.answer, self.lexicon)))
        self._full_bags = _Index([list(bag) for bag in bags])

    def find(self, text: str, limit: int = 3) -> list[Found]:
        """The nearest, best first; empty when the text says nothing that is known."""
        best = np.zeros(len(self.ids))
        for at, part in enumerate(reading.sentences(text)):
            said = reading.meanings(part, self.lexicon)
            if said and (at == 0 or len(said) > 1):
                best = np.maximum(best, self._scores(said) * (_CLAUSE if at else 1))
        near = best > 0
        said = reading.meanings(text, self.lexicon)
        if len(reading.words(text)) > 1:  # one word alone is in too many questions
            likely = self._likelihood.of(features(text, said, self.lexicon))
            likely[: self._elsewhere] *= self._strangeness(frozenset(said))
            best = (1 - _LIKELY) * best + _LIKELY * likely
        asked_by = self._asked_by.get(tuple(said), ())
        if len(asked_by) == 1:
            best[list(asked_by)] += _VERY_WORDS
        order = np.argsort(-best, kind="stable")[:limit]
        return [
            Found(self.ids[at], float(best[at]), bool(at >= self._elsewhere))
            for at in order
            if near[at]
        ]

    def _scores(self, said: list[str]) -> Scores:
        asked = frozenset(said)
        near = (
            _WORDS * self._words.scores([*said, *reading.pairs(said)])
            + _LETTERS * self._letters.scores(reading.grams(said))
            + _COVERED * self._covered(asked)
        )
        first, three = self._by_question(near)
        words = np.minimum(1, self._bags.scores(said))
        more = np.minimum(1, self._full_bags.scores(said))
        found: Scores = _NEAREST * first + _THREE * three + _ALL_WORDS * words + _WITH_ANSWER * more
        found[: self._elsewhere] *= self._strangeness(asked)
        return found

    def _strangeness(self, asked: frozenset[str]) -> Scores:
        """1 for what is asked with our words, less for each that is foreign or unknown.

        In a question of a directory such a word is the name of what is looked for.
        """
        if len(asked) > _FEW_WORDS:
            return np.ones(self._elsewhere)
        foreign = len(asked & self._others)
        unknown = sum(not word.isdigit() for word in asked - self._ours - self._others)
        less = _FOREIGN ** min(foreign, 2) * _UNKNOWN ** min(unknown, 2)
        return np.where(self._looks_up, 1.0, less)

    def _covered(self, asked: frozenset[str]) -> Scores:
        """Of each wording, how much of it the text says."""
        shared = np.zeros(len(self._whole))
        for word in asked & self._with.keys():
            shared[self._with[word]] += self._words.weight(word)
        part: Scores = shared / self._whole
        return part

    def _by_question(self, near: Scores) -> tuple[Scores, Scores]:
        """Of each question its nearest wording, and the mean of its three nearest."""
        first, three = np.zeros(len(self.ids)), np.zeros(len(self.ids))
        taken = [0] * len(self.ids)
        for at in np.argsort(-near, kind="stable")[:_LOOKED_AT]:
            of = self._of[at]
            if taken[of] < 3:
                taken[of] += 1
                first[of] = max(first[of], near[at])
                three[of] += near[at] / 3
        return first, three


def _places(sets: Sequence[frozenset[str]]) -> dict[str, NDArray[np.int64]]:
    """Of each word, where it stands."""
    found: dict[str, list[int]] = {}
    for at, one in enumerate(sets):
        for word in one:
            found.setdefault(word, []).append(at)
    return {word: np.array(places) for word, places in found.items()}


@lru_cache(maxsize=1)
def search() -> Search:
    """The search over the bank of this release."""
    return Search(bank())
