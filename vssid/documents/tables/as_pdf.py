"""The tables for reading: sections on A4 that run over as many pages as they need."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from vssid.documents.lettering import printable
from vssid.documents.typesetting import typeset
from vssid.kernel.clock import VIETNAM, format_date, format_datetime
from vssid.kernel.money import format_dong
from vssid.kernel.months import Month
from vssid.kernel.phones import display_phone
from vssid.kernel.tables import Column, Kind, Row, Table

_SOURCE = Path(__file__).with_name("book.typ")
_RIGHT = frozenset({Kind.COUNT, Kind.AMOUNT, Kind.PERCENT, Kind.DECIMAL})
_WIDE = frozenset({Kind.TEXT, Kind.CODE})


def as_pdf(tables: Iterable[Table], *, number: str, full_name: str, made_at: datetime) -> bytes:
    """All tables as PDF/A-2a and PDF/UA-1, each column of each row on paper.

    Main columns stand side by side under a heading that each page repeats, the others below them.
    Letters that cannot be printed stand as `?`. Raises `TypesettingError`.
    """
    made = made_at.astimezone(VIETNAM)
    data = {
        "number": number,
        "full_name": printable(full_name),
        "made_text": f"{made:%H:%M} ngày {format_date(made)}",
        "made_on": [made.year, made.month, made.day],
        "sections": [_section(table) for table in tables],
    }
    return typeset(source=_SOURCE, data=data, output="pdf")


def shown(column: Column, value: object) -> str:
    """A value as people read it: `03/2019`, `21/11/2026`, `12.345.000 đ`; empty when not known."""
    if value is None or value == "":
        return ""
    if column.words is not None:
        return column.words.get(str(value), str(value))
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return format_date(value)
    return _plain(column.kind, value)


def _plain(kind: Kind, value: object) -> str:
    match kind:
        case Kind.AMOUNT:
            return format_dong(int(str(value)))
        case Kind.MONTH if isinstance(value, int):
            return str(Month.from_yyyymm(value))
        case Kind.PERCENT:
            return f"{value} %"
        case Kind.DECIMAL:
            return str(value).replace(".", ",")
        case Kind.PHONE:
            return display_phone(str(value))
    return str(value)


def _section(table: Table) -> dict[str, object]:
    main = [place for place, column in enumerate(table.columns) if column.is_main]
    return {
        "title": table.title,
        "is_single": table.is_single,
        "head": [table.columns[place].title for place in main],
        "right": [table.columns[place].kind in _RIGHT for place in main],
        "wide": [table.columns[place].kind in _WIDE for place in main],
        "rows": [_row(table, row, main) for row in table.rows],
    }


def _row(table: Table, row: Row, main: list[int]) -> dict[str, object]:
    texts = [
        printable(shown(column, value)) for column, value in zip(table.columns, row, strict=True)
    ]
    rest = [place for place in range(len(texts)) if place not in main]
    return {
        "cells": [texts[place] for place in main],
        "more": [
            [table.columns[place].title, texts[place]]
            for place in rest
            if texts[place] or table.is_single
        ],
    }
