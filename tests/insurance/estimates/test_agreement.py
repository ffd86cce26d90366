"""What is estimated for the day a job ended is what the record then says was granted."""

from dataclasses import replace
from datetime import date

import pytest

from tests.insurance.building import CLERK, key_to
from tests.insurance.invented_world import PLACES, TODAY
from vssid.insurance import commands, queries
from vssid.insurance.estimates import filling
from vssid.insurance.estimates.unemployment import Unemployment, estimate
from vssid.insurance.invented.generate import generate_lives
from vssid.insurance.models import Benefit
from vssid.insurance.records import WorkingLife
from vssid.kernel.months import Month

pytestmark = pytest.mark.django_db


def test_unemployment_benefit_is_estimated_as_it_was_granted() -> None:
    commands.write_families(families=generate_lives(11, 400, TODAY, PLACES), by=CLERK)
    # The estimates know the law since 2015.
    granted = Benefit.objects.filter(kind="bhtn", from_date__year__gte=2016).order_by(
        "person_id", "from_date"
    )
    assert granted.count() > 20
    for benefit in granted:
        life = _before(benefit, queries.working_life(key_to(benefit.person_id)))
        ended = _end_of_job(life, benefit.from_date)
        found = estimate(filling.unemployment(life, ended, ended=ended).given)
        assert isinstance(found, Unemployment), (benefit.person_id, ended, found)
        assert (found.months, found.monthly) == (benefit.months, benefit.amount), benefit.person_id


def _before(benefit: Benefit, life: WorkingLife) -> WorkingLife:
    """The life as it was on the day before a benefit was granted."""
    drawn = tuple(one for one in life.drawn if one.from_date < benefit.from_date)
    return replace(life, drawn=drawn, monthly=())


def _end_of_job(life: WorkingLife, begins: date) -> date:
    """The last day of the last month of BHXH before a benefit."""
    ends = [Month.from_yyyymm(one.to_month).last_day for one in life.social]
    return max(day for day in ends if day < begins)
