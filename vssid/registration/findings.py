"""What was read from an ID paper and differs from what was declared, as the desk shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from vssid.kernel.clock import vietnam_today
from vssid.people.models import Person
from vssid.registration.answers import Answers
from vssid.registration.identity import comparing, wording
from vssid.registration.identity.comparing import Beside, Difference, Stated
from vssid.registration.identity.comparing import Severity as Weight
from vssid.registration.identity.reading import Reading
from vssid.registration.models import Declaration


class Severity(StrEnum):
    """How much a difference weighs: a BAD one is a risk that two officers look at."""

    NOTE = "note"
    WARN = "warn"
    BAD = "bad"


_SEVERITIES: Final = {
    Weight.NOTE: Severity.NOTE,
    Weight.DOUBT: Severity.WARN,
    Weight.GRAVE: Severity.BAD,
}
_BESIDE: Final[dict[Beside, Promise | str]] = {
    Beside.FORM: gettext_lazy("Tờ khai"),
    Beside.REGISTRY: gettext_lazy("Cơ sở dữ liệu"),
    Beside.PAPER: gettext_lazy("Chỗ khác trên giấy tờ"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One field, already in the reader's words: where else it stands, what it says there and on
    the paper.
    """

    field: str
    said: str
    read: str
    severity: Severity
    beside: str = ""


def findings_of(
    declared: Declaration | Answers, person: Person | None, reading: Reading, *, now: datetime
) -> tuple[Finding, ...]:
    """The differences of a paper with itself, with what was declared and with the registry.

    `person` is the registry's entry of the declared number, None for nobody's. None while nothing
    was read. Of a child there is no such paper.
    """
    if isinstance(declared, Declaration) and declared.guardian_number:
        return ()
    found = comparing.compare(
        reading,
        form=Stated(declared.full_name, declared.id_kind, declared.id_number),
        registry=_registered(person) if person else None,
        today=vietnam_today(now),
    )
    return tuple(_finding(one) for one in _told_once(found))


def _registered(person: Person) -> Stated:
    is_of_the_year = person.birth_date_precision == "year"
    return Stated(
        full_name=person.full_name,
        id_kind=person.id_kind,
        id_number=person.id_number,
        old_numbers=person.papers,
        birth_year=person.birth_date.year,
        birth_date=None if is_of_the_year else person.birth_date,
        sex=person.sex,
        nationality=person.nationality,
    )


def _told_once(found: tuple[Difference, ...]) -> Iterator[Difference]:
    """Where form and registry agree against the paper, the form's difference is enough."""
    told = {(one.field, one.stated) for one in found if one.beside is Beside.FORM}
    for one in found:
        if one.beside is not Beside.REGISTRY or (one.field, one.stated) not in told:
            yield one


def _finding(one: Difference) -> Finding:
    said, read = wording.values(one)
    if one.field is comparing.Field.EXPIRY:
        said = ""
    return Finding(
        field=wording.label(one),
        said=said,
        read=read,
        severity=_SEVERITIES[one.severity],
        beside=str(_BESIDE[one.beside]),
    )
