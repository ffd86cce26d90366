"""«Báo sai sót»: the line as it stands, what is wrong with it, a last look, then the code.

The address names a line; what is quoted is read again under the person's key.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.insurance.lines import Line, LineKind, line
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.support import catalogue, errors, queries, quoting, rules
from vssid.support.commands import opening, steps
from vssid.support.models import Kind, Petition
from vssid.support.placing import office_for
from vssid.web.citizen.support.forms import PARCEL, Holder, Papers, ReportForm
from vssid.web.citizen.support.marks import mark_of, number_of
from vssid.web.citizen.support.subjects import Subject, subject_of
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render, render_form

WHOSE, PAGE, ROW = "ho-so", "muc", "dong"
_DO, _SEND, _AGAIN, _MORE = "viec", "gui", "sua", "them"


@dataclass(frozen=True, slots=True)
class Reported:
    """The line that an address names, and whose it is."""

    subject: Subject
    line: Line
    fields: dict[str, str]

    @property
    def access(self) -> Access:
        """The key to the record that the line is of."""
        return self.subject.access

    @property
    def page(self) -> Page:
        """The frame of each step."""
        return _page(self.subject)


@citizen()
def report(request: CitizenRequest) -> HttpResponse:
    """The form, then the last look, then the petition; a line reported already leads to its own."""
    sent = _sent(request)
    subject = subject_of(request, _whose(request, sent))
    kind, row = _place(sent)
    if not subject.reads(kind):
        raise Http404
    access = subject.access
    found = line(access, kind, row)
    if found is None:
        return _gone(request, subject)
    fields = {WHOSE: mark_of(access.subject), PAGE: kind.value, ROW: sent.get(ROW, "")}
    about = Reported(subject, found, fields)
    if request.method != "POST":
        earlier = queries.open_about(access, found)
        if earlier is not None:
            return _to(earlier, "da-bao")
        kept = Papers(request, request.kept.get(PARCEL, ""), Holder(request.citizen.number))
        return _draw(request, about, ReportForm(initial=request.kept), kept)
    return _answer(request, about)


def _answer(request: CitizenRequest, about: Reported) -> HttpResponse:
    papers = Papers(request, request.POST.get(PARCEL, ""), Holder(request.citizen.number))
    papers.take()
    if request.POST.get(_DO) in {_AGAIN, _MORE}:
        form = ReportForm(initial=request.POST.dict())
        return _draw(request, about, form, papers)
    form = ReportForm(request.POST)
    if not form.is_valid() or papers.problems:
        return _draw(request, about, form, papers)
    if request.POST.get(_DO) != _SEND:
        return _last_look(request, about, form, papers)
    try:
        opened = opening.open_petition(
            access=about.access,
            kind=Kind.DATA_ERROR,
            line=about.line,
            wording=opening.Wording(form.cleaned_data["words"], form.cleaned_data["wished"]),
            parcel=papers.parcel,
            by=Actor.citizen(request.citizen.number),
            now=utc_now(),
        )
    except errors.PetitionOpenAlreadyError as error:
        refusals.note(request, error.code)
        return _to(queries.by_code(str(error.details["petition"])), "da-bao")
    except CodedError as error:
        form.refuse(None, error)
        return _draw(request, about, form, papers)
    return _to(opened, "moi")


def _draw(
    request: CitizenRequest, about: Reported, form: ReportForm, papers: Papers
) -> HttpResponse:
    answer = render_form(
        request,
        "citizen/support/report.html",
        about.page,
        form,
        **_shown(about),
        papers=papers,
        most=settings.VSSID_PETITION_PAPERS,
    )
    if papers.problems and answer.status_code == 200:
        answer.status_code = 422
    return answer


def _last_look(
    request: CitizenRequest, about: Reported, form: ReportForm, papers: Papers
) -> HttpResponse:
    try:
        office = office_for(about.access, about.line)
    except errors.OfficeNotKnownError as error:
        form.refuse(None, error)
        return _draw(request, about, form, papers)
    due_on = steps.due_on(category=catalogue.REPORTED, now=utc_now())
    return render(
        request,
        "citizen/support/last_look.html",
        about.page,
        **_shown(about),
        words=form.cleaned_data["words"],
        wished=form.cleaned_data["wished"],
        papers=papers,
        office=office,
        due_on=due_on,
    )


def _shown(about: Reported) -> dict[str, Any]:
    return {
        "title": quoting.title(about.line),
        "pairs": quoting.pairs(about.line),
        "fields": about.fields,
        "is_own": about.subject.child is None,
    }


def _page(subject: Subject) -> Page:
    back = reverse("citizen:overview")
    if subject.child is not None:
        back = reverse("citizen:child-overview", kwargs={"child": subject.child.guardianship.id})
    return subject.page(_("Báo sai sót"), tab="manage", back=back)


def _gone(request: CitizenRequest, subject: Subject) -> HttpResponse:
    error = errors.LineGoneError()
    refusals.note(request, error.code)
    page = _page(subject)
    return render(request, "citizen/support/gone.html", page, sentence=str(error), status=404)


def _to(petition: Petition, why: str) -> HttpResponse:
    code = rules.display_code(petition.code)
    return HttpResponseRedirect(reverse("citizen:petition", kwargs={"code": code}) + f"?{why}=1")


def _sent(request: CitizenRequest) -> dict[str, str]:
    """What names the line: the form's hidden fields, what was kept of them, or the address."""
    if request.method == "POST":
        return {name: str(text) for name, text in request.POST.items()}
    return {**request.GET.dict(), **request.kept}


def _whose(request: CitizenRequest, sent: dict[str, str]) -> str:
    mark = sent.get(WHOSE, "")
    return number_of(mark) if mark else request.citizen.number


def _place(sent: dict[str, str]) -> tuple[LineKind, UUID | None]:
    """Which line of which page. Raises Http404 for what is no line."""
    try:
        kind = LineKind(sent.get(PAGE, ""))
        return kind, None if kind is LineKind.PERSON else UUID(sent.get(ROW, ""))
    except ValueError as error:
        raise Http404 from error
