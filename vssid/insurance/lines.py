"""One line of the record, to be quoted: read anew under the key, never taken from an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import models

from vssid.audit.access import Access
from vssid.insurance.models import Benefit, Card, ContributionPeriod, Visit
from vssid.people.models import Person

Value = str | int | None


class LineKind(StrEnum):
    """Which page a line stands on, as in addresses."""

    CARD = "the"
    PERIOD = "qua-trinh"
    BENEFIT = "huong"
    VISIT = "kham"
    PERSON = "ban-than"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands: dates and moments as ISO text, so that it can be kept as JSON.

    `row` is None for the personal details, of which there is one set only.
    """

    kind: LineKind
    row: UUID | None
    values: Mapping[str, Value]
    record_version: int


_ROWS: Final[Mapping[LineKind, type[models.Model]]] = {
    LineKind.CARD: Card,
    LineKind.PERIOD: ContributionPeriod,
    LineKind.BENEFIT: Benefit,
    LineKind.VISIT: Visit,
}
# What tells a line from the others when its row was written anew under another id.
_SAME: Final[Mapping[LineKind, tuple[str, ...]]] = {
    LineKind.CARD: ("card_number", "valid_from"),
    LineKind.PERIOD: ("fund", "from_month", "employer_code"),
    LineKind.BENEFIT: ("kind", "regime", "from_date"),
    LineKind.VISIT: ("facility_code", "entered_at"),
}
_OF_THE_PERSON: Final = (
    "full_name", "sex", "birth_date", "birth_date_precision", "id_kind", "id_number", "phone",
    "address_era", "address_province", "address_district", "address_commune", "address_street",
)  # fmt: skip


def line(access: Access, kind: LineKind, row: UUID | None) -> Line | None:
    """The line as it stands now; None when the person has no such line (any more)."""
    if kind is LineKind.PERSON:
        return _read(access, kind, Person.objects.filter(number=access.subject))
    found = _ROWS[kind]._default_manager.filter(person_id=access.subject, id=row)
    return _read(access, kind, found)


def line_today(access: Access, quoted: Line) -> Line | None:
    """What became of a quoted line: its row, or the one written in its place; None when gone."""
    found = line(access, quoted.kind, quoted.row)
    if found is not None or quoted.kind is LineKind.PERSON:
        return found
    same = {name: quoted.values[name] for name in _SAME[quoted.kind]}
    rows = _ROWS[quoted.kind]._default_manager.filter(person_id=access.subject, **same)
    return _read(access, quoted.kind, rows.order_by("id"))


def _read(access: Access, kind: LineKind, rows: models.QuerySet[models.Model]) -> Line | None:
    names = _OF_THE_PERSON if kind is LineKind.PERSON else _columns(_ROWS[kind])
    id_name = "number" if kind is LineKind.PERSON else "id"
    found = rows.values(id_name, *names).first()
    if found is None:
        return None
    version = Person.objects.values_list("record_version", flat=True).get(number=access.subject)
    return Line(
        kind=kind,
        row=None if kind is LineKind.PERSON else found["id"],
        values={name: _plain(found[name]) for name in names},
        record_version=version,
    )


def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(
        field.name for field in model._meta.concrete_fields if field.name not in {"person", "id"}
    )


def _plain(value: object) -> Value:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, int) or value is None else str(value)
