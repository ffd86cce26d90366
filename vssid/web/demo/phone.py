"""The demo phone: SMS and email as they arrive, so that the whole story is seen on one machine."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vssid.kernel.errors import InvalidInput
from vssid.kernel.phones import parse_mobile
from vssid.kernel.text import clean
from vssid.messaging import queries as messaging
from vssid.web.ui.access import public
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render


@public
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest messages, of one phone or email when `so` names it."""
    wanted = clean(request.GET.get("so", ""))[:254]
    return render(
        request,
        "demo/phone.html",
        Page(title=_("Điện thoại thử"), back="/", htmx=True),
        messages=messaging.demo_inbox(_address(wanted)),
        wanted=wanted,
    )


def _address(wanted: str) -> str:
    try:
        return parse_mobile(wanted)
    except InvalidInput:
        return wanted
