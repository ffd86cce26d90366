"""Whose record a page shows: one's own, or that of a child one acts for (guides C05)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import open_record
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people import queries as people
from vssid.web.citizen.support.marks import mark_of
from vssid.web.ui.access import CitizenRequest, View, citizen


@dataclass(frozen=True, slots=True)
class Reader:
    """The key to the record shown. `child` is the guardianship's id, None for one's own."""

    access: Access
    full_name: str
    child: UUID | None = None

    def to(self, route: str, **parts: object) -> str:
        """The address of a page of the same record."""
        if self.child is None:
            return _own_address(route, **parts)
        return reverse(f"citizen:child-{route}", kwargs={"child": self.child, **parts})

    @property
    def report_address(self) -> str:
        """Where a wrong line of this record is reported; the line's page and row follow."""
        return f"{_own_address('report')}?ho-so={mark_of(self.access.subject)}"


@lru_cache(maxsize=256)
def _own_address(route: str, **parts: object) -> str:
    """Kept: the addresses of one's own record are the same for everybody."""
    return reverse(f"citizen:{route}", kwargs=parts or None)


KEEPS = "VssID-Keep"
"""The header by which the service worker fetches a card to keep (web/pwa/static/pwa/cards.js)."""

# It fetches the same card again and again: that is one look in as long as a session may last.
_ONE_KEPT = settings.VSSID_SESSION_TOTAL

P = ParamSpec("P")
RecordView = Callable[Concatenate[CitizenRequest, Reader, P], HttpResponse]


def own(view: RecordView[P]) -> View:
    """The page over one's own record; an unchanged one is answered with 304."""
    return citizen(record=True)(_over_own(view))


def own_afresh(view: RecordView[P]) -> View:
    """The same over what changes without the record, such as papers taken from it."""
    return citizen()(_over_own(view))


def _over_own(view: RecordView[P]) -> View:
    @wraps(view)
    def shown(request: CitizenRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        reader = Reader(request.citizen.access, request.citizen.full_name)
        return view(request, reader, *args, **kwargs)

    return shown


def of_child(view: RecordView[P]) -> View:
    """The same page over a child's record: each look is written down, no copy is trusted.

    404 for a guardianship that is another's or has ended.
    """

    @wraps(view)
    def shown(
        request: CitizenRequest, child: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        number, today = request.citizen.number, vietnam_today(utc_now())
        guardianship = people.children_of(number, today).filter(id=child).first()
        if guardianship is None:
            raise Http404
        access = open_record(
            by=Actor.citizen(number),
            subject=guardianship.child_number,
            purpose="guardian",
            once_in=_ONE_KEPT if KEEPS in request.headers else timedelta(),
        )
        reader = Reader(access, guardianship.child_name, child)
        return view(request, reader, *args, **kwargs)

    return citizen()(shown)
