"""Who may use which address. A new address fails here until somebody has decided."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

DECIDED = {
    "citizen": """
        /quan-ly-ca-nhan/
        /the-bhyt/
        /the-bhyt/xem/
        /qua-trinh-tham-gia/
        /qua-trinh-tham-gia/<slug:fund>/
        /thong-tin-huong/
        /thong-tin-huong/<slug:kind>/
        /so-kham-chua-benh/
        /so-kham-chua-benh/<int:year>/
        /con/<uuid:child>/quan-ly-ca-nhan/
        /con/<uuid:child>/the-bhyt/
        /con/<uuid:child>/the-bhyt/xem/
        /con/<uuid:child>/qua-trinh-tham-gia/
        /con/<uuid:child>/qua-trinh-tham-gia/<slug:fund>/
        /con/<uuid:child>/thong-tin-huong/
        /con/<uuid:child>/thong-tin-huong/<slug:kind>/
        /con/<uuid:child>/so-kham-chua-benh/
        /con/<uuid:child>/so-kham-chua-benh/<int:year>/
        /thoat/
        /doi-mat-khau/
        /doi-mat-khau/xong/
        /quan-ly-ca-nhan/anh/
    """,
    "public": """
        /
        /dang-nhap/
        /dang-nhap/thiet-bi/
        /dang-ky/thu-thach/
        /dich-vu-cong/
        /tra-cuu/
        /ho-tro/
        /ngon-ngu/
        /can-bo/dang-nhap/
        /ma-kiem-tra/hinh/<slug:key>/
        /ma-kiem-tra/hinh/<slug:key>@2/
        /healthz/live
        /healthz/ready
        /metrics
        /demo/dien-thoai/
    """,
    "visitor": """
        /dang-ky/
        /dang-ky/doi-tuong/
        /dang-ky/ma-otp/
        /dang-ky/ma-otp/gui-lai/
        /dang-ky/da-ghi-nhan/
        /dang-ky/to-khai.pdf
        /dang-ky/to-khai.png
        /dang-ky/anh/chan-dung/
        /dang-ky/anh/mat-truoc/
        /dang-ky/anh/mat-sau/
        /dang-ky/ban-than/
        /dang-ky/giay-to/
        /dang-ky/dia-chi/
        /dang-ky/co-quan/
        /dang-ky/xac-nhan/
        /dang-ky/xem-lai/
    """,
    "officer:can_enter": """
        /can-bo/
        /can-bo/thoat/
    """,
    "officer:can_see_cases": """
        /can-bo/tim/
        /can-bo/ho-so/<slug:code>/
        /can-bo/ho-so/<slug:code>/nhan-ve/
        /can-bo/ho-so/<slug:code>/nhan-ban-ky/
        /can-bo/ho-so/<slug:code>/to-khai.pdf
        /can-bo/ho-so/<slug:code>/anh/<slug:kind>/
    """,
    "officer:can_decide": """
        /can-bo/ho-so/<slug:code>/duyet/
        /can-bo/ho-so/<slug:code>/tu-choi/
    """,
}


def _routes(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = "/"
) -> Iterator[tuple[str, URLPattern]]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, address)
        else:
            yield address, one


def _access(pattern: URLPattern) -> str:
    return str(getattr(pattern.callback, "access", "undecided"))


def test_every_address_says_who_may_use_it() -> None:
    undecided = [address for address, pattern in _routes() if _access(pattern) == "undecided"]
    assert undecided == []


def test_addresses_are_open_to_whom_was_decided() -> None:
    found = {(address, _access(pattern)) for address, pattern in _routes()}
    wanted = {(address, access) for access, text in DECIDED.items() for address in text.split()}
    assert {"not decided here": found - wanted, "decided, but not there": wanted - found} == {
        "not decided here": set(),
        "decided, but not there": set(),
    }


def test_no_two_addresses_share_a_name() -> None:
    names = [(address.split("/")[1] == "can-bo", pattern.name) for address, pattern in _routes()]
    assert len(names) == len(set(names))


def test_addresses_are_vietnamese_without_accents() -> None:
    for address, _pattern in _routes():
        assert address.isascii(), address
        assert address == address.lower(), address


@pytest.mark.parametrize("address", ["/khong-co-trang-nay/", "/quan-tri", "/dang-nhap"])
def test_what_is_not_listed_is_not_served(address: str) -> None:
    assert address not in {found for found, _pattern in _routes()}
