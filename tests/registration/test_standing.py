"""How a declared paper stands to the one that the registry names."""

import pytest

from vssid.people.models import Person
from vssid.registration.standing import Standing, standing

CARD, OLD, PASSPORT = "001190000011", "012345678", "B1234567"


@pytest.mark.parametrize(
    ("kind", "number", "named", "found"),
    [
        ("cccd", CARD, ("cccd", CARD), Standing.CURRENT),
        ("cmnd", OLD, ("cccd", CARD), Standing.FORMER),
        ("cccd", "001190000012", ("cccd", CARD), Standing.OTHER),
        ("passport", PASSPORT, ("cccd", CARD), Standing.CURRENT),
        ("passport", PASSPORT, ("passport", "B7654321"), Standing.FORMER),
        ("cmnd", "098765432", ("cccd", CARD), Standing.OTHER),
        ("cmnd", "098765432", ("", ""), Standing.UNKNOWN),
    ],
)
def test_paper_stands_to_the_one_of_the_registry(
    kind: str, number: str, named: tuple[str, str], found: Standing
) -> None:
    person = Person(id_kind=named[0], id_number=named[1])
    person.papers = (CARD, OLD, PASSPORT, "B7654321")
    assert standing(kind, number, person) is found


def test_paper_beside_nobody_is_unknown() -> None:
    assert standing("cccd", CARD, None) is Standing.UNKNOWN
