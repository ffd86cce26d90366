"""Whose record a report or a petition is about, and whether the reader may have the key to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.http import Http404

from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import ONE_LOOK, open_record
from vssid.insurance.lines import LineKind
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people import queries as people
from vssid.people.queries import SeenChild
from vssid.people.visibility import Part, Sight
from vssid.reference.choices import OfficeView
from vssid.support import queries
from vssid.support.commands import opening
from vssid.support.errors import PetitionUnknownError
from vssid.support.models import Petition
from vssid.web.citizen.record import withheld
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.page import Page, Tab

# What a line tells whole.
_TELLS: Final[Mapping[LineKind, tuple[Part, ...]]] = {
    LineKind.CARD: (Part.CARD,),
    LineKind.PERIOD: (Part.CONTRIBUTIONS,),
    LineKind.BENEFIT: (Part.BENEFITS,),
    LineKind.VISIT: (Part.MEDICAL_BOOK, Part.MEDICAL_DETAILS),
    LineKind.PERSON: (Part.PERSONAL,),
}


class SightLostError(Exception):
    """A guardian wrote this petition about a child and may not read it any more.

    `is_of_age`: the part it speaks of is now the child's alone; else they see nothing of the child.
    """

    def __init__(self, petition: Petition, *, is_of_age: bool) -> None:
        super().__init__()
        self.petition = petition
        self.is_of_age = is_of_age


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose record it is, with its key; `child` None: one's own."""

    access: Access
    child: SeenChild | None = None

    def reads(self, kind: LineKind | None) -> bool:
        """Whether a line may be quoted: of a child's record only what the age leaves whole.

        `kind` None: what quotes no line.
        """
        if self.child is None or kind is None:
            return True
        return all(self.child.sights[part] is Sight.FULL for part in _TELLS[kind])

    def page(self, title: str, *, tab: Tab, back: str, office: OfficeView | None = None) -> Page:
        """The frame of a page about this record: a child's is named in its title."""
        page = Page(title=title, tab=tab, back=back)
        if self.child is not None:
            held = self.child.guardianship
            relation = withheld.kinship(held.relation)
            page = withheld.page_of(title, held.child_name, relation=relation, tab=tab, back=back)
        return replace(page, help_phone=office.phone, help_name=office.name) if office else page


def subject_of(request: CitizenRequest, number: str) -> Subject:
    """Oneself, or a child of whom one sees anything (guides C05); each look at a child is written.

    Raises Http404 for anybody else's record: its owner reads that somebody came.
    """
    me = request.citizen.number
    if number == me:
        return Subject(request.citizen.access)
    child = people.child_seen(me, number, vietnam_today(utc_now())) if number else None
    if child is not None:
        return _of_child(request, child)
    if number:
        opening.turn_away(subject=number, by=Actor.citizen(me), once_in=ONE_LOOK)
    refusals.note(request, "petition.of-another")
    raise Http404


def subjects(request: CitizenRequest) -> list[Subject]:
    """Oneself, then the children of whom one sees anything."""
    today = vietnam_today(utc_now())
    children = people.children_seen(request.citizen.number, today)
    return [Subject(request.citizen.access), *(_of_child(request, one) for one in children)]


def petition_of(request: CitizenRequest, code: str) -> tuple[Subject, Petition]:
    """The petition of a code, about oneself or a child, and about whom.

    Raises Http404 for another's, and for one that quotes what the age does not leave whole any
    more; SightLostError instead for who wrote it.
    """
    try:
        petition = queries.by_code(code[:40])
    except PetitionUnknownError as error:
        refusals.note(request, error.code)
        raise Http404 from error
    is_mine = petition.sender == request.citizen.number
    try:
        subject = subject_of(request, petition.number)
    except Http404:
        if is_mine:
            raise SightLostError(petition, is_of_age=False) from None
        raise
    if not subject.reads(queries.line_kind(petition)):
        refusals.note(request, "petition.not-for-guardian")
        if is_mine:
            raise SightLostError(petition, is_of_age=True)
        raise Http404
    return subject, petition


def _of_child(request: CitizenRequest, child: SeenChild) -> Subject:
    access = open_record(
        by=Actor.citizen(request.citizen.number),
        subject=child.guardianship.child_number,
        purpose="guardian",
        once_in=ONE_LOOK,
    )
    return Subject(access, child)
