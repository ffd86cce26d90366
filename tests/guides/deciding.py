"""The officer's side: the queue, one case, approve or refuse with a reason."""

from playwright.sync_api import expect

from tests.guides.people import PASSWORD, Person
from tests.guides.visitor import Visitor

OFFICER = "canbo.thanhtri"


def officer_signs_in(desk: Visitor, user_name: str = OFFICER) -> None:
    """At `/can-bo/`."""
    desk.open("/can-bo/")
    desk.is_at("/can-bo/dang-nhap/")
    desk.write("Tên đăng nhập", user_name)
    desk.write("Mật khẩu", PASSWORD)
    desk.submit("Đăng nhập")
    desk.is_at("/can-bo/")


def o01_opens_case(desk: Visitor, code: str) -> None:
    """The case stands in the queue of the office and opens from it."""
    desk.open("/can-bo/")
    desk.reads(code)
    desk.follow(code)
    desk.is_at(f"/can-bo/ho-so/{code}/")


def o02_compares(desk: Visitor, person: Person) -> None:
    """Declaration beside registry, and the three photos."""
    desk.reads("Tờ khai và cơ sở dữ liệu", person.full_name, person.number, "Khớp")
    for photo in ("Ảnh chân dung", "Mặt trước", "Mặt sau"):
        picture = desk.page.get_by_role("img", name=photo)
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)


def o03_approves(desk: Visitor) -> None:
    """Only after saying that paper and original were compared."""
    compared = desk.page.get_by_label("Đã nhận bản ký và đối chiếu với giấy tờ gốc")
    desk.hands.tick(compared)
    desk.submit("Duyệt")
    desk.reads("Đã duyệt tờ khai")


def o03_refuses(desk: Visitor, reason: str) -> None:
    """Not without a reason; with one from the list."""
    desk.hands.press(desk.page.locator("summary", has_text="Từ chối"))
    desk.submit("Từ chối với lý do này")
    desk.reads("Xin chọn hoặc ghi lý do từ chối")
    desk.hands.tick(desk.page.get_by_label(reason))
    desk.submit("Từ chối với lý do này")
    desk.reads("Đã từ chối tờ khai")
