"""Where a request comes from, and the cookie by which a device is known again."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vssid.accounts import rules, tokens
from vssid.accounts.origin import Origin
from vssid.web.ui.access import DEVICE_COOKIE

_PURPOSE = "device"
# As long as browsers keep any cookie.
_KEPT_SECONDS = 400 * 86400
_LONGEST_NAME = 80


def origin_of(request: HttpRequest) -> Origin:
    """The device and network of a request; the device is known only by a cookie that we made."""
    name = rules.device_name(request.headers.get("User-Agent", ""))
    return Origin(
        device=_device(request),
        name=name[:_LONGEST_NAME],
        address=request.META.get("REMOTE_ADDR", ""),
    )


def remember_device(answer: HttpResponse, device: UUID) -> None:
    """Let the browser carry its device's id, sealed, from now on."""
    answer.set_cookie(
        DEVICE_COOKIE,
        tokens.seal(_PURPOSE, device.bytes),
        max_age=_KEPT_SECONDS,
        httponly=True,
        secure=settings.VSSID_SECURE_COOKIES,
        samesite="Lax",
    )


def _device(request: HttpRequest) -> UUID | None:
    content = tokens.unseal(_PURPOSE, request.COOKIES.get(DEVICE_COOKIE, ""))
    return UUID(bytes=content) if content is not None and len(content) == 16 else None
