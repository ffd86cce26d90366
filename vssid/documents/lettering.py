"""What the built-in typeface can print, so that no letter stops a document."""

import unicodedata

# PDF/A forbids a missing glyph, and typesetting stops at one. What people type may hold anything.
SUBSTITUTE = "?"

# What every face of Libertinus Serif in use covers; a test sets each letter in each of them.
_COVERED = (
    (0x20, 0x7E),  # Basic Latin
    (0xA1, 0xAC),  # Latin-1 without the soft hyphen, which would vanish
    (0xAE, 0x17F),  # and Latin Extended-A
    (0x1A0, 0x1A1),  # Ơ ơ
    (0x1AF, 0x1B0),  # Ư ư
    (0x1E00, 0x1E99),  # Latin Extended Additional
    (0x1EA0, 0x1EF9),  # the Vietnamese letters with two marks
    (0x2010, 0x2015),  # hyphens and dashes
    (0x2018, 0x201E),  # quotation marks
    (0x2020, 0x2022),  # daggers and the bullet
    (0x2026, 0x2026),  # the ellipsis
    (0x2030, 0x2030),  # per mille
    (0x20AB, 0x20AC),  # the dong and the euro
)


def printable(text: str) -> str:
    """`text` composed (NFC), white space as single spaces, `?` for what has no glyph.

    Letters of other scripts, pictures and control characters cannot be printed; the marks of
    Vietnamese typed apart from their letters are put together first.
    """
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(letter if is_printable(letter) else SUBSTITUTE for letter in composed)


def is_printable(letter: str) -> bool:
    """Whether the built-in typeface has a glyph for one character."""
    return any(first <= ord(letter) <= last for first, last in _COVERED)
