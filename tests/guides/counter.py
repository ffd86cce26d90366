"""The officer's side at the counter: who comes with nothing but an ID and a phone (guides R18)."""

from playwright.sync_api import FilePayload

from tests.guides import pictures, registering
from tests.guides.demo_phone import DemoPhone
from tests.guides.people import Person
from tests.guides.stack import Stack
from tests.guides.visitor import Visitor


def id_qr(person: Person, stack: Stack) -> str:
    """What the QR of an invented card says: all that the registry knows of somebody."""
    [(born, sex)] = stack.rows(
        "SELECT birth_date, sex FROM people_person WHERE number = %s", person.number
    )
    words = "Nam" if sex == "M" else "Nữ"
    return f"{person.id_number}||{person.full_name}|{born:%d%m%Y}|{words}|Thôn Đông|01012022"


def fills_in(
    desk: Visitor, person: Person, stack: Stack, *, front: FilePayload | None = None
) -> None:
    """Scans the ID card, completes the form, takes the photos from files."""
    scanned = id_qr(person, stack)
    desk.open("/can-bo/")
    desk.follow("Đăng ký tại quầy")
    desk.write("Quét QR trên thẻ CCCD, hoặc nhập số", scanned)
    desk.submit("Bắt đầu khai")
    assert desk.value("Mã số BHXH") == person.number
    registering.pick_list(desk, "Tỉnh, thành phố", "01 - Thành phố Hà Nội", "Chọn tỉnh này")
    desk.pick("Xã, phường, đặc khu", "00640 - Xã Thanh Trì")
    desk.write("Số nhà, đường phố, thôn, xóm", "Số 12, ngõ 5, thôn Đông")
    desk.write("Số điện thoại di động", person.phone)
    registering.attach(desk, "portrait", pictures.of_person(person.number))
    registering.attach(desk, "front", front or pictures.of_paper("front"))
    registering.attach(desk, "back", pictures.of_paper("back"))


def confirms(desk: Visitor, phone: DemoPhone) -> None:
    """The code that the person's own phone shows."""
    desk.submit("Gửi mã OTP đến người khai")
    desk.write("Mã OTP trên điện thoại của người khai", phone.code("xac nhan to khai"))
    desk.submit("Xác nhận")
