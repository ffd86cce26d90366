"""Finds news by words, with the index that the directories have: accents, short forms and slips.

Each process keeps the index of what is open now; a change, or an hour that came, makes the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from django.utils.translation import override

from vssid.reference.searching.entries import Entry, Narrowing
from vssid.reference.searching.index import Index
from vssid.support.news import queries, words
from vssid.support.news.models import Article, Category

MOST_FOUND: Final = 100
_NEWEST: Final = 2000
"""Older articles are found by their category and page only."""
_END_OF_TIME: Final = 10**11


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
    found = _kept.at(now, fresh).hits(wanted, narrowing, MOST_FOUND)
    hits = [one for one in found if one.has_each]
    exact = [one for one in hits if one.has_all]
    return FoundNews(tuple(one.entry.key for one in exact or hits), is_alike=not exact)


class _Kept:
    """The index of what is open, for all threads; whoever finds it changed builds the next one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fresh: queries.Freshness | None = None
        self._index = Index([])

    def at(self, now: datetime, fresh: queries.Freshness) -> Index:
        with self._lock:
            if fresh != self._fresh:
                self._index, self._fresh = Index(_entries(now)), fresh
            return self._index


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
