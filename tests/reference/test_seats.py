"""The commune of today that an address of an office means."""

import pytest

from vssid.reference.seats import seat

TODAY = ("Xã Thanh Trì", "Xã Đại Thanh")
BEFORE = {"Thị trấn Văn Điển": "Xã Thanh Trì", "Xã Tả Thanh Oai": "Xã Đại Thanh", "Phường 1": "A"}


@pytest.mark.parametrize(
    ("address", "commune"),
    [
        ("ngõ 673 đường Ngọc Hồi, thị trấn Văn Điển", "Xã Thanh Trì"),
        ("Số 1, xã Đại Thanh, trước là thị trấn Văn Điển", "Xã Đại Thanh"),
        ("Số 1, phường 10", ""),
        ("thị trấn Văn Điển và xã Tả Thanh Oai", ""),
        ("", ""),
    ],
)
def test_an_address_says_its_commune_of_today_or_nothing(address: str, commune: str) -> None:
    assert seat(address, TODAY, BEFORE) == commune
