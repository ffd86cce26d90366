"""Email addresses as a person types them."""

import re
import unicodedata
from typing import Final

from vssid.kernel.errors import InvalidInput
from vssid.kernel.text import half_width

ADDRESS_LENGTH_MAX: Final = 254
_LOCAL_LENGTH_MAX: Final = 64

_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN: Final = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,59}})")


def parse_email(text: str) -> str:
    """Return an address with its domain in lower case; the part before @ keeps its case.

    Narrower than RFC 5321 on purpose: no quoted names, no bare IP addresses, ASCII only, because
    accents here come from a Vietnamese keyboard left on.
    Raises InvalidInput: email.empty, .control, .spaces, .accents, .at (not exactly one @), .local,
    .domain, .too-long (got, limit).
    """
    typed = half_width(text).strip()
    if not typed:
        raise InvalidInput("email.empty")
    _require_plain(typed)
    if len(typed) > ADDRESS_LENGTH_MAX:
        raise InvalidInput("email.too-long", got=len(typed), limit=ADDRESS_LENGTH_MAX)
    if typed.count("@") != 1:
        raise InvalidInput("email.at")
    local, _, domain = typed.partition("@")
    if len(local) > _LOCAL_LENGTH_MAX or not _LOCAL.fullmatch(local):
        raise InvalidInput("email.local")
    domain = domain.lower()
    if not _DOMAIN.fullmatch(domain):
        raise InvalidInput("email.domain")
    return f"{local}@{domain}"


def mask_email(address: str) -> str:
    """Return an address as others may see it: `n***@example.vn`."""
    local, _, domain = address.partition("@")
    return f"{local[:1]}***@{domain}"


def _require_plain(typed: str) -> None:
    """A line break in an address would let it write headers of its own."""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in typed):
        raise InvalidInput("email.control")
    if any(letter.isspace() for letter in typed):
        raise InvalidInput("email.spaces")
    if not typed.isascii():
        raise InvalidInput("email.accents")
