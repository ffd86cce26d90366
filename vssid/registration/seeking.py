"""What somebody at the desk looks for: the kind is told from what they typed or scanned."""

import re
from dataclasses import dataclass
from enum import StrEnum

from vssid.kernel.errors import InvalidInput
from vssid.kernel.identifiers import IdKind, parse_identity
from vssid.kernel.text import ascii_digits, fold, half_width, squeeze
from vssid.registration import rules

_CODE = re.compile(r"TK[- ]?[0-9A-Z]{4}[- ]?[0-9A-Z]{4}(?![0-9A-Z])")
# The QR of a CCCD: number|old number|name|birth|sex|address|issued.
_ID_CARD = re.compile(r"\s*([0-9]{12})\|")
_HEALTH_CARD = re.compile(r"[A-Z]{2}[0-9]{13}")
_SHORTEST_NAME = 2
_FEWEST_DIGITS = 3


class Kind(StrEnum):
    """What can be looked for."""

    CODE = "code"
    NUMBER = "number"
    IDENTITY = "identity"
    NAME = "name"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Sought:
    """The kind and its text: a stored code, digits of a number, an ID number, a folded name."""

    kind: Kind
    text: str = ""


def parse_sought(text: str) -> Sought:
    """What was typed or came from a scanner: the QR on the form, of a CCCD, or any of the numbers.

    The 15 signs of a health insurance card end in the number.
    """
    typed = ascii_digits(half_width(text[:400])).upper()
    code = _CODE.search(typed)
    if code is not None and (known := rules.parse_code(code[0])):
        return Sought(Kind.CODE, known)
    id_card = _ID_CARD.match(typed)
    if id_card is not None:
        return Sought(Kind.IDENTITY, id_card[1])
    number = squeeze(typed)
    if _HEALTH_CARD.fullmatch(number):
        return Sought(Kind.NUMBER, number[-10:])
    if number.isdecimal():
        kinds = {10: Kind.NUMBER, 9: Kind.IDENTITY, 12: Kind.IDENTITY}
        kind = kinds.get(len(number), Kind.NOTHING)
        return Sought(kind, number if kind is not Kind.NOTHING else "")
    if _is_passport(number):
        return Sought(Kind.IDENTITY, number)
    name = fold(text[:120])
    has_letters = sum(letter.isalpha() for letter in name) >= _SHORTEST_NAME
    return Sought(Kind.NAME, name) if has_letters else Sought(Kind.NOTHING)


def _is_passport(number: str) -> bool:
    """Whether the counter's form takes it for one; a slip of a digit makes a name no number."""
    if sum(sign.isdigit() for sign in number) < _FEWEST_DIGITS:
        return False
    try:
        return parse_identity(number).kind is IdKind.PASSPORT
    except InvalidInput:
        return False
