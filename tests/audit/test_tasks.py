"""What the worker does for the audit."""

from pathlib import Path

import pytest
from procrastinate.contrib.django import app

from tests.audit.sealing_helpers import chain, kinds, write_events
from vssid.audit import tasks
from vssid.audit.sealing import heads

pytestmark = pytest.mark.django_db


def test_each_second_what_was_committed_is_sealed() -> None:
    write_events(3)
    tasks.seal(0)
    assert len(chain()) == 3


def test_each_minute_the_ends_of_the_chains_are_signed_when_they_moved(heads_folder: Path) -> None:
    write_events(1)
    tasks.seal(0)
    tasks.export(0)
    tasks.export(0)
    assert len(list(heads.files(heads_folder))) == 1
    assert kinds() == set()


def test_they_run_every_second_and_every_minute_on_a_queue_of_their_own() -> None:
    periods = {
        periodic.task.name: periodic.cron
        for periodic in app.periodic_registry.periodic_tasks.values()
        if periodic.task.queue == tasks.QUEUE
    }
    assert periods == {
        "vssid.audit.tasks.seal": "* * * * * */1",
        "vssid.audit.tasks.export": "* * * * *",
    }
