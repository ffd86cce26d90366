"""What cannot be true cannot be stored: the constraints hold in PostgreSQL."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection

from tests.insurance.building import (
    AN,
    BINH,
    a_benefit,
    a_card,
    a_cost,
    a_life,
    a_paper,
    a_period,
    a_person,
    a_visit,
    an_entry,
    stored,
)
from vssid.insurance import models
from vssid.kernel.privacy import Privacy

pytestmark = pytest.mark.django_db

ALL_MODELS = [
    models.Card,
    models.ContributionPeriod,
    models.Benefit,
    models.BenefitEntry,
    models.Visit,
    models.VisitCost,
    models.IssuedPaper,
]


@pytest.mark.parametrize(
    "wrong",
    [
        {"card_number": "dn4010123456789"},
        {"card_number": "DN6010123456789"},
        {"card_number": "DN401012345678"},
        {"group_code": "GD"},
        {"benefit_level": 0},
        {"benefit_level": 6},
        {"facility_code": "0100"},
        {"living_area": "K4"},
        {"valid_to": date(2025, 12, 31)},
    ],
)
def test_card_that_cannot_exist_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        stored(a_life(cards=[a_card(**wrong)]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"fund": "bhqq"},
        {"kind": "gift"},
        {"state": "owed"},
        {"from_month": 202500},
        {"from_month": 202413, "to_month": 202512},
        {"to_month": 202513},
        {"to_month": 202412},
        {"from_month": 189901},
        {"currency": "đồng"[:3]},
        {"salary": -1},
        {"wage": -1},
        {"wage_region": 5},
    ],
)
def test_period_that_cannot_exist_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        stored(a_life(periods=[a_period(**wrong)]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "khac"},
        {"amount": -1},
        {"to_date": date(2025, 3, 2)},
        {"impairment_percent": 20},
        {"kind": "tnld-bnn", "impairment_percent": 101},
        {"months": 3},
        {"kind": "bhtn", "months": 13},
    ],
)
def test_benefit_that_cannot_exist_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        stored(a_life(benefits=[a_benefit(**wrong)]))


@pytest.mark.parametrize("wrong", [{"kind": "gift"}, {"amount": -1}])
def test_benefit_entry_that_cannot_exist_is_refused(wrong: dict[str, Any]) -> None:
    benefit = a_benefit()
    with pytest.raises(IntegrityError):
        stored(a_life(benefits=[benefit], benefit_entries=[an_entry(benefit, **wrong)]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"visit_kind": "at-home"},
        {"facility_code": "x"},
        {"left_at": datetime(2025, 6, 2, 1, 29, tzinfo=UTC)},
        {"total": 200_001},
        {"insurance_paid": 240_000, "self_paid": -40_000},
    ],
)
def test_visit_that_cannot_exist_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        stored(a_life(visits=[a_visit(**wrong)]))


@pytest.mark.parametrize(
    "wrong", [{"amount": 1}, {"quantity": -1}, {"benefit_rate": 101}, {"unit_price": -1}]
)
def test_cost_that_cannot_exist_is_refused(wrong: dict[str, Any]) -> None:
    visit = a_visit()
    with pytest.raises(IntegrityError):
        stored(a_life(visits=[visit], visit_costs=[a_cost(visit, **wrong)]))


def test_line_of_a_bill_stands_once() -> None:
    visit = a_visit()
    with pytest.raises(IntegrityError):
        stored(a_life(visits=[visit], visit_costs=[a_cost(visit), a_cost(visit)]))


def test_rows_below_belong_to_a_parent_of_the_same_person() -> None:
    visit, benefit = a_visit(), a_benefit()
    stored(a_life(visits=[visit], benefits=[benefit]))
    of_binh = a_person(BINH, phone="")
    for rows in (
        {"visit_costs": [replace(a_cost(visit), number=BINH)]},
        {"papers": [replace(a_paper(visit), number=BINH)]},
        {"benefit_entries": [replace(an_entry(benefit), number=BINH)]},
    ):
        with pytest.raises(IntegrityError):
            stored(a_life(of_binh, **rows))


def test_rows_of_nobody_are_refused() -> None:
    stored(a_life(cards=[a_card(BINH)]))
    with pytest.raises(IntegrityError):
        connection.check_constraints()


@pytest.mark.parametrize("model", ALL_MODELS)
def test_person_leads_every_key(model: type[models.PersonRow]) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    unique = [one["columns"] for one in found.values() if one["unique"] or one["primary_key"]]
    assert ["number", "id"] in unique
    assert all(columns[0] == "number" for columns in unique)


@pytest.mark.parametrize("model", ALL_MODELS)
def test_every_field_says_how_personal_it_is(model: type[models.PersonRow]) -> None:
    names = {field.name for field in model._meta.concrete_fields}
    assert set(model.privacy) == names
    assert set(model.privacy.values()) <= set(Privacy)


def test_row_is_found_by_its_composite_key() -> None:
    card = a_card()
    stored(a_life(cards=[card]))
    assert models.Card.objects.get(pk=(AN, card.id)).card_number == card.card_number
