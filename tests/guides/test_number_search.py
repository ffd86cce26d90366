"""«Tìm mã số BHXH» in a browser: three ways, what is told, on to registering (U01, R16, R19)."""

import re
from typing import Any

import pytest

from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.picture_code import read_picture
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

SEARCH = "/tra-cuu/ma-so-bhxh/"
_PERSON = """
SELECT p.full_name, to_char(p.birth_date, 'DD/MM/YYYY'), p.address_province, p.id_number, p.number
FROM people_person p
WHERE p.id_kind = 'cccd' AND p.birth_date_precision = 'day' AND p.died_on IS NULL
  AND p.full_name ~ '[^ -~]' AND p.number NOT IN (SELECT number FROM accounts_account)
ORDER BY p.number DESC LIMIT 1
"""
_CHILD = """
SELECT c.full_name, to_char(c.birth_date, 'YYYY'), c.household_code, h.full_name, h.id_number,
  c.number, h.address_province, h.address_commune
FROM people_person c
JOIN people_household k ON k.code = c.household_code
JOIN people_person h ON h.number = k.head_number
WHERE c.number <> h.number AND c.died_on IS NULL AND h.id_number <> '' AND h.died_on IS NULL
ORDER BY c.birth_date DESC, c.number LIMIT 1
"""


def _searches(visitor: Visitor, stack: Stack) -> None:
    visitor.write("Mã kiểm tra", read_picture(visitor, stack))
    visitor.submit("Tìm mã số")


def _writes_person(visitor: Visitor, stack: Stack, row: tuple[Any, ...]) -> None:
    name, born, province, _paper, _number = row
    label = stack.rows(
        "SELECT name FROM reference_area WHERE era = '2025' AND code = %s", province
    )[0][0]
    visitor.pick("Tỉnh, thành phố", f"{province} - {label}")
    visitor.write("Họ và tên", name)
    visitor.write("Ngày sinh hoặc năm sinh", born)


@pytest.mark.guide("U01", "R16")
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_u01_r16_number_is_found_in_part_then_whole_and_registered_with(
    stack: Stack, visit: OpenVisitor, device: dict[str, Any]
) -> None:
    (row,) = stack.rows(_PERSON)
    visitor = visit(device, dark_too=True)
    visitor.open("/tra-cuu/")
    with visitor.leaving():
        visitor.hands.press(visitor.page.get_by_role("link", name=re.compile("^Tìm mã số BHXH")))
    visitor.is_at(SEARCH)
    visitor.reads("Các ô có dấu * là bắt buộc.")
    _writes_person(visitor, stack, row)
    _searches(visitor, stack)
    visitor.reads("Đã tìm thấy", f"{row[4][:2]}******{row[4][-2:]}", "nhập thêm số CCCD")
    assert row[4] not in visitor.page.content()
    visitor.write("Số CCCD, CMND hoặc hộ chiếu", row[3])
    _searches(visitor, stack)
    visitor.reads(row[4], "Đăng ký tài khoản với mã số này")
    visitor.submit("Đăng ký tài khoản với mã số này")
    visitor.is_at("/dang-ky/ban-than/")
    assert visitor.value("Mã số BHXH") == row[4]


@pytest.mark.guide("U01")
def test_u01_child_is_found_by_the_household_without_scripts(
    stack: Stack, visit: OpenVisitor
) -> None:
    ((name, born, code, head, paper, number, _province, _commune),) = stack.rows(_CHILD)
    visitor = visit(PHONE, scripts=False, keys=True)
    visitor.open(SEARCH)
    visitor.follow("Mã hộ")
    visitor.write("Mã hộ gia đình", code)
    visitor.write("Họ và tên người cần tìm", name)
    visitor.write("Ngày sinh hoặc năm sinh người cần tìm", born)
    visitor.write("Số CCCD, CMND của chủ hộ", paper)
    _searches(visitor, stack)
    visitor.reads("Đã tìm thấy", number)
    assert head not in visitor.page.content()


@pytest.mark.guide("U01")
def test_u01_child_is_found_by_the_head_and_where_they_live(
    stack: Stack, visit: OpenVisitor
) -> None:
    ((name, born, _code, head, _paper, number, province, commune),) = stack.rows(_CHILD)
    visitor = visit(PHONE, dark_too=True)
    visitor.open(f"{SEARCH}?cach=chu-ho")
    visitor.write("Họ và tên chủ hộ", head)
    page = visitor.page
    page.locator("#province").select_option(province)
    page.locator(f'#commune option[value="{commune}"]').wait_for(state="attached")
    page.locator("#commune").select_option(commune)
    visitor.write("Họ và tên người cần tìm", name)
    visitor.write("Ngày sinh hoặc năm sinh người cần tìm", born)
    _searches(visitor, stack)
    visitor.reads("Đã tìm thấy", f"{number[:2]}******{number[-2:]}")


@pytest.mark.guide("R16", "R19")
def test_r16_r19_who_finds_nothing_reads_what_to_try_and_whom_to_call(
    stack: Stack, visit: OpenVisitor
) -> None:
    visitor = visit(PHONE, dark_too=True)
    visitor.open(SEARCH)
    _searches(visitor, stack)
    visitor.reads("Xin chọn tỉnh, thành phố.", "Xin nhập ngày sinh, hoặc năm sinh.")
    _writes_person(visitor, stack, ("Lê Không Ai", "31/02/1990", "01", "", ""))
    _searches(visitor, stack)
    visitor.reads("Ngày này không có trong lịch")
    visitor.write("Ngày sinh hoặc năm sinh", "28021990")
    _searches(visitor, stack)
    visitor.reads(
        "Chưa tìm thấy đúng một người khớp với mọi ô", "BHXH TP Hà Nội", "Gọi tổng đài 1900 9068"
    )
    assert visitor.value("Họ và tên") == "Lê Không Ai"


@pytest.mark.guide("U01")
def test_u01_past_the_brake_a_code_to_a_phone_comes_first(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    (row,) = stack.rows(_PERSON)
    visitor = visit(PHONE, dark_too=True)
    visitor.open(SEARCH)
    _writes_person(visitor, stack, row)
    _searches(visitor, stack)
    visitor.reads("Đã tìm thấy")
    stack.change("UPDATE limits_bucket SET count = 1000 WHERE name = 'number.found.all'")
    _searches(visitor, stack)
    visitor.reads("Còn một bước: mã OTP")
    visitor.write("Số di động của bạn", "0912 000 017")
    visitor.submit("Gửi mã OTP")
    code = phone_of("0912000017").code("tim ma so BHXH")
    visitor.write("Mã OTP", code)
    visitor.submit("Xác nhận và tìm mã số")
    visitor.reads("Đã tìm thấy", f"{row[4][:2]}******{row[4][-2:]}")


@pytest.mark.guide("U01")
def test_u01_without_scripts_a_code_stands_in_for_the_picture(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    (row,) = stack.rows(_PERSON)
    visitor = visit(PHONE, scripts=False)
    visitor.open(SEARCH)
    _writes_person(visitor, stack, row)
    visitor.submit("Không đọc được hình? Bỏ qua hình")
    visitor.reads("Thay cho mã trong hình")
    visitor.write("Số di động của bạn", "0912000018")
    visitor.submit("Gửi mã OTP")
    visitor.write("Mã OTP", phone_of("0912000018").code("tim ma so BHXH"))
    visitor.submit("Xác nhận và tìm mã số")
    visitor.reads("Đã tìm thấy")
