"""Gives the application's role its rights: append-only tables stay append-only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from psycopg import sql

# The application reads and adds, and can never change or remove.
APPEND_ONLY = ("audit_event", "audit_seal", "audit_hold")
# What belongs to the owner alone.
OWNER_ONLY = ("django_migrations",)


def grant_app_role(role: str) -> None:
    """Grant `role` what the application needs, as the owner of the tables. Idempotent."""
    statements = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
        for table in APPEND_ONLY:
            _revoke(cursor, "UPDATE, DELETE, TRUNCATE", table, role)
        for table in OWNER_ONLY:
            _revoke(cursor, "INSERT, UPDATE, DELETE, TRUNCATE", table, role)


def _revoke(cursor: Any, rights: str, table: str, role: str) -> None:
    statement = sql.SQL("REVOKE {rights} ON {table} FROM {role}").format(
        rights=sql.SQL(rights), table=sql.Identifier(table), role=sql.Identifier(role)
    )
    cursor.execute(statement)


class Command(BaseCommand):
    """`manage.py grant_app_role`, run as the owner after each migration."""

    help = "Gives the application's database role its rights."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Grant to VSSID_APP_ROLE."""
        grant_app_role(settings.VSSID_APP_ROLE)
