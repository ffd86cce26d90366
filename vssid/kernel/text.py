"""Vietnamese text: cleaning what people type, folding it for search, sorting it as a dictionary."""

import re
import unicodedata
from typing import Final

from vssid.kernel.errors import InvalidInput

NAME_LETTERS_MIN: Final = 2
NAME_LETTERS_MAX: Final = 60
# Marks that do not compose are not counted as letters, so the whole needs a bound of its own.
_NAME_LENGTH_MAX: Final = 120

# A Japanese or Chinese keyboard types ASCII in this wide form.
_HALF_WIDTH: Final = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_APOSTROPHES: Final = "\u2018\u2019\u02bc\u00b4`"
_PLAIN_PUNCTUATION: Final = str.maketrans(
    dict.fromkeys(_DASHES, "-") | dict.fromkeys(_APOSTROPHES, "'")
)
_SEPARATORS: Final = frozenset(".-" + _DASHES)

# Invisible, yet of a category that is otherwise kept (Unicode: Default_Ignorable_Code_Point).
_INVISIBLE: Final = frozenset(
    chr(point)
    for first, last in (
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0),
        (0xE0100, 0xE01EF),
    )
    for point in range(first, last + 1)
)
_DROPPED_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs"})

# Old Vietnamese code pages wrote Đ as the Icelandic eth or the African D, which look the same.
_D_WITH_STROKE: Final = str.maketrans("đĐðÐɖƉ", "dDdDdD")


def half_width(text: str) -> str:
    """Return the text with full-width ASCII in its ordinary form."""
    return text.translate(_HALF_WIDTH)


