"""What a scanner that types like a keyboard makes of a patient's QR, read all the same.

That is the QR of a BHYT card, or of an identity card (domain §2), which most patients have with
them.
With a Vietnamese input method on, letters and digits of the hexadecimal names become accented
letters (Telex: `ee` ê, `af` à; VNI: `e1` é). What can be told apart is turned back; of the rest,
number and birth, which hold no letters, are still there.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vssid.insurance import card_qr
from vssid.insurance.card_qr import CardQr, UnreadableCardQrError
from vssid.kernel.errors import InvalidInput
from vssid.kernel.id_qr import IdParts, read_id_parts
from vssid.kernel.text import half_width, parse_person_name

_CIRCUMFLEX, _BREVE, _HORN, _STROKE = "\u0302", "\u0306", "\u031b", "stroke"
_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_SHAPES: Final = (_CIRCUMFLEX, _BREVE, _HORN)
# Telex types the letter of the circumflex and the stroke twice.
_TELEX: Final = {
    _BREVE: "w", _HORN: "w", _ACUTE: "s", _GRAVE: "f", _HOOK: "r", _TILDE: "x", _DOT: "j",
}  # fmt: skip
_VNI: Final = {
    _ACUTE: "1", _GRAVE: "2", _HOOK: "3", _TILDE: "4", _DOT: "5", _CIRCUMFLEX: "6", _HORN: "7",
    _BREVE: "8", _STROKE: "9",
}  # fmt: skip
_NUMBER: Final = re.compile(r"[0-9]{10}$")
_BORN: Final = re.compile(r"(?:[0-9]{2}/[0-9]{2}/)?((?:19|20)[0-9]{2})$")


@dataclass(frozen=True, slots=True)
class Scan:
    """A card that was read. `is_restored`: the text was turned back, so that a name may be off."""

    card: CardQr
    is_restored: bool


@dataclass(frozen=True, slots=True)
class IdScan:
    """An identity card: 12 digits, a birth as cards have it; `sex` is empty where unreadable."""

    number: str
    full_name: str
    born: date | int
    sex: str


@dataclass(frozen=True, slots=True)
class Remains:
    """The part that could be read: a number; year of birth and name, or empty.

    `is_spoilt`: an input method made it so, not the code itself.
    """

    number: str
    born: str
    full_name: str = ""
    is_spoilt: bool = True


def read_scan(text: str) -> Scan | IdScan | Remains:
    """What a scanned text says. Raises UnreadableCardQrError for what was never a card's."""
    typed = half_width(unicodedata.normalize("NFC", text))
    for candidate in _candidates(typed):
        try:
            card = card_qr.parse(candidate)
            parse_person_name(card.full_name)
        except (UnreadableCardQrError, InvalidInput):
            continue
        return Scan(card, is_restored=candidate != typed)
    parts = [part.strip() for part in typed.split("|")]
    if card_qr.NUMBER.fullmatch(parts[0].upper()) and len(parts) == 1:
        return Remains(parts[0].upper(), "", is_spoilt=False)
    # Whether the birth is in the past is for the register to say.
    identity = read_id_parts(typed, today=date.max)
    if identity is not None:
        return _identity(identity)
    if len(parts) < 3 or not _NUMBER.search(parts[0]):
        raise UnreadableCardQrError
    born = _BORN.match(parts[2])
    return Remains(parts[0][-10:], born[1] if born else "")


def _identity(read: IdParts) -> IdScan | Remains:
    if not read.full_name or read.born is None:
        year = str(read.birth_year or "")
        return Remains(read.number, year, read.full_name, is_spoilt=False)
    return IdScan(read.number, read.full_name, read.born, read.sex)


def _candidates(typed: str) -> Iterator[str]:
    yield typed
    yield _turned_back(typed, _TELEX)
    yield _turned_back(typed, _VNI)


def _turned_back(text: str, keys: Mapping[str, str]) -> str:
    return "".join(_keys_of(letter, keys) for letter in text)


def _keys_of(letter: str, keys: Mapping[str, str]) -> str:
    if letter in "đĐ":
        plain = "d" if letter == "đ" else "D"
        return plain + keys.get(_STROKE, plain)
    base, *marks = list(unicodedata.normalize("NFD", letter))
    # The shape of a letter is typed before its tone.
    ordered = sorted(marks, key=lambda mark: mark not in _SHAPES)
    return base + "".join(keys.get(mark, base) for mark in ordered)
