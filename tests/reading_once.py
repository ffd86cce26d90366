"""The directories in memory, built once for the rows that they were read from.

Many tests forget them, since they may change rows; most change none, and building takes 0.2 s.
"""

from collections.abc import Callable
from datetime import date
from types import GeneratorType
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference import directory
from vssid.reference.directory import Directory
from vssid.reference.searching import memory
from vssid.reference.searching.entries import Entry
from vssid.reference.searching.index import Index

T = TypeVar("T")

# The hours of offices are kept with their directory.
_AREAS = (
    "area", "areasuccession", "agency", "agencysuccession", "agencyarea", "weeklyhours",
    "specialday",
)  # fmt: skip
_BESIDE = {
    "facilities": ("facility",), "employers": ("employer",), "points": ("collectionpoint",),
}  # fmt: skip
_AT_MOST = 20
# A row that was written anew stands elsewhere, or was written by another (sub)transaction.
_STATE = "SELECT count(*), sum(hashtextextended(ctid::text || xmin::text, 0)) FROM {}"


def _rows_as_they_stand(kind: str) -> tuple[Any, ...]:
    tables = (*_AREAS, *_BESIDE.get(kind, ()))
    asking = [sql.SQL(_STATE).format(sql.Identifier(f"reference_{table}")) for table in tables]
    connection.ensure_connection()
    # Below Django, which would count the query among the test's own.
    with connection.connection.cursor() as cursor:
        return tuple(cursor.execute(sql.SQL(" UNION ALL ").join(asking)).fetchall())


def directories_read_once(patch: pytest.MonkeyPatch) -> None:
    """Let `vssid.reference` build a directory or an index only for rows not seen before."""
    known: dict[tuple[Any, ...], Any] = {}

    def once(kind: str, today: date, make: Callable[[], T]) -> T:
        key = (kind, today, settings.VSSID_HOTLINE, _rows_as_they_stand(kind))
        if key not in known:
            if len(known) >= _AT_MOST:
                known.clear()
            known[key] = make()
        made: T = known[key]
        return made

    def a_directory(today: date) -> Directory:
        return once("areas", today, lambda: Directory(today))

    def an_index(entries: "GeneratorType[Entry, None, None]") -> Index:
        # The rows are read when the first entry is taken.
        return once(entries.__qualname__, vietnam_today(utc_now()), lambda: Index(entries))

    patch.setattr(directory, "Directory", a_directory)
    patch.setattr(memory, "Index", an_index)
