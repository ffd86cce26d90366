"""The only writers of the record."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Protocol

from django.db import connection, models, transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.insurance.models import (
    Benefit,
    BenefitEntry,
    Card,
    ContributionPeriod,
    IssuedPaper,
    Visit,
    VisitCost,
)
from vssid.people import commands as people
from vssid.people.bulk import columns, copy_rows


class Life(Protocol):
    """A person with every row of their record: each row has the columns of its table."""

    @property
    def person(self) -> people.PersonFacts: ...
    @property
    def cards(self) -> Sequence[object]: ...
    @property
    def periods(self) -> Sequence[object]: ...
    @property
    def benefits(self) -> Sequence[object]: ...
    @property
    def benefit_entries(self) -> Sequence[object]: ...
    @property
    def visits(self) -> Sequence[object]: ...
    @property
    def visit_costs(self) -> Sequence[object]: ...
    @property
    def papers(self) -> Sequence[object]: ...


class Family(Protocol):
    """A household, the lives in it, and who acts for whom."""

    @property
    def household(self) -> people.HouseholdFacts: ...
    @property
    def lives(self) -> Sequence[Life]: ...
    @property
    def guardianships(self) -> Sequence[people.GuardianshipFacts]: ...


# Parents before children; erased the other way round.
_TABLES: tuple[tuple[type[models.Model], str], ...] = (
    (Card, "cards"),
    (ContributionPeriod, "periods"),
    (Benefit, "benefits"),
    (BenefitEntry, "benefit_entries"),
    (Visit, "visits"),
    (VisitCost, "visit_costs"),
    (IssuedPaper, "papers"),
)


def write_life(*, life: Life, by: Actor) -> None:
    """Write one person and their whole record, as `write_lives`."""
    write_lives(lives=[life], by=by)


def write_lives(*, lives: Sequence[Life], by: Actor) -> None:
    """Write persons and their whole records: what was known of them before is replaced.

    All or nothing. The record version of who was known grows. Locks the persons in the order of
    their numbers. Raises IdNumberTakenError, and IntegrityError for rows that cannot be true.
    """
    numbers = [life.person.number for life in lives]
    with transaction.atomic():
        people.write_people(people=[life.person for life in lives], by=by)
        _erase(numbers)
        for model, rows in _TABLES:
            names = _attributes(model)
            copy_rows(model, (names(row) for life in lives for row in getattr(life, rows)))
        record_event(
            by=by,
            act="record.write",
            subject=numbers[0] if len(numbers) == 1 else "",
            details={"people": len(numbers)},
        )


def write_families(*, families: Iterable[Family], by: Actor) -> None:
    """Write households, everybody in them with their records, and who acts for whom."""
    written = list(families)
    with transaction.atomic():
        people.write_households(households=[one.household for one in written], by=by)
        write_lives(lives=[life for one in written for life in one.lives], by=by)
        people.write_guardianships(
            guardianships=[row for one in written for row in one.guardianships], by=by
        )


def _attributes(model: type[models.Model]) -> Callable[[object], tuple[object, ...]]:
    return attrgetter(*columns(model))


def _erase(numbers: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for model, _rows in reversed(_TABLES):
            table = connection.ops.quote_name(model._meta.db_table)
            statement = f"DELETE FROM {table} WHERE number = ANY(%s)"  # noqa: S608 - our own name
            cursor.execute(statement, [list(numbers)])
