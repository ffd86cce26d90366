"""Bytes as decimal digits, for scanners that type: no input method changes a digit.

The version «1», then 15 digits for each 6 bytes (a number below 2**48, which every language holds
exactly), fewer for what remains, then two check digits as an IBAN has them (ISO 7064 MOD 97-10).
The first digit is never zero, so that nothing is lost where the text is taken for a number.
"""

from typing import Final

from vssid.kernel.text import ascii_digits, squeeze

VERSION: Final = "1"
SHORTEST: Final = 100
"""Fewer digits are something else that people type: a BHXH number, a personal number."""
LONGEST: Final = 1500

_BYTES, _DIGITS = 6, 15
# How many digits hold so many bytes.
_WIDTHS: Final = {1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15}
_BYTES_OF: Final = {digits: size for size, digits in _WIDTHS.items()}


class DamagedDigitsError(ValueError):
    """Not what was encoded: a digit is missing, too many, or another one."""


def encode(content: bytes) -> str:
    """The digits of `content`."""
    groups = [content[at : at + _BYTES] for at in range(0, len(content), _BYTES)]
    body = VERSION + "".join(
        f"{int.from_bytes(group, 'big'):0{_WIDTHS[len(group)]}d}" for group in groups
    )
    return f"{body}{98 - _remainder(body + '00'):02d}"


def decode(text: str) -> bytes:
    """The bytes that were encoded; spaces and digits of other scripts are forgiven.

    Raises DamagedDigitsError.
    """
    typed = ascii_digits(squeeze(text[: LONGEST * 2]))
    if not (typed.isascii() and typed.isdigit()) or len(typed) > LONGEST:
        raise DamagedDigitsError
    body = typed[len(VERSION) : -2]
    if not typed.startswith(VERSION) or not body or _remainder(typed) != 1:
        raise DamagedDigitsError
    groups = [body[at : at + _DIGITS] for at in range(0, len(body), _DIGITS)]
    return b"".join(map(_bytes_of, groups))


def look_like_a_pass(text: str) -> bool:
    """Whether a scanned text can only be meant as these digits."""
    typed = ascii_digits(squeeze(text[: LONGEST * 2]))
    return typed.isascii() and typed.isdigit() and len(typed) >= SHORTEST


def _bytes_of(group: str) -> bytes:
    size = _BYTES_OF.get(len(group), 0)
    if not size or int(group) >= 256**size:
        raise DamagedDigitsError
    return int(group).to_bytes(size, "big")


def _remainder(digits: str) -> int:
    # Digit by digit, as the document shows it; here one division does.
    return int(digits) % 97
