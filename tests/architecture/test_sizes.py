"""Nothing grows beyond what one can take in at once. The lists of exceptions only shrink."""

from tests.architecture.source import Function, functions, modules, place, read, tracked_files

LINES_OF_A_FUNCTION = 40
LINES_OF_A_FILE = 500
PARAMETERS = 7
LINES_OF_ALL_STYLES = 1200

LONGER_FUNCTIONS: frozenset[str] = frozenset()
LONGER_FILES: frozenset[str] = frozenset({"vssid/web/ui/static/ui/ui.css"})
"""One sheet for the whole shell, in layers; all styles together have a limit of their own."""

_CODE = {".py", ".html", ".css", ".js", ".sh", ".typ"}


def _length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _parameters(function: Function) -> int:
    given = function.args
    names = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def test_functions_fit_in_forty_lines() -> None:
    long = {
        f"{path}:{function.name}"
        for path in modules("config", "vssid", "bench", "tests")
        for function in functions(path)
        if _length(function) > LINES_OF_A_FUNCTION
    }
    assert long == LONGER_FUNCTIONS


def test_functions_take_at_most_seven_parameters() -> None:
    greedy = [
        f"{place(path, function)} {function.name}"
        for path in modules("config", "vssid", "bench")
        for function in functions(path)
        if _parameters(function) > PARAMETERS
    ]
    assert greedy == []


def test_files_fit_in_five_hundred_lines() -> None:
    long = {
        str(path)
        for path in tracked_files()
        if path.suffix in _CODE
        and "migrations" not in path.parts
        and len(read(path).splitlines()) > LINES_OF_A_FILE
    }
    assert long == LONGER_FILES


def test_styles_stay_small_in_all() -> None:
    sheets = [path for path in tracked_files() if path.suffix == ".css"]
    assert sheets
    assert sum(len(read(path).splitlines()) for path in sheets) <= LINES_OF_ALL_STYLES
