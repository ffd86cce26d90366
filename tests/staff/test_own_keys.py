"""What officers change of their own: password, SmartOTP, passkeys."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password

from tests.factories import PASSWORD, AuditingFailedError, an_officer, fail_auditing
from tests.staff.keys import SECRET, code_at, give_smart_otp
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.kernel.passkeys import NewPasskey
from vssid.staff import errors, queries
from vssid.staff.commands import own_keys
from vssid.staff.models import Officer, OfficerOtp, OfficerPasskey
from vssid.staff.rules import Step

NEW = "cây đa bến nước 2026"
MADE = NewPasskey(b"credential", b"key", 0)

pytestmark = pytest.mark.django_db


def test_own_password_takes_the_issued_ones_place_and_is_recorded() -> None:
    now = utc_now()
    officer = an_officer(must_change_password=True, first_password_until=now)
    own_keys.change_password(officer=officer, new=NEW, now=now)
    changed = Officer.objects.get(pk=officer.pk)
    assert check_password(NEW, changed.password)
    assert (changed.must_change_password, changed.first_password_until) == (False, None)
    event = Event.objects.get(act="officer.password-change")
    assert (event.actor, event.subject) == (officer.user_name, officer.user_name)


def test_password_in_force_is_not_a_new_one() -> None:
    with pytest.raises(errors.PasswordSameError):
        own_keys.change_password(officer=an_officer(), new=PASSWORD, now=utc_now())


def test_weak_new_password_changes_nothing() -> None:
    officer = an_officer()
    with pytest.raises(errors.PasswordIsNameError):
        own_keys.change_password(officer=officer, new=f"{officer.user_name} xanh", now=utc_now())
    assert check_password(PASSWORD, Officer.objects.get().password)


def test_password_stays_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = an_officer()
    fail_auditing(monkeypatch, own_keys)
    with pytest.raises(AuditingFailedError):
        own_keys.change_password(officer=officer, new=NEW, now=utc_now())
    assert check_password(PASSWORD, Officer.objects.get().password)


def test_smart_otp_is_kept_sealed_once_a_code_of_it_was_typed() -> None:
    officer, now = an_officer(), utc_now()
    with pytest.raises(errors.CodeWrongError):
        own_keys.put_smart_otp(officer=officer, secret=SECRET, typed="", now=now)
    assert not queries.has_second_factor(officer.pk)
    own_keys.put_smart_otp(officer=officer, secret=SECRET, typed=code_at(now), now=now)
    assert queries.has_second_factor(officer.pk)
    assert SECRET not in bytes(OfficerOtp.objects.get().secret)
    assert Event.objects.filter(act="officer.smart-otp", subject=officer.user_name).exists()


def test_wrong_clock_is_told_while_setting_up() -> None:
    now = utc_now()
    late = code_at(now, steps=9)
    with pytest.raises(errors.ClockWrongError):
        own_keys.put_smart_otp(officer=an_officer(), secret=SECRET, typed=late, now=now)


def test_password_past_its_time_is_changed_after_the_second_factor() -> None:
    now = utc_now()
    officer = give_smart_otp(an_officer(password_set_at=now - timedelta(days=181)), now)
    steps = [queries.next_step(officer, is_proved=proved, now=now) for proved in (False, True)]
    assert steps == [Step.SECOND_FACTOR, Step.NEW_PASSWORD]


def test_passkey_is_a_second_factor_and_goes_by_its_owner_only() -> None:
    officer, other = an_officer(), an_officer()
    kept = own_keys.add_passkey(officer=officer, name="Máy 2", made=MADE, now=utc_now())
    assert [one.name for one in queries.passkeys(officer.pk)] == ["Máy 2"]
    own_keys.remove_passkey(officer=other, passkey_id=kept.id)
    assert OfficerPasskey.objects.count() == 1
    own_keys.remove_passkey(officer=officer, passkey_id=kept.id)
    assert not queries.has_second_factor(officer.pk)
    acts = Event.objects.filter(act__startswith="officer.passkey").values_list("act", flat=True)
    assert sorted(acts) == ["officer.passkey-add", "officer.passkey-remove"]


def test_one_passkey_serves_one_officer() -> None:
    own_keys.add_passkey(officer=an_officer(), name="Máy 1", made=MADE, now=utc_now())
    with pytest.raises(errors.PasskeyKnownError):
        own_keys.add_passkey(officer=an_officer(), name="Máy 2", made=MADE, now=utc_now())


def test_passkey_is_not_kept_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = an_officer()
    fail_auditing(monkeypatch, own_keys)
    with pytest.raises(AuditingFailedError):
        own_keys.add_passkey(officer=officer, name="Máy 2", made=MADE, now=utc_now())
    assert not OfficerPasskey.objects.exists()
