"""What the tables of the directories have in common."""

from django.db import models

from vssid.kernel.privacy import Privacy


def public(*names: str) -> dict[str, Privacy]:
    """These fields are public, as everything in the directories is."""
    return dict.fromkeys(names, Privacy.PUBLIC)


def point_in_vietnam() -> models.Q:
    """Both coordinates or none, between Cà Mau, Hà Giang, Điện Biên and Trường Sa."""
    unknown = models.Q(latitude__isnull=True, longitude__isnull=True)
    inside = models.Q(latitude__range=(6.0, 23.5), longitude__range=(102.0, 118.0))
    # Said expressly: a comparison with NULL is unknown, and a check takes unknown for true.
    known = models.Q(latitude__isnull=False, longitude__isnull=False)
    return unknown | (known & inside)


def not_reversed(first: str = "valid_from", last: str = "valid_to") -> models.Q:
    """A time does not end before it begins; either day may be open."""
    return (
        models.Q(**{f"{first}__isnull": True})
        | models.Q(**{f"{last}__isnull": True})
        | models.Q(**{f"{last}__gte": models.F(first)})
    )
