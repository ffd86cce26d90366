"""A photographed ID is read: it fills the form in, and another's is told to both sides."""

import random

import pytest
from playwright.sync_api import FilePayload, expect

from tests.guides import counter, deciding
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import Newcomers, Person
from tests.guides.pictures import of_paper, of_person
from tests.guides.registering import Declared, attach, settled
from tests.guides.shortcut import Done, Shortcut
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor
from tests.registration.identity import drawing
from tests.registration.identity.camera import Shot, photograph

INTAKE = "tiepnhan.thanhtri"
PERSON, PAPERS, REVIEW = "/dang-ky/ban-than/", "/dang-ky/giay-to/", "/dang-ky/xem-lai/"
PATIENCE_MS = deciding.READING_SECONDS * 1000


def _card_of(person: Person, stack: Stack) -> FilePayload:
    """A photo of an invented card that says what the registry knows of somebody."""
    chance = random.Random(person.number)  # noqa: S311 - a seed
    face = drawing.card(qr=counter.id_qr(person, stack), module=5, chance=chance)
    jpeg = photograph(face, Shot(zoom=1.3, tilt=10, turn=4, seed=1))
    return FilePayload(name="can-cuoc.jpg", mimeType="image/jpeg", buffer=jpeg)


def _filed(visitor: Visitor) -> str:
    visitor.submit("Ghi nhận")
    visitor.is_at("/dang-ky/da-ghi-nhan/")
    return visitor.page.locator(".code-box b").inner_text()


def _photographs_first(visitor: Visitor, person: Person, card: FilePayload) -> None:
    """The ID before anything is typed: what was read fills what is empty then."""
    visitor.open(PERSON)
    visitor.follow("Chụp giấy tờ trước, máy điền giúp")
    visitor.is_at(PAPERS)
    visitor.look()
    attach(visitor, "front", card)
    settled(visitor, "front")
    visitor.submit("Tiếp")
    visitor.is_at(PERSON)
    expect(visitor.page.locator("#doc-anh")).to_contain_text(
        "Đã đọc xong ảnh giấy tờ", timeout=PATIENCE_MS
    )
    visitor.look()
    visitor.write("Mã số BHXH", person.number)
    visitor.submit("Điền vào ô còn trống")
    visitor.reads("Máy đã điền từ ảnh giấy tờ")
    assert visitor.value("Họ và tên (đủ dấu)") == person.full_name
    assert visitor.value("Số CMND/CCCD/hộ chiếu") == person.id_number
    assert visitor.value("Mã số BHXH") == person.number
    visitor.look()


@pytest.mark.guide("R03", "R04", "O02")
def test_r03_photographed_card_fills_the_form_in_and_agrees_at_the_desk(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person = newcomers.any()
    visitor, desk = visit(PHONE, dark_too=True), visit(DESKTOP, dark_too=True)
    shortcut = Shortcut(visitor, Declared(person))
    shortcut.fill(Done.KIND)
    _photographs_first(visitor, person, _card_of(person, stack))
    attach(visitor, "portrait", of_person(person.number))
    settled(visitor, "portrait")
    visitor.submit("Tiếp")
    visitor.is_at(PAPERS)
    attach(visitor, "back", of_paper("back"))
    settled(visitor, "back")
    visitor.submit("Tiếp")
    shortcut.go_on(Done.PAPERS, Done.OFFICE)
    shortcut.confirm(stack, phone_of(person.phone))
    visitor.open(REVIEW)
    visitor.reads("Ảnh giấy tờ khớp với tờ khai")
    visitor.look()
    code = _filed(visitor)

    deciding.officer_signs_in(desk)
    deciding.o01_opens_case(desk, code)
    desk.reads("Mã QR, dòng máy đọc trên ảnh khớp với tờ khai và cơ sở dữ liệu.")
    desk.look()


@pytest.mark.guide("R04", "R08", "O02")
def test_r08_card_of_somebody_else_is_told_to_applicant_and_officer(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person, other = newcomers.any(), newcomers.lent()
    visitor, desk = visit(PHONE, dark_too=True), visit(DESKTOP, dark_too=True)
    shortcut = Shortcut(visitor, Declared(person))
    shortcut.fill(Done.PERSON)
    photos = {"front": _card_of(other, stack), "back": of_paper("back")}
    shortcut.post("giay-to/", photos, ends_at="dia-chi/")
    shortcut.go_on(Done.PAPERS, Done.OFFICE)
    shortcut.confirm(stack, phone_of(person.phone))
    visitor.open(REVIEW)
    told = visitor.page.locator("#doi-chieu-anh")
    expect(told).to_contain_text("Ảnh giấy tờ và tờ khai có chỗ khác nhau", timeout=PATIENCE_MS)
    expect(told).to_contain_text(other.full_name)
    expect(told.get_by_role("link", name="Sửa tờ khai").first).to_be_visible()
    visitor.look()
    code = _filed(visitor)

    deciding.officer_signs_in(desk)
    deciding.o01_opens_case(desk, code)
    desk.reads("Đọc từ ảnh", other.full_name, other.id_number)
    desk.reads("Cần hai cán bộ, vì:", "Ảnh giấy tờ khác với tờ khai")
    desk.look()


@pytest.mark.guide("R18")
def test_r18_card_of_somebody_else_is_told_at_the_counter_before_it_is_filed(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person, other = newcomers.any(), newcomers.lent()
    desk = visit(DESKTOP, dark_too=True)
    deciding.officer_signs_in(desk, INTAKE)
    counter.fills_in(desk, person, stack, front=_card_of(other, stack))
    counter.confirms(desk, phone_of(person.phone))
    told = desk.page.locator("#doc-tu-anh")
    expect(told).to_contain_text(other.full_name, timeout=PATIENCE_MS)
    expect(told).to_contain_text(other.id_number)
    desk.look()
    desk.follow("Sửa lại")
    assert desk.page.url.endswith("/to-khai/")
    assert desk.value("Mã số BHXH") == person.number, "nothing typed is lost"
