"""What leaves an office that ends."""

from collections import Counter

from django.db.models import Count

from vssid.reference.reorganising.plans import Plan
from vssid.registration.models import Declaration


def declarations_by_heir(plan: Plan) -> Counter[tuple[str, str, str]]:
    """How many declarations go from which office to which, by state."""
    found: Counter[tuple[str, str, str]] = Counter()
    columns = ("office", "address_era", "address_commune", "address_district", "state")
    rows = Declaration.objects.filter(office__in=list(plan.endings)).values_list(*columns)
    for office, era, commune, district, state, count in rows.annotate(Count("id")):
        found[office, plan.heir(office, era, commune or district), state] += count
    return found
