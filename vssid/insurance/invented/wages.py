"""Wages through the years: raises, promotions, and never below the minimum of the month."""

from collections.abc import Sequence
from random import Random

from vssid.insurance.invented.plan import WageStep
from vssid.insurance.invented.timeline import counted_from_stored, stored
from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.minimum_wages import minimum_wage, minimum_wage_changes

TRAINED_PERCENT = 107
"""Trained work was paid at least 7 % above the minimum (QĐ 595/QĐ-BHXH Đ.6), and often is."""

LEAST_COEFFICIENT = 186
"""The lowest starting coefficient of the State's wage scale, in hundredths (NĐ 204/2004)."""

_GRADE_MONTHS = 36
_MOST_GRADES = 9


def market_steps(
    rng: Random, region: int, span: tuple[int, int], multiple: float, positions: Sequence[str]
) -> list[WageStep]:
    """The wages of one job in an enterprise, begun at a multiple of the minimum wage.

    Most of a rise of the minimum reaches the wage; a promotion (every three to four years) adds.
    """
    first, last = span
    rank = 0
    wage = _rounded_up(multiple * minimum_wage(region, stored(first)))
    steps = [WageStep(first, wage, positions[rank])]
    rises = {counted_from_stored(m) for m in minimum_wage_changes(stored(first), stored(last))}
    promotions = set(range(first + rng.randint(28, 44), last + 1, rng.randint(34, 50)))
    minimum = minimum_wage(region, stored(first))
    for month in sorted(rises | promotions):
        before, minimum = minimum, minimum_wage(region, stored(month))
        growth = 1.0 + (minimum / before - 1) * (0.7 + rng.random() * 0.3) + rng.random() * 0.02
        if month in promotions:
            rank = min(rank + 1, len(positions) - 1)
            growth += 0.07
        wage = _rounded_up(max(wage * growth, minimum * TRAINED_PERCENT / 100))
        steps.append(WageStep(month, wage, positions[rank]))
    return steps


def state_steps(
    rng: Random, span: tuple[int, int], start: int, positions: Sequence[str]
) -> list[WageStep]:
    """The wages of one job on the State's scale: a coefficient (in hundredths) of the base wage.

    The coefficient rises every three years; the wage also with each new base wage.
    """
    first, last = span
    rise = 20 if start < 210 else 31 if start < 234 else 33
    grade_from = first - rng.randrange(12)
    changes = {counted_from_stored(m) for m in BASE_WAGE.changes_after(stored(first), stored(last))}
    changes.update(range(grade_from + _GRADE_MONTHS, last + 1, _GRADE_MONTHS))
    steps = []
    for month in sorted(changes | {first}):
        grade = min((month - grade_from) // _GRADE_MONTHS, _MOST_GRADES)
        wage = (start + grade * rise) * BASE_WAGE.in_month(stored(month)) // 100
        steps.append(WageStep(month, wage, positions[min(grade // 4, len(positions) - 1)]))
    return steps


def _rounded_up(amount: float) -> int:
    return -(-int(amount + 1) // 10_000) * 10_000
