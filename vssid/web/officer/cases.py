"""The queue of an office, and one case on one screen (guides O01–O03)."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.audit.commands import ONE_LOOK, open_record, record_event, record_look
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.reference import queries as reference
from vssid.registration import queries, rules
from vssid.registration.commands import deciding
from vssid.registration.errors import DeclarationUnknownError, PaperNotReceivedError
from vssid.registration.forms import mau_so_01
from vssid.registration.models import Declaration, State
from vssid.staff import rules as staff
from vssid.web.officer.comparing import compare
from vssid.web.ui import desk_session
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_PER_PAGE = 25
_REASONS = (
    gettext_lazy("Họ tên không khớp với giấy tờ."),
    gettext_lazy("Số CMND/CCCD/hộ chiếu không khớp với bản chính."),
    gettext_lazy("Mã số BHXH không phải của người khai."),
    gettext_lazy("Ảnh giấy tờ mờ, không đọc được."),
    gettext_lazy("Ảnh chân dung không đúng người hoặc không rõ mặt."),
    gettext_lazy("Số điện thoại không phải của người khai."),
)


class ApproveForm(PlainForm):
    """Approval says that the paper and the original ID were compared (guides O02)."""

    compared = forms.BooleanField(
        label=gettext_lazy("Đã nhận bản ký và đối chiếu với giấy tờ gốc"),
        error_messages={"required": format_lazy("{}", PaperNotReceivedError.sentence)},
    )


class RefuseForm(PlainForm):
    """Reasons from a list, plus words (guides R15)."""

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Lý do"),
        required=False,
        choices=[(str(number), text) for number, text in enumerate(_REASONS)],
    )
    words = forms.CharField(label=gettext_lazy("Ghi thêm"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """At least one reason, from the list or in words."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("reasons") and not str(data.get("words", "")).strip():
            raise ValidationError(
                _("Xin chọn hoặc ghi lý do từ chối, để người khai biết cần sửa gì.")
            )
        return data

    def reason(self) -> str:
        """The sentence that the person is told."""
        chosen = [str(_REASONS[int(number)]) for number in self.cleaned_data["reasons"]]
        return " ".join([*chosen, self.cleaned_data["words"].strip()]).strip()


