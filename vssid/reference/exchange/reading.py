"""Reads a CSV file of a directory: rows with typed values, and what is wrong, line by line.

Python's own `csv` tells the line of the file where a row ends, also after quoted line breaks, which
readers of whole tables do not; 60,000 rows take two seconds.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from vssid.reference import directory
from vssid.reference.exchange.cells import CellError, unguarded
from vssid.reference.exchange.sheets import Sheet
from vssid.reference.rows import ERA_TODAY
from vssid.reference.searching.sources import split_list
from vssid.reference.succeeding import is_in_cycle

MOST_ROWS: Final = 100_000
MOST_FAULTS: Final = 5_000
"""Of a file with more of them reading ends: it is another kind of file."""

_SPANS: Final = (
    ("valid_from", "valid_to"),
    ("contract_from", "contract_to"),
    ("founded_on", "closed_on"),
)
# Spreadsheets with Vietnamese settings write semicolons.
_DELIMITERS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a line of a file, in the reader's language; line 0 is the whole file.

    `sentence` names the column as well.
    """

    line: int
    sentence: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line, its values by field."""

    line: int
    values: Mapping[str, Any]

    @property
    def code(self) -> str:
        """The key of the entry."""
        return str(self.values["code"])


def read(text: str, sheet: Sheet, known: Iterable[str]) -> tuple[list[Row], list[Fault]]:
    """The rows of a file and every fault in it; `known` are the codes the directory has already.

    A file with faults is not to be applied, not even its good lines.
    """
    rows, faults = _rows(text, sheet)
    if not rows and not faults:
        faults.append(Fault(0, _("Tệp không có dòng nào dưới dòng tiêu đề.")))
    faults += _repeated(rows)
    before = set(known)
    # Agencies are only changed by a file: which there are is decided by reorganisations.
    codes = before if sheet.name == "agencies" else before | {row.code for row in rows}
    for row in rows:
        found = _contradictions(row, sheet, codes)
        faults += [Fault(row.line, sentence, column) for column, sentence in found]
    return rows, sorted([*faults, *_cycles(rows, sheet)])[:MOST_FAULTS]


def _rows(text: str, sheet: Sheet) -> tuple[list[Row], list[Fault]]:
    text = text.removeprefix("\ufeff")
    lines = csv.reader(
        io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text, sheet)
    )
    rows: list[Row] = []
    faults: list[Fault] = []
    has_header, begun = False, 1
    try:
        for cells in lines:
            begun = lines.line_num + 1
            if not any(map(str.strip, cells)):
                continue
            if not has_header:
                if tuple(map(str.strip, cells)) != sheet.header:
                    return [], [_wrong_header(lines.line_num, cells, sheet)]
                has_header = True
                continue
            faults += _row(lines.line_num, cells, sheet, rows)
            if len(rows) > MOST_ROWS or len(faults) > MOST_FAULTS:
                return [], [*faults, Fault(lines.line_num, _too_many(rows))]
    except csv.Error as error:
        faults.append(Fault(begun, _not_csv(error)))
    return rows, faults


def _delimiter(text: str, sheet: Sheet) -> str:
    first = next((line for line in text.lstrip().splitlines()[:1]), "").replace('"', "")
    return next((one for one in _DELIMITERS if tuple(first.split(one)) == sheet.header), ",")


def _wrong_header(line: int, cells: list[str], sheet: Sheet) -> Fault:
    named = {cell.strip() for cell in cells}
    missing = [name for name in sheet.header if name not in named]
    said = _("Dòng đầu phải là: %(header)s") % {"header": ",".join(sheet.header)}
    if missing and len(missing) < len(sheet.header):
        said += " " + _("Còn thiếu: %(columns)s.") % {"columns": ", ".join(missing)}
    return Fault(line, said)


def _too_many(rows: list[Row]) -> str:
    if len(rows) > MOST_ROWS:
        return _("Tệp có hơn %(most)s dòng. Xin chia thành nhiều tệp.") % {"most": MOST_ROWS}
    return _("Tệp có hơn %(most)s lỗi, máy dừng đọc ở đây.") % {"most": MOST_FAULTS}


def _not_csv(error: csv.Error) -> str:
    if str(error).startswith(("unexpected end", "field larger")):
        return _("Đây không phải CSV đúng: dấu ngoặc kép mở từ dòng này mà không đóng.")
    return _(
        "Đây không phải CSV đúng: sau dấu ngoặc kép đóng phải là dấu phẩy hoặc hết dòng; "
        "ngoặc kép trong chữ phải viết đôi."
    )


def _row(line: int, cells: list[str], sheet: Sheet, rows: list[Row]) -> list[Fault]:
    if len(cells) != len(sheet.columns):
        wrong = _(
            "Dòng này có %(found)s ô, phải là %(wanted)s. Chữ có dấu phẩy phải để trong ngoặc kép."
        )
        return [Fault(line, wrong % {"found": len(cells), "wanted": len(sheet.columns)})]
    values, faults = {}, []
    for column, cell in zip(sheet.columns, cells, strict=True):
        try:
            values[column.name] = column.read(unguarded(cell))
        except CellError as error:
            faults.append(Fault(line, f"{column.name} {error}", column.name))
    if not faults:
        rows.append(Row(line, values))
    return faults


def _repeated(rows: list[Row]) -> list[Fault]:
    first: dict[str, int] = {}
    wrong = _("code «%(code)s» đã có ở dòng %(line)s.")
    return [
        Fault(row.line, wrong % {"code": row.code, "line": first[row.code]}, "code")
        for row in rows
        if first.setdefault(row.code, row.line) != row.line
    ]


def _contradictions(row: Row, sheet: Sheet, codes: set[str]) -> Iterator[tuple[str, str]]:
    """The column and the sentence of what cannot be true together."""
    values = row.values
    if (values["latitude"] is None) != (values["longitude"] is None):
        yield "latitude", _("latitude và longitude phải có cả hai, hoặc để trống cả hai.")
    for first, last in _SPANS:
        if _is_reversed(values.get(first), values.get(last)):
            yield last, _("%(last)s trước %(first)s.") % {"last": last, "first": first}
    yield from _places(values, sheet)
    if sheet.name == "points" and not (
        values["collects_voluntary"] or values["collects_household"]
    ):
        yield "collects_voluntary", _("collects_voluntary hoặc collects_household phải là yes.")
    if sheet.name == "agencies" and row.code not in codes:
        wrong = _("code «%(code)s» không phải cơ quan: cơ quan mở và thôi bằng việc sắp xếp lại.")
        yield "code", wrong % {"code": row.code}
    for heir in split_list(values.get("successors", "")):
        if heir not in codes or heir == row.code:
            wrong = _("successors: «%(heir)s» không phải mã khác trong danh bạ này.")
            yield "successors", wrong % {"heir": heir[:20]}


def _cycles(rows: list[Row], sheet: Sheet) -> Iterable[Fault]:
    """Who would be followed by itself, over the file and what the directory has besides."""
    if not sheet.has("successors"):
        return
    stored = sheet.model._default_manager.exclude(successors="")
    heirs = {code: split_list(more) for code, more in stored.values_list("code", "successors")}
    heirs |= {row.code: split_list(row.values["successors"]) for row in rows}
    wrong = _("successors: chuỗi nối tiếp quay lại «%(code)s».")
    for row in rows:
        if row.code not in heirs[row.code] and is_in_cycle(row.code, heirs):
            yield Fault(row.line, wrong % {"code": row.code[:20]}, "successors")


def _places(values: Mapping[str, Any], sheet: Sheet) -> Iterator[tuple[str, str]]:
    found = directory.current()
    commune = values.get("commune_code", "")
    if commune and len(commune) == 5 and (ERA_TODAY, commune) not in found.areas:
        wrong = _("commune_code «%(code)s» không phải xã, phường hiện nay (từ 2025-07-01).")
        yield "commune_code", wrong % {"code": commune}
    if sheet.has("agency_code") and values["agency_code"] not in found.office_names:
        wrong = _("agency_code «%(code)s» không phải cơ quan BHXH.")
        yield "agency_code", wrong % {"code": values["agency_code"]}
    if sheet.name in {"facilities", "points"} and not commune:
        yield "commune_code", _("commune_code không được để trống: xin ghi mã xã, phường hiện nay.")


def _is_reversed(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first
