"""«Báo sai sót» on a phone: a wrong period is reported, answered at the desk, and read (O05)."""

import re

import pytest

from tests.guides import deciding, pictures
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import PASSWORD, Person, signed_in_nowhere, with_account
from tests.guides.signing_in import a01_signs_in
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

OFFICER, OFFICE = "phananh.thanhtri", "00114"
WORDS = "Tháng 6 tôi vẫn đi làm, bảng lương có trừ tiền."
ANSWER = "Đơn vị của bạn đã nộp bổ sung. Hồ sơ được cập nhật trong tuần này."
BACK = "Cảm ơn, tôi gửi thêm bảng lương."


def _in_app(visitor: Visitor, person: Person) -> None:
    visitor.open("/?app=1")
    visitor.follow("Tiếp tục")
    a01_signs_in(visitor, person, PASSWORD)
    visitor.is_at("/quan-ly-ca-nhan/")


def _reports_a_period(visitor: Visitor) -> str:
    """Returns the code."""
    visitor.open("/qua-trinh-tham-gia/bhxh/")
    period = visitor.page.locator("#giai-doan-1")
    visitor.hands.press(period.locator("summary"))
    with visitor.leaving():
        visitor.hands.press(period.get_by_role("link", name="Báo sai sót"))
    visitor.reads("Dòng bạn báo sai", "Quá trình tham gia")
    visitor.write("Đúng ra phải là", "Đã đóng đủ 12 tháng")
    visitor.submit("Xem lại trước khi gửi")
    visitor.reads("Xin viết dòng này sai ở chỗ nào")
    assert visitor.value("Đúng ra phải là") == "Đã đóng đủ 12 tháng"
    visitor.write("Sai ở chỗ nào?", WORDS)
    label = visitor.page.locator('label[for="photo-file"]')
    visitor.hands.attach(visitor.page.locator("#photo-file"), label, pictures.of_paper("truoc"))
    visitor.submit("Xem lại trước khi gửi")
    visitor.reads(WORDS, "1 giấy tờ", "Trả lời chậm nhất")
    visitor.submit("Gửi phản ánh")
    visitor.reads("Đã gửi phản ánh", "Bước 1/4", "Việc tiếp theo")
    return visitor.page.locator(".code-box b").inner_text()


def _officer_answers(desk: Visitor, person: Person, code: str) -> None:
    """From the queue, by the letters of the keyboard where there are some."""
    deciding.officer_signs_in(desk, OFFICER)
    desk.follow("Phản ánh")
    desk.follow(code)
    desk.reads(person.full_name, WORDS, "Lúc báo", "Hôm nay")
    desk.submit("Nhận xử lý")
    desk.reads("Đang xử lý")
    desk.page.keyboard.press("t")
    desk.page.keyboard.type(ANSWER)
    assert desk.value("Câu trả lời") == ANSWER
    desk.submit("Gửi trả lời")
    desk.reads("Đã trả lời phản ánh")


@pytest.mark.guide("O05")
def test_o05_wrong_period_is_reported_answered_and_read_on_a_phone(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    person = signed_in_nowhere(stack, with_account(stack, 11))
    visitor = visit(PHONE, dark_too=True)
    _in_app(visitor, person)
    code = _reports_a_period(visitor)
    phone = phone_of(person.phone)
    phone.wait_for(f"da nhan phan anh {code}")
    lies = "SELECT office FROM support_petition WHERE number = %s"
    assert stack.rows(lies, person.number) == [(OFFICE,)]

    _officer_answers(visit(DESKTOP, dark_too=True), person, code)
    phone.wait_for(f"da tra loi phan anh {code}")

    visitor.open("/ho-tro/phan-anh/")
    visitor.reads("Đã trả lời")
    with visitor.leaving():
        visitor.hands.press(visitor.page.get_by_role("link", name=re.compile(code)))
    visitor.reads(ANSWER, "Bước 3/4")
    visitor.write("Viết thêm cho cơ quan BHXH", BACK)
    visitor.submit("Gửi bổ sung")
    visitor.reads(BACK, "Bước 2/4")
    visitor.open("/tai-khoan/ai-da-xem/")
    visitor.reads("Vũ Thị Thắm", f"Phản ánh {code}")


@pytest.mark.guide("O05")
def test_o05_report_goes_by_keyboard_without_scripts_and_is_closed(
    stack: Stack, visit: OpenVisitor
) -> None:
    person = signed_in_nowhere(stack, with_account(stack, 10))
    visitor = visit(PHONE, scripts=False, keys=True)
    _in_app(visitor, person)
    visitor.follow("Báo sai sót")
    visitor.write("Sai ở chỗ nào?", "Ngày sinh của tôi sai.")
    visitor.submit("Xem lại trước khi gửi")
    visitor.submit("Gửi phản ánh")
    visitor.reads("Đã gửi phản ánh")
    visitor.follow("Đóng phản ánh")
    visitor.submit("Đóng phản ánh")
    visitor.reads("Phản ánh đã đóng", "Bước 4/4")
