"""«Ghi nhận» twice, from wherever, makes one declaration; a forged office is refused."""

from urllib.parse import urlsplit

import pytest

from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.demo_phone import DemoPhone
from tests.guides.people import Newcomers, Person
from tests.guides.registering import Declared, r10_received
from tests.guides.shortcut import Done, Shortcut
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE, Visitor

_SEND_TWICE = """async () => {
  const form = [...document.forms].find(one => one.action.endsWith('/xem-lai/'));
  const send = () => fetch(form.action, {method: 'POST', body: new FormData(form)});
  return (await Promise.all([send(), send()])).map(answer => answer.url);
}"""
REVIEW, DONE = "/dang-ky/xem-lai/", "/dang-ky/da-ghi-nhan/"


@pytest.fixture
def person(newcomers: Newcomers) -> Person:
    """Whose declaration is about to be filed."""
    return newcomers.any()


@pytest.fixture
def phone(phone_of: OpenPhone, person: Person) -> DemoPhone:
    """The person's own."""
    return phone_of(person.phone)


@pytest.fixture
def visitor(stack: Stack, visit: OpenVisitor, phone: DemoPhone, person: Person) -> Visitor:
    """At the last look."""
    visitor = visit(PHONE)
    shortcut = Shortcut(visitor, Declared(person))
    shortcut.fill(Done.OFFICE)
    shortcut.confirm(stack, phone)
    visitor.open(REVIEW)
    return visitor


def _assert_filed_once(stack: Stack, phone: DemoPhone, person: Person) -> None:
    r10_received(phone)
    filed = "SELECT count(*) FROM registration_declaration WHERE number = %s"
    said = "SELECT count(*) FROM messaging_demomessage WHERE address = %s AND text LIKE %s"
    address = "+84" + person.phone.removeprefix("0")
    assert stack.rows(filed, person.number) == [(1,)]
    assert stack.rows(said, address, "%da ghi nhan to khai%") == [(1,)]


@pytest.mark.guide("R08")
def test_r08_double_press_files_once(
    stack: Stack, phone: DemoPhone, person: Person, visitor: Visitor
) -> None:
    # The browser itself would drop one of two quick presses; here both reach the server at once.
    reached = visitor.page.evaluate(_SEND_TWICE)
    assert [urlsplit(url).path for url in reached] == [DONE, DONE]
    _assert_filed_once(stack, phone, person)


@pytest.mark.guide("R08")
def test_r08_back_button_leads_to_what_was_filed(
    stack: Stack, phone: DemoPhone, person: Person, visitor: Visitor
) -> None:
    visitor.submit("Ghi nhận")
    visitor.is_at(DONE)
    visitor.page.go_back()
    if visitor.page.url.endswith(REVIEW):
        # The browser may show the old page from its memory; pressing there must change nothing.
        visitor.submit("Ghi nhận")
    visitor.is_at(DONE)
    _assert_filed_once(stack, phone, person)


@pytest.mark.guide("R08")
def test_r08_second_tab_files_nothing_more(
    stack: Stack, phone: DemoPhone, person: Person, visitor: Visitor
) -> None:
    other = visitor.context.new_page()
    other.goto(REVIEW)
    visitor.submit("Ghi nhận")
    other.get_by_role("button", name="Ghi nhận").click()
    other.wait_for_url(f"**{DONE}")
    _assert_filed_once(stack, phone, person)


@pytest.mark.guide("R12")
def test_r12_declared_again_before_approval_replaces_the_old_one(
    stack: Stack, phone: DemoPhone, person: Person, visitor: Visitor
) -> None:
    visitor.submit("Ghi nhận")
    again = Shortcut(visitor, Declared(person, street="Số 13, ngõ 6"))
    again.fill(Done.OFFICE)
    again.confirm(stack, phone)
    again.file()
    assert "thay bang to khai moi" in phone.wait_for("da duoc thay")
    states = "SELECT state, address_street FROM registration_declaration WHERE number = %s"
    assert dict(stack.rows(states, person.number)) == {
        "replaced": "Số 12, ngõ 5, thôn Đông",
        "filed": "Số 13, ngõ 6",
    }


@pytest.mark.guide("R05")
def test_r05_office_of_another_province_is_refused(visit: OpenVisitor, person: Person) -> None:
    visitor = visit(PHONE)
    Shortcut(visitor, Declared(person)).fill(Done.ADDRESS)
    visitor.open("/dang-ky/co-quan/")
    visitor.page.get_by_label("Cơ quan BHXH tiếp nhận").evaluate(
        "list => { list.selectedOptions[0].value = '07901'; }"
    )

    visitor.submit("Tiếp")

    visitor.is_at("/dang-ky/co-quan/")
    visitor.reads("Còn chỗ cần sửa")
