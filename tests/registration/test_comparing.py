"""What an applicant learns of the registry, and what an approval writes there."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import HONG, KHOA, a_declaration, a_draft, a_person, an_officer, received
from vssid.kernel.clock import utc_now
from vssid.people.models import IdNumber, Person
from vssid.registration import errors
from vssid.registration.commands import deciding
from vssid.registration.commands.comparing import Told, compare_with_registry
from vssid.registration.commands.second_officer import propose_approval
from vssid.registration.models import Declaration, State

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.7"


def _told(draft_id: UUID, *, address: str = ADDRESS, now: Any = None) -> Told:
    return compare_with_registry(draft_id=draft_id, address=address, now=now or utc_now())


def _approve(declaration: Declaration) -> Declaration:
    first, second = an_officer(), an_officer()
    whole = received(declaration, first)
    proposed = propose_approval(declaration=whole, by=first, now=utc_now())
    return deciding.approve_declaration(declaration=proposed, by=second, now=utc_now())


# --- before «Ghi nhận» ----------------------------------------------------------------------------


def test_ones_own_number_agrees() -> None:
    a_person()
    assert _told(a_draft()) is Told.AGREES


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "0198009999"},
        {"number": KHOA.number},
        {"full_name": "Nguyễn Thị Hồng Nhung"},
        {"id_number": "001191000011"},
        {"id_number": KHOA.id_number},
    ],
    ids=["nobody's", "another's", "name", "birth", "another's paper"],
)
def test_whatever_differs_is_answered_alike_by_the_same_statements(changes: Any) -> None:
    a_person()
    a_person(KHOA)
    with CaptureQueriesContext(
        connection,
    ) as right:
        assert _told(a_draft()) is Told.AGREES
    with CaptureQueriesContext(connection) as wrong:
        assert _told(a_draft(**changes)) is Told.DIFFERS
    assert len(wrong) == len(right)


def test_after_ten_different_answers_a_phone_is_told_nothing_more() -> None:
    a_person()
    for last in range(10):
        assert _told(a_draft(number=f"019800900{last}")) is Told.DIFFERS
    known, unknown = a_draft(), a_draft(number="0198009999")
    assert _told(known) is _told(unknown) is Told.NOTHING
    tomorrow = utc_now() + timedelta(days=1, minutes=1)
    assert _told(known, now=tomorrow) is Told.AGREES


def test_looking_again_costs_nothing() -> None:
    draft_id = a_draft(number="0198009999")
    assert {_told(draft_id) for _ in range(15)} == {Told.DIFFERS}
    a_person()
    assert _told(a_draft()) is Told.AGREES


def test_many_phones_of_one_network_are_told_so_much_in_an_hour() -> None:
    a_person()
    for last in range(60):
        phone, number = f"+849120010{last:02d}", f"01980090{last:02d}"
        _told(a_draft(phone=phone, number=number, photos=()))
    assert _told(a_draft()) is Told.NOTHING
    assert _told(a_draft(), address="198.51.100.9") is Told.AGREES


def test_difference_does_not_bar_the_declaration() -> None:
    assert a_declaration(number="0198009999").state == State.FILED


# --- at the approval ------------------------------------------------------------------------------


def test_renewed_passport_keeps_the_history() -> None:
    a_person()
    Person.objects.update(id_kind="passport", id_number="B7654321")
    IdNumber.objects.create(id_number="B7654321", number=HONG.number)
    _approve(a_declaration(id_kind="passport", id_number="C1234567"))
    papers = IdNumber.objects.filter(number=HONG.number).values_list("id_number", flat=True)
    assert {"B7654321", "C1234567"} <= set(papers)
    person = Person.objects.get(number=HONG.number)
    assert (person.id_kind, person.id_number) == ("passport", "C1234567")


def test_passport_beside_a_card_leaves_the_registry_as_it_is() -> None:
    a_person()
    _approve(a_declaration(id_kind="passport", id_number="C1234567"))
    person = Person.objects.get(number=HONG.number)
    assert (person.id_kind, person.id_number) == ("cccd", HONG.id_number)


def test_known_paper_changes_nothing_in_the_registry() -> None:
    version = a_person().record_version
    _approve(a_declaration())
    assert Person.objects.get(number=HONG.number).record_version == version


def test_paper_of_somebody_else_is_not_approved() -> None:
    a_person()
    a_person(KHOA)
    declaration = a_declaration(id_number=KHOA.id_number)
    with pytest.raises(errors.PaperOfAnotherError) as refused:
        _approve(declaration)
    assert KHOA.number not in str(refused.value)
    assert Declaration.objects.get().state == State.RECEIVED
