"""«Thiết bị»: where one is signed in, and which devices are known (guides A07)."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts import tokens
from vssid.accounts.commands.devices import forget_device
from vssid.accounts.models import KnownDevice
from vssid.accounts.queries import known_devices, live_session
from vssid.web.citizen.origin import origin_of
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

# The id of a device is known to its own cookie alone; the page names it sealed.
_PURPOSE = "forget-device"
_DEVICE, _DONE = "may", "da-quen"


@citizen()
def devices(request: CitizenRequest) -> HttpResponse:
    """This device and since when, and the others that the account knows."""
    mine = origin_of(request).device
    session = live_session(request.citizen.number)
    return render(
        request,
        "citizen/account/devices.html",
        Page(title=_("Thiết bị"), tab="manage", back=reverse("citizen:settings")),
        session=session,
        others=[
            (device, tokens.seal(_PURPOSE, device.id.bytes))
            for device in known_devices(request.citizen.number)
            if device.id != mine
        ],
        is_forgotten=_DONE in request.GET,
    )


@citizen(proven=True)
def forget(request: CitizenRequest) -> HttpResponse:
    """«Quên thiết bị này»: asked once more, and only of who proved themselves just now."""
    sealed = (request.POST if request.method == "POST" else request.GET).get(_DEVICE, "")
    device = _known(request.citizen.number, sealed)
    if device is None:
        return HttpResponseRedirect(reverse("citizen:devices"))
    if request.method == "POST":
        forget_device(number=request.citizen.number, device=device.id)
        return HttpResponseRedirect(f"{reverse('citizen:devices')}?{_DONE}=1")
    return render(
        request,
        "citizen/account/forget_device.html",
        Page(title=_("Quên thiết bị"), tab="manage", back=reverse("citizen:devices")),
        device=device,
        fields={_DEVICE: sealed},
    )


def _known(number: str, sealed: str) -> KnownDevice | None:
    content = tokens.unseal(_PURPOSE, sealed)
    return known_devices(number).filter(id=UUID(bytes=content)).first() if content else None
