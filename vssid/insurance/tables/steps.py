"""A table of figures that the law changes from time to time."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


class NoFigureError(LookupError):
    """The table holds no figure for so early a month."""


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """One figure: the day it begins to hold, its source, and how sure we are (H, M or L)."""

    valid_from: date
    value: T
    source: str
    confidence: str = "H"


class StepTable(Generic[T]):
    """Figures in order of time; each holds until the day before the next begins.

    Every step begins on the first day of a month, so a month has one figure. Look-ups by
    `date` and by a stored month (`YYYYMM`) give the same answer.
    """

    __slots__ = ("_months", "name", "steps")

    def __init__(self, name: str, steps: Iterable[Step[T]]) -> None:
        self.name = name
        self.steps = tuple(steps)
        self._months = [step.valid_from.year * 100 + step.valid_from.month for step in self.steps]
        if not self.steps:
            raise ValueError(f"{name}: a table needs at least one step")
        if any(step.valid_from.day != 1 for step in self.steps):
            raise ValueError(f"{name}: every step begins on the first day of a month")
        if any(a >= b for a, b in zip(self._months, self._months[1:], strict=False)):
            raise ValueError(f"{name}: steps stand in order of time, one a month at most")

    def step_in(self, month: int) -> Step[T]:
        """The step that holds in a stored month (`YYYYMM`); `NoFigureError` before the first."""
        index = bisect_right(self._months, month) - 1
        if index < 0:
            raise NoFigureError(f"{self.name}: no figure for {month}")
        return self.steps[index]

    def in_month(self, month: int) -> T:
        """The figure of a stored month (`YYYYMM`); `NoFigureError` before the first."""
        return self.step_in(month).value

    def on(self, day: date) -> T:
        """The figure that holds on a day; `NoFigureError` before the first."""
        return self.step_in(day.year * 100 + day.month).value

    def valid_to(self, step: Step[T]) -> date | None:
        """The last day on which a step of this table holds; None while nothing replaces it."""
        following = self.steps.index(step) + 1
        if following == len(self.steps):
            return None
        return self.steps[following].valid_from - timedelta(days=1)

    def changes_after(self, first: int, last: int) -> list[int]:
        """The stored months after `first` and up to `last` in which a new figure begins."""
        begin = bisect_right(self._months, first)
        end = bisect_right(self._months, last)
        return self._months[begin:end]
