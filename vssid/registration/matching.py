"""Whether a declaration is about somebody whom the registry knows, without a database.

The form does not ask for the birth date (guides R03). A personal number of twelve digits tells the
year; a paper that was read tells the day. Whatever is known is compared, nothing is asked for.
"""

from dataclasses import dataclass
from datetime import date

from vssid.kernel.errors import InvalidInput
from vssid.kernel.identifiers import personal_number_facts
from vssid.kernel.text import fold
from vssid.people.rules import of_age_on

_BETWEEN_LETTERS = str.maketrans("-'.", "   ")


@dataclass(frozen=True, slots=True)
class Declared:
    """What is compared. `birth_date` as read from a paper; None when none was read."""

    number: str
    full_name: str
    id_kind: str
    id_number: str
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """What the registry holds for the declared number; `is_living` is False after a death."""

    full_name: str
    birth_date: date
    birth_date_precision: str
    is_living: bool


def agrees(declared: Declared, known: Registered | None, paper_owner: str | None) -> bool:
    """Whether number, name, birth and paper are one living person's.

    `known` is whom the number belongs to, None for nobody; `paper_owner` the number that the paper
    leads to, None for a paper not seen before: a renewed one. Accents, case and spaces do not
    count.
    """
    return (
        known is not None
        and known.is_living
        and paper_owner in {None, declared.number}
        and names_agree(declared.full_name, known.full_name, id_kind=declared.id_kind)
        and _births_agree(declared, known)
    )


@dataclass(frozen=True, slots=True)
class DeclaredChild:
    """What a guardian declares; `household` is the guardian's own, empty when it is not known.

    `is_held`: the guardian acts for this number already.
    """

    number: str
    full_name: str
    guardian: str
    household: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class RegisteredChild:
    """What the registry holds for a child's number."""

    full_name: str
    birth_date: date
    birth_date_precision: str
    household: str
    is_living: bool


def child_agrees(declared: DeclaredChild, known: RegisteredChild | None, on: date) -> bool:
    """Whether the number is a living minor's of this name, and may be the guardian's child.

    A child of another household than the guardian's does not agree: the papers have to say.
    """
    return (
        known is not None
        and known.is_living
        and declared.number != declared.guardian
        and not declared.is_held
        and _may_be_one_household(declared.household, known.household)
        and names_agree(declared.full_name, known.full_name, id_kind="")
        and of_age_on(known.birth_date, known.birth_date_precision) > on
    )


def names_agree(one: str, other: str, *, id_kind: str) -> bool:
    """Whether two spellings are one name. A passport may put the surname first or last."""
    first, second = _words(one), _words(other)
    if id_kind == "passport" and sorted(first) == sorted(second):
        return True
    return "".join(first) == "".join(second)


def _may_be_one_household(one: str, other: str) -> bool:
    return one == other or "" in {one, other}


def _words(name: str) -> list[str]:
    return fold(name.translate(_BETWEEN_LETTERS)).split()


def _births_agree(declared: Declared, known: Registered) -> bool:
    born, registered = declared.birth_date, known.birth_date
    if born is not None:
        is_of_the_year = known.birth_date_precision == "year"
        return born.year == registered.year if is_of_the_year else born == registered
    if declared.id_kind != "cccd":
        return True
    try:
        return personal_number_facts(declared.id_number).birth_year == registered.year
    except InvalidInput:
        return False
