"""What a health facility is answered about a card: one code, decided from values (domain §1).

Identity comes first, each part only once the one before was right: a wrong name tells neither the
right one nor anything about the card.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from vssid.insurance.card_qr import NUMBER
from vssid.insurance.card_rules import has_died
from vssid.insurance.records import CardBook, CardDetails, CardHolder
from vssid.insurance.rules import CardStatus, card_status, card_to_go_by, level_on
from vssid.kernel.text import fold

IN_HOSPITAL_AFTER_END: Final = timedelta(days=15)
"""A card that ends during a treatment counts for so long after its last day (NĐ 188/2025 Đ50)."""

_DIGITS_OF_A_NUMBER: Final = 10
_FIRST_YEAR: Final = 1900


class Code(StrEnum):
    """The codes that hospitals' programs know."""

    RIGHT = "00"
    EXPIRED = "01"
    NOT_YET = "02"
    ENDED_IN_HOSPITAL = "03"
    BEGAN_IN_HOSPITAL = "04"
    UNKNOWN = "05"
    WRONG_NAME = "06"
    WRONG_BIRTH = "07"
    WRONG_SEX = "08"
    WRONG_CARD = "09"
    BAD_DATA = "10"
    MISSING_DATA = "11"


IDENTIFIED: Final = frozenset(
    {
        Code.RIGHT,
        Code.EXPIRED,
        Code.NOT_YET,
        Code.ENDED_IN_HOSPITAL,
        Code.BEGAN_IN_HOSPITAL,
    }
)
"""The person is who was said: only then is anything of the card told, unless it has stopped."""

COVERED: Final = frozenset({Code.RIGHT, Code.ENDED_IN_HOSPITAL, Code.BEGAN_IN_HOSPITAL})
"""Insurance pays today."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the facility says of the patient.

    `number` are 10 digits, or the 15 characters of a card; `born` a day or a year; `sex` M, F or
    empty where it is not asked for. `admitted_on` is the first day of a stay that goes on.
    """

    number: str
    full_name: str
    born: date | int | None
    sex: str = ""
    admitted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The code; the card and `pays_until` (None: until further notice) for who was identified.

    `level` is the benefit level that counts today, which a law may have changed since the card was
    printed. `has_stopped`: over whatever the days on it say; nothing more is told.
    """

    code: Code
    card: CardDetails | None = None
    pays_until: date | None = None
    level: int | None = None
    has_stopped: bool = False


def check_asked(asked: Asked, today: date) -> Code | None:
    """11 when something is missing, 10 when something cannot be; None when one may look."""
    if not asked.number or not asked.full_name or asked.born is None:
        return Code.MISSING_DATA
    year = asked.born if isinstance(asked.born, int) else asked.born.year
    if not NUMBER.fullmatch(asked.number) or not _FIRST_YEAR <= year <= today.year:
        return Code.BAD_DATA
    first_day = date(year, 1, 1) if isinstance(asked.born, int) else asked.born
    is_ahead = first_day > today or (asked.admitted_on is not None and asked.admitted_on > today)
    is_reversed = asked.admitted_on is not None and asked.admitted_on < first_day
    return Code.BAD_DATA if is_ahead or is_reversed else None


def judge(asked: Asked, book: CardBook | None, today: date) -> Verdict:
    """What the record says to `asked`, which `check_asked` let pass."""
    if book is None or not book.cards:
        return Verdict(Code.UNKNOWN)
    wrong = _who_is_wrong(asked, book.holder)
    if wrong is not None:
        return Verdict(wrong)
    if not _has_card(asked.number, book):
        return Verdict(Code.WRONG_CARD)
    if has_died(book, today):
        return Verdict(Code.EXPIRED, has_stopped=True)
    verdict = _of_days(book.cards, today, asked.admitted_on)
    level = level_on(verdict.card, today) if verdict.card else None
    return replace(verdict, level=level)


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for accents, case, spaces and signs."""
    return _letters(one) == _letters(other) != ""


def _who_is_wrong(asked: Asked, holder: CardHolder) -> Code | None:
    if not is_same_name(asked.full_name, holder.full_name):
        return Code.WRONG_NAME
    if not _is_same_birth(asked.born, holder):
        return Code.WRONG_BIRTH
    if asked.sex and asked.sex != holder.sex:
        return Code.WRONG_SEX
    return None


def _is_same_birth(born: date | int | None, holder: CardHolder) -> bool:
    if isinstance(born, date) and holder.birth_date_precision == "day":
        return born == holder.birth_date
    year = born.year if isinstance(born, date) else born
    return year == holder.birth_date.year


def _has_card(number: str, book: CardBook) -> bool:
    """Ten digits name the person, which was looked up by them; fifteen name one of the cards."""
    if len(number) == _DIGITS_OF_A_NUMBER:
        return number == book.holder.number
    return any(number == card.card_number for card in book.cards)


def _of_days(cards: Sequence[CardDetails], today: date, admitted_on: date | None) -> Verdict:
    card = card_to_go_by(cards, today)
    status = card_status(card, today)
    if card is None:
        return Verdict(Code.UNKNOWN)
    if status is CardStatus.VALID:
        began_inside = admitted_on is not None and not _any_valid(cards, admitted_on)
        code = Code.BEGAN_IN_HOSPITAL if began_inside else Code.RIGHT
        return Verdict(code, card, card.valid_to)
    if admitted_on is not None:
        ended = _ended_in_hospital(cards, today, admitted_on)
        if ended is not None:
            return ended
    if status is CardStatus.NOT_YET:
        return Verdict(Code.NOT_YET, card)
    return Verdict(Code.EXPIRED, card)


def _ended_in_hospital(
    cards: Sequence[CardDetails], today: date, admitted_on: date
) -> Verdict | None:
    """03 while the card that ended last during the stay still counts."""
    during = [
        (card.valid_to, card)
        for card in cards
        if card.valid_to is not None and max(card.valid_from, admitted_on) <= card.valid_to < today
    ]
    if not during:
        return None
    last, card = max(during, key=lambda one: one[0])
    until = last + IN_HOSPITAL_AFTER_END
    return Verdict(Code.ENDED_IN_HOSPITAL, card, until) if today <= until else None


def _any_valid(cards: Sequence[CardDetails], day: date) -> bool:
    return any(card_status(card, day) is CardStatus.VALID for card in cards)


def _letters(name: str) -> str:
    return "".join(letter for letter in fold(name) if letter.isalnum())
