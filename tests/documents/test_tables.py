"""A person's tables written down: for programs, for spreadsheets, for reading."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pikepdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.documents.tables.as_csv import as_csv, neutral
from vssid.documents.tables.as_json import as_json
from vssid.documents.tables.as_pdf import as_pdf
from vssid.kernel.tables import Column, Kind, Table, with_column, with_words

# 01:30 of the next day in Vietnam.
MADE = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
COLUMNS = (
    Column("from_month", "Từ tháng", Kind.MONTH, is_main=True),
    Column("fund", "Quỹ", Kind.CODE, is_main=True, words={"bhxh": "BHXH"}),
    Column("salary", "Mức đóng", Kind.AMOUNT, is_main=True),
    Column("rate", "Tỷ lệ", Kind.PERCENT),
    Column("quantity", "Số lượng", Kind.DECIMAL),
    Column("phone", "Điện thoại", Kind.PHONE),
    Column("day", "Ngày", Kind.DATE),
    Column("at", "Lúc", Kind.MOMENT),
    Column("flag", "Phải đổi", Kind.FLAG),
    Column("note", "Ghi chú"),
)
ROW = (201903, "bhxh", 12_345_000, 80, Decimal("1.50"), "+84912000001", date(2026, 11, 21), MADE,
       True, "Công ty «Sao Mai», tổ 5")  # fmt: skip
NOTHING = (202001, "la", 0, None, None, "", None, None, False, "")
TABLE = Table("periods", "Quá trình", COLUMNS, (ROW, NOTHING))


def _csv(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"), newline="")))


def _pdf(*tables: Table) -> pypdf.PdfReader:
    content = as_pdf(tables, number="0198000001", full_name="Nguyễn Thị Ánh", made_at=MADE)
    return pypdf.PdfReader(io.BytesIO(content))


def _text(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


# --- JSON -----------------------------------------------------------------------------------------


def test_json_keeps_codes_and_writes_moments_in_utc() -> None:
    document = json.loads(as_json([TABLE], number="0198000001", made_at=MADE))
    assert (document["schema"], document["version"]) == ("vssid.export", 1)
    assert (document["number"], document["made_at"]) == ("0198000001", "2026-11-20T18:30:00Z")
    assert document["tables"]["periods"][0] == {
        "from_month": "2019-03",
        "fund": "bhxh",
        "salary": 12_345_000,
        "rate": 80,
        "quantity": "1.50",
        "phone": "+84912000001",
        "day": "2026-11-21",
        "at": "2026-11-20T18:30:00Z",
        "flag": True,
        "note": "Công ty «Sao Mai», tổ 5",
    }


def test_json_says_null_for_what_is_not_known() -> None:
    row = json.loads(as_json([TABLE], number="", made_at=MADE))["tables"]["periods"][1]
    assert (row["rate"], row["day"], row["note"], row["flag"]) == (None, None, "", False)


# --- CSV ------------------------------------------------------------------------------------------


def test_csv_begins_with_the_mark_and_ends_its_lines_as_the_standard_says() -> None:
    content = as_csv(TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 3
    assert content.replace(b"\r\n", b"").count(b"\n") == 0


def test_csv_says_codes_in_words_and_moments_in_vietnam_s_time() -> None:
    head, full, nothing = _csv(TABLE)
    assert head == [column.title for column in COLUMNS]
    assert full == ["2019-03", "BHXH", "12345000", "80", "1.50", "0912 000 001", "2026-11-21",
                    "2026-11-21 01:30:00", "Có", "Công ty «Sao Mai», tổ 5"]  # fmt: skip
    assert nothing == ["2020-01", "la", "0", "", "", "", "", "", "Không", ""]


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "=cmd|' /C calc'!A0", "\uff1d1", "|x"],
)
def test_csv_defuses_formulas(typed: str) -> None:
    rows = ((*ROW[:-1], typed),)
    assert _csv(replace(TABLE, rows=rows))[1][-1] == f"'{typed}"


@given(st.text(max_size=40))
def test_csv_gives_back_what_was_typed(typed: str) -> None:
    written = typed.encode(errors="replace").decode()
    table = Table("t", "T", (COLUMNS[-1],), ((typed,), ("next",)))
    assert _csv(table)[1:] == [[neutral(written)], ["next"]]


@given(st.text(max_size=40))
def test_no_cell_begins_as_a_formula(typed: str) -> None:
    assert not neutral(typed).lstrip().startswith(("=", "+", "-", "@"))


# --- PDF ------------------------------------------------------------------------------------------


def test_pdf_holds_every_value_as_people_read_it() -> None:
    text = _text(_pdf(TABLE))
    for said in ("03/2019", "BHXH", "12.345.000", "80 %", "1,50", "0912 000 001", "21/11/2026",
                 "01:30 21/11/2026", "Phải đổi: Có", "Công ty «Sao Mai», tổ 5"):  # fmt: skip
        assert said in text, said


def test_pdf_says_what_it_is_when_and_that_it_proves_nothing() -> None:
    text = _text(_pdf(TABLE))
    assert "Nguyễn Thị Ánh" in text
    assert "0198000001" in text
    assert "Lập lúc 01:30 ngày 21/11/2026" in text
    assert "Bản sao dữ liệu cá nhân, không thay giấy xác nhận" in text


def test_long_table_repeats_its_heading_and_counts_its_pages() -> None:
    reader = _pdf(replace(TABLE, rows=(ROW,) * 120))
    count = len(reader.pages)
    assert count > 3
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"Trang {number}/{count}" in text
        assert "Mức đóng" in text
    assert _text(reader).count("12.345.000") == 120


def test_single_row_stands_title_by_title_and_empty_tables_say_so() -> None:
    single = replace(TABLE, rows=(ROW,), is_single=True,
                     columns=tuple(replace(one, is_main=False) for one in COLUMNS))  # fmt: skip
    assert "Mức đóng 12.345.000" in _text(_pdf(single))
    assert "Không có dữ liệu" in _text(_pdf(replace(TABLE, rows=())))


def test_pdf_is_archivable_tagged_and_in_vietnamese() -> None:
    content = as_pdf([TABLE], number="0198000001", full_name="Ánh", made_at=MADE)
    with pikepdf.open(io.BytesIO(content)) as document:
        meta = document.open_metadata()
        assert (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) == ("2", "A")
        root: Any = document.Root
        assert str(root.Lang).startswith("vi")
        assert bool(root.MarkInfo.Marked)


@pytest.mark.parametrize("typed", ['#import "x"', "*đậm* $x$", "日本語 😀", "a" * 300, "<b>"])
def test_whatever_was_typed_is_set_as_text(typed: str) -> None:
    reader = _pdf(replace(TABLE, rows=((*ROW[:-1], typed),)))
    seen = "".join(_text(reader).split())
    assert "".join(typed.split())[:5].replace("日本語", "???").replace("😀", "?") in seen


# --- tables themselves ----------------------------------------------------------------------------


def test_column_is_added_with_a_value_for_each_row() -> None:
    wider = with_column(TABLE, Column("x", "X"), (1, 2))
    assert [row[-1] for row in wider.rows] == [1, 2]
    with pytest.raises(ValueError, match="zip"):
        with_column(TABLE, Column("x", "X"), (1,))


def test_words_are_given_to_the_named_columns_only() -> None:
    said = with_words(TABLE, {"note": {"x": "X"}})
    assert [column.words for column in said.columns[-2:]] == [None, {"x": "X"}]
