"""What an editor typed into what everybody reads: Markdown to clean HTML, addresses, search."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any, Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from vssid.kernel.text import clean, fold, visible

_LONGEST_SLUG: Final = 80
_LONGEST_SEARCH: Final = 100
_MOST_WORDS: Final = 8
_PICTURE: Final = re.compile(r"anh:([0-9]{1,2})")
# A heading of an article stands below the page's own.
_LOWER: Final = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}

_TAGS: Final = {
    *("p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "br", "hr", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td", "img"),
}
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    # Of any element: none, not even `title` and `lang`.
    "*": set(),
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the text may show it; `address` is a path of ours, sizes are pixels."""

    number: int
    address: str
    alt: str
    width: int
    height: int


@lru_cache(maxsize=256)
def to_html(text: str, pictures: Sequence[Picture] = ()) -> Markup:
    """Markdown, or HTML as it is pasted, as HTML that can do nothing but be read.

    `pictures` (a tuple) are those of the article; every other picture is dropped, and so are
    scripts, frames, handlers, styles and addresses that are not http, https, mailto or tel.
    """
    known = {one.number: one for one in pictures}
    html = _reader().render(visible(text), {"pictures": known})
    ours = {one.address for one in pictures}

    def kept(tag: str, attribute: str, value: str) -> str | None:
        is_foreign = tag == "img" and attribute == "src" and value not in ours
        return None if is_foreign else value

    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    # A picture that lost its address shows nothing.
    return Markup(re.sub(r"<img(?![^>]*\ssrc=)[^>]*>", "", cleaned))  # noqa: S704 - cleaned above


def to_text(text: str) -> str:
    """The same as plain words."""
    spaced = re.sub(r"<[^>]+>", " ", to_html(text))
    return clean(unescape(spaced))


def slug_of(title: str) -> str:
    """The title as it stands in an address: `the-bhyt-dien-tu`; «tin» when nothing is left."""
    folded = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    if len(folded) > _LONGEST_SLUG:
        folded = folded[:_LONGEST_SLUG].rpartition("-")[0] or folded[:_LONGEST_SLUG]
    return folded or "tin"


def search_text(parts: Iterable[str]) -> str:
    """What a search looks into: all words, folded."""
    return fold(" ".join(parts))


def search_words(wanted: str) -> tuple[str, ...]:
    """The words of a search, folded; each must be found. At most eight of them count."""
    kept = "".join(
        letter if unicodedata.category(letter)[0] in "LNM" else " "
        for letter in clean(wanted)[:_LONGEST_SEARCH]
    )
    return tuple(dict.fromkeys(fold(kept).split()))[:_MOST_WORDS]


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 12}).enable("table")
    reader.add_render_rule("image", _image)
    reader.add_render_rule("heading_open", _heading)
    reader.add_render_rule("heading_close", _heading)
    return reader


def _image(
    _renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, env: Mapping[str, Any]
) -> str:
    found = _PICTURE.fullmatch(str(tokens[at].attrGet("src") or ""))
    picture: Picture | None = env["pictures"].get(int(found[1])) if found else None
    if picture is None:
        return ""
    return (
        f'<img src="{escape(picture.address)}" alt="{escape(tokens[at].content or picture.alt)}" '
        f'width="{picture.width}" height="{picture.height}" loading="lazy">'
    )


def _heading(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any
) -> str:
    tokens[at].tag = _LOWER.get(tokens[at].tag, tokens[at].tag)
    return renderer.renderToken(tokens, at, options, env)
