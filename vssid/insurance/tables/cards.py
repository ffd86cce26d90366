"""BHYT card groups: which level of benefit a group has on a day, and what the level pays."""

from datetime import date

from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.steps import Step, StepTable

LEVEL_PERCENT: dict[int, int] = {1: 100, 2: 100, 3: 95, 4: 80, 5: 100}
"""What each level digit pays of the covered costs, in percent (NĐ 146/2018 Đ.14, NĐ 188/2025)."""

SMALL_BILL_PERCENT = 15
"""A bill below this part of the base wage is paid in full (NĐ 146/2018 Đ.14, NĐ 188/2025)."""

CO_PAYMENT_TIMES = 6
"""Who was insured for five years on end and has co-paid more base wages in a year pays no more."""

LEVEL_LAWS: StepTable[str] = StepTable(
    "mức hưởng BHYT",
    [
        Step(date(2015, 1, 1), "Luật 46/2014/QH13, Điều 22", "Luật 46/2014/QH13"),
        Step(
            date(2018, 12, 1),
            "Luật 46/2014/QH13, Điều 22; NĐ 146/2018/NĐ-CP, Điều 14",
            "NĐ 146/2018/NĐ-CP",
        ),
        # The principle is kept; the places in the decree were not seen.
        Step(
            date(2025, 7, 1),
            "Luật 51/2024/QH15; NĐ 188/2025/NĐ-CP",
            "NĐ 188/2025/NĐ-CP",
            "M",
        ),
    ],
)
"""What pays how much of a visit: the laws in force over time."""

_CURRENT_FROM = date(2015, 1, 1)
_SOURCE = "QĐ 1351/QĐ-BHXH; Luật 46/2014"


def _always(name: str, level: int) -> StepTable[int]:
    return StepTable(name, [Step(_CURRENT_FROM, level, _SOURCE)])


_BY_LEVEL: dict[int, tuple[str, ...]] = {
    1: ("CC", "TE"),
    2: ("CK", "CB", "KC", "HN", "DT", "DK", "XD", "BT", "TS", "AK", "CT"),
    3: ("HT", "TC", "PV"),
    5: ("QN", "CA", "CY"),
}

_LEVELS: dict[str, StepTable[int]] = {
    group: _always(group, level) for level, groups in _BY_LEVEL.items() for group in groups
} | {
    group: StepTable(
        group,
        [
            Step(_CURRENT_FROM, 3, _SOURCE, confidence),
            Step(date(2026, 1, 1), 2, "NQ 261/2025/QH15"),
        ],
    )
    # Before 2026 the group LH is known from one source only.
    for group, confidence in (("CN", "H"), ("LH", "M"))
}

_OTHERS = _always("other groups", 4)


def benefit_level(group: str, on: date) -> int:
    """The level digit (1 to 5) of a card group on a day since 1/1/2015."""
    return _LEVELS.get(group, _OTHERS).on(on)


def level_changes(group: str) -> list[date]:
    """The days on which the level of a group changed, its first level left out."""
    return [step.valid_from for step in _LEVELS.get(group, _OTHERS).steps[1:]]


def level_steps(group: str) -> tuple[Step[int], ...]:
    """The levels of a group over time, each with the day it begins to hold and its law."""
    return _LEVELS.get(group, _OTHERS).steps


def level_change(group: str, printed: int, began: date, on: date) -> Step[int] | None:
    """What made a card that began on a day count by another level than was printed, if anything."""
    changes = [
        step
        for step in level_steps(group)[1:]
        if began < step.valid_from <= on and step.value != printed
    ]
    return changes[-1] if changes else None


def small_bill_limit(on: date) -> int:
    """A visit that costs less than this, in đồng, is paid in full."""
    return BASE_WAGE.on(on) * SMALL_BILL_PERCENT // 100


def co_payment_limit(on: date) -> int:
    """Who has co-paid more than this in a year, in đồng, may be freed of the rest of it."""
    return BASE_WAGE.on(on) * CO_PAYMENT_TIMES