def ascii_digits(text: str) -> str:
    """Return the text with the digits of every script (full-width, Arabic …) as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def squeeze(text: str) -> str:
    """Return the text without what people put between digits: white space, dots, dashes."""
    kept = (
        letter
        for letter in half_width(text)
        if not letter.isspace() and letter not in _SEPARATORS and _is_visible(letter)
    )
    return "".join(kept)


def clean(text: str) -> str:
    """Return the text as it is stored: NFC, nothing invisible, single spaces, trimmed."""
    spaced = (" " if letter.isspace() else letter for letter in text)
    visible = "".join(letter for letter in spaced if _is_visible(letter))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def visible(text: str) -> str:
    """Return the text without what is invisible; its line breaks, tabs and spaces stay."""
    return "".join(letter for letter in text if letter in "\n\t" or _is_visible(letter))


def fold(text: str) -> str:
    """Return the text for searching: lower case, no accents, đ as d, single spaces."""
    decomposed = unicodedata.normalize("NFKD", clean(text)).casefold()
    letters = _without_marks(decomposed).translate(_D_WITH_STROKE)
    return clean(unicodedata.normalize("NFKC", letters))


def is_unaccented(name: str) -> bool:
    """Tell whether the text has no Vietnamese diacritic at all: no tone, no ă â ê ô ơ ư, no đ."""
    parts = unicodedata.normalize("NFD", name)
    return not any(part in _TONES or part in _LETTER_MARKS or part in "đĐ" for part in parts)


def to_gsm_ascii(text: str) -> str:
    """Return the text as an SMS carries it for one price: unaccented ASCII, line breaks kept.

    What has no likeness in ASCII becomes `?`. The backtick is the one printable ASCII character
    that the GSM 03.38 alphabet lacks; it becomes an apostrophe.
    """
    typographic = text.translate(_PLAIN_PUNCTUATION).translate(_TYPOGRAPHY)
    decomposed = unicodedata.normalize("NFKD", typographic)
    letters = _without_marks(decomposed).translate(_D_WITH_STROKE).translate(_TYPOGRAPHY)
    return "".join(_gsm_character(letter) for letter in letters)


def parse_person_name(text: str) -> str:
    """Return a person's name cleaned, of 2 to 60 letters of any script a passport uses.

    Besides letters: space, apostrophe, hyphen, dot. Single names are names. The case is kept.
    Raises InvalidInput: name.empty, name.symbols, name.too-short and name.too-long (got, limit).
    """
    name = clean(half_width(text).translate(_PLAIN_PUNCTUATION))
    if not name:
        raise InvalidInput("name.empty")
    if not all(_is_of_a_name(letter) for letter in name) or _is_mark(name[0]):
        raise InvalidInput("name.symbols")
    letters = sum(letter.isalpha() for letter in name)
    if letters < NAME_LETTERS_MIN:
        raise InvalidInput("name.too-short", got=letters, limit=NAME_LETTERS_MIN)
    if letters > NAME_LETTERS_MAX or len(name) > _NAME_LENGTH_MAX:
        raise InvalidInput("name.too-long", got=max(letters, len(name)), limit=NAME_LETTERS_MAX)
    return name


def _is_visible(letter: str) -> bool:
    return letter not in _INVISIBLE and unicodedata.category(letter) not in _DROPPED_CATEGORIES


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")


def _without_marks(decomposed: str) -> str:
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")


def _is_of_a_name(letter: str) -> bool:
    """Letters drawn as symbols (𝐀, ª) are left out: no passport has them, jokers do."""
    if letter in " '-.":
        return True
    return (letter.isalpha() or _is_mark(letter)) and unicodedata.is_normalized("NFKC", letter)


_TYPOGRAPHY: Final = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("•·", "-"),
        "…": "...",
        "₫": "d",
        "×": "x",
        "\u2044": "/",
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "ı": "i",
    }
)


def _gsm_character(letter: str) -> str:
    if letter == "\n" or " " <= letter <= "~":
        return letter
    if letter.isspace() and letter != "\r":
        return " "
    return "?" if _is_visible(letter) else ""


# --- Sorting -----------------------------------------------------------------------------------

# The Vietnamese alphabet, with f j w z of foreign names where they stand in the Latin one.
_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_CODES: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg"
_CODE_OF_LETTER: Final = dict(zip(_ALPHABET, _CODES, strict=True))
# Behind every letter of the alphabet, followed by the letter's number in fixed width.
_FOREIGN: Final = "z"

# Ngang has no mark and is "1".
_TONES: Final = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_LETTER_MARKS: Final = frozenset("\u0302\u0306\u031b")
# Of a decomposed text: a number, or a word with its marks.
_WORD: Final = re.compile(r"[0-9]{1,99}|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")


def sort_key(text: str) -> str:
    """Return an ASCII string whose bytewise order is the order of a Vietnamese dictionary.

    Syllable by syllable: first the letters (a ă â b c d đ e ê …), then the tone (ngang, huyền,
    hỏi, ngã, sắc, nặng). So «ba», «ba ba», «bà», «bà ba», «bác». Numbers stand before letters and
    in the order of their value («Quận 2» before «Quận 10»). Case and punctuation do not count, nor
    where in a syllable its tone is written («hoà», «hòa»). For columns with the C collation.
    """
    decomposed = unicodedata.normalize("NFD", clean(half_width(text)).lower())
    return "".join(map(_word_key, _WORD.findall(decomposed)))


def _word_key(word: str) -> str:
    """A digit ends each word, and digits are below letters: the shorter word comes first."""
    if word[0] in "0123456789":
        value = word.lstrip("0")
        return f"0{len(value):02d}{value}"
    tone = next((_TONES[mark] for mark in word if mark in _TONES), "1")
    bare = "".join(mark for mark in word if mark not in _TONES)
    return "".join(map(_letter_code, unicodedata.normalize("NFC", bare))) + tone


def _letter_code(letter: str) -> str:
    if letter in "ðɖ":
        letter = "đ"
    if letter in _CODE_OF_LETTER:
        return _CODE_OF_LETTER[letter]
    if _is_mark(letter):
        return ""
    base = unicodedata.normalize("NFD", letter)[0]
    return _CODE_OF_LETTER.get(base, f"{_FOREIGN}{ord(letter):06x}")
