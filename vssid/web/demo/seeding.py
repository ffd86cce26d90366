"""Fills an empty demo: invented people, officers, accounts, a declaration, a petition."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from vssid.accounts.commands import accounts
from vssid.audit.actors import Actor
from vssid.audit.commands import open_record
from vssid.files import commands as files
from vssid.insurance import commands as insurance
from vssid.insurance import lines
from vssid.insurance import queries as insurance_queries
from vssid.insurance.invented.generate import generate_lives
from vssid.insurance.invented.life import Person as PersonFacts
from vssid.insurance.invented.life import Place
from vssid.insurance.invented.named import named_life
from vssid.kernel import totp
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.phones import display_phone
from vssid.kernel.text import to_gsm_ascii
from vssid.people import commands as people
from vssid.people.models import SHARED_AT_MOST, Person
from vssid.people.visibility import Part
from vssid.reference import commands as reference_commands
from vssid.reference import queries as reference
from vssid.reference.models import AgencyArea, Era, Facility, FacilityKind
from vssid.registration.commands import drafts, filing
from vssid.registration.models import Draft
from vssid.staff.commands import officers, own_keys
from vssid.staff.models import Officer
from vssid.support.commands import opening
from vssid.support.models import Kind
from vssid.support.papers import new_parcel
from vssid.web.demo import cast, portraits
from vssid.web.demo.directories import demo_employers
from vssid.web.demo.news import write_news
from vssid.web.demo.otp_secrets import smart_otp_secret

BY = Actor.system("demo")
_SEED, _OTHERS = 2026, 120


def is_seeded() -> bool:
    """Whether the demo was filled before: then nothing of it is touched."""
    return Officer.objects.exists()


def seed(*, now: datetime) -> None:
    """Write everything in one transaction: a kill in the middle leaves an empty demo."""
    homes = list(_homes())
    today = vietnam_today(now)
    named = {one.role: named_life(one.role, today, homes[0], homes[1:]) for one in cast.INSURED}
    families = [*named.values(), *generate_lives(_SEED, _OTHERS, today, homes)]
    with transaction.atomic():
        employers = {unit.code: unit for unit in demo_employers(today)}
        employers |= {unit.code: unit for family in families for unit in family.employers}
        reference_commands.write_employers(employers=list(employers.values()), by=BY)
        insurance.write_families(families=families, by=BY)
        for one in cast.INSURED:
            if one.has_account:
                _open_account(named[one.role].lives[0].person, now)
        for worker in cast.OFFICERS:
            _open_officer(worker, now)
        write_news(by=Officer.objects.get(user_name=cast.EDITOR), now=now)
        owner, reader = (named[role].lives[0].person.number for role in cast.SHARED)
        _share(owner, reader, now)
        _file_waiting(named[cast.WAITING].lives[0].person, now)
        _report_late(named[cast.REPORTING].lives[0].person.number, now)


def introduction(address: str) -> str:
    """What `make run` prints: where to look, and as whom to sign in."""
    lines = [
        "",
        f"  App and portal     {address}   (as the installed app: {address}?app=1)",
        f"  Officer desk       {address}can-bo/",
        f"  Card check         {address}kiem-tra-the/   (health facilities)",
        f"  Demo phone         {address}demo/dien-thoai/",
        "",
        f"  Everybody's password: {cast.PASSWORD}",
        "",
        "  Insured persons: BHXH number, name, what they show",
    ]
    for one, person in _named_people():
        lines.append(f"    {person.number}  {person.full_name:<20} {one.shows}")
        if not one.has_account:
            lines.append(f"                CCCD {person.id_number}, {display_phone(person.phone)}")
    lines += ["", "  Officers: user name, name, office, what they may do"]
    lines += [f"  Their SmartOTP codes stand on the demo phone: {address}demo/dien-thoai/"]
    lines += [
        f"    {worker.user_name:<19} {worker.full_name:<16} [{worker.office}] {worker.shows}"
        for worker in cast.OFFICERS
    ]
    return "\n".join([*lines, ""])


def _named_people() -> Iterator[tuple[cast.Insured, Person]]:
    # A role's number does not depend on the day it was generated; ages and papers do.
    homes, today = list(_homes()), vietnam_today(utc_now())
    for one in cast.INSURED:
        number = named_life(one.role, today, homes[0], homes[1:]).lives[0].person.number
        yield one, Person.objects.get(number=number)


def _open_account(person: PersonFacts, now: datetime) -> None:
    stored = files.store_file(
        content=portraits.portrait(person.number),
        media_type="image/jpeg",
        purpose="account.portrait",
        by=BY,
    )
    accounts.open_account(
        number=person.number, contact=_contact(person), portrait=stored.id, by=BY, now=now
    )
    accounts.set_password(number=person.number, password=cast.PASSWORD, by=BY, now=now)


def _open_officer(worker: cast.Worker, now: datetime) -> None:
    """With a password that need not be changed, and a SmartOTP that the demo phone shows."""
    new = officers.NewOfficer(worker.user_name, worker.full_name, worker.role, worker.office)
    opened, _first = officers.open_officer(officer=new, by=BY, now=now)
    officers.set_password(officer=opened, password=cast.PASSWORD, by=BY, now=now)
    secret = smart_otp_secret(worker.user_name)
    # A code of the moment before, so that the one shown now is still good for signing in.
    earlier = now - timedelta(seconds=2 * totp.STEP_SECONDS)
    typed = totp.code_at(secret, totp.step_at(earlier))
    own_keys.put_smart_otp(officer=opened, secret=secret, typed=typed, now=earlier)


def _share(owner: str, reader: str, now: datetime) -> None:
    """Offered and accepted, for as long as may be."""
    parts = frozenset({Part.CARD, Part.BENEFITS, Part.MEDICAL_BOOK})
    terms = people.ShareTerms(parts, now + SHARED_AT_MOST)
    share = people.open_share(owner=owner, reader=reader, terms=terms, by=BY, now=now)
    people.accept_share(share=share, by=BY, now=now)


def _file_waiting(person: PersonFacts, now: datetime) -> None:
    draft = drafts.start_draft(now=now)
    contact = _contact(person)
    drafts.save_answers(
        draft_id=draft.id,
        changes={
            "full_name": person.full_name,
            "number": person.number,
            "id_kind": person.id_kind,
            "id_number": person.id_number,
            "address_era": contact.address_era,
            "address_province": contact.address_province,
            "address_commune": contact.address_commune,
            "address_street": contact.address_street,
            "phone": contact.phone,
            "provincial_agency": cast.OFFICE[:3],
            "office": cast.OFFICE,
        },
        now=now,
    )
    lines = (to_gsm_ascii(person.full_name), person.id_number)
    photos = {
        "portrait": portraits.portrait(person.number),
        "front": portraits.paper("CAN CUOC CONG DAN", lines),
        "back": portraits.paper("MAT SAU", lines),
    }
    for kind, content in photos.items():
        drafts.attach_photo(draft_id=draft.id, kind=kind, content=content, now=now)
    Draft.objects.filter(id=draft.id).update(
        confirmed_number=person.number, confirmed_phone=contact.phone, confirmed_at=now
    )
    filing.file_declaration(draft_id=draft.id, now=now)


def _report_late(number: str, now: datetime) -> None:
    """A petition that waits at the desk: about the newest late period of BHXH."""
    by = Actor.citizen(number)
    access = open_record(by=by, subject=number, purpose="demo")
    periods = insurance_queries.contribution_history(access, "bhxh").periods
    late = next(period for period in periods if period.state == "late")
    opening.open_petition(
        access=access,
        kind=Kind.DATA_ERROR,
        line=lines.line(access, lines.LineKind.PERIOD, late.id),
        wording=opening.Wording(
            "Công ty báo đã nộp đủ các tháng này, bảng lương có trừ tiền.", "Đã đóng"
        ),
        parcel=new_parcel(),
        by=by,
        now=now,
    )


def _contact(person: PersonFacts) -> accounts.Contact:
    return accounts.Contact(
        phone=person.phone,
        email=person.email,
        address_era=person.address_era,
        address_province=person.address_province,
        address_district=person.address_district,
        address_commune=person.address_commune,
        address_street=person.address_street,
    )


def _homes() -> Iterator[Place]:
    for province in cast.HOMES:
        stations = Facility.objects.filter(province_code=province, kind=FacilityKind.STATION)
        if province == "01":
            stations = stations.filter(commune_code__in=_communes_of(cast.OFFICE))
        station = stations.order_by("commune_code").first()
        if station is None:
            raise LookupError(f"no health station in province {province}: run load_reference")
        area = reference.area("2025", station.commune_code)
        hospital = (
            Facility.objects.filter(
                province_code=province,
                code__startswith=station.code[:2],
                kind__in=(FacilityKind.HOSPITAL, FacilityKind.CENTRE),
            )
            .order_by("code")
            .first()
        )
        yield Place(
            province_code=province,
            commune_code=station.commune_code,
            commune_name=area.name if area else "",
            wage_region=1 if province in {"01", "79", "31", "48"} else 2,
            facility_code=station.code,
            facility_name=station.name,
            hospital_code=hospital.code if hospital else "",
            hospital_name=hospital.name if hospital else "",
        )


def _communes_of(office: str) -> list[str]:
    served = AgencyArea.objects.filter(agency_id=office, era=Era.TODAY)
    return list(served.values_list("area_code", flat=True))
