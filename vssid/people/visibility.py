"""What a guardian may see of a child's record at what age: the table, row by row.

What the law settles and what is our decision: docs/adr/0017. Ages are years completed.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final


class Part(StrEnum):
    """The parts of a record that are shown or kept apart.

    The medical book says when and where; medical details say what for, the bill and the papers.
    """

    PERSONAL = "personal"
    CARD = "card"
    CONTRIBUTIONS = "contributions"
    BENEFITS = "benefits"
    MEDICAL_BOOK = "medical-book"
    MEDICAL_DETAILS = "medical-details"


class Sight(IntEnum):
    """How much of a part is shown. PLAIN: without its sensitive details."""

    NOTHING = 0
    PLAIN = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class SightRule:
    """From `from_age` on, until the birthday of `to_age`, a guardian sees so much of a part.

    `valid_from`: since when the rule is in force, until another row of the same part and ages
    follows. `is_ours`: law leaves it open and the agency has decided (docs/adr/0017).
    `confidence` in the articles named: H, M or L, as in docs/domain.md.
    """

    part: Part
    from_age: int
    to_age: int
    sight: Sight
    valid_from: date
    source: str
    is_ours: bool = False
    confidence: str = "M"


def _ours(
    part: Part, from_age: int, to_age: int, sight: Sight, valid_from: date, source: str
) -> SightRule:
    return SightRule(part, from_age, to_age, sight, valid_from, source, is_ours=True)


OF_AGE: Final = 18
"""From this birthday on nobody acts for a person but by a court's decision (BLDS 2015 Đ.20, 22)."""

_CARE: Final = date(2024, 1, 1)
_START: Final = date(2021, 1, 1)
_REPRESENTS: Final = "BLDS 91/2015 Đ.136, Đ.141"
_PROPERTY: Final = "Luật HNGĐ 52/2014 Đ.76.1"
_RECORDS: Final = "Luật KCB 15/2023 Đ.15, Đ.69"
_PRIVATE: Final = "Luật Trẻ em 102/2016 Đ.6.11, Đ.21; Luật BVDLCN 91/2025 Đ.24"

GUARDIAN_SIGHT: Final = (
    SightRule(Part.CARD, 0, 18, Sight.FULL, _START, f"{_REPRESENTS}; NĐ 188/2025 Đ.37"),
    SightRule(Part.PERSONAL, 0, 16, Sight.FULL, _START, _REPRESENTS),
    _ours(Part.PERSONAL, 16, 18, Sight.PLAIN, _START, "Luật Trẻ em 102/2016 Đ.1"),
    SightRule(Part.CONTRIBUTIONS, 0, 15, Sight.FULL, _START, _REPRESENTS),
    _ours(Part.CONTRIBUTIONS, 15, 18, Sight.PLAIN, _START, _PROPERTY),
    SightRule(Part.BENEFITS, 0, 15, Sight.FULL, _START, _REPRESENTS),
    _ours(Part.BENEFITS, 15, 18, Sight.PLAIN, _START, _PROPERTY),
    SightRule(Part.MEDICAL_BOOK, 0, 16, Sight.FULL, _CARE, _RECORDS),
    _ours(Part.MEDICAL_BOOK, 16, 18, Sight.PLAIN, _CARE, f"{_RECORDS}; {_PRIVATE}"),
    SightRule(Part.MEDICAL_DETAILS, 0, 7, Sight.FULL, _CARE, _RECORDS),
    _ours(Part.MEDICAL_DETAILS, 7, 16, Sight.PLAIN, _CARE, f"{_RECORDS}; {_PRIVATE}"),
    _ours(Part.MEDICAL_DETAILS, 16, 18, Sight.NOTHING, _CARE, _PRIVATE),
)
