"""The machine-readable zone of an ID card (TD1) or a passport (TD3): ICAO Doc 9303 parts 3, 4, 5.

What a camera read is corrected only where the place itself says «a digit» or «a letter», one way,
and counts only if every check digit then holds. Names, sex and nationality have no check digit:
who reads from a photo reads them twice (`mrz_photo`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from vssid.kernel.identifiers import personal_number_facts
from vssid.registration.identity.states import CODES

Sex = Literal["M", "F", ""]
ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
# Far more than both layouts have.
_LONGEST: Final = 400

# What a camera takes for what, in the one direction that a place of digits or of letters allows.
_TO_DIGITS: Final = str.maketrans("OQDILZSGB", "000112568")
_TO_LETTERS: Final = str.maketrans("012568", "OIZSGB")
_NAME: Final = re.compile(r"[A-Z]+(?:<[A-Z]+)*(?:<<[A-Z]+(?:<[A-Z]+)*)?<*")
# The only kind of card that Vietnam gives out in this layout, and what its D is taken for.
_VIETNAMESE_CARD: Final = frozenset({"IDVNM", "IOVNM", "IQVNM"})
_NO_END: Final = ("991231", "<<<<<<")


class Layout(StrEnum):
    """Three lines of 30 signs, or two of 44."""

    TD1 = "td1"
    TD3 = "td3"


class MrzFault(StrEnum):
    """Why a text is no MRZ that counts."""

    SHAPE = "shape"
    CHECK_DIGIT = "check-digit"
    CODE = "code"
    DATE = "date"
    SEX = "sex"
    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Mrz:
    """What an MRZ says. Names are capitals without accents, in the order surname, given names.

    `is_name_cut`: the name fills its line, so that it may go on. `birth_date` is None where the
    paper knows only a year, `birth_year` where not even that. `expires_on` is None for a paper
    without end. `personal_number` has 12 digits, `old_number` 9, or they are empty; `sex` is empty
    where the paper states none.
    """

    layout: Layout
    code: str
    issuer: str
    number: str
    nationality: str
    surname: str
    given_names: str
    is_name_cut: bool
    birth_year: int | None
    birth_date: date | None
    sex: Sex
    expires_on: date | None
    personal_number: str
    old_number: str

    @property
    def full_name(self) -> str:
        """As Vietnamese names are written; a single name stands alone."""
        return f"{self.surname} {self.given_names}".strip()


@dataclass(frozen=True, slots=True)
class _Fields:
    """The signs of each field, wherever the layout has them."""

    layout: Layout
    code: str
    issuer: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    extra: str
    names: str
    checked: tuple[tuple[str, str], ...]


def check_digit(signs: str) -> str:
    """The check digit over `signs`: weights 7, 3, 1; letters count 10 to 35, fillers 0."""
    total = 0
    for at, sign in enumerate(signs):
        total += (0 if sign == "<" else int(sign, 36)) * (7, 3, 1)[at % 3]
    return str(total % 10)


def parse_mrz(text: str, *, today: date) -> Mrz | MrzFault:
    """What the lines of `text` say, or why they do not count; never raises for what they hold.

    Spaces and small letters are forgiven. Two-digit years become dates: a birth is never after
    `today`, and in the century that the personal number states where the paper carries one.
    """
    lines = [line for line in map(_plain, text[: _LONGEST + 1].splitlines()) if line]
    if len(text) > _LONGEST or any(set(line) - set(ALPHABET) for line in lines):
        return MrzFault.SHAPE
    fields = _fields(lines)
    if fields is None:
        return MrzFault.SHAPE
    if any(check_digit(signs) != digit for signs, digit in fields.checked):
        return MrzFault.CHECK_DIGIT
    return _said(fields, today)


def _plain(line: str) -> str:
    return "".join(line.split()).upper() if line.isascii() else line


def _fields(lines: Sequence[str]) -> _Fields | None:
    shape = [len(line) for line in lines]
    if shape == [30, 30, 30] and lines[0][0] in "IAC1":
        return _td1(*lines)
    if shape == [44, 44] and lines[0][0] == "P":
        return _td3(*lines)
    return None


def _td1(upper: str, middle: str, names: str) -> _Fields:
    """Part 5, 4.2. A Vietnamese card repeats its 12 digits behind the last nine of them."""
    head = upper[:5].translate(_TO_LETTERS)
    number, extra = upper[5:14], upper[15:]
    is_ours = head in _VIETNAMESE_CARD
    if is_ours:
        head = "IDVNM"
    if is_ours:
        number, extra = number.translate(_TO_DIGITS), extra.translate(_TO_DIGITS)
    digit = upper[14].translate(_TO_DIGITS)
    dates = _dates(middle[:15])
    last = middle[29].translate(_TO_DIGITS)
    nationality = middle[15:18].translate(_TO_LETTERS)
    whole = number + digit + extra + dates[:7] + dates[8:15] + middle[18:29]
    checked = [(number, digit), (dates[:6], dates[6]), (dates[8:14], dates[14]), (whole, last)]
    if is_ours:
        checked.append((extra[:12], extra[14]))
    return _Fields(
        layout=Layout.TD1,
        code=head[:2],
        issuer=head[2:],
        number=number,
        nationality=nationality,
        birth=dates[:6],
        sex=dates[7],
        expiry=dates[8:14],
        extra=extra,
        names=names.translate(_TO_LETTERS),
        checked=tuple(checked),
    )


def _td3(upper: str, lower: str) -> _Fields:
    """Part 4, 4.2. A Vietnamese passport has one letter and digits, and a personal number."""
    head = upper[:5].translate(_TO_LETTERS)
    number, extra = lower[:9], lower[28:42]
    if head.endswith("VNM"):
        number = number[0].translate(_TO_LETTERS) + number[1:].translate(_TO_DIGITS)
        extra = extra.translate(_TO_DIGITS)
    digit, extra_digit, last = (lower[at].translate(_TO_DIGITS) for at in (9, 42, 43))
    dates = _dates(lower[13:28])
    whole = number + digit + dates[:7] + dates[8:15] + extra + extra_digit
    # An empty field may go without its digit.
    over_extra = "0" if extra_digit == "<" and not extra.strip("<") else extra_digit
    return _Fields(
        layout=Layout.TD3,
        code=head[:2],
        issuer=head[2:],
        number=number,
        nationality=lower[10:13].translate(_TO_LETTERS),
        birth=dates[:6],
        sex=dates[7],
        expiry=dates[8:14],
        extra=extra,
        names=upper[5:].translate(_TO_LETTERS),
        checked=(
            (number, digit),
            (dates[:6], dates[6]),
            (dates[8:14], dates[14]),
            (extra, over_extra),
            (whole, last),
        ),
    )


def _dates(signs: str) -> str:
    """Birth, its digit, sex, expiry, its digit: all digits but the sex."""
    return signs[:7].translate(_TO_DIGITS) + signs[7] + signs[8:].translate(_TO_DIGITS)


def _said(fields: _Fields, today: date) -> Mrz | MrzFault:
    fault = _fault(fields)
    if fault:
        return fault
    personal, old = _own_numbers(fields)
    birth = _birth(fields.birth, today=today, personal_number=personal)
    expiry = _expiry(fields.expiry, today=today)
    if isinstance(birth, MrzFault):
        return birth
    if isinstance(expiry, MrzFault):
        return expiry
    surname, _, given = fields.names.strip("<").partition("<<")
    return Mrz(
        layout=fields.layout,
        code=fields.code.strip("<"),
        issuer=fields.issuer.strip("<"),
        number=fields.number.rstrip("<"),
        nationality=fields.nationality.strip("<"),
        surname=surname.replace("<", " "),
        given_names=given.replace("<", " "),
        is_name_cut=not fields.names.endswith("<"),
        birth_year=birth[0],
        birth_date=birth[1],
        sex="M" if fields.sex == "M" else "F" if fields.sex == "F" else "",
        expires_on=expiry,
        personal_number=personal,
        old_number=old,
    )


def _fault(fields: _Fields) -> MrzFault | None:
    """What no check digit covers, or what says more than one."""
    if not _is_code(fields.issuer) or not _is_code(fields.nationality):
        return MrzFault.CODE
    if fields.sex not in "MF<":
        return MrzFault.SEX
    if not _NAME.fullmatch(fields.names):
        return MrzFault.NAME
    if not re.fullmatch(r"[A-Z0-9]+<*", fields.number):
        return MrzFault.NUMBER
    is_card = fields.layout is Layout.TD1 and fields.issuer == "VNM"
    if is_card and fields.code != "ID":
        return MrzFault.CODE
    if is_card and not _repeats_number(fields):
        return MrzFault.NUMBER
    return None


def _repeats_number(fields: _Fields) -> bool:
    digits = fields.extra[:12]
    is_whole = digits.isdigit() and fields.extra[12:14] == "<<"
    return is_whole and digits[3:] == fields.number


def _is_code(signs: str) -> bool:
    code = signs.rstrip("<")
    return code in CODES and len(signs) == 3


def _own_numbers(fields: _Fields) -> tuple[str, str]:
    """The personal number and the old number that a Vietnamese paper carries besides its own."""
    if fields.issuer != "VNM":
        return "", ""
    number = re.match(r"[0-9]{12}(?=<|$)|[0-9]{9}(?=<|$)", fields.extra)
    found = number[0] if number else ""
    return (found, "") if len(found) == 12 else ("", found)


def _birth(
    signs: str, *, today: date, personal_number: str
) -> tuple[int | None, date | None] | MrzFault:
    """The year and, where the paper knows it, the day. «<<» stands for what is not known."""
    if signs == "<<<<<<":
        return None, None
    if not re.fullmatch(r"[0-9]{6}|[0-9]{4}<<|[0-9]{2}<<<<", signs):
        return MrzFault.DATE
    year = _birth_year(signs, today, personal_number)
    if "<" in signs:
        return year, None
    born = _date(year, signs[2:])
    if born is None or born > today:
        return MrzFault.DATE
    return year, born


def _birth_year(signs: str, today: date, personal_number: str) -> int:
    two = int(signs[:2])
    if personal_number:
        stated = personal_number_facts(personal_number).birth_year
        if stated % 100 == two and stated <= today.year:
            return stated
    year = today.year - today.year % 100 + two
    born = _date(year, signs[2:])
    is_ahead = born > today if born else year > today.year
    return year - 100 if is_ahead else year


def _expiry(signs: str, *, today: date) -> date | MrzFault | None:
    """The day a paper ends; None for one without end. Fifty years ahead are possible, not more."""
    if signs in _NO_END:
        return None
    if not re.fullmatch(r"[0-9]{6}", signs):
        return MrzFault.DATE
    year = today.year - today.year % 100 + int(signs[:2])
    if year > today.year + 50:
        year -= 100
    return _date(year, signs[2:]) or MrzFault.DATE


def _date(year: int, month_day: str) -> date | None:
    try:
        return date(year, int(month_day[:2]), int(month_day[2:]))
    except ValueError:
        return None
