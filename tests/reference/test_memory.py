"""The indexes are built before anybody waits for them."""

import os
import subprocess
import sys

import pytest
from django.db import DatabaseError, connections

from config import wsgi
from vssid.reference.searching import memory
from vssid.reference.searching.entries import Entry
from vssid.reference.searching.index import Index


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """That the connections were closed; the test's own stays open."""
    done: list[str] = []
    monkeypatch.setattr(connections, "close_all", lambda: done.append("closed"))
    return done


def test_warming_builds_every_directory_in_a_thread_of_its_own(
    monkeypatch: pytest.MonkeyPatch, closed: list[str]
) -> None:
    built: list[str] = []

    def build(self: object) -> Index:
        built.append(repr(self))
        return Index([Entry("1", ("BHXH",))])

    monkeypatch.setattr(memory._Kept, "current", build)
    thread = wsgi.warm_directories()
    thread.join(10)

    assert thread.daemon
    assert len(set(built)) == 4
    assert closed == ["closed"]


def test_a_database_that_is_not_there_yet_leaves_it_to_the_first_look_up(
    monkeypatch: pytest.MonkeyPatch, closed: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(self: object) -> Index:
        raise DatabaseError

    monkeypatch.setattr(memory._Kept, "current", fail)
    memory.warm()

    assert "could not be read in advance" in caplog.text
    assert closed == ["closed"]


def test_the_server_begins_before_models_may_be_imported() -> None:
    """As granian does it: nobody has set Django up before."""
    words = [sys.executable, "-c", "import config.wsgi"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    ended = subprocess.run(words, env=environment, capture_output=True, check=False)  # noqa: S603 - our own words
    assert ended.returncode == 0, ended.stderr
