"""What a file would change in its directory, entry by entry and field by field."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vssid.reference.exchange.reading import Row
from vssid.reference.exchange.sheets import Sheet


class Kind(StrEnum):
    """What becomes of an entry."""

    NEW = "new"
    CHANGED = "changed"
    DEMO_REMOVED = "demo-removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with another value, both as the file writes them."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that is new, changed or removed; `line` is that of the file, 0 for none."""

    kind: Kind
    line: int
    code: str
    name: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file changes, in its order, then the demo's entries that go; the rest stays."""

    changes: tuple[Change, ...]
    unchanged: int

    def codes(self, kind: Kind) -> tuple[str, ...]:
        """The codes of one kind."""
        return tuple(change.code for change in self.changes if change.kind is kind)

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many of each kind."""
        return {kind: len(self.codes(kind)) for kind in Kind}

    @property
    def digest(self) -> str:
        """The same for the same changes: whoever saw them says so by it."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()


def compare(sheet: Sheet, rows: Sequence[Row], *, without_demo: bool) -> Comparison:
    """Hold the rows of a file that has no faults against what is stored.

    `without_demo`: demo entries that the file does not name go. A row that says what is stored
    changes nothing, whosever entry it is: that of the demo stays the demo's.
    """
    stored = stored_rows(sheet)
    changes: list[Change] = []
    for row in rows:
        before, name = stored.get(row.code), str(row.values["name"])
        if before is None:
            changes.append(Change(Kind.NEW, row.line, row.code, name))
        elif fields := _different(sheet, before, row.values):
            changes.append(Change(Kind.CHANGED, row.line, row.code, name, fields))
    unchanged = len(rows) - len(changes)
    if without_demo:
        changes += _going(sheet, stored, {row.code for row in rows})
    return Comparison(tuple(changes), unchanged)


def stored_rows(sheet: Sheet) -> dict[str, dict[str, Any]]:
    """Every entry of a directory by its code: the fields of its file, and the demo's mark."""
    found = sheet.model._default_manager.order_by("code").values(*sheet.header, sheet.mark)
    return {row["code"]: row for row in found}


def _different(
    sheet: Sheet, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[FieldChange, ...]:
    pairs = (
        (column.name, column.write(before[column.name]), column.write(after[column.name]))
        for column in sheet.columns
        if before[column.name] != after[column.name]
    )
    return tuple(FieldChange(name, was, now) for name, was, now in pairs if was != now)


def _going(
    sheet: Sheet, stored: Mapping[str, Mapping[str, Any]], named: Collection[str]
) -> list[Change]:
    return [
        Change(Kind.DEMO_REMOVED, 0, code, row["name"])
        for code, row in stored.items()
        if row[sheet.mark] and code not in named
    ]
