"""What cannot be true of a person cannot be stored."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from tests.insurance.building import AN, BINH, CLERK, a_person
from vssid.kernel.clock import utc_now
from vssid.kernel.privacy import Privacy
from vssid.people.commands import write_people
from vssid.people.models import Guardianship, Household, IdNumber, Person, Share

NOW = utc_now()
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "012345678"},
        {"number": "01234567 8"},
        {"number": "012345678x"},
        {"full_name": ""},
        {"sex": "X"},
        {"birth_date_precision": "week"},
        {"id_number": "001090000123"},
        {"id_kind": "cccd", "id_number": "00109000012"},
        {"id_kind": "cmnd", "id_number": "0123456789"},
        {"id_kind": "passport", "id_number": "b1234567"},
        {"id_kind": "visa", "id_number": "B1234567"},
        {"phone": "0912345678"},
        {"address_district": "020"},
        {"died_on": date(1990, 5, 11)},
    ],
)
def test_person_that_cannot_exist_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        write_people(people=[replace(a_person(), **wrong)], by=CLERK)


@pytest.mark.parametrize(
    "paper",
    [
        {},
        {"id_kind": "cccd", "id_number": "001190000123"},
        {"id_kind": "cmnd", "id_number": "012345678"},
        {"id_kind": "cmnd", "id_number": "012345678012"},
        {"id_kind": "passport", "id_number": "B1234567"},
    ],
)
def test_every_kind_of_paper_is_accepted(paper: dict[str, Any]) -> None:
    write_people(people=[a_person(**paper)], by=CLERK)
    assert Person.objects.get(number=AN).id_kind == paper.get("id_kind", "")


def _guardianship(**changes: Any) -> Guardianship:
    facts: dict[str, Any] = {
        "guardian_id": AN,
        "child_number": BINH,
        "child_name": "Bình",
        "relation": "mother",
        "from_date": date(2026, 1, 1),
    }
    return Guardianship(**{**facts, **changes})


@pytest.mark.parametrize(
    "wrong",
    [
        {"child_number": AN},
        {"child_number": "1"},
        {"relation": "friend"},
        {"to_date": date(2025, 12, 31)},
    ],
)
def test_guardianship_that_cannot_exist_is_refused(wrong: dict[str, Any]) -> None:
    write_people(people=[a_person()], by=CLERK)
    with pytest.raises(IntegrityError):
        Guardianship.objects.bulk_create([_guardianship(**wrong)])


def test_guardianship_is_open_once_but_may_have_ended_before() -> None:
    write_people(people=[a_person()], by=CLERK)
    ended = _guardianship(from_date=date(2020, 1, 1), to_date=date(2021, 1, 1))
    Guardianship.objects.bulk_create([ended, _guardianship()])
    with pytest.raises(IntegrityError):
        Guardianship.objects.bulk_create([_guardianship()])


def _share(**changes: Any) -> Share:
    facts: dict[str, Any] = {
        "reader_id": AN,
        "owner_number": BINH,
        "reader_name": "An",
        "owner_name": "Bình",
        "shows_card": True,
        "shows_contributions": False,
        "shows_benefits": False,
        "shows_medical_book": False,
        "made_at": NOW,
        "ends_at": NOW + timedelta(days=180),
    }
    return Share(**{**facts, **changes})


@pytest.mark.parametrize(
    "wrong",
    [
        {"owner_number": AN},
        {"owner_number": "1"},
        {"shows_card": False},
        {"ends_at": NOW},
        {"ends_at": NOW + timedelta(days=180, seconds=1)},
        {"ended_at": NOW},
        {"end_reason": "owner"},
        {"ended_at": NOW, "end_reason": "whim"},
        {"accepted_at": NOW, "ended_at": NOW, "end_reason": "declined"},
    ],
)
def test_share_that_cannot_exist_is_refused(wrong: dict[str, Any]) -> None:
    write_people(people=[a_person()], by=CLERK)
    with pytest.raises(IntegrityError):
        Share.objects.bulk_create([_share(**wrong)])


def test_pair_has_one_live_share_and_any_number_that_ended() -> None:
    write_people(people=[a_person()], by=CLERK)
    ended = {"ended_at": NOW, "end_reason": "owner"}
    Share.objects.bulk_create([_share(**ended), _share(**ended), _share()])
    with pytest.raises(IntegrityError):
        Share.objects.bulk_create([_share()])


@pytest.mark.parametrize("model", [Person, IdNumber, Household, Guardianship, Share])
def test_every_field_says_how_personal_it_is(model: Any) -> None:
    assert set(model.privacy) == {field.name for field in model._meta.concrete_fields}
    assert set(model.privacy.values()) <= set(Privacy)


def test_numbers_have_one_column_type_in_every_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT data_type, character_maximum_length, collation_name"
            " FROM information_schema.columns"
            " WHERE column_name IN ('number', 'child_number', 'head_number', 'owner_number')"
            " AND (table_name LIKE 'people_%%' OR table_name LIKE 'insurance_%%')"
        )
        assert cursor.fetchall() == [("character varying", 10, "C")]
