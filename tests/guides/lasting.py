"""A browser that remembers: closed and opened again, its storage is still there."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Browser, BrowserContext

from tests.guides.conftest import CHROMIUM_OPTIONS
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE, Visitor

# Every connection is refused, this machine's own server included: of the page, and of its worker,
# which Playwright's own way of being offline may leave a line.
NOWHERE = ["--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>"]


@dataclass
class LastingBrowser:
    """A browser whose storage lies in a folder, so that it can be closed and opened again."""

    browser: Browser
    folder: Path
    is_cut_off: bool = False

    def new_context(self, **options: Any) -> BrowserContext:
        """The only window, with what was stored before."""
        return self.browser.browser_type.launch_persistent_context(
            self.folder,
            executable_path=os.environ.get("VSSID_CHROMIUM") or None,
            args=[*CHROMIUM_OPTIONS, *(NOWHERE if self.is_cut_off else [])],
            **options,
        )


def open_lasting(
    opened: list[Visitor],
    chromium: Browser,
    stack: Stack,
    folder: Path,
    *,
    is_cut_off: bool = False,
) -> Visitor:
    """The phone whose storage lies in `folder`; those opened before are closed first.

    `is_cut_off`: in aeroplane mode from its start.
    """
    for visitor in opened:
        visitor.close()
    lasting = cast(Browser, LastingBrowser(chromium, folder, is_cut_off))
    opened[:] = [Visitor(lasting, stack.address, PHONE)]
    return opened[0]
