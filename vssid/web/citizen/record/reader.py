"""Whose record a page shows: one's own, or by a passage that of a child or of who shares it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Concatenate, Final, ParamSpec
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from vssid.accounts.passages import Member, PassageKind, Reached
from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import ONE_LOOK, open_record
from vssid.people.visibility import Part, Sight
from vssid.web.citizen.record import refused, withheld
from vssid.web.citizen.support.marks import mark_of
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest, View, citizen
from vssid.web.ui.page import Page

_ALL: Final = dict.fromkeys(Part, Sight.FULL)


@dataclass(frozen=True, slots=True)
class Reader:
    """The key to the record shown, and how much of it. `other`: by which passage, None: one's own.

    `family`: all whom the reader may switch to, known on pages of somebody else's record.
    """

    access: Access
    full_name: str
    other: Reached | None = None
    sights: Mapping[Part, Sight] = field(default_factory=lambda: _ALL)

    @property
    def child(self) -> UUID | None:
        """The id of the passage, None for one's own record."""
        return self.other.passage.id if self.other else None

    @property
    def may_act(self) -> bool:
        """Whether the reader acts for this record: their own, or their child's."""
        return self.other is None or self.other.passage.kind is PassageKind.CHILD

    @property
    def family(self) -> tuple[Member, ...]:
        """Whose records the reader may switch to; on own pages home itself knows."""
        return self.other.family if self.other else ()

    def sees(self, part: Part) -> bool:
        """Whether anything of a part is shown."""
        return self.sights[part] is not Sight.NOTHING

    def sees_all(self, part: Part) -> bool:
        """Whether a part is shown with its sensitive details."""
        return self.sights[part] is Sight.FULL

    def acts_on(self, *parts: Part) -> bool:
        """Whether the reader takes papers of these parts or reports a line: both tell all."""
        return self.may_act and all(self.sees_all(part) for part in parts)

    def page(
        self, title: str, *, is_home: bool = False, back: str | None = None, wide: bool = False
    ) -> Page:
        """The frame of a page of this record: somebody else's is named in its title."""
        back = None if is_home else back or self.to("overview")
        if self.other is None:
            return Page(title=title, tab="manage", back=back, wide=wide)
        return withheld.page_of(
            title, self.full_name, relation=withheld.relation(self.other), back=back, wide=wide
        )

    def to(self, route: str, **parts: object) -> str:
        """The address of a page of the same record."""
        if self.other is None:
            return _own_address(route, **parts)
        kind, id_ = self.other.passage.kind, self.other.passage.id
        return reverse(f"citizen:{kind}-{route}", kwargs={kind.value: id_, **parts})

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

# A shared record is read, never changed, whatever its pages learn one day.
_READING: Final = frozenset({"GET", "HEAD"})

P = ParamSpec("P")
RecordView = Callable[Concatenate[CitizenRequest, Reader, P], HttpResponse]


def own(view: RecordView[P], *, has_amounts: bool = False) -> View:
    """The page over one's own record; an unchanged one is answered with 304.

    `has_amounts`: its parameters are figures, which may look like somebody's number.
    """
    return citizen(record=True)(_over_own(view, has_amounts=has_amounts))


def own_afresh(view: RecordView[P]) -> View:
    """The same over what changes without the record, such as papers taken from it."""
    return citizen()(_over_own(view))


def _over_own(view: RecordView[P], *, has_amounts: bool = False) -> View:
    @wraps(view)
    def shown(request: CitizenRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.GET and not has_amounts and (asked := refused.number_asked(request)):
            return refused.answer_number(request, asked)
        reader = Reader(request.citizen.access, request.citizen.full_name)
        return view(request, reader, *args, **kwargs)

    return shown


def of_other(
    view: RecordView[P],
    kind: PassageKind,
    part: Part | None,
    *,
    with_read: bool = True,
    least: Sight = Sight.PLAIN,
) -> View:
    """The same page over somebody else's record (guides C05).

    Its key writes the look in the statement that reads; the very same look is one in an hour. No
    copy is trusted. A passage that is another's or has ended is refused; a part that is not for
    the reader is not read, and the page says why. `part` None: the way in, always shown. Pages
    that read more than the record, such as papers, have their look written first (`with_read`);
    what tells a part whole asks for a sight of it that leaves nothing out (`least`).
    """

    @wraps(view)
    def shown(request: CitizenRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        named = kwargs.pop(kind.value)
        found = request.citizen.reached
        if found is None:
            return refused.by_passage(request, kind, UUID(str(named)))
        if kind is PassageKind.SHARE and request.method not in _READING:
            refusals.note(request, "share.read-only")
            return withheld.read_only(request, found)
        # Of a grown child, or of nothing at all, not even the way in is read.
        if found.is_grown or found.is_frozen or (part and found.sights[part] < least):
            return withheld.page(request, found, part)
        access = open_record(
            by=Actor.citizen(request.citizen.number),
            subject=found.number,
            purpose=refused.WAYS[kind],
            details={"part": part.value} if part else None,
            once_in=_ONE_KEPT if KEEPS in request.headers and part is Part.CARD else ONE_LOOK,
            with_read=with_read,
        )
        return view(request, Reader(access, found.full_name, found, found.sights), *args, **kwargs)

    return citizen(passage=kind)(shown)
