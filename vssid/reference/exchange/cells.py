"""What a cell of a CSV file may hold, read and written; a refusal says what would be right."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from vssid.kernel.text import clean

_YES: Final = {"yes": True, "no": False}
_MOST_DIGITS: Final = 12


class CellError(ValueError):
    """A cell cannot be read; the message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, which is the field's, how a cell is read, and how one is written."""

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


def text(name: str, longest: int, *, is_needed: bool = False) -> Column:
    """A line of text, its invisible signs and double spaces dropped."""

    def read(cell: str) -> str:
        found = clean(cell)
        if is_needed and not found:
            raise CellError("must not be empty.")
        if len(found) > longest:
            raise CellError(f"has {len(found)} characters; at most {longest} are possible.")
        return found

    return Column(name, read)


def code(name: str, shape: re.Pattern[str], example: str, *, is_needed: bool = True) -> Column:
    """A code of a fixed shape, in capitals."""

    def read(cell: str) -> str:
        found = clean(cell).upper()
        if found and shape.fullmatch(found) is None:
            raise CellError(f"«{found[:20]}» is no such code: write it like {example}.")
        if is_needed and not found:
            raise CellError(f"must not be empty: write it like {example}.")
        return found

    return Column(name, read)


def choice(name: str, choices: Collection[str]) -> Column:
    """One of a few words."""

    def read(cell: str) -> str:
        found = clean(cell).lower()
        if found not in choices:
            raise CellError(f"«{found[:20]}» is not one of {', '.join(choices)}.")
        return found

    return Column(name, read)


def flag(name: str) -> Column:
    """Yes or no."""

    def read(cell: str) -> bool:
        found = clean(cell).lower()
        if found not in _YES:
            raise CellError(f"«{found[:20]}» is neither yes nor no.")
        return _YES[found]

    return Column(name, read, lambda value: "yes" if value else "no")


def day(name: str) -> Column:
    """A day as 2026-07-01, or empty."""

    def read(cell: str) -> date | None:
        found = clean(cell)
        try:
            return date.fromisoformat(found) if found else None
        except ValueError:
            raise CellError(f"«{found[:20]}» is no day: write it as 2026-07-01.") from None

    return Column(name, read, lambda value: value.isoformat() if value else "")


def degrees(name: str, least: float, most: float) -> Column:
    """A coordinate (WGS 84) within Vietnam, or empty."""

    def read(cell: str) -> float | None:
        found = clean(cell)
        if not found:
            return None
        is_plain = re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,12})?", found, re.ASCII)
        if is_plain is None or not least <= float(found) <= most:
            raise CellError(f"«{found[:20]}» is not in Vietnam: {least} to {most} degrees.")
        return float(found)

    return Column(name, read, lambda value: "" if value is None else f"{value:.6f}")


def whole(name: str, least: int, most: int) -> Column:
    """A whole number."""

    def read(cell: str) -> int:
        found = clean(cell)
        is_number = found.isascii() and found.isdecimal() and len(found) <= _MOST_DIGITS
        if not is_number or not least <= int(found) <= most:
            raise CellError(f"«{found[:20]}» is no number from {least} to {most}.")
        return int(found)

    return Column(name, read)
