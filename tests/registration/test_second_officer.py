"""Two officers for what is risky: another person each time, whatever the code above does."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from tests.factories import (
    CLERK,
    HONG,
    RIVAL,
    THANH_TRI,
    AuditingFailedError,
    a_declaration,
    a_person,
    fail_auditing,
    received,
)
from tests.registration.desk_people import duyen, far, lan, minh, provincial
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.people.commands import remember_paper
from vssid.people.models import Person
from vssid.people.queries import person_with_papers
from vssid.registration import errors
from vssid.registration.commands import cases, claiming, deciding, handing_over, second_officer
from vssid.registration.findings import Finding, Severity
from vssid.registration.models import Declaration, State
from vssid.registration.risks import Risk, risks
from vssid.staff.models import Officer

pytestmark = pytest.mark.django_db
NOTE = "Chữ ký trên bản giấy chưa giống."


def _approve(declaration: Declaration, by: Officer) -> Declaration:
    return deciding.approve_declaration(declaration=declaration, by=by, now=utc_now())


def _propose(declaration: Declaration, by: Officer) -> Declaration:
    return second_officer.propose_approval(declaration=declaration, by=by, now=utc_now())


def _return(declaration: Declaration, by: Officer, note: str = NOTE) -> Declaration:
    return second_officer.return_proposal(declaration=declaration, note=note, by=by, now=utc_now())


def _risky(by: Officer) -> Declaration:
    """A complete dossier whose phone is not the registry's."""
    a_person()
    return received(a_declaration(phone="+84912000066"), by)


# --- what is risky --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ()),
        ({"full_name": "Nguyen Thi Hong Anh"}, ()),
        ({"full_name": "Lê Văn Tám"}, (Risk.NAME,)),
        ({"phone": "+84912000066"}, (Risk.PHONE,)),
        ({"id_number": "001190000099"}, (Risk.IDENTITY,)),
        ({"is_contested": True}, (Risk.CONTESTED,)),
        ({"filed_by": "lan", "is_contested": True}, (Risk.DESK, Risk.CONTESTED)),
        (
            {"guardian_number": "0190000009", "relation": "guardian"},
            (Risk.GUARDIAN, Risk.HOUSEHOLD_UNKNOWN),
        ),
        ({"guardian_number": "0190000009", "relation": "mother"}, (Risk.HOUSEHOLD_UNKNOWN,)),
    ],
)
def test_risks_of_a_declaration(changes: dict[str, Any], found: tuple[Risk, ...]) -> None:
    person = a_person()
    declaration = a_declaration()
    for name, value in changes.items():
        setattr(declaration, name, value)
    assert risks(declaration, person) == found


def test_what_the_registry_does_not_know_is_no_risk() -> None:
    person = a_person()
    Person.objects.update(phone="")
    person.refresh_from_db()
    declaration = a_declaration(phone="+84912000066")
    assert risks(declaration, person) == ()
    assert risks(declaration, None) == ()


def test_paper_that_leads_to_the_person_already_is_no_risk() -> None:
    a_person()
    remember_paper(number=HONG.number, id_number="B1234567", by=CLERK)
    declaration = a_declaration(id_kind="passport", id_number="B1234567")
    assert risks(declaration, person_with_papers(HONG.number)) == ()
    officer = lan()
    assert _approve(received(declaration, officer), officer).state == State.APPROVED


@pytest.mark.parametrize(("severity", "is_risk"), [(Severity.BAD, True), (Severity.WARN, False)])
def test_bad_finding_in_the_photos_is_a_risk(severity: Severity, is_risk: bool) -> None:  # noqa: FBT001
    finding = Finding("Số CCCD", "001190000011", "001190000012", severity)
    found = risks(a_declaration(), a_person(), [finding])
    assert (Risk.READING in found) is is_risk


# --- the two --------------------------------------------------------------------------------------


