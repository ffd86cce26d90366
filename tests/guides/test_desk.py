"""The desk from both sides: two officers and a citizen at once (guides O01–O03, R14, R18)."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.guides import counter, deciding, registering
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import Newcomers, Person
from tests.guides.registering import Declared
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

FIRST, SECOND, INTAKE, PROVINCE = (
    "canbo.thanhtri", "truong.thanhtri", "tiepnhan.thanhtri", "canbo.hanoi",
)  # fmt: skip
OTHER_PHONE = "0987000456"


def _prints(desk: Visitor, number: str) -> None:
    """«In tờ khai» opens the form to sign."""
    link = desk.page.get_by_role("link", name="In tờ khai")
    answer = desk.context.request.get(str(link.get_attribute("href")))
    (sheet,) = PdfReader(io.BytesIO(answer.body())).pages
    assert number in sheet.extract_text().replace(" ", "").replace("\n", "")


def _front_stands_beside_back(desk: Visitor) -> None:
    places = [desk.page.get_by_alt_text(label).bounding_box() for label in ("Mặt trước", "Mặt sau")]
    front, back = (place["y"] for place in places if place)
    assert front == back


@pytest.mark.guide("R14", "R18", "O01", "O02", "O03")
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_r18_o02_o03_who_brings_an_id_alone_is_registered_at_the_counter_by_two_officers(
    stack: Stack,
    visit: OpenVisitor,
    phone_of: OpenPhone,
    newcomers: Newcomers,
    device: dict[str, object],
) -> None:
    person = newcomers.any()
    desk, second = visit(device, dark_too=True), visit(device, dark_too=True)
    phone = phone_of(person.phone)
    deciding.officer_signs_in(desk, INTAKE)
    counter.fills_in(desk, person, stack)
    counter.confirms(desk, phone)
    desk.reads("Xem lại với người khai", person.full_name, person.number)
    expect(desk.page.locator("#doc-tu-anh")).to_contain_text(
        "Tự đối chiếu", timeout=deciding.READING_SECONDS * 1000
    )
    desk.look()
    desk.submit("Ghi nhận")
    desk.reads("Xin in để người khai ký", "Cán bộ khai thay tại quầy: Mai Thị Duyên")
    assert "ky ban in ngay tai do" in phone.wait_for("da ghi nhan to khai")
    code = desk.page.locator(".code-large").inner_text()
    _prints(desk, person.number)
    desk.submit("Đủ hồ sơ, duyệt sau")
    desk.reads("Đã ghi nhận đủ hồ sơ")

    deciding.officer_signs_in(second, FIRST)
    deciding.o01_opens_case(second, code)
    deciding.o02_compares(second, person)
    if device is DESKTOP:
        _front_stands_beside_back(second)
    second.reads("Cần hai cán bộ, vì:", "Cán bộ khai thay tại quầy")
    deciding.o03_approves(second)
    assert phone.first_password(person.number)


@pytest.mark.guide("R10", "R14", "O01", "O02", "O03")
def test_o01_o02_o03_different_phone_is_scanned_held_proposed_returned_and_confirmed(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    known = newcomers.any()
    person = Person(known.number, known.full_name, known.id_number, OTHER_PHONE)
    visitor, phone = visit(PHONE, dark_too=True), phone_of(OTHER_PHONE)
    desk, other = visit(DESKTOP, dark_too=True), visit(DESKTOP, dark_too=True)
    registering.r01_portal_door(visitor)
    code = registering.register(visitor, Declared(person), phone, stack)

    deciding.officer_signs_in(desk, FIRST)
    deciding.o01_scans(desk, code, code)
    with desk.leaving():
        desk.page.keyboard.press("n")
    desk.reads("Bạn đang xử lý, giữ đến", "Số điện thoại khác với cơ sở dữ liệu")

    deciding.officer_signs_in(other, SECOND)
    other.open(f"/can-bo/ho-so/{code}/")
    other.reads("Phan Văn Lộc", "đang xử lý", "bạn chưa quyết định được")
    deciding.proposes(desk)

    other.open("/can-bo/?loc=nguoi-thu-hai")
    other.follow(code)
    deciding.takes_on(other)
    _returns(other, "Chữ ký trên bản giấy chưa giống.")
    desk.open(f"/can-bo/ho-so/{code}/")
    desk.reads("Ghi chú của Tạ Thị Ngân", "Chữ ký trên bản giấy chưa giống.")
    deciding.takes_on(desk)
    deciding.proposes(desk)

    province = visit(DESKTOP, dark_too=True)
    deciding.officer_signs_in(province, PROVINCE)
    province.pick("Cơ quan", "Tất cả cơ quan bên dưới")
    province.submit("Xem")
    province.follow(code)
    deciding.takes_on(province)
    deciding.o03_approves(province)
    assert phone.first_password(person.number)


def _returns(desk: Visitor, words: str) -> None:
    desk.hands.press(desk.page.locator("summary", has_text="Trả lại người trình"))
    desk.write("Lý do", words)
    desk.submit("Trả lại")
    desk.reads("Đã trả lại tờ khai")


@pytest.mark.guide("O01")
def test_o01_shortcuts_are_listed_switched_off_and_on_again(visit: OpenVisitor) -> None:
    desk = visit(DESKTOP, dark_too=True)
    deciding.officer_signs_in(desk, SECOND)
    desk.page.locator(".queue a").first.click()
    desk.page.wait_for_url(re.compile("/ho-so/"))
    desk.page.keyboard.press("?")
    sheet = desk.page.get_by_role("dialog", name="Phím tắt")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("In tờ khai")
    desk.look()
    sheet.get_by_label("Dùng phím tắt trên máy này").uncheck()
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("?")
    expect(sheet).to_be_hidden()
    desk.press("Phím tắt")
    sheet.get_by_label("Dùng phím tắt trên máy này").check()
    desk.press("Đóng")
    desk.page.keyboard.press("?")
    expect(sheet).to_be_visible()


_READS_QR = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ['qr_code']; }
  async detect() { return [{ rawValue: '%s' }]; }
};
"""


@pytest.mark.guide("O01")
def test_o01_camera_reads_the_papers_code_where_the_browser_can(
    stack: Stack, visit: OpenVisitor
) -> None:
    ((code,),) = stack.rows("SELECT code FROM registration_declarationcode LIMIT 1")
    desk = visit(PHONE, dark_too=True)
    desk.context.add_init_script(_READS_QR % code)
    deciding.officer_signs_in(desk, FIRST)
    with desk.leaving():
        desk.press("Quét bằng máy ảnh")
    assert code[2:6] in desk.page.url


@pytest.mark.guide("O03")
def test_o03_head_reads_the_days_figures(visit: OpenVisitor) -> None:
    for device in (DESKTOP, PHONE):
        desk = visit(device, dark_too=True)
        deciding.officer_signs_in(desk, SECOND)
        desk.follow("Số liệu")
        desk.reads("Hôm nay", "Mới ghi nhận", "Quá hạn", "14 ngày qua", "Trung vị (giờ)")
        expect(desk.page.get_by_role("img", name=re.compile("Số tờ khai mỗi ngày"))).to_be_visible()
