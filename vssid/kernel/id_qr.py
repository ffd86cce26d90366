"""The QR code of a CCCD with chip (2021) and of a căn cước (since 1/7/2024): domain §2.

Plain UTF-8 between «|»: number, old CMND number (may be empty), name, birth date, sex, address,
day of issue; the newer paper goes on with parents and more, often empty, which nobody needs here.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from vssid.kernel.errors import InvalidInput
from vssid.kernel.text import clean, fold, parse_person_name

_FIELDS: Final = 7
_NUMBER: Final = re.compile(r"[0-9]{12}")
_OLD_NUMBER: Final = re.compile(r"(?:[0-9]{9}|[0-9]{12})?")
_YEAR_ALONE: Final = re.compile(r"(?:0000)?((?:18|19|20)[0-9]{2})")
# The largest QR code holds 2,953 bytes.
_LONGEST: Final = 3000
_LONGEST_ADDRESS: Final = 400
_SEX: Final[dict[str, Literal["M", "F"]]] = {"nam": "M", "nu": "F"}


class Paper(StrEnum):
    """Which paper carries the code."""

    CCCD = "cccd"
    CAN_CUOC = "can-cuoc"


class QrFault(StrEnum):
    """Why a text is not the QR code of an identity paper."""

    FIELDS = "fields"
    NUMBER = "number"
    OLD_NUMBER = "old-number"
    NAME = "name"
    BIRTH_DATE = "birth-date"
    SEX = "sex"
    ADDRESS = "address"
    ISSUED_ON = "issued-on"


@dataclass(frozen=True, slots=True)
class IdParts:
    """What can be read of a code that may be spoilt; a part that cannot be so is empty or None.

    `number` has 12 digits. `born` is a day, or a year where the paper knows no more; `birth_year`
    is there as well where only the day is spoilt.
    """

    number: str
    full_name: str
    birth_year: int | None
    born: date | int | None
    sex: Literal["M", "F", ""]


@dataclass(frozen=True, slots=True)
class IdQr:
    """What the code says. `birth_date` is None where the paper knows only the year.

    `number` has 12 digits, `old_number` 9 or 12 or is empty; `issued_on` is None where it is not
    stated.
    """

    paper: Paper
    number: str
    old_number: str
    full_name: str
    birth_year: int
    birth_date: date | None
    sex: Literal["M", "F"]
    address: str
    issued_on: date | None


def parse_id_qr(text: str, *, today: date) -> IdQr | QrFault:
    """What the code says, or why it is none of a paper; never raises for what it holds."""
    fields = _split(text)
    parts = _parts(fields, today) if fields else None
    if parts is None:
        return QrFault.NUMBER if fields else QrFault.FIELDS
    old_number, address, issued = fields[1], fields[5], fields[6]
    fault = _fault(parts, old_number, address)
    if fault or not parts.sex:
        return fault or QrFault.SEX
    if parts.born is None or parts.birth_year is None:
        return QrFault.BIRTH_DATE
    issued_on = _day(issued, today)
    if issued and (issued_on is None or issued_on.year < parts.birth_year):
        return QrFault.ISSUED_ON
    return IdQr(
        paper=Paper.CCCD if len(fields) == _FIELDS else Paper.CAN_CUOC,
        number=parts.number,
        old_number=old_number,
        full_name=parts.full_name,
        birth_year=parts.birth_year,
        birth_date=None if isinstance(parts.born, int) else parts.born,
        sex=parts.sex,
        address=address,
        issued_on=issued_on,
    )


def read_id_parts(text: str, *, today: date) -> IdParts | None:
    """What is left of a code for whom a person can ask for the rest; None without a number."""
    fields = _split(text)
    return _parts(fields, today) if fields else None


def _split(text: str) -> list[str]:
    """The fields; none at all where there are too few, or more than a code holds."""
    fields = [clean(field) for field in text[: _LONGEST + 1].split("|")]
    return [] if len(fields) < _FIELDS or len(text) > _LONGEST else fields


def _parts(fields: list[str], today: date) -> IdParts | None:
    number, _old_number, name, born, sex = fields[:5]
    if not _NUMBER.fullmatch(number):
        return None
    year, when = _birth(born, today)
    return IdParts(number, _name(name), year, when, _SEX.get(fold(sex), ""))


def _name(text: str) -> str:
    try:
        return parse_person_name(text)
    except InvalidInput:
        return ""


def _fault(parts: IdParts, old_number: str, address: str) -> QrFault | None:
    if not _OLD_NUMBER.fullmatch(old_number):
        return QrFault.OLD_NUMBER
    if len(address) > _LONGEST_ADDRESS:
        return QrFault.ADDRESS
    return None if parts.full_name else QrFault.NAME


def _birth(signs: str, today: date) -> tuple[int | None, date | int | None]:
    """The year, and the day or, on papers of old people, the year again."""
    alone = _YEAR_ALONE.fullmatch(signs)
    if alone:
        year = int(alone[1])
        return (year, year) if year <= today.year else (None, None)
    day = _day(signs, today)
    if day:
        return day.year, day
    last = _YEAR_ALONE.fullmatch(signs[4:]) if len(signs) == 8 else None
    return (int(last[1]) if last else None), None


def _day(signs: str, today: date) -> date | None:
    """`ddMMyyyy`, not after today."""
    if not re.fullmatch(r"[0-9]{8}", signs):
        return None
    try:
        day = date(int(signs[4:]), int(signs[2:4]), int(signs[:2]))
    except ValueError:
        return None
    return day if date(1850, 1, 1) <= day <= today else None
