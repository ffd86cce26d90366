"""Finds entries by their codes: the whole, the beginning, without leading zeros, the end."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, takewhile
from typing import Final

from vssid.reference.searching.entries import Entry

_SHORTEST: Final = 3
_SHORTEST_END: Final = 4
_READ_FOR_ONE: Final = 20

Coded = list[tuple[str, int]]


class Codes:
    """The codes of one directory, each with the number of its entry."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._whole = sorted(
            (code.upper(), number)
            for number, entry in enumerate(entries)
            for code in entry.codes
            if code
        )
        self._short = sorted(
            (code.lstrip("0"), number) for code, number in self._whole if code.startswith("0")
        )
        self._ends = sorted((code[::-1], number) for code, number in self._whole)

    def find(self, text: str, limit: int, admits: Callable[[int], bool]) -> list[int]:
        """Entries whose code is the text («[00114]», «114»), then those whose code begins so.

        Where there are none, those whose code ends so. Empty for what is no code.
        """
        code = "".join(text.split()).strip("[]").upper()
        if len(code) < _SHORTEST or not any(sign.isdigit() for sign in code):
            return []
        found = [*self._begun(self._whole, code, limit, admits)]
        short = code.lstrip("0")
        if len(short) >= _SHORTEST and code not in {one for one, _ in found}:
            found += self._begun(self._short, short, limit, admits)
        if not found and len(code) >= _SHORTEST_END:
            found = list(self._begun(self._ends, code[::-1], limit, admits))
        found.sort(key=lambda pair: pair[0] not in {code, short})
        return list(dict.fromkeys(number for _, number in found))[:limit]

    def _begun(
        self, codes: Coded, begin: str, limit: int, admits: Callable[[int], bool]
    ) -> Iterator[tuple[str, int]]:
        first = bisect_left(codes, (begin, 0))
        near = codes[first : first + limit * _READ_FOR_ONE]
        begun = takewhile(lambda pair: pair[0].startswith(begin), near)
        return islice((pair for pair in begun if admits(pair[1])), limit)
