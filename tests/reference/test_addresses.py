"""Names of areas in English."""

import pytest

from vssid.reference.addresses import english_name, join_address
from vssid.reference.source import KINDS, Source


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("Thành phố Hà Nội", "Hà Nội City"),
        ("Tỉnh Ninh Bình", "Ninh Bình Province"),
        ("Huyện Thanh Trì", "Thanh Trì District"),
        ("Xã Thanh Trì", "Thanh Trì Commune"),
        ("Thị trấn Văn Điển", "Văn Điển Township"),
        ("Đặc khu Trường Sa", "Trường Sa Special Zone"),
        ("Quận 1", "District 1"),
        ("Phường 4", "Ward 4"),
    ],
)
def test_the_type_is_translated_and_the_name_kept(name: str, english: str) -> None:
    assert english_name(name) == english


def test_no_type_stays_vietnamese(source: Source) -> None:
    for unit in [*source.communes.values(), *source.legacy_districts.values()]:
        assert not english_name(unit.name).startswith(KINDS)


def test_missing_parts_leave_no_comma() -> None:
    assert join_address(["", "Xã Thanh Trì", "", "Thành phố Hà Nội"]) == (
        "Xã Thanh Trì, Thành phố Hà Nội"
    )
