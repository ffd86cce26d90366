"""Whether two writings of a name are the same name."""

from enum import StrEnum
from typing import Final

from vssid.kernel.text import clean, fold, sort_key

# How ICAO Doc 9303 part 3 writes letters that have no plain base, besides leaving their mark off.
_SPELT_OUT: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss"}


class Likeness(StrEnum):
    """`ACCENTS`: the same letters, but another accent, or one name has none."""

    SAME = "same"
    ACCENTS = "accents"
    OTHER = "other"


def likeness(stated: str, printed: str) -> Likeness:
    """Compare a name with the accented one of a QR code.

    Case, spacing, hyphens and the place of a tone mark (hoà, hòa) do not count.
    """
    if _letters(stated) != _letters(printed):
        return Likeness.OTHER
    has_same_accents = sort_key(_spaced(stated)) == sort_key(_spaced(printed))
    is_same = has_same_accents or _unspaced(stated) == _unspaced(printed)
    return Likeness.SAME if is_same else Likeness.ACCENTS


def is_name_of_mrz(stated: str, capitals: str, *, is_cut: bool, any_order: bool) -> bool:
    """Whether a name may be the one that an MRZ writes as `capitals`, which has no accents.

    `is_cut`: the MRZ had no room for all of it. `any_order`: given names may come first, as
    abroad. A single name is compared like any other.
    """
    printed = _plain(capitals).split()
    for spelling in (stated, _spelt_out(stated)):
        words = _plain(spelling).split()
        joined, wanted = "".join(words), "".join(printed)
        if joined == wanted or (is_cut and joined.startswith(wanted)):
            return True
        if any_order and sorted(words) == sorted(printed):
            return True
        if is_cut and any_order and _holds_all(words, printed):
            return True
    return False


def _holds_all(words: list[str], printed: list[str]) -> bool:
    """Every printed word but the last whole, the last cut off somewhere."""
    left = list(words)
    for word in printed[:-1]:
        if word not in left:
            return False
        left.remove(word)
    return any(word.startswith(printed[-1]) for word in left)


def _letters(name: str) -> str:
    return _plain(name).replace(" ", "")


def _plain(name: str) -> str:
    """As an MRZ treats it: hyphens part words, apostrophes and dots vanish."""
    spaced = fold(name).replace("-", " ")
    return " ".join("".join(sign for sign in spaced if sign.isalnum() or sign == " ").split())


def _spaced(name: str) -> str:
    return " ".join(name.replace("-", " ").split())


def _unspaced(name: str) -> str:
    return clean(name).casefold().replace(" ", "").replace("-", "")


def _spelt_out(name: str) -> str:
    return "".join(_SPELT_OUT.get(letter, letter) for letter in clean(name).lower())
