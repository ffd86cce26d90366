"""One middleware for what a dozen general ones would do, and the officers' sessions."""

import ipaddress
import time
import traceback
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    ImproperlyConfigured,
    PermissionDenied,
    SuspiciousOperation,
)
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from prometheus_client import Counter, Histogram

from vssid.web.ui import errors, refusals
from vssid.web.ui.found import LANGUAGE

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
GetResponse = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("vssid.request")
REQUESTS = Counter("vssid_requests_total", "Requests", ["route", "method", "status"])
SECONDS = Histogram("vssid_request_seconds", "Time of a request", ["route"])

CARD_CHECK = "/kiem-tra-the/"

_ANSWERED = {"GET", "HEAD", "POST"}
# Methods are free text: each new one would be a row of counters for ever.
_COUNTED = _ANSWERED | {"DELETE", "OPTIONS", "PATCH", "PUT"}

_REFUSED = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)

_BY_ADDRESS = ("/healthz/", "/metrics")

# Every open page asks for it every few seconds: that tells nothing and would drown the rest.
_POLLED = {"phien/"}

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=()",
}


class RequestMiddleware:
    """Sender, language, request id, method, size, constant headers, counters and one log line."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.headers = dict(_HEADERS)
        self.proxies = _networks(settings.VSSID_TRUSTED_PROXIES)
        tiles = urlsplit(settings.VSSID_MAP_TILES_URL)
        if tiles.netloc:
            policy = self.headers["Content-Security-Policy"]
            self.headers["Content-Security-Policy"] = policy.replace(
                "img-src 'self'", f"img-src 'self' {tiles.scheme}://{tiles.netloc}"
            )
        seconds = settings.VSSID_HSTS_SECONDS
        if seconds:
            self.headers["Strict-Transport-Security"] = f"max-age={seconds}; includeSubDomains"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve one request."""
        started = time.perf_counter()
        request.request_id = uuid4().hex[:16]  # type: ignore[attr-defined]
        if self.proxies:
            request.META["REMOTE_ADDR"] = _sender(request, self.proxies)
        translation.activate(_language(request))
        if request.method not in _ANSWERED:
            response = errors.not_allowed(request)
        elif not _is_for_us(request):
            response = errors.unknown_host(request)
        elif _size(request) > settings.VSSID_REQUEST_MAX_BYTES:
            response = errors.too_large(request)
        else:
            response = self.get_response(request)
        _remember_language(request, response)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        self._tell(request, response, time.perf_counter() - started)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Write the trace down; the person gets a sentence with the request's id.

        Connections live as long as their thread, so each one learns of a restarted database by its
        first failure: a page is then simply drawn again, a form is asked for again. What is asked
        for in vain, without a right or too large is no failure of ours; its status tells it.
        """
        if isinstance(exception, _REFUSED):
            return None
        _tell_failure(request, exception)
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        connection.close()
        match = request.resolver_match
        if request.method != "GET" or match is None:
            return errors.unavailable(request)
        try:
            return match.func(request, *match.args, **match.kwargs)  # type: ignore[no-any-return]
        except (OperationalError, InterfaceError):
            connection.close()
            return errors.unavailable(request)

    def _tell(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        # The route, never the path: paths may carry codes that lead to a person.
        match = request.resolver_match
        route = match.route if match else "-"
        method = request.method if request.method in _COUNTED else "other"
        REQUESTS.labels(route, method, str(response.status_code)).inc()
        SECONDS.labels(route).observe(seconds)
        refusals.tell(request, response, route)
        if not route.startswith(("static", "healthz")) and route not in _POLLED:
            log.info(
                "request",
                request_id=request.request_id,  # type: ignore[attr-defined]
                route=route,
                method=method,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )


class OfficerSessionMiddleware:
    """Django's sessions, for the desk alone: citizens' pages do not pay for them.

    The card check of health facilities has an address of its own, and the same session by a cookie
    of its own: no citizen's page is sent either.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.desk = SessionMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve one request."""
        if request.path.startswith(CARD_CHECK):
            request.COOKIES[settings.SESSION_COOKIE_NAME] = request.COOKIES.get(_card_cookie(), "")
        elif not request.path.startswith(settings.SESSION_COOKIE_PATH):
            return self.get_response(request)
        response: HttpResponse = self.desk(request)  # type: ignore[assignment]
        if settings.SESSION_COOKIE_NAME in response.cookies:
            same = response.cookies[settings.SESSION_COOKIE_NAME]
            response.cookies[_card_cookie()] = same.value
            response.cookies[_card_cookie()].update({**same, "path": CARD_CHECK})
        return response


def _card_cookie() -> str:
    return f"{settings.SESSION_COOKIE_NAME}_the"


def _networks(texts: list[str]) -> list[Network]:
    try:
        return [ipaddress.ip_network(text, strict=False) for text in texts]
    except ValueError as error:
        raise ImproperlyConfigured(
            "VSSID_TRUSTED_PROXIES must hold addresses or networks, separated by commas."
        ) from error


def _sender(request: HttpRequest, proxies: list[Network]) -> str:
    """The nearest address that is no proxy of ours: what stands left of it may be invented."""
    sender: str = request.META.get("REMOTE_ADDR", "")
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while said and _is_within(sender, proxies):
        before = _address(said.pop())
        if before is None:
            break
        sender = str(before)
    return sender


def _is_within(text: str, networks: list[Network]) -> bool:
    address = _address(text)
    return address is not None and any(address in network for network in networks)


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    # One machine must not have two names: ::ffff:10.0.0.1 is 10.0.0.1.
    return getattr(address, "ipv4_mapped", None) or address


def _tell_failure(request: HttpRequest, exception: Exception) -> None:
    # What a database error says quotes the row: a person's data is not for a log.
    is_quoting = isinstance(exception, DatabaseError)
    log.error(
        "failed",
        request_id=request.request_id,  # type: ignore[attr-defined]
        error=type(exception).__name__,
        says="" if is_quoting else str(exception)[:500],
        trace="".join(traceback.format_tb(exception.__traceback__)),
    )


def _language(request: HttpRequest) -> str:
    """That of the cookie; before it, the one an address from a search engine asks for."""
    wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if f"{LANGUAGE}=" in request.META.get("QUERY_STRING", ""):
        wanted = request.GET.get(LANGUAGE, wanted)
    return "en" if wanted == "en" else settings.LANGUAGE_CODE


def _remember_language(request: HttpRequest, response: HttpResponse) -> None:
    """Who came in English from a search engine goes on in English."""
    asked = f"{LANGUAGE}=en" in request.META.get("QUERY_STRING", "")
    if asked and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            "en",
            max_age=365 * 86400,
            httponly=True,
            secure=settings.VSSID_SECURE_COOKIES,
            samesite="Lax",
        )


def _is_for_us(request: HttpRequest) -> bool:
    """Whether the Host is one of ours; who watches the machine may ask it by its address."""
    if request.path_info.startswith(_BY_ADDRESS):
        return True
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _size(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else 0
