"""The officer's side: the queue, one case, approve or refuse with a reason."""

import time

from playwright.sync_api import expect

from tests.guides.people import PASSWORD, Person
from tests.guides.stack import Stack
from tests.guides.visitor import Visitor
from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.web.demo.otp_secrets import smart_otp_secret

OFFICER = "canbo.thanhtri"
READING_SECONDS = 40
"""One photo takes seconds; others may be before it."""

_used: dict[str, int] = {}


def officer_signs_in(desk: Visitor, user_name: str = OFFICER) -> None:
    """At `/can-bo/`: the password, then what their SmartOTP shows."""
    desk.open("/can-bo/")
    desk.is_at("/can-bo/dang-nhap/")
    desk.write("Tên đăng nhập", user_name)
    desk.write("Mật khẩu", PASSWORD)
    desk.submit("Đăng nhập")
    desk.is_at("/can-bo/dang-nhap/buoc-hai/")
    desk.write("Mã SmartOTP", smart_otp(user_name))
    desk.submit("Xác nhận")
    desk.is_at("/can-bo/")


def smart_otp(user_name: str) -> str:
    """A code of a demo officer that was not used yet: of this step or the next.

    Each serves once; a third sign-in of one test within a minute waits for the clock. That of the
    step before may be too old by the time it is sent.
    """
    step = max(_used.get(user_name, 0) + 1, totp.step_at(utc_now()))
    while step > totp.step_at(utc_now()) + 1:
        time.sleep(0.5)
    _used[user_name] = step
    return totp.code_at(smart_otp_secret(user_name), step)


def forget_codes(stack: Stack) -> None:
    """Let every code serve again, so that no test waits for the codes of the one before."""
    stack.change("UPDATE staff_officerotp SET last_step = 0")
    _used.clear()


def o01_opens_case(desk: Visitor, code: str) -> None:
    """The case stands in the queue of the office, opens from it and is taken on."""
    desk.open("/can-bo/")
    desk.reads(code)
    desk.follow(code)
    desk.is_at(f"/can-bo/ho-so/{code}/")
    takes_on(desk)


def takes_on(desk: Visitor) -> None:
    """«Nhận xử lý»: from now on others see who works on it."""
    desk.submit("Nhận xử lý")
    desk.reads("Bạn đang xử lý, giữ đến")


def o01_scans(desk: Visitor, scanned: str, code: str) -> None:
    """A keyboard scanner types what the paper's QR says into the search and ends with Enter."""
    desk.open("/can-bo/")
    desk.page.keyboard.press("/")
    desk.page.keyboard.type(scanned)
    with desk.leaving():
        desk.page.keyboard.press("Enter")
    desk.is_at(f"/can-bo/ho-so/{code}/")


def proposes(desk: Visitor) -> None:
    """Compared, and left to the second of two officers."""
    desk.hands.tick(desk.page.get_by_label("Đã nhận bản ký và đối chiếu với giấy tờ gốc"))
    desk.submit("Trình người thứ hai")
    desk.reads("Đã trình tờ khai")


def o02_compares(desk: Visitor, person: Person) -> None:
    """Declaration beside registry, and the three photos."""
    desk.reads("Tờ khai và cơ sở dữ liệu", person.full_name, person.number, "Khớp")
    for photo in ("Ảnh chân dung", "Mặt trước", "Mặt sau"):
        picture = desk.page.get_by_role("img", name=photo)
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)


def paper_is_read(desk: Visitor) -> None:
    """Wait until the worker has read the photos: nobody approves before."""
    until = time.monotonic() + READING_SECONDS
    while "Đang đọc" in " ".join(desk.page.locator("#doc-tu-anh").all_inner_texts()):
        assert time.monotonic() < until, "the photos were not read"
        time.sleep(0.5)
        desk.page.reload()


def o03_approves(desk: Visitor) -> None:
    """Only after saying that paper and original were compared."""
    paper_is_read(desk)
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
