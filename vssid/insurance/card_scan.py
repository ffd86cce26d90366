"""What a scanner that types like a keyboard makes of the text of a card's QR, read all the same.

With a Vietnamese input method on, letters and digits of the hexadecimal names become accented
letters (Telex: `ee` ê, `af` à; VNI: `e1` é). What can be told apart is turned back; of the rest,
number and birth, which hold no letters, are still there.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from vssid.insurance import card_qr
from vssid.insurance.card_qr import CardQr, UnreadableCardQrError
from vssid.kernel.errors import InvalidInput
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
class Remains:
    """What is left of a text that cannot be turned back: number and year of birth, or empty."""

    number: str
    born: str


def read_scan(text: str) -> Scan | Remains:
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
    if len(parts) < 3 or not _NUMBER.search(parts[0]):
        raise UnreadableCardQrError
    born = _BORN.match(parts[2])
    return Remains(parts[0][-10:], born[1] if born else "")


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
