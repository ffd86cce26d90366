"""A browser that remembers: closed and opened again, its storage is still there."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Browser, BrowserContext

from tests.guides.conftest import CHROMIUM_OPTIONS
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE, Visitor


@dataclass
class LastingBrowser:
    """A browser whose storage lies in a folder, so that it can be closed and opened again."""

    browser: Browser
    folder: Path

    def new_context(self, **options: Any) -> BrowserContext:
        """The only window, with what was stored before."""
        return self.browser.browser_type.launch_persistent_context(
            self.folder,
            executable_path=os.environ.get("VSSID_CHROMIUM") or None,
            args=CHROMIUM_OPTIONS,
            **options,
        )


def open_lasting(opened: list[Visitor], chromium: Browser, stack: Stack, folder: Path) -> Visitor:
    """The phone whose storage lies in `folder`; those opened before are closed first."""
    for visitor in opened:
        visitor.close()
    lasting = cast(Browser, LastingBrowser(chromium, folder))
    opened[:] = [Visitor(lasting, stack.address, PHONE)]
    return opened[0]
