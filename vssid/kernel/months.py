"""Months of insurance and spans of them: contributions are counted in months, never in days."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Final, Self, overload

from vssid.kernel.errors import InvalidInput
from vssid.kernel.text import half_width

_MONTH_FIRST: Final = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{4})")
# What a browser's month field sends.
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One month of a year; ordered by time. Raises InvalidInput month.range for none."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (MINYEAR <= self.year <= MAXYEAR and 1 <= self.month <= 12):
            raise InvalidInput("month.range")

    @classmethod
    def from_yyyymm(cls, yyyymm: int) -> Self:
        """Return the month of a number such as 201903, the form in which it is stored."""
        return cls(*divmod(yyyymm, 100))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month in which a day lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the month of «03/2019» (also 3/2019, 03-2019, 03.2019 and 2019-03).

        Raises InvalidInput: month.empty, month.format, month.range.
        """
        typed = half_width(text).strip()
        if not typed:
            raise InvalidInput("month.empty")
        if match := _MONTH_FIRST.fullmatch(typed):
            return cls(int(match[2]), int(match[1]))
        if match := _YEAR_FIRST.fullmatch(typed):
            return cls(int(match[1]), int(match[2]))
        raise InvalidInput("month.format")

    @property
    def yyyymm(self) -> int:
        """The month as a number, 201903: sorts as time does."""
        return self.year * 100 + self.month

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month, leap years included."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.month:02d}/{self.year:04d}"

    def __add__(self, months: int) -> "Month":
        year, month = divmod(self._index + months, 12)
        return Month(year, month + 1)

    @overload
    def __sub__(self, other: "Month") -> int: ...
    @overload
    def __sub__(self, other: int) -> "Month": ...
    def __sub__(self, other: "Month | int") -> "int | Month":
        """Return the months from `other` to this one, or the month so many months before."""
        if isinstance(other, Month):
            return self._index - other._index
        return self + -other

    @property
    def _index(self) -> int:
        return self.year * 12 + self.month - 1


@dataclass(frozen=True, order=True, slots=True)
class MonthSpan:
    """The months from `first` to `last`, both included; never empty.

    Raises InvalidInput span.reversed (first, last) when `last` is before `first`.
    """

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidInput("span.reversed", first=str(self.first), last=str(self.last))

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __iter__(self) -> Iterator[Month]:
        return (self.first + offset for offset in range(len(self)))

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"

    def overlaps(self, other: "MonthSpan") -> bool:
        """Tell whether the two share a month; adjacent spans do not."""
        return self.first <= other.last and other.first <= self.last


def merge_spans(spans: Iterable[MonthSpan]) -> tuple[MonthSpan, ...]:
    """Return the same months as disjoint spans in order, with a gap between any two."""
    merged: list[MonthSpan] = []
    for span in sorted(spans):
        if merged and span.first - merged[-1].last <= 1:
            merged[-1] = MonthSpan(merged[-1].first, max(merged[-1].last, span.last))
        else:
            merged.append(span)
    return tuple(merged)


def count_months(spans: Iterable[MonthSpan]) -> int:
    """Return how many months the spans cover; a month paid at two employers counts once."""
    return sum(map(len, merge_spans(spans)))


def years_and_months(count: int) -> tuple[int, int]:
    """Return a number of months as whole years and the months left, for «12 năm 4 tháng»."""
    if count < 0:
        raise ValueError("A number of months cannot be negative.")
    return divmod(count, 12)
