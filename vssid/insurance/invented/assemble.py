"""From a plan to a whole life: every row of one person."""

from dataclasses import dataclass
from random import Random

from vssid.insurance.invented.benefits import BenefitBook
from vssid.insurance.invented.contributions import (
    cover_periods,
    employment_periods,
    voluntary_periods,
)
from vssid.insurance.invented.cover import make_cards, paint_cover
from vssid.insurance.invented.life import Person, PersonLife
from vssid.insurance.invented.numbers import mobile_phone, old_id_number, personal_number
from vssid.insurance.invented.plan import Plan, Setting, Someone
from vssid.insurance.invented.timeline import age_on, counted
from vssid.insurance.invented.visits import VisitBook

ID_CARD_AGE = 14
"""From this age on an identity card must be had; before it may (Luật 26/2023 Đ.19)."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person is reached and what they show; drawn by chance or set by hand."""

    street: str
    phone: str
    email: str
    id_kind: str
    precision: str = "day"


def draw_contact(
    rng: Random, who: Someone, setting: Setting, street: str, precision: str
) -> Contact:
    """Phone, e-mail and identity document by age."""
    age = age_on(who.born, setting.today)
    phone_share = 0.0 if age < 12 else 0.5 if age < 18 else 0.97 if age < 70 else 0.7
    phone = mobile_phone(who.serial) if rng.random() < phone_share else ""
    email = f"nguoi{who.serial}@example.com" if phone and rng.random() < 0.35 else ""
    if age < ID_CARD_AGE:
        id_kind = "cccd" if age >= 6 and rng.random() < 0.4 else ""
    else:
        id_kind = "cmnd" if age >= 72 and rng.random() < 0.15 else "cccd"
    return Contact(street, phone, email, id_kind, precision)


def assemble(
    rng: Random, who: Someone, plan: Plan, setting: Setting, contact: Contact
) -> PersonLife:
    """Every row of a person, each kind in order of time."""
    cover = paint_cover(who, plan, setting)
    last_month = counted(setting.today if who.died is None else who.died)
    periods = employment_periods(rng, who, plan)
    periods += voluntary_periods(rng, who, plan)
    periods += cover_periods(rng, who, cover.runs, last_month)
    periods.sort(key=lambda row: (row.from_month, row.fund))
    cards = make_cards(rng, who, cover, setting.today)
    benefits = BenefitBook(rng, who, setting, periods)
    benefits.write(plan)
    visits = VisitBook(rng, who, setting, cards, benefits)
    visits.write(plan)
    return PersonLife(
        person=_person(who, contact),
        cards=tuple(cards),
        periods=tuple(periods),
        benefits=tuple(sorted(benefits.benefits, key=lambda row: row.decision_date)),
        benefit_entries=tuple(benefits.entries),
        visits=tuple(visits.visits),
        visit_costs=tuple(visits.costs),
        papers=tuple(visits.papers),
    )


def _person(who: Someone, contact: Contact) -> Person:
    id_number = ""
    if contact.id_kind == "cccd":
        id_number = personal_number(who.serial, who.place.province_code, who.sex, who.born)
    elif contact.id_kind == "cmnd":
        id_number = old_id_number(who.serial)
    return Person(
        number=who.number,
        full_name=who.full_name,
        sex=who.sex,
        birth_date=who.born,
        birth_date_precision=contact.precision,
        id_kind=contact.id_kind,
        id_number=id_number,
        nationality="VNM",
        ethnicity=who.ethnicity,
        phone=contact.phone,
        email=contact.email,
        address_era="2025",
        address_province=who.place.province_code,
        address_district="",
        address_commune=who.place.commune_code,
        address_street=contact.street,
        household_code=who.household,
        is_invented=True,
        died_on=who.died,
        record_version=1,
    )
