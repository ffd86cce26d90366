"""One log line for each refused request: what, why, and keyed marks in place of people.

A mark is the same for the same line or person, so that lines can be counted together; who has the
key finds the mark of a number, and nobody finds the number of a mark.
"""

import structlog
from django.http import HttpRequest, HttpResponse

from vssid.accounts.tokens import keyed_mark
from vssid.kernel.networks import line_of

log = structlog.get_logger("vssid.refused")

_FORBIDDEN, _NOT_FOUND, _TOO_MANY, _BUSY = 403, 404, 429, 503


def note(request: HttpRequest, *codes: str) -> None:
    """Keep the stable codes of refusals for the line of this request."""
    request.refusals = [*_noted(request), *codes]  # type: ignore[attr-defined]


def tell(request: HttpRequest, response: HttpResponse, route: str) -> None:
    """Write the line, when there was a refusal.

    That is one with a code (a wrong password, a wrong second factor), one for which there is no
    right (403), one too often (429), and what somebody signed in asked for in vain: not theirs,
    or not there.
    """
    who, status = _who(request), response.status_code
    is_barred = status in {_FORBIDDEN, _TOO_MANY} or (status == _NOT_FOUND and who and route != "-")
    # Who has to wait for a place was not refused; there may be thousands of them.
    if status == _BUSY or not (is_barred or _noted(request)):
        return
    log.warning(
        "refused",
        request_id=getattr(request, "request_id", ""),
        route=route,
        status=status,
        codes=_noted(request),
        sender=_mark("line", line_of(request.META.get("REMOTE_ADDR", ""))),
        who=_mark("person", who) if who else "",
    )


def _noted(request: HttpRequest) -> list[str]:
    noted: list[str] = getattr(request, "refusals", [])
    return noted


def _who(request: HttpRequest) -> str:
    """The number of the citizen or the name of the officer who is signed in; else empty."""
    citizen, desk = getattr(request, "citizen", None), getattr(request, "desk", None)
    if desk is not None:
        return str(desk.officer.user_name)
    return str(citizen.number) if citizen is not None else ""


def _mark(kind: str, text: str) -> str:
    return keyed_mark(f"refused|{kind}|{text}")
