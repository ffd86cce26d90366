"""Somebody asks the assistant and looks into the frequent questions, at any hour."""

import pytest
from playwright.sync_api import Locator, expect

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


def _hands_over(visitor: Visitor, text: str) -> None:
    """What is not known goes on into a petition, by a form: nothing of it stands in the address."""
    _asks(visitor, text)
    with visitor.leaving():
        visitor.hands.press(visitor.page.locator(".talk-us").last.get_by_role("button").first)
    visitor.is_at("/ho-tro/phan-anh/viet/")
    expect(visitor.page.get_by_label("Nội dung phản ánh")).to_have_value(text)
    visitor.look()


@BOTH
@pytest.mark.guide("U05")
def test_u05_field_and_newest_answer_are_in_sight_on_a_small_phone(
    visit: OpenVisitor, *, scripts: bool
) -> None:
    small = PHONE | {"viewport": {"width": 360, "height": 640}}
    visitor = visit(small, dark_too=True, scripts=scripts)
    visitor.open(CHAT)
    field = visitor.page.get_by_label("Câu hỏi của bạn")
    _stands_free(visitor, field)
    for text in ("quen mk", "mất thẻ bhyt", "đóng bhxh tự nguyện bao nhiêu một tháng"):
        _asks(visitor, text)
        newest = visitor.page.locator(".talk-us").last.locator("p").first
        expect(newest).to_be_in_viewport(ratio=1)
        _stands_free(visitor, field)


def _stands_free(visitor: Visitor, field: Locator) -> None:
    """Whole on the screen, and nothing lies over it: not the tab bar either."""
    expect(field).to_be_in_viewport(ratio=1)
    box = field.bounding_box()
    assert box is not None
    middle, foot = box["x"] + box["width"] / 2, box["y"] + box["height"] - 2
    assert (
        visitor.page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.id", [middle, foot])
        == "hoi"
    )


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
    _hands_over(visitor, "zxcv qwer tyui")
    visitor.open(CHAT)
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
    visitor.reads("thẻ điện tử trên VssID", "Nguồn: CV 168/BHXH-QLT", "NĐ 188/2025/NĐ-CP")
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