def test_one_officer_alone_does_not_approve_what_is_risky() -> None:
    officer = lan()
    declaration = _risky(officer)
    with pytest.raises(errors.SecondOfficerNeededError):
        _approve(declaration, officer)
    assert Declaration.objects.get().state == State.RECEIVED


def test_second_officer_approves_what_the_first_proposed() -> None:
    first = lan()
    proposed = _propose(_risky(first), first)
    assert (proposed.proposed_by, proposed.claimed_by) == ("lan", "")
    approved = _approve(proposed, minh())
    assert (approved.state, approved.decided_by) == (State.APPROVED, "minh")
    event = Event.objects.get(act="declaration.approve")
    assert event.details == {"code": approved.code, "proposed_by": "lan"}
    assert Event.objects.get(act="declaration.propose").actor == "lan"


def test_proposed_twice_by_the_same_officer_is_proposed_once() -> None:
    first = lan()
    proposed = _propose(_risky(first), first)
    again = _propose(proposed, first)
    assert (again.proposed_by, again.proposed_at) == ("lan", proposed.proposed_at)
    assert Event.objects.filter(act="declaration.propose").count() == 1


def test_nobody_is_their_own_second_officer() -> None:
    first = lan()
    proposed = _propose(_risky(first), first)
    with pytest.raises(errors.SamePersonError):
        _approve(proposed, first)


def test_second_officer_may_be_of_the_province_and_of_no_other_office() -> None:
    first = lan()
    proposed = _propose(_risky(first), first)
    with pytest.raises(errors.NotThisOfficeError):
        _approve(proposed, far())
    assert _approve(proposed, provincial()).state == State.APPROVED


@pytest.mark.parametrize("by", [duyen, far])
def test_who_may_not_decide_may_not_propose_or_return(by: Any) -> None:
    first, other = lan(), by()
    declaration = _risky(first)
    claiming.release_case(declaration=declaration, by=first)
    with pytest.raises((errors.MayNotDecideError, errors.NotThisOfficeError)):
        _propose(declaration, other)
    _propose(declaration, first)
    with pytest.raises((errors.MayNotDecideError, errors.NotThisOfficeError)):
        _return(declaration, other)


def test_returned_proposal_goes_back_with_a_word() -> None:
    first = lan()
    proposed = _propose(_risky(first), first)
    second = minh()
    back = _return(proposed, second)
    assert (back.proposed_by, back.note, back.note_by) == ("", NOTE, "minh")
    with pytest.raises(errors.NotProposedError):
        _return(back, second)
    with pytest.raises(errors.SecondOfficerNeededError):
        _approve(back, second)
    event = Event.objects.get(act="declaration.return")
    assert (event.reason, event.details["to"]) == (NOTE, "lan")


def test_proposal_without_the_paper_is_refused() -> None:
    with pytest.raises(errors.PaperNotReceivedError):
        _propose(a_declaration(), lan())


def test_proposal_is_void_at_another_office() -> None:
    first = lan()
    proposed = _propose(_risky(first), first)
    moved = deciding.take_over_case(declaration=proposed, by=far(), now=utc_now())
    assert moved.proposed_by == ""
    with pytest.raises(errors.SecondOfficerNeededError):
        _approve(moved, Officer.objects.get(user_name="xa"))


def test_nothing_is_proposed_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    first = lan()
    declaration = _risky(first)
    fail_auditing(monkeypatch, cases)
    with pytest.raises(AuditingFailedError):
        _propose(declaration, first)
    assert Declaration.objects.get().proposed_by == ""


def test_own_proposal_is_not_the_next_case() -> None:
    first = lan()
    _propose(_risky(first), first)
    assert claiming.claim_next(by=first, now=utc_now()) is None
    assert claiming.claim_next(by=minh(), now=utc_now()) is not None


def test_tiny_office_works_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_OFFICES_WITHOUT_SECOND", frozenset({THANH_TRI}))
    officer = lan()
    assert _approve(_risky(officer), officer).state == State.APPROVED