@officer(may=staff.can_enter)
def queue(request: OfficerRequest) -> HttpResponse:
    """Open declarations addressed to this office, with the age of each."""
    if request.desk.may_check_cards:
        return HttpResponseRedirect(reverse("card_check:check"))
    if not staff.can_see_cases(request.desk.officer.role):
        return render(request, "officer/no_cases.html", Page(title=_("Bàn một cửa")))
    pages = Paginator(queries.queue(request.desk.office), _PER_PAGE)
    shown = pages.get_page(request.GET.get("trang", "1"))
    now = utc_now()
    rows = [
        {
            "declaration": declaration,
            "code": rules.display_code(declaration.code),
            "state": State(declaration.state).label,
            "hours": int((now - declaration.filed_at).total_seconds() // 3600),
            "due": queries.answer_due(declaration),
            "is_late": _is_late(declaration, now),
        }
        for declaration in shown
    ]
    return render(
        request,
        "officer/queue.html",
        Page(title=_("Tờ khai chờ xử lý"), wide=True),
        rows=rows,
        shown=shown,
        total=pages.count,
        problem=request.GET.get("khong-thay", ""),
        done=_done(request),
    )


@officer()
def find(request: OfficerRequest) -> HttpResponse:
    """Opens a case by the code on paper, typed or scanned."""
    try:
        declaration = queries.declaration_by_code(request.GET.get("ma", "")[:40])
    except DeclarationUnknownError:
        return HttpResponseRedirect(f"{reverse('officer:queue')}?khong-thay=1")
    return _to_case(declaration)


@officer()
def case(request: OfficerRequest, code: str) -> HttpResponse:
    """Declaration, registry and photos side by side; differences are marked."""
    declaration = _declaration(code)
    if declaration is None:
        return _unknown(request)
    return _draw_case(request, declaration)


@officer()
def take_over(request: OfficerRequest, code: str) -> HttpResponse:
    """«Nhận về xử lý»: people go to the nearest office (guides O01)."""
    declaration = _declaration(code)
    if declaration is None:
        return _unknown(request)
    if request.method == "POST":
        try:
            deciding.take_over_case(declaration=declaration, by=request.desk.officer)
        except CodedError as error:
            return _draw_case(request, declaration, problem=str(error), status=409)
    return _to_case(declaration)


@officer()
def receive(request: OfficerRequest, code: str) -> HttpResponse:
    """The signed paper is here and was compared: the 24 hours begin (guides O02, R13)."""
    declaration = _declaration(code)
    if declaration is None:
        return _unknown(request)
    if request.method == "POST":
        try:
            deciding.receive_paper(declaration=declaration, by=request.desk.officer, now=utc_now())
        except CodedError as error:
            return _draw_case(request, declaration, problem=str(error), status=409)
    return _to_case(declaration)


@officer(may=staff.can_decide)
def approve(request: OfficerRequest, code: str) -> HttpResponse:
    """Approves; the account and its notices follow (guides R14, O03)."""
    declaration = _declaration(code)
    if declaration is None:
        return _unknown(request)
    if request.method != "POST":
        return _to_case(declaration)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _draw_case(request, declaration, approving=form, status=422)
    who, now = request.desk.officer, utc_now()
    try:
        received = deciding.receive_paper(declaration=declaration, by=who, now=now)
        deciding.approve_declaration(declaration=received, by=who, now=now)
    except CodedError as error:
        return _draw_case(request, declaration, problem=str(error), status=409)
    return _next(declaration, "duyet")


@officer(may=staff.can_decide)
def refuse(request: OfficerRequest, code: str) -> HttpResponse:
    """Refuses with a reason that the person is told (guides R15, O03)."""
    declaration = _declaration(code)
    if declaration is None:
        return _unknown(request)
    if request.method != "POST":
        return _to_case(declaration)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _draw_case(request, declaration, refusing=form, status=422)
    try:
        deciding.refuse_declaration(
            declaration=declaration, reason=form.reason(), by=request.desk.officer, now=utc_now()
        )
    except CodedError as error:
        return _draw_case(request, declaration, refusing=form, problem=str(error), status=409)
    return _next(declaration, "tu-choi")


@officer()
def form_pdf(request: OfficerRequest, code: str) -> HttpResponse:
    """Prints the declaration for who has no printer (guides R18); another office's is taken over
    first, since the form shows all that its case does.
    """
    declaration = _declaration(code)
    if declaration is None:
        return _unknown(request)
    if not _is_ours(request, declaration):
        return _to_case(declaration)
    record_event(
        by=request.desk.actor,
        act="declaration.print",
        subject=declaration.number,
        details={"code": declaration.code},
    )
    answer = HttpResponse(
        mau_so_01.as_pdf(queries.form_of(declaration)), content_type="application/pdf"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@officer()
def photo(request: OfficerRequest, code: str, kind: str) -> HttpResponse:
    """A photo of a case; a look at it is written down, once in an hour."""
    declaration = _declaration(code)
    if declaration is None or not _is_ours(request, declaration):
        return HttpResponse(status=404)
    try:
        content = queries.photo(declaration, kind)
    except (FileErasedError, FileMissingError):
        content = None
    if content is None:
        return HttpResponse(status=404)
    record_look(
        by=request.desk.actor,
        act="declaration.photo",
        subject=declaration.number,
        details={"code": declaration.code, "kind": kind},
        once_in=ONE_LOOK,
    )
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _draw_case(
    request: OfficerRequest,
    declaration: Declaration,
    *,
    problem: str = "",
    status: int = 200,
    approving: ApproveForm | None = None,
    refusing: RefuseForm | None = None,
) -> HttpResponse:
    ours = _is_ours(request, declaration)
    return render(
        request,
        "officer/case.html",
        Page(title=_("Tờ khai"), back=reverse("officer:queue"), wide=True),
        declaration=declaration,
        code=rules.display_code(declaration.code),
        state=State(declaration.state).label,
        is_open=rules.is_open(declaration.state),
        is_ours=ours,
        may_decide=staff.can_decide(request.desk.officer.role),
        office=reference.known_office(declaration.office),
        comparison=_comparison(request, declaration) if ours else None,
        answer_due=queries.answer_due(declaration),
        paper_due=queries.paper_due(declaration),
        approving=approving or ApproveForm(),
        refusing=refusing or RefuseForm(initial=_kept(request)),
        problem=problem,
        hotline=settings.VSSID_HOTLINE,
        status=status,
    )


def _kept(request: OfficerRequest) -> dict[str, object]:
    """The refusal that stood here when the screen locked."""
    kept = desk_session.take_kept(request, request.desk.officer, request.path)
    return {name: texts if name == "reasons" else texts[0] for name, texts in kept.items() if texts}


def _comparison(request: OfficerRequest, declaration: Declaration) -> object:
    access = open_record(
        by=request.desk.actor,
        subject=declaration.number,
        purpose=f"declaration {declaration.code}",
        once_in=ONE_LOOK,
    )
    return compare(declaration, queries.registry_entry(access))


def _declaration(code: str) -> Declaration | None:
    try:
        return queries.declaration_by_code(code)
    except DeclarationUnknownError:
        return None


def _unknown(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('officer:queue')}?khong-thay=1")


def _to_case(declaration: Declaration) -> HttpResponse:
    return HttpResponseRedirect(
        reverse("officer:case", kwargs={"code": rules.display_code(declaration.code)})
    )


def _next(declaration: Declaration, what: str) -> HttpResponse:
    code = rules.display_code(declaration.code)
    return HttpResponseRedirect(f"{reverse('officer:queue')}?xong={what}&ma={code}")


def _done(request: OfficerRequest) -> str:
    code = rules.parse_code(request.GET.get("ma", "")[:40])
    shown = rules.display_code(code) if code else ""
    return {
        "duyet": _("Đã duyệt tờ khai %(code)s. Mật khẩu đã gửi cho người khai.") % {"code": shown},
        "tu-choi": _("Đã từ chối tờ khai %(code)s. Lý do đã gửi cho người khai.") % {"code": shown},
    }.get(request.GET.get("xong", ""), "")


def _is_ours(request: OfficerRequest, declaration: Declaration) -> bool:
    office = request.desk.office
    return declaration.office == office or reference.is_below(declaration.office, office)


def _is_late(declaration: Declaration, now: Any) -> bool:
    due = queries.answer_due(declaration)
    return due is not None and due < now
