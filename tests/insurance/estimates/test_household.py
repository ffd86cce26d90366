"""«BHYT hộ gia đình»: what the members of a household pay."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.estimates.cases import codes, laws
from vssid.insurance.estimates.codes import Caveat, LineCode
from vssid.insurance.estimates.household import Household, HouseholdInput, estimate

ON = date(2026, 10, 10)


def priced(members: int = 1, term: int = 12, on: date = ON, first: int = 1) -> Household:
    """The estimate."""
    return estimate(HouseholdInput(members, term, on, first))


@pytest.mark.parametrize(
    ("members", "amounts"),
    [
        # NĐ 188/2025, base wage 2.530.000: as BHXH Việt Nam published on 9/7/2026.
        (1, [1_366_200]),
        (2, [1_366_200, 956_340]),
        (3, [1_366_200, 956_340, 819_720]),
        (4, [1_366_200, 956_340, 819_720, 683_100]),
        (5, [1_366_200, 956_340, 819_720, 683_100, 546_480]),
        # From the fifth on 40 %.
        (6, [1_366_200, 956_340, 819_720, 683_100, 546_480, 546_480]),
    ],
)
def test_each_further_member_pays_less(members: int, amounts: list[int]) -> None:
    found = priced(members)
    assert [share.amount for share in found.members] == amounts
    assert [share.ordinal for share in found.members] == list(range(1, members + 1))
    assert found.amount == sum(amounts)


@pytest.mark.parametrize(
    ("on", "first_year"),
    [
        # 4.5 % × base wage × 12 on both sides of each change.
        (date(2023, 6, 30), 804_600),
        (date(2023, 7, 1), 972_000),
        (date(2024, 6, 30), 972_000),
        (date(2024, 7, 1), 1_263_600),
        (date(2026, 6, 30), 1_263_600),
        (date(2026, 7, 1), 1_366_200),
    ],
)
def test_price_goes_by_the_base_wage_of_the_day(on: date, first_year: int) -> None:
    assert priced(on=on).amount == first_year


@pytest.mark.parametrize(("term", "amount"), [(3, 341_550), (6, 683_100), (12, 1_366_200)])
def test_one_pays_for_three_six_or_twelve_months(term: int, amount: int) -> None:
    assert priced(term=term).amount == amount


def test_who_joins_later_in_the_year_goes_on_counting() -> None:
    found = priced(members=2, first=4)
    assert [(share.ordinal, share.monthly) for share in found.members] == [(4, 56_925), (5, 45_540)]


@pytest.mark.parametrize(
    ("on", "term", "is_said"),
    [
        # The base wage changed on 1/7/2026.
        (date(2026, 1, 15), 6, False),
        (date(2026, 2, 1), 6, True),
        (date(2026, 6, 30), 3, True),
        (date(2026, 7, 1), 12, False),
    ],
)
def test_change_of_the_base_wage_within_the_term_is_said(
    on: date, term: int, *, is_said: bool
) -> None:
    assert (Caveat.CHANGE_WITHIN in priced(term=term, on=on).working.caveats) == is_said


@pytest.mark.parametrize(
    ("on", "law"),
    [
        (date(2025, 6, 30), ["NĐ 146/2018/NĐ-CP"]),
        (date(2025, 7, 1), ["NĐ 188/2025/NĐ-CP", "Luật 41/2024/QH15"]),
    ],
)
def test_law_is_that_of_the_day(on: date, law: list[str]) -> None:
    assert laws(priced(on=on).working) == law


def test_steps_name_each_member() -> None:
    working = priced(members=2).working
    assert codes(working) == [
        LineCode.FIRST_MEMBER,
        LineCode.FURTHER_MEMBER,
        LineCode.FURTHER_MEMBER,
    ]
    how = dict(working.lines[2].how)
    assert (how["ordinal"].value, how["share"].value, how["monthly"].value) == (2, 700, 79_695)
    assert working.tables[0].source == "NĐ 161/2026/NĐ-CP"


@given(
    st.integers(1, 20),
    st.integers(1, 20),
    st.sampled_from([3, 6, 12]),
    st.dates(date(2016, 1, 1), date(2030, 1, 1)),
)
def test_sum_is_that_of_the_members_and_grows_with_them(
    members: int, first: int, term: int, on: date
) -> None:
    found = priced(members, term, on, first)
    monthly = [share.monthly for share in found.members]
    assert monthly == sorted(monthly, reverse=True)
    assert found.amount == term * sum(monthly)
    assert priced(members + 1, term, on, first).amount > found.amount > 0