def test_contested_declaration_needs_two() -> None:
    a_person()
    officer = lan()
    one = received(a_declaration(), officer)
    a_declaration(RIVAL)
    with pytest.raises(errors.SecondOfficerNeededError):
        _approve(one, officer)


def test_database_refuses_the_same_person_twice() -> None:
    officer = lan()
    declaration, now = _propose(_risky(officer), officer), utc_now()
    approved = {"state": "approved", "decided_at": now, "decided_by": "lan", "ended_at": now}
    with (
        pytest.raises(IntegrityError, match="registration_two_officers"),
        transaction.atomic(),
    ):
        Declaration.objects.filter(id=declaration.id).update(**approved)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("registration_claim_is_whole", {"claimed_by": "lan"}),
        ("registration_claim_is_whole", {"claimed_until": utc_now()}),
        ("registration_proposal_is_whole", {"proposed_by": "lan"}),
        ("registration_proposal_is_whole", {"proposed_at": utc_now()}),
    ],
)
def test_database_refuses_half_a_claim_or_proposal(
    constraint: str, changes: dict[str, Any]
) -> None:
    a_declaration()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Declaration.objects.update(**changes)


def test_colleague_who_gets_a_proposed_case_may_be_its_second_officer() -> None:
    first = lan()
    minh()
    proposed = _propose(_risky(first), first)
    given = handing_over.hand_to_colleague(
        declaration=proposed, colleague="minh", note=NOTE, by=first, now=utc_now()
    )
    assert given.proposed_by == "lan"
    later = utc_now() + timedelta(minutes=1)
    second = Officer.objects.get(user_name="minh")
    approved = deciding.approve_declaration(declaration=given, by=second, now=later)
    assert approved.number == HONG.number


def test_who_refused_the_rival_does_not_approve_the_other_one_alone() -> None:
    officer = lan()
    a_person()
    own, rival = a_declaration(HONG), a_declaration(RIVAL)
    deciding.refuse_declaration(
        declaration=received(rival, officer), reason=NOTE, by=officer, now=utc_now()
    )
    own.refresh_from_db()
    assert not own.is_contested
    own = received(own, officer)
    with pytest.raises(errors.SecondOfficerNeededError):
        _approve(own, officer)
    assert _approve(_propose(own, officer), minh()).state == State.APPROVED


def test_officer_who_refused_the_same_person_before_approves_alone() -> None:
    officer = lan()
    a_person()
    deciding.refuse_declaration(
        declaration=received(a_declaration(), officer), reason=NOTE, by=officer, now=utc_now()
    )
    assert _approve(received(a_declaration(), officer), officer).state == State.APPROVED


@pytest.mark.parametrize(
    ("households", "found"),
    [
        (("1", "1"), ()),
        (("1", "2"), (Risk.HOUSEHOLD,)),
        (("", "2"), (Risk.HOUSEHOLD_UNKNOWN,)),
        (("1", ""), (Risk.HOUSEHOLD_UNKNOWN,)),
        (("", ""), (Risk.HOUSEHOLD_UNKNOWN,)),
    ],
)
def test_child_of_another_household_or_of_none_known_needs_two(
    households: tuple[str, str], found: tuple[Risk, ...]
) -> None:
    declaration = a_declaration()
    declaration.guardian_number, declaration.relation = "0190000009", "mother"
    child, guardian = (Person(household_code=one) for one in households)
    assert risks(declaration, child, guardian=guardian) == found


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ((), ()),
        (("father",), (Risk.SECOND_GUARDIAN,)),
        (("father", "mother"), (Risk.SAME_RELATION,)),
    ],
)
def test_second_guardian_of_a_child_needs_two(
    others: tuple[str, ...], found: tuple[Risk, ...]
) -> None:
    declaration = a_declaration()
    declaration.guardian_number, declaration.relation = "0190000009", "mother"
    child = guardian = Person(household_code="1")
    assert risks(declaration, child, guardian=guardian, others=others) == found
