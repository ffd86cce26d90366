"""Reads a CSV file of a directory: rows with typed values, and what is wrong, line by line.

Python's own `csv` tells the line of the file where a row ends, also after quoted line breaks, which
readers of whole tables do not; 60,000 rows take two seconds.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from vssid.reference import directory
from vssid.reference.exchange.cells import CellError
from vssid.reference.exchange.sheets import Sheet
from vssid.reference.rows import ERA_TODAY
from vssid.reference.searching.sources import split_list
from vssid.reference.succeeding import is_in_cycle

_SPANS: Final = (
    ("valid_from", "valid_to"),
    ("contract_from", "contract_to"),
    ("founded_on", "closed_on"),
)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a line of a file; line 0 is the file as a whole."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line, its values by field."""

    line: int
    values: Mapping[str, Any]

    @property
    def code(self) -> str:
        """The key of the entry."""
        return str(self.values["code"])


def read(text: str, sheet: Sheet, known: Iterable[str]) -> tuple[list[Row], list[Fault]]:
    """The rows of a file and every fault in it; `known` are the codes the directory has already.

    A file with faults is not to be applied, not even its good lines.
    """
    rows, faults = _rows(text, sheet)
    if not rows and not faults:
        faults.append(Fault(0, "The file has no rows below its header."))
    faults += _repeated(rows)
    before = set(known)
    # Agencies are only changed by a file: which there are is decided by reorganisations.
    codes = before if sheet.name == "agencies" else before | {row.code for row in rows}
    for row in rows:
        faults += [Fault(row.line, sentence) for sentence in _contradictions(row, sheet, codes)]
    return rows, sorted([*faults, *_cycles(rows, sheet)])


def _rows(text: str, sheet: Sheet) -> tuple[list[Row], list[Fault]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[Row] = []
    faults: list[Fault] = []
    has_header = False
    try:
        for cells in reader:
            if not any(map(str.strip, cells)):
                continue
            if has_header:
                faults += _row(reader.line_num, cells, sheet, rows)
            elif tuple(map(str.strip, cells)) == sheet.header:
                has_header = True
            else:
                header = ",".join(sheet.header)
                return [], [Fault(reader.line_num, f"The first line must be: {header}")]
    except csv.Error as error:
        faults.append(Fault(reader.line_num, f"This is no CSV: {error}."))
    return rows, faults


def _row(line: int, cells: list[str], sheet: Sheet, rows: list[Row]) -> list[Fault]:
    if len(cells) != len(sheet.columns):
        wrong = f"This line has {len(cells)} fields; there must be {len(sheet.columns)}."
        return [Fault(line, f"{wrong} Put a text with commas into double quotes.")]
    values, faults = {}, []
    for column, cell in zip(sheet.columns, cells, strict=True):
        try:
            values[column.name] = column.read(cell)
        except CellError as error:
            faults.append(Fault(line, f"{column.name} {error}"))
    if not faults:
        rows.append(Row(line, values))
    return faults


def _repeated(rows: list[Row]) -> list[Fault]:
    first: dict[str, int] = {}
    return [
        Fault(row.line, f"code «{row.code}» stands in line {first[row.code]} already.")
        for row in rows
        if first.setdefault(row.code, row.line) != row.line
    ]


def _contradictions(row: Row, sheet: Sheet, codes: set[str]) -> Iterable[str]:
    values = row.values
    if (values["latitude"] is None) != (values["longitude"] is None):
        yield "latitude and longitude belong together: give both or none."
    for first, last in _SPANS:
        if _is_reversed(values.get(first), values.get(last)):
            yield f"{last} is before {first}."
    yield from _places(values, sheet)
    if sheet.name == "points" and not (
        values["collects_voluntary"] or values["collects_household"]
    ):
        yield "collects_voluntary or collects_household must be yes."
    if sheet.name == "agencies" and row.code not in codes:
        yield f"code «{row.code}» is no agency: offices begin and end by a reorganisation."
    for heir in split_list(values.get("successors", "")):
        if heir not in codes or heir == row.code:
            yield f"successors: «{heir[:20]}» is no other entry of this directory."


def _cycles(rows: list[Row], sheet: Sheet) -> Iterable[Fault]:
    """Who would be followed by itself, over the file and what the directory has besides."""
    if not sheet.has("successors"):
        return
    stored = sheet.model._default_manager.exclude(successors="")
    heirs = {code: split_list(more) for code, more in stored.values_list("code", "successors")}
    heirs |= {row.code: split_list(row.values["successors"]) for row in rows}
    for row in rows:
        if row.code not in heirs[row.code] and is_in_cycle(row.code, heirs):
            yield Fault(row.line, f"successors: they lead back to «{row.code[:20]}».")


def _places(values: Mapping[str, Any], sheet: Sheet) -> Iterable[str]:
    found = directory.current()
    commune = values.get("commune_code", "")
    if commune and len(commune) == 5 and (ERA_TODAY, commune) not in found.areas:
        yield f"commune_code «{commune}» is no commune of today (since 2025-07-01)."
    if sheet.has("agency_code") and values["agency_code"] not in found.office_names:
        yield f"agency_code «{values['agency_code']}» is no agency."
    if sheet.name in {"facilities", "points"} and not commune:
        yield "commune_code must not be empty: write the commune of today it lies in."


def _is_reversed(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first
