"""«Địa chỉ»: today's areas; one of the former era is kept and converted (guides A08)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts.commands import addresses
from vssid.accounts.models import Account
from vssid.accounts.queries import account as account_of
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.reference import queries as reference
from vssid.reference.rows import ERA_LEGACY
from vssid.web.citizen.account.details import changed, changes_wait_until
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.areas import REFRESH, AreaForm, area_lists, refreshed
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form

_CONVERT = "chuyen"


class AddressForm(AreaForm):
    """Areas and street; of a split ward, in which commune of today the house lies."""

    today = forms.CharField(label=gettext_lazy("Nay thuộc"), required=False, max_length=5)

    def clean(self) -> dict[str, Any]:
        """A legacy address is brought to today's areas; only a split ward has to be asked for."""
        data = super().clean()
        if data.get("era") != ERA_LEGACY:
            data["today"] = ""
            return data
        ended = data.get("commune") or data.get("district") or ""
        went = [one.code for one in reference.convert_legacy(ended)]
        if len(went) <= 1:
            data["today"] = "".join(went)
        elif data.get("today") not in went:
            data["today"] = ""
            if not self.errors:
                self.add_error("today", _("Xin chọn xã, phường hiện nay có nhà của bạn."))
        return data

    def address(self) -> addresses.Address:
        """What was filled in."""
        data = self.cleaned_data
        return addresses.Address(
            era=data["era"],
            province=data["province"],
            district=data["district"],
            commune=data["commune"],
            street=data["street"],
            today=data["today"],
        )


@citizen()
def address(request: CitizenRequest) -> HttpResponse:
    """The form; or, in one press, the legacy address brought to today's areas."""
    number = request.citizen.number
    if request.method != "POST":
        chosen = {**_initial(account_of(number)), **request.kept}
        return _draw(request, AddressForm(initial=chosen), chosen)
    if _CONVERT in request.POST:
        return _convert(request, request.POST[_CONVERT])
    wanted = refreshed(request.POST.dict())
    if wanted is not None:
        return _draw(request, AddressForm(initial=wanted), wanted)
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            addresses.change_address(number=number, address=form.address(), now=utc_now())
        except CodedError as error:
            form.refuse(None, error)
        else:
            return changed("dia-chi")
    return _draw(request, form, request.POST.dict())


def _convert(request: CitizenRequest, today: str) -> HttpResponse:
    number = request.citizen.number
    try:
        addresses.convert_address(number=number, today=today, now=utc_now())
    except CodedError as error:
        form, chosen = PlainForm(request.POST), _initial(account_of(number))
        form.refuse(None, error)
        return _draw(request, AddressForm(initial=chosen), chosen, form)
    return changed("dia-chi")


def _draw(
    request: CitizenRequest,
    form: AddressForm,
    chosen: Mapping[str, str],
    refused: PlainForm | None = None,
) -> HttpResponse:
    return render_form(
        request,
        "citizen/account/address.html",
        Page(title=_("Địa chỉ"), tab="manage", back=reverse("citizen:account"), htmx=True),
        refused or form,
        address=form,
        areas=area_lists(chosen),
        refresh=REFRESH,
        waits_until=changes_wait_until(request),
    )


def _initial(account: Account) -> dict[str, str]:
    return {
        "era": account.address_era,
        "province": account.address_province,
        "district": account.address_district,
        "commune": account.address_commune,
        "street": account.address_street,
        "today": account.address_today,
    }
