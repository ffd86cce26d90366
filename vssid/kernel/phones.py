"""Telephone numbers of Vietnam, kept as E.164 (`+84912345678`)."""

import re
from typing import Final

import phonenumbers

from vssid.kernel.errors import InvalidInput
from vssid.kernel.text import squeeze

_COUNTRY_CODE: Final = 84
_REGION: Final = "VN"
# Nine digits behind the 0. Fixed lines begin with 2, services with 1; the mobiles that phonenumbers
# knows under 1 (014, 016) sit in machines, where nobody reads a code.
_MOBILE_START: Final = re.compile(r"[35789]")
_MOBILE_LENGTH: Final = 9
# Nothing but digits, or phonenumbers would read letters as on a telephone's keys.
_TYPED: Final = re.compile(r"\+?[0-9]+")


def parse_mobile(text: str) -> str:
    """Return a Vietnamese mobile number as E.164.

    Taken are 0912…, 912…, 84912…, +84912…, 0084912…, with spaces, dots, dashes and brackets.
    Raises InvalidInput: phone.empty, .not-a-number, .foreign, .not-mobile, and .length (got and
    expected, counted with the leading 0).
    """
    typed = squeeze(text).replace("(", "").replace(")", "")
    if not typed:
        raise InvalidInput("phone.empty")
    if not _TYPED.fullmatch(typed):
        raise InvalidInput("phone.not-a-number")
    number = _read(typed)
    if number.country_code != _COUNTRY_CODE:
        raise InvalidInput("phone.foreign")
    if not _is_mobile(number):
        raise _why_not_mobile(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display_phone(phone: str) -> str:
    """Return a number as it is read in Vietnam: `0912 345 678`; what is no number unchanged."""
    try:
        number = phonenumbers.parse(phone, _REGION)
    except phonenumbers.NumberParseException:
        return phone
    if number.country_code != _COUNTRY_CODE:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def mask_phone(phone: str) -> str:
    """Return a number as others may see it: `0912***678`."""
    digits = re.sub(r"[^0-9+]", "", display_phone(phone))
    return f"{digits[:4]}***{digits[-3:]}" if len(digits) >= 9 else "***"


def _read(typed: str) -> phonenumbers.PhoneNumber:
    try:
        return phonenumbers.parse(typed, _REGION)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            raise InvalidInput("phone.foreign") from error
        got = sum(character.isdigit() for character in typed)
        raise InvalidInput("phone.length", got=got, expected=_MOBILE_LENGTH + 1) from error


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    if phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.MOBILE:
        return False
    return bool(_MOBILE_START.match(phonenumbers.national_significant_number(number)))


def _why_not_mobile(number: phonenumbers.PhoneNumber) -> InvalidInput:
    national = phonenumbers.national_significant_number(number)
    is_short_mobile = _MOBILE_START.match(national) and len(national) != _MOBILE_LENGTH
    if is_short_mobile or not phonenumbers.is_possible_number(number):
        return InvalidInput("phone.length", got=len(national) + 1, expected=_MOBILE_LENGTH + 1)
    return InvalidInput("phone.not-mobile")
