"""Which law says what, and from when: what an estimate names as its ground.

Every topic is a table like the others: an article holds until the day before the next begins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vssid.insurance.tables.steps import Step, StepTable


class Topic(StrEnum):
    """What an article settles."""

    ONE_TIME_GROUNDS = "one-time-grounds"
    ONE_TIME_AMOUNT = "one-time-amount"
    ODD_MONTHS = "odd-months"
    VOLUNTARY_SUPPORT = "voluntary-support"
    MEAN_SALARY = "mean-salary"
    PRICE_LEVELS = "price-levels"
    MIXED_TIME = "mixed-time"
    PENSION_GROUNDS = "pension-grounds"
    PENSION_AGE = "pension-age"
    PENSION_RATE = "pension-rate"
    PENSION_EARLY = "pension-early"
    PENSION_LEAST = "pension-least"
    PENSION_ONE_OFF = "pension-one-off"
    PENSION_INCREASE = "pension-increase"
    MATERNITY_GROUNDS = "maternity-grounds"
    MATERNITY_LEAVE = "maternity-leave"
    MATERNITY_PAY = "maternity-pay"
    BIRTH_GRANT = "birth-grant"
    VOLUNTARY_BIRTH = "voluntary-birth"
    SICK_DAYS = "sick-days"
    CHILD_SICK_DAYS = "child-sick-days"
    SICK_PAY = "sick-pay"
    UNEMPLOYMENT_GROUNDS = "unemployment-grounds"
    UNEMPLOYMENT_BENEFIT = "unemployment-benefit"
    UNEMPLOYMENT_KEPT = "unemployment-kept"
    HOUSEHOLD_HEALTH = "household-health"
    REFERENCE_LEVEL = "reference-level"
    PAY_CEILING = "pay-ceiling"


@dataclass(frozen=True, slots=True)
class Article:
    """A place in a law: «Luật 41/2024/QH15», «Điều 70». `article` empty: the law as a whole."""

    law: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.law}, {self.article}" if self.article else self.law


OLD: Final = "Luật 58/2014/QH13"
NEW: Final = "Luật 41/2024/QH15"
JOBS_OLD: Final = "Luật 38/2013/QH13"
JOBS_NEW: Final = "Luật 74/2025/QH15"

_2015, _2016, _2018 = date(2015, 1, 1), date(2016, 1, 1), date(2018, 1, 1)
_2019, _2021 = date(2019, 1, 1), date(2021, 1, 1)
NEW_LAW_FROM: Final = date(2025, 7, 1)
JOBS_LAW_FROM: Final = date(2026, 1, 1)
POPULATION_LAW_FROM: Final = date(2026, 7, 1)


def _table(topic: Topic, *rows: tuple[date, str, str, str]) -> StepTable[Article]:
    """Rows of (from, law, article, confidence)."""
    return StepTable(
        topic.value,
        [
            Step(day, found := Article(law, article), str(found), confidence)
            for day, law, article, confidence in rows
        ],
    )


def _both(topic: Topic, old: str, new: str) -> StepTable[Article]:
    """An article of the law of 2014 and the one of 2024 in its place."""
    return _table(topic, (_2016, OLD, old, "H"), (NEW_LAW_FROM, NEW, new, "H"))


_TABLES: Final = (
    _both(Topic.ONE_TIME_GROUNDS, "Điều 60, Điều 77; NQ 93/2015/QH13 Điều 1", "Điều 70, Điều 102"),
    _both(
        Topic.ONE_TIME_AMOUNT, "Điều 60, Điều 77", "Điều 70 khoản 3, khoản 4, Điều 102 khoản 2, 3"
    ),
    _table(
        Topic.ODD_MONTHS,
        (_2016, "TT 59/2015/TT-BLĐTBXH", "Điều 17, Điều 19", "M"),
        (NEW_LAW_FROM, NEW, "Điều 5 khoản 6", "H"),
    ),
    _table(
        Topic.VOLUNTARY_SUPPORT,
        (_2018, "NĐ 134/2015/NĐ-CP", "Điều 14", "H"),
        (NEW_LAW_FROM, "NĐ 159/2025/NĐ-CP", "Điều 5, Điều 9", "H"),
    ),
    _both(Topic.MEAN_SALARY, "Điều 62, Điều 79", "Điều 72, Điều 104"),
    _table(
        Topic.PRICE_LEVELS,
        (_2016, OLD, "Điều 63", "H"),
        (NEW_LAW_FROM, NEW, "Điều 73; NĐ 158/2025/NĐ-CP Điều 16; NĐ 159/2025/NĐ-CP Điều 10", "H"),
    ),
    _table(
        Topic.MIXED_TIME,
        (_2016, "NĐ 115/2015/NĐ-CP", "Điều 11; NĐ 134/2015/NĐ-CP Điều 5", "M"),
        (NEW_LAW_FROM, "NĐ 159/2025/NĐ-CP", "Điều 11", "M"),
    ),
    _both(Topic.PENSION_GROUNDS, "Điều 54, Điều 73", "Điều 64, Điều 98"),
    _table(
        Topic.PENSION_AGE,
        (_2016, OLD, "Điều 54", "H"),
        (_2021, "NĐ 135/2020/NĐ-CP", "Điều 4, Điều 5, Phụ lục I, II", "H"),
    ),
    _both(Topic.PENSION_RATE, "Điều 56, Điều 74", "Điều 66, Điều 99"),
    _both(Topic.PENSION_EARLY, "Điều 55, Điều 56 khoản 3", "Điều 65, Điều 66 khoản 3"),
    _both(Topic.PENSION_LEAST, "Điều 56 khoản 5", "Điều 141 khoản 11"),
    _both(Topic.PENSION_ONE_OFF, "Điều 58, Điều 75", "Điều 68, Điều 100"),
    _both(Topic.PENSION_INCREASE, "Điều 57", "Điều 67"),
    _both(Topic.MATERNITY_GROUNDS, "Điều 31", "Điều 50"),
    _table(
        Topic.MATERNITY_LEAVE,
        (_2016, OLD, "Điều 34", "H"),
        (NEW_LAW_FROM, NEW, "Điều 53; Bộ luật Lao động Điều 139", "H"),
        # Several agreeing public copies; the decree came out only weeks before.
        (
            POPULATION_LAW_FROM,
            "Luật 113/2025/QH15",
            "Điều 29; NĐ 168/2026/NĐ-CP Điều 2; Luật 41/2024/QH15 Điều 53",
            "M",
        ),
    ),
    _both(Topic.MATERNITY_PAY, "Điều 39", "Điều 59"),
    _both(Topic.BIRTH_GRANT, "Điều 38", "Điều 58"),
    _table(Topic.VOLUNTARY_BIRTH, (NEW_LAW_FROM, NEW, "Điều 94, Điều 95", "H")),
    _both(Topic.SICK_DAYS, "Điều 26", "Điều 43"),
    _both(Topic.CHILD_SICK_DAYS, "Điều 27", "Điều 44"),
    _both(Topic.SICK_PAY, "Điều 28", "Điều 45"),
    _table(
        Topic.UNEMPLOYMENT_GROUNDS,
        (_2015, JOBS_OLD, "Điều 46, Điều 49", "H"),
        (JOBS_LAW_FROM, JOBS_NEW, "Điều 38", "H"),
    ),
    _table(
        Topic.UNEMPLOYMENT_BENEFIT,
        (_2015, JOBS_OLD, "Điều 50", "H"),
        (JOBS_LAW_FROM, JOBS_NEW, "Điều 39", "H"),
    ),
    _table(
        Topic.UNEMPLOYMENT_KEPT,
        (_2015, "NĐ 28/2015/NĐ-CP", "Điều 18", "M"),
        # The decree is known, the place in it is not.
        (JOBS_LAW_FROM, "NĐ 374/2025/NĐ-CP", "", "L"),
    ),
    _table(
        Topic.HOUSEHOLD_HEALTH,
        (_2015, "Luật 46/2014/QH13", "Điều 13", "H"),
        (_2019, "NĐ 146/2018/NĐ-CP", "Điều 7", "H"),
        (NEW_LAW_FROM, "NĐ 188/2025/NĐ-CP", "", "H"),
    ),
    _table(
        Topic.REFERENCE_LEVEL,
        (NEW_LAW_FROM, NEW, "Điều 7, Điều 141 khoản 13", "H"),
    ),
    _both(Topic.PAY_CEILING, "Điều 87, Điều 89 khoản 3", "Điều 31"),
)

LAWS: Final[Mapping[Topic, StepTable[Article]]] = {Topic(table.name): table for table in _TABLES}
"""The articles of every topic over time."""
