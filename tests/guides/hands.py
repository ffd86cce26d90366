"""Two ways of using a page: with a finger or mouse, and with the keys alone."""

from pathlib import Path
from typing import Protocol

from playwright.sync_api import FilePayload, Locator, Page

_MOST_TABS = 250
_HAS_FOCUS = "e => e === document.activeElement"
_SHOWS_FOCUS = """e => {
  const drawn = one => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
      || style.boxShadow !== 'none';
  };
  return drawn(e) || [...(e.labels || [])].some(drawn);
}"""


class Hands(Protocol):
    """What a person does to a page. `attach` takes the file box and the label that opens it."""

    def press(self, target: Locator) -> None: ...
    def write(self, target: Locator, text: str) -> None: ...
    def pick(self, target: Locator, option: str) -> None: ...
    def tick(self, target: Locator) -> None: ...
    def attach(self, box: Locator, label: Locator, file: FilePayload | Path) -> None: ...


class Fingers:
    """A finger on glass, or a mouse."""

    def __init__(self, page: Page, *, touches: bool) -> None:
        self._page = page
        self._touches = touches

    def press(self, target: Locator) -> None:
        """Tap or click."""
        if self._touches:
            target.tap()
        else:
            target.click()

    def write(self, target: Locator, text: str) -> None:
        """Write into an emptied field."""
        self.press(target)
        target.fill(text)

    def pick(self, target: Locator, option: str) -> None:
        """Choose from a list what reads `option`."""
        target.select_option(label=option)

    def tick(self, target: Locator) -> None:
        """Press what the box or circle is called."""
        if not target.is_checked():
            name = target.get_attribute("id")
            self.press(self._page.locator(f'label[for="{name}"]'))
        assert target.is_checked()

    def attach(self, box: Locator, label: Locator, file: FilePayload | Path) -> None:
        """Press the label, choose a file in the window that opens."""
        with self._page.expect_file_chooser() as opened:
            self.press(label)
        opened.value.set_files(file)


class Keys:
    """The keyboard alone: Tab to get there, and where one is must be seen."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, target: Locator) -> None:
        """Enter."""
        self._reach(target)
        self._page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        """Type over what is there."""
        self._reach(target)
        self._page.keyboard.press("Control+a")
        self._page.keyboard.type(text)

    def pick(self, target: Locator, option: str) -> None:
        """Arrow down to what reads `option`; each press chooses, as the list stays closed."""
        self._reach(target)
        wanted = target.locator("option").filter(has_text=option)
        steps = wanted.first.evaluate("e => e.index - e.closest('select').selectedIndex")
        for _ in range(abs(steps)):
            self._page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")

    def tick(self, target: Locator) -> None:
        """Space, or the arrows within a group of circles."""
        if target.is_checked():
            return
        if target.get_attribute("type") == "radio":
            name = target.get_attribute("name")
            circles = self._page.locator(f'input[name="{name}"]')
            self._reach(circles.and_(self._page.locator(":checked")).or_(circles.first).first)
            for _ in range(circles.count()):
                if target.is_checked():
                    break
                self._page.keyboard.press("ArrowDown")
        else:
            self._reach(target)
            self._page.keyboard.press("Space")
        assert target.is_checked()

    def attach(self, box: Locator, label: Locator, file: FilePayload | Path) -> None:
        """Enter on the file box opens the window; choosing there is the system's own matter."""
        self._reach(box)
        with self._page.expect_file_chooser() as opened:
            self._page.keyboard.press("Enter")
        opened.value.set_files(file)

    def _reach(self, target: Locator) -> None:
        target.wait_for(state="attached")
        for _ in range(_MOST_TABS):
            if target.evaluate(_HAS_FOCUS):
                assert target.evaluate(_SHOWS_FOCUS), f"nobody sees the focus on {target}"
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")
