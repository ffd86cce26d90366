"""The numbers that name a person: BHXH number, personal number, identity papers, BHYT card.

What people type is forgiven its spaces, dots, dashes, full-width forms and lower case. Nothing is
derived from the digits of a BHXH number: it has no published check digit (domain §1).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from vssid.kernel.errors import InvalidInput
from vssid.kernel.text import squeeze

INSURANCE_NUMBER_LENGTH: Final = 10
PERSONAL_NUMBER_LENGTH: Final = 12
CARD_NUMBER_LENGTH: Final = 15

_DIGITS: Final = re.compile(r"[0-9]+")
# The last ten of cards issued before 2017 may hold letters.
_CARD: Final = re.compile(r"([A-Z]{2})([1-5])([0-9]{2})([0-9A-Z]{10})")


class LoginKind(StrEnum):
    """Which number a person signs in with."""

    INSURANCE = "insurance"
    PERSONAL = "personal"


class IdKind(StrEnum):
    """Kinds of identity papers: 12-digit card, the older 9-digit card, passport."""

    CCCD = "cccd"
    CMND = "cmnd"
    PASSPORT = "passport"


@dataclass(frozen=True, slots=True)
class LoginNumber:
    """A number typed to sign in: 10 digits (BHXH) or 12 (số định danh cá nhân)."""

    kind: LoginKind
    number: str


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity paper: its kind and its number in capitals without separators."""

    kind: IdKind
    number: str


@dataclass(frozen=True, slots=True)
class PersonalNumberFacts:
    """What a personal number says: where the birth was registered, sex, year of birth.

    The first three digits are a province code of before 1/7/2025, or a country code for who was
    born abroad. Use as a soft check only (NĐ 137/2015, domain §2).
    """

    province_code: str
    sex: Literal["M", "F"]
    birth_year: int


@dataclass(frozen=True, slots=True)
class CardNumber:
    """A 15-character BHYT card number (QĐ 1351/QĐ-BHXH): group, benefit level, province, number.

    `number` is the BHXH number, or has letters on cards issued before 2017.
    """

    group: str
    level: int
    province: str
    number: str

    def __str__(self) -> str:
        return f"{self.group}{self.level}{self.province}{self.number}"


def parse_insurance_number(text: str, *, from_card: bool = False) -> str:
    """Return a mã số BHXH, 10 digits.

    With `from_card` a whole 15-character card number is taken too, for its last ten.
    Raises InvalidInput: insurance-number.empty, .letters, .length (got, expected),
    .is-card-number, .is-personal-number.
    """
    typed = squeeze(text)
    if _match_card(typed):
        if not from_card:
            raise InvalidInput("insurance-number.is-card-number")
        typed = typed[-INSURANCE_NUMBER_LENGTH:]
    _require_digits(typed, "insurance-number")
    if len(typed) == PERSONAL_NUMBER_LENGTH:
        raise InvalidInput("insurance-number.is-personal-number")
    return _of_length(typed, INSURANCE_NUMBER_LENGTH, "insurance-number")


def parse_personal_number(text: str) -> str:
    """Return a số định danh cá nhân, 12 digits.

    Raises InvalidInput: personal-number.empty, .letters, .length (got, expected).
    """
    typed = squeeze(text)
    _require_digits(typed, "personal-number")
    return _of_length(typed, PERSONAL_NUMBER_LENGTH, "personal-number")


def parse_login_number(text: str) -> LoginNumber:
    """Return the number a person signs in with: both kinds count since 1/8/2025 (domain §1).

    Raises InvalidInput: login-number.empty, .letters, .length (got), .is-card-number.
    """
    typed = squeeze(text)
    if _match_card(typed):
        raise InvalidInput("login-number.is-card-number")
    _require_digits(typed, "login-number")
    if len(typed) == INSURANCE_NUMBER_LENGTH:
        return LoginNumber(LoginKind.INSURANCE, typed)
    if len(typed) == PERSONAL_NUMBER_LENGTH:
        return LoginNumber(LoginKind.PERSONAL, typed)
    raise InvalidInput("login-number.length", got=len(typed))


