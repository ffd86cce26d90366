"""Finds news by words, with the index that the directories have: accents, short forms and slips.

Each process keeps the index of what is open now; a change, or an hour that came, makes the next.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product
from threading import Lock
from typing import Final

from django.utils.translation import override

from vssid.reference.searching.entries import Entry, Narrowing
from vssid.reference.searching.index import Index
from vssid.reference.searching.vocabulary import BEGUN, Vocabulary
from vssid.reference.searching.words import question_words, words_of
from vssid.support.news import queries, words
from vssid.support.news.models import Article, Category

MOST_FOUND: Final = 100
_NEWEST: Final = 2000
"""Older articles are found by their category and page only."""
_END_OF_TIME: Final = 10**11
_LEAST_KNOWN: Final = 2
"""So many words of a question must be right for a slip in a short one to be believed."""
_MOST_SLIPS: Final = 6
_MOST_MENDED: Final = 24
"""So many words a slip may have meant, and so many questions these make."""


@dataclass(frozen=True, slots=True)
class FoundNews:
    """Ids of articles, the best first; `is_alike`: none has every word as it was typed."""

    ids: tuple[str, ...]
    is_alike: bool


def search(wanted: str, *, category: str, now: datetime, fresh: queries.Freshness) -> FoundNews:
    """Open articles, of a category or of all, that have each word of `wanted` or one like it.

    `fresh` is `queries.freshness(now)`.
    """
    narrowing = Narrowing(properties=_bit(category) if category in Category.values else 0)
    kept = _kept.at(now, fresh)
    found = kept.index.hits(wanted, narrowing, MOST_FOUND)
    hits = [one for one in found if one.has_each]
    exact = [one for one in hits if one.has_all]
    keys = tuple(one.entry.key for one in exact or hits)
    if not keys and found:
        meant = kept.mended(wanted, narrowing)
        keys = tuple(one.entry.key for one in found if one.entry.key in meant)
    return FoundNews(keys, is_alike=not exact)


class _Open:
    """The index of what is open, and its words: short ones tell slips from one another by theirs.

    In a directory a slip in three letters would be anything; an article has them all or not.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        listed = list(entries)
        self.index = Index(listed)
        self._vocabulary = Vocabulary()
        for word in (word for one in listed for name in one.names for word in words_of(name)):
            self._vocabulary.number(word)
        self._vocabulary.settle()
        self._words = list(self._vocabulary.numbers)

    def mended(self, wanted: str, narrowing: Narrowing) -> frozenset[str]:
        """Keys of the articles that have all words of a question once its slips are mended."""
        words, is_open = question_words(wanted), not wanted[-1:].isspace()
        choices = [
            self._meant(word, is_unfinished=is_open and place == len(words) - 1)
            for place, word in enumerate(words)
        ]
        known = sum(choice == [word] for word, choice in zip(words, choices, strict=True))
        found: set[str] = set()
        if known < _LEAST_KNOWN:
            return frozenset(found)
        for typed in islice(product(*choices), _MOST_MENDED):
            hits = self.index.hits(" ".join(typed), narrowing, MOST_FOUND)
            found.update(one.entry.key for one in hits if one.has_all)
        return frozenset(found)

    def _meant(self, word: str, *, is_unfinished: bool) -> list[str]:
        """The word itself where it is known, or the surest of those that it may be a slip of."""
        meant = self._vocabulary.meant(word, is_unfinished=is_unfinished)
        if not meant or max(meant.values()) >= BEGUN:
            return [word]
        surest = sorted(meant, key=lambda one: -meant[one])
        return [self._words[one] for one in surest[:_MOST_SLIPS]]


class _Kept:
    """The index of what is open, for all threads; whoever finds it changed builds the next one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fresh: queries.Freshness | None = None
        self._open = _Open([])

    def at(self, now: datetime, fresh: queries.Freshness) -> _Open:
        with self._lock:
            if fresh != self._fresh:
                self._open, self._fresh = _Open(_entries(now)), fresh
            return self._open


_kept = _Kept()


def _entries(now: datetime) -> Iterator[Entry]:
    for one in queries.opened(now).order_by("-publish_at", "-id")[:_NEWEST]:
        yield _entry(one)


def _entry(one: Article) -> Entry:
    label = Category(one.category).label
    with override("vi"):
        whole = " ".join((one.title, one.summary, words.to_text(one.body), str(label)))
    with override("en"):
        english = " ".join((one.title_en, one.summary_en, words.to_text(one.body_en), str(label)))
    at = int((one.publish_at or one.changed_at).timestamp())
    return Entry(
        key=str(one.pk),
        names=tuple(name for name in (one.title, whole, one.title_en, english) if name.strip()),
        properties=_bit(one.category),
        # As good as another: the newer one first.
        sort_key=f"{_END_OF_TIME - at:011d}",
    )


def _bit(category: str) -> int:
    return 1 << Category.values.index(category)
