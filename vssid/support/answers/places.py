"""The directories, as the assistant asks them: one place to put another search in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vssid.reference import lookups
from vssid.reference.choices import OfficeView
from vssid.reference.lookups import Wanted
from vssid.reference.searching import kinds, nearness
from vssid.reference.searching.asking import is_only_asking, without_asking
from vssid.reference.searching.kinds import kinds_of_name
from vssid.reference.searching.words import words_of
from vssid.support.answers.assistant import Kind, Understanding
from vssid.support.answers.bank import bank

_MOST: Final = 3
_LONGEST: Final = 200
_MOST_NAMED: Final = 6
_OF_ALL: Final = frozenset({"bhxh", "bhyt", "bhtn", "bao", "hiem"})
_FACILITY: Final = "find-facility"
"""The question that leads to facilities."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place: its name, where it is, its phone or empty; `of` says why it was found, by `code`.

    `has_contract`: whether it treats insured patients; true of what is no health facility.
    """

    name: str
    address: str
    phone: str
    code: str
    of: lookups.Found[Any]
    has_contract: bool = True


def _leave_facilities(wanted: Wanted) -> lookups.Found[Any]:
    return lookups.find_facilities(wanted, may_issue_leave=True)


_LOOK_UPS: Final[Mapping[str, Callable[[Wanted], lookups.Found[Any]]]] = {
    "offices": lookups.find_agencies,
    "facilities": lookups.find_facilities,
    "leave-facilities": _leave_facilities,
    "points": lookups.find_collection_points,
    "employers": lookups.find_employers,
}


def find_places(text: str, directory: str) -> Sequence[Found]:
    """What a question names in a directory (`DIRECTORIES` of the bank), the best first, at most 3.

    «cơ quan nào ở Thanh Trì», «bệnh viện bạch mai ở đâu»: the words around the name are left out.
    Empty when nothing is named («bệnh viện nào gần nhà tôi») or nothing found.
    """
    asked, look_up = _without_nearness(text), _LOOK_UPS[directory]
    ways = [asked, *without_asking(asked)]
    if is_only_asking(asked) or not _name_in(ways[-1])[1]:
        return ()
    return _whole(asked, look_up) or next(filter(None, (_named(one, look_up) for one in ways)), ())


def with_places(text: str, understood: Understanding) -> Understanding:
    """What is unsure becomes sure where a directory has what it names.

    «bhxh quận 1 ở đâu», «01001 là bệnh viện nào»: the answer is the place.
    """
    if understood.kind not in {Kind.CHOICE, Kind.UNKNOWN}:
        return understood
    directory = bank().questions[understood.ids[0]].directory if understood.ids else ""
    if directory and find_places(text, directory):
        return Understanding(Kind.ANSWER, understood.ids)
    if _says_facility(text) and _whole(_without_nearness(text), lookups.find_facilities):
        return Understanding(Kind.ANSWER, (_FACILITY,))
    return understood


def named_place(text: str) -> str:
    """The name in a question about a place, as it was typed; empty when none is named.

    At most six words: what is longer is a story, not a name.
    """
    asked = _without_nearness(text)
    named = _name_in([asked, *without_asking(asked)][-1])[1]
    if is_only_asking(asked) or not 0 < len(named) <= _MOST_NAMED:
        return ""
    return " ".join(word for word in asked.split() if set(words_of(word)) & set(named))


def _says_facility(text: str) -> bool:
    return bool(kinds_of_name(words_of(text[:_LONGEST]))[0] & kinds.PLACES)


def _without_nearness(text: str) -> str:
    """What is left to name a place: where the person is stands in no directory."""
    return nearness.without_nearness(text[:_LONGEST])[0]


def _name_in(text: str) -> tuple[int, list[str]]:
    """The kind that a text says, as bits, and its words that tell a place."""
    kind, words = kinds_of_name(words_of(text))
    return kind, [word for word in words if word not in _OF_ALL]


def _whole(asked: str, look_up: Callable[[Wanted], lookups.Found[Any]]) -> list[Found]:
    """What has every word of the question in its name or its place, asking words aside."""
    # The space says that the last word is finished.
    found = look_up(Wanted(f"{asked} "))
    if not found.views or found.views[0].code not in found.exact:
        return []
    named = [one for one in found.views if one.code in found.exact and _is_open(one)]
    # Beside who bears the name, who serves a place of it far away would only puzzle.
    bear = [one for one in named if one.code not in found.served]
    shown = bear if bear and bear[0] is named[0] else named
    return [_shown(one, found) for one in shown][:_MOST]


def _named(text: str, look_up: Callable[[Wanted], lookups.Found[Any]]) -> list[Found]:
    kind, words = _name_in(text)
    if not words:
        return []
    found = look_up(Wanted(" ".join([*kinds.words_of_kinds(kind), *words, ""])))
    # The look-up forgives; here whoever names no place at all must not be shown the nearest.
    named = [
        one
        for one in found.views
        if _is_meant(one, words, kind) or (one.code in found.served and one.code in found.exact)
    ]
    return [_shown(one, found) for one in named if _is_open(one)][:_MOST]


def _is_meant(one: Any, words: Sequence[str], kind: int) -> bool:
    """Whether a place of that kind bears the name, or stands at the place of that name."""
    of_kind, name = kinds_of_name(words_of(one.name))
    if kinds.is_other(kind, of_kind):
        return False
    at = f" {' '.join(words_of(one.address))} "
    return set(words) <= set(name) or f" {' '.join(words)} " in at


def _is_open(one: Any) -> bool:
    """Whether somebody who goes there today finds it in service; agencies in the list all are."""
    return isinstance(one, OfficeView) or not (one.is_ended or one.begins)


def _shown(one: Any, of: lookups.Found[Any]) -> Found:
    has_contract = getattr(one, "has_contract", True)
    return Found(one.name, one.address, one.phone, one.code, of, has_contract)
