"""The doors of an account on a phone: signing in, one device, warnings, and the way back."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import PASSWORD, Person, with_account
from tests.guides.signing_in import (
    NUMBER,
    a01_signs_in,
    a01_signs_in_at_portal,
    a07_moves_here,
    a10_signs_out,
)
from tests.guides.stack import Stack
from tests.guides.visitor import PATIENCE_MS, PHONE, Visitor

ADDRESS = "/tai-khoan/dia-chi/"
STREET = "Số nhà, đường phố, thôn, xóm"


@pytest.fixture
def owner(stack: Stack) -> Person:
    """Somebody with an account, of whom no device is signed in."""
    person = with_account(stack, 2)
    stack.change(
        "UPDATE accounts_session SET ended_at = now(), end_reason = 'signed-out'"
        " WHERE number = %s AND ended_at IS NULL",
        person.number,
    )
    return person


def _in_app(visitor: Visitor, person: Person) -> Visitor:
    visitor.open("/?app=1")
    visitor.follow("Tiếp tục")
    a01_signs_in(visitor, person, PASSWORD)
    visitor.is_at("/quan-ly-ca-nhan/")
    return visitor


def _let_pass(stack: Stack, person: Person, minutes: float) -> None:
    """Nothing was done on the page for so long."""
    stack.change(
        "UPDATE accounts_session SET last_seen_at = now() - make_interval(secs => %s)"
        " WHERE number = %s AND ended_at IS NULL",
        minutes * 60,
        person.number,
    )


def _is_signed_out(visitor: Visitor, *said: str) -> None:
    """The open page says so by itself, and shows nothing of the record any more."""
    told = visitor.page.get_by_role("heading", name="Thiết bị này đã đăng xuất")
    expect(told).to_be_visible(timeout=PATIENCE_MS)
    visitor.reads(*said)
    expect(visitor.page.locator(".topbar")).to_be_hidden()
    expect(visitor.page.locator("#content")).to_be_hidden()
    visitor.look()


@pytest.mark.guide("A01")
def test_a01_12_digits_open_the_portal_and_an_old_door_leads_on_without_a_loop(
    stack: Stack, visit: OpenVisitor, owner: Person
) -> None:
    visitor = visit(PHONE)
    old_page = visitor.context.new_page()
    old_page.goto("/dang-nhap/")
    personal = Person(owner.id_number, owner.full_name, owner.id_number, owner.phone)
    a01_signs_in_at_portal(visitor, personal, PASSWORD, stack)
    visitor.is_at("/quan-ly-ca-nhan/")
    visitor.reads(owner.full_name)

    old_page.get_by_label("Mật khẩu", exact=False).first.fill(PASSWORD)
    old_page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(old_page.locator("body")).to_contain_text("Trang này đã cũ")
    old_page.get_by_role("link", name="Mở lại trang").click()
    expect(old_page).to_have_url(re.compile("/quan-ly-ca-nhan/$"))


@pytest.mark.guide("A01")
def test_a01_wrong_clock_of_the_phone_is_said_before_a_code_is_typed(visit: OpenVisitor) -> None:
    visitor = visit(PHONE)
    visitor.page.clock.set_fixed_time(time.time() + 20 * 60)
    visitor.open("/dang-nhap/")
    warning = visitor.page.get_by_text("Đồng hồ của máy này đang sai")
    expect(warning).to_be_visible()
    visitor.look()

    visitor.page.clock.set_fixed_time(time.time() + 2 * 60)
    visitor.open("/dang-nhap/")
    expect(warning).to_be_hidden()


@pytest.mark.guide("A02")
@pytest.mark.guide("A07")
def test_a07_open_page_of_the_first_device_learns_of_the_second_within_seconds(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, owner: Person
) -> None:
    first, second = visit(PHONE), visit(PHONE)
    a01_signs_in_at_portal(first, owner, PASSWORD, stack)
    first.reads(owner.full_name, owner.number)
    first.open("/the-bhyt/")
    second.open("/?app=1")
    second.follow("Tiếp tục")
    a01_signs_in(second, owner, PASSWORD)
    second.reads("Chrome trên Linux", "Đăng nhập lúc")
    a07_moves_here(second, phone_of(owner.phone))
    second.reads(owner.full_name, owner.number)

    _is_signed_out(first, "Tài khoản vừa được đăng nhập trên thiết bị khác")
    first.submit("Đăng nhập lại")
    first.is_at("/dang-nhap/")
    first.reads("Tài khoản vừa được đăng nhập trên thiết bị khác")
    second.open("/tai-khoan/thiet-bi/")
    second.reads("Thiết bị này", "Thiết bị khác đã từng dùng")


@pytest.mark.guide("A01")
def test_a01_warning_before_going_idle_extends_by_one_press_and_leaves_what_was_typed(
    stack: Stack, visit: OpenVisitor, owner: Person
) -> None:
    visitor = _in_app(visit(PHONE), owner)
    visitor.open(ADDRESS)
    visitor.write(STREET, "Số 7, ngõ Hồng Phúc")
    _let_pass(stack, owner, 28.5)

    warning = visitor.page.get_by_role("alertdialog", name="Phiên làm việc sắp kết thúc")
    expect(warning).to_be_visible(timeout=PATIENCE_MS)
    stay = warning.get_by_role("button", name="Ở lại")
    expect(stay).to_be_focused()
    expect(warning.locator(".stay-left")).to_have_text(re.compile(r"^Còn 1 phút \d+ giây$"))
    visitor.page.keyboard.press("Escape")
    expect(warning).to_be_visible()
    visitor.look()
    visitor.hands.press(stay)

    expect(warning).to_be_hidden()
    assert visitor.value(STREET) == "Số 7, ngõ Hồng Phúc"
    ((idle,),) = stack.rows(
        "SELECT extract(epoch FROM now() - last_seen_at) FROM accounts_session"
        " WHERE number = %s AND ended_at IS NULL",
        owner.number,
    )
    assert idle < 60


@pytest.mark.guide("A01")
def test_a01_ended_session_keeps_what_was_typed_and_returns_to_it(
    stack: Stack, visit: OpenVisitor, owner: Person
) -> None:
    visitor = _in_app(visit(PHONE), owner)
    visitor.open(ADDRESS)
    visitor.write(STREET, "Số 9, ngõ Thanh Yên")
    _let_pass(stack, owner, 31)

    _is_signed_out(visitor, "đã hết thời gian", "Những gì bạn vừa gõ được giữ lại")
    other_tab = visitor.context.new_page()
    other_tab.goto("/dang-nhap/")
    other_tab.get_by_label(NUMBER).fill(owner.number)
    other_tab.locator("#password").fill(PASSWORD)
    other_tab.get_by_role("button", name="Đăng nhập", exact=True).click()
    other_tab.wait_for_url("**/quan-ly-ca-nhan/")
    visitor.page.bring_to_front()
    visitor.press("Đăng nhập lại")
    expect(visitor.page.get_by_label(re.compile(STREET))).to_be_visible()
    assert visitor.value(STREET) == "Số 9, ngõ Thanh Yên"

    _let_pass(stack, owner, 31)
    _is_signed_out(visitor, "đã hết thời gian")
    visitor.submit("Đăng nhập lại")
    visitor.is_at("/dang-nhap/")
    visitor.write(NUMBER, owner.number)
    visitor.write("Mật khẩu", PASSWORD)
    visitor.submit("Đăng nhập")

    visitor.is_at(ADDRESS)
    assert visitor.value(STREET) == "Số 9, ngõ Thanh Yên"


@pytest.mark.guide("A10")
def test_a10_signing_out_in_one_tab_clears_the_other_and_the_way_back_shows_nothing(
    visit: OpenVisitor, owner: Person
) -> None:
    visitor = _in_app(visit(PHONE), owner)
    other = visitor.context.new_page()
    other.goto("/the-bhyt/")
    a10_signs_out(visitor)
    other.bring_to_front()
    told = other.get_by_role("heading", name="Thiết bị này đã đăng xuất")
    expect(told).to_be_visible(timeout=PATIENCE_MS)
    expect(other.locator("#content")).to_be_hidden()

    visitor.page.go_back(wait_until="load")
    visitor.is_at("/dang-nhap/")
    assert owner.full_name not in visitor.page.content()
