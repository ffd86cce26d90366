"""The tables for programs: UTF-8 JSON, its names and units in docs/export.md."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

from vssid.kernel.tables import Column, Kind, Table

SCHEMA, VERSION = "vssid.export", 1
"""The version grows when a name or a meaning changes; new names alone do not change it."""


def as_json(tables: Iterable[Table], *, number: str, made_at: datetime) -> bytes:
    """One document; codes stay codes, days and moments are ISO 8601, decimals are texts."""
    document = {
        "schema": SCHEMA,
        "version": VERSION,
        "number": number,
        "made_at": _moment(made_at),
        "tables": {table.name: _rows(table) for table in tables},
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode(errors="replace")


def _rows(table: Table) -> list[dict[str, object]]:
    return [
        {
            column.name: _value(column, value)
            for column, value in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]


def _value(column: Column, value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if column.kind is Kind.MONTH:
        return f"{str(value)[:4]}-{str(value)[4:]}"
    return value if isinstance(value, int) else str(value)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
