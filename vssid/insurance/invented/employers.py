"""Invented employers: eight for each place, some founded late, some closed since.

The two letters a code begins with tell the sector: HC school or clinic of the State, TA factory,
TB office or shop, HX cooperative. In every month since 1995 each sector has a unit that is open.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from vssid.insurance.invented.life import Employer, Place
from vssid.insurance.invented.numbers import random_for

_BRANDS = ("Mây Lành", "Lá Biếc", "Đá Cuội", "Nắng Thu", "Gió Đồng", "Sao Khuya", "Cánh Diều")
_SLOTS: tuple[tuple[str, str, tuple[int, int], tuple[int, int] | None], ...] = (
    ("HC", "Trường Tiểu học và Trung học cơ sở {commune}", (1976, 1990), None),
    ("HC", "Trung tâm Y tế khu vực {commune}", (1978, 1991), None),
    ("TA", "Công ty Cổ phần May {brand} {commune}", (1989, 1994), None),
    ("TA", "Công ty TNHH Điện tử {brand} {commune}", (2001, 2010), (2014, 2032)),
    ("TB", "Công ty TNHH Dịch vụ {brand} {commune}", (2004, 2012), (2017, 2034)),
    ("TB", "Công ty Cổ phần Thương mại {brand} {commune}", (1990, 1994), None),
    ("HX", "Hợp tác xã Nông nghiệp {brand} {commune}", (1990, 1994), None),
    ("TA", "Công ty TNHH Chế biến gỗ {brand} {commune}", (2012, 2019), None),
)
SCHOOL, CLINIC = 0, 1

CARD_GROUPS = {"HC": "HC", "TA": "DN", "TB": "DN", "HX": "HX"}
"""The card group of the people whom a unit of each sector insures (QĐ 1351/QĐ-BHXH)."""


def sector_of(code: str) -> str:
    """The sector letters of an invented employer's code."""
    return code[:2]


@lru_cache(maxsize=8192)
def employers_of(place: Place, today: date) -> tuple[Employer, ...]:
    """The eight employers of a place as they stand on a day, in the order of their slots."""
    rng = random_for(0, "employers", place.commune_code)
    units = []
    for slot, (sector, pattern, founded, closed) in enumerate(_SLOTS):
        name = pattern.format(brand=rng.choice(_BRANDS), commune=place.commune_name)
        founded_on = date(rng.randint(*founded), rng.randint(1, 12), 1)
        closed_on = date(rng.randint(*closed), rng.randint(1, 12), 1) if closed else None
        units.append(
            Employer(
                code=f"{sector}{place.commune_code}{slot}",
                name=name,
                address=f"Số {rng.randint(1, 99)}, {place.commune_name}",
                commune_code=place.commune_code,
                wage_region=place.wage_region,
                founded_on=founded_on,
                closed_on=closed_on if closed_on and closed_on <= today else None,
                is_invented=True,
            )
        )
    return tuple(unit for unit in units if unit.founded_on <= today)


def invented_employers(places: Iterable[Place], today: date) -> list[Employer]:
    """Every employer that lives in these places may name."""
    return [unit for place in places for unit in employers_of(place, today)]
