"""«Ghi nhận»: a draft becomes one declaration, whoever presses how often (guides R08, R10, R12)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    CLERK,
    HONG,
    KHOA,
    RIVAL,
    AuditingFailedError,
    a_declaration,
    a_draft,
    a_person,
    all_at_once,
    an_account,
    another_code,
    fail_auditing,
    last_code,
    secret_of,
)
from vssid.accounts.errors import AccountExistsError, PhoneTakenError, WrongCodeError
from vssid.audit.models import Event
from vssid.files.models import StoredFile
from vssid.kernel.clock import format_date, utc_now, vietnam_today
from vssid.kernel.identifiers import mask_number
from vssid.messaging.models import Kind, Message
from vssid.messaging.templates import compose
from vssid.people.commands import open_guardianship
from vssid.registration import errors, queries, rules
from vssid.registration.commands import drafts, filing
from vssid.registration.models import Declaration, DeclarationCode, Draft, State
from vssid.registration.rules import Step

pytestmark = pytest.mark.django_db


def _file(draft_id: Any) -> Declaration:
    return filing.file_declaration(draft_id=draft_id, now=utc_now())


def _notices(template: str) -> list[Message]:
    return list(Message.objects.filter(template=template, kind=Kind.NOTICE).order_by("id"))


def _states() -> list[tuple[str, bool]]:
    found = Declaration.objects.order_by("filed_at", "id")
    return list(found.values_list("state", "is_contested"))


def _keep_until(declaration: Declaration) -> set[object]:
    photos = [declaration.portrait, declaration.front, declaration.back]
    files = StoredFile.objects.filter(id__in=[photo for photo in photos if photo])
    return set(files.values_list("delete_after", flat=True))


# --- filing ---------------------------------------------------------------------------------------


def test_declaration_holds_what_the_draft_said_and_is_recorded() -> None:
    draft_id = a_draft(email="hong@example.com")
    declaration = _file(draft_id)
    draft = Draft.objects.get(id=draft_id)
    assert declaration.state == State.FILED
    assert (declaration.number, declaration.full_name) == (HONG.number, HONG.full_name)
    assert (declaration.phone, declaration.email) == (HONG.phone, "hong@example.com")
    assert (declaration.portrait, declaration.back) == (draft.portrait, draft.back)
    event = Event.objects.get(act="declaration.file")
    assert (event.subject, event.details) == (HONG.number, {"code": declaration.code})
    assert event.actor == str(draft_id)


def test_filed_declaration_is_found_by_its_code_and_by_its_draft() -> None:
    draft_id = a_draft()
    declaration = _file(draft_id)
    shown = rules.display_code(declaration.code)
    assert queries.declaration_by_code(shown.lower()) == declaration
    assert queries.declaration_of_draft(draft_id) == declaration


@pytest.mark.parametrize("code", ["TK-0000-0000", "nonsense", ""])
def test_unknown_code_is_refused(code: str) -> None:
    a_declaration()
    with pytest.raises(errors.DeclarationUnknownError):
        queries.declaration_by_code(code)


def test_applicant_is_told_where_and_until_when_to_bring_the_paper() -> None:
    declaration = a_declaration()
    (sms,) = _notices("declaration.received")
    assert sms.address == HONG.phone
    assert sms.data["until"] == format_date(
        vietnam_today(declaration.filed_at + timedelta(days=10))
    )
    assert "Thanh Trì" in sms.data["office"]
    assert sms.data["declaration"] == rules.display_code(declaration.code)


def test_letter_to_an_email_that_nobody_proved_tells_nothing_of_the_declaration() -> None:
    declaration = a_declaration(email="hong@example.com")
    (mail,) = Message.objects.filter(address="hong@example.com")
    shown = rules.display_code(declaration.code)
    text = "".join(compose(mail.template, {**mail.data, **secret_of(mail)}, plain=False))
    for told in (shown, declaration.code, HONG.number, mask_number(HONG.number), HONG.full_name):
        assert told not in text


def test_photos_are_kept_once_the_declaration_is_filed() -> None:
    assert _keep_until(a_declaration()) == {None}


def test_passport_has_no_back_also_when_one_was_sent_before() -> None:
    declaration = a_declaration(id_kind="passport", id_number="C1234567")
    assert declaration.back is None


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lacking", "step"), [({"office": ""}, Step.OFFICE), ({"full_name": ""}, Step.PERSON)]
)
def test_incomplete_draft_is_refused_and_says_at_which_step(lacking: Any, step: Step) -> None:
    with pytest.raises(errors.DraftIncompleteError) as refused:
        _file(a_draft(**lacking))
    assert refused.value.details == {"step": step}
    assert not Declaration.objects.exists()


def test_draft_without_a_photo_is_refused() -> None:
    with pytest.raises(errors.DraftIncompleteError):
        _file(a_draft(photos=("portrait", "front")))


def test_draft_whose_phone_was_not_confirmed_is_refused() -> None:
    with pytest.raises(errors.PhoneNotConfirmedError):
        _file(a_draft(is_confirmed=False))


def test_phone_changed_after_its_code_must_be_confirmed_again() -> None:
    draft_id = a_draft()
    drafts.save_answers(draft_id=draft_id, changes={"phone": RIVAL.phone}, now=utc_now())
    with pytest.raises(errors.PhoneNotConfirmedError):
        _file(draft_id)


def test_number_with_an_account_is_refused() -> None:
    draft_id = a_draft()
    an_account()
    with pytest.raises(AccountExistsError):
        _file(draft_id)
    assert not Declaration.objects.exists()


def test_nothing_is_filed_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = a_draft()
    with monkeypatch.context() as patch:
        fail_auditing(patch, filing)
        with pytest.raises(AuditingFailedError):
            _file(draft_id)
    assert not Declaration.objects.exists()
    assert not DeclarationCode.objects.exists()
    assert not Message.objects.exists()
    assert _file(draft_id).state == State.FILED, "the draft can still be filed"


# --- twice ----------------------------------------------------------------------------------------


def test_second_press_finds_what_the_first_one_made() -> None:
    draft_id = a_draft()
    assert _file(draft_id) == _file(draft_id)
    assert Declaration.objects.count() == 1
    assert len(_notices("declaration.received")) == 1


@pytest.mark.django_db(transaction=True)
def test_pressing_twenty_times_at_once_files_one_declaration() -> None:
    draft_id = a_draft()
    found = all_at_once([lambda: _file(draft_id)] * 20, threads=20)
    assert {getattr(one, "id", one) for one in found} == {Declaration.objects.get().id}
    assert len(_notices("declaration.received")) == 1
    assert Event.objects.filter(act="declaration.file").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_drafts_of_one_phone_at_once_leave_one_open_declaration() -> None:
    ids = [a_draft() for _ in range(6)]
    found = all_at_once([lambda one=one: _file(one) for one in ids], threads=6)  # type: ignore[misc]
    assert all(isinstance(one, Declaration) for one in found)
    assert sorted(_states()) == [(State.FILED, False)] + [(State.REPLACED, False)] * 5


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_are_both_contested() -> None:
    ids = [a_draft(), a_draft(RIVAL)]
    all_at_once([lambda one=one: _file(one) for one in ids], threads=2)  # type: ignore[misc]
    assert _states() == [(State.FILED, True)] * 2


def test_same_phone_replaces_its_earlier_declaration() -> None:
    first = a_declaration()
    second = a_declaration(full_name="Nguyễn Thị Hồng Ánh Dương")
    first.refresh_from_db()
    assert (first.state, second.state) == (State.REPLACED, State.FILED)
    assert first.ended_at is not None
    told = _notices("declaration.replaced")[0]
    assert told.data["successor"] == rules.display_code(second.code)
    event = Event.objects.get(act="declaration.replace")
    assert event.details == {"code": first.code, "successor": second.code}


def test_photos_of_a_replaced_declaration_go_and_those_of_the_new_one_stay() -> None:
    now = utc_now()
    first = a_declaration()
    second = a_declaration(now=now)
    assert _keep_until(first) == {now + timedelta(days=30)}
    assert _keep_until(second) == {None}


def test_declaration_whose_paper_is_here_is_replaced_as_well() -> None:
    first = a_declaration()
    Declaration.objects.filter(id=first.id).update(state=State.RECEIVED, received_at=utc_now())
    a_declaration()
    assert _states() == [(State.REPLACED, False), (State.FILED, False)]


def test_other_phone_makes_both_contested_and_warns_the_first() -> None:
    a_declaration()
    second = a_declaration(RIVAL)
    assert second.is_contested
    assert _states() == [(State.FILED, True)] * 2
    assert HONG.phone in {one.address for one in _notices("declaration.contested")}
    assert Event.objects.filter(act="declaration.contest").count() == 1


def test_third_phone_contests_too_and_warns_nobody_twice() -> None:
    a_declaration()
    a_declaration(RIVAL)
    a_declaration(RIVAL, phone="+84912000077")
    assert _states() == [(State.FILED, True)] * 3
    warned = [one.address for one in _notices("declaration.contested")]
    assert sorted(warned) == [HONG.phone, RIVAL.phone, "+84912000077"]


def test_contestant_who_files_again_replaces_their_own_only() -> None:
    a_declaration()
    a_declaration(RIVAL)
    a_declaration(RIVAL)
    assert _states() == [(State.FILED, True), (State.REPLACED, True), (State.FILED, True)]


def test_number_is_free_again_after_a_refusal() -> None:
    first = a_declaration()
    Declaration.objects.filter(id=first.id).update(
        state=State.REFUSED,
        decided_at=utc_now(),
        ended_at=utc_now(),
        decided_by="canbo",
        refusal_reason="Ảnh mờ.",
    )
    assert not a_declaration(RIVAL).is_contested


# --- one phone, one adult account -----------------------------------------------------------------


def test_phone_of_another_adults_account_is_refused_and_says_nothing_of_them() -> None:
    draft_id = a_draft(KHOA, phone=HONG.phone)
    an_account(HONG)
    with pytest.raises(PhoneTakenError) as refused:
        _file(draft_id)
    assert HONG.number not in str(refused.value)
    assert not Declaration.objects.exists()


def test_ward_may_use_the_guardians_phone() -> None:
    an_account(HONG)
    a_person(KHOA)
    open_guardianship(
        guardian=HONG.number,
        child=KHOA.number,
        relation="guardian",
        on=vietnam_today(utc_now()),
        by=CLERK,
    )
    assert a_declaration(KHOA, phone=HONG.phone).state == State.FILED


def test_taken_phone_is_told_only_to_who_holds_it() -> None:
    an_account(HONG)
    draft_id = a_draft(KHOA, phone=HONG.phone, is_confirmed=False)
    drafts.pass_picture_check(draft_id=draft_id, now=utc_now())
    drafts.send_phone_code(draft_id=draft_id, now=utc_now())
    with pytest.raises(WrongCodeError):
        drafts.confirm_phone(draft_id=draft_id, typed=another_code(last_code()), now=utc_now())
    with pytest.raises(PhoneTakenError):
        drafts.confirm_phone(draft_id=draft_id, typed=last_code(), now=utc_now())
    assert not Draft.objects.get(id=draft_id).confirmed_phone
