"""Reads of people."""

from datetime import date

from django.db.models import Q, QuerySet

from vssid.people.models import Guardianship, IdNumber, Person


def person(number: str) -> Person:
    """The person of a number. Raises Person.DoesNotExist."""
    return Person.objects.get(number=number)


def number_by_identity(id_number: str) -> str | None:
    """The BHXH number that an identity paper or a personal number leads to, or None."""
    return IdNumber.objects.filter(id_number=id_number).values_list("number", flat=True).first()


def children_of(number: str, on: date) -> QuerySet[Guardianship]:
    """Whom the person acts for on that day, in the order in which it was granted."""
    return Guardianship.objects.filter(_runs(on), guardian_id=number).order_by("id")


def guardians_of(child_number: str, on: date) -> QuerySet[Guardianship]:
    """Who acts for the child on that day; looks across all guardians (guides C06)."""
    return Guardianship.objects.filter(_runs(on), child_number=child_number).order_by("id")


def is_guardian(guardian: str, child_number: str, on: date) -> bool:
    """Tell whether the one acts for the other on that day."""
    return children_of(guardian, on).filter(child_number=child_number).exists()


def _runs(on: date) -> Q:
    return Q(from_date__lte=on) & (Q(to_date__isnull=True) | Q(to_date__gte=on))
