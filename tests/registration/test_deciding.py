"""The office's side: every way through a declaration's life, and every way that is barred."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.hashers import check_password

from tests.factories import (
    HA_NOI,
    HAI_BA_TRUNG,
    HONG,
    KHOA,
    RIVAL,
    AuditingFailedError,
    a_declaration,
    a_person,
    all_at_once,
    an_account,
    an_officer,
    fail_auditing,
    received,
    secret_of,
)
from vssid.accounts.errors import AccountExistsError
from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.files import commands as files
from vssid.files.models import StoredFile
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.messaging.models import Kind, Message
from vssid.registration import desk, errors, queries, tasks
from vssid.registration.commands import cases, deciding, second_officer
from vssid.registration.models import Declaration, State
from vssid.staff.models import Officer, Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REASON = "Ảnh giấy tờ mờ, không đọc được."


@pytest.fixture
def officer() -> Officer:
    """Who decides at Thanh Trì."""
    return an_officer()


def _approve(declaration: Declaration, by: Officer) -> Declaration:
    return deciding.approve_declaration(declaration=declaration, by=by, now=utc_now())


def _proposed(declaration: Declaration, by: Officer) -> Declaration:
    return second_officer.propose_approval(
        declaration=received(declaration, by), by=by, now=utc_now()
    )


def _approve_by_two(declaration: Declaration, first: Officer) -> Declaration:
    return _approve(_proposed(declaration, first), an_officer())


def _refuse(declaration: Declaration, by: Officer, reason: str = REASON) -> Declaration:
    return deciding.refuse_declaration(declaration=declaration, reason=reason, by=by, now=utc_now())


def _take_over(declaration: Declaration, by: Officer) -> Declaration:
    return deciding.take_over_case(declaration=declaration, by=by, now=utc_now())


def _lapse() -> int:
    return deciding.lapse_overdue(now=utc_now() + 11 * DAY)


def _state(declaration: Declaration) -> str:
    return Declaration.objects.get(id=declaration.id).state


def _events(act: str) -> list[Event]:
    return list(Event.objects.filter(act=act))


def _queue(office: str) -> list[UUID]:
    wanted = desk.Wanted((office,), desk.Part.ALL, "")
    return [one.id for one in desk.page(wanted, now=utc_now())[0]]


def _kept(declaration: Declaration) -> dict[str, object]:
    ids = {kind: getattr(declaration, kind) for kind in ("portrait", "front", "back")}
    return {kind: StoredFile.objects.get(id=found).delete_after for kind, found in ids.items()}


def _notices(template: str) -> dict[str, Message]:
    found = Message.objects.filter(template=template, kind=Kind.NOTICE)
    return {one.channel: one for one in found}


# --- the machine: where each act leads from each state --------------------------------------------

_ACTS: dict[str, Callable[[Declaration, Officer], object]] = {
    "receive": received,
    "approve": _approve,
    "refuse": _refuse,
    "take over": _take_over,
    "lapse": lambda _declaration, _officer: _lapse(),
    "file again": lambda _declaration, _officer: a_declaration(),
}
_LEADS_TO = {
    (State.FILED, "receive"): State.RECEIVED,
    (State.FILED, "refuse"): State.REFUSED,
    (State.FILED, "take over"): State.FILED,
    (State.FILED, "lapse"): State.LAPSED,
    (State.FILED, "file again"): State.REPLACED,
    (State.RECEIVED, "receive"): State.RECEIVED,
    (State.RECEIVED, "approve"): State.APPROVED,
    (State.RECEIVED, "refuse"): State.REFUSED,
    (State.RECEIVED, "take over"): State.RECEIVED,
    (State.RECEIVED, "lapse"): State.RECEIVED,
    (State.RECEIVED, "file again"): State.REPLACED,
    (State.APPROVED, "lapse"): State.APPROVED,
    **{(end, "lapse"): end for end in (State.REFUSED, State.REPLACED, State.LAPSED)},
    **{(end, "file again"): end for end in (State.REFUSED, State.REPLACED, State.LAPSED)},
}  # fmt: skip
_REFUSED_WITH = {
    (State.FILED, "approve"): errors.PaperNotReceivedError,
    (State.APPROVED, "file again"): AccountExistsError,
}


def _in_state(state: State, officer: Officer) -> Declaration:
    declaration = a_declaration()
    if state in {State.RECEIVED, State.APPROVED}:
        received(declaration, officer)
    if state is State.APPROVED:
        _approve(declaration, officer)
    elif state is State.REFUSED:
        _refuse(declaration, officer)
    elif state is State.REPLACED:
        a_declaration()
    elif state is State.LAPSED:
        _lapse()
    assert _state(declaration) == state
    return declaration


@pytest.mark.parametrize("act", _ACTS)
@pytest.mark.parametrize("state", State)
def test_act_leads_where_it_may_and_nowhere_else(officer: Officer, state: State, act: str) -> None:
    a_person()
    declaration = _in_state(state, officer)
    leads_to = _LEADS_TO.get((state, act))
    if leads_to is not None:
        _ACTS[act](declaration, officer)
        assert _state(declaration) == leads_to
        return
    with pytest.raises(_REFUSED_WITH.get((state, act), errors.DeclarationNotOpenError)):
        _ACTS[act](declaration, officer)
    assert _state(declaration) == state


def test_refusal_of_a_closed_case_names_its_code_and_state(officer: Officer) -> None:
    declaration = a_declaration()
    _refuse(declaration, officer)
    with pytest.raises(errors.DeclarationNotOpenError) as refused:
        _refuse(declaration, officer)
    assert "Chưa được duyệt" in str(refused.value)
    assert declaration.code[2:6] in str(refused.value)


# --- the paper ------------------------------------------------------------------------------------


def test_answer_is_due_a_day_after_the_first_receipt(officer: Officer) -> None:
    now = utc_now()
    declaration = a_declaration(now=now)
    assert queries.answer_due(declaration) is None
    for moment in (now + DAY, now + 2 * DAY):
        declaration = deciding.receive_paper(declaration=declaration, by=officer, now=moment)
    assert queries.answer_due(declaration) == now + 2 * DAY
    assert vietnam_today(queries.paper_due(declaration)) == vietnam_today(now + 10 * DAY)
    assert len(_events("declaration.receive")) == 1


def test_paper_is_received_by_intake_as_well() -> None:
    assert received(a_declaration(), an_officer(Role.INTAKE)).state == State.RECEIVED


def test_paper_does_not_count_when_auditing_fails(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    declaration = a_declaration()
    fail_auditing(monkeypatch, cases)
    with pytest.raises(AuditingFailedError):
        received(declaration, officer)
    assert _state(declaration) == State.FILED


# --- approval -------------------------------------------------------------------------------------


def test_approval_makes_the_account_and_sends_its_first_password(officer: Officer) -> None:
    a_person(KHOA)
    declaration = received(a_declaration(KHOA), officer)
    approved = _approve(declaration, officer)
    account = Account.objects.get(pk=KHOA.number)
    assert (account.phone, account.email) == (KHOA.phone, KHOA.email)
    assert (account.portrait, account.must_change_password) == (declaration.portrait, True)
    assert account.address_street == "Số 5, ngõ 12"
    notices = _notices("declaration.approved")
    assert {one.address for one in notices.values()} == {KHOA.phone, KHOA.email}
    for notice in notices.values():
        assert check_password(secret_of(notice)["password"], account.password)
        assert notice.data["account"] == KHOA.number
    assert (approved.decided_by, approved.state) == (officer.user_name, State.APPROVED)


def test_first_password_is_readable_nowhere_but_in_the_sealed_message(officer: Officer) -> None:
    a_person()
    _approve(received(a_declaration(), officer), officer)
    password = secret_of(_notices("declaration.approved")["sms"])["password"]
    for model in (Message, Event, Account, Declaration):
        assert password not in str(list(model.objects.values()))
    assert password.encode() not in bytes(_notices("declaration.approved")["sms"].secret or b"")


def test_no_email_goes_out_where_none_was_given(officer: Officer) -> None:
    a_person()
    _approve(received(a_declaration(), officer), officer)
    assert set(_notices("declaration.approved")) == {"sms"}


def test_approval_is_recorded_with_who_and_where(officer: Officer) -> None:
    a_person()
    declaration = received(a_declaration(), officer)
    _approve(declaration, officer)
    (event,) = _events("declaration.approve")
    assert (event.actor, event.office) == (officer.user_name, officer.office)
    assert (event.subject, event.details) == (HONG.number, {"code": declaration.code})
    assert len(_events("account.open")) == 1


def test_approved_portrait_stays_and_photos_of_the_papers_go_after_a_month(
    officer: Officer,
) -> None:
    a_person()
    declaration, now = received(a_declaration(), officer), utc_now()
    deciding.approve_declaration(declaration=declaration, by=officer, now=now)
    assert _kept(declaration) == {
        "portrait": None,
        "front": now + 30 * DAY,
        "back": now + 30 * DAY,
    }


def test_nothing_is_approved_when_auditing_fails(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person()
    declaration = received(a_declaration(), officer)
    fail_auditing(monkeypatch, cases)
    with pytest.raises(AuditingFailedError):
        _approve(declaration, officer)
    assert _state(declaration) == State.RECEIVED
    assert not Account.objects.exists()
    assert not _notices("declaration.approved")


def test_number_that_is_nobodys_is_not_approved(officer: Officer) -> None:
    declaration = received(a_declaration(), officer)
    with pytest.raises(errors.NotInRegistryError):
        _approve(declaration, officer)
    assert _state(declaration) == State.RECEIVED


def test_number_that_got_an_account_meanwhile_is_not_approved(officer: Officer) -> None:
    declaration = received(a_declaration(), officer)
    an_account()
    with pytest.raises(AccountExistsError):
        _approve(declaration, officer)
    assert _state(declaration) == State.RECEIVED


def test_approval_ends_the_other_declarations_of_the_number(officer: Officer) -> None:
    a_person()
    rightful, other = a_declaration(), a_declaration(RIVAL)
    _approve_by_two(rightful, officer)
    assert (_state(rightful), _state(other)) == (State.APPROVED, State.REFUSED)
    notice = _notices("declaration.refused")["sms"]
    assert notice.address == RIVAL.phone
    assert Account.objects.get().phone == HONG.phone


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_approve_one_of_two_contested_declarations(
    officer: Officer,
) -> None:
    a_person()
    both = [_proposed(one, officer) for one in (a_declaration(), a_declaration(RIVAL))]
    second = an_officer()
    found = all_at_once([lambda one=one: _approve(one, second) for one in both], threads=2)  # type: ignore[misc]
    assert sum(isinstance(one, Declaration) for one in found) == 1
    assert sum(isinstance(one, errors.DeclarationNotOpenError) for one in found) == 1
    assert {_state(one) for one in both} == {State.APPROVED, State.REFUSED}


@pytest.mark.django_db(transaction=True)
def test_approving_many_times_at_once_makes_one_account_and_one_password(
    officer: Officer,
) -> None:
    a_person()
    declaration = received(a_declaration(), officer)
    found = all_at_once([lambda: _approve(declaration, officer)] * 8, threads=8)
    assert sum(isinstance(one, Declaration) for one in found) == 1
    assert len(_notices("declaration.approved")) == 1
    assert len(_events("account.open")) == 1


# --- refusal --------------------------------------------------------------------------------------


def test_refusal_tells_the_reason_and_whom_to_call(officer: Officer) -> None:
    refused = _refuse(a_declaration(KHOA), officer)
    notices = _notices("declaration.refused")
    assert set(notices) == {"sms", "email"}
    assert notices["sms"].data["reason"] == REASON
    assert "Thanh Trì" in notices["sms"].data["office"]
    assert notices["sms"].data["phone"]
    assert (refused.refusal_reason, refused.decided_by) == (REASON, officer.user_name)


def test_reason_without_a_full_stop_gets_one_in_the_notice(officer: Officer) -> None:
    _refuse(a_declaration(), officer, "Ảnh mờ")
    assert _notices("declaration.refused")["sms"].data["reason"] == "Ảnh mờ."


@pytest.mark.parametrize("reason", ["", "   ", "abcd", "\u200b\u200b\u200b\u200b\u200b"])
def test_refusal_without_a_reason_is_refused(officer: Officer, reason: str) -> None:
    declaration = a_declaration()
    with pytest.raises(errors.ReasonMissingError):
        _refuse(declaration, officer, reason)
    assert _state(declaration) == State.FILED


def test_long_reason_is_kept_within_its_column(officer: Officer) -> None:
    assert len(_refuse(a_declaration(), officer, "Ảnh mờ. " * 200).refusal_reason) <= 500


def test_all_photos_of_a_refused_declaration_go_after_a_month(officer: Officer) -> None:
    declaration, now = a_declaration(), utc_now()
    deciding.refuse_declaration(declaration=declaration, reason=REASON, by=officer, now=now)
    assert set(_kept(declaration).values()) == {now + 30 * DAY}


def test_nothing_is_refused_when_auditing_fails(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    declaration = a_declaration()
    fail_auditing(monkeypatch, cases)
    with pytest.raises(AuditingFailedError):
        _refuse(declaration, officer)
    assert _state(declaration) == State.FILED
    assert not _notices("declaration.refused")
    assert set(_kept(declaration).values()) == {None}


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", [received, _approve, _refuse])
def test_officer_of_another_office_may_not(act: Callable[..., object], officer: Officer) -> None:
    a_person()
    declaration = received(a_declaration(), officer)
    with pytest.raises(errors.NotThisOfficeError):
        act(declaration, an_officer(office=HAI_BA_TRUNG))
    assert _state(declaration) == State.RECEIVED


def test_officer_of_the_province_may_decide_for_the_offices_below() -> None:
    a_person()
    provincial = an_officer(office=HA_NOI)
    declaration = received(a_declaration(), provincial)
    assert _approve(declaration, provincial).state == State.APPROVED


def test_officer_of_an_office_may_not_decide_for_the_province(officer: Officer) -> None:
    with pytest.raises(errors.NotThisOfficeError):
        _refuse(a_declaration(office=HA_NOI), officer)


@pytest.mark.parametrize("role", [Role.INTAKE, Role.SUPPORT, Role.CONTENT, Role.OPERATOR])
@pytest.mark.parametrize("act", [_approve, _refuse])
def test_role_that_does_not_decide_may_not(
    role: Role, act: Callable[..., object], officer: Officer
) -> None:
    a_person()
    declaration = received(a_declaration(), officer)
    with pytest.raises(errors.MayNotDecideError):
        act(declaration, an_officer(role))
    assert _state(declaration) == State.RECEIVED


def test_any_office_may_take_a_case_over_and_then_decide_it() -> None:
    a_person()
    other = an_officer(office=HAI_BA_TRUNG)
    declaration = received(_take_over(a_declaration(), other), other)
    assert declaration.office == HAI_BA_TRUNG
    (event,) = _events("declaration.take-over")
    assert (event.actor, event.office) == (other.user_name, HAI_BA_TRUNG)
    assert event.details == {"code": declaration.code, "from": "00114", "to": HAI_BA_TRUNG}
    assert _approve(declaration, other).state == State.APPROVED


def test_taking_over_ones_own_case_writes_nothing(officer: Officer) -> None:
    _take_over(a_declaration(), officer)
    assert not _events("declaration.take-over")


def test_case_stays_where_it_is_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    declaration = a_declaration()
    fail_auditing(monkeypatch, cases)
    with pytest.raises(AuditingFailedError):
        _take_over(declaration, an_officer(office=HAI_BA_TRUNG))
    assert Declaration.objects.get().office == "00114"


# --- the queue ------------------------------------------------------------------------------------


def test_queue_shows_open_cases_of_the_office_complete_ones_first(officer: Officer) -> None:
    now = utc_now()
    people: list[Any] = [KHOA, HONG]
    old, new = (
        a_declaration(one, now=now - age * DAY) for one, age in zip(people, (3, 1), strict=True)
    )
    third = a_declaration(RIVAL, number="0198000033", now=now - 2 * DAY)
    elsewhere = a_declaration(KHOA, number="0198000044", office=HAI_BA_TRUNG)
    decided = a_declaration(KHOA, number="0198000055")
    _refuse(decided, officer)
    received(new, officer)
    assert _queue("00114") == [new.id, old.id, third.id]
    assert _queue(HAI_BA_TRUNG) == [elsewhere.id]


# --- time -----------------------------------------------------------------------------------------


def test_declaration_lapses_after_ten_days_and_not_before() -> None:
    now = utc_now()
    declaration = a_declaration(now=now)
    last = queries.paper_due(declaration)
    assert deciding.lapse_overdue(now=last) == 0
    assert deciding.lapse_overdue(now=last + timedelta(seconds=1)) == 1
    assert _state(declaration) == State.LAPSED
    assert _notices("declaration.lapsed")["sms"].data["days"] == "10"
    (event,) = _events("declaration.lapse")
    assert (event.actor_kind, event.subject) == ("system", HONG.number)
    assert deciding.lapse_overdue(now=now + 11 * DAY) == 0


def test_nothing_lapses_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    declaration = a_declaration()
    fail_auditing(monkeypatch, deciding, cases)
    with pytest.raises(AuditingFailedError):
        _lapse()
    assert _state(declaration) == State.FILED
    assert not _notices("declaration.lapsed")


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_let_a_declaration_lapse_once() -> None:
    a_declaration()
    found = all_at_once([_lapse] * 6, threads=6)
    assert sum(one for one in found if isinstance(one, int)) == 1
    assert len(_notices("declaration.lapsed")) == 1


@pytest.mark.django_db(transaction=True)
def test_housekeeping_runs_through_on_what_has_grown_old(officer: Officer) -> None:
    past = utc_now() - 60 * DAY
    declaration = a_declaration(now=past)
    tasks.lapse(0)
    assert _state(declaration) == State.LAPSED
    StoredFile.objects.update(delete_after=past)
    tasks.clean_up(0)
    assert not StoredFile.objects.filter(erased_at=None).exists()


def test_last_open_declaration_is_contested_no_more(officer: Officer) -> None:
    first, second = a_declaration(HONG), a_declaration(RIVAL)
    _refuse(second, officer)
    first.refresh_from_db()
    assert (first.state, first.is_contested) == (State.FILED, False)


def test_form_is_printed_without_a_portrait_that_is_gone(officer: Officer) -> None:
    refused = _refuse(a_declaration(), officer)
    files.erase_expired(now=utc_now() + 31 * DAY, by=Actor.system("clean-up"))
    assert queries.form_of(refused).portrait is None
