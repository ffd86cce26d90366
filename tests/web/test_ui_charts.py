"""The geometry of the salary line."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.web.ui_gallery import draw
from vssid.web.ui.charts import BOTTOM, LEFT, RIGHT, TOP, SalaryPoint, month_shapes, salary_chart

points = st.builds(
    SalaryPoint,
    year=st.integers(1995, 2040),
    month=st.integers(1, 12),
    amount=st.integers(0, 400_000_000),
    text=st.just("…"),
)


def point(year: int, month: int, amount: int) -> SalaryPoint:
    return SalaryPoint(year, month, amount, f"{amount} đ")


def test_nothing_known_draws_nothing() -> None:
    assert salary_chart([]) is None


def test_equal_neighbours_are_one_step() -> None:
    chart = salary_chart([point(2020, 1, 5), point(2020, 2, 5), point(2021, 1, 7)])
    assert chart is not None
    assert [step.month for step in chart.steps] == ["01/2020", "01/2021"]


def test_points_may_come_in_any_order() -> None:
    ordered = [point(2019, 3, 4), point(2020, 1, 5), point(2024, 12, 9)]
    assert salary_chart(ordered) == salary_chart(ordered[::-1])


def test_line_runs_from_the_first_month_to_the_last() -> None:
    chart = salary_chart([point(2020, 1, 4_000_000), point(2021, 1, 8_000_000)], until=(2021, 12))
    assert chart is not None
    middle = (LEFT + RIGHT) // 2
    assert chart.line == f"M{LEFT} {(TOP + BOTTOM) // 2}H{middle}V{TOP}H{RIGHT}"
    assert [tick.text for tick in chart.ticks_x] == ["01/2020", "01/2021", "12/2021"]


def test_money_axis_has_round_labels() -> None:
    chart = salary_chart([point(2020, 1, 7_900_000)])
    assert chart is not None
    assert [tick.text for tick in chart.ticks_y] == ["0 tr", "2 tr", "4 tr", "6 tr", "8 tr"]


@given(st.lists(points, min_size=1, max_size=30), st.none() | st.just((2041, 1)))
def test_whatever_was_paid_stays_inside_the_box(
    given_points: list[SalaryPoint], until: tuple[int, int] | None
) -> None:
    chart = salary_chart(given_points, until)
    assert chart is not None
    across = [float(x) for x in re.findall(r"[MH](-?[\d.]+)", chart.area)]
    down = [float(y) for y in re.findall(r"V(-?[\d.]+)", chart.area)]
    assert all(LEFT <= x <= RIGHT for x in across)
    assert all(TOP <= y <= BOTTOM for y in down)
    assert across[:-1] == sorted(across[:-1])


def test_legend_shows_the_shapes_that_the_strip_draws() -> None:
    shown = draw("pieces")
    legend = shown[shown.index('class="strip-legend"') :]
    for state in ("paid", "late", "missing", "none"):
        for kind, path in month_shapes((state,)):
            assert f'<path class="{kind}" d="{path}"/>' in legend


def test_each_month_stands_in_its_own_place() -> None:
    (kind, path), *rest = month_shapes(("none",) * 2 + ("paid",) + ("none",) * 9)
    assert (kind, path.split()[0]) == ("m-paid", "M45")
    assert [name for name, _ in rest] == ["m-none"]
    assert rest[0][1].count("z") == 11
