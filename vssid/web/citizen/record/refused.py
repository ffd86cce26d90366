"""A record that is not the reader's to open: refused kindly, written down, told to its owner."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.passages import PassageKind
from vssid.audit.actors import Actor
from vssid.audit.commands import ONE_LOOK, record_look
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people import queries as people
from vssid.people.queries import Concerned
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

WAYS: Final = {PassageKind.CHILD: "guardian", PassageKind.SHARE: "shared"}
"""Why somebody else looked or tried to, as it is written with the look."""


def by_passage(request: CitizenRequest, kind: PassageKind, id_: UUID) -> HttpResponse:
    """The answer to a guardianship or share that is another's, has ended, or never was."""
    is_child = kind is PassageKind.CHILD
    find = people.concerned_by_guardianship if is_child else people.concerned_by_share
    return _answer(request, find(id_), WAYS[kind])


@citizen()
def by_number(request: CitizenRequest, number: str, page: str) -> HttpResponse:
    """Somebody's number typed into the address: one's child's leads on, all others are refused."""
    today = vietnam_today(utc_now())
    mine = people.children_of(request.citizen.number, today).filter(child_number=number).first()
    if mine is not None:
        return HttpResponseRedirect(reverse("citizen:child-overview", kwargs={"child": mine.id}))
    return _answer(request, people.concerned_by_number(number), "number")


def _answer(request: CitizenRequest, found: Concerned | None, way: str) -> HttpResponse:
    """The same page whether there is such a person or not."""
    me = request.citizen.number
    if found is not None:
        by = Actor.citizen(me)
        for subject, reason in ((found.subject, way), (found.keeper, "guardian-of")):
            if subject and subject != me:
                record_look(
                    by=by,
                    act="record.refused",
                    subject=subject,
                    reason=reason,
                    once_in=ONE_LOOK,
                )
    title = _("Hồ sơ này không mở cho bạn")
    return render(request, "citizen/record/refused.html", Page(title=title, tab="manage"),
                  status=404)  # fmt: skip
