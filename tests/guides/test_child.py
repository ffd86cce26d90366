"""«Đăng ký cho con»: a guardian and an officer at once, two children, one print job (C01–C06)."""

import io
import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.guides import deciding
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.demo_phone import DemoPhone
from tests.guides.people import PASSWORD, Person, signed_in_nowhere, with_account
from tests.guides.pictures import of_paper, of_person
from tests.guides.registering import attach
from tests.guides.signing_in import a01_signs_in
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

START = "/dang-ky-cho-con/"
_MENU = ("Thông tin tài khoản", "Đăng ký cho con", "Đổi mật khẩu", "Thiết lập SmartOTP", "Thoát")
# Under 15, so that the parent sees all; of nobody who has an account, and declared by nobody else.
_CHILDREN = """
SELECT p.number, p.full_name FROM people_person p
WHERE p.birth_date > now() - interval '14 years' AND p.full_name ~ '[^ -~]'
  AND NOT EXISTS (SELECT FROM people_guardianship g JOIN accounts_account a USING (number)
                  WHERE g.child_number = p.number)
  AND NOT EXISTS (SELECT FROM registration_declaration d WHERE d.number = p.number)
ORDER BY p.number LIMIT 2
"""


@dataclass(frozen=True, slots=True)
class Child:
    """As the registry knows them."""

    number: str
    full_name: str


def c01_menu_leads_there(visitor: Visitor) -> None:
    """Under the number and name, in the guide's order, on a phone as well."""
    visitor.open("/quan-ly-ca-nhan/")
    visitor.hands.press(visitor.page.locator("summary").filter(visible=True).first)
    shown = visitor.page.locator("details[open] a, details[open] button").filter(visible=True)
    texts = [text.strip() for text in shown.all_inner_texts()]
    assert [text for text in texts if text in _MENU] == list(_MENU)
    visitor.follow("Đăng ký cho con")
    visitor.is_at(START)
    visitor.reads("Hãy chuẩn bị sẵn", "Giấy khai sinh của con")


def c02_child(visitor: Visitor, parent: Person, child: Child, *, is_first: bool) -> None:
    """Relation, portrait, name, number and birth certificate; the rest is locked."""
    visitor.reads(parent.full_name, parent.number, parent.id_number, "không sửa ở đây")
    mother = visitor.page.get_by_role("radio", name="Mẹ")
    if is_first:
        visitor.hands.tick(mother)
    else:
        expect(mother).to_be_checked()
    attach(visitor, "portrait", of_person(child.number))
    visitor.write("Họ và tên của con (đủ dấu)", child.full_name)
    visitor.write("Mã số BHXH của con", child.number)
    attach(visitor, "front", of_paper("front"))
    visitor.submit("Tiếp")


def c03_files(visitor: Visitor, child: Child) -> str:
    """The last look, «Ghi nhận», the form as it will print; returns the code."""
    visitor.is_at(f"{START}xem-lai/")
    visitor.reads(child.full_name, child.number, "Cơ quan BHXH tiếp nhận")
    visitor.submit("Ghi nhận")
    visitor.reads(f"Tờ khai cho {child.full_name} đã được ghi nhận", "bản chính giấy khai sinh")
    expect(visitor.page.get_by_role("img", name=re.compile("Tờ khai cho con"))).to_be_visible()
    return visitor.page.locator(".code-box b").inner_text()


def c03_one_print_job(visitor: Visitor, children: list[Child]) -> None:
    """All that waits in one PDF, a page for each child."""
    visitor.open(START)
    link = visitor.page.get_by_role("link", name="In cả 2 tờ khai")
    answer = visitor.context.request.get(str(link.get_attribute("href")))
    pages = PdfReader(io.BytesIO(answer.body())).pages
    assert [one.number in page.extract_text() for one, page in zip(children, pages, strict=True)]


def _officer_approves(desk: Visitor, code: str, child: Child, parent: Person) -> None:
    deciding.o01_opens_case(desk, code)
    desk.reads("Tờ khai cho con", child.full_name, parent.full_name, "Giấy khai sinh")
    deciding.o03_approves(desk)


def _signs_in(visitor: Visitor, stack: Stack, which: int) -> Person:
    person = signed_in_nowhere(stack, with_account(stack, which))
    stack.change(
        "UPDATE accounts_account SET changes_held_until = NULL WHERE number = %s", person.number
    )
    visitor.open("/?app=1")
    visitor.follow("Tiếp tục")
    a01_signs_in(visitor, person, PASSWORD)
    return person


def _told(phone: DemoPhone, code: str) -> None:
    """C06: to the guardian's own phone."""
    assert code in phone.wait_for("cho con, so BHXH")


