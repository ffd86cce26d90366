"""Numbers of invented people: unique by construction and the same in every run.

A person's serial is their place in the sequence. Multiplying it by a number without a common
factor with ten scatters neighbours and never lets two serials meet. The numbers have the right
shape but carry no meaning; a real person may bear the same one, so rows made from them are marked
by `is_invented` and are never mixed with delivered data.
"""

from datetime import date
from random import Random
from uuid import UUID

NAMED_SERIALS_FROM = 99_999_000
"""Serials from here on belong to the hand-made people of the demo."""

MOST_PEOPLE = 9_000_000
"""Beyond this, mobile numbers would run out."""

LEGACY_PROVINCES: tuple[str, ...] = (
    "01", "02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "19", "20", "22",
    "24", "25", "26", "27", "30", "31", "33", "34", "35", "36", "37", "38", "40", "42",
    "44", "45", "46", "48", "49", "51", "52", "54", "56", "58", "60", "62", "64", "66",
    "67", "68", "70", "72", "74", "75", "77", "79", "80", "82", "83", "84", "86", "87",
    "89", "91", "92", "93", "94", "95", "96",
)  # fmt: skip
"""The 63 provinces in whose codes personal numbers were and are given (TT 59/2021/TT-BCA)."""

_SCATTER = 61_803_399
_TAILS = 100_000_000
_PERSONAL_TAILS = 1_000_000
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_MS_PER_DAY = 86_400_000


def random_for(seed: int, purpose: str, index: int | str) -> Random:
    """A source of chance of its own for one thing, the same for the same seed and index."""
    return Random(f"{seed}/{purpose}/{index}")  # noqa: S311 - invents people, guards nothing


def insurance_number(serial: int, province: str) -> str:
    """The 10-digit number: two digits of a province, eight that no other serial has."""
    return f"{province}{serial * _SCATTER % _TAILS:08d}"


def personal_number(serial: int, province: str, sex: str, born: date) -> str:
    """The 12-digit personal number: province of birth, century and sex, year, six digits.

    The six digits repeat after a million serials. From then on the province of birth moves on by
    one for each million (and once more for those who share them with the hand-made people), so
    that no two people share a number as long as the same six digits live in the same province.
    """
    index = LEGACY_PROVINCES.index(province)
    if serial < NAMED_SERIALS_FROM:
        millions, within = divmod(serial, _PERSONAL_TAILS)
        index += millions + (within >= NAMED_SERIALS_FROM % _PERSONAL_TAILS)
    century = (born.year // 100 - 19) * 2 + (sex == "F")
    tail = serial * _SCATTER % _PERSONAL_TAILS
    return f"0{LEGACY_PROVINCES[index % 63]}{century}{born.year % 100:02d}{tail:06d}"


def old_id_number(serial: int) -> str:
    """A nine-digit CMND number."""
    return f"2{serial * _SCATTER % _TAILS:08d}"


def mobile_phone(serial: int) -> str:
    """A mobile number in E.164 that counts up: +84 90 0000001 and so on.

    Vietnam reserves no range for fiction; a plainly serial one is used, and the demo sends to
    nobody. The first thousand are the hand-made people's.
    """
    if serial >= NAMED_SERIALS_FROM:
        return f"+8490{serial - NAMED_SERIALS_FROM + 1:07d}"
    return f"+8490{serial + 1000:07d}"


def household_code(serial: int, province: str) -> str:
    """The code of the household whose head has this serial."""
    return f"{province}{(serial * _SCATTER + _TAILS // 2) % _TAILS:08d}"


def row_id(rng: Random, day: date) -> UUID:
    """A UUID of version 7 that bears a day (UTC, at a chance moment), made by chance of our own."""
    bits = rng.getrandbits(100)
    milliseconds = (day.toordinal() - _EPOCH_ORDINAL) * _MS_PER_DAY + (bits >> 74)
    if milliseconds < 0:
        raise ValueError("a UUIDv7 cannot bear a day before 1970")
    high, low = bits >> 62 & 0xFFF, bits & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
