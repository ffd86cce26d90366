"""The indexes of the directories in the memory of a process, each built when first asked for.

As with `directory`: each minute at most one question looks whether a load, an import or a new day
has changed what there is; a new `directory` counts as well. Whoever finds it changed builds the
next index (2 s of a core for 60,000 names), while the others go on with the last one.
"""

import logging
import time
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Final

from django.db import DatabaseError, connections

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference import directory
from vssid.reference.directory import Directory
from vssid.reference.models import DataSet
from vssid.reference.searching import sources
from vssid.reference.searching.entries import Entry
from vssid.reference.searching.index import Index

_log = logging.getLogger(__name__)
_CHECK_EVERY_SECONDS: Final = directory.LEARNED_WITHIN.total_seconds()


class _Kept:
    """The index of one directory for all threads."""

    def __init__(self, read: Callable[[], Iterable[Entry]]) -> None:
        self._read = read
        self._lock = Lock()
        self._index: Index | None = None
        self._areas: Directory | None = None
        self._version: tuple[object, ...] = ()
        self._checked_at = float("-inf")

    def current(self) -> Index:
        kept = self._index
        is_fresh = (
            self._areas is directory.current()
            and time.monotonic() - self._checked_at < _CHECK_EVERY_SECONDS
        )
        # One builds; only who has nothing to go on with waits.
        if kept is not None and (is_fresh or not self._lock.acquire(blocking=False)):
            return kept
        if kept is None:
            self._lock.acquire()
        try:
            return self._renewed()
        finally:
            self._lock.release()

    def forget(self) -> None:
        with self._lock:
            self._index = None

    def _renewed(self) -> Index:
        version = (vietnam_today(utc_now()), *_data_sets())
        areas = directory.current()
        if self._index is None or areas is not self._areas or version != self._version:
            self._index = Index(self._read())
            self._areas, self._version = areas, version
        # Nothing is loaded yet: ask again at once.
        self._checked_at = time.monotonic() if len(version) > 1 else float("-inf")
        return self._index


_OFFICES: Final = _Kept(sources.offices)
_FACILITIES: Final = _Kept(sources.facilities)
_EMPLOYERS: Final = _Kept(sources.employers)
_POINTS: Final = _Kept(sources.points)
_ALL: Final = (_OFFICES, _FACILITIES, _EMPLOYERS, _POINTS)


def offices() -> Index:
    """Agencies in service, by code; they are found by those whose work they took over too."""
    return _OFFICES.current()


def facilities() -> Index:
    """Health facilities, by code."""
    return _FACILITIES.current()


def employers() -> Index:
    """Employers, by code."""
    return _EMPLOYERS.current()


def points() -> Index:
    """Collection points, by code."""
    return _POINTS.current()


def warm() -> None:
    """Build them all, so that the first look-up of a process does not wait for it.

    For a thread of its own, whose database connection it closes. Where nothing can be read yet,
    whoever asks first builds.
    """
    try:
        for kept in _ALL:
            kept.current()
    except DatabaseError:
        _log.warning("The directories could not be read in advance; the first look-up waits.")
    finally:
        connections.close_all()


def forget() -> None:
    """Look again at the next question; every load and import calls it after its commit."""
    directory.forget()
    for kept in _ALL:
        kept.forget()


def _data_sets() -> Iterable[object]:
    return DataSet.objects.order_by("name").values_list("name", "fingerprint", "loaded_at")
