"""«Phản ánh kiến nghị» without an account, both sides: written, answered, reopened (U05)."""

import re

import pytest

from tests.guides import deciding, pictures
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.demo_phone import DemoPhone
from tests.guides.picture_code import read_picture
from tests.guides.registering import option_beginning, pick_list
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

OFFICER, OFFICE = "phananh.thanhtri", "00114"
WORDS = "Tôi đến quầy số 3 ba lần đều đóng cửa trước giờ."
ANSWER = "Chúng tôi xin lỗi bác và đã phân công lại quầy số 3."
AGAIN = "Sáng nay quầy vẫn đóng cửa."


def _writes(visitor: Visitor, stack: Stack, phone: str, *, with_picture: bool) -> None:
    visitor.open("/ho-tro/")
    visitor.reads("1900 9068", "Giờ của tổng đài")
    with visitor.leaving():
        visitor.hands.press(visitor.page.get_by_role("link", name=re.compile("^Phản ánh kiến")))
    visitor.follow("Viết phản ánh")
    visitor.pick("Phản ánh về việc gì?", "Thái độ, giờ giấc phục vụ của cán bộ")
    visitor.write("Nội dung phản ánh", WORDS)
    visitor.write("Họ và tên", "Đỗ Thị Khách")
    visitor.write("Số điện thoại di động", phone)
    pick_list(visitor, "BHXH tỉnh, thành phố", "[001] BHXH TP Hà Nội", "Chọn tỉnh này")
    offices = "Cơ quan BHXH tiếp nhận"
    office = option_beginning(visitor, offices, f"[{OFFICE}]")
    pick_list(visitor, offices, office, "Xem địa chỉ cơ quan này")
    if with_picture:
        visitor.hands.press(visitor.page.locator("#giay-to summary"))
        label = visitor.page.locator('label[for="photo-file"]')
        visitor.hands.attach(visitor.page.locator("#photo-file"), label, pictures.of_paper("truoc"))
    visitor.write("Mã kiểm tra", read_picture(visitor, stack))
    visitor.submit("Gửi mã OTP")
    visitor.reads("Nhập mã OTP để gửi", WORDS, "Trả lời chậm nhất")


def _proves(visitor: Visitor, phone: DemoPhone) -> str:
    """Returns the petition's code."""
    visitor.write("Mã OTP", phone.code("gui phan anh den"))
    visitor.submit("Gửi phản ánh")
    visitor.reads("Đã gửi phản ánh", "Bước 1/4", WORDS)
    code = visitor.page.locator(".code-box b").inner_text()
    phone.wait_for(f"da nhan phan anh {code}")
    return code


def _follows(visitor: Visitor, stack: Stack, code: str, phone: DemoPhone) -> None:
    stack.change("DELETE FROM limits_bucket WHERE name LIKE 'code.%%'")
    visitor.open("/ho-tro/phan-anh/")
    visitor.follow("Theo dõi bằng mã phản ánh")
    visitor.write("Mã phản ánh", code.lower())
    visitor.write("Mã kiểm tra", read_picture(visitor, stack))
    visitor.submit("Gửi mã OTP")
    visitor.reads("Nếu có phản ánh mang mã này")
    visitor.write("Mã OTP", phone.code("xem phan anh"))
    visitor.submit("Xác nhận")


def _officer_answers(desk: Visitor, code: str) -> None:
    deciding.officer_signs_in(desk, OFFICER)
    desk.follow("Phản ánh")
    desk.follow(code)
    desk.reads("Đỗ Thị Khách", "Gửi không cần tài khoản", WORDS)
    desk.submit("Nhận xử lý")
    desk.pick("Mẫu trả lời", "Mở đầu và kết thúc")
    desk.submit("Chèn mẫu")
    assert "Kính gửi ông/bà Đỗ Thị Khách" in desk.value("Câu trả lời")
    desk.write("Câu trả lời", ANSWER)
    desk.submit("Gửi trả lời")
    desk.reads("Đã trả lời phản ánh")


@pytest.mark.guide("U05", "O05")
def test_u05_petition_without_an_account_is_answered_rated_and_opened_again_on_a_phone(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    visitor, phone = visit(PHONE, dark_too=True), phone_of("0912007701")
    _writes(visitor, stack, "0912007701", with_picture=True)
    code = _proves(visitor, phone)
    visitor.reads("Ảnh giấy tờ 1")

    desk = visit(DESKTOP, dark_too=True)
    _officer_answers(desk, code)
    phone.wait_for(f"da tra loi phan anh {code}")

    _follows(visitor, stack, code, phone)
    visitor.reads(ANSWER, "Bước 3/4")
    visitor.submit("Chưa, còn vướng")
    visitor.reads("chưa giúp được bạn")
    visitor.write("Viết thêm cho cơ quan BHXH", AGAIN)
    visitor.submit("Gửi bổ sung")
    visitor.reads(AGAIN, "Bước 2/4")

    desk.open("/can-bo/phan-anh/?loc=cua-toi")
    desk.follow(code)
    desk.reads(AGAIN, "câu trả lời chưa có ích")
    visitor.submit("Xong, rời trang này")
    visitor.is_at("/ho-tro/phan-anh/")


@pytest.mark.guide("U05")
def test_u05_petition_goes_by_keyboard_without_scripts_and_its_closing_is_undone(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    visitor, phone = visit(PHONE, scripts=False, keys=True), phone_of("0912007702")
    _writes(visitor, stack, "0912007702", with_picture=False)
    code = _proves(visitor, phone)
    desk = visit(DESKTOP, scripts=False)
    _officer_answers(desk, code)
    desk.follow(code)
    desk.submit("Đóng phản ánh")
    desk.reads("Đã đóng phản ánh")
    phone.wait_for(f"phan anh {code} da dong")
    visitor.open("/ho-tro/phan-anh/theo-doi/" + code + "/")
    visitor.reads(ANSWER, "Bước 4/4")
    visitor.submit("Có, đã rõ")
    visitor.reads("Cảm ơn bạn")
    visitor.write("Viết thêm cho cơ quan BHXH", AGAIN)
    visitor.submit("Mở lại phản ánh")
    visitor.reads("Đã mở lại phản ánh", "Bước 2/4")
    phone.wait_for(f"phan anh {code} da mo lai")
