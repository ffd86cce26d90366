"""Reminders of the signed paper with time moved: once each, and none too late (guides R11)."""

from datetime import datetime, timedelta

import pytest

from tests.factories import (
    HONG,
    KHOA,
    AuditingFailedError,
    a_declaration,
    all_at_once,
    an_officer,
    fail_auditing,
    received,
)
from vssid.audit.models import Event
from vssid.kernel.clock import VIETNAM, format_date, vietnam_today
from vssid.messaging.models import Message
from vssid.registration import tasks
from vssid.registration.commands import deciding, reminding
from vssid.registration.models import Declaration, State

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FILED_AT = datetime(2026, 3, 2, 15, 30, tzinfo=VIETNAM)
MORNING = FILED_AT.replace(hour=8, minute=0)


def _remind(days: int) -> int:
    return reminding.remind_of_paper(now=MORNING + days * DAY)


def _reminders() -> list[Message]:
    return list(Message.objects.filter(template="declaration.reminder").order_by("id"))


def test_reminded_on_the_seventh_and_the_ninth_day_then_it_lapses() -> None:
    declaration = a_declaration(KHOA, now=FILED_AT)
    sent = {day: _remind(day) for day in range(13)}
    assert {day for day, count in sent.items() if count} == {7, 9}
    assert [one.channel for one in _reminders()] == ["sms", "email"] * 2
    assert {one.address for one in _reminders()} == {KHOA.phone, KHOA.email}
    first = _reminders()[0].data
    assert first["until"] == format_date(vietnam_today(FILED_AT + 10 * DAY)) == "12/03/2026"
    assert "Thanh Trì" in first["office"]
    assert first["link"].endswith(f"/dang-ky/theo-doi/{declaration.code}/")
    assert deciding.lapse_overdue(now=MORNING + 10 * DAY) == 0
    assert deciding.lapse_overdue(now=MORNING + 11 * DAY) == 1
    assert Message.objects.filter(template="declaration.lapsed").count() == 2


def test_running_again_and_again_reminds_nobody_twice() -> None:
    a_declaration(now=FILED_AT)
    assert [_remind(7) for _ in range(3)] == [1, 0, 0]
    assert len(_reminders()) == 1


def test_after_a_pause_only_the_latest_reminder_goes_out() -> None:
    a_declaration(now=FILED_AT)
    assert [_remind(9), _remind(9), _remind(10)] == [1, 0, 0]
    assert len(_reminders()) == 1


def test_what_has_lapsed_is_not_reminded() -> None:
    a_declaration(now=FILED_AT)
    assert _remind(11) == 0


def test_whose_paper_is_here_is_not_reminded() -> None:
    received(a_declaration(now=FILED_AT), an_officer())
    assert _remind(7) == 0


def test_reminders_are_written_down() -> None:
    declaration = a_declaration(now=FILED_AT)
    _remind(7)
    event = Event.objects.get(act="declaration.remind")
    assert (event.actor_kind, event.subject) == ("system", HONG.number)
    assert event.details == {"code": declaration.code, "day": 7}


def test_what_crashed_between_is_made_up_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    a_declaration(HONG, now=FILED_AT)
    a_declaration(KHOA, now=FILED_AT + timedelta(seconds=1))
    seen = []

    def tell_one_then_crash(declaration: Declaration, *_args: object, **_named: object) -> None:
        seen.append(declaration.number)
        if len(seen) == 2:
            raise AuditingFailedError

    with monkeypatch.context() as patch:
        patch.setattr(reminding, "tell", tell_one_then_crash)
        with pytest.raises(AuditingFailedError):
            _remind(7)
    assert sorted(Declaration.objects.values_list("reminded_on_day", flat=True)) == [0, 7]
    assert _remind(7) == 1


def test_nothing_is_sent_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    a_declaration(now=FILED_AT)
    with monkeypatch.context() as patch:
        fail_auditing(patch, reminding)
        with pytest.raises(AuditingFailedError):
            _remind(7)
    assert not _reminders()
    assert _remind(7) == 1


@pytest.mark.django_db(transaction=True)
def test_many_clocks_at_once_remind_once() -> None:
    a_declaration(now=FILED_AT)
    found = all_at_once([lambda: _remind(7)] * 6, threads=6)
    assert sum(one for one in found if isinstance(one, int)) == 1
    assert len(_reminders()) == 1


@pytest.mark.django_db(transaction=True)
def test_the_clock_reminds_and_lets_lapse(monkeypatch: pytest.MonkeyPatch) -> None:
    a_declaration(now=FILED_AT)
    for day in (7, 9, 11):
        monkeypatch.setattr(tasks, "utc_now", lambda day=day: MORNING + day * DAY)
        tasks.remind(0)
        tasks.lapse(0)
    assert len(_reminders()) == 2
    assert Declaration.objects.get().state == State.LAPSED
