"""Which entries of the directories search engines may list: real ones that are there today."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from vssid.reference import directory
from vssid.reference.models import CollectionPoint, Employer, Facility


def listed_offices() -> list[str]:
    """The codes of the agencies in service that are no demo data, in their order."""
    offices = directory.current().offices
    return sorted(code for code, office in offices.items() if not office.view.is_derived)


def listed_facilities(today: date) -> Iterator[str]:
    """The same of the facilities."""
    found = Facility.objects.filter(_in_service(today), is_derived=False)
    return found.order_by("code").values_list("code", flat=True).iterator()


def listed_employers(today: date) -> Iterator[str]:
    """The same of the employers; who is closed today is not there any more."""
    is_open = Q(closed_on=None) | Q(closed_on__gt=today)
    is_open &= Q(founded_on=None) | Q(founded_on__lte=today)
    found = Employer.objects.filter(is_open, is_invented=False)
    return found.order_by("code").values_list("code", flat=True).iterator()


def listed_points(today: date) -> Iterator[str]:
    """The same of the collection points."""
    found = CollectionPoint.objects.filter(_in_service(today), is_derived=False)
    return found.order_by("code").values_list("code", flat=True).iterator()


def _in_service(today: date) -> Q:
    """As the entries' pages say it."""
    has_begun = Q(valid_from=None) | Q(valid_from__lte=today)
    return has_begun & (Q(valid_to=None) | Q(valid_to__gte=today))
