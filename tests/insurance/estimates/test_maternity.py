"""«Thai sản»: leave, pay, grant, a father's days."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.estimates.cases import codes, laws, named
from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode
from vssid.insurance.estimates.maternity import Maternity, MaternityInput, Parent, estimate
from vssid.insurance.estimates.working import Refusal

AUGUST = date(2026, 8, 1)


def an_input(**changes: Any) -> MaternityInput:
    """A mother of a first child in August 2026, insured the whole year at 18 million."""
    ordinary = MaternityInput(
        parent=Parent.MOTHER,
        birth=AUGUST,
        children=1,
        living=0,
        compulsory=12,
        voluntary=0,
        in_all=60,
        mean_salary=18_000_000,
    )
    return replace(ordinary, **changes)


def granted(**changes: Any) -> Maternity:
    """The estimate, which must be one."""
    found = estimate(an_input(**changes))
    assert isinstance(found, Maternity)
    return found


@pytest.mark.parametrize(
    ("birth", "children", "living", "months", "amount"),
    [
        # Luật 41/2024 Đ.59.1, Đ.58.4: 6 × 18 M + 2 × 2.530.000.
        (AUGUST, 1, 0, 6, 113_060_000),
        # Luật 113/2025 Đ.29, NĐ 168/2026 Đ.2: 7 × 18 M + 5.060.000 for the second child.
        (AUGUST, 1, 1, 7, 131_060_000),
        # Bộ luật Lao động Đ.139.1: twins of a first birth, 7 × 18 M + 2 × 5.060.000.
        (AUGUST, 2, 0, 7, 136_120_000),
        (AUGUST, 3, 0, 8, 159_180_000),
        # A third child: six months again.
        (AUGUST, 1, 2, 6, 113_060_000),
        # The day before 1/7/2026: 6 months for the second, 2 × 2.340.000.
        (date(2026, 6, 30), 1, 1, 6, 112_680_000),
        (date(2026, 7, 1), 1, 1, 7, 131_060_000),
        (date(2026, 7, 1), 1, 0, 6, 113_060_000),
        # Luật 58/2014 Đ.34, 38, 39 until 30/6/2025.
        (date(2025, 6, 30), 1, 0, 6, 112_680_000),
        (date(2024, 6, 30), 1, 0, 6, 111_600_000),
        (date(2024, 7, 1), 1, 0, 6, 112_680_000),
    ],
)
def test_mother_has_her_mean_for_each_month_and_a_grant_for_each_child(
    birth: date, children: int, living: int, months: int, amount: int
) -> None:
    found = granted(birth=birth, children=children, living=living)
    assert (found.months, found.amount) == (months, amount)
    assert found.amount == found.pay + found.grant


@pytest.mark.parametrize(
    ("compulsory", "rested", "in_all", "is_refused"),
    [
        # Luật 41/2024 Đ.50.2: 6 of the 12 months.
        (5, False, 60, True),
        (6, False, 60, False),
        # Đ.50.3: 12 in all and 3 of the 12 for who had to rest.
        (2, True, 60, True),
        (3, True, 60, False),
        (3, True, 12, False),
        (3, True, 11, True),
        (3, False, 60, True),
    ],
)
def test_mother_needs_six_of_the_twelve_months(
    compulsory: int, in_all: int, *, rested: bool, is_refused: bool
) -> None:
    found = estimate(an_input(compulsory=compulsory, rested=rested, in_all=in_all))
    assert isinstance(found, Refusal) == is_refused
    if isinstance(found, Refusal):
        assert found.code is RefusalCode.MATERNITY_MONTHS
        assert named(found) == {"paid": compulsory, "needed": 6}
    else:
        assert (Caveat.FEW_MONTHS in found.working.caveats) == (compulsory < 6)


@pytest.mark.parametrize(
    ("birth", "children", "living", "surgery", "days"),
    [
        # Luật 41/2024 Đ.53.2: 5 days, 7 with surgery, twins 10, by surgery 14, 3 for each more.
        (date(2026, 6, 30), 1, 0, False, 5),
        (date(2026, 6, 30), 1, 0, True, 7),
        (date(2026, 6, 30), 2, 0, False, 10),
        (date(2026, 6, 30), 2, 0, True, 14),
        (date(2026, 6, 30), 3, 0, False, 13),
        (date(2026, 6, 30), 3, 0, True, 17),
        (date(2026, 6, 30), 4, 0, False, 16),
        # Luật 113/2025 Đ.29.2: 10 for a second child since 1/7/2026.
        (date(2026, 6, 30), 1, 1, False, 5),
        (date(2026, 7, 1), 1, 1, False, 10),
        (date(2026, 7, 1), 1, 1, True, 10),
        (date(2026, 7, 1), 1, 2, False, 5),
        (date(2026, 7, 1), 2, 1, True, 14),
    ],
)
def test_father_has_days_by_the_birth(
    birth: date, children: int, living: int, days: int, *, surgery: bool
) -> None:
    found = granted(
        parent=Parent.FATHER, birth=birth, children=children, living=living, has_surgery=surgery
    )
    assert (found.days, found.months, found.grant) == (days, 0, 0)
    # Đ.59.2: a 24th of the month for each day: 750.000.
    assert found.amount == days * 750_000


@pytest.mark.parametrize(
    ("compulsory", "lacks", "grant"),
    [(6, True, 5_060_000), (5, True, 0), (6, False, 0)],
)
def test_father_draws_the_grant_where_the_mother_cannot(
    compulsory: int, grant: int, *, lacks: bool
) -> None:
    """Luật 41/2024 Đ.58.1: he needs the six months himself."""
    found = granted(parent=Parent.FATHER, compulsory=compulsory, mother_lacks_cover=lacks)
    assert found.grant == grant
    assert found.amount == 5 * 750_000 + grant


@pytest.mark.parametrize(
    ("birth", "compulsory", "voluntary", "children", "amount"),
    [
        # Luật 41/2024 Đ.94, 95: 2 M for each child since 1/7/2025.
        (date(2025, 7, 1), 0, 6, 1, 2_000_000),
        (AUGUST, 0, 12, 2, 4_000_000),
        # Đ.94.1: work and choice together.
        (AUGUST, 3, 3, 1, 2_000_000),
    ],
)
def test_voluntary_payer_has_two_million_for_each_child(
    birth: date, compulsory: int, voluntary: int, children: int, amount: int
) -> None:
    found = granted(birth=birth, compulsory=compulsory, voluntary=voluntary, children=children)
    assert (found.amount, found.pay) == (amount, 0)
    assert codes(found.working) == [LineCode.VOLUNTARY_GRANT]
    assert Caveat.ONE_PARENT in found.working.caveats


@pytest.mark.parametrize(
    ("birth", "compulsory", "voluntary"),
    [
        (date(2025, 6, 30), 0, 12),  # not before 1/7/2025
        (AUGUST, 0, 5),  # five months
        (AUGUST, 3, 2),
        (AUGUST, 5, 0),  # work alone does not make it voluntary
        (AUGUST, 0, 0),
    ],
)
def test_too_few_months_bring_nothing(birth: date, compulsory: int, voluntary: int) -> None:
    found = estimate(an_input(birth=birth, compulsory=compulsory, voluntary=voluntary))
    assert isinstance(found, Refusal)
    assert found.code is RefusalCode.MATERNITY_MONTHS


def test_who_has_both_draws_the_better_one() -> None:
    """Luật 41/2024 Đ.94.4: the compulsory one only."""
    assert granted(compulsory=6, voluntary=6).amount == 113_060_000


def test_father_by_choice_alone_draws_the_voluntary_grant() -> None:
    found = granted(parent=Parent.FATHER, compulsory=0, voluntary=12)
    assert (found.amount, found.days) == (2_000_000, 0)


@pytest.mark.parametrize("parent", list(Parent))
def test_unknown_pay_has_no_amount(parent: Parent) -> None:
    found = estimate(an_input(parent=parent, mean_salary=0))
    assert isinstance(found, Refusal)
    assert found.code is RefusalCode.PAY_UNKNOWN


@pytest.mark.parametrize(
    ("birth", "law"),
    [
        (date(2025, 6, 30), "Luật 58/2014/QH13"),
        (date(2025, 7, 1), "Luật 41/2024/QH15"),
        (date(2026, 7, 1), "Luật 113/2025/QH15"),
    ],
)
def test_law_is_that_of_the_day_of_birth(birth: date, law: str) -> None:
    assert laws(granted(birth=birth).working)[1] == law


def test_seven_months_are_said_to_be_new_and_twins_among_them_doubtful() -> None:
    assert Caveat.SEVEN_MONTHS not in granted(birth=date(2026, 6, 30), living=1).working.caveats
    assert Caveat.SEVEN_MONTHS in granted(living=1).working.caveats
    assert Caveat.SEVEN_MONTHS not in granted(living=2).working.caveats
    assert Caveat.TWINS_AS_SECOND not in granted(living=1).working.caveats
    twins = granted(living=1, children=2)
    assert twins.months == 8
    assert Caveat.TWINS_AS_SECOND in twins.working.caveats


@given(
    st.sampled_from(Parent),
    st.dates(date(2025, 7, 1), date(2030, 1, 1)),
    st.integers(1, 4),
    st.integers(0, 4),
    st.integers(6, 12),
    st.integers(1_000, 50_600_000),
)
def test_more_children_and_more_pay_never_bring_less(
    parent: Parent, birth: date, children: int, living: int, compulsory: int, mean: int
) -> None:
    facts: dict[str, Any] = {
        "parent": parent, "birth": birth, "living": living, "compulsory": compulsory,
    }  # fmt: skip
    one = granted(**facts, children=children, mean_salary=mean)
    assert one.amount == one.pay + one.grant > 0
    assert granted(**facts, children=children + 1, mean_salary=mean).amount >= one.amount
    assert granted(**facts, children=children, mean_salary=mean + 24).amount >= one.amount
