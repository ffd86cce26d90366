"""A person at a browser. Every page they come to is looked at as a whole."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Literal, cast
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
)

from tests.guides import looking
from tests.guides.hands import Fingers, Hands, Keys

Role = Literal["link", "button"]

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
COMMON: dict[str, Any] = {"locale": "vi-VN", "reduced_motion": "reduce"}
PATIENCE_MS = 15_000
# A form that comes back with its mistakes, a session that is over: no fault of the page.
_ANSWERED = re.compile(r"status of (401|403|404|409|413|422|429)")


class Visitor:
    """One browser window with cookies of its own.

    `device` is PHONE or DESKTOP; `keys` uses it by keyboard alone; `scripts=False` switches
    JavaScript off; `dark_too` looks at each page's colours in the dark as well.
    """

    looked: ClassVar[looking.Looked]
    """By all visitors: whether on a phone, with scripts, in the dark as well, and which page."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        device: dict[str, Any],
        *,
        keys: bool = False,
        scripts: bool = True,
        dark_too: bool = False,
        **options: Any,
    ) -> None:
        self.address = address
        self.has_scripts = scripts
        self.is_phone = device is PHONE
        self._dark_too = dark_too
        self.context = browser.new_context(
            **device, **COMMON, **options, base_url=address, java_script_enabled=scripts
        )
        self._glass = _looking_glass(browser, device) if not scripts else None
        self.faults: list[str] = []
        self._watch(self.context)
        self.page = self.context.new_page()
        # While somebody listens the window for choosing files is caught, however quick the key.
        self.page.on("filechooser", lambda _chooser: None)
        self.hands: Hands = Keys(self.page) if keys else Fingers(self.page, touches=self.is_phone)

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)
        self.look()

    def follow(self, name: str, role: Role = "link") -> None:
        """Press a link or button that leads to another page, and look at that page."""
        with self.leaving():
            self.press(name, role)

    def submit(self, name: str) -> None:
        """Send the form."""
        self.follow(name, "button")

    def press(self, name: str, role: Role = "button") -> None:
        """Press what is called `name`."""
        self.hands.press(self.page.get_by_role(role, name=name, exact=True).first)

    def write(self, label: str, text: str) -> None:
        """Write into the field called `label`."""
        self.hands.write(self._field(label), text)

    def pick(self, label: str, option: str) -> None:
        """Choose from the list called `label`."""
        self.hands.pick(self._field(label), option)

    def value(self, label: str) -> str:
        """What stands in the field called `label`."""
        return self._field(label).input_value()

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Wait for another page, and look at it; a script that changes the address opens none."""
        with self.page.expect_event("load"):
            yield
        self.look()

    def reads(self, *texts: str) -> None:
        """The page says each of these."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def until(self, expression: str) -> None:
        """Wait until the page answers true; Playwright's own way needs eval, which is forbidden."""
        until = time.monotonic() + PATIENCE_MS / 1000
        while not self.page.evaluate(expression):
            assert time.monotonic() < until, expression
            time.sleep(0.05)

    def is_at(self, path: str) -> None:
        """The page is this one."""
        assert urlsplit(self.page.url).path == path, self.page.url

    def look(self) -> None:
        """Look at the page as a whole, once per run; fails with everything that is wrong.

        Its barriers are looked for once for each kind of page: they lie in how it is built.
        """
        self.page.wait_for_load_state("load")
        shape = looking.shape(self.page)
        if self._knows(shape) and not self.faults:
            return
        kinds = looking.kinds(self.page)
        found = [*looking.sideways(self.page), *looking.broken_pictures(self.page)]
        if self.is_phone:
            found += looking.small_targets(self.page)
        if not self._knows(kinds):
            found += looking.barriers(self._for_axe(), dark_too=self._dark_too)
        found += self.faults
        assert not found, "\n".join([f"At {self.page.url}:", *found])
        for seen in (shape, kinds):
            self.looked.note(self.is_phone, self.has_scripts, self._dark_too, seen)

    def _knows(self, seen: str) -> bool:
        """Whether it was looked at, in the dark as well if this visitor does so."""
        return any(
            self.looked.knows(self.is_phone, self.has_scripts, dark, seen)
            for dark in {self._dark_too, True}
        )

    def close(self) -> None:
        """Leave."""
        self.context.close()
        if self._glass is not None:
            self._glass.context.close()

    def _field(self, label: str) -> Locator:
        # Required fields carry a star that is not read aloud.
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \*)?$")).first

    def _for_axe(self) -> Page:
        """The page itself; without scripts, the same page where axe can run."""
        if self._glass is None:
            return self.page
        html = re.sub(r"</?noscript>|<script\b.*?</script>", "", self.page.content(), flags=re.S)
        glass = self._glass
        glass.context.add_cookies(cast(Any, self.context.cookies()))
        glass.unroute_all()
        glass.route(self.page.url, lambda route: route.fulfill(body=html, content_type="text/html"))
        glass.goto(self.page.url)
        return glass

    def _watch(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.faults.append(f"script failed: {error.error}"))

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme in {"http", "https"} and not request.url.startswith(
            self.address + "/"
        ):
            self.faults.append(f"left this machine: {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _ANSWERED.search(message.text):
            self.faults.append(f"console: {message.text}")


def _looking_glass(browser: Browser, device: dict[str, Any]) -> Page:
    context = browser.new_context(**device, **COMMON)
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()
