"""Records for tests, row by row: every function takes what differs from an ordinary row."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import open_record
from vssid.insurance import records
from vssid.insurance.commands import write_lives
from vssid.insurance.invented import life
from vssid.kernel.uuid7 import uuid7

AN = "0123456789"
BINH = "0123456790"
CHI = "0123456791"
CLERK = Actor.system("tests")


def a_person(number: str = AN, **changes: Any) -> life.Person:
    """A worker without a paper of identity, unless one is given."""
    person = life.Person(
        number=number,
        full_name="Nguyễn Thị An",
        sex="F",
        birth_date=date(1990, 5, 12),
        birth_date_precision="day",
        id_kind="",
        id_number="",
        nationality="VNM",
        ethnicity="Kinh",
        phone="+84912345678",
        email="",
        address_era="2025",
        address_province="01",
        address_district="",
        address_commune="00004",
        address_street="Số 5, ngõ 12",
        household_code="",
        is_invented=True,
        died_on=None,
        record_version=1,
    )
    return replace(person, **changes)


def a_card(number: str = AN, **changes: Any) -> life.Card:
    """A card of an employee, valid through 2026."""
    card = life.Card(
        number=number,
        id=uuid7(),
        card_number=f"DN401{number}",
        group_code="DN",
        benefit_level=4,
        issuing_province="01",
        facility_code="01003",
        facility_name="Bệnh viện Thử nghiệm",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        five_year_date=date(2020, 4, 1),
        living_area="",
        issued_on=date(2025, 12, 20),
    )
    return replace(card, **changes)


def a_period(number: str = AN, **changes: Any) -> life.ContributionPeriod:
    """A year of BHXH paid by one employer."""
    period = life.ContributionPeriod(
        number=number,
        id=uuid7(),
        fund="bhxh",
        kind="compulsory",
        state="paid",
        from_month=202501,
        to_month=202512,
        employer_code="TA0001A",
        employer_name="Công ty TNHH Thử nghiệm",
        occupation="Công nhân may",
        position="Công nhân",
        workplace="Hà Nội",
        currency="VND",
        salary=6_000_000,
        wage=6_500_000,
        wage_region=1,
    )
    return replace(period, **changes)


def a_benefit(number: str = AN, **changes: Any) -> life.Benefit:
    """Sick pay, decided and paid once."""
    benefit = life.Benefit(
        number=number,
        id=uuid7(),
        kind="ngan-han",
        regime="Ốm đau",
        decision_number="12/QĐ-BHXH",
        decision_date=date(2025, 3, 20),
        from_date=date(2025, 3, 3),
        to_date=date(2025, 3, 5),
        employer_name="Công ty TNHH Thử nghiệm",
        amount=562_500,
        account_number="0011223344",
        bank="Ngân hàng Thử nghiệm",
        impairment_percent=None,
        months=None,
    )
    return replace(benefit, **changes)


def an_entry(benefit: life.Benefit, **changes: Any) -> life.BenefitEntry:
    """A payment of a benefit."""
    entry = life.BenefitEntry(
        number=benefit.number,
        id=uuid7(),
        benefit_id=benefit.id,
        kind="payment",
        from_date=date(2025, 3, 25),
        amount=benefit.amount,
        note="",
    )
    return replace(entry, **changes)


def a_visit(number: str = AN, **changes: Any) -> life.Visit:
    """An outpatient visit of 200.000 đ, of which insurance paid 160.000 đ."""
    visit = life.Visit(
        number=number,
        id=uuid7(),
        facility_code="01003",
        facility_name="Bệnh viện Thử nghiệm",
        department="Khoa Khám bệnh",
        entered_at=datetime(2025, 6, 2, 1, 30, tzinfo=UTC),
        left_at=datetime(2025, 6, 2, 3, 0, tzinfo=UTC),
        visit_kind="outpatient",
        disease_code="J00",
        disease_name="Viêm mũi họng cấp",
        paid_on=date(2025, 6, 2),
        total=200_000,
        insurance_paid=160_000,
        co_paid=40_000,
        self_paid=0,
        other_source=0,
    )
    return replace(visit, **changes)


def a_cost(visit: life.Visit, **changes: Any) -> life.VisitCost:
    """The one line of the ordinary visit's bill."""
    cost = life.VisitCost(
        number=visit.number,
        id=uuid7(),
        visit_id=visit.id,
        line=1,
        code="02.1896",
        name="Khám bệnh",
        unit="Lần",
        quantity=Decimal("1.50"),
        unit_price=133_333,
        benefit_rate=80,
        amount=200_000,
        other_source=0,
        self_paid=0,
        co_paid=40_000,
        insurance_paid=160_000,
    )
    return replace(cost, **changes)


def a_paper(visit: life.Visit, **changes: Any) -> life.IssuedPaper:
    """A certificate of leave."""
    paper = life.IssuedPaper(
        number=visit.number,
        id=uuid7(),
        visit_id=visit.id,
        serial="01003-0001",
        kind="Giấy chứng nhận nghỉ việc hưởng BHXH",
        issued_on=date(2025, 6, 2),
        state="Hợp lệ",
    )
    return replace(paper, **changes)


def a_life(person: life.Person | None = None, **rows: Any) -> life.PersonLife:
    """A life with the rows given and nothing else."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("cards", "periods", "benefits", "benefit_entries", "visits", "visit_costs", "papers"), ()
    )
    return life.PersonLife(person=person or a_person(), **{**nothing, **rows})


def stored(*lives: life.PersonLife) -> None:
    """Write the lives into the database."""
    write_lives(lives=lives, by=CLERK)


def key_to(number: str = AN) -> Access:
    """The owner's key to their own record."""
    return open_record(by=Actor.citizen(number), subject=number, purpose="test")


def a_span(
    state: str, from_month: int, to_month: int, employer: str = "", kind: str = "compulsory"
) -> records.PaidSpan:
    """The part of a period that rules look at."""
    return records.PaidSpan(state, from_month, to_month, employer, kind)