def parse_identity(text: str, *, kind: IdKind | None = None) -> Identity:
    """Return an identity paper; its kind is told by its shape unless `kind` states it.

    12 digits are a CCCD, 9 a CMND; 6 to 9 letters and digits with both among them a passport
    (a letter and 7 digits is the Vietnamese one). Passports of digits alone exist abroad and are
    taken when `kind` says passport.
    Raises InvalidInput: identity.empty, .symbols (neither letters nor digits), .letters (in a
    number of digits), .length (got), .passport (letters, but no passport's shape).
    """
    typed = _upper_ascii(squeeze(text))
    if not typed:
        raise InvalidInput("identity.empty")
    if not (typed.isascii() and typed.isalnum()):
        raise InvalidInput("identity.symbols")
    if kind is None:
        kind = _identity_kind(typed)
    if kind is IdKind.PASSPORT:
        if not 6 <= len(typed) <= 9 or typed.isalpha():
            raise InvalidInput("identity.passport")
        return Identity(kind, typed)
    if not typed.isdigit():
        raise InvalidInput("identity.letters")
    if len(typed) != (PERSONAL_NUMBER_LENGTH if kind is IdKind.CCCD else 9):
        raise InvalidInput("identity.length", got=len(typed))
    return Identity(kind, typed)


def personal_number_facts(number: str) -> PersonalNumberFacts:
    """Return what a 12-digit personal number says about birth and sex.

    The fourth digit gives both: even is male, odd female; 0–1 the years 19xx, 2–3 20xx, and so on
    to 8–9 23xx (NĐ 137/2015 Đ.13). Raises what `parse_personal_number` raises.
    """
    digits = parse_personal_number(number)
    century, is_female = divmod(int(digits[3]), 2)
    return PersonalNumberFacts(
        province_code=digits[:3],
        sex="F" if is_female else "M",
        birth_year=1900 + 100 * century + int(digits[4:6]),
    )


def parse_card_number(text: str) -> CardNumber:
    """Return a 15-character BHYT card number in its parts; letters may be typed small.

    Raises InvalidInput: card-number.empty, .symbols, .length (got, expected), .shape, and
    .is-insurance-number for the 10 digits that cards since 1/4/2021 show instead.
    """
    typed = _upper_ascii(squeeze(text))
    if not typed:
        raise InvalidInput("card-number.empty")
    if not (typed.isascii() and typed.isalnum()):
        raise InvalidInput("card-number.symbols")
    if len(typed) == INSURANCE_NUMBER_LENGTH and typed.isdigit():
        raise InvalidInput("card-number.is-insurance-number")
    _of_length(typed, CARD_NUMBER_LENGTH, "card-number")
    match = _match_card(typed)
    if match is None:
        raise InvalidInput("card-number.shape")
    group, level, province, number = match.groups()
    return CardNumber(group, int(level), province, number)


def mask_number(number: str) -> str:
    """Return a number as others may see it: 0123***789; under ten characters 01***89.

    The stars do not tell how many characters they stand for.
    """
    if len(number) >= INSURANCE_NUMBER_LENGTH:
        return f"{number[:4]}***{number[-3:]}"
    if len(number) >= 6:
        return f"{number[:2]}***{number[-2:]}"
    return "***"


def _identity_kind(typed: str) -> IdKind:
    if not typed.isdigit():
        return IdKind.PASSPORT
    if len(typed) == PERSONAL_NUMBER_LENGTH:
        return IdKind.CCCD
    if len(typed) == 9:
        return IdKind.CMND
    raise InvalidInput("identity.length", got=len(typed))


def _upper_ascii(typed: str) -> str:
    """Leave other scripts alone: the capital of ı is I and of ß is SS, which would hide them."""
    return typed.upper() if typed.isascii() else typed


def _match_card(typed: str) -> re.Match[str] | None:
    return _CARD.fullmatch(_upper_ascii(typed))


def _require_digits(typed: str, subject: str) -> None:
    if not typed:
        raise InvalidInput(f"{subject}.empty")
    if not _DIGITS.fullmatch(typed):
        raise InvalidInput(f"{subject}.letters")


def _of_length(typed: str, expected: int, subject: str) -> str:
    if len(typed) != expected:
        raise InvalidInput(f"{subject}.length", got=len(typed), expected=expected)
    return typed
