"""The project's own files as text and as syntax, read once for all checks of the house."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: known to git or about to be, from the root down."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    names = (Path(name) for name in sorted(set(listed.stdout.split("\0"))) if name)
    return tuple(name for name in names if (ROOT / name).is_file())


@cache
def read(path: Path) -> str:
    """The text of a file given from the root down."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """The Python files of `folders`, migrations left out: those are written by a machine."""
    return tuple(
        path
        for path in tracked_files()
        if path.suffix == ".py" and path.parts[0] in folders and "migrations" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a Python file."""
    return ast.parse(read(path), filename=str(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a file's syntax."""
    return tuple(ast.walk(tree(path)))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file, inner ones too."""
    return (node for node in nodes(path) if isinstance(node, Function))


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a file."""
    return (node for node in nodes(path) if isinstance(node, ast.Call))


def texts(path: Path) -> Iterator[str]:
    """Every string constant of a file."""
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def place(path: Path, node: ast.stmt | ast.expr) -> str:
    """Where to look: «vssid/people/commands.py:12»."""
    return f"{path}:{node.lineno}"


def callee(call: ast.Call) -> str:
    """The last name of what is called: `b` of `a.b()` and of `b()`; empty for anything else."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
