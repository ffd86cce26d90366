"""A head opens an officer's account; the officer sets it up and helps at the counter (O04)."""

import re
from base64 import b32decode

import pytest
from playwright.sync_api import expect

from tests.guides import deciding
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import with_account
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, Visitor
from vssid.kernel import totp
from vssid.kernel.clock import utc_now

HEAD, NEW, FULL_NAME = "truong.thanhtri", "lan.thanhtri", "Đỗ Thị Lan"
OWN_PASSWORD = "cây đa bến nước 2026"
OTHER_PHONE = "0987000123"


@pytest.mark.guide("O04")
def test_o04_officer_gives_a_password_and_a_phone_at_the_counter(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    person = with_account(stack)
    desk, head = visit(DESKTOP, dark_too=True), visit(DESKTOP, dark_too=True)
    password = _head_opens_account(head)
    _signs_in_first(desk, password)

    desk.follow("Hỗ trợ tài khoản")
    desk.write("Mã số BHXH hoặc số định danh", person.number)
    desk.hands.tick(desk.page.get_by_role("radio", name="Quên mật khẩu"))
    desk.submit("Tìm tài khoản")
    desk.reads(person.full_name, person.number)
    _compares(desk, "mk")
    desk.submit("Cấp lại mật khẩu")
    desk.reads("Đã trình.", "Cấp lại mật khẩu: đang chờ người thứ hai")
    _second_officer_confirms(head, "Cấp lại mật khẩu", person.full_name)
    assert phone_of(person.phone).wait_for(person.number)

    desk.write("Số điện thoại mới", OTHER_PHONE)
    _compares(desk, "dt")
    desk.submit("Gửi mã đến số mới")
    desk.write("Mã OTP trên điện thoại mới", phone_of(OTHER_PHONE).code("tai quay"))
    desk.submit("Đổi số điện thoại")
    desk.reads("Đã trình.", "Đổi số điện thoại: đang chờ người thứ hai")
    _second_officer_confirms(head, "Đổi số điện thoại", person.full_name)
    assert "vua doi so dien thoai" in phone_of(person.phone).wait_for("doi so dien thoai")
    _locks_and_opens(desk, stack)


def _head_opens_account(desk: Visitor) -> str:
    deciding.officer_signs_in(desk, HEAD)
    desk.follow("Nhân sự")
    desk.follow("Mở tài khoản cán bộ")
    desk.write("Họ và tên", FULL_NAME)
    desk.write("Tên đăng nhập", NEW)
    desk.pick("Vai trò", "Xét duyệt")
    desk.submit("Mở tài khoản")
    desk.reads("Mật khẩu này chỉ hiện một lần")
    return desk.page.locator(".slip-password").inner_text()


def _signs_in_first(desk: Visitor, password: str) -> None:
    desk.open("/can-bo/")
    desk.write("Tên đăng nhập", NEW)
    desk.write("Mật khẩu", password)
    desk.submit("Đăng nhập")
    desk.write("Mật khẩu mới", OWN_PASSWORD)
    desk.write("Nhập lại mật khẩu mới", OWN_PASSWORD)
    desk.submit("Đổi mật khẩu")
    shown = desk.page.locator(".secret-text").inner_text()
    secret = b32decode(re.sub(r"\s", "", shown))
    desk.write("Mã SmartOTP", totp.code_at(secret, totp.step_at(utc_now())))
    desk.submit("Hoàn tất")
    desk.is_at("/can-bo/")
    desk.reads(FULL_NAME)


def _second_officer_confirms(head: Visitor, what: str, full_name: str) -> None:
    head.open("/can-bo/")
    head.follow("Hỗ trợ chờ xác nhận: 1")
    head.follow(what)
    head.reads(full_name, FULL_NAME)
    head.submit("Xác nhận")
    head.reads("Đã xác nhận. Chủ tài khoản đã được báo")


def _compares(desk: Visitor, part: str) -> None:
    desk.hands.pick(desk.page.locator(f"#{part}-paper"), "Thẻ CCCD hoặc căn cước")
    desk.hands.tick(desk.page.locator(f"#{part}-compared"))


def _locks_and_opens(desk: Visitor, stack: Stack) -> None:
    """By the press of a button, then because nobody acted: the page goes by itself."""
    desk.open("/can-bo/bao-mat/")
    desk.submit("Khóa màn hình")
    desk.reads("Màn hình đang khóa", FULL_NAME)
    desk.write("Mật khẩu", OWN_PASSWORD)
    desk.submit("Mở khóa")
    desk.is_at("/can-bo/bao-mat/")
    assert stack.rows("SELECT 1 FROM audit_event WHERE act = 'officer.unlock'")
    desk.page.clock.install()
    desk.page.reload()
    with desk.leaving():
        # The server is asked at the end of the five minutes and has heard of the reload since:
        # a screen whose session is gone locks at once.
        desk.context.clear_cookies(name="can_bo")
        desk.page.clock.fast_forward(302_000)
    expect(desk.page).to_have_url(re.compile("/can-bo/dang-nhap/"))
