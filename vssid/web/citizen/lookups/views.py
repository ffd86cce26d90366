"""The pages of the look-ups: their index, a search, one entry."""

import math
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.kernel.text import clean
from vssid.reference import queries as reference
from vssid.reference.errors import TooManyLookupsError
from vssid.reference.lookups import Found, Wanted
from vssid.reference.rows import ERA_TODAY
from vssid.web.citizen.lookups.asking import Asked, asked, count
from vssid.web.citizen.lookups.kinds import LOOK_UPS, LookUp
from vssid.web.citizen.lookups.mapping import close_up, list_address, map_address
from vssid.web.citizen.lookups.results import Result, result, results
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest, public_knowing
from vssid.web.ui.areas import options
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_LONGEST_CODE: Final = 20


@public_knowing
def index(request: CitizenRequest) -> HttpResponse:
    """«Tra cứu trực tuyến»: the six, each with the words when to use it (guides U02)."""
    if "ten" in request.GET:
        # The address of the search for offices before it had one of its own.
        to = urlencode({"tim": request.GET["ten"][: _LONGEST_CODE * 5]})
        return HttpResponseRedirect(f"{reverse('citizen:lookup-co-quan-bhxh')}?{to}")
    page = Page(title=_("Tra cứu"), tab="lookup")
    look_ups = list(LOOK_UPS.values())
    return render(request, "citizen/lookups/index.html", page, look_ups=look_ups)


@public_knowing
def search(request: CitizenRequest, slug: str) -> HttpResponse:
    """One look-up: instant as one types, by a button without scripts; «gần tôi» comes by POST."""
    look_up, question = LOOK_UPS[slug], asked(request)
    try:
        if not question.wanted.is_empty:
            count(request)
        found = look_up.find(question.wanted)
    except TooManyLookupsError as error:
        return _too_often(request, look_up, question, error)
    return _draw(request, look_up, question, found)


@public_knowing
def entry(request: CitizenRequest, slug: str, code: str) -> HttpResponse:
    """One entry under an address that can be passed on; one that ended says who took over."""
    look_up = LOOK_UPS[slug]
    wanted = clean(code[:_LONGEST_CODE]).upper()
    found = look_up.one(wanted)
    back = _address(look_up)
    if found is None:
        page = Page(title=str(look_up.title), tab="lookup", back=back)
        return render(
            request, "citizen/lookups/unknown.html", page, status=404, look_up=look_up, back=back
        )
    if found.code != code:
        return HttpResponseRedirect(_address(look_up, found.code))
    shown = result(found, {})
    # What stands for no real place, or is not there today, is not for the lists of search engines.
    is_listed = not (shown.is_demo or shown.is_ended or shown.begins)
    page = Page(
        title=shown.name,
        heading=str(look_up.title),
        tab="lookup",
        back=back,
        description=_described(look_up, shown) if is_listed else "",
    )
    return render(
        request,
        "citizen/lookups/entry.html",
        page,
        look_up=look_up,
        entry=shown,
        shown=close_up(found) if look_up.on_map else None,
        view=found,
        address_of=lambda other: _address(look_up, other),
    )


def _described(look_up: LookUp, shown: Result) -> str:
    """What search engines show of an entry: what it is, where, by which phone."""
    parts = (shown.name, str(look_up.title), shown.address, shown.phone)
    return ". ".join(part for part in parts if part)


def _draw(
    request: CitizenRequest,
    look_up: LookUp,
    question: Asked,
    found: Found[Any],
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    wanted = question.wanted
    communes = reference.communes(ERA_TODAY, wanted.province) if wanted.province else ()
    page = Page(title=str(look_up.title), tab="lookup", back=reverse("citizen:lookup"), htmx=True)
    return render(
        request,
        "citizen/lookups/search.html",
        page,
        status=status,
        look_up=look_up,
        wanted=wanted,
        note=question.note,
        problem=problem,
        provinces=options(reference.provinces()),
        communes=options(communes) if look_up.by_commune else [],
        found=found,
        results=results(found),
        pages=_pages(look_up, wanted),
        address=_address(look_up),
        address_of=lambda code: _address(look_up, code),
        list_address=list_address(look_up, wanted),
        map_address=map_address(look_up, wanted),
    )


def _too_often(
    request: CitizenRequest, look_up: LookUp, question: Asked, error: TooManyLookupsError
) -> HttpResponse:
    refusals.note(request, error.code)
    answer = _draw(request, look_up, question, Found(), problem=str(error), status=429)
    answer["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
    return answer


def _pages(look_up: LookUp, wanted: Wanted) -> str:
    """The address of the other pages, with {page} for their number."""
    sent = {"tim": wanted.text, "tinh": wanted.province, "xa": wanted.commune}
    kept = urlencode({name: text for name, text in sent.items() if text})
    return f"{_address(look_up)}?{kept}{'&' if kept else ''}trang={{page}}"


def _address(look_up: LookUp, code: str = "") -> str:
    if code:
        return reverse(f"citizen:lookup-{look_up.slug}-entry", kwargs={"code": code})
    return reverse(f"citizen:lookup-{look_up.slug}")
