"""Who sends a request, as far as the limits of open pages count them."""

from django.conf import settings
from django.http import HttpRequest

from vssid.kernel.networks import line_of


def browser(request: HttpRequest) -> str:
    """One browser among those of its line: its session, else the form key every page gives it.

    A browser without cookies is told from others by what it calls itself. A key can be made up, so
    that a limit of browsers has one of lines behind it.
    """
    if session := _session(request):
        return session
    key = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return f"{_line(request)} {key or request.META.get('HTTP_USER_AGENT', '')}"


def line(request: HttpRequest) -> str:
    """The line it came by: an IPv4 address or an IPv6 /64, which thousands may share.

    Who is signed in is a line of their own: nobody shuts them out by asking too often.
    """
    return _session(request) or _line(request)


def _session(request: HttpRequest) -> str:
    citizen = getattr(request, "citizen", None)
    return f"session {citizen.session_id.hex}" if citizen is not None else ""


def _line(request: HttpRequest) -> str:
    return line_of(request.META.get("REMOTE_ADDR", ""))
