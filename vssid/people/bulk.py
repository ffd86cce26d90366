"""Streams rows into a table: COPY takes a third of the time of the fastest INSERT."""

from collections.abc import Iterable, Sequence

from django.db import connection, models


def copy_rows(model: type[models.Model], rows: Iterable[Sequence[object]]) -> None:
    """Append rows whose values stand in the order of `columns(model)`.

    Raises IntegrityError as an INSERT does; the caller holds the transaction.
    """
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns(model)))
    statement = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
    # Django translates errors of what runs on a cursor, but not of a COPY under way.
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def columns(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a model's table in the order of its fields."""
    return tuple(str(field.column) for field in model._meta.concrete_fields)
