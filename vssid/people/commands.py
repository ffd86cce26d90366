"""The only writers of people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.text import fold, sort_key
from vssid.people.bulk import columns
from vssid.people.errors import (
    IdNumberTakenError,
    ShareExistsError,
    ShareOverError,
    UnknownChildError,
)
from vssid.people.models import Guardianship, Household, IdNumber, Person, Share, ShareEnd
from vssid.people.number_search.commands import write_keys, write_keys_of_households
from vssid.people.visibility import Part


class PersonFacts(Protocol):
    """A person as a source tells of them: every column of Person but the two keys made here."""

    @property
    def number(self) -> str: ...
    @property
    def full_name(self) -> str: ...
    @property
    def id_number(self) -> str: ...


class GuardianshipFacts(Protocol):
    """Who acts for whom; `number` is the guardian's."""

    @property
    def number(self) -> str: ...
    @property
    def id(self) -> UUID: ...
    @property
    def child_number(self) -> str: ...
    @property
    def relation(self) -> str: ...
    @property
    def from_date(self) -> date: ...
    @property
    def to_date(self) -> date | None: ...


class HouseholdFacts(Protocol):
    """A household's code and the number of its head."""

    @property
    def code(self) -> str: ...
    @property
    def head_number(self) -> str: ...


_MADE_HERE = ("sort_key", "search_key")


def write_people(*, people: Sequence[PersonFacts], by: Actor) -> None:
    """Write persons; who is known already is written anew and their record version grows.

    Locks the persons in the order of their numbers. Raises IdNumberTakenError.
    """
    ordered = sorted(people, key=attrgetter("number"))
    with transaction.atomic():
        _upsert(ordered)
        _write_id_numbers(ordered)
        write_keys(numbers=[one.number for one in ordered])
        record_event(
            by=by,
            act="people.write",
            subject=ordered[0].number if len(ordered) == 1 else "",
            details={"people": len(ordered)},
        )


def remember_paper(*, number: str, id_number: str, by: Actor) -> None:
    """Let one more identity paper lead to a person, beside the one that their entry names.

    An earlier one that a renewed paper took the place of leads to them as well. Raises
    IdNumberTakenError for another person's.
    """
    with transaction.atomic():
        IdNumber.objects.bulk_create(
            [IdNumber(id_number=id_number, number=number)], ignore_conflicts=True
        )
        if IdNumber.objects.get(id_number=id_number).number != number:
            raise IdNumberTakenError
        record_event(by=by, act="people.paper", subject=number, details={})


def write_households(*, households: Iterable[HouseholdFacts], by: Actor) -> None:
    """Write which head a household's code leads to."""
    rows = [Household(code=one.code, head_number=one.head_number) for one in households]
    with transaction.atomic():
        Household.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=["head_number"]
        )
        write_keys_of_households(codes=[row.code for row in rows])
        record_event(by=by, act="households.write", details={"households": len(rows)})


def write_guardianships(*, guardianships: Sequence[GuardianshipFacts], by: Actor) -> None:
    """Write who acts for whom; those that stand already stay. Raises UnknownChildError.

    Locks the guardians in the order of their numbers.
    """
    with transaction.atomic():
        names = _names_of({one.child_number for one in guardianships})
        bump_record_versions(numbers={one.number for one in guardianships})
        Guardianship.objects.bulk_create(
            [_guardianship(one, names) for one in guardianships], ignore_conflicts=True
        )
        record_event(by=by, act="guardianships.write", details={"rows": len(guardianships)})


