"""The story without JavaScript, with an address of before 1/7/2025."""

import pytest

from tests.guides import deciding, reading, registering, signing_in
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import Newcomers
from tests.guides.registering import Declared
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE


@pytest.mark.guide("R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R14")
@pytest.mark.guide("R19", "A01", "A03", "A04", "A10", "O01", "O02", "O03")
@pytest.mark.guide("I01", "I02", "I03", "I04", "I05", "I06")
def test_r01_to_r10_r14_o01_to_o03_a01_to_a04_a10_i01_to_i06_without_scripts(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person = newcomers.rich()
    declared = Declared(person, district="020 - Huyện Thanh Trì", commune="00643 - Xã Tân Triều")
    visitor, desk = visit(PHONE, scripts=False), visit(DESKTOP, scripts=False)
    phone = phone_of(person.phone)

    registering.r01_app_door(visitor)
    code = registering.register(visitor, declared, phone, stack)
    deciding.officer_signs_in(desk)
    deciding.o01_opens_case(desk, code)
    deciding.o02_compares(desk, person)
    deciding.o03_approves(desk)

    password = phone.first_password(person.number)
    signing_in.a01_signs_in(visitor, person, password)
    signing_in.a03_a04_changes_password(visitor, phone, password)
    reading.read_everything(visitor, person)
    signing_in.a10_signs_out(visitor)
