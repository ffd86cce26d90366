"""Which petitions leave an office that ends, and where they go."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from vssid.reference.reorganising.plans import Plan
from vssid.support import placing
from vssid.support.models import Petition

_BATCH: Final = 500


def petitions_by_heir(plan: Plan) -> Counter[tuple[str, str, str]]:
    """How many petitions go from which office to which, by state."""
    found: Counter[tuple[str, str, str]] = Counter()
    for batch in batches(plan):
        rows = list(of_keys(plan, batch))
        for petition, heir in zip(rows, heirs(plan, rows), strict=True):
            found[petition.office, heir, petition.state] += 1
    return found


def batches(plan: Plan) -> Iterable[Sequence[tuple[str, UUID]]]:
    rows = Petition.objects.filter(office__in=list(plan.endings)).order_by("number", "id")
    keys = list(rows.values_list("number", "id"))
    return [keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH)]


def of_keys(plan: Plan, keys: Sequence[tuple[str, UUID]]) -> QuerySet[Petition]:
    return Petition.objects.filter(
        office__in=list(plan.endings),
        number__in={number for number, _ in keys},
        id__in=[petition_id for _, petition_id in keys],
    )


def heirs(plan: Plan, petitions: Sequence[Petition]) -> list[str]:
    """By the place that led each to its office: the employer's of its line, else the person's."""
    homes = placing.areas_of(one.number for one in petitions)
    places = (placing.area_of(one, homes) for one in petitions)
    pairs = zip(petitions, places, strict=True)
    return [plan.heir(petition.office, era, area) for petition, (era, area) in pairs]
