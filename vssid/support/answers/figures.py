"""The figures of a day that answers mention by a name in braces: from dated tables and settings."""

from datetime import date, timedelta
from typing import Final

from django.conf import settings

from vssid.insurance.tables import leave, rates
from vssid.insurance.tables.base_wage import BASE_WAGE, contribution_ceiling
from vssid.insurance.tables.cards import co_payment_limit, small_bill_limit
from vssid.insurance.tables.retirement import age_of_year
from vssid.insurance.tables.support import SUPPORT
from vssid.insurance.tables.unemployment import UNEMPLOYMENT_TERMS
from vssid.kernel.clock import format_date
from vssid.kernel.money import format_dong

_EXAMPLE: Final = 10_000_000
_CONVALESCENCE_PERCENT: Final = 30
"""Of the reference level, a day (Luật 41/2024/QH15)."""
_FUNERAL_TIMES: Final = 10
"""Of the reference level (Luật 41/2024/QH15 Điều 85, Điều 109)."""
_SURVIVOR_PERCENT: Final = 50
"""Of the reference level, a month (Luật 41/2024/QH15 Điều 87)."""


def figures(today: date) -> dict[str, str]:
    """Every name that an answer may hold, as it reads on that day in both languages."""
    month = today.year * 100 + today.month
    return _of_settings() | _of_contributions(month) | _of_cards(today) | _of_benefits(today)


def _minutes(span: timedelta) -> str:
    return str(span // timedelta(minutes=1))


def _hours(span: timedelta) -> str:
    return str(span // timedelta(hours=1))


def _of_settings() -> dict[str, str]:
    return {
        "hotline": settings.VSSID_HOTLINE,
        "email": settings.VSSID_HELP_EMAIL,
        "paper_days": str(settings.VSSID_PAPER_DUE.days),
        "decision_hours": _hours(settings.VSSID_DECISION_DUE),
        "petition_days": str(settings.VSSID_PETITION_DUE_DAYS),
        "photo_mb": str(settings.VSSID_PHOTO_MAX_BYTES // (1024 * 1024)),
        "otp_minutes": _minutes(settings.VSSID_CODE_LIFETIME),
        "otp_tries": str(settings.VSSID_CODE_TRIES),
        "otp_wait": str(settings.VSSID_CODE_RESEND_AFTER.seconds),
        "otp_hour": str(settings.VSSID_CODES_PER_HOUR),
        "lock_tries": str(settings.VSSID_SIGN_IN_TRIES),
        "lock_minutes": _minutes(settings.VSSID_SIGN_IN_LOCK),
        "idle_minutes": _minutes(settings.VSSID_SESSION_IDLE),
        "total_hours": _hours(settings.VSSID_SESSION_TOTAL),
        "card_pass_minutes": _minutes(settings.VSSID_CARD_PASS_LIFETIME),
        "export_hours": _hours(settings.VSSID_EXPORT_KEPT),
    }


def _percent(parts: int) -> str:
    """850 ten-thousandths → «8,5»."""
    return f"{parts / 100:g}".replace(".", ",")


def _of_contributions(month: int) -> dict[str, str]:
    pension = rates.PENSION_RATES.in_month(month)
    health = rates.HEALTH_RATES.in_month(month)
    jobs = rates.UNEMPLOYMENT_RATES.in_month(month)
    accident = rates.ACCIDENT_RATES.in_month(month)
    employee = pension.employee + health.employee + jobs.employee
    employer = pension.employer + health.employer + jobs.employer + accident.employer
    voluntary, floor = rates.VOLUNTARY_RATES.in_month(month), rates.voluntary_floor(month)
    support = SUPPORT.in_month(month)
    return {
        "employee_total": _percent(employee),
        "employee_pension": _percent(pension.employee),
        "employee_health": _percent(health.employee),
        "employee_jobs": _percent(jobs.employee),
        "employer_total": _percent(employer),
        "employee_example": format_dong(_EXAMPLE * employee // rates.WHOLE),
        "ceiling": format_dong(contribution_ceiling(month)),
        "voluntary_rate": _percent(voluntary),
        "voluntary_floor": format_dong(floor),
        "voluntary_least": format_dong(floor * voluntary // rates.WHOLE),
        "support_poor": str(support.poor),
        "support_near_poor": str(support.near_poor),
        "support_minority": str(support.minority),
        "support_other": str(support.other),
    }


def _of_cards(today: date) -> dict[str, str]:
    month = today.year * 100 + today.month
    step = BASE_WAGE.step_in(month)
    members = {
        f"household_{member}": format_dong(12 * rates.household_health_contribution(member, month))
        for member in range(1, 6)
    }
    return members | {
        "household_from": format_date(step.valid_from),
        "base_wage": format_dong(step.value),
        "base_wage_from": format_date(step.valid_from),
        "small_bill": format_dong(small_bill_limit(today)),
        "co_payment_limit": format_dong(co_payment_limit(today)),
    }


def _of_benefits(today: date) -> dict[str, str]:
    wage, father = BASE_WAGE.on(today), leave.FATHER_DAYS.on(today)
    sick, child = leave.SICK_LIMITS.on(today).ordinary, leave.CHILD_SICK_DAYS.on(today)
    jobs = UNEMPLOYMENT_TERMS.on(today)
    second = father.second_child
    return {
        "year": str(today.year),
        "age_men": _age(age_of_year("M", today.year)),
        "age_women": _age(age_of_year("F", today.year)),
        "age_men_en": _age(age_of_year("M", today.year), "years", "months"),
        "age_women_en": _age(age_of_year("F", today.year), "years", "months"),
        "birth_grant": format_dong(wage * leave.BIRTH_GRANT_TIMES),
        "voluntary_birth": format_dong(leave.VOLUNTARY_BIRTH_GRANT.on(today)),
        "convalescence_day": format_dong(wage * _CONVALESCENCE_PERCENT // 100),
        "funeral_grant": format_dong(wage * _FUNERAL_TIMES),
        "survivor_month": format_dong(wage * _SURVIVOR_PERCENT // 100),
        "father_ordinary": str(father.ordinary),
        "father_surgery": str(father.surgery),
        "father_twins": str(father.twins),
        "father_second": f"Sinh con thứ hai {second} ngày. " if second else "",
        "father_second_en": f"{second} for a second child. " if second else "",
        "father_within": str(father.within),
        "sick_15": str(sick.below_15),
        "sick_30": str(sick.from_15),
        "sick_more": str(sick.from_30),
        "child_3": str(child.below_3),
        "child_7": str(child.below_7),
        "jobs_window": str(jobs.window),
        "jobs_file": str(jobs.file_within),
        "jobs_wait": str(jobs.from_working_day - 1),
    }


def _age(months: int, year: str = "tuổi", month: str = "tháng") -> str:
    """737 → «61 tuổi 5 tháng»."""
    years, rest = divmod(months, 12)
    return f"{years} {year} {rest} {month}" if rest else f"{years} {year}"
