"""What every test shares: a database set up by its owner and used as the application."""

import io
import os
import time
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from tests.reading_once import directories_read_once

# A slow machine is no failure.
hypothesis_settings.register_profile("vssid", deadline=None)
hypothesis_settings.load_profile("vssid")

# Each of several runs at once names one of its own, and each of their workers has its own.
_DATABASE = os.environ.get("VSSID_TEST_DATABASE", "test_vssid") + os.environ.get(
    "PYTEST_XDIST_WORKER", ""
)
# What is loaded once and never changed by a test that commits.
_KEPT = ("django_", "reference_", "procrastinate_periodic_defers", "procrastinate_version")


def _owner_url() -> str:
    url = os.environ.get("DATABASE_OWNER_URL", "")
    if not url:
        pytest.exit(
            "The tests need a database: run `make test ARGS='tests/…'`, which starts one.", 4
        )
    return url


def pytest_sessionstart() -> None:
    """A fresh checkout has no compiled translations, and what is read once stays read."""
    call_command("compile_texts")


@pytest.fixture(scope="session")
def owner_url() -> str:
    """The test database, as its owner."""
    return urlsplit(_owner_url())._replace(path=f"/{_DATABASE}").geturl()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, owner_url: str) -> Iterator[None]:
    """Create and migrate as owner, load the directories, go on as the application."""
    with django_db_blocker.unblock():
        _create_database()
        app = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD", "OPTIONS")}
        owner = urlsplit(owner_url)
        connection.close()
        connection.settings_dict.update(
            NAME=_DATABASE,
            USER=unquote(owner.username or ""),
            PASSWORD=unquote(owner.password or ""),
            OPTIONS={},
        )
        call_command("migrate", interactive=False, verbosity=0)
        call_command("grant_app_role")
        call_command("load_reference", stdout=io.StringIO())
        connection.close()
        connection.settings_dict.update(app)
        yield
        connection.close()


@pytest.fixture(scope="session", autouse=True)
def _truncating_as_owner() -> Iterator[None]:
    """Tests that commit are cleaned up after by the owner: the application may not truncate."""
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", _truncate)
    yield
    patch.undo()


def _create_database() -> None:
    with psycopg.connect(_owner_url(), autocommit=True) as server:
        name = sql.Identifier(_DATABASE)
        _drop(server, name)
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))


def _drop(server: psycopg.Connection[tuple[object, ...]], name: sql.Identifier) -> None:
    # The cleaner of the server, which we may not end, looks into a database now and then.
    for _ in range(60):
        try:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            time.sleep(0.5)
        else:
            return
    pytest.exit(f"The old test database {_DATABASE} could not be dropped.", 4)


def _truncate(_case: TransactionTestCase) -> None:
    url = urlsplit(_owner_url())._replace(path=f"/{_DATABASE}").geturl()
    with psycopg.connect(url, autocommit=True) as owner:
        rows = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in rows if not name.startswith(_KEPT)]
        # Emptying a table makes new files, whether there was anything in it or not.
        asking = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name))
            for name in tables
        )
        written = [sql.Identifier(name) for (name,) in owner.execute(asking)]
        if written:
            names = sql.SQL(", ").join(written)
            owner.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))


@pytest.fixture(scope="session", autouse=True)
def _directories_read_once() -> Iterator[None]:
    """What stands in the directories is read anew only when some row of them has changed."""
    patch = pytest.MonkeyPatch()
    directories_read_once(patch)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _files_of_their_own(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test stores its files in a folder of its own."""
    monkeypatch.setattr(settings, "VSSID_FILES_DIR", tmp_path)


@pytest.fixture(autouse=True)
def _vietnamese_again() -> Iterator[None]:
    """A page in English leaves its language behind in the process."""
    yield
    translation.activate(settings.LANGUAGE_CODE)
