"""The signed-out home as wide screens and phones show it (U06)."""

import pytest
from playwright.sync_api import Route

from tests.guides.conftest import OpenVisitor
from tests.guides.visitor import PHONE, Visitor

_SAME_ROW_PX = 48


def _top(visitor: Visitor, selector: str) -> float:
    box = visitor.page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


def _left(visitor: Visitor, selector: str) -> float:
    box = visitor.page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"]


def _asks_for_english(route: Route) -> None:
    """The browser's own language is that of every visitor; only what it sends says another."""
    route.continue_(headers={**route.request.headers, "accept-language": "en-GB,en;q=0.9"})


@pytest.mark.guide("U06")
@pytest.mark.parametrize("width", [1024, 1280, 1440])
def test_u06_what_is_open_to_everybody_begins_beside_the_sign_in(
    width: int, visit: OpenVisitor
) -> None:
    visitor = visit({"viewport": {"width": width, "height": 800}})
    visitor.open("/")
    assert _top(visitor, "#mo-cho-moi-nguoi") < _top(visitor, ".door > :first-child") + _SAME_ROW_PX
    assert _left(visitor, "#mo-cho-moi-nguoi") > _left(visitor, "[name=number]") + 300


@pytest.mark.guide("U06")
def test_u06_on_a_phone_it_follows_the_sign_in(visit: OpenVisitor) -> None:
    visitor = visit(PHONE, dark_too=True)
    visitor.open("/")
    assert _top(visitor, "#mo-cho-moi-nguoi") > _top(visitor, "[name=password]")
    assert _left(visitor, "#mo-cho-moi-nguoi") < 32


@pytest.mark.guide("U06")
def test_u06_a_foreigner_finds_english_at_the_top_and_stays_on_the_page(visit: OpenVisitor) -> None:
    visitor = visit(PHONE, dark_too=True)
    visitor.context.route("**/*", _asks_for_english)
    visitor.open("/")
    visitor.reads("This page is available in English.")
    assert _top(visitor, "[aria-label=English]") < 60
    visitor.open("/tin-tuc/")
    visitor.submit("English")
    visitor.is_at("/tin-tuc/")
    visitor.reads("Search the news")
    visitor.submit("Tiếng Việt")
    visitor.reads("Tìm trong tin tức")
    assert "available in English" not in visitor.page.content()
