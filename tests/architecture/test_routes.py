"""Who may use which address. A new address fails here until somebody has decided."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

DECIDED = {
    "citizen": """
        /quan-ly-ca-nhan/
        /the-bhyt/
        /the-bhyt/xem/
        /the-bhyt/ma-xac-thuc/
        /con/<uuid:child>/the-bhyt/ma-xac-thuc/
        /qua-trinh-tham-gia/
        /qua-trinh-tham-gia/<slug:fund>/
        /thong-tin-huong/
        /thong-tin-huong/<slug:kind>/
        /so-kham-chua-benh/
        /so-kham-chua-benh/<int:year>/
        /uoc-tinh/
        /uoc-tinh/mot-lan/
        /uoc-tinh/huu-tri/
        /uoc-tinh/thai-san/
        /uoc-tinh/om-dau/
        /uoc-tinh/that-nghiep/
        /uoc-tinh/bhyt-ho-gia-dinh/
        /con/<uuid:child>/quan-ly-ca-nhan/
        /con/<uuid:child>/the-bhyt/
        /con/<uuid:child>/the-bhyt/xem/
        /con/<uuid:child>/qua-trinh-tham-gia/
        /con/<uuid:child>/qua-trinh-tham-gia/<slug:fund>/
        /con/<uuid:child>/thong-tin-huong/
        /con/<uuid:child>/thong-tin-huong/<slug:kind>/
        /con/<uuid:child>/so-kham-chua-benh/
        /con/<uuid:child>/so-kham-chua-benh/<int:year>/
        /giay-xac-nhan/
        /giay-xac-nhan/<uuid:statement>/
        /giay-xac-nhan/<uuid:statement>/giay.pdf
        /giay-xac-nhan/<uuid:statement>/thu-hoi/
        /con/<uuid:child>/giay-xac-nhan/
        /con/<uuid:child>/giay-xac-nhan/<uuid:statement>/
        /con/<uuid:child>/giay-xac-nhan/<uuid:statement>/giay.pdf
        /con/<uuid:child>/giay-xac-nhan/<uuid:statement>/thu-hoi/
        /xem-ho/<uuid:share>/quan-ly-ca-nhan/
        /xem-ho/<uuid:share>/the-bhyt/
        /xem-ho/<uuid:share>/the-bhyt/xem/
        /xem-ho/<uuid:share>/qua-trinh-tham-gia/
        /xem-ho/<uuid:share>/qua-trinh-tham-gia/<slug:fund>/
        /xem-ho/<uuid:share>/thong-tin-huong/
        /xem-ho/<uuid:share>/thong-tin-huong/<slug:kind>/
        /xem-ho/<uuid:share>/so-kham-chua-benh/
        /xem-ho/<uuid:share>/so-kham-chua-benh/<int:year>/
        /quan-ly-ca-nhan/<bhxh:number>/<rest:page>
        /the-bhyt/<bhxh:number>/<rest:page>
        /qua-trinh-tham-gia/<bhxh:number>/<rest:page>
        /thong-tin-huong/<bhxh:number>/<rest:page>
        /so-kham-chua-benh/<bhxh:number>/<rest:page>
        /giay-xac-nhan/<bhxh:number>/<rest:page>
        /uoc-tinh/<bhxh:number>/<rest:page>
        /con/<bhxh:number>/<rest:page>
        /xem-ho/<bhxh:number>/<rest:page>
        /dang-ky-cho-con/
        /dang-ky-cho-con/bat-dau/
        /dang-ky-cho-con/bo/
        /dang-ky-cho-con/con/
        /dang-ky-cho-con/co-quan/
        /dang-ky-cho-con/xem-lai/
        /dang-ky-cho-con/anh/<slug:kind>/
        /dang-ky-cho-con/anh/<slug:kind>/gui/
        /dang-ky-cho-con/anh/phan/<uuid:upload>/
        /dang-ky-cho-con/to-khai.pdf
        /dang-ky-cho-con/to-khai/<slug:code>/
        /dang-ky-cho-con/to-khai/<slug:code>/to-khai.pdf
        /dang-ky-cho-con/to-khai/<slug:code>/to-khai.png
        /dang-ky-cho-con/to-khai/<slug:code>/sua/
        /dang-ky-cho-con/bao-khong-dung/<uuid:child>/
        /chia-se/
        /chia-se/moi/
        /chia-se/<uuid:share>/nhan/
        /chia-se/<uuid:share>/tu-choi/
        /chia-se/<uuid:share>/dung/
        /thoat/
        /tai-khoan/
        /tai-khoan/so-dien-thoai/
        /tai-khoan/email/
        /tai-khoan/dia-chi/
        /tai-khoan/dong/
        /tai-khoan/ai-da-xem/
        /tai-khoan/van-tay/
        /tai-khoan/van-tay/them/
        /tai-khoan/van-tay/them/lua-chon/
        /tai-khoan/van-tay/<uuid:passkey>/
        /tai-khoan/van-tay/<uuid:passkey>/go/
        /tai-khoan/tai-ve/
        /tai-khoan/tai-ve/moi/
        /tai-khoan/tai-ve/tien-do/
        /tai-khoan/tai-ve/<uuid:export>/tep/
        /xac-nhan-lai/
        /xac-nhan-lai/van-tay/
        /xac-nhan-lai/van-tay/lua-chon/
        /doi-mat-khau/
        /doi-mat-khau/xong/
        /tai-khoan/thiet-bi/
        /tai-khoan/thiet-bi/quen/
        /quan-ly-ca-nhan/anh/
        /tai-khoan/smart-otp/
        /tai-khoan/smart-otp/go/
        /ho-tro/phan-anh/bao-sai-sot/
        /ho-tro/phan-anh/<slug:code>/
        /ho-tro/phan-anh/<slug:code>/danh-gia/
        /ho-tro/phan-anh/<slug:code>/dong/
        /ho-tro/phan-anh/<slug:code>/tep/<uuid:paper>/
    """,
    "public": """
        /
        /dang-ky/theo-doi/
        /dang-ky/theo-doi/<slug:code>/
        /dang-ky/theo-doi/email/<str:proof>/
        /dang-nhap/
        /dang-nhap/thiet-bi/
        /dang-nhap/van-tay/
        /dang-nhap/van-tay/lua-chon/
        /phien/
        /phien/gia-han/
        /the-bhyt/ngoai-tuyen/
        /the-bhyt/ma-xac-thuc/moi/
        /con/<uuid:child>/the-bhyt/ma-xac-thuc/moi/
        /api/v1/openapi.json
        /api/v1/khoa-cong-khai
        /ngoai-tuyen/
        /khong-phai-toi/<slug:code>/
        /cai-dat/
        /tai-khoan/da-dong/
        /dang-ky/thu-thach/
        /ma-otp/trang-thai/
        /tai-ung-dung/
        /tai-ung-dung/to-roi/
        /tai-ung-dung/to-roi/<str:office>.pdf
        /manifest.webmanifest
        /tin-tuc/
        /tin-tuc/atom.xml
        /tin-tuc/anh/<uuid:picture>.jpg
        /tin-tuc/anh/<uuid:picture>-nho.jpg
        /tin-tuc/<slug:slug>/
        /sitemap.xml
        /sitemap-<int:part>.xml
        /robots.txt
        /kiem-tra-giay/
        /kiem-tra-giay/tep/
        /kiem-tra-giay/<str:typed>/
        /quen-mat-khau/
        /quen-mat-khau/xong/
        /dich-vu-cong/
        /tra-cuu/
        /tra-cuu/co-quan-bhxh/
        /tra-cuu/co-quan-bhxh/ban-do/
        /tra-cuu/cskcb-giay-nghi/ban-do/
        /tra-cuu/cskcb-bhyt/ban-do/
        /tra-cuu/co-quan-bhxh/<str:code>/
        /tra-cuu/cskcb-giay-nghi/
        /tra-cuu/cskcb-giay-nghi/<str:code>/
        /tra-cuu/cskcb-bhyt/
        /tra-cuu/cskcb-bhyt/<str:code>/
        /tra-cuu/don-vi/
        /tra-cuu/don-vi/<str:code>/
        /tra-cuu/diem-thu/
        /tra-cuu/diem-thu/<str:code>/
        /tra-cuu/ma-so-bhxh/
        /ho-tro/
        /ho-tro/phan-anh/
        /ho-tro/phan-anh/viet/
        /ho-tro/phan-anh/theo-doi/
        /ho-tro/cau-hoi-thuong-gap/
        /ho-tro/cau-hoi-thuong-gap/<slug:question>/
        /ho-tro/cau-hoi-thuong-gap/<slug:question>/danh-gia/
        /ho-tro/tro-ly/
        /ho-tro/tro-ly/xoa/
        /ngon-ngu/
        /quan-tri/
        /can-bo/dang-nhap/
        /can-bo/dang-nhap/buoc-hai/
        /can-bo/dang-nhap/van-tay/
        /can-bo/dang-nhap/mat-khau-moi/
        /can-bo/dang-nhap/smart-otp/
        /ma-kiem-tra/hinh/<slug:key>/
        /ma-kiem-tra/hinh/<slug:key>@2/
        /healthz/live
        /healthz/ready
        /metrics
        /demo/dien-thoai/
        /smart-otp/
        /sw.js
    """,
    "visitor": """
        /tra-cuu/ma-so-bhxh/dang-ky/
        /dang-ky/
        /dang-ky/doi-tuong/
        /dang-ky/ma-otp/
        /dang-ky/ma-otp/gui-lai/
        /dang-ky/da-ghi-nhan/
        /dang-ky/da-ghi-nhan/xoa/
        /dang-ky/to-khai.pdf
        /dang-ky/to-khai.png
        /dang-ky/anh/chan-dung/
        /dang-ky/anh/mat-truoc/
        /dang-ky/anh/mat-sau/
        /dang-ky/anh/chan-dung/gui/
        /dang-ky/anh/mat-truoc/gui/
        /dang-ky/anh/mat-sau/gui/
        /dang-ky/anh/phan/<uuid:upload>/
        /dang-ky/ban-than/
        /dang-ky/giay-to/
        /dang-ky/dia-chi/
        /dang-ky/co-quan/
        /dang-ky/xac-nhan/
        /dang-ky/xem-lai/
        /dang-ky/theo-doi/ho-so/
        /dang-ky/theo-doi/ho-so/to-khai.pdf
        /dang-ky/theo-doi/ho-so/sua/
        /dang-ky/theo-doi/ho-so/dong/
        /ho-tro/phan-anh/theo-doi/<slug:code>/
        /ho-tro/phan-anh/theo-doi/<slug:code>/danh-gia/
        /ho-tro/phan-anh/theo-doi/<slug:code>/dong/
        /ho-tro/phan-anh/theo-doi/<slug:code>/thoat/
        /ho-tro/phan-anh/theo-doi/<slug:code>/tep/<uuid:paper>/
    """,
    "officer:can_enter": """
        /can-bo/
        /can-bo/thoat/
        /can-bo/khoa/
        /can-bo/khoa/mo/
        /can-bo/khoa/van-tay/
        /can-bo/con-day/
        /can-bo/bao-mat/
        /can-bo/bao-mat/mat-khau/
        /can-bo/bao-mat/van-tay/
        /can-bo/bao-mat/van-tay/them/
        /can-bo/bao-mat/van-tay/<uuid:passkey>/bo/
    """,
    "officer:can_check_cards": """
        /kiem-tra-the/
    """,
    "facility-key": """
        /api/v1/the-bhyt/kiem-tra
        /api/v1/the-bhyt/kiem-tra-ngoai-tuyen
    """,
    "officer:can_see_cases": """
        /can-bo/tim/
        /can-bo/giam-ho/
        /can-bo/giam-ho/<uuid:dispute_id>/
        /can-bo/ho-so/<slug:code>/
        /can-bo/dang-ky/
        /can-bo/dang-ky/<uuid:draft_id>/to-khai/
        /can-bo/dang-ky/<uuid:draft_id>/anh/<slug:kind>/
        /can-bo/dang-ky/<uuid:draft_id>/ma/
        /can-bo/dang-ky/<uuid:draft_id>/ma/gui-lai/
        /can-bo/dang-ky/<uuid:draft_id>/ghi-nhan/
        /can-bo/ho-so/<slug:code>/nhan-ve/
        /can-bo/ho-so/<slug:code>/nhan-xu-ly/
        /can-bo/ho-so/<slug:code>/tra-hang-doi/
        /can-bo/ho-so/<slug:code>/giao/
        /can-bo/ho-so/<slug:code>/lich-su/
        /can-bo/ho-so/<slug:code>/nhan-ban-ky/
        /can-bo/ho-so/<slug:code>/to-khai.pdf
        /can-bo/ho-so/<slug:code>/anh/<slug:kind>/
    """,
    "officer:can_decide": """
        /can-bo/bat-dau/
        /can-bo/giam-ho/<uuid:dispute_id>/chuyen/
        /can-bo/ho-so/<slug:code>/duyet/
        /can-bo/ho-so/<slug:code>/ma-so/
        /can-bo/ho-so/<slug:code>/trinh/
        /can-bo/ho-so/<slug:code>/tra-lai/
        /can-bo/ho-so/<slug:code>/tu-choi/
        /can-bo/tai-khoan/
        /can-bo/tai-khoan/ho-so/
        /can-bo/tai-khoan/anh/
        /can-bo/tai-khoan/mat-khau/
        /can-bo/tai-khoan/so-dien-thoai/
        /can-bo/tai-khoan/so-dien-thoai/gui-lai/
        /can-bo/tai-khoan/so-dien-thoai/ma/
        /can-bo/tai-khoan/cho-xac-nhan/
        /can-bo/tai-khoan/cho-xac-nhan/<uuid:help_id>/
        /can-bo/tai-khoan/cho-xac-nhan/<uuid:help_id>/dong-y/
        /can-bo/tai-khoan/cho-xac-nhan/<uuid:help_id>/tra-lai/
    """,
    "officer:can_answer": """
        /can-bo/phan-anh/
        /can-bo/phan-anh/tim/
        /can-bo/phan-anh/<slug:code>/
        /can-bo/phan-anh/<slug:code>/nhan/
        /can-bo/phan-anh/<slug:code>/nhan-thay/
        /can-bo/phan-anh/<slug:code>/ghi-chu/
        /can-bo/phan-anh/<slug:code>/gop/
        /can-bo/phan-anh/<slug:code>/tra-loi/
        /can-bo/phan-anh/<slug:code>/chuyen/
        /can-bo/phan-anh/<slug:code>/dong/
        /can-bo/phan-anh/<slug:code>/tep/<uuid:paper>/
    """,
    "officer:can_read_figures": """
        /can-bo/phan-anh/so-lieu/
    """,
    "officer:can_publish": """
        /can-bo/tin-tuc/
        /can-bo/tin-tuc/moi/
        /can-bo/tin-tuc/<uuid:article_id>/
        /can-bo/tin-tuc/<uuid:article_id>/go-xuong/
        /can-bo/tin-tuc/<uuid:article_id>/anh/
        /can-bo/tin-tuc/<uuid:article_id>/anh/<uuid:picture>.jpg
        /can-bo/tin-tuc/<uuid:article_id>/anh/<int:number>/bo/
        /can-bo/tin-tuc/<uuid:article_id>/ban/<int:number>/
    """,
    "officer:can_keep_directories": """
        /can-bo/danh-ba/
        /can-bo/danh-ba/<slug:directory>/
        /can-bo/danh-ba/<slug:directory>/tai-ve.csv
        /can-bo/danh-ba/<slug:directory>/tep/<uuid:file>/
        /can-bo/danh-ba/<slug:directory>/tep/<uuid:file>/bao-cao.csv
    """,
    "officer:can_manage": """
        /can-bo/so-lieu/
        /can-bo/nhan-su/
        /can-bo/nhan-su/moi/
        /can-bo/nhan-su/<int:officer_id>/
        /can-bo/nhan-su/<int:officer_id>/giao-viec/
        /can-bo/nhan-su/<int:officer_id>/ngung/
        /can-bo/nhan-su/<int:officer_id>/mo-lai/
        /can-bo/nhan-su/<int:officer_id>/mat-khau/
        /can-bo/nhan-su/<int:officer_id>/buoc-hai/
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
