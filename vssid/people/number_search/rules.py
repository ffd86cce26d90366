"""Whether what was typed is exactly one living person, and how much of them is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vssid.kernel.text import fold, is_unaccented, sort_key

CANDIDATES_AT_MOST: Final = 8
"""Of how many whom one key leads to the rest is compared; of more nobody is told."""

_BETWEEN_LETTERS = str.maketrans("-'.", "   ")


class Way(StrEnum):
    """By what a number is looked up (guides U01)."""

    PERSON = "person"
    HOUSEHOLD = "household"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed. `born_on` is None when only the year was.

    PERSON: `province` (of today), and the person's own paper in `id_number` if it was typed.
    HOUSEHOLD: `household`. HEAD: `head_name` and `communes` (of today; several for a ward of before
    that was split). Of both household ways
    `id_number` is the paper of the household's head, if it was typed.
    """

    way: Way
    full_name: str
    born_in: int
    born_on: date | None = None
    province: str = ""
    household: str = ""
    head_name: str = ""
    communes: tuple[str, ...] = ()
    id_number: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom a key or a paper led to, as far as they are compared; `province` of today."""

    number: str
    full_name: str
    birth_date: date
    birth_date_precision: str
    province: str
    household_code: str
    has_paper: bool
    is_living: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What the registry has to what was typed.

    `is_crowded`: the keys lead to more persons than are compared. `owner` is the number that the
    typed paper leads to, empty for none. `heads` are the heads by the code of each household in
    question.
    """

    candidates: Sequence[Candidate]
    is_crowded: bool
    owner: str
    heads: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What the page tells. `number` is whole only when `is_whole`, otherwise masked.

    `initials` stand for the name, which whoever asks has typed. `has_twin`: another number has the
    same name and birth; `lacks_paper`: the registry knows no paper of this person.
    """

    number: str
    is_whole: bool
    initials: str
    born_in: int
    has_twin: bool
    lacks_paper: bool


def choose(wanted: Wanted, seen: Seen) -> Candidate | None:
    """The one living person that everything typed agrees with; None for nobody and for several.

    Which field did not agree is told to nobody.
    """
    agreeing = [one for one in seen.candidates if _agrees(wanted, seen, one)]
    if wanted.id_number:
        agreeing = [one for one in agreeing if _is_proven(wanted, seen, one)]
    elif seen.is_crowded:
        return None
    return agreeing[0] if len(agreeing) == 1 else None


def tell(wanted: Wanted, seen: Seen, found: Candidate) -> Found:
    """What is told of whom `choose` chose.

    The whole number is for who typed the paper as well, of the person or of the household's head;
    who knows a name and a birthday gets the middle hidden (docs/adr/0022).
    """
    is_whole = bool(wanted.id_number)
    others = [one for one in seen.candidates if one.number != found.number]
    return Found(
        number=found.number if is_whole else hidden_middle(found.number),
        is_whole=is_whole,
        initials=initials(found.full_name),
        born_in=found.birth_date.year,
        has_twin=is_whole and any(_is_twin(one, found) for one in others),
        lacks_paper=not found.has_paper,
    )


def hidden_middle(number: str) -> str:
    """«01******89»: enough to know one's own number by, a million numbers for everybody else.

    Other pages hide three digits of somebody known; here anybody may ask.
    """
    return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}"


def names_agree(typed: str, registered: str) -> bool:
    """Whether a name as typed, with accents, without, or with some of them, is the registered one.

    A word that was typed with accents has to have them all; where a tone is written («hoà», «hòa»)
    does not count.
    """
    words, others = _words(typed), _words(registered)
    if len(words) != len(others):
        return "".join(map(fold, words)) == "".join(map(fold, others))
    return all(map(_word_agrees, words, others))


def initials(name: str) -> str:
    """«N. T. H. Á.» of «Nguyễn Thị Hồng Ánh»."""
    return " ".join(f"{word[0].upper()}." for word in _words(name))


def _agrees(wanted: Wanted, seen: Seen, one: Candidate) -> bool:
    is_there = (
        one.province == wanted.province
        if wanted.way is Way.PERSON
        else one.household_code in seen.heads
    )
    return (
        is_there
        and one.is_living
        and names_agree(wanted.full_name, one.full_name)
        and wanted.born_in == one.birth_date.year
        and (
            wanted.born_on is None
            or one.birth_date_precision == "year"
            or wanted.born_on == one.birth_date
        )
    )


def _is_proven(wanted: Wanted, seen: Seen, one: Candidate) -> bool:
    proven = one.number if wanted.way is Way.PERSON else seen.heads[one.household_code]
    return proven == seen.owner


def _is_twin(one: Candidate, other: Candidate) -> bool:
    return (
        one.is_living
        and one.birth_date == other.birth_date
        and one.birth_date_precision == other.birth_date_precision == "day"
        and names_agree(one.full_name, other.full_name)
    )


def _word_agrees(typed: str, registered: str) -> bool:
    if is_unaccented(typed):
        return fold(typed) == fold(registered)
    return sort_key(typed) == sort_key(registered)


def _words(name: str) -> list[str]:
    return name.translate(_BETWEEN_LETTERS).split()
