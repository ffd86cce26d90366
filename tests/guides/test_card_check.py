"""A citizen shows the signed QR; a hospital scans it; the citizen reads who looked (I07)."""

import re

import pytest
from playwright.sync_api import expect

from tests.guides import deciding, signing_in
from tests.guides.conftest import OpenVisitor
from tests.guides.people import PASSWORD, Person, signed_in_nowhere, with_account
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor
from tests.insurance import photographs

COUNTER = "quay1.benhvien"
PAGE = "/kiem-tra-the/"


@pytest.fixture
def patient(stack: Stack) -> Person:
    """Somebody with a card, signed in nowhere."""
    return signed_in_nowhere(stack, with_account(stack, 11))


def _signs_in(desk: Visitor) -> None:
    """At the officers' door, with a second factor; straight to the one screen."""
    desk.open(PAGE)
    desk.is_at("/can-bo/dang-nhap/")
    desk.write("Tên đăng nhập", COUNTER)
    desk.write("Mật khẩu", PASSWORD)
    desk.submit("Đăng nhập")
    desk.write("Mã SmartOTP", deciding.smart_otp(COUNTER))
    desk.submit("Xác nhận")
    desk.is_at(PAGE)


def _opens_pass(phone: Visitor, patient: Person) -> None:
    phone.page.goto("/?app=1")
    signing_in.a01_signs_in(phone, patient, PASSWORD)
    phone.open("/the-bhyt/xem/")
    phone.follow("Mã xác thực")
    phone.reads("Mã xác thực, có hạn đến", patient.full_name)


def _seen(phone: Visitor) -> str:
    """What a scanner makes of the picture on the phone's screen."""
    svg = phone.page.locator("[data-drawn] svg").evaluate("e => e.outerHTML")
    return photographs.scan(photographs.drawn(svg, side=600))


def _scans(desk: Visitor, text: str) -> None:
    """The scanner types into the field that has the focus, and ends with Enter."""
    expect(desk.page.locator("#quet-code")).to_be_focused()
    with desk.leaving():
        desk.page.keyboard.type(text)
        desk.page.keyboard.press("Enter")
    desk.look()


@pytest.mark.guide("I07")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_i07_hospital_scans_the_signed_code_and_the_patient_reads_of_it(
    visit: OpenVisitor, patient: Person, *, scripts: bool
) -> None:
    phone = visit(PHONE, dark_too=True, scripts=scripts)
    _opens_pass(phone, patient)
    text = _seen(phone)

    desk = visit(DESKTOP, dark_too=True, scripts=scripts)
    _signs_in(desk)
    _scans(desk, text)
    desk.reads("Mã kết quả 00", "ĐÚNG", patient.full_name)
    # The next patient, by the keyboard alone; a digit was lost on the way.
    _scans(desk, text[:-1])
    desk.reads("Mã kết quả 10", "quét lại")

    phone.open("/tai-khoan/ai-da-xem/")
    phone.reads("Kiểm tra thẻ BHYT của bạn", "01001")


@pytest.mark.guide("I07")
def test_i07_hospital_finds_the_patient_whose_phone_fails(
    visit: OpenVisitor, patient: Person
) -> None:
    desk = visit(PHONE, dark_too=True)
    desk.page.set_viewport_size({"width": 320, "height": 600})
    _signs_in(desk)
    desk.hands.press(desk.page.locator("summary", has_text="Không quét được"))
    desk.write("Mã số BHXH, số thẻ BHYT hoặc số CCCD", patient.number)
    desk.write("Họ và tên", "Lê Văn Tám")
    desk.write("Năm sinh", "1900")
    desk.submit("Kiểm tra theo mã số và họ tên")
    desk.reads("Mã kết quả 06", "SAI HỌ TÊN")
    # The focus below it does not scroll it away.
    expect(desk.page.locator(".verdict h2")).to_be_in_viewport()
    assert patient.full_name not in desk.page.content()


@pytest.mark.guide("I07")
def test_i07_code_is_renewed_before_it_is_over_and_says_so_when_it_cannot(
    visit: OpenVisitor, patient: Person
) -> None:
    phone = visit(PHONE)
    phone.page.clock.install()
    _opens_pass(phone, patient)
    before = phone.page.locator("[data-drawn]").inner_html()
    with phone.page.expect_response(re.compile("/the-bhyt/ma-xac-thuc/moi/")):
        phone.page.clock.run_for(9 * 60_000 + 2_000)
    expect(phone.page.locator("[data-drawn] svg")).to_be_visible()
    phone.page.wait_for_function(
        "before => document.querySelector('[data-drawn]').innerHTML !== before", arg=before
    )
    phone.context.set_offline(True)
    phone.page.clock.run_for(11 * 60_000)
    phone.reads("Mã đã hết hạn và chưa lấy được mã mới")
    phone.context.set_offline(False)
    phone.page.clock.run_for(15_000)
    expect(phone.page.get_by_text("Mã đã hết hạn")).to_be_hidden()
    phone.hands.press(phone.page.locator("label", has_text="Mã trên thẻ"))
    expect(phone.page.get_by_role("img", name="Mã QR của thẻ", exact=True)).to_be_visible()
