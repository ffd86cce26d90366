"""What the documents promise is there: rows and their tests, links, pictures, people."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import (
    ROOT,
    Function,
    callee,
    functions,
    modules,
    read,
    tracked_files,
)
from vssid.insurance.invented.life import Place
from vssid.insurance.invented.named import named_life
from vssid.web.demo import cast

GUIDES = Path("docs/guides.md")
ROW = re.compile(r"^\| ([RCAIUOW]\d\d) \| (.+) \| (done|later|part) \| (.*) \|$", re.M)
TEST_NAME = re.compile(r"`(test_\w+)`")
ROWS = {"R": 19, "C": 6, "A": 11, "I": 7, "U": 6, "O": 5, "W": 2}
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")
DOCUMENTS = [path for path in tracked_files() if path.suffix == ".md"]


@cache
def _shown() -> dict[str, set[str]]:
    """By test: the rows it shows, which its mark `guide("R01", …)` or its name says."""
    return {
        function.name: set(_marked(function)) | set(_named(function.name))
        for path in modules("tests")
        for function in functions(path)
        if function.name.startswith("test_")
    }


def _marked(function: Function) -> Iterator[str]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and callee(decorator) == "guide":
            yield from (str(row.value) for row in decorator.args if isinstance(row, ast.Constant))


def _named(test: str) -> Iterator[str]:
    found = re.match(r"test_([rcaiuow]\d\d)_", test)
    if found:
        yield found[1].upper()


def _rows() -> dict[str, tuple[str, str]]:
    """By row: its state, and the cell that names its tests."""
    return {row: (state, tests) for row, _promise, state, tests in ROW.findall(read(GUIDES))}


def test_every_row_of_the_guides_stands_once() -> None:
    found = [row for row, *_ in ROW.findall(read(GUIDES))]
    wanted = [f"{part}{number:02d}" for part, last in ROWS.items() for number in range(1, last + 1)]
    assert sorted(found) == sorted(wanted)


def test_done_rows_are_shown_by_tests() -> None:
    silent = [
        row
        for row, (state, cell) in _rows().items()
        if state == "done" and not TEST_NAME.search(cell)
    ]
    assert silent == []


def test_named_tests_exist_and_show_their_row() -> None:
    """A test that claims rows must claim this one; one that claims none may be named too."""
    wrong = [
        f"{row}: {test}"
        for row, (_state, cell) in _rows().items()
        for test in TEST_NAME.findall(cell)
        if test not in _shown() or row not in (_shown()[test] or {row})
    ]
    assert wrong == []


def test_rows_that_a_test_shows_are_not_called_later() -> None:
    shown = set().union(*_shown().values())
    assert shown <= set(_rows())
    assert shown & {row for row, (state, _cell) in _rows().items() if state == "later"} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_links_lead_somewhere(document: Path) -> None:
    lost = [
        target
        for target in LINK.findall(read(document))
        if not (ROOT / document.parent / target).exists()
    ]
    assert lost == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(path.name[:4] for path in DOCUMENTS if path.parent == Path("docs/adr"))
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_decisions_named_in_the_code_exist() -> None:
    named = {
        number
        for path in modules("vssid", "config")
        for number in re.findall(r"docs/adr/(\d{4})", read(path))
    }
    assert named
    assert named <= {path.name[:4] for path in DOCUMENTS if path.parent == Path("docs/adr")}


def test_readme_names_the_people_of_the_demo() -> None:
    text = read(Path("README.md"))
    home = Place("01", "00640", "Xã Thanh Trì", 1, "01001", "Trạm Y tế xã Thanh Trì")
    for one in cast.INSURED:
        person = named_life(one.role, date(2026, 11, 20), home, [home]).lives[0].person
        assert person.number in text, one.role
        assert person.full_name in text, one.role
    for worker in cast.OFFICERS:
        assert worker.user_name in text
    assert cast.PASSWORD in text


def test_changelog_begins_with_what_is_unreleased() -> None:
    headings = re.findall(r"^## (.+)$", read(Path("CHANGELOG.md")), re.M)
    assert headings[0] == "[Unreleased]"