def open_guardianship(
    *, guardian: str, child: str, relation: str, on: date, by: Actor, until: date | None = None
) -> Guardianship:
    """Let a guardian act for a child from a day on (guides C05), and no longer than `until`.

    One that stands on that day is returned as it is. Locks the guardian. Raises UnknownChildError.
    """
    with transaction.atomic():
        name = _names_of({child})[child]
        bump_record_versions(numbers={guardian})
        stands = Q(to_date__isnull=True) | Q(to_date__gte=on)
        found = Guardianship.objects.filter(stands, guardian_id=guardian, child_number=child)
        opened = found.first()
        if opened is None:
            opened = Guardianship.objects.create(
                guardian_id=guardian,
                child_number=child,
                child_name=name,
                relation=relation,
                from_date=on,
                to_date=until,
            )
            record_event(
                by=by, act="guardianship.open", subject=child, details={"guardian": guardian}
            )
    return opened


def end_guardianship(*, guardianship: Guardianship, last_day: date, reason: str, by: Actor) -> None:
    """Let a guardianship end with a day; one that began later never ran on any other.

    `reason`: «majority» or «decision». Locks the guardian.
    """
    with transaction.atomic():
        bump_record_versions(numbers={guardianship.guardian_id})
        guardianship.from_date = min(guardianship.from_date, last_day)
        guardianship.to_date, guardianship.frozen_at = last_day, None
        guardianship.save(update_fields=["from_date", "to_date", "frozen_at"])
        details = {"guardian": guardianship.guardian_id, "reason": reason}
        child = guardianship.child_number
        record_event(by=by, act="guardianship.end", subject=child, details=details)


def freeze_guardianships(
    *, guardianships: Sequence[Guardianship], by: Actor, now: datetime
) -> None:
    """Let disputed guardianships of one child open nothing until they are decided.

    Locks the guardians in the order of their numbers.
    """
    with transaction.atomic():
        bump_record_versions(numbers={one.guardian_id for one in guardianships})
        for one in guardianships:
            one.frozen_at = now
            one.save(update_fields=["frozen_at"])
            record_event(
                by=by,
                act="guardianship.freeze",
                subject=one.child_number,
                details={"guardian": one.guardian_id},
            )


def release_guardianship(*, guardianship: Guardianship, by: Actor) -> None:
    """Let a frozen guardianship act again, as decided. Locks the guardian."""
    with transaction.atomic():
        bump_record_versions(numbers={guardianship.guardian_id})
        guardianship.frozen_at = None
        guardianship.save(update_fields=["frozen_at"])
        record_event(
            by=by,
            act="guardianship.release",
            subject=guardianship.child_number,
            details={"guardian": guardianship.guardian_id},
        )


@dataclass(frozen=True, slots=True)
class ShareTerms:
    """What a share shows (of `rules.SHARED_PARTS`) and when it ends by itself."""

    parts: frozenset[Part]
    ends_at: datetime


def open_share(*, owner: str, reader: str, terms: ShareTerms, by: Actor, now: datetime) -> Share:
    """Offer a person to read an owner's record; it opens nothing before they accept it.

    One whose term is over gives way. Locks both persons. Raises ShareExistsError, and
    IntegrityError for what cannot be: no part, to oneself, longer than allowed.
    """
    with transaction.atomic():
        bump_record_versions(numbers={owner, reader})
        names = dict(
            Person.objects.filter(number__in=[owner, reader]).values_list("number", "full_name")
        )
        live = Share.objects.filter(reader_id=reader, owner_number=owner, ended_at__isnull=True)
        for over in live.filter(ends_at__lte=now):
            end_share(share=over, reason=ShareEnd.TERM, by=by, now=now)
        if live.exists():
            raise ShareExistsError
        opened = Share.objects.create(
            reader_id=reader,
            owner_number=owner,
            reader_name=names[reader],
            owner_name=names[owner],
            shows_card=Part.CARD in terms.parts,
            shows_contributions=Part.CONTRIBUTIONS in terms.parts,
            shows_benefits=Part.BENEFITS in terms.parts,
            shows_medical_book=Part.MEDICAL_BOOK in terms.parts,
            made_at=now,
            ends_at=terms.ends_at,
        )
        details = {"share": str(opened.id), "reader": reader, "parts": sorted(terms.parts)}
        record_event(by=by, act="share.open", subject=owner, details=details)
    return opened


