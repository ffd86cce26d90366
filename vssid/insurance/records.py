"""What the record screens show, as values: read by `queries`, judged by `rules`.

Months are integers YYYYMM, inclusive; money is whole đồng; moments are aware and in UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal
from uuid import UUID

from vssid.kernel.months import Month, MonthSpan

NO_ROW: Final = UUID(int=0)
"""Of a line that is not read to be reported: home shows cards without naming their rows."""

FundCode = Literal["bhxh", "bhtn", "bhtnld-bnn", "bhyt"]
BenefitCode = Literal["mot-lan", "ngan-han", "tnld-bnn", "hang-thang", "bhtn"]


@dataclass(frozen=True, slots=True)
class CardDetails:
    """One BHYT card. `valid_to` None: until further notice."""

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
    id: UUID = NO_ROW


@dataclass(frozen=True, slots=True)
class CardHolder:
    """What the card and its QR say of the person. `address` is one line or empty."""

    number: str
    full_name: str
    birth_date: date
    birth_date_precision: str
    sex: str
    address: str


@dataclass(frozen=True, slots=True)
class PaidSpan:
    """The little of a contribution period that home needs."""

    state: str
    from_month: int
    to_month: int
    employer_name: str
    kind: str

    @property
    def span(self) -> MonthSpan:
        """The months of the period."""
        return MonthSpan(Month.from_yyyymm(self.from_month), Month.from_yyyymm(self.to_month))

    @property
    def counted(self) -> range:
        """The same months as plain numbers, year * 12 + month - 1, for walking through many.

        None where a row says that it ended before it began.
        """
        first, last = self.from_month, self.to_month
        return range(first // 100 * 12 + first % 100 - 1, last // 100 * 12 + last % 100)


@dataclass(frozen=True, slots=True)
class CardBook:
    """The holder and their cards, the newest first.

    `last_job`: the newest compulsory period of any fund; with `died_on`, it tells why no card is
    valid.
    """

    holder: CardHolder
    cards: tuple[CardDetails, ...]
    last_job: PaidSpan | None = None
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class Period(PaidSpan):
    """A contribution period with all that is known of it; `salary` and `wage` are a month's.

    `wage_region` is the employer's (1 to 4), 0 where it is not known.
    """

    occupation: str
    position: str
    workplace: str
    currency: str
    salary: int
    wage: int
    wage_region: int = 0
    id: UUID = NO_ROW


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """Whose record the person may read; `id` is the guardianship's, or the share's."""

    id: UUID
    number: str
    full_name: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the person is, as home shows it (guides I01)."""

    number: str
    full_name: str
    birth_date: date
    birth_date_precision: str
    id_kind: str
    id_number: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class BenefitEntryDetails:
    """An adjustment («adjustment») or a payment («payment») of a benefit."""

    kind: str
    from_date: date
    amount: int
    note: str


@dataclass(frozen=True, slots=True)
class MonthlyBenefit:
    """A monthly benefit that runs, as home tells it: every adjustment, the payments of late."""

    regime: str
    from_date: date
    to_date: date | None
    amount: int
    account_number: str
    bank: str
    entries: tuple[BenefitEntryDetails, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """«Quản lý cá nhân»: the person, their cards, BHXH periods and family.

    `settled` are the months that a one-time withdrawal of BHXH has used up; `monthly` the monthly
    benefits that run; `shared`: who lets the person read their record.
    """

    identity: Identity
    cards: tuple[CardDetails, ...]
    periods: tuple[PaidSpan, ...]
    settled: tuple[MonthSpan, ...]
    family: tuple[FamilyMember, ...]
    monthly: tuple[MonthlyBenefit, ...] = ()
    died_on: date | None = None
    shared: tuple[FamilyMember, ...] = ()


@dataclass(frozen=True, slots=True)
class ContributionHistory:
    """The periods of one fund, the newest first, and the months used up (BHXH only)."""

    fund: str
    periods: tuple[Period, ...]
    settled: tuple[MonthSpan, ...]


@dataclass(frozen=True, slots=True)
class DrawnUnemployment:
    """Unemployment benefit granted: from when, for how many months (0: not known), how much a
    month, when it ended early, and its payments.
    """

    from_date: date
    months: int
    to_date: date | None = None
    amount: int = 0
    entries: tuple[BenefitEntryDetails, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkingLife:
    """What estimates are made from: who it is, and what was paid in BHXH and BHTN.

    `settled` are the months of BHXH that a one-time withdrawal has used up; `drawn` unemployment
    benefits, the oldest first; `household_until` is the last day of the last BHYT card of a
    household; `monthly` are the monthly benefits that run.
    """

    birth_date: date
    birth_date_precision: str
    sex: str
    social: tuple[Period, ...]
    jobs: tuple[Period, ...]
    settled: tuple[MonthSpan, ...]
    drawn: tuple[DrawnUnemployment, ...]
    household_until: date | None
    monthly: tuple[MonthlyBenefit, ...] = ()


@dataclass(frozen=True, slots=True)
class BenefitDetails:
    """One benefit with its entries, the newest first."""

    id: UUID
    kind: str
    regime: str
    decision_number: str
    decision_date: date | None
    from_date: date
    to_date: date | None
    employer_name: str
    amount: int
    account_number: str
    bank: str
    impairment_percent: int | None
    months: int | None
    entries: tuple[BenefitEntryDetails, ...]


@dataclass(frozen=True, slots=True)
class UnemploymentBook:
    """The benefits of «bhtn», the newest first, and the periods of that fund."""

    benefits: tuple[BenefitDetails, ...]
    periods: tuple[PaidSpan, ...]


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of a visit's bill; `benefit_rate` in percent."""

    line: int
    code: str
    name: str
    unit: str
    quantity: Decimal
    unit_price: int
    benefit_rate: int
    amount: int
    insurance_paid: int
    co_paid: int
    self_paid: int
    other_source: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper issued for a visit."""

    serial: str
    kind: str
    issued_on: date
    state: str


@dataclass(frozen=True, slots=True)
class VisitDetails:
    """One insured visit with its bill and its papers."""

    id: UUID
    facility_code: str
    facility_name: str
    department: str
    entered_at: datetime
    left_at: datetime
    visit_kind: str
    disease_code: str
    disease_name: str
    paid_on: date | None
    total: int
    insurance_paid: int
    co_paid: int
    self_paid: int
    other_source: int
    costs: tuple[CostLine, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class MedicalBook:
    """The visits of one year, the newest first, and every year that has any, the newest first."""

    year: int
    years: tuple[int, ...]
    visits: tuple[VisitDetails, ...]


@dataclass(frozen=True, slots=True)
class VisitHeading:
    """The little of a visit that a search through all years lists."""

    id: UUID
    facility_name: str
    entered_at: datetime
    disease_code: str
    disease_name: str
    total: int
