"""The story on the desktop portal: refused first, declared again, approved, a second device."""

import pytest

from tests.guides import deciding, reading, registering, signing_in
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import Newcomers
from tests.guides.registering import Declared
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE

EMAIL = "nguoi.khai@example.com"


@pytest.mark.guide("R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R12")
@pytest.mark.guide("R14", "R15", "R19", "A01", "A02", "A03", "A04", "A07", "A10")
@pytest.mark.guide("O01", "O02", "O03", "I01", "I02", "I03", "I04", "I05", "I06")
def test_r01_to_r10_r12_r14_r15_o01_to_o03_a01_to_a04_a07_i01_to_i06_on_the_portal(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person = newcomers.rich()
    declared = Declared(person, email=EMAIL)
    visitor, desk = visit(DESKTOP, dark_too=True), visit(DESKTOP, dark_too=True)
    phone, mailbox = phone_of(person.phone), phone_of(EMAIL)

    registering.r01_portal_door(visitor)
    refused = registering.register(visitor, declared, phone, stack)
    deciding.officer_signs_in(desk)
    deciding.o01_opens_case(desk, refused)
    deciding.o03_refuses(desk, "Ảnh giấy tờ mờ, không đọc được.")
    assert "Anh giay to mo" in phone.wait_for("chua duoc duyet")
    assert refused in mailbox.wait_for("Tờ khai chưa được duyệt")

    registering.r01_portal_door(visitor)
    visitor.reads("Xem tờ khai đã ghi nhận")
    code = registering.register(visitor, declared, phone, stack)
    deciding.o01_opens_case(desk, code)
    deciding.o02_compares(desk, person)
    deciding.o03_approves(desk)
    password = phone.first_password(person.number)
    assert password in mailbox.wait_for("Tài khoản đã được kích hoạt")
    phone.look()
    mailbox.look()

    signing_in.a01_signs_in_at_portal(visitor, person, password, stack)
    signing_in.a03_a04_changes_password(visitor, phone, password)
    reading.read_everything(visitor, person)

    second = visit(PHONE)
    second.open("/?app=1")
    second.follow("Tiếp tục")
    signing_in.a01_signs_in(second, person, signing_in.NEW_PASSWORD)
    signing_in.a07_moves_here(second, phone)
    signing_in.a07_was_signed_out(visitor)
    signing_in.a10_signs_out(second)
