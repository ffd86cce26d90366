"""What holds for every password, a citizen's and an officer's."""

import secrets
import unicodedata
from typing import Final

PASSWORD_MIN: Final = 8
PASSWORD_MAX: Final = 128
# Letters and digits that are hard to take for one another when read aloud.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz"
_DIGITS: Final = "23456789"


def first_password() -> str:
    """Return a password for the first sign-in: four letters and four digits, easy to read aloud."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(4))
    return letters + "".join(secrets.choice(_DIGITS) for _ in range(4))


def normal_password(text: str) -> str:
    """Return what is hashed: NFC, so that an accent typed as its own sign is the same password."""
    return unicodedata.normalize("NFC", text)
