"""What PostgreSQL refuses by itself, whatever the code above it does."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import HONG, a_declaration, an_officer, received
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7
from vssid.registration.models import Declaration, DeclarationCode, GuardianshipDispute, State

pytestmark = pytest.mark.django_db

NOW = utc_now()
DECIDED: dict[str, Any] = {"decided_at": NOW, "decided_by": "canbo", "ended_at": NOW}


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("registration_state_known", {"state": "elsewhere", "ended_at": NOW}),
        ("registration_decision_is_whole", {"decided_at": NOW}),
        ("registration_decision_is_whole", {"decided_by": "canbo"}),
        ("registration_decision_is_whole", {**DECIDED, "state": "lapsed"}),
        (
            "registration_decision_is_whole",
            {"state": "refused", "refusal_reason": "Ảnh mờ.", "ended_at": NOW, "decided_at": NOW},
        ),
        (
            "registration_decision_is_whole",
            {"state": "refused", "refusal_reason": "Ảnh mờ.", "ended_at": NOW, "decided_by": "x"},
        ),
        ("registration_refusal_has_reason", {**DECIDED, "state": "refused"}),
        ("registration_refusal_has_reason", {"refusal_reason": "Ảnh mờ."}),
        ("registration_approval_follows_receipt", {"state": "received"}),
        ("registration_approval_follows_receipt", {**DECIDED, "state": "approved"}),
        ("registration_end_has_time", {"state": "lapsed"}),
        ("registration_end_has_time", {"ended_at": NOW}),
        ("registration_number_shape", {"number": "01980000AB"}),
        ("registration_guardian_is_whole", {"guardian_number": "0198000002"}),
        ("registration_guardian_is_whole", {"relation": "mother"}),
        ("registration_guardian_is_whole", {"guardian_number": "x", "relation": "mother"}),
        ("registration_guardian_is_whole", {"guardian_number": HONG.number, "relation": "mother"}),
    ],
)
def test_database_refuses_half_a_truth(constraint: str, changes: dict[str, Any]) -> None:
    declaration = a_declaration()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Declaration.objects.filter(id=declaration.id).update(**changes)


def _copy(declaration: Declaration, **changes: Any) -> None:
    fields = {
        field.attname: getattr(declaration, field.attname)
        for field in Declaration._meta.concrete_fields
    }
    with transaction.atomic():
        Declaration.objects.create(**{**fields, "id": uuid7(), "code": "TK0000000A", **changes})


@pytest.mark.parametrize("state", [State.FILED, State.RECEIVED])
def test_database_refuses_a_second_open_declaration_of_a_number(state: State) -> None:
    declaration = a_declaration()
    if state is State.RECEIVED:
        declaration = received(declaration, an_officer())
    with pytest.raises(IntegrityError, match="registration_one_open_declaration"):
        _copy(declaration, state=State.FILED)


def test_contested_and_ended_ones_stand_outside_of_that() -> None:
    declaration = a_declaration()
    _copy(declaration, is_contested=True)
    _copy(declaration, state=State.LAPSED, ended_at=NOW)
    _copy(declaration, number="0198000088")
    assert Declaration.objects.count() == 4


def test_database_refuses_a_code_twice() -> None:
    declaration = a_declaration()
    with pytest.raises(IntegrityError), transaction.atomic():
        DeclarationCode.objects.create(
            code=declaration.code, number="0198000088", declaration=uuid7()
        )


def test_database_refuses_a_second_open_one_of_a_guardian_for_the_same_child() -> None:
    mine = {"guardian_number": "0198000002", "relation": "father", "number": "0120000001"}
    declaration = a_declaration()
    _copy(declaration, **mine)
    _copy(declaration, **{**mine, "guardian_number": "0198000003"}, code="TK0000000B")
    with pytest.raises(IntegrityError, match="registration_one_open_per_guardian"):
        _copy(declaration, **mine, state=State.FILED)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("registration_dispute_is_somebodys", {}),
        ("registration_dispute_is_somebodys", {"reported_by": HONG.number, "marked_by": "canbo"}),
        ("registration_dispute_decision_is_whole", {"marked_by": "canbo", "decided_at": NOW}),
        ("registration_dispute_decision_is_whole", {"marked_by": "canbo", "reason": "Bản án."}),
    ],
)
def test_database_refuses_half_a_dispute(constraint: str, changes: dict[str, Any]) -> None:
    facts = {"child_number": "0120000001", "office": "00114", "words": "x", "opened_at": NOW}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        GuardianshipDispute.objects.create(**{**facts, **changes})


def test_database_refuses_a_second_open_dispute_of_a_child() -> None:
    facts = {"child_number": "0120000001", "office": "00114", "words": "x", "opened_at": NOW}
    GuardianshipDispute.objects.create(**facts, marked_by="canbo")
    with pytest.raises(IntegrityError, match="registration_one_open_dispute"):
        GuardianshipDispute.objects.create(**facts, marked_by="canbo")
