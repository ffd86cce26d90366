"""The card without a network [I02, I07]: one's own and the children's, gone with the session."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.guides import signing_in
from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.lasting import open_lasting
from tests.guides.people import PASSWORD, Person, signed_in_nowhere, with_account
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, Visitor

OWN = "/the-bhyt/xem/"
SOON_MS = 2000
"""What the card may take to open without a network, as people are told."""
# By the browser's own clock, from asking for the page to its end.
_OPENED_MS = "performance.getEntriesByType('navigation')[0].loadEventEnd"
OLD = "Không có mạng. Thẻ theo dữ liệu lúc"
# What lies in the phone's store: the cards and when they were kept.
_IS_KEPT = """async () => {
  const names = await caches.keys();
  if (!names.includes('cards')) return 0;
  return (await (await caches.open('cards')).keys()).length;
}"""


@pytest.fixture
def mother(stack: Stack) -> Person:
    """A worker with a small child, signed in nowhere."""
    person = signed_in_nowhere(stack, with_account(stack, 11))
    stack.change("UPDATE accounts_account SET locked_at = NULL WHERE number = %s", person.number)
    return person


@pytest.fixture
def phones() -> Iterator[list[Visitor]]:
    """Her phone; opened again it stands for the browser started anew."""
    opened: list[Visitor] = []
    yield opened
    for visitor in opened:
        visitor.close()


def _signs_in(visitor: Visitor, person: Person) -> None:
    visitor.page.goto("/?app=1")
    signing_in.a01_signs_in(visitor, person, PASSWORD)
    visitor.is_at("/quan-ly-ca-nhan/")


def _waits_until(visitor: Visitor, kept: int) -> None:
    """Until so many things lie in the store: a list, and a page for each card."""
    for _ in range(100):
        if visitor.page.evaluate(_IS_KEPT) == kept:
            return
        visitor.page.wait_for_timeout(100)
    raise AssertionError(visitor.page.evaluate(_IS_KEPT))


def _child_card(stack: Stack, person: Person) -> tuple[str, str]:
    [(name, guardianship)] = stack.rows(
        "SELECT child_name, id FROM people_guardianship WHERE number = %s"
        " AND (to_date IS NULL OR to_date > now())",
        person.number,
    )
    return str(name), f"/con/{guardianship}/the-bhyt/xem/"


@pytest.mark.guide("I02", "I07", "C05")
def test_i07_cards_open_in_aeroplane_mode_after_a_restart_until_signing_out(
    stack: Stack, chromium: Browser, mother: Person, phones: list[Visitor], tmp_path: Path
) -> None:
    child, child_card = _child_card(stack, mother)
    phone = open_lasting(phones, chromium, stack, tmp_path)
    _signs_in(phone, mother)
    _waits_until(phone, 3)

    phone = open_lasting(phones, chromium, stack, tmp_path, is_cut_off=True)
    phone.page.goto("/")
    phone.reads("Điện thoại đang không có mạng", "Thẻ BHYT đã lưu trên máy", mother.full_name)
    phone.look()
    phone.follow(child)
    phone.is_at(child_card)
    phone.reads(child, OLD)
    phone.page.goto(OWN)
    phone.reads(mother.full_name, mother.number, OLD)
    expect(phone.page.locator(".bhyt-qr svg").first).to_be_visible()
    phone.look()
    for address in (OWN, child_card):
        phone.page.goto(address, wait_until="load")
        phone.until(f"{_OPENED_MS} > 0")
        assert phone.page.evaluate(_OPENED_MS) < SOON_MS
    phone.page.goto("/quan-ly-ca-nhan/")
    phone.reads("Điện thoại đang không có mạng")

    phone = open_lasting(phones, chromium, stack, tmp_path)
    phone.page.goto(OWN)
    expect(phone.page.get_by_text(OLD)).to_be_hidden()
    phone.open("/quan-ly-ca-nhan/")
    signing_in.a10_signs_out(phone)
    _is_gone(phone)


@pytest.mark.guide("I07", "A07")
def test_i07_card_is_gone_once_another_device_took_over(
    stack: Stack, chromium: Browser, visit: OpenVisitor, phone_of: OpenPhone, mother: Person,
    phones: list[Visitor], tmp_path: Path,
) -> None:  # fmt: skip
    phone = open_lasting(phones, chromium, stack, tmp_path)
    _signs_in(phone, mother)
    _waits_until(phone, 3)

    desktop = visit(DESKTOP)
    desktop.page.goto("/?app=1")
    signing_in.a01_signs_in(desktop, mother, PASSWORD)
    signing_in.a07_moves_here(desktop, phone_of(mother.phone))
    # The open page asks every few seconds, and the worker hears the answer.
    _waits_until(phone, 0)
    _is_gone(phone)


@pytest.mark.guide("I07", "A07")
def test_i07_card_of_one_person_is_never_shown_to_the_next(
    stack: Stack, chromium: Browser, mother: Person, phones: list[Visitor], tmp_path: Path
) -> None:
    phone = open_lasting(phones, chromium, stack, tmp_path)
    _signs_in(phone, mother)
    _waits_until(phone, 3)
    # Ended elsewhere while the phone was shut: the app opens on its first page.
    phone = open_lasting(phones, chromium, stack, tmp_path)
    signed_in_nowhere(stack, mother)
    phone.page.goto("/")
    _waits_until(phone, 0)

    other = signed_in_nowhere(stack, with_account(stack, 10))
    _signs_in(phone, other)
    for _ in range(100):
        if phone.page.evaluate(_IS_KEPT):
            break
        phone.page.wait_for_timeout(100)
    phone.context.set_offline(True)
    phone.page.goto(OWN)
    assert mother.full_name not in phone.page.content()
    assert mother.number not in phone.page.content()


@pytest.mark.guide("I07")
def test_i07_card_is_gone_when_the_session_is_too_old(
    stack: Stack, chromium: Browser, mother: Person, phones: list[Visitor], tmp_path: Path
) -> None:
    phone = open_lasting(phones, chromium, stack, tmp_path)
    _signs_in(phone, mother)
    _waits_until(phone, 3)
    # Thirteen hours later, offline all the while.
    phone.context.set_offline(True)
    phone.page.evaluate(
        """async () => {
          const cache = await caches.open('cards');
          const list = '/the-bhyt/ngoai-tuyen/';
          const kept = await (await cache.match(list)).json();
          kept.until -= 13 * 3600;
          await cache.put(list, new Response(JSON.stringify(kept)));
        }"""
    )
    _is_gone(phone)


def _is_gone(phone: Visitor) -> None:
    """Neither the page nor the way to it is there without a network."""
    phone.context.set_offline(True)
    phone.page.goto(OWN)
    phone.reads("Điện thoại đang không có mạng", "Máy này chưa lưu thẻ BHYT nào")
    assert phone.page.evaluate(_IS_KEPT) == 0
