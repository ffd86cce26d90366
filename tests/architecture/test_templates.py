"""Every template is used, and everything that people read goes through translation."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import Environment, nodes

from tests.architecture.source import modules, read, texts, tracked_files
from tests.architecture.source import nodes as syntax

TRANSLATING = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
SAID_AS_THEY_ARE = {"Tiếng Việt", "Tiếng Việt, English"}
"""The name of a language stands in that language."""


def _templates() -> tuple[Path, ...]:
    return tuple(
        path for path in tracked_files() if path.suffix == ".html" and "templates" in path.parts
    )


TEMPLATES = _templates()


def _name(path: Path) -> str:
    return "/".join(path.parts[path.parts.index("templates") + 1 :])


def _pages() -> Environment:
    made: Environment = engines["pages"].env  # type: ignore[attr-defined] # Jinja2's own backend
    return made


@cache
def _parsed(path: Path) -> nodes.Template:
    return _pages().parse(read(path))


@cache
def _named_by_templates() -> frozenset[str]:
    return frozenset(
        str(node.template.value)
        for path in TEMPLATES
        for node in _parsed(path).find_all(nodes.Stmt)
        if isinstance(node, nodes.Extends | nodes.FromImport | nodes.Import | nodes.Include)
        and isinstance(node.template, nodes.Const)
    )


@cache
def _constants(folder: Path) -> frozenset[str]:
    return frozenset(
        text for path in modules("vssid", "config") if path.parent == folder for text in texts(path)
    )


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Path], ...]:
    """Names put together, as in f"citizen/registration/{template}.html", and where that stands."""
    return tuple(
        (re.compile("".join(map(_piece, node.values))), path.parent)
        for path in modules("vssid", "config")
        for node in syntax(path)
        if isinstance(node, ast.JoinedStr) and ast.unparse(node).rstrip("\"'").endswith(".html")
    )


def _piece(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else "([a-z_]+)"


@cache
def _whole_names() -> frozenset[str]:
    return frozenset(
        text
        for path in modules("vssid", "config")
        for text in texts(path)
        if text.endswith(".html")
    )


def _is_named_by_code(name: str) -> bool:
    """Named whole, or put together from a part that stands beside it."""
    return name in _whole_names() or any(
        (found := pattern.fullmatch(name)) and set(found.groups()) <= _constants(folder)
        for pattern, folder in _patterns()
    )


def _is_vietnamese(text: str) -> bool:
    return any(sign.isalpha() and not sign.isascii() for sign in text)


def _untranslated(node: nodes.Node, *, is_inside: bool = False) -> Iterator[str]:
    """What stands in the template's own words and does not go through translation."""
    if isinstance(node, nodes.TemplateData) and _is_vietnamese(node.data):
        yield node.data.strip()
    said = node.value if isinstance(node, nodes.Const) and not is_inside else None
    if isinstance(said, str) and _is_vietnamese(said) and said not in SAID_AS_THEY_ARE:
        yield said
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        is_inside = is_inside or node.node.name in TRANSLATING
    for child in node.iter_child_nodes():
        yield from _untranslated(child, is_inside=is_inside)


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_is_used(path: Path) -> None:
    name = _name(path)
    assert name in _named_by_templates() or _is_named_by_code(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_speaks_through_translation(path: Path) -> None:
    assert list(_untranslated(_parsed(path))) == []


def test_words_past_translation_would_be_noticed() -> None:
    said = "{% trans %}Đúng{% endtrans %}{{ _('Đúng') }}<p>Sài</p>{{ 'Đã sai' }}<p>Lại sai ạ</p>"
    found = list(_untranslated(_pages().parse(said)))
    assert found == ["<p>Sài</p>", "Đã sai", "<p>Lại sai ạ</p>"]


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_has_no_inline_code(path: Path) -> None:
    """The content security policy would refuse it without a word."""
    text = read(path)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", text)
    assert "javascript:" not in text
