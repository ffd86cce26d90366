"""The code on a paper: typed by whoever was handed it, perhaps an old person, on any keyboard.

Sixteen signs in groups of four; the last one checks the others, so that a slip of the finger is
noticed before anything is looked up. There are no vowels, and no letter that a Vietnamese keyboard
turns into another one but D and W, which are turned back.
"""

import re
import secrets
from typing import Final

LENGTH: Final = 16
SIGNS: Final = "0123456789BCDFGHJKMNPQRSTVWXZ"
"""29 of them. A prime: then each weight of the check has its inverse, and no slip gets through."""

_GROUP: Final = 4
_VALUES: Final = {sign: value for value, sign in enumerate(SIGNS)}
# Read or typed wrongly; and what Telex makes of DD and W.
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "Đ": "DD", "Ư": "W"})
_ADDRESS: Final = re.compile(r"kiem-tra-giay/([^/?#\s]+)", re.IGNORECASE)


def new_code() -> str:
    """A code that nobody can guess: 15 random signs, 72 bits, and the one that checks them."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))
    return drawn + check_sign(drawn)


def check_sign(signs: str) -> str:
    """The sign that completes `signs`: the weighted sum of all is then a multiple of 29."""
    # The weight of the last place is 16 and has the inverse 20: 16 * 20 = 11 * 29 + 1.
    return SIGNS[-_weighed(signs) * 20 % len(SIGNS)]


def parse_code(text: str) -> str:
    """What was typed, scanned or pasted as a whole address, as the code; empty when it is none.

    Small letters, spaces, dots and dashes do not matter, O is 0, I and L are 1.
    """
    pasted = _ADDRESS.search(text)
    letters = (pasted[1] if pasted else text).upper().translate(_MISREAD)
    signs = "".join(sign for sign in letters if sign not in " \u00a0.-–—_\t\r\n")
    is_code = len(signs) == LENGTH and set(signs) <= set(SIGNS)
    return signs if is_code and _weighed(signs) % len(SIGNS) == 0 else ""


def display_code(code: str) -> str:
    """7F3KQ92D… as it is printed: «7F3K-Q92D-…»."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _weighed(signs: str) -> int:
    return sum(place * _VALUES[sign] for place, sign in enumerate(signs, start=1))
