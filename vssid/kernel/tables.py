"""Tables of a person's own data, as they are handed out: what a column means, and its rows.

The rooms say what stands in them; `documents.tables` writes them down. Titles are Vietnamese, as
on the forms of the agency: a table is a document and stays in one language (docs/export.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What the values of a column are; None is always «not known»."""

    TEXT = "text"
    CODE = "code"
    """A short word of ours; `Column.words` may say it in Vietnamese."""
    PHONE = "phone"
    """E.164: «+84912345678»."""
    COUNT = "count"
    """A whole number."""
    AMOUNT = "amount"
    """Whole đồng, unless another column names the currency."""
    PERCENT = "percent"
    DECIMAL = "decimal"
    MONTH = "month"
    """An integer YYYYMM, or a word that stands for a month."""
    DATE = "date"
    MOMENT = "moment"
    """Aware, in UTC."""
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its stable English name, its title for people, what its values are.

    `is_main` columns stand side by side on paper, the others below them with their titles.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    is_main: bool = False
    words: Mapping[str, str] | None = None


Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order of the columns. `is_single`: of these there is one row at most."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_single: bool = False


def with_column(table: Table, column: Column, values: tuple[object, ...]) -> Table:
    """The same table with one more column at its end, a value for each row."""
    rows = tuple((*row, value) for row, value in zip(table.rows, values, strict=True))
    return replace(table, columns=(*table.columns, column), rows=rows)


def with_words(table: Table, words: Mapping[str, Mapping[str, str]]) -> Table:
    """The same table; the columns that `words` names say their codes in words."""
    columns = tuple(
        replace(column, words=words[column.name]) if column.name in words else column
        for column in table.columns
    )
    return replace(table, columns=columns)
