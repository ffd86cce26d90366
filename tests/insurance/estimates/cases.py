"""What the tests of estimates share: periods and people in one line each."""

from datetime import date
from typing import Any

from vssid.insurance.estimates.codes import LineCode
from vssid.insurance.estimates.working import Figure, Refusal, Working
from vssid.insurance.records import DrawnUnemployment, Period, WorkingLife
from vssid.kernel.months import Month, MonthSpan


def paid(first: int, last: int, salary: int, **changes: Any) -> Period:
    """Months paid in work at one pay, in region I."""
    facts: dict[str, Any] = {"state": "paid", "kind": "compulsory", "currency": "VND", "region": 1}
    facts |= changes
    return Period(
        facts["state"],
        first,
        last,
        "Công ty Thử",
        facts["kind"],
        "",
        "",
        "",
        facts["currency"],
        salary,
        salary,
        facts["region"],
    )


def a_life(*social: Period, **changes: Any) -> WorkingLife:
    """A woman born on 12/05/1990 who paid so much BHXH, and BHTN alike unless `jobs` are given."""
    facts: dict[str, Any] = {
        "birth_date": date(1990, 5, 12),
        "birth_date_precision": "day",
        "sex": "F",
        "jobs": social,
        "settled": (),
        "drawn": (),
        "household_until": None,
    }
    return WorkingLife(social=social, **{**facts, **changes})


def drawn(day: date, months: int) -> DrawnUnemployment:
    """Unemployment benefit granted before."""
    return DrawnUnemployment(day, months)


def span(first: str, last: str) -> MonthSpan:
    """Months written as people write them."""
    return MonthSpan(Month.parse(first), Month.parse(last))


def shown(working: Working, code: LineCode) -> Figure:
    """The result of a step."""
    return next(line.result for line in working.lines if line.code is code)


def codes(working: Working) -> list[LineCode]:
    """The steps in their order."""
    return [line.code for line in working.lines]


def named(refusal: Refusal) -> dict[str, int]:
    """The figures that a refusal names."""
    return {name: figure.value for name, figure in refusal.details}


def laws(working: Working) -> list[str]:
    """The laws an estimate names, without their articles."""
    return [ground.article.law for ground in working.laws]
