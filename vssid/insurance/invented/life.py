"""What is known of one invented person, row by row, with the field names of the record.

Months are stored months (`YYYYMM`, both ends included), money is in đồng, times are in UTC.
Ids are UUIDs of version 7 that bear the day of the event and are the same in every run.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Person:
    """An insured person; `id_number` is empty for a small child without a card."""

    number: str
    full_name: str
    sex: str
    birth_date: date
    birth_date_precision: str
    id_kind: str
    id_number: str
    nationality: str
    ethnicity: str
    phone: str
    email: str
    address_era: str
    address_province: str
    address_district: str
    address_commune: str
    address_street: str
    household_code: str
    is_invented: bool
    died_on: date | None
    record_version: int


@dataclass(frozen=True, slots=True)
class Card:
    """One health insurance card; `valid_to` is None while the ground for it goes on."""

    number: str
    id: UUID
    card_number: str
    group_code: str
    benefit_level: int
    issuing_province: str
    facility_code: str
    facility_name: str
    valid_from: date
    valid_to: date | None
    five_year_date: date | None
    living_area: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class ContributionPeriod:
    """Months of one fund with one salary.

    `salary` is what the contribution is reckoned on (cut at the ceiling), `wage` what was agreed.
    For BHYT of households, pupils and students both are the base wage.
    """

    number: str
    id: UUID
    fund: str
    kind: str
    state: str
    from_month: int
    to_month: int
    employer_code: str
    employer_name: str
    occupation: str
    position: str
    workplace: str
    currency: str
    salary: int
    wage: int
    wage_region: int


@dataclass(frozen=True, slots=True)
class Benefit:
    """A decision on a benefit.

    `amount` is the sum decided on; for a pension it is the first monthly amount, later ones stand
    in the entries of kind "adjustment". For a one-time withdrawal `from_date` to `to_date` is the
    time it settles: the months of BHXH in it stay in the history but no longer count.
    """

    number: str
    id: UUID
    kind: str
    regime: str
    decision_number: str
    decision_date: date
    from_date: date
    to_date: date | None
    employer_name: str
    amount: int
    account_number: str
    bank: str
    impairment_percent: int | None
    months: int | None


@dataclass(frozen=True, slots=True)
class BenefitEntry:
    """An increase (`amount` is the new monthly amount) or a payment of a benefit."""

    number: str
    id: UUID
    benefit_id: UUID
    kind: str
    from_date: date
    amount: int
    note: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to a health facility; the four parts add up to `total`."""

    number: str
    id: UUID
    facility_code: str
    facility_name: str
    department: str
    entered_at: datetime
    left_at: datetime
    visit_kind: str
    disease_code: str
    disease_name: str
    paid_on: date
    total: int
    insurance_paid: int
    co_paid: int
    self_paid: int
    other_source: int


@dataclass(frozen=True, slots=True)
class VisitCost:
    """One line of a visit's bill."""

    number: str
    id: UUID
    visit_id: UUID
    line: int
    code: str
    name: str
    unit: str
    quantity: Decimal
    unit_price: int
    benefit_rate: int
    amount: int
    other_source: int
    self_paid: int
    co_paid: int
    insurance_paid: int


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper that a facility issued at a visit (TT 56/2017/TT-BYT)."""

    number: str
    id: UUID
    visit_id: UUID
    serial: str
    kind: str
    issued_on: date
    state: str


@dataclass(frozen=True, slots=True)
class Household:
    """People living together and the number of their head."""

    code: str
    head_number: str


@dataclass(frozen=True, slots=True)
class Guardianship:
    """`number` (the guardian) answers for `child_number`."""

    number: str
    id: UUID
    child_number: str
    relation: str
    from_date: date
    to_date: date | None


@dataclass(frozen=True, slots=True)
class Employer:
    """A unit that contributes for its people."""

    code: str
    name: str
    address: str
    commune_code: str
    wage_region: int
    founded_on: date
    closed_on: date | None
    is_invented: bool


@dataclass(frozen=True, slots=True)
class PersonLife:
    """A person with every row of their record, each kind in order of time."""

    person: Person
    cards: tuple[Card, ...]
    periods: tuple[ContributionPeriod, ...]
    benefits: tuple[Benefit, ...]
    benefit_entries: tuple[BenefitEntry, ...]
    visits: tuple[Visit, ...]
    visit_costs: tuple[VisitCost, ...]
    papers: tuple[IssuedPaper, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """One household: its people, who answers for whom, and every employer their rows name."""

    household: Household
    lives: tuple[PersonLife, ...]
    guardianships: tuple[Guardianship, ...]
    employers: tuple[Employer, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the era 2025 where invented people live, with its health facility.

    `hospital_*` is where that facility sends people for a bed, surgery or endoscopy; empty where
    the facility has them itself.
    """

    province_code: str
    commune_code: str
    commune_name: str
    wage_region: int
    facility_code: str
    facility_name: str
    hospital_code: str = ""
    hospital_name: str = ""
