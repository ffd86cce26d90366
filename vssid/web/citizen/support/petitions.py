"""«Phản ánh kiến nghị»: the way in for everybody; signed in, one's own and one's children's.

Who has no account follows theirs by code and OTP (`following`).
"""

from functools import wraps
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vssid.audit.actors import Actor
from vssid.reference import queries as reference
from vssid.support import catalogue, queries, rules
from vssid.support.models import Petition, State
from vssid.web.citizen.support import reading
from vssid.web.citizen.support.forms import Holder
from vssid.web.citizen.support.reading import Reader
from vssid.web.citizen.support.subjects import SightLostError, Subject, petition_of, subjects
from vssid.web.ui.access import CitizenRequest, View, citizen, public_knowing
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render


@public_knowing
def petitions(request: CitizenRequest) -> HttpResponse:
    """Write one, follow one by its code; signed in, one's own with where each stands (U05)."""
    me = getattr(request, "citizen", None)
    if me is not None and me.must_change_password:
        return HttpResponseRedirect(reverse("citizen:password"))
    return render(
        request,
        "citizen/support/petitions.html",
        Page(title=_("Phản ánh kiến nghị"), tab="help", back=reverse("citizen:help")),
        groups=[_group(one) for one in subjects(request)] if me is not None else [],
        categories=catalogue.on_form(),
    )


def _told_when_lost(view: View) -> View:
    """Who wrote about a child and sees no more of it is told why, and whom to ask."""

    @wraps(view)
    def told(request: CitizenRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SightLostError as error:
            office = reference.known_office(error.petition.office)
            page = Page(
                title=_("Phản ánh này không mở cho bạn nữa"),
                tab="help",
                back=reverse("citizen:petitions"),
                help_phone=office.phone,
                help_name=office.name,
            )
            return render(
                request,
                "citizen/support/lost.html",
                page,
                status=404,
                code=rules.display_code(error.petition.code),
                is_of_age=error.is_of_age,
                office=office,
            )

    return told


@citizen()
@_told_when_lost
def petition(request: CitizenRequest, code: str) -> HttpResponse:
    """One petition: where it stands, who has it, everything that was said; and room to answer."""
    return reading.show(request, _reader(request, code))


@citizen()
@_told_when_lost
def rate(request: CitizenRequest, code: str) -> HttpResponse:
    """«Câu trả lời có hữu ích không?»."""
    return reading.rate(request, _reader(request, code))


@citizen()
@_told_when_lost
def withdraw(request: CitizenRequest, code: str) -> HttpResponse:
    """«Đóng phản ánh»: asked once more, then done."""
    return reading.withdraw(request, _reader(request, code))


@citizen()
@_told_when_lost
def paper(request: CitizenRequest, code: str, paper: UUID) -> HttpResponse:
    """A paper of a petition."""
    _subject, found = petition_of(request, code)
    return reading.paper_answer(found, paper)


def _reader(request: CitizenRequest, code: str) -> Reader:
    subject, found = petition_of(request, code)
    named = {"code": rules.display_code(found.code)}
    at = {
        "page": reverse("citizen:petition", kwargs=named),
        "withdraw": reverse("citizen:petition-withdraw", kwargs=named),
        "rate": reverse("citizen:petition-rate", kwargs=named),
        "leave": "",
    }
    number = request.citizen.number
    return Reader(
        petition=found,
        actor=Actor.citizen(number),
        holder=Holder(number),
        page=subject.page(
            pgettext("one", "Phản ánh"),
            tab="help",
            back=reverse("citizen:petitions"),
            office=queries.office_of(found),
        ),
        at=at,
        paper_route="citizen:petition-paper",
        is_own=subject.child is None,
        initial=request.kept,
    )


def _group(subject: Subject) -> tuple[str, list[dict[str, object]]]:
    """The name of a child, empty for oneself, and the petitions that the reader may open."""
    name = subject.child.guardianship.child_name if subject.child else ""
    found = queries.of_person(subject.access)
    return name, [_row(one) for one in found if subject.reads(queries.line_kind(one))]


def _row(one: Petition) -> dict[str, object]:
    return {
        "code": rules.display_code(one.code),
        "title": queries.title_of(one),
        "state": State(one.state),
        "opened_at": one.opened_at,
        "due_on": one.due_on,
    }
