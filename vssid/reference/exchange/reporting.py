"""The report of a file as CSV: faults, warnings, and every entry with the fields that change."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from vssid.reference.exchange.cells import guarded
from vssid.reference.exchange.comparing import Change, Comparison
from vssid.reference.exchange.reading import Fault

HEADER: Final = ("kind", "line", "code", "column", "before", "after", "text")
_NOTHING: Final = Comparison((), 0)


@dataclass(frozen=True, slots=True)
class Report:
    """What a file says: its faults, or else what it changes and what to look at again."""

    faults: Sequence[Fault]
    warnings: Sequence[Fault] = ()
    compared: Comparison = _NOTHING


def write_report(report: Report, out: TextIO) -> int:
    """Write a line for each fault, warning, new or removed entry and changed field; how many."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    count = 0
    for line in _lines(report):
        writer.writerow(guarded(str(cell)) for cell in line)
        count += 1
    return count


def _lines(report: Report) -> Iterator[tuple[object, ...]]:
    for kind, found in (("fault", report.faults), ("warning", report.warnings)):
        for one in found:
            yield kind, one.line or "", "", one.column, "", "", one.sentence
    for change in report.compared.changes:
        yield from _lines_of(change)


def _lines_of(change: Change) -> Iterator[tuple[object, ...]]:
    line = change.line or ""
    if not change.fields:
        yield change.kind, line, change.code, "", "", "", change.name
    for field in change.fields:
        yield (
            change.kind, line, change.code, field.column, field.before, field.after, change.name,
        )  # fmt: skip
