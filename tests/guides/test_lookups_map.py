"""«Tra cứu cơ quan BHXH» shows the office on a map, with scripts and without (U03)."""

from typing import Any

import pytest

from tests.guides.conftest import OpenVisitor
from tests.guides.test_lookups import AT_HOAN_KIEM, OFFICE
from tests.guides.visitor import DESKTOP, PHONE, Visitor

OFFICES = "/tra-cuu/co-quan-bhxh/ban-do/"
MARKS = "document.querySelectorAll('.map-mark').length"
ITEMS = "document.querySelectorAll('.found-entry').length"


OPEN = "Kéo, phóng to bản đồ"


def _is_opened(visitor: Visitor) -> None:
    """The map that moves has come: by itself on a wide screen, by its button on a phone."""
    visitor.until("document.querySelector('.map-paper, [data-map-open]:not([hidden])') !== null")
    if visitor.page.locator(".map-paper").count() == 0 and not _is_wide(visitor):
        visitor.press(OPEN)
    visitor.until("document.querySelector('.map-paper') !== null")


def _is_wide(visitor: Visitor) -> bool:
    return bool(visitor.page.evaluate("window.matchMedia('(min-width: 64rem)').matches"))


def _is_drawn(visitor: Visitor) -> None:
    """The map or its picture has as many spots as the list, and both archipelagos by name."""
    if visitor.has_scripts:
        _is_opened(visitor)
        visitor.until(f"{ITEMS} > 0 && {MARKS} === {ITEMS}")
        visitor.until("document.querySelectorAll('.map-land').length >= 34")
        names = visitor.page.locator(".map-label:not(.map-label-near)")
    else:
        pins = visitor.page.locator(".map-pin").count()
        assert pins == visitor.page.locator(".found-entry").count() > 0
        names = visitor.page.locator(".map-name")
    if "khung" not in visitor.page.url and "?" not in visitor.page.url:
        assert names.all_text_contents() == ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa"]


def _is_found(visitor: Visitor) -> None:
    """By the map's search to the one office, whose page shows it too."""
    visitor.write(OFFICE, "bhxh huyen thanh tri")
    if visitor.has_scripts:
        visitor.until(
            "document.querySelector('.found-name a')?.textContent.includes('cơ sở Thanh Trì')"
        )
        visitor.until("location.search.includes('tim=')")
        visitor.look()
    else:
        visitor.submit("Tìm")
    _is_drawn(visitor)
    first = visitor.page.locator("#diem-1")
    assert first.locator('a[href^="geo:"]').count() == 1
    with visitor.leaving():
        visitor.hands.press(first.locator(".found-name a"))
    visitor.reads("BHXH cơ sở Thanh Trì", "Trên bản đồ", "Chỉ đường")


@pytest.mark.guide("U03")
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
def test_u03_an_office_is_shown_on_the_map(
    visit: OpenVisitor, device: dict[str, Any], options: dict[str, Any]
) -> None:
    visitor = visit(device, **options)
    visitor.open("/tra-cuu/co-quan-bhxh/")
    visitor.follow("Bản đồ")
    visitor.is_at(OFFICES)
    _is_drawn(visitor)
    visitor.look()
    with visitor.leaving():
        visitor.hands.press(visitor.page.locator(f'main a[href="{OFFICES}?tinh=01"]'))
    _is_drawn(visitor)
    _is_found(visitor)


@pytest.mark.guide("U03")
def test_u03_moving_the_map_brings_the_list_of_what_is_in_sight(visit: OpenVisitor) -> None:
    visitor = visit(DESKTOP)
    visitor.open(f"{OFFICES}?tinh=01")
    _is_drawn(visitor)
    before = visitor.page.locator("#diem").inner_text()
    visitor.press("Phóng to")
    visitor.until("location.search.includes('khung=')")
    visitor.until(f"{MARKS} === {ITEMS}")
    assert visitor.page.locator("#diem").inner_text() != before
    visitor.look()


@pytest.mark.guide("U03")
def test_u03_a_mark_leads_to_its_place_in_the_list_by_keyboard(visit: OpenVisitor) -> None:
    visitor = visit(DESKTOP)
    visitor.open(f"{OFFICES}?tim=thanh+tri")
    _is_drawn(visitor)
    visitor.page.locator(".map-mark").nth(1).focus()
    visitor.page.keyboard.press("Enter")
    visitor.until("document.activeElement.id === 'diem-2'")


@pytest.mark.guide("U03")
def test_u03_a_group_opens_by_keyboard_and_the_focus_stays_on_the_map(visit: OpenVisitor) -> None:
    visitor = visit(DESKTOP)
    visitor.open(OFFICES)
    _is_drawn(visitor)
    visitor.page.locator(".map-mark").nth(3).focus()
    assert "khung=" not in visitor.page.url
    visitor.page.keyboard.press("Enter")
    visitor.until("location.search.includes('khung=')")
    visitor.until(f"{MARKS} === {ITEMS}")
    visitor.until("document.querySelector('.map-paper').contains(document.activeElement)")


@pytest.mark.guide("U03")
def test_u03_a_phone_sees_the_picture_and_fetches_the_map_only_when_asked(
    visit: OpenVisitor,
) -> None:
    visitor = visit(PHONE, dark_too=True)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.open(OFFICES)
    visitor.until("document.querySelector('[data-map-open]:not([hidden])') !== null")
    assert not [url for url in asked if "leaflet" in url or "outline" in url]
    visitor.page.locator("svg a[href='#diem-2']").focus()
    visitor.page.keyboard.press("Enter")
    visitor.until("location.hash === '#diem-2'")
    _is_drawn(visitor)
    assert {url.split("/")[-1].split(".")[0] for url in asked} >= {"leaflet", "outline"}


@pytest.mark.guide("U03")
def test_u03_near_me_is_on_the_map_and_in_no_address(visit: OpenVisitor) -> None:
    visitor = visit(PHONE, dark_too=True, **AT_HOAN_KIEM)
    visitor.open(OFFICES)
    visitor.hands.press(visitor.page.locator("summary", has_text="tìm gần tôi"))
    visitor.submit("Tìm gần tôi")
    visitor.reads("theo đường chim bay")
    _is_opened(visitor)
    visitor.until("document.querySelector('.map-you') !== null")
    assert "105.85" not in visitor.page.url
