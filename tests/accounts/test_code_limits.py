"""How many codes go out to what nobody has proven: by phone, by network, by day."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.factories import CLERK
from vssid.accounts import errors
from vssid.accounts.commands import codes
from vssid.accounts.commands.codes import CodeRequest
from vssid.accounts.models import CodePurpose
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOW = utc_now()


def _issue(after: timedelta, *, draft: int = 0, phone: int = 1, **changes: Any) -> None:
    wanted: dict[str, Any] = {
        "purpose": CodePurpose.REGISTRATION,
        "subject": f"draft-{draft}",
        "binding": "what it confirms",
        "phone": f"+849120000{phone:02d}",
        "template": "code.registration",
        "data": {"number": "0198***001"},
    }
    codes.issue_code(request=CodeRequest(**{**wanted, **changes}), by=CLERK, now=NOW + after)


def test_unproven_phone_pauses_for_a_minute_whichever_draft_asks() -> None:
    _issue(0 * MINUTE, draft=1)
    with pytest.raises(errors.CodeTooSoonError) as refused:
        _issue(timedelta(seconds=20), draft=2)
    assert refused.value.wait == timedelta(seconds=40)
    _issue(MINUTE, draft=2)


def test_registration_and_a_new_phone_share_the_pause() -> None:
    _issue(0 * MINUTE)
    with pytest.raises(errors.CodeTooSoonError):
        _issue(0 * MINUTE, purpose=CodePurpose.NEW_PHONE, subject="0198000001")


def test_proven_phone_is_not_held_up_by_strangers() -> None:
    _issue(0 * MINUTE)
    _issue(0 * MINUTE, purpose=CodePurpose.PASSWORD, subject="0198000001")
    assert Message.objects.count() == 2


def test_eleventh_code_of_a_day_to_one_phone_is_refused_with_the_hours_in_words() -> None:
    for count in range(10):
        _issue(count * HOUR, draft=count)
    with pytest.raises(errors.CodesOfDayError) as refused:
        _issue(10 * HOUR, draft=11)
    assert refused.value.wait == 14 * HOUR
    assert "14 giờ" in str(refused.value)
    _issue(24 * HOUR, draft=12)


def test_network_has_an_hourly_budget_over_all_phones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_CODES_PER_NETWORK_HOUR", 3)
    for count in range(3):
        _issue(0 * MINUTE, draft=count, phone=count, asked_from=f"203.0.113.{count}")
    with pytest.raises(errors.NetworkExhaustedError) as refused:
        _issue(10 * MINUTE, draft=9, phone=9, asked_from="203.0.113.200")
    assert refused.value.wait == 50 * MINUTE
    assert "50 phút" in str(refused.value)
    _issue(10 * MINUTE, draft=9, phone=9, asked_from="203.0.114.1")
    _issue(HOUR, draft=8, phone=8, asked_from="203.0.113.200")


def test_network_has_a_daily_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_CODES_PER_NETWORK_DAY", 3)
    for count in range(3):
        _issue(count * 2 * HOUR, draft=count, phone=count, asked_from=f"2001:db8:77:{count}::1")
    with pytest.raises(errors.NetworkExhaustedError) as refused:
        _issue(8 * HOUR, draft=9, phone=9, asked_from="2001:db8:77:ffff::1")
    assert refused.value.wait == 16 * HOUR
    _issue(24 * HOUR, draft=9, phone=9, asked_from="2001:db8:77:ffff::1")


def test_refused_code_uses_no_budget_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_CODES_PER_NETWORK_HOUR", 2)
    _issue(0 * MINUTE, draft=1, asked_from="203.0.113.1")
    for _ in range(5):
        with pytest.raises(errors.CodeTooSoonError):
            _issue(0 * MINUTE, draft=2, asked_from="203.0.113.1")
    _issue(0 * MINUTE, draft=3, phone=3, asked_from="203.0.113.1")


def test_code_without_network_takes_none_of_its_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "VSSID_CODES_PER_NETWORK_HOUR", 0)
    _issue(0 * MINUTE)
    changes: dict[str, Any] = {"purpose": CodePurpose.DEVICE, "subject": "0198000001"}
    _issue(0 * MINUTE, asked_from="203.0.113.1", **changes)
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(seconds=39.2), "40 giây"),
        (timedelta(seconds=61), "2 phút"),
        (2 * HOUR, "120 phút"),
        (2 * HOUR + MINUTE, "3 giờ"),
    ],
)
def test_wait_is_said_in_words_and_never_too_short(wait: timedelta, words: str) -> None:
    assert errors.wait_in_words(wait) == words