@pytest.mark.guide("C01", "C02", "C03", "C04", "C05", "C06")
@pytest.mark.parametrize(
    ("which", "device", "options"),
    [
        (6, PHONE, {"dark_too": True}),
        (3, PHONE, {"scripts": False}),
        (1, DESKTOP, {"keys": True, "dark_too": True}),
    ],
    ids=["phone", "without-scripts", "desktop-by-keyboard"],
)
def test_c01_c02_c03_c04_c05_c06_two_children_are_declared_and_approved(
    stack: Stack,
    visit: OpenVisitor,
    phone_of: OpenPhone,
    which: int,
    device: dict[str, Any],
    options: dict[str, bool],
) -> None:
    visitor, desk = visit(device, **options), visit(DESKTOP)
    parent = _signs_in(visitor, stack, which)
    phone = phone_of(parent.phone)
    children = _at_home(stack, parent)
    c01_menu_leads_there(visitor)
    visitor.reads("Con đã có CMND/CCCD và có số điện thoại riêng thì tự đăng ký")
    codes = []
    for child in children:
        is_first = child is children[0]
        with visitor.leaving():
            start = visitor.page.get_by_role("button", name=re.compile("^Đăng ký cho con"))
            visitor.hands.press(start.filter(visible=True).first)
        c02_child(visitor, parent, child, is_first=is_first)
        if is_first:
            visitor.is_at(f"{START}co-quan/")
            _picks_office(visitor)
        codes.append(c03_files(visitor, child))
        _told(phone, codes[-1])
    c03_one_print_job(visitor, children)

    deciding.officer_signs_in(desk)
    for child, code in zip(children, codes, strict=True):
        _officer_approves(desk, code, child, parent)
        assert code in phone.wait_for("chon ten con o dau trang")
    visitor.open("/quan-ly-ca-nhan/")
    for child in children:
        visitor.open("/quan-ly-ca-nhan/")
        visitor.follow(child.full_name)
        visitor.reads(f"Hồ sơ của {child.full_name}")
    visitor.follow("Về hồ sơ của tôi")


@pytest.mark.guide("C05")
def test_c05_disputed_guardianship_is_closed_to_both_and_decided(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    mother, father, desk = visit(PHONE, dark_too=True), visit(DESKTOP), visit(DESKTOP)
    one, other = _signs_in(mother, stack, 3), _signs_in(father, stack, 6)
    child = Child(*stack.rows(_CHILDREN)[0])
    _hold(stack, child, (one, "mother"), (other, "father"))
    _reports(mother, child)
    phone_of(other.phone).wait_for("dang co y kien khac nhau")
    father.open("/quan-ly-ca-nhan/")
    expect(father.page.get_by_text(child.full_name)).to_have_count(0)
    father.open(START)
    father.reads(child.full_name, "Đang tạm dừng")

    stack.change("UPDATE registration_guardianshipdispute SET office = '00114'")
    _officer_decides(desk, child, one, other)
    phone_of(other.phone).wait_for("khong con xem ho so")
    mother.open("/quan-ly-ca-nhan/")
    mother.follow(child.full_name)
    mother.reads(f"Hồ sơ của {child.full_name}")


def _at_home(stack: Stack, parent: Person) -> list[Child]:
    """Children of the parent's household for whom nobody acts: of others, two officers approve."""
    children = [Child(*row) for row in stack.rows(_CHILDREN)]
    (household,) = stack.rows(
        "SELECT household_code FROM people_person WHERE number = %s", parent.number
    )
    for child in children:
        stack.change(
            "UPDATE people_person SET household_code = %s WHERE number = %s",
            household[0],
            child.number,
        )
        stack.change("DELETE FROM people_guardianship WHERE child_number = %s", child.number)
    return children


def _hold(stack: Stack, child: Child, *guardians: tuple[Person, str]) -> None:
    for who, relation in guardians:
        stack.change(
            "INSERT INTO people_guardianship"
            " (number, id, child_number, child_name, relation, from_date)"
            " VALUES (%s, gen_random_uuid(), %s, %s, %s, current_date - 30)",
            *(who.number, child.number, child.full_name, relation),
        )


def _reports(mother: Visitor, child: Child) -> None:
    mother.open(START)
    name = re.compile(f"Báo không đúng.*{child.full_name}")
    with mother.leaving():
        mother.hands.press(mother.page.get_by_role("link", name=name))
    mother.write("Điều gì không đúng?", "Tòa án giao con cho tôi nuôi.")
    mother.submit("Báo và tạm dừng xem")
    mother.reads("Đang tạm dừng")


def _officer_decides(desk: Visitor, child: Child, stays: Person, goes: Person) -> None:
    deciding.officer_signs_in(desk)
    desk.follow("Giám hộ đang tranh chấp")
    desk.follow(child.number)
    desk.reads("Tòa án giao con cho tôi nuôi.", stays.full_name, goes.full_name)
    desk.hands.tick(desk.page.get_by_label(f"{stays.full_name}, Mẹ"))
    desk.write("Lý do gửi cho những người giám hộ", "Bản án giao con cho mẹ nuôi.")
    desk.submit("Ghi quyết định")
    desk.reads("Đã quyết định")


def _picks_office(visitor: Visitor) -> None:
    """Thanh Trì, where the demo's officer decides."""
    for label, beginning, send in (
        ("BHXH tỉnh, thành phố", "[001]", "Chọn tỉnh này"),
        ("Cơ quan BHXH tiếp nhận", "[00114]", "Xem địa chỉ cơ quan này"),
    ):
        chosen = visitor.page.get_by_label(label).first
        if chosen.locator("option:checked").inner_text().startswith(beginning):
            continue
        options = [text.strip() for text in chosen.locator("option").all_inner_texts()]
        option = next(text for text in options if text.startswith(beginning))
        if not visitor.has_scripts:
            visitor.pick(label, option)
            visitor.submit(send)
            continue
        with visitor.page.expect_response(lambda answer: answer.request.method == "POST"):
            visitor.pick(label, option)
        visitor.until("!document.querySelector('.htmx-request, .htmx-swapping')")
    visitor.submit("Tiếp")
