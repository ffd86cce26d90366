"""The text of the QR on a BHYT card: 14 fields between bars (domain §2).

Hospitals read the public layout. Its last field is a check value whose making is not public: ours
carries a marker that no official card has, and what others wrote there is kept but not judged.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError

MARKER: Final = "VSSID-KHONG-CHINH-THUC"
NUMBER: Final = re.compile(r"[0-9]{10}|[0-9]{12}|[A-Z]{2}[1-5][0-9]{2}[0-9A-Z]{10}")
"""What names the holder: BHXH number, personal number, or a card of 15 characters."""
_YEAR_OF_BIRTH: Final = re.compile(r"(?:19|20)[0-9]{2}")
_DAY: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_NOTHING: Final = "-"
_END: Final = "$"
_FIELDS: Final = 14
_SEX: Final = {"M": "1", "F": "2"}
_LIVING_AREA: Final = {"": "4", "K1": "5", "K2": "6", "K3": "7"}


class UnreadableCardQrError(CodedError):
    """The text is not that of a BHYT card."""

    code: ClassVar[str] = "card-qr.unreadable"
    sentence: ClassVar[object] = _(
        "Mã QR này không phải của thẻ BHYT hay CCCD. Xin quét lại, hoặc nhập ở phần «Không quét "
        "được»."
    )


@dataclass(frozen=True, slots=True)
class CardQr:
    """What the QR of a card says.

    `number` is the 15-character card number, or 10 digits on cards since 4/2021. `born` is a day,
    or a year of which no more is known. `managed_by` are 4 digits of the agency and the 10 digits.
    """

    number: str
    full_name: str
    born: date | int
    sex: str
    address: str
    facility_code: str
    valid_from: date
    valid_to: date | None
    issued_on: date | None
    managed_by: str
    guardian_name: str
    living_area: str
    five_year_date: date | None
    check: str = MARKER


def encode(card: CardQr) -> str:
    """The text to draw. Raises KeyError for a sex or a living area that does not exist."""
    fields = (
        card.number,
        _hex(card.full_name),
        f"{card.born:04d}" if isinstance(card.born, int) else _day_text(card.born),
        _SEX[card.sex],
        _hex(card.address),
        f"{card.facility_code[:2]} - {card.facility_code[2:]}",
        _day_text(card.valid_from),
        _day_text(card.valid_to),
        _day_text(card.issued_on),
        card.managed_by or _NOTHING,
        _hex(card.guardian_name),
        _LIVING_AREA[card.living_area],
        _day_text(card.five_year_date),
        card.check or _NOTHING,
    )
    return "|".join((*fields, _END))


def parse(text: str) -> CardQr:
    """What a scanned text says; a missing `$`, `-` or nothing for empty, any case of hex are fine.

    Raises UnreadableCardQrError.
    """
    parts = [part.strip() for part in text.strip().split("|")]
    if parts[-1] in {_END, ""}:
        parts.pop()
    if len(parts) != _FIELDS:
        raise UnreadableCardQrError
    try:
        return _read(["" if part == _NOTHING else part for part in parts])
    except (ValueError, KeyError) as error:
        raise UnreadableCardQrError from error


def _read(parts: list[str]) -> CardQr:
    (number, name, born, sex, address, facility, valid_from, valid_to, issued_on, managed_by,
     guardian, living_area, five_years, check) = parts  # fmt: skip
    if not NUMBER.fullmatch(number.upper()):
        raise ValueError("not the number of a card")
    return CardQr(
        number=number.upper(),
        full_name=bytes.fromhex(name).decode(),
        born=_born(born),
        sex={digit: letter for letter, digit in _SEX.items()}[sex],
        address=bytes.fromhex(address).decode(),
        facility_code=facility.replace("-", "").replace(" ", ""),
        valid_from=_required_day(valid_from),
        valid_to=_day(valid_to),
        issued_on=_day(issued_on),
        managed_by=managed_by,
        guardian_name=bytes.fromhex(guardian).decode(),
        living_area={digit: area for area, digit in _LIVING_AREA.items()}[living_area or "4"],
        five_year_date=_day(five_years),
        check=check,
    )


def _hex(text: str) -> str:
    return text.encode().hex() or _NOTHING


def _day_text(day: date | None) -> str:
    return _NOTHING if day is None else f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def _day(text: str) -> date | None:
    return _required_day(text) if text else None


def _required_day(text: str) -> date:
    # Not by `int`, which takes signs, underscores and the digits of every script.
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError("not a day")
    day, month, year = map(int, found.groups())
    return date(year, month, day)


def _born(text: str) -> date | int:
    if not _YEAR_OF_BIRTH.fullmatch(text[-4:]):
        raise ValueError("nobody alive was born then")
    return int(text) if len(text) == 4 else _required_day(text)
