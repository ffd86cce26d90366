"""The public look-ups that search tables: health facilities and employers (guides U02)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.text import fold
from vssid.reference import directory
from vssid.reference.choices import EmployerView, FacilityView
from vssid.reference.models import Employer, Facility
from vssid.reference.rows import ERA_TODAY


def facility(code: str) -> FacilityView | None:
    """The facility of that code, whether or not it is still in service."""
    found = Facility.objects.filter(code=code.strip().upper()).first()
    return _facility_view(found) if found else None


def facility_with_contract(code: str, on: date) -> FacilityView | None:
    """The facility of that code, while it is in service and treats insured patients."""
    found = _in_service(Facility.objects.filter(code=code, has_contract=True), on).first()
    return _facility_view(found) if found else None


def find_facilities(
    text: str = "",
    *,
    province_code: str = "",
    commune_code: str = "",
    has_contract: bool | None = None,
    may_issue_leave: bool | None = None,
    limit: int = 50,
) -> Sequence[FacilityView]:
    """Facilities in service whose code or name holds every word, accents aside, by name.

    Province and commune are codes of today; None leaves a property open (guides U02: those with a
    BHYT contract, those that may issue leave certificates).
    """
    found = _in_service(Facility.objects.all(), _today())
    exact = {
        "province_code": province_code or None,
        "commune_code": commune_code or None,
        "has_contract": has_contract,
        "may_issue_leave": may_issue_leave,
    }
    wanted = {name: value for name, value in exact.items() if value is not None}
    rows = found.filter(_holds_words(text), **wanted).order_by("sort_key", "code")[:limit]
    return [_facility_view(row) for row in rows]


def employer(code: str) -> EmployerView | None:
    """The employer of that code."""
    found = Employer.objects.filter(code=code.strip().upper()).first()
    return _employer_view(found, _today()) if found else None


def find_employers(text: str, *, commune_code: str = "", limit: int = 50) -> Sequence[EmployerView]:
    """Employers of that code, or whose name holds every word, accents aside; none for no words."""
    if not text.strip():
        return []
    found = Employer.objects.filter(Q(code=text.strip().upper()) | _holds_words(text))
    if commune_code:
        found = found.filter(commune_code=commune_code)
    today = _today()
    return [_employer_view(row, today) for row in found.order_by("search_key", "code")[:limit]]


def _today() -> date:
    return vietnam_today(utc_now())


def _holds_words(text: str) -> Q:
    condition = Q()
    for word in fold(text).split():
        condition &= Q(search_key__contains=word)
    return condition


def _in_service(rows: QuerySet[Facility], today: date) -> QuerySet[Facility]:
    return rows.filter(
        Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)
    )


def _facility_view(row: Facility) -> FacilityView:
    areas = directory.current().areas
    commune = areas.get((ERA_TODAY, row.commune_code))
    province = areas.get((ERA_TODAY, row.province_code))
    return FacilityView(
        code=row.code,
        name=row.name,
        kind=row.kind,
        level=row.level,
        address=row.address,
        commune=commune.name if commune else "",
        province=province.name if province else "",
        latitude=row.latitude,
        longitude=row.longitude,
        has_contract=row.has_contract,
        may_issue_leave=row.may_issue_leave,
        is_derived=row.is_derived,
    )


def _employer_view(row: Employer, today: date) -> EmployerView:
    return EmployerView(
        code=row.code,
        name=row.name,
        address=row.address,
        wage_region=row.wage_region,
        is_closed=row.closed_on is not None and row.closed_on <= today,
    )
