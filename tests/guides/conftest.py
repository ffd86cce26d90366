"""The walks through the guides: a real browser before the real programs.

Run as a process of their own (`make test` does), because Playwright leaves an event loop behind.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.guides import deciding, looking
from tests.guides.demo_phone import DemoPhone
from tests.guides.people import Newcomers, people_with_accounts
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE, Visitor

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A camera that films a moving pattern, and nobody who must allow it.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]

OpenVisitor = Callable[..., Visitor]
OpenPhone = Callable[[str], DemoPhone]


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demo, served as `make run` does, with data of its own."""
    served = Stack(tmp_path_factory.mktemp("guides"))
    try:
        served.start()
        people_with_accounts(served)
        yield served
    finally:
        served.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium: the system's when VSSID_CHROMIUM names it, otherwise Playwright's own."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=os.environ.get("VSSID_CHROMIUM") or None, args=CHROMIUM_OPTIONS
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def newcomers(stack: Stack) -> Newcomers:
    """People without an account, each handed out once."""
    return Newcomers(stack)


@pytest.fixture(scope="session", autouse=True)
def _looked_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What one of the programs that walk at once has looked at, the others need not."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    Visitor.looked = looking.Looked(shared / "looked-at")


@pytest.fixture(autouse=True)
def _nothing_counted(stack: Stack) -> None:
    """All tests come from one network address: none leans on what another one did wrong."""
    stack.change("DELETE FROM limits_bucket")
    deciding.forget_codes(stack)


@pytest.fixture
def visit(stack: Stack, chromium: Browser) -> Iterator[OpenVisitor]:
    """Opens a window for a visitor; all are closed at the end."""
    opened: list[Visitor] = []

    def open_visitor(device: dict[str, Any], **options: Any) -> Visitor:
        opened.append(Visitor(chromium, stack.address, device, **options))
        return opened[-1]

    yield open_visitor
    for visitor in opened:
        visitor.close()


@pytest.fixture(scope="session")
def phone_window(stack: Stack, chromium: Browser) -> Iterator[Visitor]:
    """Where demo phones are read, one after the other: their page keeps nothing of anybody."""
    window = Visitor(chromium, stack.address, PHONE)
    yield window
    window.close()


@pytest.fixture
def phone_of(phone_window: Visitor) -> OpenPhone:
    """Opens the demo phone for one number or email address."""
    phone_window.faults.clear()
    return lambda receiver: DemoPhone(phone_window, receiver)