def accept_share(*, share: Share, by: Actor, now: datetime) -> None:
    """The reader accepts: from now on the record can be read. Locks the reader.

    Raises ShareOverError for one that is over or was accepted before.
    """
    with transaction.atomic():
        bump_record_versions(numbers={share.reader_id})
        accepted = Share.objects.filter(
            reader_id=share.reader_id,
            id=share.id,
            ended_at__isnull=True,
            accepted_at__isnull=True,
            ends_at__gt=now,
        ).update(accepted_at=now)
        if not accepted:
            raise ShareOverError
        details = {"share": str(share.id)}
        record_event(by=by, act="share.accept", subject=share.owner_number, details=details)


def end_share(*, share: Share, reason: ShareEnd, by: Actor, now: datetime) -> None:
    """End a share at once. Locks the reader. Raises ShareOverError for one that ended before."""
    with transaction.atomic():
        bump_record_versions(numbers={share.reader_id})
        live = Share.objects.filter(reader_id=share.reader_id, id=share.id, ended_at__isnull=True)
        if reason is ShareEnd.DECLINED:
            live = live.filter(accepted_at__isnull=True)
        if not live.update(ended_at=now, end_reason=reason):
            raise ShareOverError
        details = {"share": str(share.id), "reason": reason.value}
        record_event(by=by, act="share.end", subject=share.owner_number, details=details)


def bump_record_versions(*, numbers: Iterable[str]) -> None:
    """Tell every page that kept a copy that these records have changed.

    Locks the persons in the order of their numbers. Part of the caller's change and of its event.
    """
    wanted = sorted(numbers)
    with transaction.atomic():
        locked = Person.objects.select_for_update(no_key=True).filter(number__in=wanted)
        list(locked.order_by("number").values_list("number"))
        Person.objects.filter(number__in=wanted).update(record_version=F("record_version") + 1)


def _upsert(people: Sequence[PersonFacts]) -> None:
    """One statement; the version of a known person is counted on, whatever the source says."""
    if not people:
        return
    given = [name for name in columns(Person) if name not in _MADE_HERE]
    values = [list(column) for column in zip(*map(attrgetter(*given), people), strict=True)]
    values.append([sort_key(person.full_name) for person in people])
    values.append([fold(person.full_name) for person in people])
    names = [*given, *_MADE_HERE]
    types = {str(f.column): f.db_type(connection) for f in Person._meta.concrete_fields}
    arrays = ", ".join(f"%s::{str(types[name]).split('(')[0]}[]" for name in names)
    updates = ", ".join(
        f"{name} = excluded.{name}" for name in names if name not in {"number", "record_version"}
    )
    statement = (
        f"INSERT INTO people_person ({', '.join(names)})"  # noqa: S608 - names of columns only
        f" SELECT * FROM unnest({arrays}) ON CONFLICT (number) DO UPDATE"
        f" SET {updates}, record_version = people_person.record_version + 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _write_id_numbers(people: Sequence[PersonFacts]) -> None:
    rows = [
        IdNumber(id_number=person.id_number, number=person.number)
        for person in people
        if person.id_number
    ]
    IdNumber.objects.bulk_create(rows, ignore_conflicts=True)
    wanted = {row.id_number: row.number for row in rows}
    stored = dict(IdNumber.objects.filter(id_number__in=wanted).values_list("id_number", "number"))
    if stored != wanted:
        raise IdNumberTakenError


def _names_of(numbers: set[str]) -> dict[str, str]:
    names = dict(Person.objects.filter(number__in=numbers).values_list("number", "full_name"))
    if len(names) != len(numbers):
        raise UnknownChildError
    return names


def _guardianship(facts: GuardianshipFacts, names: dict[str, str]) -> Guardianship:
    return Guardianship(
        guardian_id=facts.number,
        id=facts.id,
        child_number=facts.child_number,
        child_name=names[facts.child_number],
        relation=facts.relation,
        from_date=facts.from_date,
        to_date=facts.to_date,
    )
