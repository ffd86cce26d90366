"""In which commune of today an agency is: its address may still name the ward of before."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_NOT_WORDS: Final = re.compile(r"\W+")


def seat(address: str, todays: Iterable[str], before: Mapping[str, str]) -> str:
    """The commune of today in which an address lies, as far as it says so, else empty.

    `todays` are the names of communes of today that may be meant; `before` leads from those of
    former wards to the commune each became. An address that names one of today is believed.
    """
    named = [name for name in todays if _names(address, name)]
    if not named:
        named = [name for former, name in before.items() if _names(address, former)]
    return named[0] if len(set(named)) == 1 else ""


def _names(address: str, area: str) -> bool:
    return _words(area) in _words(address)


def _words(text: str) -> str:
    """Between single spaces, with one at each end."""
    return f" {_NOT_WORDS.sub(' ', text.lower()).strip()} "
