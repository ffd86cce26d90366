"""A lost connection is noticed once and asked again; within a transaction it is not."""

from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from vssid.people.reading import read_rows

ONE = "SELECT %(number)s::text"
# A statement that ends its own connection, as a restart of the database does.
SUICIDE = "SELECT pg_terminate_backend(pg_backend_pid())"


def _cut() -> None:
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute(SUICIDE)


@pytest.mark.django_db(transaction=True)
def test_lost_connection_is_opened_anew() -> None:
    assert read_rows(ONE, {"number": "1"}) == [("1",)]
    _cut()
    assert read_rows(ONE, {"number": "2"}) == [("2",)]


@pytest.mark.django_db(transaction=True)
def test_lost_connection_within_a_transaction_is_an_error() -> None:
    def read_in_a_transaction() -> None:
        with transaction.atomic():
            _cut()
            read_rows(ONE, {"number": "1"})

    with pytest.raises(OperationalError):
        read_in_a_transaction()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_statement_that_was_cancelled_is_not_repeated() -> None:
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '20ms'")
    with connection.execute_wrapper(note), pytest.raises(OperationalError):
        read_rows("SELECT pg_sleep(5)", {})
    assert len(asked) == 1
    connection.close()
