"""Reads of the look-up: the same statements for whoever is sought, found or not.

Two steps, as with every key table: keys lead to numbers, numbers to persons. Nothing here scans,
and at most one more person is read than is compared. Where the tables are spread over
machines, a key lives on one of them and its persons on theirs.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from vssid.people.models import Household, IdNumber, Person, SearchKey
from vssid.people.number_search.keys import (
    births_of,
    head_key,
    member_key,
    person_key,
    today_province,
)
from vssid.people.number_search.rules import (
    CANDIDATES_AT_MOST,
    Candidate,
    Seen,
    Wanted,
    Way,
    names_agree,
)

HEADS_AT_MOST: Final = 50
"""Of how many heads of one name in one commune the households are looked at."""

# Stands where there is nobody: a statement about an empty list would be left out.
_NOBODY: Final = ""


def look(wanted: Wanted) -> Seen:
    """Four statements, six by the head of a household; as many when there is nobody."""
    papers = IdNumber.objects.filter(id_number=wanted.id_number).values_list("number", flat=True)
    owner = papers.first() or _NOBODY
    codes = _households(wanted)
    heads = dict(Household.objects.filter(code__in=codes).values_list("code", "head_number"))
    numbers = _numbers(_keys(wanted, codes), CANDIDATES_AT_MOST + 1)
    return Seen(
        candidates=_persons({*numbers, owner}),
        is_crowded=len(numbers) > CANDIDATES_AT_MOST,
        owner=owner,
        heads=heads,
    )


def numbers_after(number: str, limit: int) -> list[str]:
    """The numbers of persons behind `number`, in their order, at most `limit`."""
    found = Person.objects.filter(number__gt=number).order_by("number")
    return list(found.values_list("number", flat=True)[:limit])


def _keys(wanted: Wanted, codes: Sequence[str]) -> list[UUID]:
    if wanted.way is not Way.PERSON:
        return [member_key(code, wanted.full_name) for code in codes]
    births = births_of(wanted.born_in, wanted.born_on)
    return [person_key(wanted.full_name, birth, wanted.province) for birth in births]


def _households(wanted: Wanted) -> list[str]:
    if wanted.way is not Way.HEAD:
        return [wanted.household]
    keys = [head_key(wanted.head_name, commune) for commune in wanted.communes]
    numbers = _numbers(keys, HEADS_AT_MOST)
    heads = Person.objects.filter(number__in=numbers or [_NOBODY])
    rows = list(heads.values_list("household_code", "full_name"))
    return [code for code, name in rows if code and names_agree(wanted.head_name, name)] or [
        _NOBODY
    ]


def _numbers(keys: Sequence[UUID], limit: int) -> list[str]:
    # All of a key's, a few hundred at most: told to stop early or to sort, PostgreSQL without
    # fresh statistics reads the whole table in another order.
    found = SearchKey.objects.filter(key__in=keys).values_list("number", flat=True)
    return sorted(set(found))[:limit]


def _persons(numbers: set[str]) -> list[Candidate]:
    rows = Person.objects.filter(number__in=sorted(numbers) or [_NOBODY]).values_list(
        "number",
        "full_name",
        "birth_date",
        "birth_date_precision",
        "address_era",
        "address_province",
        "household_code",
        "id_number",
        "died_on",
    )
    return [
        Candidate(
            number=number,
            full_name=name,
            birth_date=born,
            birth_date_precision=precision,
            province=today_province(era, province),
            household_code=household,
            has_paper=bool(paper),
            is_living=died is None,
        )
        for number, name, born, precision, era, province, household, paper, died in rows
    ]
