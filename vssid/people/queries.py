"""Reads of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from vssid.people import rules
from vssid.people.models import Guardianship, IdNumber, Person, Share
from vssid.people.visibility import Part, Sight


def person(number: str) -> Person:
    """The person of a number. Raises Person.DoesNotExist."""
    return Person.objects.get(number=number)


def person_with_papers(number: str) -> Person | None:
    """The person of a number, and which papers lead to them; None for nobody's number."""
    found = Person.objects.filter(number=number).first()
    if found is not None:
        papers = IdNumber.objects.filter(number=number).order_by("id_number")
        found.papers = tuple(papers.values_list("id_number", flat=True))
    return found


def number_by_identity(id_number: str) -> str | None:
    """The BHXH number that an identity paper or a personal number leads to, or None."""
    return IdNumber.objects.filter(id_number=id_number).values_list("number", flat=True).first()


def children_of(number: str, on: date) -> QuerySet[Guardianship]:
    """Whom the person acts for on that day, in the order in which it was granted."""
    return Guardianship.objects.filter(_runs(on), guardian_id=number).order_by("id")


def guardians_of(child_number: str, on: date) -> QuerySet[Guardianship]:
    """Who acts for the child on that day; looks across all guardians (guides C06)."""
    return Guardianship.objects.filter(_runs(on), child_number=child_number).order_by("id")


def frozen_guardians_of(child_number: str, on: date) -> list[Guardianship]:
    """Whose guardianship of the child waits for a decision, with the guardians, by their number."""
    frozen = guardians_of(child_number, on).filter(frozen_at__isnull=False)
    return list(frozen.select_related("guardian").order_by("guardian_id"))


@dataclass(frozen=True, slots=True)
class SeenChild:
    """A child somebody acts for, and how much they see of each part of the record."""

    guardianship: Guardianship
    sights: Mapping[Part, Sight]


def children_seen(guardian: str, on: date) -> list[SeenChild]:
    """Of whom the person sees anything on that day: whoever is grown, or whose guardianship is
    disputed, is none of their children.

    Looks across the machines of the children.
    """
    held = list(children_of(guardian, on).filter(frozen_at__isnull=True))
    children = Person.objects.in_bulk({one.child_number for one in held})
    seen = [
        SeenChild(one, _sights(one, children[one.child_number], on))
        for one in held
        if one.child_number in children
    ]
    return [one for one in seen if any(one.sights.values())]


def child_seen(guardian: str, child_number: str, on: date) -> SeenChild | None:
    """The same of one child; None for whoever is none of theirs, or grown."""
    seen = children_seen(guardian, on)
    return next((one for one in seen if one.guardianship.child_number == child_number), None)


def _sights(held: Guardianship, child: Person, on: date) -> Mapping[Part, Sight]:
    age = rules.age_on(child.birth_date, child.birth_date_precision, on)
    is_ward = rules.is_ward(relation=held.relation, is_open=held.to_date is None)
    return rules.guardian_sight(age=age, is_ward=is_ward, on=on)


def shares_by(number: str, now: datetime) -> QuerySet[Share]:
    """Whom a person lets read their record, or has offered to, the newest first."""
    return _live_shares(now).filter(owner_number=number).order_by("-id")


def shares_for(number: str, now: datetime) -> QuerySet[Share]:
    """Whose record a person may read, or is offered to, the newest first."""
    return _live_shares(now).filter(reader_id=number).order_by("-id")


def share(share_id: UUID, number: str, now: datetime) -> Share | None:
    """The live share that a person gave or was given; None for another's or one that is over."""
    mine = Q(owner_number=number) | Q(reader_id=number)
    return _live_shares(now).filter(mine, id=share_id).first()


def shares_over(now: datetime, limit: int) -> list[Share]:
    """Shares whose term is over, and those of which a side has died, that nobody ended yet."""
    live = Share.objects.filter(ended_at__isnull=True)
    dead = Person.objects.filter(died_on__isnull=False)
    died = Q(owner_number__in=dead.values("number")) | Q(reader__died_on__isnull=False)
    return list(live.filter(Q(ends_at__lte=now) | died).order_by("ends_at", "id")[:limit])


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom an address of somebody else's record is about; `keeper` is whose guardianship it is."""

    subject: str
    keeper: str = ""


def concerned_by_guardianship(guardianship_id: UUID) -> Concerned | None:
    """The child of a guardianship, of whomever, ended or not; looks across all guardians."""
    found = Guardianship.objects.filter(id=guardianship_id).values_list("child_number", "guardian")
    row = found.first()
    return Concerned(*row) if row else None


def concerned_by_share(share_id: UUID) -> Concerned | None:
    """The owner of a share, of whomever, ended or not; looks across all readers."""
    owner = Share.objects.filter(id=share_id).values_list("owner_number", flat=True).first()
    return Concerned(owner) if owner else None


def concerned_by_number(number: str) -> Concerned | None:
    """The person of a number, when there is one."""
    return Concerned(number) if Person.objects.filter(number=number).exists() else None


def _live_shares(now: datetime) -> QuerySet[Share]:
    return Share.objects.filter(ended_at__isnull=True, ends_at__gt=now)


def _runs(on: date) -> Q:
    return Q(from_date__lte=on) & (Q(to_date__isnull=True) | Q(to_date__gte=on))
