"""What somebody may know of a person, as keys of the table that leads to the number.

A key is half of a SHA-256: short, of one length, spread evenly, and without a name in it. It holds
what must agree exactly; what is compared with more patience (accents, the day of birth) is left to
the rules. Everything is folded, so that «nguyen van a» finds «Nguyễn Văn Á».
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Protocol
from uuid import UUID

from vssid.kernel.text import fold
from vssid.reference import queries as reference
from vssid.reference.rows import ERA_TODAY

_BETWEEN_LETTERS = str.maketrans("", "", " -'.")


class Sought(Protocol):
    """What keys are made of: a row of Person, or what a source tells of one."""

    @property
    def full_name(self) -> str: ...
    @property
    def birth_date(self) -> date: ...
    @property
    def birth_date_precision(self) -> str: ...
    @property
    def address_era(self) -> str: ...
    @property
    def address_province(self) -> str: ...
    @property
    def address_district(self) -> str: ...
    @property
    def address_commune(self) -> str: ...
    @property
    def household_code(self) -> str: ...


def person_key(name: str, birth: str, province: str) -> UUID:
    """Of a person by name, birth (as `births_of`, or the year alone) and today's province."""
    return _key("person", _letters(name), birth, province)


def member_key(household: str, name: str) -> UUID:
    """Of a member of a household."""
    return _key("member", household, _letters(name))


def head_key(name: str, commune: str) -> UUID:
    """Of the head of a household by name and today's commune."""
    return _key("head", _letters(name), commune)


def births_of(born_in: int, born_on: date | None) -> tuple[str, ...]:
    """What a birth as typed may be in the registry: this day, or this year and no day known."""
    return (born_on.isoformat(), _only(born_in)) if born_on else (str(born_in),)


def keys_of(person: Sought, *, is_head: bool) -> Iterator[UUID]:
    """Every key that leads to a person.

    Of a ward that was split there is one for each commune that it went to: which of them holds the
    house is not known, and the names have to agree as well.
    """
    born, is_day = person.birth_date, person.birth_date_precision == "day"
    if province := today_province(person.address_era, person.address_province):
        yield person_key(person.full_name, str(born.year), province)
        known = born.isoformat() if is_day else _only(born.year)
        yield person_key(person.full_name, known, province)
    if person.household_code:
        yield member_key(person.household_code, person.full_name)
    if is_head:
        ended = person.address_commune or person.address_district
        for commune in today_communes(person.address_era, ended):
            yield head_key(person.full_name, commune)


def today_province(era: str, code: str) -> str:
    """The province of today that a province of either era is or went to; empty if unknown."""
    if era == ERA_TODAY:
        return code
    return next((choice.code for choice in reference.convert_legacy(code)), "")


def today_communes(era: str, code: str) -> list[str]:
    """The communes of today that a commune of either era is or went to."""
    if era == ERA_TODAY:
        return [code] if code else []
    return [choice.code for choice in reference.convert_legacy(code)]


def _only(born_in: int) -> str:
    return f"{born_in} only"


def _letters(name: str) -> str:
    return fold(name).translate(_BETWEEN_LETTERS)


def _key(*parts: str) -> UUID:
    return UUID(bytes=hashlib.sha256("|".join(parts).encode()).digest()[:16])
