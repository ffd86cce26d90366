"""The steps of registration, in the order of guide L. Each begins on its page and ends on the next.

Their names begin with the rows that they show.
"""

import io
import re
from dataclasses import dataclass

from playwright.sync_api import FilePayload, expect
from pypdf import PdfReader

from tests.guides.demo_phone import DemoPhone
from tests.guides.people import Person
from tests.guides.picture_code import read_picture
from tests.guides.pictures import of_paper, of_person
from tests.guides.stack import Stack
from tests.guides.visitor import Visitor

HELP = "Cần giúp? Gọi"


@dataclass(frozen=True, slots=True)
class Declared:
    """What somebody writes into Mẫu số 01. Areas and offices as their lists show them."""

    person: Person
    province: str = "01 - Thành phố Hà Nội"
    district: str = ""
    commune: str = "00640 - Xã Thanh Trì"
    street: str = "Số 12, ngõ 5, thôn Đông"
    email: str = ""
    agency: str = "[001] BHXH TP Hà Nội"
    office: str = "[00114]"


def r01_app_door(visitor: Visitor) -> None:
    """The app's start address: welcome, what to have at hand, «Tiếp tục», «Đăng ký ngay»."""
    visitor.open("/?app=1")
    visitor.reads("Hãy chuẩn bị sẵn", "Mã số BHXH", "CCCD", "OTP")
    visitor.follow("Tiếp tục")
    visitor.is_at("/")
    visitor.follow("Đăng ký ngay")
    visitor.is_at("/dang-ky/")


def r01_portal_door(visitor: Visitor) -> None:
    """The portal's home page: «Đăng ký»."""
    visitor.open("/")
    visitor.follow("Đăng ký")
    visitor.is_at("/dang-ky/")


def r02_kind(visitor: Visitor) -> None:
    """What to have at hand once more, «Đăng ký ngay», «Cá nhân», «Tiếp»."""
    visitor.reads("Hãy chuẩn bị sẵn", "Điện thoại chính chủ", HELP)
    visitor.follow("Đăng ký ngay")
    visitor.hands.tick(visitor.page.get_by_role("radio", name="Cá nhân"))
    visitor.submit("Tiếp")
    visitor.is_at("/dang-ky/ban-than/")


def r03_r04_person(visitor: Visitor, declared: Declared, *, with_camera: bool = False) -> None:
    """Portrait, name, BHXH number, ID number."""
    person = declared.person
    visitor.reads("Tờ khai Mẫu số 01", "Bước 1/6", HELP)
    if with_camera:
        _take_photo(visitor, "portrait")
    else:
        attach(visitor, "portrait", of_person(person.number))
    visitor.write("Họ và tên (đủ dấu)", person.full_name)
    visitor.write("Mã số BHXH", person.number)
    visitor.write("Số CMND/CCCD/hộ chiếu", person.id_number)
    visitor.submit("Tiếp")
    visitor.is_at("/dang-ky/giay-to/")


def r04_papers(visitor: Visitor) -> None:
    """Front and back of the ID card."""
    visitor.reads("CMND/CCCD mặt trước", "CMND/CCCD mặt sau", HELP)
    attach(visitor, "front", of_paper("front"))
    attach(visitor, "back", of_paper("back"))
    visitor.submit("Tiếp")
    visitor.is_at("/dang-ky/dia-chi/")


def r03_address(visitor: Visitor, declared: Declared) -> None:
    """Areas from lists that show their codes, street, mobile number, email."""
    visitor.reads(HELP)
    if declared.district:
        _change_list(visitor, "Dùng địa chỉ trước 1/7/2025", "Quận, huyện (cũ)")
    pick_list(visitor, "Tỉnh, thành phố", declared.province, "Chọn tỉnh này")
    if declared.district:
        pick_list(visitor, "Quận, huyện (cũ)", declared.district, "Chọn huyện này")
    last = "Xã, phường, thị trấn" if declared.district else "Xã, phường, đặc khu"
    visitor.pick(last, declared.commune)
    visitor.write("Số nhà, đường phố, thôn, xóm", declared.street)
    visitor.write("Số điện thoại di động", declared.person.phone)
    if declared.email:
        visitor.write("Email (không bắt buộc)", declared.email)
    visitor.submit("Tiếp")
    visitor.is_at("/dang-ky/co-quan/")


def r05_r19_office(visitor: Visitor, declared: Declared) -> None:
    """The province's agency, then an office below it, with its address and phone."""
    pick_list(visitor, "BHXH tỉnh, thành phố", declared.agency, "Chọn tỉnh này")
    office = option_beginning(visitor, "Cơ quan BHXH tiếp nhận", declared.office)
    pick_list(visitor, "Cơ quan BHXH tiếp nhận", office, "Xem địa chỉ cơ quan này")
    visitor.reads("Mã cơ quan", declared.office.strip("[]"), "Địa chỉ", HELP)
    visitor.submit("Tiếp")
    visitor.is_at("/dang-ky/xac-nhan/")


def r06_picture_code(visitor: Visitor, stack: Stack) -> None:
    """«Mã kiểm tra»: the letters and digits of the picture."""
    # Whoever registers a second time has spent more than a minute on it.
    stack.end_pause()
    visitor.write("Mã kiểm tra", read_picture(visitor, stack))
    visitor.submit("Gửi mã OTP")
    visitor.is_at("/dang-ky/ma-otp/")


