"""How an address reads, in Vietnamese and in English."""

from collections.abc import Iterable
from typing import Final

# «Thành phố Hà Nội» reads «Hà Nội City», «Quận 1» «District 1», «Phường 4» «Ward 4».
_ENGLISH: Final = {
    "Tỉnh": "Province",
    "Thành phố": "City",
    "Thị xã": "Town",
    "Thị trấn": "Township",
    "Quận": "District",
    "Huyện": "District",
    "Phường": "Ward",
    "Xã": "Commune",
    "Đặc khu": "Special Zone",
}


def join_address(parts: Iterable[str]) -> str:
    """The parts that are there, from the smallest, with commas."""
    return ", ".join(part for part in parts if part)


def english_name(name: str) -> str:
    """The name of an area with its type in English; accents stay, they are part of the name."""
    for kind, english in _ENGLISH.items():
        if name.startswith(f"{kind} "):
            rest = name.removeprefix(kind).strip()
            return f"{english} {rest}" if rest.isdigit() else f"{rest} {english}"
    return name
