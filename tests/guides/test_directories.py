"""«Danh bạ»: an operator takes a directory, changes a row, sees the report, applies it (U02)."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload

from tests.guides import deciding
from tests.guides.conftest import OpenVisitor
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

OPERATOR = "vanhanh"
NAME = "Bưu điện Thử Nghiệm Rạch Gốc"
LEARNED_WITHIN_SECONDS = 75


def _downloads(desk: Visitor) -> list[str]:
    """The lines of the file, without the mark at its beginning."""
    with desk.page.expect_download() as opened:
        desk.press("Tải về CSV", "link")
    return Path(opened.value.path()).read_text(encoding="utf-8-sig").splitlines()


def _sends(desk: Visitor, lines: list[str], name: str = "diem-thu.csv") -> None:
    box = desk.page.locator("#directory_csv")
    content = "\n".join(lines).encode()
    desk.hands.attach(box, box, FilePayload(name=name, mimeType="text/csv", buffer=content))
    desk.submit("Kiểm tra tệp")


def _is_found(visitor: Visitor) -> None:
    """Each process of the web server learns of it within a minute."""
    until = time.monotonic() + LEARNED_WITHIN_SECONDS
    visitor.open("/tra-cuu/diem-thu/?tim=buu+dien+thu+nghiem+rach+goc")
    while NAME not in visitor.page.locator("main").inner_text():
        assert time.monotonic() < until, "the look-up never learned of it"
        time.sleep(2)
        visitor.page.reload()


@pytest.mark.guide("U02")
@pytest.mark.parametrize(
    ("device", "options"),
    [(PHONE, {"dark_too": True}), (DESKTOP, {"scripts": False, "dark_too": True})],
    ids=["phone", "desktop-without-scripts"],
)
def test_u02_operator_takes_a_directory_and_brings_it_back_changed(
    stack: Stack, visit: OpenVisitor, device: dict[str, object], options: dict[str, bool]
) -> None:
    desk = visit(device, **options)
    deciding.officer_signs_in(desk, OPERATOR)
    desk.follow("Danh bạ")
    desk.reads("Cơ sở khám chữa bệnh", "Dữ liệu minh họa", "Nạp lần gần nhất")
    desk.follow("Điểm thu, đại lý thu")
    header, *rows = _downloads(desk)
    code, name = rows[-1].split(",")[:2]

    _sends(desk, [header, *rows])
    desk.reads("Tệp giống hệt danh bạ")
    desk.follow("Nạp tệp khác")
    _sends(desk, [header, *rows[:-1], rows[-1].replace(",yes", ",maybe")])
    desk.reads("chưa áp dụng được", "«maybe» phải là yes hoặc no")
    desk.follow("Nạp tệp khác")
    _sends(desk, [header, *rows[:-1], rows[-1].replace(name, NAME)])
    desk.reads(f"{name} → {NAME}", "Danh bạ chưa thay đổi")
    desk.submit("Áp dụng tệp này")
    desk.reads("Đã áp dụng tệp.", "0 mục mới, 1 mục đổi", "Lại Quang Vinh")

    _is_found(visit(PHONE))
    restored = "UPDATE reference_collectionpoint SET name = %s, is_derived = true WHERE code = %s"
    assert stack.change(restored, name, code) == 1
