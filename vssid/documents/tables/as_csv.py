"""A table for spreadsheets: RFC 4180, UTF-8 with a mark that makes them show Vietnamese."""

import csv
import io
from datetime import date, datetime

from vssid.kernel.clock import VIETNAM
from vssid.kernel.phones import display_phone
from vssid.kernel.tables import Column, Kind, Table

# What a spreadsheet takes for the beginning of a formula, in its full-width form as well.
_FORMULA = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
_NUMBERS = frozenset({Kind.COUNT, Kind.AMOUNT, Kind.PERCENT, Kind.DECIMAL})


def as_csv(table: Table) -> bytes:
    """Titles, then a line for each row; what could be taken for a formula begins with «'».

    Days are 2026-11-21, moments in Vietnam's time, months 2026-11, money plain đồng; codes are
    said in words where there are words.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutral(column.title) for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(*pair) for pair in zip(table.columns, row, strict=True)])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def neutral(text: str) -> str:
    """A text that no spreadsheet reckons with, whatever somebody once typed into it."""
    is_formula = text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if is_formula else text


def _cell(column: Column, value: object) -> str:
    if value is None:
        return ""
    text = _text(column, value)
    return text if column.kind in _NUMBERS else neutral(text)


def _text(column: Column, value: object) -> str:
    if column.words is not None:
        return column.words.get(str(value), str(value))
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if column.kind is Kind.MONTH and isinstance(value, int):
        return f"{str(value)[:4]}-{str(value)[4:]}"
    return display_phone(str(value)) if column.kind is Kind.PHONE and value else str(value)
