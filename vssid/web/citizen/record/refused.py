"""A record that is not the reader's to open: refused kindly, written down, told to its owner."""

import re
from typing import Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.passages import PassageKind
from vssid.audit.actors import Actor
from vssid.audit.commands import ONE_LOOK, record_look
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.identifiers import PERSONAL_NUMBER_LENGTH
from vssid.people import queries as people
from vssid.people.queries import Concerned
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

A_NUMBER: Final = "[0-9]{10}|[0-9]{12}"
"""A BHXH number or a personal one, as a pattern."""

_NUMBER: Final = re.compile(A_NUMBER, re.ASCII)

WAYS: Final = {PassageKind.CHILD: "guardian", PassageKind.SHARE: "shared"}
"""Why somebody else looked or tried to, as it is written with the look."""


def by_passage(request: CitizenRequest, kind: PassageKind, id_: UUID) -> HttpResponse:
    """The answer to a guardianship or share that is another's, has ended, or never was."""
    is_child = kind is PassageKind.CHILD
    find = people.concerned_by_guardianship if is_child else people.concerned_by_share
    return _answer(request, find(id_), WAYS[kind])


def number_asked(request: CitizenRequest) -> str:
    """A number of somebody else's in the address' parameters; empty when there is none.

    `tim` is what people look for in their own record.
    """
    given = (request.GET.get(name, "") for name in request.GET if name != "tim")
    numbers = filter(_NUMBER.fullmatch, given)
    return next((one for one in numbers if _owner(one) != request.citizen.number), "")


@citizen()
def by_number(request: CitizenRequest, number: str, page: str) -> HttpResponse:
    """Somebody's number typed into the address: one's child's leads on, all others are refused."""
    return answer_number(request, number)


def answer_number(request: CitizenRequest, number: str) -> HttpResponse:
    """One's own number leads to one's own record, one's child's to the child's."""
    number, today = _owner(number), vietnam_today(utc_now())
    if number == request.citizen.number:
        return HttpResponseRedirect(reverse("citizen:overview"))
    mine = people.children_of(request.citizen.number, today).filter(child_number=number).first()
    if mine is not None:
        return HttpResponseRedirect(reverse("citizen:child-overview", kwargs={"child": mine.id}))
    return _answer(request, people.concerned_by_number(number), "number")


def _owner(number: str) -> str:
    """The BHXH number that a number of 10 or 12 digits leads to; itself when to none."""
    is_personal = len(number) == PERSONAL_NUMBER_LENGTH
    return (people.number_by_identity(number) if is_personal else None) or number


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
