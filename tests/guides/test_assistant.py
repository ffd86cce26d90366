"""Somebody asks the assistant and looks into the frequent questions, at any hour."""

import pytest
from playwright.sync_api import expect

from tests.guides.conftest import OpenVisitor
from tests.guides.people import PASSWORD, signed_in_nowhere, with_account
from tests.guides.signing_in import a01_signs_in
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

CHAT, LIST = "/ho-tro/tro-ly/", "/ho-tro/cau-hoi-thuong-gap/"
WORKER = 11
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def _goes_to(visitor: Visitor, address: str) -> None:
    """By the row of the help page that leads there."""
    with visitor.leaving():
        visitor.hands.press(visitor.page.locator(f'a.link-row[href="{address}"]'))


def _asks(visitor: Visitor, text: str) -> None:
    """Types it and presses «Gửi»; the newest turn says what was asked."""
    visitor.write("Câu hỏi của bạn", text)
    visitor.press("Gửi")
    expect(visitor.page.locator("#moi-nhat")).to_contain_text(text)
    visitor.look()


@BOTH
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.guide("U05", "W02")
def test_u05_w02_assistant_answers_offers_and_hands_over(
    visit: OpenVisitor, device: dict[str, object], *, scripts: bool
) -> None:
    visitor = visit(device, dark_too=True, scripts=scripts)
    visitor.open("/ho-tro/")
    _goes_to(visitor, CHAT)
    visitor.is_at(CHAT)
    _asks(visitor, "quen mk")
    visitor.reads("Quên mật khẩu thì làm gì?", "Nguồn: hướng dẫn sử dụng VssID")
    _asks(visitor, "cơ quan nào ở thanh trì")
    visitor.reads("BHXH cơ sở Thanh Trì", "024 386 12458")
    _asks(visitor, "đổi bằng lái xe ở đâu")
    visitor.reads("Câu này tôi không biết", "Gọi tổng đài 1900 9068", "Phản ánh kiến nghị")
    _asks(visitor, "tiền")
    visitor.reads("Ý bạn là câu nào?")
    visitor.press("Không có câu nào")
    expect(visitor.page.locator(".talk-us").last).to_contain_text("1900 9068")
    visitor.press("Xóa cuộc trò chuyện")
    expect(visitor.page.locator(".talk-you")).to_have_count(0)


@BOTH
@pytest.mark.guide("U05")
def test_u05_frequent_questions_are_found_read_and_rated(
    visit: OpenVisitor, *, scripts: bool
) -> None:
    visitor = visit(PHONE, dark_too=True, scripts=scripts)
    visitor.open("/ho-tro/")
    _goes_to(visitor, LIST)
    visitor.write("Bạn cần hỏi gì?", "mat the bhyt")
    if not scripts:
        visitor.press("Tìm")
    expect(visitor.page.locator("#ket-qua")).to_contain_text("Mất thẻ BHYT giấy thì làm gì?")
    visitor.look()
    visitor.follow("Mất thẻ BHYT giấy thì làm gì?")
    visitor.reads("thẻ điện tử trên VssID", "Nguồn: NĐ 188/2025/NĐ-CP")
    visitor.press("Không")
    visitor.reads("Chúng tôi sẽ xem lại câu trả lời này", "Gọi tổng đài")


@pytest.mark.guide("U05")
def test_u05_assistant_reads_the_own_record_to_its_owner(visit: OpenVisitor, stack: Stack) -> None:
    person = signed_in_nowhere(stack, with_account(stack, WORKER))
    visitor = visit(PHONE)
    visitor.open(CHAT)
    _asks(visitor, "tôi đóng được bao lâu?")
    visitor.reads("Muốn tôi đọc từ hồ sơ của chính bạn, xin đăng nhập rồi hỏi lại.")
    visitor.open("/?app=1")
    visitor.follow("Tiếp tục")
    a01_signs_in(visitor, person, PASSWORD)
    visitor.open(CHAT)
    expect(visitor.page.locator(".talk-you")).to_have_count(0)
    _asks(visitor, "tôi đóng được bao lâu?")
    expect(visitor.page.locator(".own")).to_contain_text("Tổng thời gian tham gia BHXH")
