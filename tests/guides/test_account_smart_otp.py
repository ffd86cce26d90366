"""SmartOTP [A09]: on this device under a PIN, without a network, and in another authenticator."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser

from tests.guides import signing_in
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.lasting import open_lasting
from tests.guides.people import PASSWORD, Person, with_account
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

PIN, WRONG_PIN = "480217", "904173"
_END_SESSIONS = """
UPDATE accounts_session SET ended_at = now(), end_reason = 'signed-out'
WHERE number = %s AND ended_at IS NULL
"""
# As if the code of the setup had been used a minute ago: waiting for the next one takes 30 s.
_A_MINUTE_LATER = "UPDATE accounts_smartotp SET last_step = last_step - 2 WHERE number = %s"


@pytest.fixture
def owner(stack: Stack) -> Person:
    """Somebody of the demo whom no other walk uses, signed in nowhere, without a SmartOTP."""
    person = with_account(stack, 6)
    stack.change(_END_SESSIONS, person.number)
    stack.change(
        "UPDATE accounts_account SET changes_held_until = NULL WHERE number = %s", person.number
    )
    stack.change("DELETE FROM accounts_smartotp WHERE number = %s", person.number)
    stack.change("DELETE FROM accounts_onetimecode WHERE subject = %s", person.number)
    return person


@pytest.fixture
def own_phone(chromium: Browser, stack: Stack, tmp_path: Path) -> Iterator[list[Visitor]]:
    """The owner's phone; a second entry stands for the browser opened again."""
    opened: list[Visitor] = []
    yield opened
    for visitor in opened:
        visitor.close()


def _sign_in(visitor: Visitor, owner: Person) -> None:
    visitor.page.goto("/?app=1")
    signing_in.a01_signs_in(visitor, owner, PASSWORD)


def _choose(visitor: Visitor, way: str) -> None:
    visitor.open("/tai-khoan/smart-otp/")
    visitor.hands.tick(visitor.page.get_by_role("radio", name=re.compile(f"^{way}")))
    visitor.submit("Tiếp")


def _code(visitor: Visitor, pin: str) -> str:
    """The six digits that the page shows after a PIN."""
    visitor.write("PIN gồm 6 chữ số", pin)
    visitor.press("Xem mã")
    visitor.page.get_by_role("button", name="Ẩn mã").wait_for()
    return visitor.page.locator("[data-code]").inner_text().replace(" ", "")


@pytest.mark.guide("A09")
def test_a09_codes_on_this_device_work_offline_and_instead_of_an_sms(
    stack: Stack, chromium: Browser, visit: OpenVisitor, phone_of: OpenPhone, owner: Person,
    own_phone: list[Visitor], tmp_path: Path,
) -> None:  # fmt: skip
    mobile = open_lasting(own_phone, chromium, stack, tmp_path)
    _sets_up(mobile, phone_of, owner)
    stack.change(_A_MINUTE_LATER, owner.number)

    desktop = visit(DESKTOP)
    _sign_in(desktop, owner)
    desktop.submit("Tiếp tục, gửi mã OTP cho tôi")

    mobile = open_lasting(own_phone, chromium, stack, tmp_path)
    mobile.context.set_offline(True)
    mobile.open("/smart-otp/")
    wrong, said = _code(mobile, WRONG_PIN), _words(mobile)
    mobile.look()
    desktop.write("Mã OTP", wrong)
    desktop.submit("Xác nhận")
    desktop.reads("Mã OTP chưa đúng, bạn còn 4 lần nhập")

    mobile.page.reload()
    right = _code(mobile, PIN)
    assert _words(mobile) == said
    desktop.write("Mã OTP", right)
    desktop.submit("Xác nhận")
    desktop.is_at("/quan-ly-ca-nhan/")

    mobile.context.set_offline(False)
    signing_in.a07_was_signed_out(mobile)
    mobile.context.set_offline(True)
    mobile.open("/smart-otp/")
    assert len(_code(mobile, PIN)) == 6
    _forgets(mobile)


@pytest.mark.guide("A09")
def test_a09_authenticator_is_set_up_and_removed_without_scripts(
    visit: OpenVisitor, phone_of: OpenPhone, owner: Person
) -> None:
    visitor, phone = visit(PHONE, scripts=False), phone_of(owner.phone)
    _sign_in(visitor, owner)
    phone.read_all()
    _choose(visitor, "Ứng dụng xác thực khác")
    visitor.write("Mã OTP", phone.code("cai SmartOTP"))
    visitor.submit("Tiếp")
    secret = visitor.page.locator(".otp-secret").text_content() or ""
    authenticator = pyotp.TOTP(secret.replace(" ", ""))
    visitor.write("Mã 6 số trên ứng dụng", authenticator.now())
    visitor.submit("Hoàn tất")
    visitor.reads("SmartOTP đã sẵn sàng", "Ứng dụng xác thực")
    phone.wait_for("SmartOTP cua tai khoan")

    visitor.follow("Gỡ SmartOTP")
    visitor.submit("Gửi mã cho tôi")
    visitor.write("Mã OTP", phone.code("go SmartOTP"))
    visitor.submit("Gỡ SmartOTP")
    visitor.reads("Đã gỡ SmartOTP")
    phone.wait_for("vua duoc go")


def _sets_up(mobile: Visitor, phone_of: OpenPhone, owner: Person) -> None:
    _sign_in(mobile, owner)
    phone = phone_of(owner.phone)
    phone.read_all()
    _choose(mobile, "Trên thiết bị này")
    mobile.write("Mã OTP", phone.code("cai SmartOTP"))
    mobile.submit("Tiếp")
    mobile.write("PIN gồm 6 chữ số", "123456")
    mobile.press("Cài SmartOTP")
    mobile.reads("PIN này dễ đoán quá")
    mobile.write("PIN gồm 6 chữ số", PIN)
    mobile.write("Nhập lại PIN", PIN)
    mobile.submit("Cài SmartOTP")
    mobile.reads("SmartOTP đã sẵn sàng")
    mobile.until("navigator.serviceWorker.ready.then(() => true)")
    assert PIN not in str(mobile.page.evaluate("JSON.stringify(localStorage)"))


def _forgets(mobile: Visitor) -> None:
    mobile.page.locator("summary", has_text="Xóa khỏi máy này").tap()
    mobile.press("Xóa khỏi máy này")
    mobile.reads("Máy này chưa cài SmartOTP")
    mobile.page.reload()
    mobile.reads("Máy này chưa cài SmartOTP")


def _words(mobile: Visitor) -> str:
    """What the page says, whatever the code: a wrong PIN must not change a word."""
    return re.sub(r"[0-9]+", "0", mobile.page.locator("main").inner_text())
