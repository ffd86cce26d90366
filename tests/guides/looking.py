"""What every page must be: free of barriers, no wider than the screen, whole, and big enough."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

NARROWEST = 320
LEAST_TARGET = 48

_axe = Axe()
_ALL = {"resultTypes": ["violations"]}
_COLOURS = {**_ALL, "runOnly": ["color-contrast", "link-in-text-block"]}
_WIDTH = "document.documentElement.scrollWidth"
_WIDE = """width => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.hidden'))
  .slice(0, 5).map(e => `${e.tagName}.${e.className}`)"""
_SHAPE = "location.pathname + ' ' + document.querySelectorAll('*').length"
# Names with a digit are codes and numbers of persons and cases.
_KINDS = """(() => {
  const kind = e => [e.parentElement.tagName, e.tagName, e.getAttribute('class'),
    e.getAttribute('type'), e.getAttribute('role'), ...e.getAttributeNames().sort()].join(' ');
  const kinds = new Set([...document.querySelectorAll('body *')].map(kind));
  const path = location.pathname.replace(/[^/]*\\d[^/]*/g, '#');
  return [path, ...[...kinds].sort()].join('\\n');
})()"""
# Links inside of a sentence or a list of words are text; a box and its label are one target.
_SMALL = """least => [...document.querySelectorAll(
    'a.button, button, label.button, nav a, .topbar a, .link-row, .tile, .answer, summary, select,'
    + 'input:not([type=hidden]):not([type=file]):not([type=checkbox]):not([type=radio]),'
    + '.choice label, .check label, .rows-change a, .stage-button')]
  .filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width > 1 && (box.height < least - .5 || box.width < least - .5))
  .map(([e, box]) => `${e.tagName}.${e.className} «${e.textContent.trim().slice(0, 30)}» `
    + `${Math.round(box.width)}x${Math.round(box.height)}`)"""
_BROKEN = """[...document.images].filter(e => e.loading !== 'lazy')
  .filter(e => !e.complete || !e.naturalWidth).map(e => e.getAttribute('src'))"""


class Looked:
    """What was looked at, in a folder, since walks go on in several programs at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def note(self, *seen: object) -> None:
        """Remember."""
        self._place(seen).touch()

    def knows(self, *seen: object) -> bool:
        """Whether it was noted, by whomever."""
        return self._place(seen).exists()

    def _place(self, seen: tuple[object, ...]) -> Path:
        return self._folder / sha256(repr(seen).encode()).hexdigest()


def shape(page: Page) -> str:
    """Changes with the page and with what stands on it."""
    return str(page.evaluate(_SHAPE))


def kinds(page: Page) -> str:
    """Changes with the page and with what kinds of elements stand on it, not with how many."""
    return str(page.evaluate(_KINDS))


def barriers(page: Page, *, dark_too: bool) -> list[str]:
    """What axe finds, in the light and then, colours only, in the dark."""
    found = _violations(_axe.run(page, options=_ALL).response)
    if dark_too:
        page.emulate_media(color_scheme="dark")
        # Brought along again: the page may have renewed itself.
        in_the_dark = _axe.run(page, options=_COLOURS).response
        found += [f"dark: {one}" for one in _violations(in_the_dark)]
        page.emulate_media(color_scheme="light")
    return found


def sideways(page: Page) -> list[str]:
    """What sticks out at the page's own width and at the narrowest one."""
    size = page.viewport_size or {"width": 1280, "height": 800}
    widths = [size["width"], NARROWEST] if size["width"] < 1000 else [size["width"]]
    found: list[str] = []
    for width in widths:
        if width != size["width"]:
            page.set_viewport_size({"width": width, "height": size["height"]})
        if page.evaluate(_WIDTH) > width:
            found.append(f"wider than {width}: {page.evaluate(_WIDE, width)}")
    if len(widths) > 1:
        page.set_viewport_size(size)
    return found


def small_targets(page: Page) -> list[str]:
    """What a thumb would miss."""
    return [f"small: {one}" for one in page.evaluate(_SMALL, LEAST_TARGET)]


def broken_pictures(page: Page) -> list[str]:
    """Pictures that did not come."""
    return [f"no picture: {one}" for one in page.evaluate(_BROKEN)]


def _violations(response: dict[str, Any]) -> list[str]:
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} {node.get('failureSummary', '')}"
        for one in response["violations"]
        for node in one["nodes"][:3]
    ]
