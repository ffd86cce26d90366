"""The demo phone: SMS and email as they arrive, so that the whole story is seen on one machine."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import InvalidInput
from vssid.kernel.phones import parse_mobile
from vssid.kernel.text import clean
from vssid.messaging import queries as messaging
from vssid.web.demo.authenticators import officers_codes
from vssid.web.ui.access import public
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

# A sentence's own full stop or comma behind an address is no part of it.
_LINK = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)»])")


@public
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest messages, of one phone or email when `so` names it."""
    now = utc_now()
    wanted = clean(request.GET.get("so", ""))[:254]
    return render(
        request,
        "demo/phone.html",
        Page(title=_("Điện thoại thử"), back="/", htmx=True),
        messages=[
            (message, _parts(request, message.text))
            for message in messaging.demo_inbox(_address(wanted))
        ],
        wanted=wanted,
        officers=officers_codes(now),
        seconds=totp.STEP_SECONDS - int(now.timestamp()) % totp.STEP_SECONDS,
    )


def _parts(request: HttpRequest, text: str) -> list[tuple[str, bool]]:
    """A text cut at its links, which lead to the host that the demo is visited at."""
    ours = settings.VSSID_PUBLIC_URL
    if ours:
        text = text.replace(ours, request.build_absolute_uri("/").rstrip("/"))
    return [(part, place % 2 == 1) for place, part in enumerate(_LINK.split(text))]


def _address(wanted: str) -> str:
    try:
        return parse_mobile(wanted)
    except InvalidInput:
        return wanted
