"""Writing whole records: complete, replaced, all or nothing, audited."""

from unittest.mock import patch

import pytest
from django.db import IntegrityError

from tests.insurance.building import (
    AN,
    BINH,
    CLERK,
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
from vssid.audit.models import Event
from vssid.insurance import commands, models
from vssid.insurance.invented import life
from vssid.kernel.uuid7 import uuid7
from vssid.people.models import Guardianship, Household, Person

pytestmark = pytest.mark.django_db


def _whole(number: str = AN) -> life.PersonLife:
    visit, benefit = a_visit(number), a_benefit(number)
    return a_life(
        a_person(number),
        cards=[a_card(number)],
        periods=[a_period(number)],
        benefits=[benefit],
        benefit_entries=[an_entry(benefit)],
        visits=[visit],
        visit_costs=[a_cost(visit)],
        papers=[a_paper(visit)],
    )


def _counts() -> list[int]:
    return [model.objects.count() for model, _rows in commands._TABLES]  # type: ignore[attr-defined]


def test_every_row_of_a_life_is_stored_as_it_was_told() -> None:
    told = _whole()
    commands.write_life(life=told, by=CLERK)
    assert _counts() == [1] * 7
    cost = models.VisitCost.objects.get()
    assert all(
        getattr(cost, name) == getattr(told.visit_costs[0], name)
        for name in ("id", "visit_id", "line", "quantity", "amount", "insurance_paid")
    )
    assert models.Visit.objects.get().entered_at == told.visits[0].entered_at


def test_second_delivery_replaces_the_first_and_the_version_grows() -> None:
    stored(_whole(), _whole(BINH))
    commands.write_life(life=a_life(periods=[a_period(from_month=202401)]), by=CLERK)
    assert _counts() == [1, 2, 1, 1, 1, 1, 1]
    assert models.ContributionPeriod.objects.get(person_id=AN).from_month == 202401
    assert not models.Card.objects.filter(person_id=AN).exists()
    versions = dict(Person.objects.values_list("number", "record_version"))
    assert versions == {AN: 2, BINH: 1}


def test_one_wrong_row_keeps_everything_out() -> None:
    stored(_whole())
    wrong = a_life(a_person(BINH), cards=[a_card(BINH)], periods=[a_period(BINH, salary=-1)])
    with pytest.raises(IntegrityError):
        commands.write_lives(lives=[_whole(), wrong], by=CLERK)
    assert list(Person.objects.values_list("number", "record_version")) == [(AN, 1)]
    assert _counts() == [1] * 7


def test_nothing_is_written_when_auditing_fails() -> None:
    failing = patch("vssid.insurance.commands.record_event", side_effect=RuntimeError)
    with failing, pytest.raises(RuntimeError):
        commands.write_life(life=_whole(), by=CLERK)
    assert not Person.objects.exists()


def test_delivery_is_audited_once_with_its_size() -> None:
    commands.write_lives(lives=[_whole(), _whole(BINH)], by=CLERK)
    event = Event.objects.get(act="record.write")
    assert (event.actor, event.subject, event.details) == ("tests", "", {"people": 2})


def test_family_is_stored_with_its_household_and_guardians() -> None:
    family = life.Family(
        household=life.Household("01-0001", AN),
        lives=(_whole(), _whole(BINH)),
        guardianships=(life.Guardianship(AN, uuid7(), BINH, "mother", a_card().valid_from, None),),
        employers=(),
    )
    commands.write_families(families=[family], by=CLERK)
    assert Household.objects.get(code="01-0001").head_number == AN
    assert Guardianship.objects.get().child_number == BINH
    assert _counts() == [2] * 7
