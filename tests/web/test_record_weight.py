"""The record pages are light for the fullest record, too (ui.md: at most 15 KB over the wire)."""

import gzip

import pytest

from tests.insurance.building import AN, stored
from tests.insurance.long_life import a_long_life
from tests.web.signing_in import signed_in
from vssid.kernel.clock import utc_now, vietnam_today

pytestmark = pytest.mark.django_db

TODAY = vietnam_today(utc_now())
MOST = 15 * 1024
PAGES = [
    "quan-ly-ca-nhan/",
    "the-bhyt/",
    "the-bhyt/xem/",
    "qua-trinh-tham-gia/bhxh/",
    "qua-trinh-tham-gia/bhtn/",
    "qua-trinh-tham-gia/bhtnld-bnn/",
    "qua-trinh-tham-gia/bhyt/",
    "thong-tin-huong/mot-lan/",
    "thong-tin-huong/ngan-han/",
    "thong-tin-huong/tnld-bnn/",
    "thong-tin-huong/hang-thang/",
    "thong-tin-huong/bhtn/",
    f"so-kham-chua-benh/{TODAY.year - 1}/",
    "so-kham-chua-benh/?tim=bach+mai",
]


@pytest.mark.parametrize("address", PAGES)
def test_page_of_the_fullest_record_is_light(address: str) -> None:
    stored(a_long_life(TODAY))
    answer = signed_in(AN).get(f"/{address}", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert len(answer.content) <= MOST
    assert b"<main" in gzip.decompress(answer.content)
