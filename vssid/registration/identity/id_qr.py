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
    fields = [clean(field) for field in text[: _LONGEST + 1].split("|")]
    if len(fields) < _FIELDS or len(text) > _LONGEST:
        return QrFault.FIELDS
    number, old_number, name, born, sex, address, issued = fields[:_FIELDS]
    fault = _fault(number, old_number, name, sex, address)
    if fault:
        return fault
    birth = _birth(born, today)
    if birth is None:
        return QrFault.BIRTH_DATE
    issued_on = _day(issued, today)
    if issued and (issued_on is None or issued_on.year < birth[0]):
        return QrFault.ISSUED_ON
    return IdQr(
        paper=Paper.CCCD if len(fields) == _FIELDS else Paper.CAN_CUOC,
        number=number,
        old_number=old_number,
        full_name=parse_person_name(name),
        birth_year=birth[0],
        birth_date=birth[1],
        sex=_SEX[fold(sex)],
        address=address,
        issued_on=issued_on,
    )


def _fault(number: str, old_number: str, name: str, sex: str, address: str) -> QrFault | None:
    if not re.fullmatch(r"[0-9]{12}", number):
        return QrFault.NUMBER
    if not re.fullmatch(r"(?:[0-9]{9}|[0-9]{12})?", old_number):
        return QrFault.OLD_NUMBER
    if fold(sex) not in _SEX:
        return QrFault.SEX
    if len(address) > _LONGEST_ADDRESS:
        return QrFault.ADDRESS
    try:
        parse_person_name(name)
    except InvalidInput:
        return QrFault.NAME
    return None


def _birth(signs: str, today: date) -> tuple[int, date | None] | None:
    """The year and the day; papers of old people may know only the year."""
    year_alone = re.fullmatch(r"(?:0000)?((?:18|19|20)[0-9]{2})", signs)
    if year_alone:
        year = int(year_alone[1])
        return (year, None) if year <= today.year else None
    day = _day(signs, today)
    return (day.year, day) if day else None


def _day(signs: str, today: date) -> date | None:
    """`ddMMyyyy`, not after today."""
    if not re.fullmatch(r"[0-9]{8}", signs):
        return None
    try:
        day = date(int(signs[4:]), int(signs[2:4]), int(signs[:2]))
    except ValueError:
        return None
    return day if date(1850, 1, 1) <= day <= today else None
