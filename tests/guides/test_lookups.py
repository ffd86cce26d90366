"""«Tra cứu trực tuyến», for everybody: offices, facilities, employers, collection points."""

from typing import Any

import pytest

from tests.guides.conftest import OpenVisitor
from tests.guides.visitor import DESKTOP, PHONE, Visitor

OFFICE = "Tên cơ quan, xã phường, quận huyện cũ, tỉnh hoặc mã"
FACILITY = "Tên cơ sở khám, chữa bệnh, mã hoặc địa chỉ"
EMPLOYER = "Tên đơn vị, mã đơn vị, mã số thuế hoặc địa chỉ"
POINT = "Tên điểm thu, xã phường, mã hoặc địa chỉ"
AT_HOAN_KIEM = {
    "geolocation": {"latitude": 21.0287, "longitude": 105.8523},
    "permissions": ["geolocation"],
}
SEARCHES = (
    ("co-quan-bhxh", OFFICE, "bhxh huyen thnah tri", "BHXH cơ sở Thanh Trì"),
    ("cskcb-giay-nghi", FACILITY, "ttyt h thanh tri", "Trung tâm Y tế huyện Thanh Trì"),
    ("cskcb-bhyt", FACILITY, "tyt p ba dinh", "Trạm Y tế phường Ba Đình"),
    ("don-vi", EMPLOYER, "htx nong nghiep ba dinh", "Hợp tác xã Nông nghiệp"),
    ("diem-thu", POINT, "buu dien thanh tri", "Bưu điện huyện Thanh Trì cũ"),
)


def _goes_to(visitor: Visitor, address: str) -> None:
    with visitor.leaving():
        visitor.hands.press(visitor.page.locator(f'main a[href="{address}"]').first)


def _looks_up(visitor: Visitor, slug: str, label: str, typed: str, found: str) -> None:
    """From the index to the entry that was meant, which has a page and directions."""
    visitor.open("/tra-cuu/")
    _goes_to(visitor, f"/tra-cuu/{slug}/")
    visitor.write(label, typed)
    if visitor.has_scripts:
        # Instant: the list follows what is typed, and so does the address.
        visitor.until(
            f"document.querySelector('.found-name')?.textContent.startsWith({found!r})"
            " && location.search.includes('tim=')"
        )
        visitor.look()
    else:
        visitor.submit("Tìm")
    first = visitor.page.locator(".found-name a").first
    assert first.inner_text().startswith(found)
    with visitor.leaving():
        visitor.hands.press(first)
    visitor.reads(found, "Mã", "Dữ liệu minh họa", "Chỉ đường")
    assert visitor.page.locator('main a[href^="geo:"]').count() == 1


def _unfold(visitor: Visitor) -> None:
    visitor.hands.press(visitor.page.locator("summary", has_text="tìm gần tôi"))


def _finds_nothing(visitor: Visitor) -> None:
    visitor.open("/tra-cuu/don-vi/?tim=qwrtzp+klmnbv")
    visitor.reads("Không tìm thấy nơi nào", "Thử mã số thuế")
    visitor.open("/tra-cuu/don-vi/KHONGCO/")
    visitor.reads("Không có nơi nào mang mã này")


@pytest.mark.guide("U02")
@pytest.mark.parametrize(
    ("device", "options"),
    [
        (PHONE, {"dark_too": True}),
        (PHONE, {"scripts": False}),
        (DESKTOP, {"keys": True, "dark_too": True}),
        (DESKTOP, {"scripts": False}),
    ],
    ids=["phone", "phone-without-scripts", "desktop-by-keyboard", "desktop-without-scripts"],
)
def test_u02_five_look_ups_without_an_account(
    visit: OpenVisitor, device: dict[str, Any], options: dict[str, Any]
) -> None:
    visitor = visit(device, **options)
    for slug, label, typed, found in SEARCHES:
        _looks_up(visitor, slug, label, typed, found)
    _finds_nothing(visitor)


@pytest.mark.guide("U02")
def test_u02_a_province_and_a_commune_narrow_the_list(visit: OpenVisitor) -> None:
    visitor = visit(PHONE)
    visitor.open("/tra-cuu/cskcb-bhyt/")
    _unfold(visitor)
    visitor.pick("Tỉnh, thành phố", "01 - Thành phố Hà Nội")
    visitor.until("document.getElementById('xa') !== null")
    visitor.pick("Xã, phường, đặc khu", "00004 - Phường Ba Đình")
    visitor.until("location.search.includes('xa=00004')")
    visitor.until(
        "document.querySelector('.found-name').textContent.includes('phường Ba Đình')"
        " || document.querySelectorAll('.found-entry').length < 5"
    )
    visitor.look()


@pytest.mark.guide("U02")
def test_u02_near_me_asks_the_device_and_shows_the_nearest(visit: OpenVisitor) -> None:
    visitor = visit(PHONE, dark_too=True, **AT_HOAN_KIEM)
    visitor.open("/tra-cuu/diem-thu/")
    _unfold(visitor)
    visitor.submit("Tìm gần tôi")
    visitor.reads("theo đường chim bay", "khoảng")
    visitor.is_at("/tra-cuu/diem-thu/")
    assert "105.85" not in visitor.page.url


@pytest.mark.guide("U02")
def test_u02_who_does_not_tell_their_place_is_told_what_else_to_do(visit: OpenVisitor) -> None:
    visitor = visit(PHONE, permissions=[])
    visitor.open("/tra-cuu/diem-thu/")
    _unfold(visitor)
    visitor.press("Tìm gần tôi")
    visitor.until("document.querySelector('[data-told]').textContent.includes('chọn tỉnh, xã')")


@pytest.mark.guide("U02")
@pytest.mark.parametrize("scripts", [True, False])
def test_u02_a_station_that_issues_no_leave_certificate_is_named_above_the_others(
    visit: OpenVisitor, *, scripts: bool
) -> None:
    visitor = visit(PHONE, scripts=scripts, dark_too=scripts)
    visitor.open("/tra-cuu/cskcb-giay-nghi/")
    visitor.write(FACILITY, "tyt p ba dinh")
    if scripts:
        visitor.until("document.querySelector('#dem a') !== null")
        visitor.look()
    else:
        visitor.submit("Tìm")
    visitor.reads("Trạm Y tế phường Ba Đình (Thành phố Hà Nội) không cấp giấy nghỉ việc")
    _goes_to(visitor, "/tra-cuu/cskcb-giay-nghi/01101/")
    visitor.reads("Trạm Y tế phường Ba Đình")


@pytest.mark.guide("U02")
@pytest.mark.parametrize("slug", ["co-quan-bhxh", "cskcb-bhyt"])
def test_u02_the_first_result_is_seen_below_the_field(visit: OpenVisitor, slug: str) -> None:
    visitor = visit(PHONE)
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    visitor.open(f"/tra-cuu/{slug}/?tim=thanh+tri")
    name = visitor.page.locator(".found-name").first.bounding_box()
    bar = visitor.page.locator(".tabbar").bounding_box()
    assert name is not None
    assert bar is not None
    assert name["y"] + name["height"] < bar["y"]
