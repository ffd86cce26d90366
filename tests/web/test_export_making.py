"""The worker's part of a copy of one's record: killed in the middle, failing, out of date."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts.exporting import asked, begun, jobs_of, ticket_of
from tests.factories import an_account
from tests.messaging.letters import KilledError
from vssid.accounts.commands import exports
from vssid.accounts.models import Export
from vssid.documents.errors import TypesettingError
from vssid.files import storage
from vssid.files.models import StoredFile
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message
from vssid.web.citizen import tasks
from vssid.web.citizen.export import making

pytestmark = pytest.mark.django_db
ALL = ("pdf", "csv", "json")
LATER = timedelta(minutes=2)


def _let_time_pass(export: Export) -> None:
    Export.objects.filter(id=export.id).update(worked_at=utc_now() - LATER)


def _run(export: Export) -> Export:
    """The job of an export, as the worker runs it."""
    job = ProcrastinateJob.objects.filter(lock=f"export-{export.id}").latest("id")
    assert (job.task_name, job.queue_name) == (tasks.make_export.name, tasks.make_export.queue)
    tasks.make_export(**job.args)
    export.refresh_from_db()
    return export


def _failing(error: BaseException) -> Any:
    def fail(*_given: object, **_named: object) -> None:
        raise error

    return fail


def test_deferred_job_makes_the_export() -> None:
    export = asked(an_account(), formats=ALL)
    assert _run(export).state == "ready"


def test_job_tells_nobody_whose_record_it_is() -> None:
    export = asked(an_account())
    job = ProcrastinateJob.objects.get(lock=f"export-{export.id}")
    assert export.account_id not in str(job.args)


def test_each_step_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int]] = []
    note = exports.note_progress

    def watch(**said: Any) -> bool:
        seen.append((said["stage"], said["percent"]))
        return note(**said)

    monkeypatch.setattr(exports, "note_progress", watch)
    _run(asked(an_account(), formats=ALL))
    assert [stage for stage, _ in seen] == ["reading"] * 5 + ["json", "csv", "pdf", "sealing"]
    percents = [percent for _, percent in seen]
    assert percents == sorted(set(percents))
    assert percents[-1] < 100


@pytest.mark.parametrize("step", ["as_json", "as_csv", "as_pdf", "_gather"])
def test_killed_worker_loses_nothing_and_the_next_one_makes_it(
    monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    export = asked(an_account(), formats=ALL)
    with monkeypatch.context() as patch:
        patch.setattr(making, step, _failing(KilledError()))
        with pytest.raises(KilledError):
            _run(export)
    export.refresh_from_db()
    assert (export.state, export.attempts) == ("working", 1)
    ProcrastinateJob.objects.filter(lock=f"export-{export.id}").delete()
    _let_time_pass(export)
    tasks.sweep_exports(0)
    assert jobs_of(export.id) == 1
    assert _run(export).state == "ready"
    assert export.attempts == 2
    assert StoredFile.objects.count() == 1
    assert Message.objects.filter(template="account.export-ready").count() == 1


def test_worker_killed_while_its_file_is_written_leaves_no_row_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    export = asked(an_account())
    with monkeypatch.context() as patch:
        patch.setattr(exports, "record_event", _failing(KilledError()))
        with pytest.raises(KilledError):
            _run(export)
    export.refresh_from_db()
    assert (export.state, export.file) == ("working", None)
    assert not StoredFile.objects.exists()
    _let_time_pass(export)
    assert _run(export).state == "ready"


def test_second_death_is_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    export = asked(an_account())
    monkeypatch.setattr(making, "as_json", _failing(KilledError()))
    for _ in range(2):
        with pytest.raises(KilledError):
            _run(export)
        _let_time_pass(export)
    monkeypatch.undo()
    assert _run(export).state == "failed"
    assert (export.reason, export.attempts) == ("lost", 2)
    assert Message.objects.filter(template="account.export-failed").count() == 1


def test_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    export = asked(an_account())
    full = _failing(OSError(28, "No space left on device"))
    monkeypatch.setattr(storage.LocalStorage, "write", full)
    assert _run(export).state == "failed"
    assert (export.reason, export.file) == ("no-space", None)


def test_typesetting_error_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    export = asked(an_account(), formats=ALL)
    monkeypatch.setattr(making, "as_pdf", _failing(TypesettingError(source="book.typ")))
    assert (_run(export).state, export.reason) == ("failed", "typesetting")


def test_what_nobody_foresaw_is_said_and_reaches_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    export = asked(an_account())
    monkeypatch.setattr(making, "as_json", _failing(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        _run(export)
    export.refresh_from_db()
    assert (export.state, export.reason) == ("failed", "unknown")


def test_export_that_was_ended_meanwhile_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    export = asked(an_account())

    def end(*_given: object, **_named: object) -> bytes:
        exports.end_exports(number=export.account_id, now=utc_now())
        return b"{}"

    monkeypatch.setattr(making, "as_json", end)
    assert _run(export).state == "expired"
    assert not StoredFile.objects.exists()


def test_job_without_a_turn_does_nothing() -> None:
    export = asked(an_account())
    begun(export)
    making.make_export(ticket=ticket_of(export))
    export.refresh_from_db()
    assert (export.state, export.attempts) == ("working", 1)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_files_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[bool] = []

    def watch(*_given: object, **_named: object) -> bytes:
        inside.append(connection.in_atomic_block)
        return b"{}"

    monkeypatch.setattr(making, "as_json", watch)
    assert _run(asked(an_account())).state == "ready"
    assert inside == [False]
