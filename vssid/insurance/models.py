"""The record a person sees: cards, contributions, benefits, medical visits.

Every table is led by the person's number. Rows below a benefit or a visit carry the number and
the parent's id, and a foreign key on that pair (made in the first migration), so that what belongs
to one person stays together when tables are spread over machines. Months are integers YYYYMM,
inclusive; money is whole đồng.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vssid.insurance.papers.models import HistoryStatement as HistoryStatement
from vssid.insurance.papers.models import StatementCode as StatementCode
from vssid.insurance.person_rows import PersonRow, PersonSubrow
from vssid.kernel.privacy import Privacy

MONTH_PATTERN = r"^(19|20)[0-9]{2}(0[1-9]|1[0-2])$"
CARD_NUMBER_PATTERN = r"^[A-Z]{2}[1-5][0-9]{2}[0-9A-Z]{10}$"
FACILITY_CODE_PATTERN = r"^[0-9A-Z]{5}$"
LIVING_AREAS = ["", "K1", "K2", "K3"]
COST_SHARES = ("insurance_paid", "co_paid", "self_paid", "other_source")


class Fund(models.TextChoices):
    """The four funds, as they stand in addresses."""

    BHXH = "bhxh"
    BHTN = "bhtn"
    BHTNLD_BNN = "bhtnld-bnn"
    BHYT = "bhyt"


class ContributionKind(models.TextChoices):
    """Who pays and why."""

    COMPULSORY = "compulsory"
    VOLUNTARY = "voluntary"
    HOUSEHOLD = "household"
    SUPPORTED = "supported"


class ContributionState(models.TextChoices):
    """Whether the money has arrived."""

    PAID = "paid"
    LATE = "late"


class BenefitKind(models.TextChoices):
    """The five lists of «Thông tin hưởng», as they stand in addresses."""

    ONE_TIME = "mot-lan"
    SHORT_TERM = "ngan-han"
    ACCIDENT = "tnld-bnn"
    MONTHLY = "hang-thang"
    UNEMPLOYMENT = "bhtn"


class EntryKind(models.TextChoices):
    """What happened to a benefit."""

    ADJUSTMENT = "adjustment"
    PAYMENT = "payment"


class VisitKind(models.TextChoices):
    """How the patient was treated."""

    OUTPATIENT = "outpatient"
    INPATIENT = "inpatient"


def _not_negative(name: str, *fields: str) -> models.CheckConstraint:
    condition = Q(**{f"{fields[0]}__gte": 0})
    for field in fields[1:]:
        condition &= Q(**{f"{field}__gte": 0})
    return models.CheckConstraint(name=name, condition=condition)


def _sum_of_shares(name: str, total: str) -> models.CheckConstraint:
    shares = F("insurance_paid") + F("co_paid") + F("self_paid") + F("other_source")
    return models.CheckConstraint(name=name, condition=Q(**{total: shares}))


def _ends_after(name: str, start: str, end: str) -> models.CheckConstraint:
    condition = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)})
    return models.CheckConstraint(name=name, condition=condition)


class Card(PersonRow):
    """A BHYT card (domain §1). `valid_to` open: valid until further notice."""

    card_number = models.CharField(max_length=15, db_collation="C")
    group_code = models.CharField(max_length=2, db_collation="C")
    benefit_level = models.PositiveSmallIntegerField()
    issuing_province = models.CharField(max_length=2, db_collation="C")
    facility_code = models.CharField(max_length=5, db_collation="C")
    facility_name = models.CharField(max_length=255)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    five_year_date = models.DateField(null=True, blank=True)
    living_area = models.CharField(max_length=2, blank=True, default="")
    issued_on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "card_number": Privacy.KEY,
        "group_code": Privacy.IDENTITY,
        "benefit_level": Privacy.IDENTITY,
        "issuing_province": Privacy.IDENTITY,
        "facility_code": Privacy.HEALTH,
        "facility_name": Privacy.HEALTH,
        "valid_from": Privacy.WORK,
        "valid_to": Privacy.WORK,
        "five_year_date": Privacy.WORK,
        "living_area": Privacy.CONTACT,
        "issued_on": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="card_number_is_well_formed",
                condition=Q(card_number__regex=CARD_NUMBER_PATTERN),
            ),
            models.CheckConstraint(
                name="card_group_leads_its_number",
                condition=Q(card_number__startswith=F("group_code")),
            ),
            models.CheckConstraint(
                name="card_benefit_level", condition=Q(benefit_level__range=(1, 5))
            ),
            models.CheckConstraint(
                name="card_facility_code", condition=Q(facility_code__regex=FACILITY_CODE_PATTERN)
            ),
            models.CheckConstraint(
                name="card_living_area", condition=Q(living_area__in=LIVING_AREAS)
            ),
            _ends_after("card_ends_after_it_begins", "valid_from", "valid_to"),
            models.UniqueConstraint(
                name="card_once_a_start", fields=["person", "card_number", "valid_from"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_number} ({self.valid_from})"


class ContributionPeriod(PersonRow):
    """A span of months insured in one fund, with one employer and one pay."""

    fund = models.CharField(max_length=10, choices=Fund)
    kind = models.CharField(max_length=10, choices=ContributionKind)
    state = models.CharField(max_length=4, choices=ContributionState)
    from_month = models.PositiveIntegerField()
    to_month = models.PositiveIntegerField()
    employer_code = models.CharField(max_length=20, blank=True, default="", db_collation="C")
    employer_name = models.CharField(max_length=255, blank=True, default="")
    occupation = models.CharField(max_length=255, blank=True, default="")
    position = models.CharField(max_length=255, blank=True, default="")
    workplace = models.CharField(max_length=255, blank=True, default="")
    currency = models.CharField(max_length=3, default="VND")
    salary = models.BigIntegerField(default=0)
    wage = models.BigIntegerField(default=0)
    wage_region = models.PositiveSmallIntegerField(default=0)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "fund": Privacy.WORK,
        "kind": Privacy.WORK,
        "state": Privacy.WORK,
        "from_month": Privacy.WORK,
        "to_month": Privacy.WORK,
        "employer_code": Privacy.WORK,
        "employer_name": Privacy.WORK,
        "occupation": Privacy.WORK,
        "position": Privacy.WORK,
        "workplace": Privacy.WORK,
        "currency": Privacy.MONEY,
        "salary": Privacy.MONEY,
        "wage": Privacy.MONEY,
        "wage_region": Privacy.WORK,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="contribution_fund", condition=Q(fund__in=Fund.values)),
            models.CheckConstraint(
                name="contribution_kind", condition=Q(kind__in=ContributionKind.values)
            ),
            models.CheckConstraint(
                name="contribution_state", condition=Q(state__in=ContributionState.values)
            ),
            models.CheckConstraint(
                name="contribution_months_exist",
                condition=Q(from_month__regex=MONTH_PATTERN) & Q(to_month__regex=MONTH_PATTERN),
            ),
            _ends_after("contribution_ends_after_it_begins", "from_month", "to_month"),
            models.CheckConstraint(
                name="contribution_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")
            ),
            _not_negative("contribution_pay_is_not_negative", "salary", "wage"),
            models.CheckConstraint(
                name="contribution_wage_region", condition=Q(wage_region__range=(0, 4))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.from_month}–{self.to_month}"


class Benefit(PersonRow):
    """A benefit granted. `amount` is monthly for «hang-thang» and «bhtn», otherwise in all."""

    kind = models.CharField(max_length=10, choices=BenefitKind)
    regime = models.CharField(max_length=120)
    decision_number = models.CharField(max_length=60, blank=True, default="")
    decision_date = models.DateField(null=True, blank=True)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    employer_name = models.CharField(max_length=255, blank=True, default="")
    amount = models.BigIntegerField()
    account_number = models.CharField(max_length=40, blank=True, default="")
    bank = models.CharField(max_length=120, blank=True, default="")
    impairment_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "kind": Privacy.HEALTH,
        "regime": Privacy.HEALTH,
        "decision_number": Privacy.INTERNAL,
        "decision_date": Privacy.INTERNAL,
        "from_date": Privacy.HEALTH,
        "to_date": Privacy.HEALTH,
        "employer_name": Privacy.WORK,
        "amount": Privacy.MONEY,
        "account_number": Privacy.MONEY,
        "bank": Privacy.MONEY,
        "impairment_percent": Privacy.HEALTH,
        "months": Privacy.MONEY,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="benefit_kind", condition=Q(kind__in=BenefitKind.values)),
            _not_negative("benefit_amount_is_not_negative", "amount"),
            _ends_after("benefit_ends_after_it_begins", "from_date", "to_date"),
            models.CheckConstraint(
                name="benefit_impairment_is_of_an_accident",
                condition=Q(impairment_percent__isnull=True)
                | Q(kind="tnld-bnn", impairment_percent__range=(0, 100)),
            ),
            models.CheckConstraint(
                name="benefit_months_are_of_unemployment",
                condition=Q(months__isnull=True) | Q(kind="bhtn", months__range=(1, 12)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_date}"


class BenefitEntry(PersonSubrow):
    """What happened to a benefit: an adjustment of its amount or a payment."""

    benefit_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=EntryKind)
    from_date = models.DateField()
    amount = models.BigIntegerField()
    note = models.CharField(max_length=255, blank=True, default="")

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "benefit_id": Privacy.INTERNAL,
        "kind": Privacy.MONEY,
        "from_date": Privacy.MONEY,
        "amount": Privacy.MONEY,
        "note": Privacy.MONEY,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="benefit_entry_kind", condition=Q(kind__in=EntryKind.values)
            ),
            _not_negative("benefit_entry_amount_is_not_negative", "amount"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_date}"


class Visit(PersonRow):
    """An insured visit to a health facility, with what it cost and who paid (XML1)."""

    facility_code = models.CharField(max_length=5, db_collation="C")
    facility_name = models.CharField(max_length=255)
    department = models.CharField(max_length=120, blank=True, default="")
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField()
    visit_kind = models.CharField(max_length=10, choices=VisitKind)
    disease_code = models.CharField(max_length=10, db_collation="C")
    disease_name = models.CharField(max_length=255)
    paid_on = models.DateField(null=True, blank=True)
    total = models.BigIntegerField()
    insurance_paid = models.BigIntegerField()
    co_paid = models.BigIntegerField()
    self_paid = models.BigIntegerField()
    other_source = models.BigIntegerField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "facility_code": Privacy.HEALTH,
        "facility_name": Privacy.HEALTH,
        "department": Privacy.HEALTH,
        "entered_at": Privacy.HEALTH,
        "left_at": Privacy.HEALTH,
        "visit_kind": Privacy.HEALTH,
        "disease_code": Privacy.HEALTH,
        "disease_name": Privacy.HEALTH,
        "paid_on": Privacy.MONEY,
        "total": Privacy.MONEY,
        "insurance_paid": Privacy.MONEY,
        "co_paid": Privacy.MONEY,
        "self_paid": Privacy.MONEY,
        "other_source": Privacy.MONEY,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_facility_code", condition=Q(facility_code__regex=FACILITY_CODE_PATTERN)
            ),
            models.CheckConstraint(name="visit_kind", condition=Q(visit_kind__in=VisitKind.values)),
            _ends_after("visit_ends_after_it_begins", "entered_at", "left_at"),
            _not_negative("visit_costs_are_not_negative", *COST_SHARES),
            _sum_of_shares("visit_total_is_the_sum_of_shares", "total"),
        ]

    def __str__(self) -> str:
        return f"{self.entered_at:%Y-%m-%d} {self.facility_code}"


class VisitCost(PersonSubrow):
    """One line of a visit's bill (XML2, XML3)."""

    visit_id = models.UUIDField()
    line = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40, db_collation="C")
    name = models.CharField(max_length=255)
    unit = models.CharField(max_length=40)
    quantity = models.DecimalField(max_digits=12, decimal_places=2)
    unit_price = models.BigIntegerField()
    benefit_rate = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    other_source = models.BigIntegerField()
    self_paid = models.BigIntegerField()
    co_paid = models.BigIntegerField()
    insurance_paid = models.BigIntegerField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "visit_id": Privacy.INTERNAL,
        "line": Privacy.INTERNAL,
        "code": Privacy.HEALTH,
        "name": Privacy.HEALTH,
        "unit": Privacy.HEALTH,
        "quantity": Privacy.HEALTH,
        "unit_price": Privacy.MONEY,
        "benefit_rate": Privacy.MONEY,
        "amount": Privacy.MONEY,
        "other_source": Privacy.MONEY,
        "self_paid": Privacy.MONEY,
        "co_paid": Privacy.MONEY,
        "insurance_paid": Privacy.MONEY,
    }

    class Meta:
        constraints = [
            _not_negative("visit_cost_is_not_negative", "quantity", "unit_price", *COST_SHARES),
            models.CheckConstraint(
                name="visit_cost_benefit_rate", condition=Q(benefit_rate__range=(0, 100))
            ),
            _sum_of_shares("visit_cost_is_the_sum_of_shares", "amount"),
            # Also what the medical book finds a visit's lines by.
            models.UniqueConstraint(
                name="visit_cost_line_once", fields=["person", "visit_id", "line"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.line}"


class IssuedPaper(PersonSubrow):
    """A paper that the facility issued for a visit (TT 56/2017/TT-BYT)."""

    visit_id = models.UUIDField()
    serial = models.CharField(max_length=40)
    kind = models.CharField(max_length=120)
    issued_on = models.DateField()
    state = models.CharField(max_length=40)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "visit_id": Privacy.INTERNAL,
        "serial": Privacy.HEALTH,
        "kind": Privacy.HEALTH,
        "issued_on": Privacy.HEALTH,
        "state": Privacy.HEALTH,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="issued_paper_once", fields=["person", "visit_id", "serial"]
            ),
        ]

    def __str__(self) -> str:
        return self.serial
