"""Signing in: the first time, from a second device, and out."""

from playwright.sync_api import expect

from tests.guides.demo_phone import DemoPhone
from tests.guides.people import Person
from tests.guides.picture_code import read_picture
from tests.guides.stack import Stack
from tests.guides.visitor import Visitor

NUMBER = "Tên đăng nhập (mã số BHXH)"
NEW_PASSWORD = "cây đa bến nước 2026"


def a01_signs_in(visitor: Visitor, person: Person, password: str) -> None:
    """In the app: number and password on the first page."""
    visitor.open("/")
    visitor.write(NUMBER, person.number)
    visitor.write("Mật khẩu", password)
    visitor.submit("Đăng nhập")


def a01_signs_in_at_portal(visitor: Visitor, person: Person, password: str, stack: Stack) -> None:
    """On the portal «Cá nhân» is chosen and «Mã kiểm tra» typed as well."""
    visitor.open("/dang-nhap/")
    visitor.hands.tick(visitor.page.get_by_role("radio", name="Cá nhân"))
    visitor.write(NUMBER, person.number)
    visitor.write("Mật khẩu", password)
    visitor.write("Mã kiểm tra", read_picture(visitor, stack))
    visitor.submit("Đăng nhập")


def a03_a04_changes_password(visitor: Visitor, phone: DemoPhone, first_password: str) -> None:
    """The issued password must be changed, with an OTP, before anything else opens."""
    visitor.is_at("/doi-mat-khau/")
    visitor.reads("Xin đổi mật khẩu lần đầu")
    visitor.open("/quan-ly-ca-nhan/")
    visitor.is_at("/doi-mat-khau/")
    visitor.write("Mật khẩu cũ", first_password)
    visitor.write("Mật khẩu mới", NEW_PASSWORD)
    visitor.write("Nhập lại mật khẩu mới", NEW_PASSWORD)
    visitor.submit("Hoàn tất")
    visitor.write("Mã OTP", phone.code("doi mat khau"))
    visitor.submit("Xác nhận")
    visitor.is_at("/quan-ly-ca-nhan/")


def a07_moves_here(visitor: Visitor, phone: DemoPhone) -> None:
    """The second device is warned; an OTP to the registered phone moves the account."""
    visitor.reads("Tài khoản đang mở trên thiết bị khác", "thiết bị kia sẽ bị đăng xuất ngay")
    visitor.submit("Tiếp tục, gửi mã OTP cho tôi")
    visitor.write("Mã OTP", phone.code("tren thiet bi moi"))
    visitor.submit("Xác nhận")
    visitor.is_at("/quan-ly-ca-nhan/")


def a07_was_signed_out(visitor: Visitor) -> None:
    """The first device is out at its next page, and is told why."""
    visitor.open("/quan-ly-ca-nhan/")
    visitor.is_at("/dang-nhap/")
    visitor.reads("Tài khoản vừa được đăng nhập trên thiết bị khác")


def a10_signs_out(visitor: Visitor) -> None:
    """«Thoát» from the menu."""
    visitor.hands.press(visitor.page.locator("summary").filter(visible=True).first)
    out = visitor.page.get_by_role("button", name="Thoát", exact=True).filter(visible=True)
    with visitor.leaving():
        visitor.hands.press(out.first)
    visitor.reads("Bạn đã thoát")
    visitor.open("/quan-ly-ca-nhan/")
    visitor.is_at("/dang-nhap/")
    expect(visitor.page.get_by_role("button", name="Đăng nhập", exact=True)).to_be_visible()
