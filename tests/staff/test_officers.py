"""What heads decide about accounts: who, about whom, where; a matrix of fixed people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction

from tests.factories import (
    CLERK,
    HA_NOI,
    HAI_BA_TRUNG,
    THANH_TRI,
    AuditingFailedError,
    an_officer,
    fail_auditing,
)
from tests.staff.keys import code_at, give_smart_otp
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.staff import errors, queries, rules
from vssid.staff.commands import officers, signing_in
from vssid.staff.models import Officer, Role

pytestmark = pytest.mark.django_db

DA_NANG = "048"
Act = Callable[[Officer, Officer], Any]


def _new(role: Role = Role.DECISION, office: str = THANH_TRI) -> officers.NewOfficer:
    return officers.NewOfficer("canbo.moi", "Phan Văn Lộc", role, office)


def _end(by: Officer, who: Officer) -> Any:
    return officers.end_officer(officer_id=who.pk, by=by, now=utc_now())


def _assign(by: Officer, who: Officer) -> Any:
    return officers.assign_officer(
        officer_id=who.pk, role=Role.INTAKE, office=who.office, by=by, now=utc_now()
    )


def _password(by: Officer, who: Officer) -> Any:
    return officers.reset_password(officer_id=who.pk, by=by, now=utc_now())


def _second(by: Officer, who: Officer) -> Any:
    return officers.reset_second_factor(officer_id=who.pk, by=by, now=utc_now())


def _reopen(by: Officer, who: Officer) -> Any:
    Officer.objects.filter(pk=who.pk).update(is_active=False)
    return officers.reopen_officer(officer_id=who.pk, by=by, now=utc_now())


ACTS: dict[str, Act] = {
    "officer.end": _end,
    "officer.assign": _assign,
    "officer.password-reset": _password,
    "officer.second-factor-reset": _second,
    "officer.reopen": _reopen,
}
acts = pytest.mark.parametrize("act", ACTS)

# --- the matrix -----------------------------------------------------------------------------------


@acts
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FACILITY])
@pytest.mark.parametrize("office", [THANH_TRI, HAI_BA_TRUNG, HA_NOI, DA_NANG])
def test_only_the_head_here_or_above_manages_an_officer(act: str, role: Role, office: str) -> None:
    by, who = an_officer(role, office), an_officer(office=THANH_TRI)
    if role is Role.HEAD and office in {THANH_TRI, HA_NOI}:
        ACTS[act](by, who)
        event = Event.objects.get(act=act)
        assert (event.actor, event.office, event.subject) == (by.user_name, office, who.user_name)
    else:
        with pytest.raises(errors.NotYourOfficerError):
            ACTS[act](by, who)
        assert not Event.objects.filter(act=act).exists()


@acts
def test_head_of_an_office_does_not_manage_the_agency_above(act: str) -> None:
    by, who = an_officer(Role.HEAD, THANH_TRI), an_officer(office=HA_NOI)
    with pytest.raises(errors.NotYourOfficerError):
        ACTS[act](by, who)


@acts
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.CONTENT])
def test_head_does_not_manage_who_works_for_all_offices(act: str, role: Role) -> None:
    by, who = an_officer(Role.HEAD, HA_NOI), an_officer(role, HA_NOI)
    with pytest.raises(errors.NotYourOfficerError):
        ACTS[act](by, who)


@pytest.mark.parametrize("act", [name for name in ACTS if name != "officer.reopen"])
def test_head_does_not_change_their_own_account(act: str) -> None:
    by = an_officer(Role.HEAD)
    an_officer(Role.HEAD)
    with pytest.raises(errors.OwnAccountError):
        ACTS[act](by, by)


@acts
def test_unknown_officer_is_nobodys(act: str) -> None:
    nobody = Officer(pk=987654321, office=THANH_TRI, role=Role.INTAKE)
    with pytest.raises(errors.NotYourOfficerError):
        ACTS[act](an_officer(Role.HEAD), nobody)


@acts
def test_head_who_was_ended_meanwhile_decides_nothing(act: str) -> None:
    by, who = an_officer(Role.HEAD), an_officer()
    Officer.objects.filter(pk=by.pk).update(is_active=False)
    with pytest.raises(errors.NotYourOfficerError):
        ACTS[act](by, who)


@acts
def test_nothing_is_changed_when_auditing_fails(act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by, who = an_officer(Role.HEAD), give_smart_otp(an_officer())
    Officer.objects.filter(pk=who.pk).update(is_active=act != "officer.reopen")
    before = Officer.objects.values().get(pk=who.pk)
    fail_auditing(monkeypatch, officers)
    with pytest.raises(AuditingFailedError):
        ACTS[act](by, who)
    assert Officer.objects.values().get(pk=who.pk) == before
    assert queries.has_second_factor(who.pk)


# --- opening --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_head_gives_the_roles_of_an_office_only(role: Role) -> None:
    by = an_officer(Role.HEAD)
    if role in rules.GIVEN_BY_HEADS:
        made, _password = officers.hire_officer(officer=_new(role), by=by, now=utc_now())
        assert made.role == role
    else:
        with pytest.raises(errors.RoleNotGivenError):
            officers.hire_officer(officer=_new(role), by=by, now=utc_now())


@pytest.mark.parametrize(
    ("head_at", "office", "may"),
    [
        (THANH_TRI, THANH_TRI, True),
        (HA_NOI, THANH_TRI, True),
        (HA_NOI, HA_NOI, True),
        (THANH_TRI, HAI_BA_TRUNG, False),
        (THANH_TRI, HA_NOI, False),
        (DA_NANG, THANH_TRI, False),
        (HA_NOI, "99999", False),
    ],
)
def test_head_opens_accounts_here_and_below(head_at: str, office: str, *, may: bool) -> None:
    by = an_officer(Role.HEAD, head_at)
    if may:
        officers.hire_officer(officer=_new(office=office), by=by, now=utc_now())
        event = Event.objects.get(act="officer.open")
        assert (event.actor, event.office) == (by.user_name, head_at)
    else:
        with pytest.raises(errors.NotYourOfficeError):
            officers.hire_officer(officer=_new(office=office), by=by, now=utc_now())


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD])
def test_nobody_but_a_head_opens_accounts(role: Role) -> None:
    with pytest.raises(errors.NotYourOfficerError):
        officers.hire_officer(officer=_new(), by=an_officer(role), now=utc_now())


def test_first_password_is_told_once_holds_a_day_and_must_be_changed() -> None:
    now = utc_now()
    made, password = officers.open_officer(officer=_new(), by=CLERK, now=now)
    assert check_password(password, made.password)
    assert made.must_change_password
    assert made.first_password_until == now + timedelta(hours=24)
    assert password not in str(Event.objects.get(act="officer.open").details)


def test_user_name_serves_one_officer_whatever_the_office() -> None:
    officers.open_officer(officer=_new(), by=CLERK, now=utc_now())
    with pytest.raises(errors.UserNameTakenError):
        officers.open_officer(officer=_new(office=HAI_BA_TRUNG), by=CLERK, now=utc_now())
    assert Officer.objects.get().office == THANH_TRI


def test_no_officer_is_opened_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_auditing(monkeypatch, officers)
    with pytest.raises(AuditingFailedError):
        officers.open_officer(officer=_new(), by=CLERK, now=utc_now())
    assert not Officer.objects.exists()


def test_database_refuses_an_unknown_role() -> None:
    officer = an_officer()
    with pytest.raises(IntegrityError, match="staff_role_known"), transaction.atomic():
        Officer.objects.filter(pk=officer.pk).update(role="king")


# --- moving and ending ----------------------------------------------------------------------------


def test_officer_is_moved_to_an_office_below_and_open_sessions_are_over() -> None:
    by, who, now = an_officer(Role.HEAD, HA_NOI), an_officer(office=THANH_TRI), utc_now()
    officers.assign_officer(
        officer_id=who.pk, role=Role.SUPPORT, office=HAI_BA_TRUNG, by=by, now=now
    )
    moved = Officer.objects.get(pk=who.pk)
    assert (moved.office, moved.role, moved.signed_out_at) == (HAI_BA_TRUNG, "support", now)
    details = Event.objects.get(act="officer.assign").details
    assert details == {"from": ["decision", THANH_TRI], "to": ["support", HAI_BA_TRUNG]}


@pytest.mark.parametrize("office", [HAI_BA_TRUNG, HA_NOI, "99999"])
def test_officer_is_not_moved_to_where_the_head_has_no_say(office: str) -> None:
    by, who = an_officer(Role.HEAD), an_officer()
    with pytest.raises(errors.NotYourOfficeError):
        officers.assign_officer(
            officer_id=who.pk, role=Role.INTAKE, office=office, by=by, now=utc_now()
        )


def test_last_head_of_an_office_is_neither_ended_nor_moved_nor_made_less() -> None:
    by, last = an_officer(Role.HEAD, HA_NOI), an_officer(Role.HEAD, THANH_TRI)
    an_officer(Role.HEAD, THANH_TRI, is_active=False)
    for act in (_end, _assign):
        with pytest.raises(errors.LastHeadError):
            act(by, last)
    with pytest.raises(errors.LastHeadError):
        officers.assign_officer(
            officer_id=last.pk, role=Role.HEAD, office=HAI_BA_TRUNG, by=by, now=utc_now()
        )
    an_officer(Role.HEAD, THANH_TRI)
    _end(by, last)
    assert not Officer.objects.get(pk=last.pk).is_active


def test_head_may_be_given_what_they_have() -> None:
    by, last = an_officer(Role.HEAD, HA_NOI), an_officer(Role.HEAD, THANH_TRI)
    officers.assign_officer(
        officer_id=last.pk, role=Role.HEAD, office=THANH_TRI, by=by, now=utc_now()
    )


def test_account_is_ended_once_and_reopened_once_as_new() -> None:
    by, who = an_officer(Role.HEAD), give_smart_otp(an_officer())
    _end(by, who)
    with pytest.raises(errors.AlreadySoError):
        _end(by, who)
    with pytest.raises(errors.AlreadySoError):
        _password(by, who)
    opened, password = officers.reopen_officer(officer_id=who.pk, by=by, now=utc_now())
    assert check_password(password, Officer.objects.get(pk=who.pk).password)
    assert opened.must_change_password
    assert not queries.has_second_factor(who.pk)
    with pytest.raises(errors.AlreadySoError):
        officers.reopen_officer(officer_id=who.pk, by=by, now=utc_now())


def test_reset_password_leaves_the_second_factor() -> None:
    by, who = an_officer(Role.HEAD), give_smart_otp(an_officer())
    _found, password = _password(by, who)
    changed = Officer.objects.get(pk=who.pk)
    assert check_password(password, changed.password)
    assert changed.must_change_password
    assert queries.has_second_factor(who.pk)


def test_reset_second_factor_gives_a_first_password_in_place_of_the_known_one() -> None:
    by, who = an_officer(Role.HEAD), give_smart_otp(an_officer())
    _, password = _second(by, who)
    changed = Officer.objects.get(pk=who.pk)
    assert check_password(password, changed.password)
    assert changed.must_change_password
    assert changed.signed_out_at is not None
    assert not queries.has_second_factor(who.pk)


@pytest.mark.parametrize("act", [_password, _second])
def test_ended_account_is_reopened_not_reset(act: Act) -> None:
    by, who = an_officer(Role.HEAD), an_officer(is_active=False)
    with pytest.raises(errors.AlreadySoError):
        act(by, who)


@pytest.mark.parametrize("act", [_password, _second, _reopen])
def test_new_password_lets_the_officer_try_their_second_factor_again(act: Act) -> None:
    by, who, now = an_officer(Role.HEAD), give_smart_otp(an_officer()), utc_now()
    wrong = settings.VSSID_DESK_CODES_WRONG_A_DAY
    for number in range(wrong):
        then = now + number * settings.VSSID_SIGN_IN_LOCK
        with pytest.raises(errors.CodeWrongError):
            signing_in.prove_code(officer_id=who.pk, typed="xxxxxx", now=then)
    then = now + wrong * settings.VSSID_SIGN_IN_LOCK
    act(by, who)
    give_smart_otp(who, then)
    signing_in.prove_code(officer_id=who.pk, typed=code_at(then), now=then)


# --- lists ----------------------------------------------------------------------------------------


def test_head_sees_the_people_here_and_below_open_accounts_first() -> None:
    head, below = an_officer(Role.HEAD, HA_NOI), an_officer(office=THANH_TRI)
    ended = an_officer(office=HA_NOI, is_active=False)
    an_officer(office=DA_NANG)
    an_officer(Role.OPERATOR, HA_NOI)
    found = [one.user_name for one in queries.officers_under(HA_NOI)]
    assert found == [head.user_name, below.user_name, ended.user_name]
    assert [one.user_name for one in queries.officers_under(THANH_TRI)] == [below.user_name]


def test_officer_of_an_office_that_has_ended_stays_with_the_agency_above() -> None:
    who = an_officer(office=THANH_TRI)
    assert queries.officer_under(HA_NOI, who.pk) is not None
    assert queries.officer_under(DA_NANG, who.pk) is None
    assert queries.office_name("99999") == "99999"


def test_head_sends_people_to_offices_in_service_their_own_first() -> None:
    choices = [code for code, _label in queries.office_choices(HA_NOI)]
    assert choices[0] == HA_NOI
    assert THANH_TRI in choices
    assert [code for code, _label in queries.office_choices(THANH_TRI)] == [THANH_TRI]
