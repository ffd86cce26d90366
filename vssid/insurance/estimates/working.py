"""How a result was reached, as values that a page can print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode, TableCode, Unit
from vssid.insurance.tables.laws import LAWS, Article, Topic
from vssid.insurance.tables.prices import column_for
from vssid.insurance.tables.steps import StepTable
from vssid.kernel.months import Month

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts; a MONTH is `YYYYMM`, a DAY is the ordinal of its date."""

    value: int
    unit: Unit


def dong(value: int) -> Figure:
    """A sum of money."""
    return Figure(value, Unit.DONG)


def months(value: int) -> Figure:
    """A length of time in months."""
    return Figure(value, Unit.MONTHS)


def month_count(value: int) -> Figure:
    """A number of months that the law counts as such, never as years."""
    return Figure(value, Unit.MONTH_COUNT)


def age(value: int) -> Figure:
    """An age in months."""
    return Figure(value, Unit.AGE)


def days(value: int) -> Figure:
    """A number of working days."""
    return Figure(value, Unit.DAYS)


def half_days(value: int) -> Figure:
    """A number of half working days."""
    return Figure(value, Unit.HALF_DAYS)


def half_years(value: int) -> Figure:
    """A length of time in half-years, as amounts are reckoned."""
    return Figure(value, Unit.HALF_YEARS)


def per_mille(value: int) -> Figure:
    """A share in thousandths: 450 is 45 %."""
    return Figure(value, Unit.PER_MILLE)


def count(value: int) -> Figure:
    """A plain number: of children, of persons, an ordinal."""
    return Figure(value, Unit.COUNT)


def month(value: Month) -> Figure:
    """A point in time by its month."""
    return Figure(value.yyyymm, Unit.MONTH)


def day(value: date) -> Figure:
    """A point in time by its day."""
    return Figure(value.toordinal(), Unit.DAY)


Named = tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what it gives, and from which named figures; an amount below 0 is taken off."""

    code: LineCode
    result: Figure
    how: Named


def line(code: LineCode, result: Figure, **how: Figure) -> Line:
    """A step with the figures that it is made from."""
    return Line(code, result, tuple(how.items()))


@dataclass(frozen=True, slots=True)
class UsedTable:
    """A row of a table: when it holds (open: until replaced), who published it, how sure it is."""

    code: TableCode
    valid_from: date
    valid_to: date | None
    source: str
    confidence: str


def used(code: TableCode, table: StepTable[T], on: date) -> UsedTable:
    """The row of a table that holds on a day."""
    step = table.step_in(Month.of(on).yyyymm)
    return UsedTable(code, step.valid_from, table.valid_to(step), step.source, step.confidence)


def used_prices(settled_in: int) -> UsedTable:
    """The column of price levels for what is settled in a year."""
    column = column_for(settled_in)
    first, last = date(column.settled_in, 1, 1), date(column.settled_in, 12, 31)
    return UsedTable(TableCode.PRICE_LEVELS, first, last, column.source, column.confidence)


def prices_are_of(settled_in: int) -> bool:
    """Whether the price levels of that very year are known."""
    return column_for(settled_in).settled_in == settled_in


@dataclass(frozen=True, slots=True)
class Ground:
    """An article of law that holds on the day, and since when."""

    topic: Topic
    article: Article
    valid_from: date
    valid_to: date | None
    confidence: str


def grounds(on: date, *topics: Topic) -> tuple[Ground, ...]:
    """The articles of topics that hold on a day, in the order given."""
    found = []
    for topic in topics:
        table = LAWS[topic]
        step = table.step_in(Month.of(on).yyyymm)
        found.append(
            Ground(topic, step.value, step.valid_from, table.valid_to(step), step.confidence)
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Working:
    """Everything beside the amounts: the steps, the tables, the laws, what was assumed."""

    lines: tuple[Line, ...]
    tables: tuple[UsedTable, ...]
    laws: tuple[Ground, ...]
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no estimate, with the figures that its sentence names and where they stand."""

    code: RefusalCode
    details: Named
    laws: tuple[Ground, ...]
    tables: tuple[UsedTable, ...] = ()


def refusal(code: RefusalCode, laws: tuple[Ground, ...], **details: Figure) -> Refusal:
    """A refusal with its named figures."""
    return Refusal(code, tuple(details.items()), laws)


def when(*pairs: tuple[Caveat, bool]) -> tuple[Caveat, ...]:
    """The caveats whose condition holds."""
    return tuple(caveat for caveat, holds in pairs if holds)


def together(*groups: Iterable[Caveat]) -> tuple[Caveat, ...]:
    """Caveats of several origins, each once, in order."""
    return tuple(dict.fromkeys(caveat for group in groups for caveat in group))


def rounded(amount: Fraction) -> int:
    """Whole đồng of a calculated sum, halves up."""
    return int((amount + Fraction(1, 2)) // 1)


def month_at(index: int) -> Month:
    """The month of a plain number, year * 12 + month - 1, by which many are walked through."""
    return Month(index // 12, index % 12 + 1)


def index_of(at: Month) -> int:
    """The plain number of a month."""
    return at.year * 12 + at.month - 1
