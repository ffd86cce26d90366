"""The shells and macros: strict, accessible in their markup, free of anything inline."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.web.ui_gallery import PAGES, TEMPLATES, draw

EVERY_PAGE = [(name, signed_in) for name in PAGES for signed_in in (True, False)]
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")


class Markup(HTMLParser):
    """The start tags with their attributes, and the tags that were never closed."""

    VOID = frozenset({"input", "img", "meta", "link", "br", "path", "rect", "circle"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.misplaced: list[str] = []
        self.forms: list[bool] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag == "form" and found.get("method") == "post":
            self.forms.append(False)
        if found.get("name") == "csrfmiddlewaretoken":
            self.forms[-1] = True
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(tag)


@pytest.fixture(params=EVERY_PAGE, ids=lambda pair: f"{pair[0]}-{'in' if pair[1] else 'out'}")
def markup(request: pytest.FixtureRequest) -> Markup:
    name, signed_in = request.param
    return Markup(draw(name, signed_in=signed_in))


def test_nothing_is_inline(markup: Markup) -> None:
    for tag, attributes in markup.tags:
        assert tag != "style"
        assert "style" not in attributes
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name.startswith("on")]
        assert not attributes.get("href", "").startswith("javascript:")


def test_nothing_comes_from_another_host(markup: Markup) -> None:
    for _tag, attributes in markup.tags:
        for name in ("src", "href", "action"):
            assert not re.match(r"(?:https?:)?//", attributes.get(name, ""))


def test_every_tag_is_closed_in_its_place(markup: Markup) -> None:
    assert markup.misplaced == []
    assert markup.open == []


def test_ids_are_unique_and_references_lead_somewhere(markup: Markup) -> None:
    ids = Counter(attributes["id"] for _, attributes in markup.tags if "id" in attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    wanted = {
        one
        for _, attributes in markup.tags
        for name in REFERENCES
        for one in attributes.get(name, "").split()
    }
    assert wanted - set(ids) == set()


def test_every_control_has_a_label(markup: Markup) -> None:
    labelled = {attributes.get("for") for tag, attributes in markup.tags if tag == "label"}
    for tag, attributes in markup.tags:
        if tag in {"input", "select", "textarea"} and attributes.get("type") != "hidden":
            assert attributes.get("id") in labelled | {"stage-front", "stage-back", "stage-qr"}


def test_every_posting_form_carries_its_token(markup: Markup) -> None:
    assert all(markup.forms)


def test_every_picture_says_what_it_shows_or_that_it_is_decoration(markup: Markup) -> None:
    for tag, attributes in markup.tags:
        if tag == "img":
            assert "alt" in attributes


def test_every_page_has_one_heading_one_main_and_a_way_past_the_menus(markup: Markup) -> None:
    counts = Counter(tag for tag, _ in markup.tags)
    assert (counts["h1"], counts["main"]) == (1, 1)
    assert ("a", {"class": "skip", "href": "#content"}) in markup.tags


def test_error_summary_links_to_the_field_and_the_field_points_to_its_error() -> None:
    found = Markup(draw("form")).tags
    assert ("a", {"href": "#paper"}) in found
    control = next(attributes for _, attributes in found if attributes.get("id") == "paper")
    assert control["aria-describedby"].split() == ["paper-hint", "paper-error"]
    assert control["aria-invalid"] == "true"


def test_password_and_code_are_never_sent_back_to_the_page() -> None:
    for _, attributes in Markup(draw("form")).tags:
        if attributes.get("id") in {"password", "otp"}:
            assert attributes["value"] == ""


def test_photo_can_come_from_the_camera_or_from_files() -> None:
    inputs = [
        attributes
        for tag, attributes in Markup(draw("form")).tags
        if tag == "input" and attributes.get("name") == "face"
    ]
    assert [item.get("capture") for item in inputs] == ["user", None]


def test_signed_out_menu_offers_signing_in_and_no_way_out() -> None:
    shown = draw("empty", signed_in=False)
    assert "Đăng ký" in shown
    assert "Thoát" not in shown


def test_menu_under_number_and_name_holds_the_five_entries_of_the_guides() -> None:
    shown = draw("empty")
    menu = shown[shown.index('class="account-sheet"') :]
    places = [
        menu.index(f"<span>{label}</span>")
        for label in (
            "Thông tin tài khoản",
            "Đăng ký cho con",
            "Đổi mật khẩu",
            "Thiết lập SmartOTP",
            "Thoát",
        )
    ]
    assert places == sorted(places)


def test_state_of_a_month_differs_by_shape_not_only_by_colour() -> None:
    shown = draw("pieces")
    legend = shown[shown.index('class="strip-legend"') :]
    shapes = re.findall(r"<svg[^>]*>(.*?)</svg>", legend, flags=re.DOTALL)[:4]
    bare = {re.sub(r'class="[^"]*"', "", shape) for shape in shapes}
    assert len(bare) == len(shapes) == 4


def test_texts_of_the_templates_are_marked_for_translation() -> None:
    accented = re.compile(r">[^<>{}]*[À-ỹ][^<>{}]*<")
    for path in Path(TEMPLATES, "ui").glob("*.html"):
        text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r"{% trans.*?{% endtrans %}", "", text, flags=re.DOTALL)
        assert accented.findall(text) == [], path.name
