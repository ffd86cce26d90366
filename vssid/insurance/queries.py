"""The record pages, each read in one round trip. All of them need the key that audit makes."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from vssid.audit.access import Access
from vssid.audit.commands import with_look
from vssid.insurance import statements
from vssid.insurance.records import (
    BenefitDetails,
    BenefitEntryDetails,
    CardBook,
    CardDetails,
    CardHolder,
    ContributionHistory,
    CostLine,
    DrawnUnemployment,
    FamilyMember,
    Home,
    Identity,
    MedicalBook,
    MonthlyBenefit,
    PaidSpan,
    Paper,
    Period,
    UnemploymentBook,
    VisitDetails,
    VisitHeading,
    WorkingLife,
)
from vssid.kernel.months import Month, MonthSpan
from vssid.people.reading import read_rows


class UnknownPerson(LookupError):  # noqa: N818 - says who is missing.
    """The number belongs to nobody."""


def home(access: Access) -> Home:
    """«Quản lý cá nhân» (guides I01). Raises UnknownPerson."""
    rows = _read(access, statements.HOME)
    if not rows:
        raise UnknownPerson
    (name, born, precision, id_kind, id_number, phone, died,
     *places, cards, periods, settled, monthly, family, shared) = rows[0]  # fmt: skip
    return Home(
        identity=Identity(
            access.subject, name, born, precision, id_kind, id_number, phone, _one_line(places)
        ),
        cards=tuple(_card_of_json(card) for card in cards or ()),
        periods=tuple(PaidSpan(*period) for period in periods or ()),
        settled=_spans(settled),
        family=tuple(FamilyMember(UUID(one[0]), one[1], one[2]) for one in family or ()),
        monthly=tuple(_monthly(one) for one in monthly or ()),
        died_on=died,
        shared=tuple(FamilyMember(UUID(one[0]), one[1], one[2]) for one in shared or ()),
    )


def cards(access: Access) -> CardBook:
    """«Thẻ BHYT» (guides I02). Raises UnknownPerson."""
    rows = _read(access, statements.CARDS)
    if not rows:
        raise UnknownPerson
    name, born, precision, sex, *places = rows[0][:8]
    holder = CardHolder(access.subject, name, born, precision, sex, _one_line(places))
    died, job = rows[0][8:10]
    return CardBook(
        holder,
        tuple(CardDetails(*row[10:]) for row in rows if row[10] is not None),
        last_job=PaidSpan(*job) if job else None,
        died_on=died,
    )


def contribution_history(access: Access, fund: str) -> ContributionHistory:
    """«Quá trình tham gia» of one fund (guides I03, I04)."""
    rows = _read(access, statements.CONTRIBUTIONS, fund=fund)
    settled = _spans(rows[0][-1]) if rows else ()
    return ContributionHistory(fund, tuple(Period(*row[:-1]) for row in rows), settled)


def working_life(access: Access) -> WorkingLife:
    """What the estimates are filled in from. Raises UnknownPerson."""
    rows = _read(access, statements.WORKING_LIFE)
    if not rows:
        raise UnknownPerson
    born, precision, sex, settled, drawn, household_until, monthly = rows[0][:7]
    periods: dict[str, list[Period]] = {"bhxh": [], "bhtn": []}
    for row in rows:
        if row[7] is not None:
            periods[row[7]].append(Period(*row[8:]))
    return WorkingLife(
        born,
        precision,
        sex,
        social=tuple(periods["bhxh"]),
        jobs=tuple(periods["bhtn"]),
        settled=_spans(settled),
        drawn=tuple(_drawn(one) for one in drawn or ()),
        household_until=household_until,
        monthly=tuple(_monthly(one) for one in monthly or ()),
    )


def funds_with_periods(access: Access) -> frozenset[str]:
    """The funds in which anything was contributed, for the way into the history."""
    rows = _read(access, statements.FUNDS_WITH_PERIODS)
    return frozenset(fund for (fund,) in rows)


def kinds_with_benefits(access: Access) -> frozenset[str]:
    """The kinds of which any benefit was granted, for the way into the benefits."""
    rows = _read(access, statements.KINDS_WITH_BENEFITS)
    return frozenset(kind for (kind,) in rows)


def benefits(access: Access, kind: str) -> tuple[BenefitDetails, ...]:
    """«Thông tin hưởng» of one kind, the newest first (guides I05)."""
    rows = _read(access, statements.BENEFITS, kind=kind)
    return tuple(BenefitDetails(*(*row[:-1], _entries(row[-1]))) for row in rows)


def unemployment(access: Access) -> UnemploymentBook:
    """«BHTN» of «Thông tin hưởng», with the months that were paid for it (guides I05)."""
    ((benefits, periods),) = _read(access, statements.UNEMPLOYMENT)
    return UnemploymentBook(
        benefits=tuple(_benefit_of_json(one) for one in benefits or ()),
        periods=tuple(PaidSpan(*one) for one in periods or ()),
    )


def visits(access: Access) -> tuple[VisitHeading, ...]:
    """Every visit of every year, the newest first, without its bill."""
    rows = _read(access, statements.VISITS)
    return tuple(VisitHeading(*row) for row in rows)


def medical_book(access: Access, year: int | None = None) -> MedicalBook:
    """«Sổ khám chữa bệnh» of one year in Vietnam's time (guides I06).

    Without a year: the latest that has a visit, or this one.
    """
    rows = _read(access, statements.MEDICAL_BOOK, year=year)
    return MedicalBook(
        year=rows[0][0],
        years=tuple(rows[0][1] or ()),
        visits=tuple(_visit(row[2:]) for row in rows if row[2] is not None),
    )


def _read(access: Access, statement: str, **params: object) -> list[tuple[Any, ...]]:
    """The rows of the key's record. A look that is not written down yet is, in the same breath."""
    looking, look = with_look(access=access, statement=statement)
    return read_rows(looking, {"number": access.subject, **params, **look})


