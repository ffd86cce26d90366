"""What a cell of a CSV file may hold, read and written; a refusal says what would be right."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from vssid.kernel.text import clean

_YES: Final = {"yes": True, "no": False}
_MOST_DIGITS: Final = 12
_FORMULA: Final = re.compile(r"'*[=+\-@]")


class CellError(ValueError):
    """A cell cannot be read; the message goes on after the name of its column."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, which is the field's, how a cell is read, and how one is written.

    Two values are the same when they are written the same.
    """

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = clean


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run the cell, or would if it had fewer apostrophes."""
    return _FORMULA.match(cell) is not None


def guarded(cell: str) -> str:
    """The cell as it stands in a file: with an apostrophe more where a spreadsheet would run it."""
    return f"'{cell}" if is_formula(cell) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that `guarded` gave it."""
    return cell[1:] if cell.startswith("'") and is_formula(cell) else cell


def text(name: str, longest: int, *, is_needed: bool = False) -> Column:
    """A line of text, its invisible signs and double spaces dropped."""

    def read(cell: str) -> str:
        found = clean(cell)
        if is_needed and not found:
            raise CellError(_("không được để trống."))
        if len(found) > longest:
            wrong = _("dài %(length)s ký tự, tối đa %(longest)s.")
            raise CellError(wrong % {"length": len(found), "longest": longest})
        return found

    return Column(name, read)


def code(name: str, shape: re.Pattern[str], example: str, *, is_needed: bool = True) -> Column:
    """A code of a fixed shape, in capitals."""

    def read(cell: str) -> str:
        found = clean(cell).upper()
        if found and shape.fullmatch(found) is None:
            wrong = _("«%(found)s» sai dạng, xin viết như %(example)s.")
            raise CellError(wrong % {"found": found[:20], "example": example})
        if is_needed and not found:
            wrong = _("không được để trống, xin viết như %(example)s.")
            raise CellError(wrong % {"example": example})
        return found

    return Column(name, read, lambda value: clean(value).upper())


def choice(name: str, choices: Collection[str]) -> Column:
    """One of a few words."""

    def read(cell: str) -> str:
        found = clean(cell).lower()
        if found not in choices:
            wrong = _("«%(found)s» không dùng được, xin chọn: %(choices)s.")
            raise CellError(wrong % {"found": found[:20], "choices": ", ".join(choices)})
        return found

    return Column(name, read)


def flag(name: str) -> Column:
    """Yes or no."""

    def read(cell: str) -> bool:
        found = clean(cell).lower()
        if found not in _YES:
            raise CellError(_("«%(found)s» phải là yes hoặc no.") % {"found": found[:20]})
        return _YES[found]

    return Column(name, read, lambda value: "yes" if value else "no")


def day(name: str) -> Column:
    """A day as 2026-07-01, or empty."""

    def read(cell: str) -> date | None:
        found = clean(cell)
        try:
            return date.fromisoformat(found) if found else None
        except ValueError:
            wrong = _("«%(found)s» không phải ngày, xin viết như 2026-07-01.")
            raise CellError(wrong % {"found": found[:20]}) from None

    return Column(name, read, lambda value: value.isoformat() if value else "")


def degrees(name: str, least: float, most: float) -> Column:
    """A coordinate (WGS 84) within Vietnam, or empty."""

    def read(cell: str) -> float | None:
        found = clean(cell)
        if not found:
            return None
        is_plain = re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,12})?", found, re.ASCII)
        if is_plain is None or not least <= float(found) <= most:
            wrong = _("«%(found)s» không ở Việt Nam, phải từ %(least)s đến %(most)s độ.")
            raise CellError(wrong % {"found": found[:20], "least": least, "most": most})
        return float(found)

    return Column(name, read, lambda value: "" if value is None else f"{value:.6f}")


def whole(name: str, least: int, most: int) -> Column:
    """A whole number."""

    def read(cell: str) -> int:
        found = clean(cell)
        is_number = found.isascii() and found.isdecimal() and len(found) <= _MOST_DIGITS
        if not is_number or not least <= int(found) <= most:
            wrong = _("«%(found)s» không phải số từ %(least)s đến %(most)s.")
            raise CellError(wrong % {"found": found[:20], "least": least, "most": most})
        return int(found)

    return Column(name, read, str)
