"""Whether this process lives and is ready, and its counters."""

import ipaddress

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from vssid.web.ui import errors
from vssid.web.ui.access import public

_FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_REAL_IP",
)


@public
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return _plain("live", 200)


@public
def ready(request: HttpRequest) -> HttpResponse:
    """The process answers and reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        # A dead connection would stay dead: the next call opens a fresh one.
        connection.close()
        return _plain("no database", 503)
    return _plain("ready", 200)


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Counters for Prometheus, to programs of this machine that ask without a proxy."""
    if not _is_from_here(request):
        return errors.not_found(request)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _is_from_here(request: HttpRequest) -> bool:
    # Behind a proxy on this machine everybody comes from 127.0.0.1: what it adds gives it away.
    if any(name in request.META for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _plain(text: str, status: int) -> HttpResponse:
    answer = HttpResponse(text, status=status, content_type="text/plain")
    answer["Cache-Control"] = "no-store"
    return answer
