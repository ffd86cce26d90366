"""Only commands write; nobody reads a record without the key that audit makes."""

import ast
import re
from pathlib import Path

from tests.architecture.source import callee, calls, modules, place, texts, tree
from tests.architecture.source import nodes as syntax

WRITES_OF_MANAGERS = {
    "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete",
}  # fmt: skip
WRITING_SQL = re.compile(
    r"\s*(WITH\b.*\b)?(INSERT INTO|UPDATE \w+|DELETE FROM|COPY|TRUNCATE)\b", re.S
)

WRITERS_BESIDE_COMMANDS = {
    "vssid/accounts/queries.py": "last-seen, in the round trip of the session check",
    "vssid/messaging/transports/demo_phone/__init__.py": "delivering to the demo phone is a row",
    "vssid/people/bulk.py": "the hand of the commands that write many rows",
    "vssid/reference/bulk.py": "the same for the directories",
    "vssid/web/demo/seeding.py": "confirms the demo's waiting draft without a phone",
    "vssid/web/ui/checks.py": "picture codes of django-simple-captcha: each serves one try",
}
"""Only shrinks."""

SHARED_PARTS = {
    "vssid/registration/commands/cases.py",
    "vssid/registration/commands/notices.py",
}
"""What commands of one package have in common; nobody else calls it."""

KEY_MAKER = Path("vssid/audit/access.py")
KEY_USER = Path("vssid/audit/commands.py")
RECORD = Path("vssid/insurance/queries.py")


def _may_write(path: Path) -> bool:
    return (
        path.name == "commands.py"
        or "commands" in path.parent.parts
        or str(path) in WRITERS_BESIDE_COMMANDS
    )


def _chain(node: ast.expr) -> set[str]:
    """The names along `a.b(…).c`: {"a", "b", "c"}."""
    names = set()
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return names


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    chain = _chain(call.func.value)
    if call.func.attr in WRITES_OF_MANAGERS and chain & {"objects", "filter", "exclude"}:
        return True
    # A model's own methods; pictures and stores take positional arguments.
    return call.func.attr in {"save", "delete"} and not call.args


def test_only_commands_write() -> None:
    found = {
        str(path)
        for path in modules("vssid")
        if path.name != "commands.py" and "commands" not in path.parent.parts
        if any(_is_write(call) for call in calls(path))
        or any(WRITING_SQL.match(text) for text in texts(path))
    }
    assert found == set(WRITERS_BESIDE_COMMANDS)


def test_screens_read_through_queries_only() -> None:
    found = [
        place(path, node)
        for path in modules("vssid")
        if path.parts[1] == "web" and str(path) not in WRITERS_BESIDE_COMMANDS
        for node in syntax(path)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert found == []


def test_only_one_command_makes_the_key_to_a_record() -> None:
    makers = {
        path
        for path in modules("vssid", "config")
        for node in syntax(path)
        if (isinstance(node, ast.alias) and node.name == "make_access")
        or (isinstance(node, ast.Attribute) and node.attr == "make_access")
        or (isinstance(node, ast.Name) and node.id == "make_access")
        or (isinstance(node, ast.Call) and callee(node) == "Access")
    }
    assert makers == {KEY_MAKER, KEY_USER}
    callers = [
        node.name
        for node in tree(KEY_USER).body
        if isinstance(node, ast.FunctionDef)
        and any(
            isinstance(one, ast.Call) and callee(one) == "make_access" for one in ast.walk(node)
        )
    ]
    assert callers == ["open_record"]


def test_record_queries_take_the_key_first() -> None:
    public = [
        node
        for node in tree(RECORD).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    assert len(public) >= 5
    for query in public:
        first = query.args.args[0].annotation
        assert isinstance(first, ast.Name), query.name
        assert first.id == "Access", query.name


def test_record_is_read_in_one_place_that_writes_the_look() -> None:
    readers = {
        node.name
        for node in tree(RECORD).body
        if isinstance(node, ast.FunctionDef)
        for one in ast.walk(node)
        if isinstance(one, ast.Call) and callee(one) in {"read_rows", "with_look"}
    }
    assert readers == {"_read"}


def test_statements_of_the_record_are_run_by_its_queries_only() -> None:
    users = {
        path
        for path in modules("vssid")
        for node in syntax(path)
        if (
            isinstance(node, ast.ImportFrom)
            and f"{node.module}.{node.names[0].name}".startswith("vssid.insurance.statements")
        )
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "vssid.insurance"
            and "statements" in {name.name for name in node.names}
        )
    }
    assert users == {RECORD}


def test_commands_take_keywords_only() -> None:
    loose = [
        f"{place(path, node)} {node.name}"
        for path in modules("vssid")
        if path.parts[1] != "web" and _may_write(path) and "management" not in path.parts
        if str(path) not in WRITERS_BESIDE_COMMANDS and str(path) not in SHARED_PARTS
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if node.args.args or node.args.posonlyargs
    ]
    assert loose == []


def test_no_signals_carry_what_happens() -> None:
    found = [
        place(path, node)
        for path in modules("vssid", "config")
        for node in syntax(path)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and (node.module.endswith(".signals") or node.module == "django.dispatch")
    ]
    assert found == []


def test_imports_stand_at_the_top() -> None:
    hidden = [
        place(path, inner)
        for path in modules("vssid", "config", "bench", "tests")
        for node in syntax(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []
