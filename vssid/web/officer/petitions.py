"""The petitions of an office, and one on one screen: the line then and today, answer, forward."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.audit.commands import ONE_LOOK, open_record, record_look
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.kernel.text import clean
from vssid.reference import queries as reference
from vssid.staff.rules import can_answer
from vssid.support import queries, rules
from vssid.support.commands import moving
from vssid.support.errors import PetitionUnknownError
from vssid.support.models import Act, Kind, Petition, State
from vssid.support.papers import JPEG
from vssid.support.quoting import Compared
from vssid.support.rules import Side
from vssid.web.ui import desk_session
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render

_PER_PAGE = 25
_LONGEST = 4000
_NAMED = 6


class AnswerForm(PlainForm):
    """What the person reads."""

    answer = forms.CharField(
        label=gettext_lazy("Câu trả lời"),
        help_text=gettext_lazy(
            "Người gửi đọc nguyên văn trong VssID; tin nhắn chỉ báo có trả lời."
        ),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Xin viết câu trả lời cho người gửi.")},
    )


class ForwardForm(PlainForm):
    """Where it goes, and why: the person reads it too."""

    office = forms.CharField(
        label=gettext_lazy("Cơ quan nhận: mã hoặc tên"),
        help_text=gettext_lazy("Ví dụ 00114 hoặc Thanh Trì."),
        max_length=60,
        error_messages={"required": gettext_lazy("Xin nhập mã hoặc tên cơ quan nhận.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do chuyển"),
        max_length=500,
        error_messages={"required": gettext_lazy("Xin ghi lý do chuyển, người gửi cũng đọc.")},
    )

    def clean_office(self) -> str:
        """The code of the one office that was meant; several are named, so that one is chosen."""
        typed = clean(self.cleaned_data["office"])
        if reference.office(typed) is not None:
            return typed
        found = reference.find_offices(typed, limit=_NAMED + 1)
        meant = [one for one in found if one.name.casefold().endswith(typed.casefold())] or found
        if len(meant) == 1:
            return meant[0].code
        if not found:
            raise ValidationError(_("Không có cơ quan này. Xin thử tên ngắn hơn, ví dụ Thanh Trì."))
        names = "; ".join(f"{one.code} {one.name}, {one.parent_name}" for one in found[:_NAMED])
        raise ValidationError(_("Có nhiều cơ quan, xin nhập mã: %(names)s.") % {"names": names})


class CloseForm(PlainForm):
    """A last word, if there is one."""

    closing = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, max_length=500)


@officer(may=can_answer)
def petitions(request: OfficerRequest) -> HttpResponse:
    """What lies at this office: what waits first, by its day; then what was answered."""
    pages = Paginator(queries.queue(request.desk.office), _PER_PAGE)
    shown = pages.get_page(request.GET.get("trang", "1"))
    now = utc_now()
    today = vietnam_today(now)
    rows = [
        {
            "code": rules.display_code(one.code),
            "title": queries.title_of(one),
            "kind": Kind(one.kind).label,
            "state": State(one.state),
            "full_name": one.full_name,
            "days": (now - one.opened_at).days,
            "due_on": one.due_on,
            "is_late": queries.is_late(one, today),
        }
        for one in shown
    ]
    return render(
        request,
        "officer/petitions.html",
        Page(title=_("Phản ánh chờ trả lời"), wide=True),
        rows=rows,
        shown=shown,
        total=pages.count,
        problem=request.GET.get("khong-thay", ""),
        done=_done(request),
    )


@officer(may=can_answer)
def petition(request: OfficerRequest, code: str) -> HttpResponse:
    """One petition; looking at it is written down, and its person reads who looked."""
    found = _ours(request, code)
    return _draw(request, found) if found else _unknown()


@officer(may=can_answer)
def find(request: OfficerRequest) -> HttpResponse:
    """Opens a petition by its code."""
    found = _ours(request, request.GET.get("ma", ""))
    return _to(found) if found else _unknown()


@officer(may=can_answer)
def take(request: OfficerRequest, code: str) -> HttpResponse:
    """«Nhận xử lý»."""
    found = _ours(request, code)
    if found is None:
        return _unknown()
    if request.method == "POST":
        try:
            moving.take_petition(petition=found, by=request.desk.officer, now=utc_now())
        except CodedError as error:
            return _draw(request, found, problem=str(error), status=409)
    return _to(found)


@officer(may=can_answer)
def answer(request: OfficerRequest, code: str) -> HttpResponse:
    """Answers; the person is told that there is an answer (guides O05)."""
    found = _ours(request, code)
    if found is None:
        return _unknown()
    if request.method != "POST":
        return _to(found)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            moving.answer_petition(
                petition=found,
                words=form.cleaned_data["answer"],
                by=request.desk.officer,
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse(None, error)
        else:
            return _next(found, "tra-loi")
    return _draw(request, found, answering=form, status=422)


@officer(may=can_answer)
def forward(request: OfficerRequest, code: str) -> HttpResponse:
    """Sends it to the office that can answer; the day of the answer stays."""
    found = _ours(request, code)
    if found is None:
        return _unknown()
    if request.method != "POST":
        return _to(found)
    form = ForwardForm(request.POST)
    if form.is_valid():
        try:
            moving.forward_petition(
                petition=found,
                office=form.cleaned_data["office"],
                words=form.cleaned_data["reason"],
                by=request.desk.officer,
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse(None, error)
        else:
            return _next(found, "chuyen")
    return _draw(request, found, forwarding=form, status=422)


@officer(may=can_answer)
def close(request: OfficerRequest, code: str) -> HttpResponse:
    """Closes what was answered."""
    found = _ours(request, code)
    if found is None:
        return _unknown()
    form = CloseForm(request.POST)
    if request.method != "POST":
        return _to(found)
    try:
        words = form.cleaned_data["closing"] if form.is_valid() else ""
        moving.close_petition(petition=found, words=words, by=request.desk.officer, now=utc_now())
    except CodedError as error:
        return _draw(request, found, problem=str(error), status=409)
    return _next(found, "dong")


@officer(may=can_answer)
def paper(request: OfficerRequest, code: str, paper: UUID) -> HttpResponse:
    """A paper that came with a petition; a look at it is written down, once in an hour."""
    found = _ours(request, code)
    try:
        content, media_type = queries.paper(found, paper) if found else (b"", "")
    except (ObjectDoesNotExist, FileErasedError, FileMissingError):
        content, media_type = b"", ""
    if found is None or not content:
        return HttpResponse(status=404)
    record_look(
        by=request.desk.actor,
        act="petition.paper",
        subject=found.number,
        details={"petition": found.code, "paper": paper.hex},
        once_in=ONE_LOOK,
    )
    sent = HttpResponse(content, content_type=media_type)
    sent["Cache-Control"] = NEVER_KEPT
    if media_type != JPEG:
        sent["Content-Disposition"] = f'attachment; filename="{paper.hex[:8]}.pdf"'
    return sent


def _draw(
    request: OfficerRequest,
    found: Petition,
    *,
    problem: str = "",
    status: int = 200,
    answering: AnswerForm | None = None,
    forwarding: ForwardForm | None = None,
) -> HttpResponse:
    is_there, compared = _comparison(request, found)
    kept = _kept(request)
    return render(
        request,
        "officer/petition.html",
        Page(title=_("Phản ánh"), back=reverse("officer:petitions"), wide=True),
        petition=queries.whole(found, today=vietnam_today(utc_now())),
        is_there=is_there,
        compared=compared,
        may=_may(found),
        answering=answering or AnswerForm(initial=kept),
        forwarding=forwarding or ForwardForm(initial=kept),
        closing=CloseForm(initial=kept),
        problem=problem,
        status=status,
    )


def _comparison(request: OfficerRequest, found: Petition) -> tuple[bool, Sequence[Compared]]:
    """The line then and today; the look is written, unless the petition is about nobody known."""
    if not found.number:
        return True, ()
    access = open_record(
        by=request.desk.actor,
        subject=found.number,
        purpose=f"petition {found.code}",
        once_in=ONE_LOOK,
    )
    return queries.comparison(found, access)


def _may(found: Petition) -> dict[str, bool]:
    """Which moves the office may make now."""
    acts = (Act.TAKE, Act.ANSWER, Act.FORWARD, Act.CLOSE)
    return {act.value: rules.next_state(found.state, act, Side.OFFICE) is not None for act in acts}


def _kept(request: OfficerRequest) -> dict[str, Any]:
    """What was typed here when the screen locked."""
    kept = desk_session.take_kept(request, request.desk.officer, request.path)
    return {name: texts[0] for name, texts in kept.items() if texts}


def _ours(request: OfficerRequest, code: str) -> Petition | None:
    """The petition of a code, when it lies at this office or below it."""
    try:
        found = queries.by_code(code[:40])
    except PetitionUnknownError:
        return None
    office = request.desk.office
    is_ours = found.office == office or reference.is_below(found.office, office)
    return found if is_ours else None


def _unknown() -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('officer:petitions')}?khong-thay=1")


def _to(found: Petition) -> HttpResponse:
    code = rules.display_code(found.code)
    return HttpResponseRedirect(reverse("officer:petition", kwargs={"code": code}))


def _next(found: Petition, what: str) -> HttpResponse:
    code = rules.display_code(found.code)
    return HttpResponseRedirect(f"{reverse('officer:petitions')}?xong={what}&ma={code}")


def _done(request: OfficerRequest) -> str:
    code = rules.parse_code(request.GET.get("ma", "")[:40])
    shown = rules.display_code(code) if code else ""
    return {
        "tra-loi": _("Đã trả lời phản ánh %(code)s. Người gửi đã được báo tin."),
        "chuyen": _("Đã chuyển phản ánh %(code)s. Người gửi đã được báo tin."),
        "dong": _("Đã đóng phản ánh %(code)s."),
    }.get(request.GET.get("xong", ""), "") % {"code": shown}
