"""The demo phone as a person reads it: the newest message that was not read before."""

import re
import time
from html import unescape

from tests.guides.visitor import PATIENCE_MS, Visitor


class DemoPhone:
    """Shows what arrives for one number or email address, in a window that all may share."""

    def __init__(self, window: Visitor, receiver: str) -> None:
        self._visitor = window
        self._receiver = receiver
        self._address = f"/demo/dien-thoai/?so={receiver}"
        self._read: set[str] = set()

    def read_all(self) -> None:
        """What has arrived so far counts as read: another walk of the same person asked for it."""
        page = self._visitor.page
        page.goto(self._address)
        self._read.update(page.locator("article").all_inner_texts())
        page.goto("about:blank")

    def wait_for(self, words: str) -> str:
        """The text of the next message that holds `words`; fails when none comes in time."""
        until = time.monotonic() + PATIENCE_MS / 1000
        page = self._visitor.page
        while time.monotonic() < until:
            if self._has(words):
                page.goto(self._address)
                shown = page.locator("article").all_inner_texts()
                # An open page asks for news every few seconds, until the last walk.
                page.goto("about:blank")
                for text in shown:
                    if words in text and text not in self._read:
                        self._read.add(text)
                        return text
            time.sleep(0.2)
        raise AssertionError(f"no message «{words}» for {self._receiver}: {sorted(self._read)}")

    def _has(self, words: str) -> bool:
        """Whether the page holds `words`: to ask costs less than to draw it again and again."""
        page = self._visitor.context.request.get(self._address).text()
        return words in " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())

    def code(self, words: str) -> str:
        """The six digits of the next message that holds `words`."""
        found = re.search(r"VssID: (\d{6}) la ma", self.wait_for(words))
        assert found
        return found[1]

    def first_password(self, number: str) -> str:
        """The password of the message that says the account is open (guides R14)."""
        text = self.wait_for("da duoc duyet")
        found = re.search(rf"Tai khoan: {number} / Mat khau: (\S+) ", text)
        assert found, text
        return found[1]

    def look(self) -> None:
        """Look at the page as a whole."""
        self._visitor.open(self._address)
        self._visitor.page.goto("about:blank")
