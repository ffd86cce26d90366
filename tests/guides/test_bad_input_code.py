"""A wrong picture code, a wrong or late OTP, a number that has an account, cookies refused."""

import pytest

from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import Newcomers, with_account
from tests.guides.picture_code import read_picture
from tests.guides.registering import Declared, r06_picture_code
from tests.guides.shortcut import Done, Shortcut
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE

CODE = "Mã OTP"


@pytest.mark.guide("R06")
def test_r06_wrong_picture_code_brings_another_picture(
    stack: Stack, visit: OpenVisitor, newcomers: Newcomers
) -> None:
    visitor = visit(PHONE)
    Shortcut(visitor, Declared(newcomers.any())).fill(Done.OFFICE)
    visitor.open("/dang-ky/xac-nhan/")
    first = visitor.page.locator("input[name=ma_hinh]").input_value()

    visitor.write("Mã kiểm tra", "khong")
    visitor.submit("Gửi mã OTP")

    visitor.reads("Mã kiểm tra chưa đúng. Đã có hình mới, xin nhập lại.")
    assert visitor.page.locator("input[name=ma_hinh]").input_value() != first
    r06_picture_code(visitor, stack)


@pytest.mark.guide("R07")
def test_r07_wrong_code_says_how_many_tries_are_left_and_the_right_one_still_counts(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person = newcomers.any()
    visitor, phone = visit(PHONE), phone_of(person.phone)
    shortcut = Shortcut(visitor, Declared(person))
    shortcut.fill(Done.OFFICE)
    shortcut.ask_for_code(stack)
    right = phone.code("xac nhan to khai")
    visitor.open("/dang-ky/ma-otp/")

    visitor.write(CODE, f"{(int(right) + 1) % 1_000_000:06d}")
    visitor.submit("Xác nhận")
    visitor.reads("Mã OTP chưa đúng, bạn còn 4 lần nhập.")
    visitor.write(CODE, "12")
    visitor.submit("Xác nhận")
    visitor.reads("Mã OTP gồm 6 chữ số.")
    visitor.write(CODE, right)
    visitor.submit("Xác nhận")

    visitor.is_at("/dang-ky/xem-lai/")


@pytest.mark.guide("R07")
def test_r07_late_code_is_refused_and_another_one_can_be_had(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person = newcomers.any()
    visitor, phone = visit(PHONE), phone_of(person.phone)
    shortcut = Shortcut(visitor, Declared(person))
    shortcut.fill(Done.OFFICE)
    shortcut.ask_for_code(stack)
    late = phone.code("xac nhan to khai")
    stack.change(
        "UPDATE accounts_onetimecode SET created_at = created_at - interval '6 minutes',"
        " expires_at = expires_at - interval '6 minutes' WHERE purpose = 'registration'"
        " AND subject IN (SELECT replace(id::text, '-', '') FROM registration_draft"
        " WHERE answers->>'number' = %s)",
        person.number,
    )
    # The phone's own pause is over as well by then.
    stack.end_pause()
    visitor.open("/dang-ky/ma-otp/")

    visitor.write(CODE, late)
    visitor.submit("Xác nhận")
    visitor.reads("Mã OTP đã hết hạn hoặc đã được dùng. Xin bấm «Gửi lại mã»")
    shortcut.post("ma-otp/gui-lai/", {}, ends_at="ma-otp/")
    visitor.write(CODE, phone.code("xac nhan to khai"))
    visitor.submit("Xác nhận")

    visitor.is_at("/dang-ky/xem-lai/")


@pytest.mark.guide("R14")
def test_r14_number_with_an_account_is_led_to_sign_in(stack: Stack, visit: OpenVisitor) -> None:
    visitor = visit(PHONE)
    Shortcut(visitor, Declared(with_account(stack))).fill(Done.OFFICE)
    visitor.open("/dang-ky/xac-nhan/")

    visitor.write("Mã kiểm tra", read_picture(visitor, stack))
    visitor.submit("Gửi mã OTP")

    visitor.reads("Mã số này đã có tài khoản")
    visitor.follow("Đăng nhập")
    visitor.is_at("/dang-nhap/")


@pytest.mark.guide("R03")
def test_r03_refused_cookies_are_explained(visit: OpenVisitor) -> None:
    visitor = visit(PHONE)
    visitor.open("/dang-ky/doi-tuong/")
    visitor.context.clear_cookies()

    visitor.submit("Tiếp")

    visitor.reads("Trình duyệt đang chặn cookie", "cho phép cookie với trang này")
