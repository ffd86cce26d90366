"""Where people reach the service, for what is printed, scanned or sent."""

from django.conf import settings
from django.http import HttpRequest


def public_address(request: HttpRequest, path: str) -> str:
    """`path` under the public address; where none is set, under the one that was asked."""
    return f"{settings.VSSID_PUBLIC_URL or f'{request.scheme}://{request.get_host()}'}{path}"
