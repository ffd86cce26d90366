"""After «Ghi nhận»: reminders, the lapse, a refusal that is mended, rivals. Time is moved."""

import pytest

from tests.guides import deciding, following, registering
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.demo_phone import DemoPhone
from tests.guides.people import Newcomers, Person
from tests.guides.registering import Declared
from tests.guides.shortcut import Done, Shortcut
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

_EARLIER = """UPDATE registration_declaration SET filed_at = filed_at - make_interval(days => %s)
WHERE number = %s AND state = 'filed'"""
_SAID = "SELECT count(*) FROM messaging_demomessage WHERE address = %s AND text LIKE %s"
REMIND, LAPSE = "vssid.registration.tasks.remind", "vssid.registration.tasks.lapse"


def _file(visitor: Visitor, declared: Declared, phone: DemoPhone, stack: Stack) -> str:
    """Files without drawing a page; returns the path of the link in the SMS."""
    shortcut = Shortcut(visitor, declared)
    shortcut.fill(Done.OFFICE)
    shortcut.confirm(stack, phone)
    shortcut.file()
    return following.link_of(phone.wait_for("da ghi nhan to khai"))


def _days_pass(stack: Stack, person: Person, days: int, *tasks: str) -> None:
    assert stack.change(_EARLIER, days, person.number) == 1
    for task in tasks:
        # Twice: the clock may run again after a crash.
        stack.run_clock(task)
        stack.run_clock(task)


def _count(stack: Stack, person: Person, words: str) -> int:
    address = "+84" + person.phone.removeprefix("0")
    return int(stack.rows(_SAID, address, f"%{words}%")[0][0])


