"""The data set read once, and the loaded directory for a module, taken back at its end."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from vssid.audit.actors import Actor
from vssid.reference import commands
from vssid.reference.searching import memory
from vssid.reference.source import Source, read_source
from vssid.reference.territory import Territory

LOADER = Actor.system("tests")


@pytest.fixture(scope="session")
def source() -> Source:
    return read_source()


@pytest.fixture(scope="session")
def territory(source: Source) -> Territory:
    return Territory(source)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Areas, agencies and facilities; each test's own changes are taken back after it."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            commands.load_reference(by=LOADER)
            memory.forget()
            yield
            transaction.set_rollback(True)
        memory.forget()


@pytest.fixture
def fresh_directory(loaded: None, db: None) -> Iterator[None]:
    """For tests that change rows: nothing of it stays in the memory of the process."""
    memory.forget()
    yield
    memory.forget()
