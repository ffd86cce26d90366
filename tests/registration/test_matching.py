"""Declaration and registry, without a database: what agrees and what does not."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.text import fold
from vssid.registration.matching import Declared, Registered, agrees, names_agree

BORN = date(1990, 5, 12)
DECLARED = Declared("0198000001", "Nguyễn Thị Hồng Ánh", "cccd", "001190000011")
KNOWN = Registered("Nguyễn Thị Hồng Ánh", BORN, "day", is_living=True)


@pytest.mark.parametrize("owner", [None, DECLARED.number])
def test_ones_own_number_agrees_also_with_a_paper_not_seen_before(owner: str | None) -> None:
    assert agrees(DECLARED, KNOWN, owner)


@pytest.mark.parametrize(
    ("known", "owner"),
    [
        (None, None),
        (replace(KNOWN, full_name="Trần Đăng Khoa"), None),
        (replace(KNOWN, birth_date=date(1991, 5, 12)), None),
        (replace(KNOWN, is_living=False), None),
        (KNOWN, "0198000002"),
    ],
    ids=["nobody's number", "another's number", "another year", "dead", "another's paper"],
)
def test_what_is_not_one_living_persons_does_not_agree(
    known: Registered | None, owner: str | None
) -> None:
    assert not agrees(DECLARED, known, owner)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Nguyễn Thị Hồng Ánh", "NGUYEN THI HONG ANH", "cccd"),
        ("Nguyễn  Thị Hồng-Ánh", "nguyễn thị hồng ánh", "cccd"),
        ("Nguyễn Thị HồngÁnh", "Nguyễn Thị Hồng Ánh", "cccd"),
        ("Đặng Hoà", "Dang Hòa", "cccd"),
        ("Müller Hans-Peter", "Hans Peter Muller", "passport"),
        ("Suharto", "SUHARTO", "passport"),
        ("O'Brien Sinéad", "Sinead O Brien", "passport"),
    ],
)
def test_accents_case_spaces_and_the_order_in_a_passport_do_not_count(
    one: str, other: str, kind: str
) -> None:
    assert names_agree(one, other, id_kind=kind)
    assert names_agree(other, one, id_kind=kind)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Ánh Hồng Thị Nguyễn", "Nguyễn Thị Hồng Ánh", "cccd"),
        ("Nguyễn Thị Hồng", "Nguyễn Thị Hồng Ánh", "cccd"),
        ("Suharto", "Sukarno", "passport"),
        ("Hans Hans Muller", "Hans Muller", "passport"),
    ],
)
def test_other_names_do_not_agree(one: str, other: str, kind: str) -> None:
    assert not names_agree(one, other, id_kind=kind)


@given(st.text(alphabet="ăâđêôơưáàảãạ aegh", min_size=1, max_size=40))
def test_name_agrees_with_itself_without_accents(name: str) -> None:
    assert names_agree(name, fold(name), id_kind="cccd")


@pytest.mark.parametrize(
    ("changes", "precision", "fits"),
    [
        ({"birth_date": BORN}, "day", True),
        ({"birth_date": date(1990, 5, 13)}, "day", False),
        ({"birth_date": date(1990, 12, 1)}, "year", True),
        ({"birth_date": date(1991, 5, 12)}, "year", False),
        # Nine digits and passports say nothing of birth.
        ({"id_kind": "cmnd", "id_number": "012345678"}, "day", True),
        ({"id_kind": "passport", "id_number": "C1234567"}, "day", True),
        ({"id_number": "001191000011"}, "day", False),
        ({"id_number": "001390000011"}, "day", False),
    ],
)
def test_birth_is_compared_as_far_as_it_is_known(
    changes: dict[str, Any], precision: str, *, fits: bool
) -> None:
    known = replace(KNOWN, birth_date_precision=precision)
    assert agrees(replace(DECLARED, **changes), known, None) is fits
