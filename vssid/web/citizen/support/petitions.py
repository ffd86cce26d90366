"""«Phản ánh kiến nghị»: one's own petitions and those about one's children, each with its history.

Who reads them may write back with papers, and may close what needs no answer any more.
"""

from functools import wraps
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.audit.actors import Actor
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.reference import queries as reference
from vssid.support import queries, rules
from vssid.support.commands import moving
from vssid.support.models import Petition, State
from vssid.support.papers import JPEG
from vssid.web.citizen.support.forms import PARCEL, AddForm, Papers
from vssid.web.citizen.support.subjects import SightLostError, Subject, petition_of, subjects
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest, View, citizen
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render, render_form

_PLACES = {State.RECEIVED: 1, State.FORWARDED: 1, State.IN_WORK: 2, State.ANSWERED: 3}
_DO, _MORE = "viec", "them"


@citizen()
def petitions(request: CitizenRequest) -> HttpResponse:
    """My petitions, the newest first, with where each stands; then those about my children."""
    return render(
        request,
        "citizen/support/petitions.html",
        Page(title=_("Phản ánh kiến nghị"), tab="help", back=reverse("citizen:help")),
        groups=[_group(one) for one in subjects(request)],
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
    subject, found = petition_of(request, code)
    if request.method != "POST":
        papers = Papers(request, request.kept.get(PARCEL, ""))
        return _draw(request, subject, found, AddForm(initial=request.kept), papers)
    papers = Papers(request, request.POST.get(PARCEL, ""))
    papers.take()
    if request.POST.get(_DO) == _MORE:
        return _draw(request, subject, found, AddForm(initial=request.POST.dict()), papers)
    form = AddForm(request.POST)
    if not form.is_valid() or papers.problems:
        return _draw(request, subject, found, form, papers)
    try:
        moving.add_to_petition(
            petition=found,
            words=form.cleaned_data["words"],
            parcel=papers.parcel,
            by=Actor.citizen(request.citizen.number),
            now=utc_now(),
        )
    except CodedError as error:
        form.refuse(None, error)
        return _draw(request, subject, found, form, papers)
    return _to(found, "bo-sung")


@citizen()
@_told_when_lost
def withdraw(request: CitizenRequest, code: str) -> HttpResponse:
    """«Đóng phản ánh»: asked once more, then done."""
    subject, found = petition_of(request, code)
    shown = rules.display_code(found.code)
    if request.method == "POST":
        try:
            by = Actor.citizen(request.citizen.number)
            moving.withdraw_petition(petition=found, by=by, now=utc_now())
        except CodedError as error:
            refusals.note(request, error.code)
        return _to(found, "dong")
    back = reverse("citizen:petition", kwargs={"code": shown})
    page = subject.page(_("Đóng phản ánh"), tab="help", back=back)
    return render(request, "citizen/support/withdraw.html", page, code=shown, back=back)


@citizen()
@_told_when_lost
def paper(request: CitizenRequest, code: str, paper: UUID) -> HttpResponse:
    """A paper of a petition; a PDF is only ever handed over as a file."""
    _subject, found = petition_of(request, code)
    try:
        content, media_type = queries.paper(found, paper)
    except (ObjectDoesNotExist, FileErasedError, FileMissingError) as error:
        raise Http404 from error
    answer = HttpResponse(content, content_type=media_type)
    answer["Cache-Control"] = NEVER_KEPT
    if media_type != JPEG:
        answer["Content-Disposition"] = f'attachment; filename="{paper.hex[:8]}.pdf"'
    return answer


def _draw(
    request: CitizenRequest, subject: Subject, found: Petition, form: AddForm, papers: Papers
) -> HttpResponse:
    view = queries.whole(found, today=vietnam_today(utc_now()))
    answer = render_form(
        request,
        "citizen/support/petition.html",
        subject.page(
            _("Phản ánh"),
            tab="help",
            back=reverse("citizen:petitions"),
            office=view.office,
        ),
        form,
        petition=view,
        place=_PLACES.get(view.state, 4),
        is_open=rules.is_open(view.state),
        is_own=subject.child is None,
        papers=papers,
        most=settings.VSSID_PETITION_PAPERS,
        done=_done(request),
    )
    if papers.problems and answer.status_code == 200:
        answer.status_code = 422
    return answer


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


def _done(request: CitizenRequest) -> tuple[str, str, str] | None:
    """What just happened: tone, title, sentence."""
    said = {
        "moi": (
            "good",
            _("Đã gửi phản ánh"),
            _("Một tin nhắn xác nhận đang đến điện thoại của bạn."),
        ),
        "bo-sung": ("good", _("Đã gửi phần bổ sung"), _("Cơ quan BHXH đọc cùng phản ánh này.")),
        "da-bao": (
            "info",
            _("Dòng này đã được báo"),
            _("Phản ánh dưới đây đang mở. Bạn bổ sung ở cuối trang, không cần báo lại."),
        ),
        "dong": ("info", _("Phản ánh đã đóng"), _("Còn việc chưa rõ, bạn gửi phản ánh mới.")),
    }
    return next((words for name, words in said.items() if request.GET.get(name)), None)


def _to(petition: Petition, why: str) -> HttpResponse:
    code = rules.display_code(petition.code)
    return HttpResponseRedirect(reverse("citizen:petition", kwargs={"code": code}) + f"?{why}=1")
