"""Invented families fit the tables of the record: every constraint, every length."""

import pytest

from tests.insurance.building import CLERK
from tests.insurance.invented_world import PLACES, TODAY
from vssid.insurance import commands, models
from vssid.insurance.invented.generate import generate_lives
from vssid.insurance.invented.named import ROLES, named_life

pytestmark = pytest.mark.django_db


def test_invented_families_are_stored_row_for_row() -> None:
    families = [
        *generate_lives(3, 300, TODAY, PLACES),
        *(named_life(role, TODAY, PLACES[0], PLACES[1:]) for role in ROLES),
    ]
    commands.write_families(families=families, by=CLERK)
    lives = [life for family in families for life in family.lives]
    assert models.Card.objects.count() == sum(len(life.cards) for life in lives)
    assert models.ContributionPeriod.objects.count() == sum(len(x.periods) for x in lives)
    assert models.BenefitEntry.objects.count() == sum(len(x.benefit_entries) for x in lives)
    assert models.VisitCost.objects.count() == sum(len(x.visit_costs) for x in lives)
    assert models.IssuedPaper.objects.count() == sum(len(x.papers) for x in lives)
