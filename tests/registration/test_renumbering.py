"""A mistyped number: the right one takes its place by two officers with the ID in hand."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction

from tests.factories import (
    HAI_BA_TRUNG,
    HONG,
    KHOA,
    RIVAL,
    THANH_TRI,
    AuditingFailedError,
    a_declaration,
    a_draft,
    a_person,
    all_at_once,
    an_account,
    fail_auditing,
    received,
    secret_of,
)
from tests.registration.children import a_child, a_child_declaration, parents
from tests.registration.desk_people import duyen, far, lan, minh, provincial
from vssid.accounts.errors import AccountExistsError, PhoneTakenError
from vssid.accounts.models import Account
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.kernel.identifiers import mask_number
from vssid.messaging.models import Message
from vssid.people.models import Person
from vssid.registration import errors
from vssid.registration.commands import (
    cases,
    claiming,
    deciding,
    filing,
    handing_over,
    proving_email,
    renumbering,
    second_officer,
)
from vssid.registration.models import Declaration, DeclarationCode, Draft
from vssid.staff.models import Officer

pytestmark = pytest.mark.django_db
TYPO = "0198000009"
NOTE = "Sổ BHXH ghi số khác."


def _propose(declaration: Declaration, by: Officer, right: str = HONG.number) -> Declaration:
    return renumbering.propose_number(declaration=declaration, right=right, by=by, now=utc_now())


def _confirm(declaration: Declaration, by: Officer, right: str = HONG.number) -> Declaration:
    return renumbering.confirm_number(declaration=declaration, right=right, by=by, now=utc_now())


def _mistyped() -> Declaration:
    """Hồng's declaration under a number that is nobody's."""
    a_person()
    return a_declaration(number=TYPO)


def test_second_officer_puts_the_right_number_in_place_and_the_applicant_is_told() -> None:
    declaration = received(_mistyped(), lan())
    claiming.release_case(declaration=declaration, by=_who(declaration.claimed_by))
    proposed = _propose(declaration, minh())
    assert (proposed.number, proposed.right_number, proposed.claimed_by) == (TYPO, HONG.number, "")
    moved = _confirm(proposed, provincial())
    stored = Declaration.objects.get()
    assert (stored.number, stored.code, stored.state) == (HONG.number, moved.code, "received")
    assert (stored.received_at, stored.right_number) == (declaration.received_at, "")
    assert DeclarationCode.objects.get(code=stored.code).number == HONG.number
    (sms,) = Message.objects.filter(template="declaration.number", channel="sms")
    assert (sms.address, sms.data["number"]) == (HONG.phone, mask_number(HONG.number))
    for number in (TYPO, HONG.number):
        event = Event.objects.get(act="declaration.renumber", subject=number)
        assert event.details["proposed_by"] == "minh"
        # Whoever's number was mistyped does not read whose it should have been.
        assert HONG.number not in str(event.details)


def _who(user_name: str) -> Officer:
    return Officer.objects.get(user_name=user_name)


def test_renumbered_declaration_is_approved_under_the_right_number() -> None:
    moved = _confirm(_propose(_mistyped(), lan()), minh())
    third = provincial()
    deciding.approve_declaration(declaration=received(moved, third), by=third, now=utc_now())
    assert Account.objects.get().person_id == HONG.number


def test_draft_that_was_filed_still_leads_to_its_declaration() -> None:
    a_person()
    draft = a_draft(number=TYPO)
    filed = filing.file_declaration(draft_id=draft, now=utc_now())
    _confirm(_propose(filed, lan()), minh())
    assert Draft.objects.get(id=draft).declaration_number == HONG.number
    assert filing.file_declaration(draft_id=draft, now=utc_now()).number == HONG.number


def test_nobody_confirms_what_they_proposed() -> None:
    officer = lan()
    proposed = _propose(_mistyped(), officer)
    with pytest.raises(errors.SamePersonError):
        _confirm(proposed, officer)
    assert Declaration.objects.get().number == TYPO


def test_office_without_a_second_officer_corrects_at_once(settings: LazySettings) -> None:
    settings.VSSID_OFFICES_WITHOUT_SECOND = [THANH_TRI]
    assert _propose(_mistyped(), lan()).number == HONG.number
    assert Message.objects.filter(template="declaration.number").exists()


@pytest.mark.parametrize(
    ("right", "error"),
    [
        (TYPO, errors.NumberSameError),
        ("0198000008", errors.NotInRegistryError),
        (KHOA.number, AccountExistsError),
    ],
)
def test_numbers_that_cannot_be_right_are_refused(right: str, error: type[Exception]) -> None:
    declaration = _mistyped()
    an_account(KHOA)
    with pytest.raises(error):
        _propose(declaration, lan(), right)
    assert Declaration.objects.get().right_number == ""


def test_phone_of_somebody_elses_account_is_refused() -> None:
    an_account(KHOA)
    a_person()
    declaration = a_declaration(number=TYPO)
    Declaration.objects.update(phone=KHOA.phone)
    with pytest.raises(PhoneTakenError):
        _propose(declaration, lan())


def test_only_who_decides_at_the_office_or_above_may() -> None:
    declaration = _mistyped()
    with pytest.raises(errors.MayNotDecideError):
        _propose(declaration, duyen())
    with pytest.raises(errors.NotThisOfficeError):
        _propose(declaration, far())
    officer = lan()
    claiming.claim_case(declaration=declaration, by=officer, now=utc_now())
    with pytest.raises(errors.CaseHeldError):
        _propose(declaration, minh())


def test_what_is_confirmed_is_what_was_seen() -> None:
    proposed = _propose(_mistyped(), lan())
    a_person(KHOA)
    for right in (KHOA.number, ""):
        with pytest.raises(errors.NoNumberProposedError):
            _confirm(proposed, minh() if right else provincial(), right)


def test_returned_number_is_gone_and_the_word_stays() -> None:
    proposed = _propose(_mistyped(), lan())
    returned = renumbering.return_number(declaration=proposed, note=NOTE, by=minh(), now=utc_now())
    assert (returned.number, returned.right_number, returned.note) == (TYPO, "", NOTE)
    with pytest.raises(errors.NoNumberProposedError):
        renumbering.return_number(declaration=proposed, note=NOTE, by=provincial(), now=utc_now())


def test_another_phone_that_declared_the_right_number_meets_it_as_contested() -> None:
    rival = a_declaration(RIVAL)
    _confirm(_propose(_mistyped(), lan()), minh())
    assert set(Declaration.objects.values_list("number", "is_contested")) == {(HONG.number, True)}
    told = Message.objects.filter(template="declaration.contested", channel="sms")
    assert rival.phone in set(told.values_list("address", flat=True))


def test_declared_again_from_the_same_phone_is_replaced() -> None:
    mistyped = _mistyped()
    again = a_declaration()
    _confirm(_propose(mistyped, lan()), minh())
    again.refresh_from_db()
    assert again.state == "replaced"
    assert Declaration.objects.filter(state="filed").get().code == mistyped.code


def test_contest_about_the_mistyped_number_ends() -> None:
    a_person()
    owner = a_declaration(KHOA)
    typo = a_declaration(number=KHOA.number)
    assert _contested() == 2
    _confirm(_propose(typo, lan()), minh())
    owner.refresh_from_db()
    assert (owner.is_contested, _contested()) == (False, 0)


def _contested() -> int:
    return Declaration.objects.filter(is_contested=True).count()


def test_childs_declaration_is_the_guardians_to_mend() -> None:
    parents()
    a_child()
    with pytest.raises(errors.NumberOfChildError):
        _propose(a_child_declaration(), lan(), KHOA.number)


def test_proposed_number_does_not_travel_to_another_office() -> None:
    officer = lan()
    proposed = _propose(_mistyped(), officer)
    sent = handing_over.hand_to_office(
        declaration=proposed, office=HAI_BA_TRUNG, note=NOTE, by=officer, now=utc_now()
    )
    assert (sent.right_number, sent.right_number_by) == ("", "")


def test_decided_declaration_keeps_its_number() -> None:
    officer = lan()
    declaration = _mistyped()
    deciding.refuse_declaration(declaration=declaration, reason=NOTE, by=officer, now=utc_now())
    with pytest.raises(errors.DeclarationNotOpenError):
        _propose(declaration, officer)


def test_nothing_moves_when_the_event_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    proposed = _propose(_mistyped(), lan())
    second = minh()
    fail_auditing(monkeypatch, cases)
    with pytest.raises(AuditingFailedError):
        _confirm(proposed, second)
    assert Declaration.objects.get().number == TYPO
    assert DeclarationCode.objects.get().number == TYPO


def test_database_keeps_no_half_proposal() -> None:
    declaration = _mistyped()
    with pytest.raises(IntegrityError), transaction.atomic():
        Declaration.objects.filter(id=declaration.id).update(right_number=HONG.number)


def test_nothing_is_approved_or_proposed_while_a_number_waits() -> None:
    declaration = received(_mistyped(), lan())
    claiming.release_case(declaration=declaration, by=_who(declaration.claimed_by))
    proposed, by = _propose(declaration, minh()), provincial()
    for decide in (deciding.approve_declaration, second_officer.propose_approval):
        with pytest.raises(errors.NumberWaitsError):
            decide(declaration=proposed, by=by, now=utc_now())
    stored = Declaration.objects.get()
    assert (stored.state, stored.proposed_by) == ("received", "")


def test_number_whose_owner_has_neither_the_name_nor_the_paper_is_refused() -> None:
    declaration, officer = _mistyped(), lan()
    a_person(KHOA)
    with pytest.raises(errors.NumberOfAnotherError):
        _propose(declaration, officer, KHOA.number)
    Declaration.objects.update(full_name=KHOA.full_name)
    assert _propose(declaration, officer, KHOA.number).right_number == KHOA.number


def test_renewed_name_with_the_same_paper_is_no_other_person() -> None:
    declaration = _mistyped()
    Declaration.objects.update(full_name="Nguyễn Thị Khác Tên")
    assert _propose(declaration, lan()).right_number == HONG.number


def test_case_opened_before_its_number_was_corrected_is_opened_again() -> None:
    stale = _propose(_mistyped(), lan())
    _confirm(Declaration.objects.get(), minh())
    by = provincial()
    with pytest.raises(errors.CaseMovedError):
        claiming.claim_case(declaration=stale, by=by, now=utc_now())
    with pytest.raises(errors.CaseMovedError):
        deciding.receive_paper(declaration=stale, by=by, now=utc_now())
    with pytest.raises(errors.CaseMovedError):
        _confirm(stale, by)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_correct_it_once() -> None:
    proposed = _propose(_mistyped(), lan())
    seconds = [minh(), provincial()]
    found = all_at_once([lambda one=one: _confirm(proposed, one) for one in seconds], threads=2)  # type: ignore[misc]
    refused = [one for one in found if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [errors.CaseMovedError]
    assert Declaration.objects.get().number == HONG.number
    assert Event.objects.filter(act="declaration.renumber").count() == 2


@pytest.mark.django_db(transaction=True)
def test_applicant_follows_the_case_while_its_number_is_corrected() -> None:
    a_person(KHOA)
    declaration = a_declaration(KHOA, number=TYPO)
    letter = Message.objects.get(template="declaration.email")
    proof = secret_of(letter)["proof"].rstrip("/").rpartition("/")[2]
    proposed, second = _propose(declaration, lan(), KHOA.number), minh()
    calls: list[Callable[[], object]] = [
        lambda: _confirm(proposed, second, KHOA.number),
        lambda: proving_email.named_by(proof=proof, now=utc_now()),
        lambda: proving_email.prove_email(proof=proof, number=TYPO, now=utc_now()),
    ]
    found = all_at_once(calls, threads=3)
    wrong = [one for one in found if isinstance(one, Exception)]
    assert all(isinstance(one, errors.EmailNumberDiffersError) for one in wrong)
    proving_email.prove_email(proof=proof, number=KHOA.number, now=utc_now())
    assert Declaration.objects.get().email_proven_at


def test_number_of_who_has_died_is_not_put_in_place() -> None:
    declaration = _mistyped()
    Person.objects.update(died_on=date(2026, 2, 1))
    with pytest.raises(errors.PersonDiedError):
        _propose(declaration, lan())
    assert Declaration.objects.get().right_number == ""
