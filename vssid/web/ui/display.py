"""How values look: months, spans of time."""

from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from vssid.kernel.clock import format_date, utc_now, vietnam_today
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


def today() -> str:
    """Today in Vietnam, as a page that may be printed says it."""
    return format_date(vietnam_today(utc_now()))


def month(value: int | Month) -> str:
    """201903 → «03/2019»."""
    return str(value) if isinstance(value, Month) else _month(value)


@lru_cache(maxsize=4096)
def _month(yyyymm: int) -> str:
    return str(Month.from_yyyymm(yyyymm))


def device_name(stored: str) -> str:
    """A device in the reader's language: «Chrome trên Linux», as it was stored at its sign-in."""
    browser, on, system = stored.partition(" trên ")
    if not on:
        return stored
    return _("%(browser)s trên %(system)s") % {
        "browser": _("Trình duyệt") if browser == "Trình duyệt" else browser,
        "system": {"thiết bị khác": _("thiết bị khác"), "máy Mac": _("máy Mac")}.get(
            system, system
        ),
    }


def email(address: str) -> Markup:
    """An email that may be broken after its @, so that it fits the narrowest screen."""
    return escape(address).replace("@", Markup("@<wbr>"))


@lru_cache(maxsize=128)
def route_exists(route: str) -> bool:
    """Whether an address is built already; menus list only those."""
    try:
        reverse(route)
    except NoReverseMatch:
        return False
    return True
