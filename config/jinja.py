"""The environment of the pages: strict about names, escaped, translated."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import Environment, StrictUndefined

from vssid.kernel import clock, identifiers, money, phones
from vssid.web.ui import display, icons, menu

cached_static = lru_cache(maxsize=256)(static)


@lru_cache(maxsize=256)
def _fixed_url(route: str) -> str:
    return reverse(route)


def url(route: str, **parts: object) -> str:
    """The address of a named route; those without parts, a page has twenty, are remembered."""
    return reverse(route, kwargs=parts) if parts else _fixed_url(route)


def environment(**options: Any) -> Environment:
    """Called by Django for the template engine «pages»."""
    made = Environment(  # noqa: S701 - autoescape stands below, where the rule does not look
        **{**options, "undefined": StrictUndefined, "autoescape": True},
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined] # of i18n
        gettext, ngettext, newstyle=True, pgettext=pgettext
    )
    made.globals.update(
        url=url,
        static=cached_static,
        icon=icons.icon,
        menu_items=menu.menu_items,
        route_exists=display.route_exists,
        today=display.today,
        hotline=settings.VSSID_HOTLINE,
        help_email=settings.VSSID_HELP_EMAIL,
        demo=settings.VSSID_DEMO,
    )
    made.filters.update(
        dong=money.format_dong,
        vn_date=clock.format_date,
        vn_datetime=clock.format_datetime,
        phone=phones.display_phone,
        mask_phone=phones.mask_phone,
        mask_number=identifiers.mask_number,
        duration=display.duration,
        month=display.month,
        device_name=display.device_name,
        email=display.email,
    )
    return made
