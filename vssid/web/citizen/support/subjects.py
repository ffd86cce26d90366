"""The key to the record that a report or a petition is about, for whoever may have it."""

from django.http import Http404

from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import ONE_LOOK, open_record
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people import queries as people
from vssid.support import queries
from vssid.support.commands import opening
from vssid.support.errors import PetitionUnknownError
from vssid.support.models import Petition
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest


def key_to(request: CitizenRequest, number: str) -> Access:
    """One's own, or that of a child one acts for (guides C05); each look at a child is written.

    Raises Http404 for anybody else's record: its owner reads that somebody came.
    """
    me = request.citizen.number
    if number == me:
        return request.citizen.access
    by = Actor.citizen(me)
    if people.is_guardian(me, number, vietnam_today(utc_now())):
        return open_record(by=by, subject=number, purpose="guardian", once_in=ONE_LOOK)
    if number:
        opening.turn_away(subject=number, by=by, once_in=ONE_LOOK)
    refusals.note(request, "petition.of-another")
    raise Http404


def petition_of(request: CitizenRequest, code: str) -> Petition:
    """The petition of a code, about oneself or a child. Raises Http404."""
    try:
        petition = queries.by_code(code[:40])
    except PetitionUnknownError as error:
        refusals.note(request, error.code)
        raise Http404 from error
    key_to(request, petition.number)
    return petition
