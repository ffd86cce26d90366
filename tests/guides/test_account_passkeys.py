"""«Đăng nhập bằng vân tay / khuôn mặt», with an authenticator inside of the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.guides.conftest import OpenPhone
from tests.guides.demo_phone import DemoPhone
from tests.guides.people import PASSWORD, Person, with_account
from tests.guides.picture_code import read_picture
from tests.guides.signing_in import NUMBER, a01_signs_in, a10_signs_out
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE, Visitor

FINGER = "Đăng nhập bằng vân tay / khuôn mặt"
_PHONE_WITH_A_FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def visitor(stack: Stack, chromium: Browser) -> Iterator[Visitor]:
    """A phone with a fingerprint sensor. Browsers make passkeys for names only."""
    named = Visitor(chromium, stack.address.replace("127.0.0.1", "localhost"), PHONE)
    sensor = named.context.new_cdp_session(named.page)
    sensor.send("WebAuthn.enable")
    sensor.send("WebAuthn.addVirtualAuthenticator", {"options": _PHONE_WITH_A_FINGER})
    yield named
    named.close()


@pytest.fixture
def owner(stack: Stack) -> Person:
    """Somebody with an account, signed in nowhere."""
    person = with_account(stack, 3)
    stack.change(
        "UPDATE accounts_session SET ended_at = now(), end_reason = 'expired'"
        " WHERE number = %s AND ended_at IS NULL",
        person.number,
    )
    stack.change(
        "UPDATE accounts_account SET changes_held_until = NULL WHERE number = %s", person.number
    )
    stack.change("DELETE FROM accounts_passkeyowner WHERE number = %s", person.number)
    stack.change("DELETE FROM accounts_passkey WHERE number = %s", person.number)
    return person


def _types_the_code(visitor: Visitor, phone: DemoPhone) -> None:
    visitor.submit("Gửi mã cho tôi")
    visitor.write("Mã OTP", phone.code("them van tay/khuon mat"))
    visitor.submit("Tiếp")


def _adds_this_phone(visitor: Visitor, owner: Person, phone: DemoPhone) -> None:
    visitor.open("/?app=1")
    visitor.follow("Tiếp tục")
    a01_signs_in(visitor, owner, PASSWORD)
    visitor.is_at("/quan-ly-ca-nhan/")
    visitor.open("/tai-khoan/van-tay/")
    visitor.reads("không bao giờ rời khỏi thiết bị", "Chưa có thiết bị nào")
    visitor.follow("Thêm thiết bị này")
    _types_the_code(visitor, phone)
    visitor.submit("Bắt đầu")
    visitor.is_at("/tai-khoan/van-tay/")
    visitor.reads("Đã thêm.", "chưa dùng lần nào")


def _is_locked_out_of_the_password(visitor: Visitor, owner: Person, stack: Stack) -> None:
    visitor.open("/dang-nhap/")
    for _attempt in range(6):
        visitor.write(NUMBER, owner.number)
        visitor.write("Mật khẩu", "sai rồi 2026")
        if visitor.page.locator("#ma_kiem_tra").count():
            visitor.write("Mã kiểm tra", read_picture(visitor, stack))
        visitor.submit("Đăng nhập")
        if visitor.page.get_by_text("Đã nhập sai mật khẩu nhiều lần").count():
            return
    raise AssertionError("Six wrong passwords lock nothing.")


def _renames_it_after_a_while(visitor: Visitor, owner: Person, stack: Stack) -> None:
    with visitor.leaving():
        visitor.hands.press(visitor.page.locator(".link-row"))
    visitor.write("Tên thiết bị", "Máy của tôi")
    stack.change(
        "UPDATE accounts_session SET proved_at = proved_at - interval '21 minutes'"
        " WHERE number = %s AND ended_at IS NULL",
        owner.number,
    )
    visitor.submit("Lưu tên")
    visitor.is_at("/xac-nhan-lai/")
    visitor.submit("Xác nhận bằng vân tay / khuôn mặt")
    assert visitor.value("Tên thiết bị") == "Máy của tôi"
    visitor.submit("Lưu tên")
    visitor.reads("Đã đổi tên thiết bị.", "Máy của tôi")


def _removes_it(visitor: Visitor) -> None:
    visitor.open("/tai-khoan/van-tay/")
    with visitor.leaving():
        visitor.hands.press(visitor.page.locator(".link-row"))
    visitor.follow("Gỡ thiết bị này")
    visitor.submit("Gỡ thiết bị")
    visitor.reads("Đã gỡ thiết bị.", "Chưa có thiết bị nào")


@pytest.mark.guide("A01")
def test_a01_one_press_signs_in_even_past_the_lock_of_wrong_passwords(
    visitor: Visitor, owner: Person, stack: Stack, phone_of: OpenPhone
) -> None:
    phone = phone_of(owner.phone)
    _adds_this_phone(visitor, owner, phone)
    _renames_it_after_a_while(visitor, owner, stack)
    visitor.open("/tai-khoan/van-tay/them/")
    _types_the_code(visitor, phone)
    visitor.press("Bắt đầu")
    visitor.reads("Thiết bị này đã được thêm rồi.")
    a10_signs_out(visitor)
    _is_locked_out_of_the_password(visitor, owner, stack)

    visitor.submit(FINGER)

    visitor.is_at("/quan-ly-ca-nhan/")
    _removes_it(visitor)
    a10_signs_out(visitor)
    visitor.submit(FINGER)
    visitor.reads("Thiết bị chưa xác nhận được bạn.")
