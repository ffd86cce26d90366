"""What says that something shall be near is told from the name of a place (guides U02)."""

import pytest

from vssid.reference.searching.nearness import without_nearness


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("benh vien gan nha", "benh vien"),
        ("bệnh viện gần nhà tôi", "bệnh viện"),
        ("bệnh viện nào gần nhà tôi nhất", "bệnh viện nào"),
        ("trạm y tế gần nhất", "trạm y tế"),
        ("bhxh gan day", "bhxh"),
        ("gần tôi", ""),
        ("ttyt gần đây nhất thanh trì", "ttyt thanh trì"),
        ("nearest hospital", "hospital"),
        ("hospital near me", "hospital"),
        ("where is my nearest hospital", "where is hospital"),
        ("clinic nearby", "clinic"),
        ("office close to my home", "office"),
    ],
)
def test_u02_nearness_is_taken_out(typed: str, rest: str) -> None:
    assert without_nearness(typed) == (rest, True)


@pytest.mark.parametrize(
    "typed",
    ["benh vien nha be", "gan nha be", "gan nha trang", "bệnh viện gan", "phường gần", "tri an",
     "near hanoi", "", "gan nha " * 900],
)  # fmt: skip
def test_a_name_is_no_nearness(typed: str) -> None:
    assert without_nearness(typed) == (typed, False)
