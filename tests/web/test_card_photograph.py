"""The card's own QR, photographed from the screen, read by another reader and by the public table.

Nothing here uses our own parser: the fields are taken apart as the layout says (domain §2).
"""

from datetime import date
from typing import Any

import pytest

from tests.factories import HONG, a_person
from tests.insurance import photographs
from tests.staff.test_card_checks import give_card
from tests.web.test_card_pass import PAGE, _svgs
from tests.web.visiting import at_home
from vssid.people.models import Person

pytestmark = pytest.mark.django_db
ISSUED, FIRST, LAST = date(2026, 1, 1), date(2026, 1, 2), date(2026, 12, 31)
CARD = {"valid_from": FIRST, "valid_to": LAST, "issued_on": ISSUED}


def _words(hexadecimal: str) -> str:
    return "" if hexadecimal == "-" else bytes.fromhex(hexadecimal).decode("utf-8")


def _by_the_table(text: str) -> dict[str, str]:
    """The 14 fields, then `|$`."""
    assert text.endswith("|$")
    fields = text[:-2].split("|")
    assert len(fields) == 14
    province, _, facility = fields[5].partition(" - ")
    return {
        "number": fields[0],
        "name": _words(fields[1]),
        "born": fields[2],
        "sex": {"1": "nam", "2": "nữ"}[fields[3]],
        "address": _words(fields[4]),
        "facility": province + facility,
        "days": f"{fields[6]} {fields[7]}",
        "issued": fields[8],
        "managed_by": fields[9],
        "guardian": _words(fields[10]),
        "area": {"4": "", "5": "K1", "6": "K2", "7": "K3"}[fields[11]],
        "five_years": fields[12],
        "check": fields[13],
    }


def _photographed(seed: int) -> str:
    _signed, plain = _svgs(at_home().get(PAGE).content.decode())
    picture = photographs.photograph(photographs.drawn(plain, side=720), seed=seed)
    return photographs.scan(picture)


@pytest.mark.parametrize("seed", range(4))
def test_photographed_card_is_read_by_the_public_table(seed: int) -> None:
    a_person()
    give_card(**CARD, five_year_date=date(2020, 4, 1), living_area="K2")
    said = _by_the_table(_photographed(seed))
    address = said.pop("address")
    assert address
    assert said == {
        "number": f"DN401{HONG.number}",
        "name": HONG.full_name,
        "born": "12/05/1990",
        "sex": "nữ",
        "facility": "01001",
        "days": "02/01/2026 31/12/2026",
        "issued": "01/01/2026",
        "managed_by": f"0100{HONG.number}",
        "guardian": "",
        "area": "K2",
        "five_years": "01/04/2020",
        "check": "VSSID-KHONG-CHINH-THUC",
    }


@pytest.mark.parametrize(
    ("person", "card", "read"),
    [
        ({"birth_date": date(1990, 1, 1), "birth_date_precision": "year"}, {}, {"born": "1990"}),
        ({"sex": "M"}, {}, {"sex": "nam"}),
        ({}, {"valid_to": None}, {"days": "02/01/2026 -"}),
        ({}, {}, {"five_years": "-", "area": ""}),
        ({}, {"facility_code": "01D63"}, {"facility": "01D63"}),
    ],
)
def test_each_field_that_may_differ_is_read_by_the_public_table(
    person: dict[str, Any], card: dict[str, Any], read: dict[str, str]
) -> None:
    a_person()
    give_card(**{**CARD, **card})
    Person.objects.filter(number=HONG.number).update(**person)
    said = _by_the_table(_photographed(1))
    assert {name: said[name] for name in read} == read
