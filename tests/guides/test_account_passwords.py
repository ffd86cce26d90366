"""Passwords on a phone: forgotten, soon due, overdue."""

import pytest

from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import PASSWORD, with_account
from tests.guides.picture_code import read_picture
from tests.guides.signing_in import a01_signs_in_at_portal
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE, Visitor

RESET, CHANGED = "cau tre doi nui 58", "dong song trang 73"


def _set_ago(stack: Stack, number: str, days: int) -> None:
    """Let the password be so old."""
    stack.change(
        "UPDATE accounts_account SET password_set_at = now() - make_interval(days => %s)"
        " WHERE number = %s",
        days,
        number,
    )


def _new_password(visitor: Visitor, password: str) -> None:
    visitor.write("Mật khẩu mới", password)
    visitor.write("Nhập lại mật khẩu mới", password)
    visitor.submit("Hoàn tất")


@pytest.mark.guide("A06")
def test_a06_forgotten_password_is_set_anew_by_the_registered_phone(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    person = with_account(stack, 4)
    visitor, phone = visit(PHONE, dark_too=True), phone_of(person.phone)

    visitor.open("/dang-nhap/")
    visitor.follow("Quên mật khẩu")
    visitor.reads("Không còn dùng cả số điện thoại và email đã đăng ký?")
    visitor.write("Tên đăng nhập (mã số BHXH)", person.id_number)
    visitor.write("Mã kiểm tra", read_picture(visitor, stack))
    visitor.submit("Gửi mã OTP")
    visitor.reads("Nếu mã số này có tài khoản, mã đang được gửi")
    visitor.write("Mã OTP", phone.code("dat lai mat khau"))
    visitor.submit("Xác nhận")
    _new_password(visitor, PASSWORD)
    visitor.reads("Bạn đã dùng mật khẩu này gần đây.")
    _new_password(visitor, RESET)
    visitor.is_at("/quen-mat-khau/xong/")
    phone.wait_for("vua duoc dat lai")

    visitor.follow("Đăng nhập")
    a01_signs_in_at_portal(visitor, person, RESET, stack)
    visitor.is_at("/quan-ly-ca-nhan/")


@pytest.mark.guide("A06")
def test_a06_without_scripts_a_number_without_an_account_is_answered_alike(
    stack: Stack, visit: OpenVisitor
) -> None:
    visitor = visit(PHONE, scripts=False)
    visitor.open("/quen-mat-khau/")
    visitor.write("Tên đăng nhập (mã số BHXH)", "0199999999")
    visitor.hands.tick(visitor.page.get_by_role("radio", name="Email đã đăng ký"))
    visitor.write("Mã kiểm tra", read_picture(visitor, stack))
    visitor.submit("Gửi mã OTP")
    visitor.reads("Nếu mã số này có tài khoản, mã đang được gửi", "gửi đến email đã đăng ký")
    visitor.write("Mã OTP", "490217")
    visitor.submit("Xác nhận")
    visitor.reads("Mã OTP chưa đúng, bạn còn 4 lần nhập.")


@pytest.mark.guide("A04", "A05")
def test_a04_a05_password_is_warned_of_and_after_six_months_changed_first(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    person = with_account(stack, 5)
    visitor, phone = visit(PHONE, dark_too=True), phone_of(person.phone)
    _set_ago(stack, person.number, 170)
    a01_signs_in_at_portal(visitor, person, PASSWORD, stack)
    visitor.is_at("/quan-ly-ca-nhan/")
    visitor.reads("Mật khẩu của bạn đến hạn đổi sau 10 ngày.")

    _set_ago(stack, person.number, 181)
    visitor.open("/the-bhyt/")
    visitor.is_at("/doi-mat-khau/")
    visitor.reads("Đã đến hạn đổi mật khẩu")
    visitor.write("Mật khẩu cũ", PASSWORD)
    _new_password(visitor, CHANGED)
    visitor.reads("Tin nhắn đã gửi đến")
    visitor.write("Mã OTP", phone.code("doi mat khau"))
    visitor.submit("Xác nhận")
    visitor.is_at("/quan-ly-ca-nhan/")