@pytest.mark.guide("R10", "R11")
def test_r10_r11_reminded_twice_then_lapsed_and_declared_again_on_a_phone(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person = newcomers.any()
    visitor, phone = visit(PHONE, dark_too=True), phone_of(person.phone)
    link = _file(visitor, Declared(person), phone, stack)
    following.opens_case(visitor, link, phone, stack)
    visitor.reads(
        "Chờ bạn nộp bản ký", "Bản chính CMND/CCCD", "Giờ làm việc", "Chỉ đường", "Xem trên bản đồ"
    )

    _days_pass(stack, person, 7, REMIND)
    assert following.link_of(phone.wait_for("con cho ban ky")) == link
    _days_pass(stack, person, 2, REMIND)
    phone.wait_for("con cho ban ky")
    _days_pass(stack, person, 2, REMIND, LAPSE)
    phone.wait_for("het han vi chua nop")
    assert _count(stack, person, "con cho ban ky") == 2
    assert _count(stack, person, "het han vi chua nop") == 1

    visitor.open(following.CASE)
    visitor.reads("Tờ khai đã hết hạn")
    visitor.submit("Khai lại từ tờ khai này")
    visitor.is_at("/dang-ky/xac-nhan/")
    registering.r06_picture_code(visitor, stack)
    registering.r07_code(visitor, phone)
    registering.r08_last_look(visitor, Declared(person))
    phone.wait_for("da ghi nhan to khai")
    visitor.follow("Theo dõi tờ khai")
    assert visitor.value("Mã tờ khai") != link


@pytest.mark.guide("R10", "R12", "R13", "R14", "R15", "O01", "O02", "O03")
def test_r10_r12_r13_r14_r15_o01_to_o03_refused_declaration_is_mended_and_approved(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person = newcomers.any()
    declared = Declared(person)
    visitor, desk = visit(PHONE, dark_too=True), visit(DESKTOP)
    phone = phone_of(person.phone)
    link = _file(visitor, declared, phone, stack)
    deciding.officer_signs_in(desk)
    deciding.o01_opens_case(desk, _shown(link))
    deciding.o03_refuses(desk, "Ảnh giấy tờ mờ, không đọc được.")
    refusal = phone.wait_for("chua duoc duyet")
    assert following.link_of(refusal) == link

    following.opens_case(visitor, link, phone, stack)
    visitor.reads("Tờ khai chưa được duyệt", "Ảnh giấy tờ mờ", "Xin chụp lại giấy tờ")
    visitor.submit("Sửa và khai lại")
    visitor.is_at("/dang-ky/giay-to/")
    visitor.reads("Chỗ cần sửa ở bước này", "Xin chụp lại giấy tờ")
    registering.r04_papers(visitor)
    visitor.submit("Tiếp")
    visitor.submit("Tiếp")
    registering.r06_picture_code(visitor, stack)
    registering.r07_code(visitor, phone)
    registering.r08_last_look(visitor, declared)
    again = following.link_of(phone.wait_for("da ghi nhan to khai"))

    deciding.o01_opens_case(desk, _shown(again))
    deciding.o02_compares(desk, person)
    deciding.o03_approves(desk)
    phone.wait_for("da nhan ban ky")
    assert phone.first_password(person.number)
    following.opens_case(visitor, again, phone, stack)
    visitor.reads("Tờ khai đã được duyệt", f"Sửa từ tờ khai {_shown(link)}")
    visitor.follow("Đăng nhập")


@pytest.mark.guide("R12")
def test_r12_stranger_with_another_phone_replaces_nothing(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person, stranger = newcomers.any(), newcomers.any()
    rival = Person(person.number, person.full_name, person.id_number, stranger.phone)
    owner, other = visit(PHONE, dark_too=True), visit(PHONE)
    phone, foreign = phone_of(person.phone), phone_of(stranger.phone)
    link = _file(owner, Declared(person), phone, stack)
    _file(other, Declared(rival), foreign, stack)
    for receiver in (phone, foreign):
        assert "kiem tra giay to goc" in receiver.wait_for("hai to khai")
    other.open("/dang-ky/da-ghi-nhan/")
    other.reads("Có tờ khai khác cho cùng mã số BHXH")
    following.opens_case(owner, link, phone, stack)
    owner.reads("Chờ bạn nộp bản ký", "không ai được duyệt thay bạn")
    states = "SELECT state, is_contested FROM registration_declaration WHERE number = %s"
    assert set(stack.rows(states, person.number)) == {("filed", True)}


@pytest.mark.guide("R13")
def test_r13_both_sides_read_one_deadline_without_scripts(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person = newcomers.any()
    visitor, desk = visit(PHONE, scripts=False), visit(DESKTOP)
    phone = phone_of(person.phone)
    link = _file(visitor, Declared(person), phone, stack)
    deciding.officer_signs_in(desk)
    deciding.o01_opens_case(desk, _shown(link))
    desk.submit("Đủ hồ sơ, duyệt sau")
    due = phone.wait_for("da nhan ban ky").split("cham nhat luc ")[1].split(". ")[0]
    desk.reads(due)
    following.opens_case(visitor, link, phone, stack)
    visitor.reads("Đủ hồ sơ, đang chờ duyệt", f"Kết quả có chậm nhất lúc {due}")
    visitor.submit("Đóng hồ sơ")
    visitor.is_at("/dang-ky/theo-doi/")


@pytest.mark.guide("R15")
def test_r15_code_of_nobody_is_answered_alike_and_a_lapsed_case_is_not_decided(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone, newcomers: Newcomers
) -> None:
    person = newcomers.any()
    visitor, desk, phone = visit(PHONE), visit(DESKTOP), phone_of(person.phone)
    link = _file(visitor, Declared(person), phone, stack)
    following.asks(visitor, "/dang-ky/theo-doi/TK00000000/", stack)
    visitor.write("Mã OTP", "123456")
    visitor.submit("Xác nhận")
    visitor.reads("Nếu có tờ khai mang mã này", "lần nhập")

    deciding.officer_signs_in(desk)
    deciding.o01_opens_case(desk, _shown(link))
    _days_pass(stack, person, 11, LAPSE)
    desk.hands.tick(desk.page.get_by_label("Đã nhận bản ký và đối chiếu với giấy tờ gốc"))
    desk.submit("Duyệt")
    desk.reads("không còn chờ xử lý (Đã hết hạn)")


def _shown(link: str) -> str:
    """The code as people read it: the last part of the link."""
    code = link.rstrip("/").rpartition("/")[2]
    return f"{code[:2]}-{code[2:6]}-{code[6:]}"
