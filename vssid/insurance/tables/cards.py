"""BHYT card groups: which level of benefit a group has on a day, and what the level pays."""

from datetime import date

from vssid.insurance.tables.steps import Step, StepTable

LEVEL_PERCENT: dict[int, int] = {1: 100, 2: 100, 3: 95, 4: 80, 5: 100}
"""What each level digit pays of the covered costs, in percent (NĐ 146/2018 Đ.14, NĐ 188/2025)."""

SMALL_BILL_PERCENT = 15
"""A bill below this part of the base wage is paid in full (NĐ 146/2018 Đ.14, NĐ 188/2025)."""

_CURRENT_FROM = date(2015, 1, 1)
_SOURCE = "QĐ 1351/QĐ-BHXH; Luật 46/2014"


def _always(name: str, level: int) -> StepTable[int]:
    return StepTable(name, [Step(_CURRENT_FROM, level, _SOURCE)])


_BY_LEVEL: dict[int, tuple[str, ...]] = {
    1: ("CC", "TE"),
    2: ("CK", "CB", "KC", "HN", "DT", "DK", "XD", "BT", "TS", "AK", "CT", "LH"),
    3: ("HT", "TC", "PV"),
    5: ("QN", "CA", "CY"),
}

_LEVELS: dict[str, StepTable[int]] = {
    group: _always(group, level) for level, groups in _BY_LEVEL.items() for group in groups
} | {
    "CN": StepTable(
        "CN",
        [
            Step(_CURRENT_FROM, 3, _SOURCE),
            Step(date(2026, 1, 1), 2, "NQ 261/2025/QH15"),
        ],
    )
}

_OTHERS = _always("other groups", 4)


def benefit_level(group: str, on: date) -> int:
    """The level digit (1 to 5) of a card group on a day since 1/1/2015."""
    return _LEVELS.get(group, _OTHERS).on(on)


def level_changes(group: str) -> list[date]:
    """The days on which the level of a group changed, its first level left out."""
    return [step.valid_from for step in _LEVELS.get(group, _OTHERS).steps[1:]]
