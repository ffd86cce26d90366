"""The laws as data: known figures, their borders, and that every table is in order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.insurance.tables import (
    cards,
    grants,
    laws,
    leave,
    pensions,
    prices,
    rates,
    retirement,
    support,
    unemployment,
)
from vssid.insurance.tables.base_wage import BASE_WAGE, contribution_ceiling
from vssid.insurance.tables.minimum_wages import (
    MINIMUM_WAGES,
    minimum_wage,
    minimum_wage_changes,
    unemployment_ceiling,
)
from vssid.insurance.tables.steps import NoFigureError, Step, StepTable

TABLES: tuple[StepTable[object], ...] = (
    BASE_WAGE,
    MINIMUM_WAGES,
    rates.PENSION_RATES,
    rates.ACCIDENT_RATES,
    rates.UNEMPLOYMENT_RATES,
    rates.HEALTH_RATES,
    rates.VOLUNTARY_RATES,
    retirement.MEN,
    retirement.WOMEN,
    leave.FATHER_DAYS,
    leave.VOLUNTARY_BIRTH_GRANT,
    leave.SICK_LIMITS,
    leave.CHILD_SICK_DAYS,
    support.SUPPORT,
    unemployment.UNEMPLOYMENT_TERMS,
    *laws.LAWS.values(),
    cards.LEVEL_LAWS,
)

months = st.integers(1995 * 12, 2035 * 12).map(lambda m: m // 12 * 100 + m % 12 + 1)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_step_names_its_source_and_holds_until_the_next(table: StepTable[object]) -> None:
    for step, following in zip(table.steps, table.steps[1:], strict=False):
        assert table.valid_to(step) == following.valid_from - timedelta(days=1)
        assert table.on(following.valid_from - timedelta(days=1)) == step.value
        assert table.on(following.valid_from) == following.value
    assert table.valid_to(table.steps[-1]) is None
    assert all(step.source and step.confidence in "HML" for step in table.steps)


def test_a_table_refuses_steps_out_of_order_or_within_a_month() -> None:
    first, second = Step(date(2020, 1, 1), 1, "a"), Step(date(2021, 1, 1), 2, "b")
    with pytest.raises(ValueError, match="order of time"):
        StepTable("x", [second, first])
    with pytest.raises(ValueError, match="first day"):
        StepTable("x", [Step(date(2020, 1, 2), 1, "a")])
    with pytest.raises(ValueError, match="at least one"):
        StepTable[int]("x", [])


def test_before_the_first_step_there_is_no_figure() -> None:
    with pytest.raises(NoFigureError, match="199303"):
        BASE_WAGE.in_month(199303)


@given(months, months)
def test_changes_are_the_months_in_which_a_new_figure_begins(a: int, b: int) -> None:
    first, last = min(a, b), max(a, b)
    begins = [s.valid_from.year * 100 + s.valid_from.month for s in BASE_WAGE.steps]
    assert BASE_WAGE.changes_after(first, last) == [m for m in begins if first < m <= last]


@pytest.mark.parametrize(
    ("day", "wage"),
    [
        (date(2013, 6, 30), 1_050_000),
        (date(2013, 7, 1), 1_150_000),
        (date(2024, 6, 30), 1_800_000),
        (date(2024, 7, 1), 2_340_000),
        (date(2026, 6, 30), 2_340_000),
        (date(2026, 7, 1), 2_530_000),
    ],
)
def test_the_base_wage_changes_on_its_day(day: date, wage: int) -> None:
    assert BASE_WAGE.on(day) == wage


def test_the_ceiling_is_twenty_base_wages() -> None:
    assert contribution_ceiling(202606) == 46_800_000
    assert contribution_ceiling(202607) == 50_600_000


@pytest.mark.parametrize(
    ("region", "month", "wage"),
    [
        (1, 200712, 450_000),
        (1, 200801, 620_000),
        (4, 201110, 1_400_000),
        (2, 201612, 3_100_000),
        (1, 202206, 4_420_000),
        (1, 202207, 4_680_000),
        (3, 202601, 4_140_000),
        (4, 202601, 3_700_000),
    ],
)
def test_the_minimum_wage_of_a_region(region: int, month: int, wage: int) -> None:
    assert minimum_wage(region, month) == wage


@given(months, st.integers(1, 3))
def test_a_poorer_region_never_has_a_higher_minimum(month: int, region: int) -> None:
    assert minimum_wage(region, month) >= minimum_wage(region + 1, month)


def test_there_are_four_wage_regions() -> None:
    for region in (0, 5):
        with pytest.raises(ValueError, match="region"):
            minimum_wage(region, 202601)


def test_changes_of_the_minimum_pass_from_the_common_to_the_regional_one() -> None:
    assert minimum_wage_changes(200609, 200901) == [200610, 200801, 200901]


def test_unemployment_insurance_has_a_regional_ceiling_since_2015() -> None:
    assert unemployment_ceiling(1, 201412) == 23_000_000
    assert unemployment_ceiling(1, 201501) == 62_000_000
    assert unemployment_ceiling(4, 202601) == 74_000_000


def test_today_work_costs_ten_and_a_half_and_twenty_one_and_a_half_percent() -> None:
    tables = (
        rates.PENSION_RATES,
        rates.ACCIDENT_RATES,
        rates.UNEMPLOYMENT_RATES,
        rates.HEALTH_RATES,
    )
    today = [table.in_month(202607) for table in tables]
    assert sum(rate.employee for rate in today) == 1050
    assert sum(rate.employer for rate in today) == 2150
    assert sum(rate.total for rate in today) == 3200


def test_relief_of_the_pandemic_ended_on_time() -> None:
    assert rates.ACCIDENT_RATES.in_month(202206).employer == 0
    assert rates.ACCIDENT_RATES.in_month(202207).employer == 50
    assert rates.UNEMPLOYMENT_RATES.in_month(202209).employer == 0
    assert rates.UNEMPLOYMENT_RATES.in_month(202210).employer == 100


def test_voluntary_income_has_a_floor() -> None:
    assert [rates.voluntary_floor(m) for m in (201512, 202112, 202201, 202701)] == [
        1_150_000,
        700_000,
        1_500_000,
        2_200_000,
    ]


def test_a_household_pays_less_for_each_further_member() -> None:
    paid = [rates.household_health_contribution(n, 202606) for n in range(1, 7)]
    assert paid == [105_300, 73_710, 63_180, 52_650, 42_120, 42_120]
    with pytest.raises(ValueError, match="from 1"):
        rates.household_health_contribution(0, 202606)


@pytest.mark.parametrize(
    ("sex", "born", "month"),
    [
        ("M", date(1960, 12, 31), 202101),
        ("M", date(1961, 1, 1), 202105),
        ("M", date(1961, 9, 30), 202201),
        ("M", date(1961, 10, 1), 202205),
        ("M", date(1966, 4, 1), 202805),
        ("F", date(1965, 12, 1), 202101),
        ("F", date(1966, 1, 1), 202106),
        ("F", date(1966, 9, 15), 202206),
        ("F", date(1975, 5, 1), 203506),
    ],
)
def test_retirement_follows_the_annex_by_month_of_birth(sex: str, born: date, month: int) -> None:
    assert retirement.first_pension_month(sex, born) == month


@given(st.dates(date(1940, 1, 1), date(1990, 12, 1)), st.sampled_from("MF"))
def test_who_is_born_later_never_retires_earlier(born: date, sex: str) -> None:
    later = born + timedelta(days=31)
    assert retirement.first_pension_month(sex, born) <= retirement.first_pension_month(sex, later)
    assert 55 * 12 <= retirement.retirement_age_months(sex, born) <= 62 * 12


@pytest.mark.parametrize(
    ("sex", "years", "month", "rate"),
    [
        ("F", 20, 201706, 600),
        ("F", 20, 201806, 550),
        ("F", 30, 202201, 750),
        ("M", 20, 201706, 550),
        ("M", 20, 201801, 530),
        ("M", 20, 202201, 450),
        ("M", 35, 202201, 750),
        ("M", 40, 202607, 750),
        ("M", 15, 202507, 400),
        ("M", 18, 202507, 430),
        ("M", 20, 202507, 450),
        ("F", 15, 202507, 450),
    ],
)
def test_the_rate_of_a_pension_by_the_law_of_its_month(
    sex: str, years: int, month: int, rate: int
) -> None:
    assert pensions.pension_rate(sex, years * 12, month) == rate


def test_too_few_months_earn_no_pension() -> None:
    with pytest.raises(ValueError, match="239 months"):
        pensions.pension_rate("F", 239, 202506)
    assert pensions.pension_rate("F", 239, 202507) == 450 + 10 * 10


@given(st.integers(240, 600), st.sampled_from("MF"), st.sampled_from([201601, 202101, 202601]))
def test_more_months_never_bring_a_lower_rate(count: int, sex: str, month: int) -> None:
    lower = pensions.pension_rate(sex, count, month)
    assert lower <= pensions.pension_rate(sex, count + 1, month) <= 750


def test_odd_months_count_as_half_a_year_or_a_whole_one() -> None:
    assert [pensions.half_years(m) for m in (240, 241, 246, 247, 251)] == [40, 41, 41, 42, 42]


def test_pensions_rise_by_eight_percent_in_july_2026() -> None:
    last = pensions.INCREASES[-1]
    assert last.for_pension_from(date(2026, 6, 1)) == 80
    assert last.for_pension_from(date(2026, 7, 1)) == 0


def test_who_missed_the_increase_of_2022_gets_more_in_2023() -> None:
    increase = next(x for x in pensions.INCREASES if x.valid_from == date(2023, 7, 1))
    assert increase.for_pension_from(date(2021, 12, 1)) == 125
    assert increase.for_pension_from(date(2022, 1, 1)) == 208


@pytest.mark.parametrize(
    ("compulsory", "month", "joined", "least"),
    [
        (240, 202506, 200001, 2_340_000),
        (239, 202506, 200001, 0),
        (240, 202507, 202506, 2_340_000),
        (240, 202507, 202507, 0),
        (239, 202507, 200001, 0),
        (300, 202606, 200001, 2_340_000),
        (300, 202607, 200001, 2_530_000),
    ],
)
def test_the_least_pension_is_kept_for_who_joined_before_the_new_law(
    compulsory: int, month: int, joined: int, least: int
) -> None:
    """Luật 58/2014 Đ.56.5, Luật 41/2024 Đ.141.11."""
    assert pensions.least_pension(compulsory, month, joined) == least


@pytest.mark.parametrize(
    ("months", "less"),
    [(0, 0), (5, 0), (6, 10), (11, 10), (12, 20), (17, 20), (18, 30), (120, 200)],
)
def test_each_year_early_costs_two_percent_and_half_a_year_one(months: int, less: int) -> None:
    """Luật 41/2024 Đ.66.3."""
    assert pensions.early_reduction(months) == less


@pytest.mark.parametrize(
    ("sex", "born", "years", "month"),
    [
        ("M", date(1966, 1, 1), 5, 202105),
        ("M", date(1966, 10, 1), 5, 202205),
        ("M", date(1971, 3, 31), 5, 202801),
        ("M", date(1971, 4, 1), 5, 202805),
        ("F", date(1971, 1, 1), 5, 202106),
        ("F", date(1980, 5, 1), 5, 203506),
        ("M", date(1976, 4, 1), 10, 202805),
    ],
)
def test_who_may_go_early_follows_the_second_annex(
    sex: str, born: date, years: int, month: int
) -> None:
    """NĐ 135/2020 Đ.5, annex II: the first one moved by five years."""
    assert retirement.first_pension_month(sex, born, years) == month


@given(st.dates(date(1966, 1, 1), date(1990, 12, 1)), st.sampled_from("MF"))
def test_age_of_the_year_agrees_with_the_annex(born: date, sex: str) -> None:
    age = retirement.retirement_age_months(sex, born)
    reached = (born.year * 12 + born.month - 1 + age) // 12
    assert retirement.age_of_year(sex, reached) == age


@pytest.mark.parametrize(
    ("joined", "years"),
    [(199412, 5), (199501, 6), (200101, 8), (200701, 10), (201601, 15), (202001, 20), (202501, 0)],
)
def test_the_state_scale_averages_more_years_for_who_joined_later(joined: int, years: int) -> None:
    assert pensions.state_scale_years(joined) == years


@pytest.mark.parametrize(
    ("salary_year", "settled_in", "level"),
    [
        (1990, 2025, 563),
        (2008, 2025, 221),
        (2024, 2025, 100),
        (1994, 2026, 581),
        (2024, 2026, 103),
        (2025, 2026, 100),
        (2026, 2026, 100),
        (2018, 2018, 100),
        (2008, 2018, 186),
    ],
)
def test_old_salaries_count_at_the_price_level_of_the_settlement(
    salary_year: int, settled_in: int, level: int
) -> None:
    assert prices.price_level(salary_year, settled_in) == level


def test_each_column_of_prices_names_who_published_it() -> None:
    assert prices.column_for(2025).source.startswith("TT 01/2025")
    assert prices.column_for(2026).source.startswith("CV 340")
    assert prices.column_for(2030) is prices.column_for(2026)
    for year in (2025, 2026):
        assert len(prices.column_for(year).figures) == year - prices.FIRST_YEAR + 1


@pytest.mark.parametrize(
    ("group", "month", "amount"),
    [
        (support.SupportGroup.OTHER, 201712, 0),
        (support.SupportGroup.OTHER, 201801, 15_400),
        (support.SupportGroup.POOR, 202112, 46_200),
        (support.SupportGroup.OTHER, 202201, 33_000),
        (support.SupportGroup.MINORITY, 202506, 33_000),
        (support.SupportGroup.MINORITY, 202507, 99_000),
        (support.SupportGroup.POOR, 202507, 165_000),
        (support.SupportGroup.NEAR_POOR, 202612, 132_000),
        (support.SupportGroup.OTHER, 202701, 96_800),
    ],
)
def test_the_state_supports_voluntary_payers_by_the_month(
    group: support.SupportGroup, month: int, amount: int
) -> None:
    """NĐ 134/2015 Đ.14: 10 % of 22 % of 700.000; NĐ 159/2025 Đ.5: 20 to 50 %."""
    assert support.support(group, month) == amount


def test_every_topic_has_its_articles() -> None:
    assert set(laws.LAWS) == set(laws.Topic)
    one_time = laws.LAWS[laws.Topic.ONE_TIME_GROUNDS]
    assert one_time.on(date(2025, 6, 30)).law == "Luật 58/2014/QH13"
    assert one_time.on(date(2025, 7, 1)).law == "Luật 41/2024/QH15"
    assert str(laws.Article("Luật 41/2024/QH15")) == "Luật 41/2024/QH15"


@pytest.mark.parametrize(
    ("group", "day", "level"),
    [
        ("DN", date(2026, 1, 1), 4),
        ("TE", date(2015, 1, 1), 1),
        ("HT", date(2026, 1, 1), 3),
        ("HN", date(2026, 1, 1), 2),
        ("QN", date(2026, 1, 1), 5),
        ("CN", date(2025, 12, 31), 3),
        ("CN", date(2026, 1, 1), 2),
        ("LH", date(2025, 12, 31), 3),
        ("LH", date(2026, 1, 1), 2),
    ],
)
def test_the_level_of_a_card_group_on_a_day(group: str, day: date, level: int) -> None:
    assert cards.benefit_level(group, day) == level


def test_only_the_near_poor_and_the_social_pensioners_changed_their_level() -> None:
    assert cards.level_changes("CN") == cards.level_changes("LH") == [date(2026, 1, 1)]
    assert cards.level_changes("DN") == cards.level_changes("TE") == []


def test_maternity_leave_lasts_by_the_day_of_birth_and_the_child() -> None:
    assert grants.maternity_months(date(2013, 4, 30), 1) == 4
    assert grants.maternity_months(date(2013, 5, 1), 1) == 6
    assert grants.maternity_months(date(2026, 6, 30), 2) == 6
    assert grants.maternity_months(date(2026, 7, 1), 2) == 7
    assert grants.maternity_months(date(2026, 7, 1), 3) == 6


def test_sick_pay_is_three_quarters_of_a_twenty_fourth_a_day() -> None:
    assert grants.sick_pay(9_600_000, 2) == 600_000


@pytest.mark.parametrize(
    ("paid", "benefit"), [(11, 0), (12, 3), (36, 3), (47, 3), (48, 4), (144, 12), (300, 12)]
)
def test_months_of_unemployment_benefit(paid: int, benefit: int) -> None:
    assert grants.unemployment_months(paid) == benefit


def test_the_one_time_sum_weighs_years_by_the_border_of_2014() -> None:
    assert grants.one_time_sum(24, 24, 5_000_000, 0) == 35_000_000
    assert grants.one_time_sum(18, 0, 5_000_000, 0) == 11_250_000
    assert grants.one_time_halves(15, 21) == (2, 4)


def test_less_than_a_year_brings_a_part_of_what_was_paid() -> None:
    assert grants.one_time_sum(0, 6, 5_000_000, 30_000_000) == 6_600_000
    assert grants.one_time_sum(0, 11, 5_000_000, 55_000_000) == 10_000_000


def test_the_accident_grant_grows_with_impairment_and_years() -> None:
    assert grants.accident_sum(5, 2_000_000, 10_000_000, 5) == 10_000_000 + 5_000_000
    assert grants.accident_sum(15, 2_000_000, 10_000_000, 36) == 20_000_000 + 11_000_000
    for percent in (4, 31):
        with pytest.raises(ValueError, match="5 to 30"):
            grants.accident_sum(percent, 2_000_000, 10_000_000, 36)
