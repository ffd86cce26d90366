"""The invented employers of the demo's directory: several thousand, the same in every demo."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from vssid.insurance.invented.employers import invented_employers
from vssid.insurance.invented.life import Employer, Place
from vssid.reference import queries as reference
from vssid.reference.rows import ERA_TODAY

EVERY_COMMUNE: Final = 3
"""Of the 3,321 communes: eight employers each in every third one are about 8,900."""
_FIRST_REGION: Final = {"01", "79", "31", "48"}


def demo_employers(today: date) -> list[Employer]:
    """Employers in every province, as they stand on a day."""
    return invented_employers(_places(), today)


def _places() -> Iterator[Place]:
    for province in reference.provinces():
        for commune in reference.communes(ERA_TODAY, province.code)[::EVERY_COMMUNE]:
            yield Place(
                province_code=province.code,
                commune_code=commune.code,
                commune_name=commune.name,
                wage_region=1 if province.code in _FIRST_REGION else 2,
                facility_code="",
                facility_name="",
            )
