"""Decisions about people, without a database: ages, and what somebody else may see of a record."""

from calendar import isleap
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from vssid.people.models import SHARED_AT_MOST, Relation
from vssid.people.visibility import GUARDIAN_SIGHT, OF_AGE, Part, Sight

SHARE_TERMS: Final[Mapping[str, timedelta]] = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "half-year": SHARED_AT_MOST,
}
"""For how long a record may be shared; nobody may share it for ever."""

SHARED_PARTS: Final = (Part.CARD, Part.CONTRIBUTIONS, Part.BENEFITS, Part.MEDICAL_BOOK)
"""What an adult may choose to share, each by itself."""


def age_on(birth_date: date, precision: str, on: date) -> int:
    """Years completed on a day of Vietnam.

    Who was born on 29 February is a year older on 1 March of a common year. Of a birth of which
    only the year is known (`precision` «year») the last day counts: as late as possible.
    """
    born = date(birth_date.year, 12, 31) if precision == "year" else birth_date
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def of_age_on(birth_date: date, precision: str) -> date:
    """The first day of being 18, by the same count as `age_on`."""
    if precision == "year":
        return date(birth_date.year + OF_AGE, 12, 31)
    if (birth_date.month, birth_date.day) == (2, 29) and not isleap(birth_date.year + OF_AGE):
        return date(birth_date.year + OF_AGE, 3, 1)
    return birth_date.replace(year=birth_date.year + OF_AGE)


def guardian_sight(*, age: int, is_ward: bool, on: date) -> Mapping[Part, Sight]:
    """What a guardian may see of each part of a record of somebody of that age on a day.

    `is_ward`: by a court's decision, of age or not (BLDS 2015 Đ.22, Đ.47). From 18 on nothing is
    shown to anybody else.
    """
    if age >= OF_AGE:
        return dict.fromkeys(Part, Sight.FULL if is_ward else Sight.NOTHING)
    return {part: _sight(part, age, on) for part in Part}


def is_ward(*, relation: str, is_open: bool) -> bool:
    """Whether a guardianship goes on past 18: a guardian's, without an end (docs/adr/0017)."""
    return relation == Relation.GUARDIAN and is_open


def shared_sight(parts: frozenset[Part]) -> Mapping[Part, Sight]:
    """What the reader of a shared record sees: the parts chosen, whole; medical details with the
    medical book; of the personal details nothing but what a chosen part itself says.
    """
    shown = parts | ({Part.MEDICAL_DETAILS} if Part.MEDICAL_BOOK in parts else frozenset())
    return {part: Sight.FULL if part in shown else Sight.NOTHING for part in Part}


def _sight(part: Part, age: int, on: date) -> Sight:
    """Of rows for the same ages the newest in force; what no row allows is not shown."""
    found = [
        rule
        for rule in GUARDIAN_SIGHT
        if rule.part is part and rule.from_age <= age < rule.to_age and rule.valid_from <= on
    ]
    newest = max(found, key=lambda rule: rule.valid_from, default=None)
    return newest.sight if newest else Sight.NOTHING
