"""Every job has a worker, and every job that is named exists."""

import ast
import subprocess
from collections.abc import Mapping
from typing import Any

import pytest
from django.conf import settings
from procrastinate.contrib.django import app

from config.local import run
from tests.architecture.source import callee, calls, modules
from vssid.messaging import jobs

# Found in every app's tasks.py when Django starts.
TASKS = {name: task for name, task in app.tasks.items() if name.startswith("vssid.")}
RESTRICTING = {"-q", "--queues"}


class _StartedError(Exception):
    """Carries the words that would have been started."""


def _served(queue: str, words: list[str]) -> bool:
    """Whether a worker started with `words` takes jobs of `queue`."""
    defaults: dict[str, Any] = dict(settings.PROCRASTINATE_WORKER_DEFAULTS)
    named = defaults.get("queues")
    for at, word in enumerate(words):
        if word in RESTRICTING:
            named = words[at + 1].split(",")
    return named is None or queue in named


@pytest.fixture
def worker_words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `make run` starts as its worker."""

    def start(*words: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        raise _StartedError(*words)

    monkeypatch.setattr(run, "python", start)
    with pytest.raises(_StartedError) as started:
        run.worker({}).start()
    return [str(word) for word in started.value.args]


def test_every_queue_is_served(worker_words: list[str]) -> None:
    queues = {task.queue for task in TASKS.values()}
    assert {"messaging", "housekeeping"} <= queues
    assert [queue for queue in queues if not _served(queue, worker_words)] == []


def test_worker_with_named_queues_would_be_noticed() -> None:
    assert not _served("housekeeping", ["worker", "-q", "messaging"])


def test_jobs_that_are_named_exist() -> None:
    named = {
        str(name.value)
        for path in modules("vssid")
        for call in calls(path)
        if callee(call) == "configure_task"
        for name in call.args[:1]
        if isinstance(name, ast.Constant)
    }
    assert named
    assert named <= set(TASKS)


def test_tasks_are_named_after_their_place() -> None:
    for name, task in TASKS.items():
        assert name == f"{task.func.__module__}.{task.func.__name__}"


def test_outbox_has_a_queue_of_its_own() -> None:
    """A long clean-up must not keep a code waiting."""
    queues = {task.queue for name, task in TASKS.items() if ".messaging." not in name}
    assert jobs.QUEUE not in queues
