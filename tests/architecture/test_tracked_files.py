"""Nothing stands in the project that belongs to one machine, one registry or its making."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, read, tracked_files

BINARY = {
    ".webp",
    ".png",
    ".jpg",
    ".jpeg",
    ".ico",
    ".pdf",
    ".db",
    ".parquet",
    ".gz",
    ".heic",
    ".otf",
}
# Written in pieces, so that this file does not find itself.
REGISTRIES = ("py" + "pi.org", "python" + "hosted", "npm" + "js.", "crates" + ".io")
MACHINE = ("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "file:" + "///")
MAKING = (
    "clau" + "de",
    "anthro" + "pic",
    "chat" + "gpt",
    "open" + "ai",
    "co" + "pilot",
    "language mo" + "del",
    "../sha" + "red",
    "the le" + "ad ",
)
NUMBERED = re.compile(r"\b(iss" + r"ue|tick" + r"et|pul" + r"l request) #?\d", re.I)
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def _texts() -> list[Path]:
    return [path for path in tracked_files() if path.suffix.lower() not in BINARY]


def _holding(words: tuple[str, ...]) -> list[str]:
    return [f"{path}: {word}" for path in _texts() for word in words if word in read(path).lower()]


def test_all_text_is_utf8_with_unix_lines() -> None:
    for path in _texts():
        assert b"\r\n" not in (ROOT / path).read_bytes(), path
        assert read(path) is not None


@pytest.mark.parametrize("words", [REGISTRIES, MACHINE, MAKING], ids=["hosts", "paths", "making"])
def test_no_file_names_what_is_outside(words: tuple[str, ...]) -> None:
    assert _holding(words) == []


def test_pins_name_no_index() -> None:
    pins = [path for path in tracked_files() if path.parts[0] == "requirements"]
    assert pins
    assert [str(path) for path in pins if re.search(r"^(-i|--|https?:)", read(path), re.M)] == []


@pytest.mark.parametrize("pattern", [NUMBERED, UNFINISHED], ids=["numbered", "unfinished"])
def test_no_file_points_at_work_elsewhere(pattern: re.Pattern[str]) -> None:
    found = [f"{path}: {match[0]}" for path in _texts() for match in pattern.finditer(read(path))]
    assert found == []


def test_nothing_is_downloaded_by_pages() -> None:
    outside = re.compile(r"""(src|href|url\()\s*=?\s*["']?(https?:)?//""")
    pages = [path for path in _texts() if path.suffix in {".html", ".css", ".js"}]
    assert pages
    assert [str(path) for path in pages if outside.search(read(path))] == []


def test_ignored_lint_and_types_name_their_rule() -> None:
    blank = re.compile(r"#\s*(noqa(?!:\s*[A-Z])|type:\s*ignore(?!\[))")
    found = [str(path) for path in _texts() if path.suffix == ".py" and blank.search(read(path))]
    assert found == [str(Path(__file__).relative_to(ROOT))] * bool(found)
