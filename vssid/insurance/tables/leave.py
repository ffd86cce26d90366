"""Days and months away from work that are paid for: maternity and sickness.

Days are working days, without holidays and weekly days of rest.
"""

from dataclasses import dataclass
from datetime import date

from vssid.insurance.tables.steps import Step, StepTable


@dataclass(frozen=True, slots=True)
class FatherDays:
    """A father's days: an ordinary birth, one with surgery or before 32 weeks, twins, and twins by
    surgery; `each_more` for the third child of a birth and on; `second_child` 0: no days of its
    own. The last leave begins within `within` days of the birth.
    """

    ordinary: int
    surgery: int
    twins: int
    twins_surgery: int
    each_more: int
    second_child: int
    within: int


FATHER_DAYS: StepTable[FatherDays] = StepTable(
    "số ngày nghỉ của cha khi vợ sinh con",
    [
        Step(date(2016, 1, 1), FatherDays(5, 7, 10, 14, 3, 0, 30), "Luật 58/2014/QH13, Điều 34"),
        Step(date(2025, 7, 1), FatherDays(5, 7, 10, 14, 3, 0, 60), "Luật 41/2024/QH15, Điều 53"),
        Step(
            date(2026, 7, 1),
            FatherDays(5, 7, 10, 14, 3, 10, 60),
            "Luật 113/2025/QH15, Điều 29; Luật 41/2024/QH15, Điều 53",
            "M",
        ),
    ],
)

MONTHS_FOR_EACH_FURTHER_TWIN = 1
"""From the second child of one birth on (Bộ luật Lao động Đ.139.1)."""

BIRTH_GRANT_TIMES = 2
"""Reference levels for each child (Luật 41/2024 Đ.58.4)."""

VOLUNTARY_BIRTH_GRANT: StepTable[int] = StepTable(
    "trợ cấp thai sản BHXH tự nguyện (đồng mỗi con)",
    [Step(date(2025, 7, 1), 2_000_000, "Luật 41/2024/QH15, Điều 95")],
)


@dataclass(frozen=True, slots=True)
class SickDays:
    """The most days a calendar year: below 15 years paid, from 15, from 30."""

    below_15: int
    from_15: int
    from_30: int

    def for_months(self, paid: int) -> int:
        """The days of who has paid compulsory BHXH for so many months."""
        if paid < 15 * 12:
            return self.below_15
        return self.from_15 if paid < 30 * 12 else self.from_30


@dataclass(frozen=True, slots=True)
class SickLimits:
    """In ordinary work, and in heavy or hazardous work or a very poor area."""

    ordinary: SickDays
    heavy: SickDays


SICK_LIMITS: StepTable[SickLimits] = StepTable(
    "số ngày nghỉ ốm tối đa trong năm",
    [
        Step(day, SickLimits(SickDays(30, 40, 60), SickDays(40, 50, 70)), source)
        for day, source in (
            (date(2016, 1, 1), "Luật 58/2014/QH13, Điều 26"),
            (date(2025, 7, 1), "Luật 41/2024/QH15, Điều 43"),
        )
    ],
)


@dataclass(frozen=True, slots=True)
class ChildSickDays:
    """The most days a calendar year for each child: below 3 years of age, and from 3 to below 7."""

    below_3: int
    below_7: int


CHILD_SICK_DAYS: StepTable[ChildSickDays] = StepTable(
    "số ngày nghỉ chăm con ốm tối đa trong năm",
    [
        Step(date(2016, 1, 1), ChildSickDays(20, 15), "Luật 58/2014/QH13, Điều 27"),
        Step(date(2025, 7, 1), ChildSickDays(20, 15), "Luật 41/2024/QH15, Điều 44"),
    ],
)
