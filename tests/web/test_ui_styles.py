"""The styles: readable in both schemes, within their weight, plain enough for older phones."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.web.ui_gallery import STATIC, draw

SHEETS = {path.name: path.read_text() for path in sorted(Path(STATIC).glob("*.css"))}
BARE = {name: re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) for name, text in SHEETS.items()}
UI = BARE["ui.css"]

# What the oldest browsers we draw for (Chrome 99, Safari 15.4, Firefox 97) do not understand.
TOO_NEW = (
    ":has(",
    "color-mix(",
    "oklch(",
    "light-dark(",
    "@container",
    "@property",
    "@import",
    "@scope",
    "@starting-style",
    "popover",
    "subgrid",
    "text-wrap",
    "field-sizing",
    "anchor(",
    "100svh",
    "100lvh",
    "cqw",
)

TEXT_PAIRS = [
    *[
        (text, ground)
        for text in ("ink", "muted", "accent", "good", "warn", "bad")
        for ground in ("surface", "page")
    ],
    *[("ink", f"{kind}-tint") for kind in ("good", "warn", "bad")],
    *[(kind, f"{kind}-tint") for kind in ("good", "warn", "bad")],
    ("ink", "tint"),
    ("muted", "tint"),
    ("accent", "tint"),
    ("ink", "sunken"),
    ("muted", "sunken"),
    ("on-primary", "primary"),
    ("on-primary", "primary-deep"),
    ("on-bad", "bad"),
    ("on-deep", "deep"),
    ("on-deep-muted", "deep"),
]
# Edges of fields, the ring of the focus and the shapes of the months (WCAG 1.4.11).
SHAPE_PAIRS = [
    ("edge", "surface"),
    ("edge", "sunken"),
    ("focus", "surface"),
    ("focus", "page"),
    ("accent", "sunken"),
    ("warn", "warn-tint"),
]


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", block))


def _schemes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", UI, flags=re.DOTALL)[:2]
    return {"light": _tokens(light), "dark": {**_tokens(light), **_tokens(dark)}}


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _blocks(sheet: str) -> list[tuple[str, str | None]]:
    """Each prelude with the prelude around it."""
    around: list[str] = []
    found: list[tuple[str, str | None]] = []
    for token, closing in re.findall(r"([^{};]*)\{|(\})", sheet):
        if closing:
            around.pop()
            continue
        prelude = token.strip()
        found.append((prelude, around[-1] if around else None))
        around.append(prelude)
    assert around == []
    return found


def test_contrast_is_computed_as_the_guideline_says() -> None:
    assert _contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert _contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    tokens = _schemes()[scheme]
    assert _contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_stand_out_from_their_ground(scheme: str, shape: str, ground: str) -> None:
    tokens = _schemes()[scheme]
    assert _contrast(tokens[shape], tokens[ground]) >= 3


@pytest.mark.parametrize("name", BARE)
def test_no_style_is_too_new_for_the_phones_people_have(name: str) -> None:
    assert [feature for feature in TOO_NEW if feature in BARE[name]] == []
    assert re.findall(r"@media[^{]*[<>]", BARE[name]) == []
    assert re.findall(r"[{;]\s*(?:translate|rotate|scale):", BARE[name]) == []


@pytest.mark.parametrize("name", BARE)
def test_rules_do_not_nest(name: str) -> None:
    nested = [
        prelude
        for prelude, around in _blocks(BARE[name])
        if around is not None and not around.startswith("@")
    ]
    assert nested == []


@pytest.mark.parametrize("name", BARE)
def test_new_units_come_after_a_height_that_all_understand(name: str) -> None:
    for declarations in re.findall(r"\{([^{}]*dvh[^{}]*)\}", BARE[name]):
        lines = [line.strip() for line in declarations.split(";") if line.strip()]
        for before, line in pairwise(["", *lines]):
            if "dvh" in line:
                assert before == line.replace("dvh", "vh")


def test_layers_stand_in_their_order() -> None:
    for sheet in BARE.values():
        first = sheet.strip().splitlines()[0]
        assert first == "@layer tokens, base, layout, components, screens;"


def test_browsers_without_layers_get_plain_rules_and_others_do_not() -> None:
    outside = [p for p, around in _blocks(UI) if around is None and not p.startswith("@layer")]
    assert len(outside) == 1
    assert outside[0].startswith("@supports (not (text-emphasis: none))")


def test_every_token_in_use_is_defined() -> None:
    defined = set(re.findall(r"(--[a-z-]+):", UI))
    used = {name for sheet in BARE.values() for name in re.findall(r"var\((--[a-z-]+)", sheet)}
    assert used - defined == set()


def test_motion_is_only_for_those_who_want_it() -> None:
    start = UI.index("@media (prefers-reduced-motion: no-preference)")
    inside = UI[start : UI.index("@keyframes")]
    for word in ("transition:", "animation:"):
        assert sum(sheet.count(word) for sheet in BARE.values()) == inside.count(word) > 0


def test_dark_print_and_forced_colours_are_cared_for() -> None:
    for query in ("prefers-color-scheme: dark", "@media print", "forced-colors: active"):
        assert query in UI


def _weight(text: str) -> int:
    return len(gzip.compress(text.encode(), 6))


def test_styles_keep_their_budget() -> None:
    assert sum(text.count("\n") for text in SHEETS.values()) <= 1200
    assert _weight(SHEETS["ui.css"]) + _weight(SHEETS["desk.css"]) <= 12 * 1024


def test_bar_of_the_desk_scrolls_away_where_it_would_fill_a_small_screen() -> None:
    rule = r"@media \(max-width: 700px\) \{ \.desk \.topbar \{([^}]*)\}"
    (narrow,) = re.findall(rule, SHEETS["desk.css"])
    assert "position: static" in narrow


def test_scripts_keep_their_budget() -> None:
    weights = {path.name: _weight(path.read_text()) for path in Path(STATIC).glob("*.js")}
    # No page loads them all; these two are on every page of somebody signed in.
    assert sum(weights.values()) <= 12 * 1024
    assert weights["menu.js"] + weights["session.js"] <= 3 * 1024


def test_first_page_with_all_it_loads_is_light() -> None:
    loaded = ("ui.css", "menu.js", "emblem.svg", "favicon.svg", "weave.svg")
    first = sum(_weight(Path(STATIC, name).read_text()) for name in loaded)
    assert first + _weight(draw("form", signed_in=False)) <= 40 * 1024


def test_page_that_shows_every_piece_is_light() -> None:
    assert _weight(draw("pieces")) <= 15 * 1024


def test_pictures_hold_no_scripts_and_no_foreign_addresses() -> None:
    for path in Path(STATIC).glob("*.svg"):
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text
        assert "<script" not in text
        assert "style=" not in text
