"""«Tin tức»: an editor writes, schedules and pins; visitors read and search (U04, U06)."""

import pytest

from tests.guides import deciding, pictures
from tests.guides.conftest import OpenVisitor
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

EDITOR = "bientap"
TITLE = "Điểm tiếp nhận lưu động ở chợ Văn Điển"
SUMMARY = "Sáng Chủ nhật, cán bộ nhận bản ký ngay tại chợ."
BODY = "Mang theo:\n\n- tờ khai đã ký\n- **bản chính** CCCD\n\n<script>alert(1)</script>"


def _writes(desk: Visitor) -> None:
    deciding.officer_signs_in(desk, EDITOR)
    desk.follow("Tin tức")
    desk.follow("Viết tin mới")
    desk.write("Tiêu đề", TITLE)
    desk.write("Nội dung", BODY)
    desk.submit("Xem trước")
    desk.reads("Xin viết tóm tắt")
    assert desk.value("Tiêu đề") == TITLE
    desk.write("Tóm tắt", SUMMARY)
    desk.submit("Xem trước")
    desk.reads("Xem trước, chưa lưu", "bản chính")
    desk.submit("Lưu")
    desk.reads("Đã lưu.", "Bản nháp")


def _finds(visitor: Visitor) -> None:
    visitor.open("/tin-tuc/")
    visitor.write("Tìm trong tin tức", "luu dong cho van dien")
    visitor.submit("Tìm")
    visitor.reads("1 tin có")
    visitor.follow(TITLE)
    visitor.reads(SUMMARY, "bản chính CCCD")


def _forget(stack: Stack) -> None:
    stack.change("DELETE FROM support_articlepicture")
    stack.change(
        "DELETE FROM support_articleversion WHERE article_id IN "
        "(SELECT id FROM support_article WHERE slug LIKE 'diem-tiep-nhan-luu-dong%%')"
    )
    stack.change("DELETE FROM support_article WHERE slug LIKE 'diem-tiep-nhan-luu-dong%%'")


@pytest.mark.guide("U04")
def test_u04_news_is_written_scheduled_pinned_and_read_on_a_phone(
    stack: Stack, visit: OpenVisitor
) -> None:
    _forget(stack)
    desk = visit(DESKTOP, dark_too=True)
    _writes(desk)
    desk.hands.attach(
        desk.page.locator("#picture"), desk.page.locator("#picture"), pictures.of_paper("truoc")
    )
    desk.write("Trong ảnh có gì", "Bàn tiếp nhận ở cổng chợ")
    desk.submit("Thêm ảnh")
    desk.reads("Đã thêm ảnh.", "Ảnh 1")
    desk.hands.tick(desk.page.get_by_label("Hẹn giờ đăng"))
    desk.page.get_by_label("Giờ đăng", exact=True).fill("2099-01-01T08:00")
    desk.hands.tick(desk.page.get_by_label("Ghim lên đầu"))
    desk.submit("Lưu")
    desk.reads("Chờ đến giờ đăng", "08:00 01/01/2099")

    visitor = visit(PHONE, dark_too=True)
    visitor.open("/tin-tuc/?tim=luu+dong")
    visitor.reads("Không có tin nào khớp")
    stack.change(
        "UPDATE support_article SET publish_at = now() - interval '1 hour' WHERE title = %s", TITLE
    )
    _finds(visitor)
    assert visitor.page.get_by_alt_text("Bàn tiếp nhận ở cổng chợ").is_visible()
    visitor.open("/")
    visitor.reads(TITLE)

    desk.page.reload()
    desk.follow("Gỡ xuống")
    desk.submit("Gỡ xuống")
    desk.reads("Đã gỡ tin xuống")
    visitor.open("/tin-tuc/?tim=luu+dong")
    visitor.reads("Không có tin nào khớp")


@pytest.mark.guide("U04")
def test_u04_news_goes_by_keyboard_without_scripts(stack: Stack, visit: OpenVisitor) -> None:
    _forget(stack)
    desk = visit(DESKTOP, scripts=False)
    _writes(desk)
    desk.hands.tick(desk.page.get_by_label("Đăng ngay"))
    desk.submit("Lưu")
    desk.reads("Đang đăng")
    desk.follow("Phiên bản 1")
    desk.submit("Khôi phục phiên bản này")
    desk.reads("Đã lưu.", "Đang đăng")
    _finds(visit(PHONE, scripts=False, keys=True))
    _forget(stack)


@pytest.mark.guide("U06")
def test_u06_visitor_sees_what_is_open_and_what_needs_an_account(
    stack: Stack, visit: OpenVisitor
) -> None:
    for visitor in (visit(PHONE, dark_too=True), visit(DESKTOP), visit(PHONE, scripts=False)):
        visitor.open("/")
        visitor.reads("Không cần tài khoản", "Của riêng bạn, nên cần đăng nhập", "Tin mới")
        visitor.page.locator(".tile", has_text="Tin tức").click()
        visitor.page.wait_for_url("**/tin-tuc/")
        visitor.look()
        visitor.reads("Tất cả", "Cảnh báo lừa đảo")
