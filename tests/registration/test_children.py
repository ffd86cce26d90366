"""A guardian declares a child (guides C01–C06): what is told, filed, approved, and refused."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    HONG,
    KHOA,
    AuditingFailedError,
    a_declaration,
    a_person,
    an_officer,
    fail_auditing,
    received,
)
from tests.registration.children import (
    MINH,
    NGOC,
    a_child,
    a_child_declaration,
    a_child_draft,
    approved_by_two,
    born,
    parents,
)
from vssid.accounts.models import Account
from vssid.audit.models import Event
from vssid.files.models import StoredFile
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.messaging.models import Message
from vssid.people import queries as people
from vssid.people.models import Guardianship, Person
from vssid.people.rules import of_age_on
from vssid.registration import errors
from vssid.registration.answers import Answers
from vssid.registration.commands import children, correcting, deciding, second_officer
from vssid.registration.commands.comparing import Told
from vssid.registration.models import Declaration, Draft, State

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _parents() -> None:
    parents()
    a_child()


def _told(guardian: str = HONG.number, phone: str = HONG.phone, **changes: Any) -> Told:
    return children.compare_child(
        draft_id=a_child_draft(**changes), phone=phone, address="203.0.113.7", now=utc_now()
    )


def _held(child: str = NGOC.number) -> dict[str, Guardianship]:
    return {one.guardian_id: one for one in people.guardians_of(child, vietnam_today(utc_now()))}


# --- filing ---------------------------------------------------------------------------------------


def test_c02_everything_but_the_childs_is_the_guardians() -> None:
    filed = a_child_declaration()
    account = Account.objects.get(pk=HONG.number)
    assert (filed.number, filed.full_name, filed.relation) == (
        *(NGOC.number, NGOC.full_name),
        "mother",
    )
    assert (filed.guardian_number, filed.id_number) == (HONG.number, HONG.id_number)
    assert (filed.phone, filed.address_street) == (account.phone, account.address_street)
    assert filed.back is None
    event = Event.objects.get(act="child.file")
    assert (event.subject, event.actor) == (NGOC.number, HONG.number)


def test_c03_next_child_starts_from_the_first_ones_relation_and_office() -> None:
    a_child_declaration()
    draft = children.start_child_draft(guardian=HONG.number, now=utc_now(), address="")
    answers = Answers.read(draft.answers)
    assert (answers.relation, answers.office, answers.provincial_agency) == (
        *("mother", "00114"),
        "001",
    )
    assert (answers.number, answers.full_name, draft.portrait) == ("", "", None)


def test_unfinished_draft_is_gone_on_with_and_can_be_discarded() -> None:
    first = children.start_child_draft(guardian=HONG.number, now=utc_now(), address="")
    again = children.start_child_draft(guardian=HONG.number, now=utc_now(), address="")
    assert again.id == first.id
    children.discard_child_draft(guardian=HONG.number)
    assert not Draft.objects.filter(id=first.id).exists()


@pytest.mark.parametrize("missing", ["number", "full_name", "relation", "office"])
def test_incomplete_draft_is_not_filed(missing: str) -> None:
    with pytest.raises(errors.DraftIncompleteError):
        children.file_child(draft_id=a_child_draft(**{missing: ""}), now=utc_now())


@pytest.mark.parametrize("photo", children.PHOTOS)
def test_draft_without_a_photo_is_not_filed(photo: str) -> None:
    draft_id = a_child_draft()
    Draft.objects.filter(id=draft_id).update(**{photo: None})
    with pytest.raises(errors.DraftIncompleteError):
        children.file_child(draft_id=draft_id, now=utc_now())


def test_second_filing_finds_the_first_one() -> None:
    draft_id = a_child_draft()
    first = children.file_child(draft_id=draft_id, now=utc_now())
    assert children.file_child(draft_id=draft_id, now=utc_now()).id == first.id
    assert Declaration.objects.count() == 1


def test_filed_again_by_the_same_guardian_replaces_by_another_stands_beside() -> None:
    first = a_child_declaration()
    second = a_child_declaration()
    fathers = a_child_declaration(guardian=KHOA, relation="father")
    first.refresh_from_db()
    assert first.state == State.REPLACED
    assert {second.state, fathers.state} == {State.FILED}
    assert not Declaration.objects.filter(is_contested=True).exists()


def test_childs_own_declaration_and_the_guardians_leave_each_other_alone() -> None:
    Person.objects.filter(number=NGOC.number).update(birth_date=born(15))
    fathers = a_child_declaration()
    own = a_declaration(HONG, number=NGOC.number, phone="+84912000055", full_name=NGOC.full_name)
    assert not own.is_contested
    fathers.refresh_from_db()
    assert (fathers.state, fathers.is_contested) == (State.FILED, False)


def test_filing_is_rolled_back_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = a_child_draft()
    fail_auditing(monkeypatch, children)
    with pytest.raises(AuditingFailedError):
        children.file_child(draft_id=draft_id, now=utc_now())
    assert not Declaration.objects.exists()
    assert not Message.objects.filter(template="child.received").exists()


def test_an_account_that_files_for_more_children_than_a_family_has_is_stopped() -> None:
    for count in range(15):
        a_child_declaration(number=f"01300000{count:02d}")
    with pytest.raises(errors.ChildrenOfDayError):
        a_child_declaration(number="0130000099")


# --- what is told ---------------------------------------------------------------------------------


def test_child_that_fits_is_said_to() -> None:
    assert _told() is Told.AGREES
    assert _told(full_name="Nguyen  Bao NGOC") is Told.AGREES


def _adult() -> dict[str, Any]:
    Person.objects.filter(number=NGOC.number).update(birth_date=born(18))
    return {}


def _other_family() -> dict[str, Any]:
    Person.objects.filter(number=NGOC.number).update(household_code="HN-2")
    Person.objects.filter(number=HONG.number).update(household_code="HN-1")
    return {}


def _held_already() -> dict[str, Any]:
    approved_by_two(a_child_declaration())
    return {}


MISTAKES = {
    "nobody's number": lambda: {"number": "0199999999"},
    "an adult's": _adult,
    "another family's": _other_family,
    "registered already": _held_already,
    "oneself": lambda: {"number": HONG.number, "full_name": HONG.full_name},
    "another name": lambda: {"full_name": "Trần Bảo Ngọc"},
    "the dead": lambda: Person.objects.filter(number=NGOC.number).update(died_on=born(1)) and {},
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_is_answered_alike(mistake: str) -> None:
    assert _told(**MISTAKES[mistake]()) is Told.DIFFERS


@pytest.mark.parametrize("age", [17, 18])
def test_day_before_18_is_still_a_child(age: int) -> None:
    birth = born(18) + DAY if age == 17 else born(18)
    Person.objects.filter(number=NGOC.number).update(birth_date=birth)
    assert of_age_on(birth, "day") == vietnam_today(utc_now()) + DAY * (age == 17)
    assert _told() is (Told.AGREES if age == 17 else Told.DIFFERS)


def test_guessing_ends_after_ten_different_answers_of_a_phone() -> None:
    told = [_told(number=f"01400000{count:02d}") for count in range(11)]
    assert told == [Told.DIFFERS] * 10 + [Told.NOTHING]
    # What was told before is told again.
    assert _told(number="0140000000") is Told.DIFFERS


@pytest.mark.parametrize("mistake", ["oneself", "registered already"])
def test_oneself_and_a_child_one_has_are_not_filed_in_the_same_words(mistake: str) -> None:
    changes = MISTAKES[mistake]()
    with pytest.raises(errors.ChildDiffersError):
        a_child_declaration(**changes)


# --- the decision ---------------------------------------------------------------------------------


def test_c05_approval_lets_the_guardian_act_and_makes_no_account() -> None:
    filed = a_child_declaration()
    assert approved_by_two(filed).state == State.APPROVED
    held = _held()[HONG.number]
    assert (held.relation, held.to_date, held.child_name) == ("mother", None, NGOC.full_name)
    assert not Account.objects.filter(pk=NGOC.number).exists()
    assert StoredFile.objects.get(id=filed.portrait).delete_after is not None
    assert Event.objects.filter(act="guardianship.open", subject=NGOC.number).count() == 1


def test_one_officer_alone_approves_the_first_parent_and_nobody_besides() -> None:
    officer = an_officer()
    first = received(a_child_declaration(), officer)
    deciding.approve_declaration(declaration=first, by=officer, now=utc_now())
    stranger = received(a_child_declaration(guardian=KHOA, relation="mother"), officer)
    with pytest.raises(errors.SecondOfficerNeededError):
        deciding.approve_declaration(declaration=stranger, by=officer, now=utc_now())
    assert set(_held()) == {HONG.number}


def test_guardian_by_law_acts_until_the_day_before_18() -> None:
    declaration, first = a_child_declaration(relation="guardian"), an_officer()
    complete = received(declaration, first)
    with pytest.raises(errors.SecondOfficerNeededError):
        deciding.approve_declaration(declaration=complete, by=first, now=utc_now())
    proposed = second_officer.propose_approval(declaration=complete, by=first, now=utc_now())
    second = an_officer(user_name="minh", full_name="Bùi Văn Minh")
    deciding.approve_declaration(declaration=proposed, by=second, now=utc_now())
    until = _held()[HONG.number].to_date
    assert until is not None
    assert until + DAY == of_age_on(born(6), "day")


def test_second_guardian_stands_beside_the_first_who_is_told() -> None:
    approved_by_two(a_child_declaration())
    approved_by_two(a_child_declaration(guardian=KHOA, relation="father"))
    assert set(_held()) == {HONG.number, KHOA.number}
    told = Message.objects.get(template="guardianship.second", channel="sms")
    assert told.address == HONG.phone
    assert KHOA.number not in str(told.data)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"birth_date": born(18)}, errors.NotAChildError),
        ({"died_on": born(0)}, errors.PersonDiedError),
    ],
)
def test_who_is_no_child_is_not_approved(changes: dict[str, Any], error: type[Exception]) -> None:
    filed = a_child_declaration()
    Person.objects.filter(number=NGOC.number).update(**changes)
    with pytest.raises(error):
        approved_by_two(filed)
    assert not Guardianship.objects.exists()


def test_guardian_who_has_died_is_not_approved() -> None:
    filed = a_child_declaration()
    Person.objects.filter(number=HONG.number).update(died_on=born(0))
    with pytest.raises(errors.PersonDiedError, match=HONG.full_name):
        approved_by_two(filed)
    assert not Guardianship.objects.exists()


def test_unknown_number_is_not_approved() -> None:
    filed = a_child_declaration(number="0199999999")
    with pytest.raises(errors.NotInRegistryError):
        approved_by_two(filed)


def test_guardian_without_an_account_is_not_approved() -> None:
    filed = a_child_declaration()
    Account.objects.filter(pk=HONG.number).delete()
    with pytest.raises(errors.GuardianGoneError):
        approved_by_two(filed)


def test_guardian_who_acts_already_is_not_approved_again() -> None:
    filed = a_child_declaration()
    approved_by_two(a_child_declaration(guardian=KHOA, relation="father"))
    Declaration.objects.filter(id=filed.id).update(guardian_number=KHOA.number)
    filed.refresh_from_db()
    with pytest.raises(errors.GuardianAlreadyError):
        approved_by_two(filed)


def test_c04_pupil_with_an_id_and_a_phone_registers_like_the_parents() -> None:
    Person.objects.filter(number=NGOC.number).update(birth_date=born(15))
    mothers = a_child_declaration()
    own = a_declaration(
        HONG, number=NGOC.number, full_name=NGOC.full_name, id_number="001190000056",
        phone="+84912000055",
    )  # fmt: skip
    approved_by_two(own)
    mothers.refresh_from_db()
    assert mothers.state == State.FILED
    approved_by_two(mothers)
    seen = people.child_seen(HONG.number, NGOC.number, vietnam_today(utc_now()))
    assert seen is not None


def test_r15_refused_one_is_declared_again_from_its_own_answers() -> None:
    officer = an_officer()
    refused = deciding.refuse_declaration(
        declaration=a_child_declaration(), reason="Ảnh mờ lắm.", by=officer, now=utc_now()
    )
    draft = children.correct_child(declaration=refused, now=utc_now(), address="")
    answers = Answers.read(draft.answers)
    assert (answers.number, answers.relation) == (NGOC.number, "mother")
    assert (draft.corrects, draft.guardian_number) == (refused.code, HONG.number)
    assert None not in {draft.portrait, draft.front}
    with pytest.raises(errors.NothingToCorrectError):
        correcting.correct_declaration(declaration=refused, address="", now=utc_now())


def test_open_one_is_not_declared_again() -> None:
    with pytest.raises(errors.NothingToCorrectError):
        children.correct_child(declaration=a_child_declaration(), now=utc_now(), address="")


# --- notices --------------------------------------------------------------------------------------


def test_c06_notices_go_to_the_guardians_phone_of_today_for_several_children() -> None:
    a_child(MINH)
    first = a_child_declaration()
    Account.objects.filter(pk=HONG.number).update(phone="+84912000044")
    second = a_child_declaration(MINH)
    for one in (first, second):
        approved_by_two(one)
    assert second.phone == "+84912000044"
    told = Message.objects.filter(channel="sms", template="child.approved")
    assert [one.address for one in told] == ["+84912000044"] * 2
    received_at = Message.objects.filter(channel="sms", template="child.received").order_by("id")
    assert [one.address for one in received_at] == [HONG.phone, "+84912000044"]


def test_phone_of_a_guardian_serves_a_childs_account_too() -> None:
    approved_by_two(a_child_declaration())
    Person.objects.filter(number=NGOC.number).update(birth_date=born(14))
    a_person(HONG)
    own = a_declaration(
        HONG, number=NGOC.number, full_name=NGOC.full_name, id_number="001190000056"
    )
    assert own.phone == HONG.phone
