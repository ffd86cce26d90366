"""The table of ASVS requirements: whole, honest about what is missing, and true about tests."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.architecture.source import (
    ROOT,
    calls,
    modules,
    nodes,
    place,
    read,
    tracked_files,
)

DOCUMENT = Path("docs/security.md")
OPERATIONS = Path("docs/operations.md")
REQUIREMENTS = Path("tests/architecture/asvs_5_0_0.txt")
STATES = {"yes", "partly", "not yet", "no", "operator", "n/a"}
LONGEST = 120
NOT_YET_AT_MOST = 1
"""Only shrinks."""
ROW = re.compile(r"^\| v5\.0\.0-(\d+\.\d+\.\d+) \|(.*)\|$", re.M)
PATH = re.compile(r"`((?:vssid|config|tests|docs|requirements|bench)/[^`]*)`")
DUTY = re.compile(r"operation «([^»]+)»")


class Row(NamedTuple):
    """One requirement."""

    id: str
    level: str
    asked: str
    state: str
    how: str
    shown: str


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(
        Row(found[1], *(cell.strip() for cell in found[2].split("|")))
        for found in ROW.finditer(read(DOCUMENT))
    )


def _requirements() -> Iterator[tuple[str, str]]:
    for line in read(REQUIREMENTS).splitlines():
        if not line.startswith("#"):
            section, *numbers = line.split()
            for number, _, level in (entry.partition(":") for entry in numbers):
                yield f"{section}.{number}", level


@cache
def _tests(path: Path) -> frozenset[str]:
    """The names of the tests in a file."""
    return frozenset(
        node.name
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def test_every_requirement_of_both_levels_has_its_row_in_order() -> None:
    wanted = list(_requirements())
    assert len(wanted) == 253
    assert [(row.id, row.level) for row in _rows()] == wanted


def test_rows_say_what_and_how_and_their_states_are_known() -> None:
    wrong = [
        row.id
        for row in _rows()
        if not all(row) or row.state not in STATES or len(row.asked) > LONGEST
    ]
    assert wrong == []


def test_modules_and_tests_that_rows_name_are_there() -> None:
    named = {(row.id, named) for row in _rows() for named in PATH.findall(f"{row.how} {row.shown}")}
    assert len(named) > 150
    assert sorted(one for one in named if not _is_there(one[1])) == []


def _is_there(named: str) -> bool:
    file, _, test = named.partition("::")
    path = ROOT / file
    if not path.is_file() and not (path / "__init__.py").is_file():
        return False
    return not test or test in _tests(Path(file))


def test_duties_that_rows_name_are_there() -> None:
    text = read(OPERATIONS)
    named = {duty for row in _rows() for duty in DUTY.findall(row.shown)}
    assert named
    assert {
        duty
        for duty in named
        if f"**{duty}.**" not in text and not re.search(rf"^#+ {duty}$", text, re.M)
    } == set()


def test_what_is_called_met_is_shown() -> None:
    """By a test, or it is a duty of the operator that the row names."""
    wrong = []
    for row in _rows():
        has_test, has_duty = "`tests/" in row.shown, DUTY.search(row.shown) is not None
        is_right = {
            "yes": has_test or has_duty,
            "operator": has_duty,
            "not yet": row.shown == "–",
        }
        if not is_right.get(row.state, True):
            wrong.append(row.id)
    assert wrong == []


def test_little_is_left_for_later() -> None:
    assert len([row for row in _rows() if row.state == "not yet"]) <= NOT_YET_AT_MOST


def test_links_to_parts_of_the_page_lead_there() -> None:
    text = read(DOCUMENT)
    parts = set(re.findall(r"^## (.+)$", text, re.M))
    named = set(re.findall(r"this page, «([^»]+)»", text))
    assert named
    assert named <= parts


# --- what some rows say of all the code -----------------------------------------------------------

PATTERNS = {
    f"re.{name}" for name in ("compile", "search", "match", "fullmatch", "sub", "split", "findall")
}
STARTING = {"subprocess", "os.system", "pty", "socket", "urllib.request", "http.client", "requests"}


STARTERS = {
    "vssid/documents/checking.py": "a PDF of strangers is parsed by a program of ours that may die",
    "vssid/registration/identity/reading.py": "photos of strangers are read by one that may die",
    "vssid/support/answers/phrasing.py": "asks the one service of the settings to phrase an answer",
}
"""With arguments that never come from outside; only shrinks."""


def test_pages_start_no_program() -> None:
    """Nor do they call another machine but those of the settings."""
    found = [
        place(path, node)
        for path in modules("vssid")
        if str(path) not in STARTERS
        for node in nodes(path)
        if (isinstance(node, ast.Import) and {name.name for name in node.names} & STARTING)
        or (isinstance(node, ast.ImportFrom) and node.module in STARTING)
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.system", "os.popen"})
    ]
    assert found == []


def test_no_pattern_is_built_from_input() -> None:
    """Patterns are constants: text, or text joined of constants when the module is read."""
    inside = [
        place(path, call)
        for path in modules("vssid")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in PATTERNS
        and not isinstance(call.args[0], ast.Constant)
    ]
    assert inside == []


def test_nothing_is_evaluated() -> None:
    python = [
        place(path, call)
        for path in modules("vssid", "config")
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id in {"eval", "exec", "compile"}
    ]
    scripts = [
        str(path)
        for path in tracked_files()
        if path.suffix == ".js" and path.parts[0] == "vssid"
        if re.search(r"\beval\(|new Function|\.innerHTML|outerHTML|document\.write", read(path))
    ]
    assert python == []
    assert scripts == []
