"""The geometry of the record's drawings; the templates only put it into SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

MonthState = Literal["paid", "late", "missing", "none"]

WIDTH, HEIGHT = 340, 180
LEFT, RIGHT, TOP, BOTTOM = 46, 334, 10, 152
MILLION = 1_000_000
# The labels of the money axis: at most four, at round figures.
STEPS_OF_MONEY: tuple[int, ...] = tuple(
    factor * int(10**power) for power in range(4, 12) for factor in (1, 2, 5)
)
TICKS_WANTED = 4


# One month of the strip, drawn from its left edge: 17 units of every 20, 24 high. Each state has a
# shape of its own, so that colour is never needed to tell them apart.
MONTH_WIDTH = 20
_FULL_BOX = "M{x4} 2h9a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4h-9a4 4 0 0 1-4-4v-12a4 4 0 0 1 4-4z"
_BOX = "M{x4} 3h9a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3h-9a3 3 0 0 1-3-3v-12a3 3 0 0 1 3-3z"
_SHAPES: dict[str, tuple[MonthState, str]] = {
    "paid": (
        "paid",
        "M{x4} 2h9a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4h-9a4 4 0 0 1-4-4v-12a4 4 0 0 1 4-4z",
    ),
    "late": ("late", _BOX + "M{x3} 18l11-11M{x3} 12l6-6M{x8} 18l6-6"),
    "missing": ("missing", _BOX),
    "missing-mark": ("missing", "M{x5} 8.5l7 7m0-7l-7 7"),
    "none": ("none", "M{x6} 12a2 2 0 1 0 4 0a2 2 0 1 0-4 0z"),
}


@lru_cache(maxsize=4096)
def month_shapes(months: tuple[MonthState, ...]) -> tuple[tuple[str, str], ...]:
    """The months in a row as (CSS class, SVG path), one path for all months of a state."""
    return tuple(
        (f"m-{name}", path)
        for name, (state, shape) in _SHAPES.items()
        if (path := "".join(_placed(shape, at) for at, one in enumerate(months) if one == state))
    )


def _placed(shape: str, month: int) -> str:
    left = month * MONTH_WIDTH + 1
    return shape.format(**{f"x{offset}": left + offset for offset in (3, 4, 5, 6, 8)})


@dataclass(frozen=True, slots=True)
class StripLink:
    """Months of one year that lead to one place: from the month `first` (0 to 11), `count` long."""

    first: int
    count: int
    href: str
    text: str

    @property
    def area(self) -> str:
        """What one presses: the full height of the row, without a gap to the next months."""
        width = self.count * MONTH_WIDTH
        return f"M{self.first * MONTH_WIDTH}-8h{width}v40h-{width}z"


@dataclass(frozen=True, slots=True)
class StripYear:
    """Twelve months of one year, January first; `text` says the same in words."""

    year: int
    months: tuple[MonthState, ...]
    text: str
    links: tuple[StripLink, ...] = ()

    @property
    def shapes(self) -> tuple[tuple[str, str], ...]:
        """What the strip draws for this year."""
        return month_shapes(self.months)


@dataclass(frozen=True, slots=True)
class SalaryPoint:
    """The salary (đồng a month) that contributions were counted on from this month."""

    year: int
    month: int
    amount: int
    text: str

    @property
    def index(self) -> int:
        """Months since the year 0, so that distances are differences."""
        return self.year * 12 + self.month - 1


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis, `at` in units of the drawing."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the text equivalent."""

    month: str
    text: str


@dataclass(frozen=True, slots=True)
class SalaryChart:
    """A stepped line, ready to be drawn in a box of `width` by `height` units."""

    line: str
    area: str
    ticks_y: tuple[Tick, ...]
    ticks_x: tuple[Tick, ...]
    steps: tuple[Step, ...]
    spoken: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT


def _money_step(highest: int) -> int:
    return next(step for step in STEPS_OF_MONEY if step * TICKS_WANTED >= highest)


def _millions(amount: int) -> str:
    return f"{amount / MILLION:.12g}".replace(".", ",") + " tr"


def _changes(points: Sequence[SalaryPoint]) -> list[SalaryPoint]:
    ordered = sorted(points, key=lambda point: point.index)
    return [
        point
        for before, point in zip([None, *ordered], ordered, strict=False)
        if before is None or before.amount != point.amount
    ]


def _month_ticks(first: int, last: int) -> tuple[Tick, ...]:
    """The first month, the middle and the last one drawn; `last` is the month after it."""
    middle = first + (last - first) // 2
    across = (RIGHT - LEFT) / (last - first)
    places = {first: float(LEFT), middle: round(LEFT + (middle - first) * across, 1)}
    places[last - 1] = float(RIGHT) if last - first > 1 else float(LEFT)
    return tuple(Tick(at, f"{month % 12 + 1:02d}/{month // 12}") for month, at in places.items())


def salary_chart(
    points: Sequence[SalaryPoint], until: tuple[int, int] | None = None
) -> SalaryChart | None:
    """The salary over time as a stepped line; None when there is nothing to draw.

    Each amount holds until the next one, the last until the month `until` (year, month) or, when
    it is not given or earlier, until the month after the last point.
    """
    changes = _changes(points)
    if not changes:
        return None
    first, final = changes[0].index, max(point.index for point in points)
    last = max(final + 1, until[0] * 12 + until[1] if until else 0)
    money = _money_step(max(point.amount for point in changes) or 1)
    top = money * TICKS_WANTED
    across, up = (RIGHT - LEFT) / (last - first), (BOTTOM - TOP) / top

    def place(point: SalaryPoint) -> tuple[float, float]:
        return round(LEFT + (point.index - first) * across, 1), round(BOTTOM - point.amount * up, 1)

    corners = [place(point) for point in changes]
    line = f"M{corners[0][0]:g} {corners[0][1]:g}" + "".join(
        f"H{x:g}V{y:g}" for x, y in corners[1:]
    )
    line += f"H{RIGHT}"
    return SalaryChart(
        line=line,
        area=f"{line}V{BOTTOM}H{LEFT}Z",
        ticks_y=tuple(
            Tick(round(BOTTOM - money * n * up, 1), _millions(money * n))
            for n in range(TICKS_WANTED + 1)
        ),
        ticks_x=_month_ticks(first, last),
        steps=tuple(Step(f"{p.month:02d}/{p.year}", p.text) for p in changes),
        spoken=f"{changes[0].text} → {changes[-1].text}",
    )
