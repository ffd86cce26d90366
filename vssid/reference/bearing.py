"""Which entries bear the name that was typed, though the look-up leaves them out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from vssid.reference import directory
from vssid.reference.choices import Named
from vssid.reference.rows import ERA_TODAY
from vssid.reference.searching.asking import without_asking
from vssid.reference.searching.entries import Entry, Narrowing
from vssid.reference.searching.index import Index
from vssid.reference.searching.kinds import kinds_of_name
from vssid.reference.searching.words import words_of

_MOST: Final = 3
_LOOKED_AT: Final = 10


def left_out(
    index: Index, narrowing: Narrowing, text: str, found: Sequence[Entry]
) -> tuple[Named, ...]:
    """Those in service that bear the name but have not the properties asked for, three at most.

    Empty where something with the properties (`found`) bears it as well, and for a text that names
    nothing, but a kind («trạm y tế»).
    """
    if not (text and narrowing.properties):
        return ()
    anything = replace(narrowing, properties=0)
    for asked in (text, *without_asking(text)):
        if any(_bearing(found[:_LOOKED_AT], asked)):
            return ()
        bearing = list(_bearing(index.find(asked, anything, _LOOKED_AT), asked))
        if any(map(narrowing.admits, bearing)):
            return ()
        if bearing:
            return tuple(_named(one) for one in bearing[:_MOST])
    return ()


def _bearing(entries: Iterable[Entry], text: str) -> Iterator[Entry]:
    """Those in service with every word of a text in one name, or with that code."""
    code, words = text.strip(" []").upper(), words_of(text)
    typed = frozenset(words) if kinds_of_name(words)[1] else None
    for one in entries:
        bears = typed is not None and any(typed.issubset(words_of(name)) for name in one.names)
        if not one.is_ended and (bears or code in one.codes):
            yield one


def _named(entry: Entry) -> Named:
    area = directory.current().areas.get((ERA_TODAY, entry.province))
    return Named(entry.key, entry.names[0], area.name if area else "")
