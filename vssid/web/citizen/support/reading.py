"""One petition as its writer reads it, with an account or by code and OTP: the same page and acts.

Who reads it may write back with papers, say whether the answer helped, open it again, and close
what needs no answer any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from vssid.audit.actors import Actor
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.support import queries, rules
from vssid.support.commands import judging, moving
from vssid.support.models import Petition, State
from vssid.support.papers import JPEG
from vssid.web.citizen.support.forms import PARCEL, AddForm, Holder, Papers
from vssid.web.ui import refusals
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render, render_form

_PLACES = {State.RECEIVED: 1, State.FORWARDED: 1, State.IN_WORK: 2, State.ANSWERED: 3}
DO, MORE, HELPFUL = "viec", "them", "co-ich"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a petition, and where its acts are: `at` has «page», «withdraw», «rate», «leave».

    `paper_route` opens a paper by the petition's code and its own id. `is_own`: about nobody else.
    """

    petition: Petition
    actor: Actor
    holder: Holder
    page: Page
    at: Mapping[str, str]
    paper_route: str
    is_own: bool = True
    initial: Mapping[str, str] | None = None


def show(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The petition; POST writes back to it, or opens it again."""
    initial = reader.initial or {}
    if request.method != "POST":
        papers = Papers(request, initial.get(PARCEL, ""), reader.holder)
        return _draw(request, reader, AddForm(initial=dict(initial)), papers)
    papers = Papers(request, request.POST.get(PARCEL, ""), reader.holder)
    papers.take()
    if request.POST.get(DO) == MORE:
        return _draw(request, reader, AddForm(initial=request.POST.dict()), papers)
    form = AddForm(request.POST)
    if not form.is_valid() or papers.problems:
        return _draw(request, reader, form, papers)
    is_closed = not rules.is_open(reader.petition.state)
    send = judging.reopen_petition if is_closed else moving.add_to_petition
    try:
        send(
            petition=reader.petition,
            words=form.cleaned_data["words"],
            parcel=papers.parcel,
            by=reader.actor,
            now=utc_now(),
        )
    except CodedError as error:
        form.refuse(None, error)
        return _draw(request, reader, form, papers)
    return _to(reader, "mo-lai" if is_closed else "bo-sung")


def rate(request: HttpRequest, reader: Reader) -> HttpResponse:
    """«Câu trả lời có hữu ích không?»; who says no is led to where they write back."""
    if request.method != "POST":
        return HttpResponseRedirect(reader.at["page"])
    is_helpful = request.POST.get(HELPFUL) == "co"
    try:
        judging.rate_answer(
            petition=reader.petition, is_helpful=is_helpful, by=reader.actor, now=utc_now()
        )
    except CodedError as error:
        refusals.note(request, error.code)
        return HttpResponseRedirect(reader.at["page"])
    return _to(reader, "co-ich" if is_helpful else "chua-co-ich")


def withdraw(request: HttpRequest, reader: Reader) -> HttpResponse:
    """«Đóng phản ánh»: asked once more, then done."""
    if request.method == "POST":
        try:
            moving.withdraw_petition(petition=reader.petition, by=reader.actor, now=utc_now())
        except CodedError as error:
            refusals.note(request, error.code)
        return _to(reader, "dong")
    return render(
        request,
        "citizen/support/withdraw.html",
        reader.page,
        code=rules.display_code(reader.petition.code),
        action=reader.at["withdraw"],
        back=reader.at["page"],
    )


def paper_answer(petition: Petition, paper: UUID) -> HttpResponse:
    """A paper of a petition; a PDF is only ever handed over as a file. Raises Http404."""
    try:
        content, media_type = queries.paper(petition, paper)
    except (ObjectDoesNotExist, FileErasedError, FileMissingError) as error:
        raise Http404 from error
    answer = HttpResponse(content, content_type=media_type)
    answer["Cache-Control"] = NEVER_KEPT
    if media_type != JPEG:
        answer["Content-Disposition"] = f'attachment; filename="{paper.hex[:8]}.pdf"'
    return answer


def _draw(request: HttpRequest, reader: Reader, form: AddForm, papers: Papers) -> HttpResponse:
    now = utc_now()
    view = queries.whole(reader.petition, today=vietnam_today(now))
    answer = render_form(
        request,
        "citizen/support/petition.html",
        reader.page,
        form,
        petition=view,
        place=_PLACES.get(view.state, 4),
        at=reader.at,
        paper_route=reader.paper_route,
        is_open=rules.is_open(view.state),
        may_reopen=judging.is_reopenable(petition=reader.petition, now=now),
        is_own=reader.is_own,
        papers=papers,
        most=settings.VSSID_PETITION_PAPERS,
        done=_done(request),
    )
    if papers.problems and answer.status_code == 200:
        answer.status_code = 422
    return answer


def _done(request: HttpRequest) -> tuple[str, str, str] | None:
    """What just happened: tone, title, sentence."""
    said = {
        "moi": (
            "good",
            _("Đã gửi phản ánh"),
            _("Một tin nhắn xác nhận đang đến điện thoại của bạn."),
        ),
        "bo-sung": ("good", _("Đã gửi phần bổ sung"), _("Cơ quan BHXH đọc cùng phản ánh này.")),
        "mo-lai": (
            "good",
            _("Đã mở lại phản ánh"),
            _("Cơ quan BHXH xem tiếp. Hạn trả lời được tính lại từ hôm nay."),
        ),
        "co-ich": ("good", _("Cảm ơn bạn đã đánh giá"), _("Đã xong việc thì đóng phản ánh.")),
        "chua-co-ich": (
            "info",
            _("Xin lỗi vì câu trả lời chưa giúp được bạn"),
            _("Viết điều còn chưa rõ ở cuối trang; cơ quan BHXH sẽ xem lại và trả lời tiếp."),
        ),
        "da-bao": (
            "info",
            _("Dòng này đã được báo"),
            _("Phản ánh dưới đây đang mở. Bạn bổ sung ở cuối trang, không cần báo lại."),
        ),
        "dong": ("info", _("Phản ánh đã đóng"), _("Còn việc chưa rõ, bạn gửi phản ánh mới.")),
    }
    return next((words for name, words in said.items() if request.GET.get(name)), None)


def _to(reader: Reader, why: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reader.at['page']}?{why}=1")