def _one_line(places: Iterable[str | None]) -> str:
    return ", ".join(place for place in places if place)


def _card_of_json(card: list[Any]) -> CardDetails:
    *texts, valid_from, valid_to, five_year_date, living_area, issued_on = card
    days = (date.fromisoformat(valid_from), _day(valid_to), _day(five_year_date))
    return CardDetails(*(*texts, *days, living_area, date.fromisoformat(issued_on)))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _spans(pairs: Iterable[tuple[str, str]] | None) -> tuple[MonthSpan, ...]:
    return tuple(
        MonthSpan(Month.of(date.fromisoformat(first)), Month.of(date.fromisoformat(last)))
        for first, last in pairs or ()
    )


def _monthly(one: list[Any]) -> MonthlyBenefit:
    regime, begins, ends, amount, account, bank, entries = one
    days = (date.fromisoformat(begins), _day(ends))
    return MonthlyBenefit(regime, *days, amount, account, bank, _entries(entries))


def _drawn(one: list[Any]) -> DrawnUnemployment:
    begins, months, ends, amount, entries = one
    return DrawnUnemployment(
        date.fromisoformat(begins), months, _day(ends), amount, _entries(entries)
    )


def _benefit_of_json(one: list[Any]) -> BenefitDetails:
    id_, kind, regime, decision, decided, begins, ends, *rest, entries = one
    days = (_day(decided), date.fromisoformat(begins), _day(ends))
    return BenefitDetails(*(UUID(id_), kind, regime, decision, *days, *rest, _entries(entries)))


def _entries(found: list[list[Any]] | None) -> tuple[BenefitEntryDetails, ...]:
    return tuple(
        BenefitEntryDetails(kind, date.fromisoformat(day), amount, note)
        for kind, day, amount, note in found or ()
    )


def _visit(row: tuple[Any, ...]) -> VisitDetails:
    *plain, costs, papers = row
    lines = tuple(_cost(cost) for cost in costs or ())
    issued = tuple(
        Paper(serial, kind, date.fromisoformat(day), state)
        for serial, kind, day, state in papers or ()
    )
    return VisitDetails(*(*plain, lines, issued))


def _cost(cost: list[Any]) -> CostLine:
    line, code, name, unit, quantity, *amounts = cost
    return CostLine(line, code, name, unit, Decimal(quantity), *amounts)
