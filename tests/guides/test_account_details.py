"""«Thông tin tài khoản» on a phone: what the owner changes, who looked, and farewell."""

import re

import pytest

from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import PASSWORD, Person, with_account
from tests.guides.signing_in import a01_signs_in
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE, Visitor

DETAILS, LOOKS = "/tai-khoan/", "/tai-khoan/ai-da-xem/"
NEW_EMAIL, NEW_PHONE = "hop.thu.moi@example.com", "0987654321"


def _in_app(visitor: Visitor, person: Person) -> Visitor:
    visitor.open("/?app=1")
    visitor.follow("Tiếp tục")
    a01_signs_in(visitor, person, PASSWORD)
    visitor.is_at("/quan-ly-ca-nhan/")
    return visitor


def _changes(visitor: Visitor, what: str) -> None:
    """«Sửa» beside a line of the details."""
    visitor.open(DETAILS)
    edit = visitor.page.get_by_role("link", name=re.compile(rf"^Sửa ?: {what}$"))
    with visitor.leaving():
        visitor.hands.press(edit)


def _session_ends(stack: Stack, person: Person) -> None:
    """Nothing was done for longer than a session waits."""
    stack.change(
        "UPDATE accounts_session SET last_seen_at = now() - interval '2 hours'"
        " WHERE number = %s AND ended_at IS NULL",
        person.number,
    )


def _changes_the_email(visitor: Visitor, person: Person, stack: Stack, phone_of: OpenPhone) -> None:
    """The session ends before it is sent; what was typed is kept."""
    _changes(visitor, "Email")
    visitor.write("Email mới", NEW_EMAIL)
    _session_ends(stack, person)
    visitor.submit("Gửi mã đến điện thoại")
    visitor.is_at("/dang-nhap/")
    visitor.write("Tên đăng nhập (mã số BHXH)", person.number)
    visitor.write("Mật khẩu", PASSWORD)
    visitor.submit("Đăng nhập")
    visitor.is_at("/tai-khoan/email/")
    assert visitor.value("Email mới") == NEW_EMAIL
    visitor.submit("Gửi mã đến điện thoại")
    visitor.write("Mã OTP", phone_of(person.phone).code("doi email cua tai khoan"))
    visitor.submit("Tiếp")
    letter = re.search(r"VssID: (\d{6}) là mã", phone_of(NEW_EMAIL).wait_for("dùng email này"))
    assert letter
    visitor.write("Mã OTP", letter[1])
    visitor.submit("Xác nhận")
    visitor.reads("Email mới đã được dùng", NEW_EMAIL)
    phone_of(person.phone).wait_for("vua duoc doi sang")


@pytest.mark.guide("A08")
def test_a08_owner_changes_address_and_email_and_reads_who_looked(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    person = with_account(stack, 7)
    visitor = _in_app(visit(PHONE, dark_too=True), person)
    visitor.open(DETAILS)
    visitor.reads(person.full_name, person.number, "Không sửa được ở đây")

    _changes(visitor, "Địa chỉ")
    visitor.follow("Dùng địa chỉ trước 1/7/2025", "button")
    visitor.pick("Tỉnh, thành phố", "48 - Thành phố Đà Nẵng")
    visitor.pick("Quận, huyện (cũ)", "497 - Huyện Hòa Vang")
    visitor.pick("Xã, phường, thị trấn", "20296 - Xã Hòa Liên")
    visitor.hands.tick(visitor.page.get_by_role("radio", name="20194 - Phường Hải Vân"))
    visitor.look()
    visitor.submit("Lưu địa chỉ")
    visitor.reads("Địa chỉ đã được lưu", "Phường Hải Vân", "Xã Hòa Liên, Huyện Hòa Vang")

    _changes_the_email(visitor, person, stack, phone_of)

    looks = visitor.page.get_by_role("link", name=re.compile("^Ai đã xem dữ liệu của tôi"))
    with visitor.leaving():
        visitor.hands.press(looks)
    visitor.follow("Tất cả")
    visitor.reads("Đổi email", "Đổi địa chỉ liên hệ", "Đăng nhập")


@pytest.mark.guide("A11")
def test_a11_owner_changes_the_phone_and_everything_else_waits(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    person = with_account(stack, 8)
    visitor = _in_app(visit(PHONE, dark_too=True), person)
    _changes(visitor, "Số điện thoại")
    visitor.reads("Số cũ đã mất?")
    visitor.write("Số điện thoại mới", NEW_PHONE)
    visitor.submit("Gửi mã đến số hiện nay")
    old = phone_of(person.phone)
    visitor.write("Mã OTP", old.code("doi so dien thoai"))
    visitor.submit("Tiếp")
    visitor.write("Mã OTP", phone_of(NEW_PHONE).code("dung so nay"))
    visitor.submit("Hoàn tất")
    visitor.reads("Số điện thoại mới đã được dùng", "0987 654 321", "Thay đổi phải chờ")
    old.wait_for("vua duoc doi sang 0987***321")
    visitor.open("/tai-khoan/dong/")
    visitor.reads("Thay đổi phải chờ", "Sẽ mất", "Vẫn còn")


@pytest.mark.guide("A08")
def test_a08_owner_closes_the_account_without_scripts(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    person = with_account(stack, 9)
    visitor = _in_app(visit(PHONE, scripts=False), person)
    visitor.open(DETAILS)
    visitor.follow("Đóng tài khoản")
    visitor.submit("Tiếp tục, gửi mã OTP cho tôi")
    phone = phone_of(person.phone)
    visitor.write("Mã OTP", phone.code("DONG tai khoan"))
    visitor.submit("Đóng tài khoản")
    visitor.is_at("/tai-khoan/da-dong/")
    visitor.reads("Tài khoản đã được đóng")
    phone.wait_for("da dong theo yeu cau")
    visitor.open(DETAILS)
    visitor.is_at("/dang-nhap/")
