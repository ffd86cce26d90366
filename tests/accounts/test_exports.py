"""A copy of one's record: asked for once at a time, made twice at most, fetched once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.exporting import DEVICE, asked, begun, jobs_of, ready, ticket_of
from tests.factories import (
    HONG,
    KHOA,
    AuditingFailedError,
    a_session,
    all_at_once,
    an_account,
    fail_auditing,
    secret_of,
)
from vssid.accounts import errors
from vssid.accounts.commands import exports
from vssid.accounts.models import Account, Export, ExportReason, ExportStage, ExportState
from vssid.audit.models import Event
from vssid.files.errors import FileDamagedError
from vssid.files.models import StoredFile
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message

pytestmark = pytest.mark.django_db
LONG = exports.SILENCE + timedelta(seconds=1)
DAY = timedelta(days=1)


def _fetch(export: Export, **changes: Any) -> bytes:
    facts = {"number": HONG.number, "export_id": export.id, "device": DEVICE, "now": utc_now()}
    return exports.fetch_export(**{**facts, **changes})


def _acts() -> list[str]:
    events = Event.objects.filter(act__startswith="export.").order_by("id")
    return list(events.values_list("act", flat=True))


def _letters(template: str) -> list[Message]:
    return list(Message.objects.filter(template=template))


# --- asking ---------------------------------------------------------------------------------------


def test_asked_export_waits_with_a_job_an_event_and_a_notice_of_the_device() -> None:
    export = asked(an_account(), formats=["json", "pdf"])
    assert (export.state, export.percent) == (ExportState.WAITING, 0)
    assert export.formats == "pdf,json"
    assert jobs_of(export.id) == 1
    event = Event.objects.get(act="export.ask")
    assert event.details == {"device": DEVICE, "formats": "pdf,json"}
    (letter,) = _letters("account.export-asked")
    assert (letter.address, letter.data["device"]) == (HONG.phone, DEVICE)
    assert "/khong-phai-toi/" in secret_of(letter)["link"]


def test_email_is_told_as_well() -> None:
    asked(an_account(KHOA))
    assert {one.address for one in _letters("account.export-asked")} == {KHOA.phone, KHOA.email}


@pytest.mark.parametrize("formats", [[], ["xml"], ["json", "xml"], [""]])
def test_unknown_formats_are_refused(formats: list[str]) -> None:
    with pytest.raises(errors.ExportFormatError):
        asked(an_account(), formats=formats)
    assert not Export.objects.exists()


@pytest.mark.parametrize("state", ["waiting", "working", "ready"])
def test_second_export_is_refused_while_one_is_open(state: str) -> None:
    account = an_account()
    export = ready(account) if state == "ready" else asked(account)
    if state == "working":
        begun(export)
    with pytest.raises(errors.ExportOpenError):
        asked(account)
    assert Export.objects.count() == 1


def test_database_holds_one_open_export() -> None:
    export = asked(an_account())
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.create(account=export.account, formats="pdf", asked_at=utc_now())


@pytest.mark.django_db(transaction=True)
def test_twice_at_once_makes_one() -> None:
    account = an_account()
    a_session(account)
    found = all_at_once([lambda: asked(account)] * 4, threads=4)
    assert sorted(type(one).__name__ for one in found) == ["Export"] + ["ExportOpenError"] * 3
    assert Export.objects.count() == 1


def test_held_account_is_refused_with_the_time() -> None:
    account = an_account()
    a_session(account)
    Account.objects.update(changes_held_until=utc_now() + timedelta(hours=5))
    with pytest.raises(errors.ChangesHeldError):
        asked(account)
    assert not Export.objects.exists()
    assert not _letters("account.export-asked")


def test_only_a_few_are_made_in_a_day(settings: Any) -> None:
    settings.VSSID_EXPORTS_PER_DAY = 2
    account, now = an_account(), utc_now()
    for _ in range(2):
        exports.fail_export(work=begun(asked(account)), reason=ExportReason.LOST, now=now)
    with pytest.raises(errors.ExportsOfDayError) as refused:
        asked(account)
    assert "đủ 2 bản" in str(refused.value)
    assert asked(account, now=now + DAY + LONG)


def test_nothing_is_asked_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    account = an_account()
    a_session(account)
    fail_auditing(monkeypatch, exports)
    with pytest.raises(AuditingFailedError):
        asked(account)
    assert not Export.objects.exists()
    assert not _letters("account.export-asked")


# --- being made -----------------------------------------------------------------------------------


def test_progress_is_told_as_it_happens() -> None:
    export = asked(an_account())
    work = begun(export)
    assert exports.note_progress(work=work, stage=ExportStage.PDF, percent=70, now=utc_now())
    export.refresh_from_db()
    assert (export.state, export.stage, export.percent) == ("working", "pdf", 70)


def test_finished_export_is_kept_encrypted_for_a_day_and_told() -> None:
    export = ready(content=b"PK all of it")
    stored = StoredFile.objects.get(id=export.file)
    assert (export.state, export.percent, export.size) == ("ready", 100, len(b"PK all of it"))
    assert export.made_at
    assert export.expires_at == stored.delete_after == export.made_at + DAY
    assert len(_letters("account.export-ready")) == 1
    assert _acts() == ["export.ask", "export.make"]


def test_stranger_s_ticket_begins_nothing() -> None:
    export = asked(an_account())
    for ticket in ("", "nonsense", ticket_of(export)[:-4] + "AAAA"):
        assert exports.begin_export(ticket=ticket, now=utc_now()) is None


def test_second_job_does_not_disturb_a_worker() -> None:
    export = asked(an_account())
    begun(export)
    assert exports.begin_export(ticket=ticket_of(export), now=utc_now()) is None


def test_failure_is_told_and_may_be_asked_again() -> None:
    account = an_account()
    export = asked(account)
    exports.fail_export(work=begun(export), reason=ExportReason.NO_SPACE, now=utc_now())
    export.refresh_from_db()
    assert (export.state, export.reason) == ("failed", "no-space")
    assert len(_letters("account.export-failed")) == 1
    assert _acts()[-1] == "export.fail"
    assert asked(account).state == "waiting"


def test_nothing_is_finished_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    export = asked(an_account())
    work = begun(export)
    fail_auditing(monkeypatch, exports)
    with pytest.raises(AuditingFailedError):
        exports.finish_export(work=work, content=b"PK", now=utc_now())
    export.refresh_from_db()
    assert (export.state, export.file) == ("working", None)
    assert not StoredFile.objects.exists()


# --- a killed worker ------------------------------------------------------------------------------


def test_sweep_brings_a_silent_export_back_and_another_worker_makes_it() -> None:
    export = asked(an_account())
    first = begun(export)
    later = utc_now() + LONG
    assert exports.sweep_exports(now=utc_now()) == 0
    assert exports.sweep_exports(now=later) == 1
    second = begun(export, later)
    assert (first.attempt, second.attempt) == (1, 2)
    assert exports.finish_export(work=second, content=b"PK", now=later)


def test_worker_that_was_given_up_cannot_finish_any_more() -> None:
    export = asked(an_account())
    first, later = begun(export), utc_now() + LONG
    begun(export, later)
    assert not exports.note_progress(work=first, stage=ExportStage.PDF, percent=70, now=later)
    assert not exports.finish_export(work=first, content=b"PK", now=later)
    assert not StoredFile.objects.exists()


def test_third_worker_gives_it_up() -> None:
    export = asked(an_account())
    begun(export)
    begun(export, utc_now() + LONG)
    assert exports.begin_export(ticket=ticket_of(export), now=utc_now() + 2 * LONG) is None
    export.refresh_from_db()
    assert (export.state, export.reason, export.attempts) == ("failed", "lost", 2)


def test_sweep_brings_back_what_lost_its_job() -> None:
    export = asked(an_account())
    assert exports.sweep_exports(now=utc_now() + timedelta(minutes=1)) == 1
    assert jobs_of(export.id) == 1


# --- fetching -------------------------------------------------------------------------------------


def test_fetched_once_and_for_some_minutes_again_if_it_broke_off() -> None:
    export, now = ready(content=b"PK all"), utc_now()
    assert _fetch(export, now=now) == b"PK all"
    assert _fetch(export, now=now + timedelta(minutes=9)) == b"PK all"
    with pytest.raises(errors.ExportGoneError):
        _fetch(export, now=now + timedelta(minutes=10))
    assert _acts().count("export.fetch") == 2
    assert Event.objects.filter(act="export.fetch")[0].details["device"] == DEVICE


def test_sweep_erases_what_was_fetched_and_says_still_that_it_was() -> None:
    export, now = ready(), utc_now()
    _fetch(export, now=now)
    exports.sweep_exports(now=now + timedelta(minutes=11))
    export.refresh_from_db()
    assert (export.state, export.file) == ("fetched", None)
    assert StoredFile.objects.get().erased_at is not None


def test_unfetched_export_is_erased_after_a_day() -> None:
    export, later = ready(), utc_now() + DAY + LONG
    with pytest.raises(errors.ExportGoneError):
        _fetch(export, now=later)
    exports.sweep_exports(now=later)
    export.refresh_from_db()
    assert (export.state, export.reason, export.file) == ("expired", "time", None)
    assert StoredFile.objects.get().erased_at is not None
    assert _acts()[-1] == "export.end"


def test_somebody_else_s_export_is_not_there() -> None:
    an_account(KHOA)
    export = ready()
    with pytest.raises(Export.DoesNotExist):
        _fetch(export, number=KHOA.number)


@pytest.mark.parametrize("state", ["waiting", "working", "failed"])
def test_unfinished_export_cannot_be_fetched(state: str) -> None:
    export = asked(an_account())
    if state != "waiting":
        work = begun(export)
        if state == "failed":
            exports.fail_export(work=work, reason=ExportReason.LOST, now=utc_now())
    with pytest.raises(errors.ExportGoneError):
        _fetch(export)


def test_ready_export_waits_too_while_changes_are_held() -> None:
    export = ready()
    Account.objects.update(changes_held_until=utc_now() + timedelta(hours=5))
    with pytest.raises(errors.ChangesHeldError):
        _fetch(export)
    export.refresh_from_db()
    assert export.state == "ready"


def test_damaged_file_leaves_the_export_as_it_was() -> None:
    export = ready()
    StoredFile.objects.update(key_id="lost")
    with pytest.raises(FileDamagedError):
        _fetch(export)
    export.refresh_from_db()
    assert (export.state, export.fetched_at) == ("ready", None)


def test_nothing_is_fetched_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    export = ready()
    fail_auditing(monkeypatch, exports)
    with pytest.raises(AuditingFailedError):
        _fetch(export)
    export.refresh_from_db()
    assert export.state == "ready"


def test_rows_long_over_are_deleted_and_open_ones_stay() -> None:
    export, later = ready(), utc_now() + timedelta(days=91)
    assert exports.delete_old_exports(now=later) == 0
    exports.sweep_exports(now=later)
    assert exports.delete_old_exports(now=later) == 1
    assert not Export.objects.filter(id=export.id).exists()
