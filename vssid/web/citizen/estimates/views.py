"""The pages of the estimates: each is one statement, one pure estimate and one template."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.insurance import queries
from vssid.insurance.estimates import drawing, filling
from vssid.insurance.estimates.codes import RefusalCode
from vssid.insurance.estimates.filling import Filled
from vssid.insurance.estimates.household import estimate as estimate_household
from vssid.insurance.estimates.maternity import estimate as estimate_maternity
from vssid.insurance.estimates.one_time import estimate as estimate_one_time
from vssid.insurance.estimates.pension import estimate as estimate_pension
from vssid.insurance.estimates.sickness import estimate as estimate_sickness
from vssid.insurance.estimates.unemployment import estimate as estimate_unemployment
from vssid.insurance.estimates.working import Refusal
from vssid.insurance.records import WorkingLife
from vssid.insurance.tables.support import SupportGroup
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.web.citizen.estimates import figures, forms
from vssid.web.citizen.record.reader import Reader
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render, render_form

# What the record alone says nearly all about: their forms are folded at first.
_MOSTLY_KNOWN = {"one_time", "pension"}
# Whatever was typed, these stay: there is nothing to try out.
_FINAL = {
    RefusalCode.DRAWING_PENSION,
    RefusalCode.PENSION_BARS_WITHDRAWAL,
    RefusalCode.PENSION_BARS_UNEMPLOYMENT,
}
_DRAWN: Mapping[RefusalCode, str] = {
    **dict.fromkeys(_FINAL, "hang-thang"),
    RefusalCode.DRAWING_UNEMPLOYMENT: "bhtn",
    RefusalCode.DRAWING_UNEMPLOYMENT_UNKNOWN: "bhtn",
    RefusalCode.UNEMPLOYMENT_USED_UP: "bhtn",
}
"""On which page of the benefits it stands what is drawn."""


def start(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Ước tính»: the six there are."""
    page = Page(title=_("Ước tính quyền lợi"), tab="manage", back=reader.to("overview"))
    return render(request, "citizen/estimates/start.html", page)


def one_time(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«BHXH một lần»."""
    life, today = _read(reader)
    asked = forms.OneTimeForm.asked(request.GET, "reason", "group", "state_scale")
    keys = {"group": SupportGroup.OTHER, **asked}
    filled = filling.one_time(life, today, **keys)
    form = forms.OneTimeForm(request.GET, filled.given, keys)
    barred = drawing.no_withdrawal(life, today)
    return _draw(
        request,
        "one_time",
        _("Ước tính BHXH một lần"),
        form,
        filled,
        barred or (estimate_one_time(form.given(), today) if form.is_valid() else None),
        has_support=filled.given.state_support > 0,
    )


def pension(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Lương hưu»."""
    life, today = _read(reader)
    keys = forms.PensionForm.asked(request.GET, "circumstance", "state_scale")
    filled = filling.pension(life, today, **keys)
    form = forms.PensionForm(request.GET, filled.given, keys)
    barred = drawing.no_second_pension(life, today)
    found = barred or (estimate_pension(form.given(), today) if form.is_valid() else None)
    return _draw(request, "pension", _("Ước tính lương hưu"), form, filled, found)


def maternity(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Thai sản»."""
    life, today = _read(reader)
    keys = forms.MaternityForm.asked(request.GET, "birth", "parent")
    filled = filling.maternity(life, today, **keys)
    form = forms.MaternityForm(request.GET, filled.given, keys)
    found = estimate_maternity(form.given()) if form.is_valid() else None
    return _draw(request, "maternity", _("Ước tính chế độ thai sản"), form, filled, found)


def sickness(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Ốm đau»."""
    life, today = _read(reader)
    keys = forms.SicknessForm.asked(request.GET, "begin")
    filled = filling.sickness(life, today, **keys)
    form = forms.SicknessForm(request.GET, filled.given, keys)
    found = estimate_sickness(form.given()) if form.is_valid() else None
    return _draw(request, "sickness", _("Ước tính trợ cấp ốm đau"), form, filled, found)


def unemployment(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Trợ cấp thất nghiệp»."""
    life, today = _read(reader)
    keys = forms.UnemploymentForm.asked(request.GET, "ended", "is_short")
    filled = filling.unemployment(life, today, **keys)
    form = forms.UnemploymentForm(request.GET, filled.given, keys)
    found = None
    if form.is_valid():
        given = form.given()
        found = drawing.no_unemployment(life, given, today) or estimate_unemployment(given)
    return _draw(request, "unemployment", _("Ước tính trợ cấp thất nghiệp"), form, filled, found)


def household(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«BHYT hộ gia đình»."""
    life, today = _read(reader)
    filled = filling.household(life, today)
    form = forms.HouseholdForm(request.GET, filled.given, {})
    found = estimate_household(form.given()) if form.is_valid() else None
    return _draw(
        request,
        "household",
        _("Ước tính tiền đóng BHYT hộ gia đình"),
        form,
        filled,
        found,
        household_until=life.household_until,
    )


def _read(reader: Reader) -> tuple[WorkingLife, date]:
    return queries.working_life(reader.access), vietnam_today(utc_now())


def _draw(
    request: CitizenRequest,
    name: str,
    title: str,
    form: forms.EstimateForm[Any],
    filled: Filled[Any],
    found: object,
    **more: object,
) -> HttpResponse:
    """One page: the result or why there is none, the form, the steps, the sources, the notes."""
    page = Page(title=title, tab="manage", back=reverse("citizen:estimates"), wide=True)
    mean = filled.mean
    refusal = figures.refused(found) if isinstance(found, Refusal) else None
    code = found.code if isinstance(found, Refusal) else None
    is_own_mean = mean is not None and form.is_valid() and _mean_of(form) == mean.amount
    return render_form(
        request,
        f"citizen/estimates/{name}.html",
        page,
        form,
        found=found,
        refusal=refusal,
        drawn_kind=_DRAWN.get(code) if code else None,
        has_form=code not in _FINAL,
        filled_caveats=filled.caveats,
        mean_rows=figures.mean_rows(mean) if mean is not None and is_own_mean else [],
        mean=mean,
        figures=figures,
        is_open_form=name not in _MOSTLY_KNOWN or form.is_sent or not found or refusal is not None,
        **more,
    )


def _mean_of(form: forms.EstimateForm[Any]) -> object:
    return form.cleaned_data.get("mean_salary")
