"""How values look: months, spans of time."""

from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vssid.kernel.months import Month, years_and_months


def duration(months: int) -> str:
    """148 → «12 năm 4 tháng»."""
    return _duration(get_language(), months)


@lru_cache(maxsize=4096)
def _duration(_language: str | None, months: int) -> str:
    """Kept, because a working life says it for every period."""
    years, rest = years_and_months(months)
    if years and rest:
        return _("%(years)s năm %(rest)s tháng") % {"years": years, "rest": rest}
    if years:
        return _("%(years)s năm") % {"years": years}
    return _("%(rest)s tháng") % {"rest": rest}


def month(value: int | Month) -> str:
    """201903 → «03/2019»."""
    return str(value) if isinstance(value, Month) else _month(value)


@lru_cache(maxsize=4096)
def _month(yyyymm: int) -> str:
    return str(Month.from_yyyymm(yyyymm))


@lru_cache(maxsize=128)
def route_exists(route: str) -> bool:
    """Whether an address is built already; menus list only those."""
    try:
        reverse(route)
    except NoReverseMatch:
        return False
    return True
