"""What editors type or paste becomes HTML that can do nothing but be read."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vssid.support.news import words
from vssid.support.news.words import Picture

TWO = Picture(2, "/tin-tuc/anh/2.jpg", "Hai người ở quầy", 640, 480)
ALLOWED = {
    *("p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "br", "hr", "blockquote", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**đậm** và *nghiêng*", "<p><strong>đậm</strong> và <em>nghiêng</em></p>"),
        ("# Đề mục", "<h2>Đề mục</h2>"),
        ("## Đề mục", "<h2>Đề mục</h2>"),
        ("##### Nhỏ", "<h3>Nhỏ</h3>"),
        ("- một\n- hai", "<ul>\n<li>một</li>\n<li>hai</li>\n</ul>"),
        (
            "[luật](https://example.com/a?b=1&c=2)",
            '<p><a href="https://example.com/a?b=1&amp;c=2" rel="noopener noreferrer">luật</a></p>',
        ),
        ("[gọi](tel:19009068)", '<p><a href="tel:19009068" rel="noopener noreferrer">gọi</a></p>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("đảo\u202egnoud\u202c\x07 lại", "<p>đảognoud lại</p>"),
        (
            "[a](https://example.com/\u202egpj)",
            '<p><a href="https://example.com/gpj" rel="noopener noreferrer">a</a></p>',
        ),
    ],
)
def test_markdown_becomes_html(typed: str, shown: str) -> None:
    assert words.to_html(typed).strip() == shown


HOSTILE = [
    "<p title='</noscript><img src=x onerror=alert(1)>'>",
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    '<iframe src="https://evil.example"></iframe>',
    '<a href="javascript:alert(1)">bấm</a>',
    '<a href="JaVa&#x09;Script:alert(1)">bấm</a>',
    "[bấm](javascript:alert(1))",
    "[bấm](data:text/html;base64,PHNjcmlwdD4=)",
    "[bấm](vbscript:x)",
    "![x](https://evil.example/theo-doi.gif)",
    "![x](anh:7)",
    '<p onclick="alert(1)" style="position:fixed">chữ</p>',
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<form action="/thoat/"><button>Bấm</button></form>',
    "<style>*{display:none}</style>",
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    "<object data=x></object><embed src=x>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]


def _is_harmless(html: str) -> bool:
    tags = {tag.lower() for tag in re.findall(r"</?([a-zA-Z][^\s/>]*)", html)}
    inside = " ".join(re.findall(r"<[^>]*>", html))
    return tags <= ALLOWED and not re.search(
        r"(?i)\son\w+\s*=|\sstyle=|javascript:|vbscript:|data:|src=.?(?:https?:)?//|srcdoc|<!--",
        inside,
    )


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_could_run_or_load_is_dropped(typed: str) -> None:
    html = words.to_html(f"Trước\n\n{typed}\n\nsau", (TWO,))
    assert _is_harmless(html)
    assert "Trước" in html
    assert "alert(1)" not in words.to_text(f"a {typed}") or "<script" not in html


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*HOSTILE, "\n\n", "`", "<", ">", '"', "a", "\\", "]("]), max_size=9)
)
def test_no_mixture_of_hostile_parts_gets_through(parts: list[str]) -> None:
    assert _is_harmless(words.to_html("".join(parts)))


@pytest.mark.parametrize(
    "bomb",
    [">" * 40_000, "[" * 40_000, "*a" * 20_000, "`" * 40_000, "<b>" * 13_000, "![](" * 10_000],
)
def test_bombs_are_read_in_a_moment(bomb: str) -> None:
    before = time.process_time()
    assert _is_harmless(words.to_html(bomb))
    assert time.process_time() - before < 3


def test_own_picture_is_shown_with_its_words_and_size() -> None:
    html = words.to_html("![](anh:2)", (TWO,))
    assert 'src="/tin-tuc/anh/2.jpg"' in html
    assert 'alt="Hai người ở quầy"' in html
    assert 'width="640" height="480"' in html
    assert 'alt="Lời khác"' in words.to_html("![Lời khác](anh:2)", (TWO,))


def test_pasted_picture_of_ours_by_its_address_is_the_only_one_kept() -> None:
    assert "<img" in words.to_html('<img src="/tin-tuc/anh/2.jpg" alt="x">', (TWO,))
    assert "<img" not in words.to_html('<img src="/thoat/" alt="x">', (TWO,))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Thẻ BHYT điện tử: dùng thế nào?", "the-bhyt-dien-tu-dung-the-nao"),
        ("Đường dây nóng 1900 9068", "duong-day-nong-1900-9068"),
        ("«»…", "tin"),
        ("新闻", "tin"),
        ("từ " * 60, "-".join(["tu"] * 26)),
    ],
)
def test_address_comes_from_the_title(title: str, slug: str) -> None:
    assert words.slug_of(title) == slug


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Thẻ  BHYT", ("the", "bhyt")),
        ("the bhyt!", ("the", "bhyt")),
        ("%_\\", ()),
        ("a a A á", ("a",)),
        ("x" * 1_000_000, ("x" * 100,)),
        (" ".join("abcdefghijkl"), tuple("abcdefgh")),
        ("", ()),
    ],
)
def test_search_is_a_few_folded_words(wanted: str, found: tuple[str, ...]) -> None:
    assert words.search_words(wanted) == found
