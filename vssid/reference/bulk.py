"""Writes many rows with one statement, several times as fast as `bulk_create`."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def upsert(model: type[Row], rows: Sequence[Row], keys: Sequence[str]) -> None:
    """Insert rows, or update those whose `keys` (columns of a unique constraint) are there.

    For tables of plain columns: no value is converted, nothing generated.
    """
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = [quote(field.column or field.name) for field in fields]
    arrays = [f"%s::{_array_type(field)}[]" for field in fields]
    updates = [
        f"{column} = excluded.{column}" for column in columns if column.strip('"') not in keys
    ]
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)})"  # noqa: S608 - names only
        f" SELECT * FROM unnest({', '.join(arrays)})"
        f" ON CONFLICT ({', '.join(map(quote, keys))}) DO UPDATE SET {', '.join(updates)}"
    )
    values = [[getattr(row, field.attname) for row in rows] for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _array_type(field: "models.Field[object, object]") -> str:
    """The type without its length: the column checks it when the row is inserted."""
    kind = field.rel_db_type(connection) if field.is_relation else field.db_type(connection)
    return (kind or "text").split("(")[0]
