"""Every setting and every variable of the environment is documented, and none that is gone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import callee, calls, modules, read, tracked_files, tree

DOCUMENT = Path("docs/operations.md")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*[A-Z0-9]")
NOT_READ_YET: set[str] = set()
"""Only shrinks."""
READERS = {"get", "required", "flag", "setdefault"}
WELL_KNOWN = {"MAKELEVEL", "TERM", "PATH", "HOME"}
"""Read, but set by others."""


def _settings() -> Iterator[str]:
    for path in modules("config"):
        if path.parent.name != "settings":
            continue
        for node in tree(path).body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.AnnAssign):
                targets = [node.target]
            for target in targets:
                if isinstance(target, ast.Name) and target.id.startswith("VSSID_"):
                    yield target.id


def _variables() -> Iterator[str]:
    for path in modules("config"):
        for call in calls(path):
            first = call.args[0] if callee(call) in READERS and call.args else None
            if isinstance(first, ast.Constant) and VARIABLE.fullmatch(str(first.value)):
                yield str(first.value)
    for path in tracked_files():
        if path.suffix == ".sh":
            yield from re.findall(r"\$\{?(VSSID_[A-Z_]+)", read(path))


def _documented() -> set[str]:
    return set(re.findall(r"`([A-Z][A-Z0-9_]+)`", read(DOCUMENT)))


def test_every_setting_is_documented() -> None:
    settings = set(_settings())
    assert "VSSID_CODE_LIFETIME" in settings
    assert settings - _documented() == set()


def test_every_setting_is_used() -> None:
    code = "\n".join(
        read(path) for path in modules("vssid", "config") if path.parts[1] != "settings"
    )
    unused = {name for name in _settings() if not re.search(rf"\b{name}\b", code)}
    assert unused == NOT_READ_YET


def test_every_variable_of_the_environment_is_documented() -> None:
    variables = set(_variables()) - WELL_KNOWN
    assert {"SECRET_KEY", "DATABASE_URL", "VSSID_MASTER_KEY", "PORT"} <= variables
    assert variables - _documented() == set()


def test_nothing_is_documented_that_is_gone() -> None:
    everything = "\n".join(
        read(path)
        for path in tracked_files()
        if path.suffix in {".py", ".sh"} or path.name == "Makefile"
    )
    ours = {name for name in _documented() if name.startswith("VSSID_")}
    assert {name for name in ours if name not in everything} == set()
