"""Reads the record through one SQL text. The texts are constants, so PostgreSQL plans them once."""

from collections.abc import Mapping
from typing import Any

from django.db import InterfaceError, OperationalError, connection


def read_rows(sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of one statement. A connection that was lost is opened anew and asked once more.

    Connections live as long as their thread and are not probed before each request, so that a
    restarted database shows only here. Within a transaction there is nothing to repeat: the error
    goes up. Raises what the database raises.
    """
    try:
        return _rows(sql, params)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block or not _is_lost():
            raise
        connection.close()
        return _rows(sql, params)


def _rows(sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _is_lost() -> bool:
    return connection.connection is None or bool(connection.connection.closed)