def r07_code(visitor: Visitor, phone: DemoPhone) -> None:
    """The OTP of the SMS is typed back."""
    visitor.write("Mã OTP", phone.code("xac nhan to khai"))
    visitor.submit("Xác nhận")
    visitor.is_at("/dang-ky/xem-lai/")


def r08_last_look(visitor: Visitor, declared: Declared) -> None:
    """Everything entered stands there; «Ghi nhận» files it and the form is shown at once."""
    person = declared.person
    visitor.reads("Xin xem kỹ lần cuối", person.full_name, person.number, person.id_number)
    visitor.reads(declared.street, declared.commune.split(" - ")[1], declared.office, HELP)
    visitor.submit("Ghi nhận")
    visitor.is_at("/dang-ky/da-ghi-nhan/")
    visitor.reads("Tờ khai đã được ghi nhận", "Nộp chậm nhất ngày", "bản chính")
    assert visitor.page.get_by_role("img", name="Tờ khai Mẫu số 01 đã điền").is_visible()


def r09_saved_form(visitor: Visitor, declared: Declared) -> str:
    """«Lưu file» gives one page with what was entered; «In tờ khai» is there. Returns the code."""
    with visitor.page.expect_download() as saved:
        visitor.press("Lưu file", "link")
    assert re.fullmatch(r"to-khai-TK-\w{4}-\w{4}\.pdf", saved.value.suggested_filename)
    (sheet,) = PdfReader(io.BytesIO(saved.value.path().read_bytes())).pages
    text = " ".join(sheet.extract_text().split())
    assert declared.person.number in text.replace(" ", "")
    assert "5236/VBHN" in text
    printing = visitor.page.get_by_text("In tờ khai", exact=True).locator("visible=true")
    expect(printing).to_have_count(1)
    code = visitor.page.locator(".code-box b").inner_text()
    assert code in saved.value.suggested_filename
    return code


def r10_received(phone: DemoPhone) -> None:
    """An SMS says that the declaration was received."""
    assert "ban chinh CMND/CCCD" in phone.wait_for("da ghi nhan to khai")


def register(
    visitor: Visitor, declared: Declared, phone: DemoPhone, stack: Stack, *, camera: bool = False
) -> str:
    """From «Cá nhân» to the SMS that confirms; returns the code of the declaration."""
    r02_kind(visitor)
    r03_r04_person(visitor, declared, with_camera=camera)
    r04_papers(visitor)
    r03_address(visitor, declared)
    r05_r19_office(visitor, declared)
    r06_picture_code(visitor, stack)
    r07_code(visitor, phone)
    r08_last_look(visitor, declared)
    code = r09_saved_form(visitor, declared)
    r10_received(phone)
    return code


def attach(visitor: Visitor, kind: str, photo: FilePayload) -> None:
    """«Chọn từ máy» in the box of one photo."""
    label = visitor.page.locator(f'label[for="{kind}-file"]')
    visitor.hands.attach(visitor.page.locator(f"#{kind}-file"), label, photo)
    if visitor.has_scripts:
        note = visitor.page.locator(f"#{kind}-box .photo-note")
        expect(note).to_have_class(re.compile("is-(good|warn)"))
        expect(note).not_to_have_text("Đang chuẩn bị ảnh…")


def settled(visitor: Visitor, kind: str) -> None:
    """The photo has arrived: it is saved, or «Chụp lại?» is asked about it."""
    visitor.until(
        f"!document.querySelector('#{kind}-question').hidden || "
        f"document.querySelector('#{kind}-box .photo-note').textContent === 'Đã gửi và lưu ảnh.'"
    )


def _take_photo(visitor: Visitor, kind: str) -> None:
    visitor.hands.press(visitor.page.locator(f'label[for="{kind}"]'))
    expect(visitor.page.get_by_role("dialog")).to_be_visible()
    visitor.until("document.querySelector('dialog video').videoWidth > 0")
    visitor.press("Chụp")
    expect(visitor.page.locator(f"#{kind}-box canvas")).to_be_visible()
    settled(visitor, kind)


def pick_list(visitor: Visitor, label: str, option: str, send: str) -> None:
    """Choose where the next list follows from the choice: by itself, or by a button without it."""
    if not visitor.has_scripts:
        visitor.pick(label, option)
        visitor.submit(send)
        return
    chosen = visitor.page.get_by_label(label).first.locator("option:checked")
    if chosen.inner_text() == option:
        return
    with visitor.page.expect_response(lambda answer: answer.request.method == "POST"):
        visitor.pick(label, option)
    visitor.until("!document.querySelector('.htmx-request, .htmx-swapping')")
    expect(visitor.page.get_by_label(label).first.locator("option:checked")).to_have_text(option)


def _change_list(visitor: Visitor, button: str, appearing: str) -> None:
    if visitor.has_scripts:
        visitor.press(button)
    else:
        visitor.submit(button)
    expect(visitor.page.get_by_label(appearing).first).to_be_visible()


def option_beginning(visitor: Visitor, label: str, beginning: str) -> str:
    """The whole text of the option that begins so."""
    options = visitor.page.get_by_label(label).first.locator("option").all_inner_texts()
    return next(text.strip() for text in options if text.strip().startswith(beginning))
