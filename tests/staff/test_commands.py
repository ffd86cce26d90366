"""Officers at their door, and which role may do what."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import CLERK, PASSWORD, AuditingFailedError, an_officer, fail_auditing
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.staff import commands, errors, rules
from vssid.staff.models import Officer, Role

NEW = commands.NewOfficer("canbo.moi", "Phan Văn Lộc", Role.DECISION, "00114", PASSWORD)


def _check(user_name: str, password: str = PASSWORD, now: datetime | None = None) -> Officer:
    return commands.check_credentials(user_name=user_name, password=password, now=now or utc_now())


def _refusals(user_name: str, times: int, now: datetime) -> list[type[Exception]]:
    found: list[type[Exception]] = []
    for _ in range(times):
        with pytest.raises((errors.SignInRefusedError, errors.SignInLockedError)) as refused:
            _check(user_name, "wrong password", now)
        found.append(refused.type)
    return found


@pytest.mark.django_db
def test_officer_is_opened_once_and_recorded() -> None:
    for _ in range(2):
        commands.open_officer(officer=NEW, by=CLERK)
    assert Officer.objects.get().office == "00114"
    assert Event.objects.filter(act="officer.open", subject="canbo.moi").count() == 2


@pytest.mark.django_db
def test_no_officer_is_opened_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_auditing(monkeypatch, commands)
    with pytest.raises(AuditingFailedError):
        commands.open_officer(officer=NEW, by=CLERK)
    assert not Officer.objects.exists()


@pytest.mark.django_db
def test_officer_signs_in_and_it_is_recorded_with_their_office() -> None:
    officer = an_officer()
    assert _check(officer.user_name) == officer
    event = Event.objects.get(act="officer.sign-in")
    assert (event.actor, event.office) == (officer.user_name, "00114")


@pytest.mark.django_db
def test_officer_who_left_cannot_sign_in() -> None:
    officer = an_officer(is_active=False)
    with pytest.raises(errors.SignInRefusedError):
        _check(officer.user_name)


@pytest.mark.django_db
def test_unknown_name_hears_the_same_and_locks_alike() -> None:
    officer, now = an_officer(), utc_now()
    known, unknown = (_refusals(name, 7, now) for name in (officer.user_name, "nobody"))
    assert known == unknown
    assert known == [errors.SignInRefusedError] * 5 + [errors.SignInLockedError] * 2


@pytest.mark.django_db
def test_lock_ends_after_a_quarter_of_an_hour() -> None:
    officer, now = an_officer(), utc_now()
    _refusals(officer.user_name, 5, now)
    with pytest.raises(errors.SignInLockedError):
        _check(officer.user_name, now=now + timedelta(minutes=14))
    assert _check(officer.user_name, now=now + timedelta(minutes=15)) == officer


@pytest.mark.django_db
def test_right_password_forgets_the_wrong_ones() -> None:
    officer, now = an_officer(), utc_now()
    for _ in range(3):
        _refusals(officer.user_name, 4, now)
        assert _check(officer.user_name, now=now) == officer


@pytest.mark.django_db
def test_database_refuses_an_unknown_role() -> None:
    officer = an_officer()
    with pytest.raises(IntegrityError, match="staff_role_known"), transaction.atomic():
        Officer.objects.filter(pk=officer.pk).update(role="king")


@pytest.mark.parametrize("role", Role)
def test_cases_are_seen_by_intake_decision_and_head(role: Role) -> None:
    assert rules.can_see_cases(role) is (role in {Role.INTAKE, Role.DECISION, Role.HEAD})


@pytest.mark.parametrize("role", Role)
def test_cases_are_decided_by_decision_and_head(role: Role) -> None:
    assert rules.can_decide(role) is (role in {Role.DECISION, Role.HEAD})


@pytest.mark.parametrize("role", ["", "Decision", "unknown"])
def test_unknown_role_may_nothing(role: str) -> None:
    assert not rules.can_see_cases(role)
    assert not rules.can_decide(role)
