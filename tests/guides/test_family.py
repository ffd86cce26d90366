"""The family: a child's record by the parent's account, one's own read by somebody else (C05)."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.demo_phone import DemoPhone
from tests.guides.people import PASSWORD, Person, signed_in_nowhere, with_account
from tests.guides.signing_in import a01_signs_in
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

HOME, SHARES = "/quan-ly-ca-nhan/", "/chia-se/"
_CHILDREN = "SELECT child_name, child_number FROM people_guardianship WHERE number = %s ORDER BY id"


def _somebody(stack: Stack, which: int) -> Person:
    """Signed in nowhere; what another walk changed of their account makes nobody wait."""
    person = signed_in_nowhere(stack, with_account(stack, which))
    stack.change(
        "UPDATE accounts_account SET changes_held_until = NULL WHERE number = %s", person.number
    )
    stack.change(
        "UPDATE people_share SET ended_at = now(), end_reason = 'owner'"
        " WHERE owner_number = %s AND ended_at IS NULL",
        person.number,
    )
    return person


def _in_app(visitor: Visitor, person: Person) -> None:
    visitor.open("/?app=1")
    visitor.follow("Tiếp tục")
    a01_signs_in(visitor, person, PASSWORD)
    visitor.is_at(HOME)


def _says_whose(visitor: Visitor, name: str, relation: str) -> None:
    """In the bar, in the title; and nothing of one's own account stands beside it."""
    bar = visitor.page.locator(".whose")
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text(f"Hồ sơ của {name}")
    expect(bar).to_contain_text(relation)
    assert f"của {name} – VssID" in visitor.page.title()
    for own in (".drawer", ".tabbar", ".account"):
        expect(visitor.page.locator(own)).to_have_count(0)


def c05_switches_to_a_child_and_back(visitor: Visitor, parent: Person, child: str) -> None:
    """Home, card, history and medical book of the child; each says whose it is."""
    visitor.open(HOME)
    expect(visitor.page.locator(".whose")).to_have_count(0)
    visitor.follow(child)
    _says_whose(visitor, child, "Con của bạn")
    home = visitor.page.url
    for page in ("Thẻ BHYT", "Quá trình tham gia", "Sổ khám chữa bệnh"):
        visitor.page.goto(home)
        visitor.follow(page)
        _says_whose(visitor, child, "Con của bạn")
    visitor.page.goto(home)
    visitor.follow("Thẻ BHYT")
    visitor.follow("Xem thẻ Bảo hiểm y tế")
    _says_whose(visitor, child, "Con của bạn")
    visitor.follow("Về hồ sơ của tôi")
    visitor.is_at(HOME)
    visitor.reads(parent.full_name, parent.number)
    expect(visitor.page.locator(".whose")).to_have_count(0)


def _shares(visitor: Visitor, owner: Person, reader: Person, phone: DemoPhone) -> None:
    """From home: who, what, for how long; a name that does not match, then the code."""
    visitor.follow("Chia sẻ hồ sơ")
    visitor.reads("Bạn chưa cho ai xem hồ sơ của mình.")
    visitor.follow("Cho người khác xem hồ sơ")
    visitor.write("Mã số BHXH của người được xem", reader.number)
    visitor.write("Họ và tên của người ấy", owner.full_name)
    visitor.hands.tick(visitor.page.get_by_role("checkbox", name="Sổ khám chữa bệnh"))
    visitor.hands.tick(visitor.page.get_by_role("radio", name="1 tuần"))
    visitor.submit("Tiếp tục, gửi mã OTP cho tôi")
    visitor.reads("Không có tài khoản VssID nào khớp")
    assert visitor.page.get_by_role("checkbox", name="Sổ khám chữa bệnh").is_checked()
    visitor.write("Họ và tên của người ấy", reader.full_name)
    visitor.submit("Tiếp tục, gửi mã OTP cho tôi")
    visitor.reads(reader.full_name, "Thẻ BHYT, Sổ khám chữa bệnh")
    visitor.write("Mã OTP", phone.code("XEM ho so cua"))
    visitor.submit("Cho xem")
    visitor.reads("Đã gửi lời mời", "Chờ người ấy nhận lời")


def _accepts_and_reads(visitor: Visitor, owner: Person) -> str:
    """Returns the address of what may be read; nothing on it can be changed."""
    visitor.follow("Chia sẻ hồ sơ")
    visitor.reads(f"{owner.full_name} mời bạn xem hồ sơ")
    visitor.submit("Nhận lời")
    visitor.follow(f"Xem hồ sơ của {owner.full_name}")
    _says_whose(visitor, owner.full_name, "Chia sẻ cho bạn xem đến")
    home = visitor.page.url
    for page in ("Thẻ BHYT", "Sổ khám chữa bệnh"):
        visitor.page.goto(home)
        visitor.follow(page)
        _says_whose(visitor, owner.full_name, "Chia sẻ cho bạn xem đến")
        expect(visitor.page.get_by_role("link", name="Báo sai sót")).to_have_count(0)
        assert _sends_to(visitor) <= {"/phien/gia-han/", "/thoat/"}
    visitor.page.goto(home)
    with visitor.leaving():
        tile = visitor.page.get_by_role("link", name=re.compile("^Quá trình tham gia"))
        visitor.hands.press(tile.first)
    visitor.reads(f"{owner.full_name} không chia sẻ phần này")
    return home


def _sends_to(visitor: Visitor) -> set[str]:
    forms = "[...document.querySelectorAll('form[method=post]')].map(e => e.getAttribute('action'))"
    return set(visitor.page.evaluate(forms)) if visitor.has_scripts else set()


def _ends_it(visitor: Visitor, reader: Person) -> None:
    """One press; who looked is told."""
    visitor.open(SHARES)
    visitor.submit(f"Dừng, không cho {reader.full_name} xem nữa")
    visitor.reads("Đã dừng", "Bạn chưa cho ai xem hồ sơ của mình.")
    visitor.open("/tai-khoan/ai-da-xem/")
    visitor.reads("Người bạn cho xem hồ sơ", "Xem hồ sơ của bạn: Thẻ BHYT")


@pytest.mark.guide("C05")
@pytest.mark.parametrize(
    ("people", "owns", "reads"),
    [
        ((11, 1), (PHONE, {"dark_too": True}), (DESKTOP, {"dark_too": True})),
        ((6, 10), (DESKTOP, {"keys": True}), (PHONE, {"scripts": False})),
    ],
    ids=["phone", "desktop-by-keyboard"],
)
def test_c05_child_is_read_and_a_record_is_shared_and_ended_by_one_press(
    stack: Stack,
    visit: OpenVisitor,
    phone_of: OpenPhone,
    people: tuple[int, int],
    owns: tuple[dict[str, Any], dict[str, bool]],
    reads: tuple[dict[str, Any], dict[str, bool]],
) -> None:
    parent, reader = (_somebody(stack, which) for which in people)
    child, number = stack.rows(_CHILDREN, parent.number)[0]
    owner, other = visit(owns[0], **owns[1]), visit(reads[0], **reads[1])
    _in_app(owner, parent)
    c05_switches_to_a_child_and_back(owner, parent, child)
    _shares(owner, parent, reader, phone_of(parent.phone))
    _in_app(other, reader)
    shared = _accepts_and_reads(other, parent)
    _ends_it(owner, reader)
    other.open(shared)
    other.reads("Hồ sơ này không mở cho bạn")
    assert parent.full_name not in other.page.content()
    other.open(f"/con/{number}/the-bhyt/")
    other.reads("Hồ sơ này không mở cho bạn")
    assert child not in other.page.content()
