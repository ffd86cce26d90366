"""The waiting page: more people sign in than can be served, and each keeps their place."""

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts import line, tokens
from vssid.kernel.clock import utc_now
from vssid.limits import commands as limits
from vssid.web.citizen.picture import NEW_PICTURE, NO_PICTURE
from vssid.web.ui.access import NEXT
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render

TURN = "luot"
_PURPOSE = "sign-in-turn"
_KEPT = ("number", "password", NEXT, "ma_hinh", "ma_kiem_tra", "altcha", NO_PICTURE)
# Nothing of ours is longer: a longer one is refused all the same when its turn comes.
_LONGEST = 4200
# Who comes later than that begins anew at the end of the line.
_LATE_SECONDS = 5 * 60
# A turn serves once; a lost answer may be asked for again.
_USED = limits.Limit("sign-in.turn", 3, timedelta(minutes=15))


def in_line(view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in as many who send a password as there is room for.

    Everybody else gets a page that holds what they sent, sealed, and brings it back by itself when
    their turn has come (503 with Retry-After). No database is asked for a place in the line.
    """

    @wraps(view)
    def in_turn(request: HttpRequest) -> HttpResponse:
        ticket = _restore(request) if TURN in request.POST else None
        if request.method != "POST" or not _takes_work(request):
            return view(request)
        with line.line().enter(ticket.turn if ticket else None) as wait:
            if wait is None:
                return view(request) if ticket is None or _serves(ticket) else _begin_anew()
        return _draw(request, wait, ticket)

    return in_turn


@dataclass(frozen=True, slots=True)
class _Ticket:
    id: str
    turn: float


def _takes_work(request: HttpRequest) -> bool:
    return bool(request.POST.get("password")) and NEW_PICTURE not in request.POST


def _restore(request: HttpRequest) -> _Ticket | None:
    """Put what a ticket holds in the place of what was sent; None when it is no good any more."""
    opened = tokens.unseal(_PURPOSE, request.POST[TURN])
    if opened is None:
        return None
    held = json.loads(opened)
    sent = QueryDict(mutable=True)
    sent.update(held["sent"])
    request.POST = sent  # type: ignore[assignment] # as if it had just been typed
    ticket = _Ticket(held["id"], held["turn"])
    return ticket if time.time() <= ticket.turn + _LATE_SECONDS else None


def _serves(ticket: _Ticket) -> bool:
    return limits.hit(limit=_USED, key=ticket.id, now=utc_now()) is None


def _begin_anew() -> HttpResponse:
    return HttpResponseRedirect(reverse("citizen:sign_in"))


def _draw(request: HttpRequest, turn: float, ticket: _Ticket | None) -> HttpResponse:
    sent = {name: request.POST[name][:_LONGEST] for name in _KEPT if name in request.POST}
    held = {"turn": turn, "id": ticket.id if ticket else uuid4().hex, "sent": sent}
    left = max(0.1, turn - time.time())
    answer = render(
        request,
        "citizen/entry/waiting.html",
        Page(title=_("Xin chờ đến lượt")),
        ticket=tokens.seal(_PURPOSE, json.dumps(held).encode()),
        seconds=math.ceil(left),
        left=f"{left:.2f}",
        status=503,
    )
    answer["Retry-After"] = str(math.ceil(left))
    answer["Cache-Control"] = NEVER_KEPT
    return answer
