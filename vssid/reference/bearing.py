"""Which entries bear the very name that was typed, though the look-up leaves them out."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from vssid.reference import directory
from vssid.reference.choices import Named
from vssid.reference.rows import ERA_TODAY
from vssid.reference.searching.asking import without_asking
from vssid.reference.searching.entries import Entry, Narrowing
from vssid.reference.searching.index import Index
from vssid.reference.searching.kinds import kinds_of_name
from vssid.reference.searching.words import words_of

_AREAS: Final = re.compile(
    r"\b(?:thanh pho|thi xa|thi tran|dac khu|xa|phuong|quan|huyen|tinh)\b(?=.)"
)
"""What kind of area a name is of; people leave it out."""


def left_out(index: Index, narrowing: Narrowing, text: str) -> tuple[Named, ...]:
    """Those in service that bear the name but have not the properties asked for.

    Empty where something with the properties bears it as well, and for a text that names nothing,
    but a kind («trạm y tế»). A name may be typed without its kind and that of its area, not with
    others.
    """
    if not (text and narrowing.properties):
        return ()
    anything, bearers = replace(narrowing, properties=0), _bearers(index)
    for asked in (text, *without_asking(text)):
        same = bearers.get(_core(asked)) or bearers.get(_code(asked)) or ()
        bearing = [one for one in same if anything.admits(one) and _bears(one, asked)]
        if any(map(narrowing.admits, bearing)):
            return ()
        if bearing:
            return tuple(map(_named, bearing))
    return ()


@lru_cache(maxsize=1)
def _bearers(index: Index) -> Mapping[str, Sequence[Entry]]:
    """The entries in service by their codes and by what tells their names apart.

    Made once for an index, in some 13 µs for each entry.
    """
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in index.entries:
        if not one.is_ended:
            for key in {*map(_core, one.names), *one.codes} - {""}:
                found[key].append(one)
    return dict(found)


def _core(name: str) -> str:
    """The words of a name without its kind and the kind of its area."""
    telling = " ".join(kinds_of_name(words_of(name))[1])
    return " ".join(_AREAS.sub("", telling).split())


def _bears(entry: Entry, text: str) -> bool:
    typed = set(words_of(text))
    is_named = any(typed.issubset(words_of(name)) for name in entry.names)
    return is_named or _code(text) in entry.codes


def _code(text: str) -> str:
    return text.strip(" []").upper()


def _named(entry: Entry) -> Named:
    area = directory.current().areas.get((ERA_TODAY, entry.province))
    return Named(entry.key, entry.names[0], area.name if area else "")
