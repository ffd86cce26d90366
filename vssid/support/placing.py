"""Which office a petition goes to: what leads to it is looked up here, `rules` decides."""

from collections.abc import Iterable, Mapping

from django.conf import settings

from vssid.accounts.models import Account
from vssid.audit.access import Access
from vssid.insurance.lines import Line, LineKind, Value
from vssid.insurance.models import Card
from vssid.people.models import Person
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.reference.models import Employer, Facility
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY
from vssid.support import errors, quoting, rules
from vssid.support.models import Petition


def office_for(access: Access, line: Line | None) -> OfficeView:
    """The office that a petition of this person, about this line, goes to.

    Raises OfficeNotKnownError when neither line, address nor card leads to one.
    """
    address, province = _of_address(access.subject)
    offices = rules.Offices(
        address=address,
        issuer=_of_issuer(access.subject, line),
        employer=_of_employer(line),
        facility=_of_facility(line),
        province=province,
    )
    payer = str(line.values["kind"]) if line and line.kind is LineKind.PERIOD else ""
    code = rules.right_office(line.kind if line else None, offices, payer=payer)
    found = reference.office(code)
    if found is None:
        raise errors.OfficeNotKnownError(hotline=settings.VSSID_HOTLINE)
    return found


def areas_of(numbers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Era and commune (or district) where each of these people lives, as far as it is known."""
    wanted = set(numbers) - {""}
    columns = ("address_era", "address_commune", "address_district")
    people = Person.objects.filter(number__in=wanted).values_list("number", *columns)
    # How an owner is reached may be newer than the registry.
    owners = Account.objects.filter(person_id__in=wanted).values_list("person_id", *columns)
    return {
        number: (era, commune or district) for number, era, commune, district in (*people, *owners)
    }


def area_of(petition: Petition, homes: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Era and area that led a petition to its office: its employer's commune, else the home."""
    line = quoting.from_json(petition.quote)
    code = _employer_of(line)
    employers = Employer.objects.filter(code=code).values_list("commune_code", flat=True)
    commune = employers.first() if code else None
    return (ERA_TODAY, commune) if commune else homes.get(petition.number, (ERA_TODAY, ""))


def _employer_of(line: Line | None) -> str:
    is_household = line is not None and line.values.get("kind") in rules.FROM_HOUSEHOLDS
    return "" if is_household else str(_value(line, LineKind.PERIOD, "employer_code") or "")


def _of_address(number: str) -> tuple[str, str]:
    """The office where the person lives and the agency of their province.

    How an owner is reached stands in the account; it may be newer than the registry's.
    """
    names = ("address_era", "address_province", "address_district", "address_commune")
    row = (
        Account.objects.filter(person_id=number).values_list(*names).first()
        or Person.objects.filter(number=number).values_list(*names).first()
    )
    if row is None:
        return "", ""
    era, province, district, commune = row
    serving = reference.serving_office(era, commune or district)
    return (serving.code if serving else ""), _agency(era, province)


def _of_issuer(number: str, line: Line | None) -> str:
    """The agency of the province that issued the card: the one reported, or the newest."""
    if line and line.kind is LineKind.CARD:
        return _agency(ERA_LEGACY, str(line.values["issuing_province"]))
    cards = Card.objects.filter(person_id=number).order_by("-valid_from", "id")
    province = cards.values_list("issuing_province", flat=True).first()
    return _agency(ERA_LEGACY, province) if province else ""


def _of_employer(line: Line | None) -> str:
    code = _value(line, LineKind.PERIOD, "employer_code")
    communes = Employer.objects.filter(code=code).values_list("commune_code", flat=True)
    commune = communes.first() if code else None
    serving = reference.serving_office(ERA_TODAY, commune) if commune else None
    return serving.code if serving else ""


def _of_facility(line: Line | None) -> str:
    """By the directory, else by the first two signs of the code: its legacy province."""
    code = str(_value(line, LineKind.VISIT, "facility_code") or "")
    if not code:
        return ""
    provinces = Facility.objects.filter(code=code).values_list("province_code", flat=True)
    province = provinces.first()
    return _agency(ERA_TODAY, province) if province else _agency(ERA_LEGACY, code[:2])


def _value(line: Line | None, kind: LineKind, name: str) -> Value:
    return line.values[name] if line and line.kind is kind else None


def _agency(era: str, province: str) -> str:
    """The provincial agency of a province, of today or before; empty for an unknown one."""
    if era == ERA_LEGACY:
        heirs = reference.convert_legacy(province)
        province = heirs[0].code if heirs else ""
    found = reference.office(f"0{province}") if province else None
    return found.code if found else ""
