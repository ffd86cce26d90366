"""The two roles of the database: one owns it and migrates, the other runs the program."""

from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from psycopg import sql

DATABASE = "vssid"
SUPERUSER, OWNER, APP = "postgres", "vssid_owner", "vssid_app"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
# Databases of tests are copies of the first.
DATABASES_WITH_EXTENSIONS = ("template1", DATABASE)
# PUBLIC may otherwise connect to every database and make temporary tables there.
RIGHTS = (
    f"REVOKE ALL ON DATABASE postgres, template1, {DATABASE} FROM PUBLIC",
    f"GRANT CONNECT ON DATABASE postgres TO {OWNER}",
    f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}",
)


@dataclass(frozen=True)
class Passwords:
    """The passwords in clear of the superuser and of the two roles."""

    superuser: str
    owner: str
    app: str


def connect(
    port: int, password: str, database: str = "postgres"
) -> psycopg.Connection[tuple[object, ...]]:
    """Connect as the superuser to 127.0.0.1:`port`; raises psycopg.OperationalError."""
    return psycopg.connect(
        host="127.0.0.1",
        port=port,
        user=SUPERUSER,
        password=password,
        dbname=database,
        autocommit=True,
        connect_timeout=5,
        sslmode="disable",
        gssencmode="disable",
    )


def prepare(port: int, passwords: Passwords) -> None:
    """Make what is missing of roles, database, rights and extensions."""

    def open_database(name: str) -> psycopg.Connection[tuple[object, ...]]:
        return connect(port, passwords.superuser, name)

    with open_database("postgres") as connection:
        _make_roles(connection, passwords)
        if DATABASE not in _names(connection, "SELECT datname FROM pg_database"):
            connection.execute(sql.SQL(f"CREATE DATABASE {DATABASE} OWNER {OWNER}"))
        for statement in RIGHTS:
            connection.execute(sql.SQL(statement))
    _make_extensions(open_database)


def _names(connection: psycopg.Connection[tuple[object, ...]], query: str) -> set[object]:
    return {row[0] for row in connection.execute(sql.SQL(query))}


def _make_roles(connection: psycopg.Connection[tuple[object, ...]], passwords: Passwords) -> None:
    known = _names(connection, "SELECT rolname FROM pg_roles")
    wanted = {
        OWNER: ("LOGIN CREATEDB", passwords.owner),
        APP: ("LOGIN", passwords.app),
    }
    for role, (rights, password) in wanted.items():
        if role not in known:
            statement = sql.SQL("CREATE ROLE {} WITH {} PASSWORD {}")
            connection.execute(
                statement.format(sql.Identifier(role), sql.SQL(rights), sql.Literal(password))
            )


def _make_extensions(
    open_database: Callable[[str], psycopg.Connection[tuple[object, ...]]],
) -> None:
    for name in DATABASES_WITH_EXTENSIONS:
        with open_database(name) as connection:
            for extension in EXTENSIONS:
                connection.execute(sql.SQL(f"CREATE EXTENSION IF NOT EXISTS {extension}"))
