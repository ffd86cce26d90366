"""The plan of a life: what happens when, before it is written out as rows. Months are counted."""

from dataclasses import dataclass, field
from datetime import date

from vssid.insurance.invented.life import Employer, Place
from vssid.insurance.invented.timeline import add_months, counted, leave_months
from vssid.insurance.tables.grants import maternity_months


@dataclass(frozen=True, slots=True)
class Someone:
    """Who a life is about."""

    serial: int
    number: str
    full_name: str
    sex: str
    born: date
    died: date | None
    ethnicity: str
    place: Place
    household: str


@dataclass(frozen=True, slots=True)
class Setting:
    """The day it is, the last month already paid for, and the employers one may work for."""

    today: date
    last_month: int
    employers: tuple[Employer, ...]

    @property
    def horizon(self) -> int:
        """December of this year: as far as yearly cards reach."""
        return self.today.year * 12 + 11


@dataclass(frozen=True, slots=True)
class WageStep:
    """From a month on: the agreed wage and the position held."""

    first: int
    wage: int
    position: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Maternity leave; `months` are those without unemployment and accident insurance."""

    birth: date
    begin: date
    end: date
    months: range

    @property
    def first_whole(self) -> int:
        """The month in which the leave begins, whether it counts or not."""
        return counted(self.begin)


@dataclass(slots=True)
class Job:
    """Work for one employer without a break; `late_from` marks unpaid months up to the end."""

    employer: Employer
    occupation: str
    first: int
    last: int
    steps: list[WageStep]
    leaves: list[Leave] = field(default_factory=list)
    late_from: int | None = None
    ongoing: bool = False


@dataclass(frozen=True, slots=True)
class Voluntary:
    """Months of voluntary BHXH on a chosen income."""

    first: int
    last: int
    income: int


@dataclass(frozen=True, slots=True)
class Unemployed:
    """Months on unemployment benefit after a job; `kept` months paid count for the next one."""

    job: Job
    first: int
    months: int
    kept: int

    @property
    def last(self) -> int:
        """The last month of the benefit."""
        return self.first + self.months - 1


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A one-time withdrawal that settles the months from `first` to `last`."""

    first: int
    last: int
    decided: date


@dataclass(frozen=True, slots=True)
class Accident:
    """An accident at work on a day, with the impairment found afterwards."""

    job: Job
    day: date
    percent: int


@dataclass(slots=True)
class Plan:
    """Everything a life's rows are made from.

    `wealth` is the household's standing: "" ordinary, "CN" near-poor, "HN" poor.
    `household_cover` are months in which the person buys household insurance.
    `study` are the months of a student, `visit_rate` the visits in a year.
    """

    jobs: list[Job] = field(default_factory=list)
    voluntary: list[Voluntary] = field(default_factory=list)
    unemployed: list[Unemployed] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    accidents: list[Accident] = field(default_factory=list)
    births: list[date] = field(default_factory=list)
    pension_from: int | None = None
    household_cover: list[tuple[int, int]] = field(default_factory=list)
    study: tuple[int, int] | None = None
    wealth: str = ""
    visit_rate: float = 1.0

    def spans(self) -> list[Job | Voluntary]:
        """Everything that brings months of BHXH."""
        return [*self.jobs, *self.voluntary]


def plan_leave(birth: date, child: int) -> Leave:
    """The leave for the n-th child, begun so that every way of counting its months agrees.

    It begins on the day of birth or up to nine days before, on a day from 1 to 10 or 20 to 28.
    """
    begin = birth
    if 11 <= birth.day <= 19:
        begin = birth.replace(day=10)
    elif birth.day > 28:
        begin = birth.replace(day=28)
    months = maternity_months(birth, child)
    end = date.fromordinal(add_months(begin, months).toordinal() - 1)
    return Leave(birth, begin, end, leave_months(begin, end))
