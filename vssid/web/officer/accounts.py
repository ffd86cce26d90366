"""An officer helps with an account, the owner and their original ID at the counter (guides O04)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import queries as accounts
from vssid.accounts.commands import contacts
from vssid.accounts.models import Account
from vssid.audit.access import Access
from vssid.audit.commands import ONE_LOOK, open_record, record_event, record_look
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.files.queries import read_file
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import LoginKind, LoginNumber, parse_login_number
from vssid.kernel.phones import mask_phone, parse_mobile
from vssid.people import queries as people
from vssid.registration.commands import account_help
from vssid.registration.models import AccountHelp
from vssid.registration.queries import registry_entry
from vssid.registration.risks import has_second_officer
from vssid.staff.rules import can_decide
from vssid.web.officer import account_facts
from vssid.web.officer.looking import may_look
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import ParsedField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render_form

_KEY = "account"
_LIFETIME = timedelta(minutes=30)
_REASONS = (
    ("forgotten-password", gettext_lazy("Quên mật khẩu")),
    ("lost-phone", gettext_lazy("Mất hoặc đổi số điện thoại")),
    ("question", gettext_lazy("Hỏi về tài khoản của mình")),
)
_SAID_AT_DESK = {
    "phone.same": gettext_lazy(
        "Đây đã là số điện thoại của tài khoản này. Xin hỏi lại số mới của người đến."
    ),
    "phone.taken": gettext_lazy(
        "Số này chưa dùng được cho tài khoản này. Xin hỏi người đến một số khác của riêng họ."
    ),
    "code.wrong": gettext_lazy(
        "Mã chưa đúng, còn {left} lần nhập. Xin nhờ người đến đọc lại tin nhắn mới nhất trên điện "
        "thoại mới."
    ),
    "code.exhausted": gettext_lazy(
        "Số mới này đã nhận nhiều mã trong một giờ. Xin hẹn người đến thử lại sau {minutes} phút."
    ),
    "password.given-too-soon": gettext_lazy(
        "Vừa cấp lại mật khẩu cho tài khoản này. Xin chờ tin nhắn đến điện thoại của người đến; "
        "nếu chưa có, cấp lại sau {seconds} giây."
    ),
}


def _papers() -> list[tuple[str, str]]:
    # Nothing is chosen beforehand: the officer says which paper they held.
    return [("", _("Chọn giấy tờ")), *((kind, str(label)) for kind, label in account_facts.PAPERS)]


class FindForm(PlainForm):
    """A number, and why it is looked up: the owner can read it later."""

    number = ParsedField(
        parse=parse_login_number,
        label=gettext_lazy("Mã số BHXH hoặc số định danh"),
        help_text=gettext_lazy("10 hoặc 12 chữ số, trên thẻ BHYT hoặc CCCD của người đến."),
        error_messages={
            "login-number.empty": gettext_lazy(
                "Xin nhập mã số BHXH (10 số) hoặc số định danh (12 số) của người đến."
            ),
            "login-number.letters": gettext_lazy("Mã số chỉ gồm chữ số. Xin kiểm tra lại."),
            "login-number.length": gettext_lazy(
                "Mã số BHXH có 10 số, số định danh có 12 số; vừa nhập {got} số. Xin xem lại trên "
                "giấy tờ của người đến."
            ),
            "login-number.is-card-number": gettext_lazy(
                "Đây là mã thẻ BHYT 15 ký tự. Xin nhập 10 số cuối của thẻ."
            ),
        },
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Lý do tra cứu"),
        choices=_REASONS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Lý do, tên và cơ quan của bạn được ghi lại cho chủ tài khoản xem."),
        error_messages={"required": gettext_lazy("Xin chọn lý do tra cứu.")},
    )


class DeskForm(PlainForm):
    """A form whose refusals speak to the officer, not to the person at the counter."""

    def said(self, error: Exception) -> str:
        """The desk's own sentence for a refusal, where it has one."""
        if isinstance(error, CodedError) and error.code in _SAID_AT_DESK:
            return str(_SAID_AT_DESK[error.code]).format(**error.details)
        return super().said(error)


class CompareForm(DeskForm):
    """Which original was compared with the person at the counter."""

    paper = forms.ChoiceField(
        label=gettext_lazy("Giấy tờ gốc"),
        choices=_papers,
        error_messages={"required": gettext_lazy("Xin chọn loại giấy tờ gốc đã xem.")},
    )
    compared = forms.BooleanField(
        label=gettext_lazy("Đã đối chiếu bản chính CMND/CCCD/hộ chiếu với người đến"),
        error_messages={
            "required": gettext_lazy("Xin đối chiếu bản chính giấy tờ rồi đánh dấu vào ô này.")
        },
    )


class PhoneForm(CompareForm):
    """The new phone as well; a code goes there."""

    field_order = ("phone", "paper", "compared")
    phone = ParsedField(
        parse=parse_mobile,
        label=gettext_lazy("Số điện thoại mới"),
        help_text=gettext_lazy("Mã xác nhận được gửi đến số này và nhập ngay tại quầy."),
        error_messages={
            "phone.empty": gettext_lazy("Xin nhập số điện thoại mới của người đến."),
            "phone.not-mobile": gettext_lazy(
                "Đây không phải số di động. Xin hỏi số di động mới của người đến, để nhận mã OTP."
            ),
            "phone.foreign": gettext_lazy(
                "Xin hỏi số di động của Việt Nam (10 số, bắt đầu bằng 0) của người đến."
            ),
            "phone.length": gettext_lazy(
                "Số di động có 10 chữ số, vừa nhập {got}. Xin hỏi lại số mới của người đến."
            ),
        },
    )


class CodeForm(DeskForm):
    """The code that the new phone shows."""

    code = forms.CharField(
        label=gettext_lazy("Mã OTP trên điện thoại mới"),
        max_length=20,
        error_messages={
            "required": gettext_lazy("Xin nhập mã vừa gửi đến số điện thoại mới của người đến.")
        },
    )


@officer(may=can_decide)
def find(request: OfficerRequest) -> HttpResponse:
    """Find an account by its number; every look is written down with its reason."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and may_look(request, form, "number"):
        request.session.pop(_KEY, None)
        number = _number_of(form.cleaned_data["number"])
        if _account(number) is not None:
            # Finding somebody is a look by itself; the page that follows is the same one.
            _open(request, number, form.cleaned_data["reason"])
            request.session[_KEY] = {
                "number": number,
                "reason": form.cleaned_data["reason"],
                "at": utc_now().timestamp(),
            }
            return _to_account()
        record_event(
            by=request.desk.actor,
            act="account.not-found",
            subject=number,
            reason=f"account {form.cleaned_data['reason']}",
        )
        form.add_error(
            "number",
            _("Không có tài khoản nào mang số này. Xin kiểm tra lại số, hoặc hướng dẫn đăng ký."),
        )
    page = Page(title=_("Hỗ trợ tài khoản"), back=reverse("officer:queue"))
    return render_form(request, "officer/find_account.html", page, form)


@officer(may=can_decide)
def account(request: OfficerRequest) -> HttpResponse:
    """What must be compared, and what may be done."""
    found = _found(request)
    return _draw(request, found) if found else _to_find()


@officer(may=can_decide)
def portrait(request: OfficerRequest) -> HttpResponse:
    """The account's picture; every look is written down."""
    found = _found(request)
    if found is None or found.portrait is None:
        return HttpResponse(status=404)
    try:
        content = read_file(found.portrait)
    except (FileErasedError, FileMissingError):
        return HttpResponse(status=404)
    record_look(by=request.desk.actor, act="account.photo", subject=found.pk, once_in=ONE_LOOK)
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = NEVER_KEPT
    return answer


@officer(may=can_decide)
def reset_password(request: OfficerRequest) -> HttpResponse:
    """«Cấp lại mật khẩu»: it goes to the owner; nobody at the counter reads it."""
    found = _found(request)
    if found is None or request.method != "POST":
        return _to_find() if found is None else _to_account()
    form = CompareForm(request.POST, prefix="mk")
    if form.is_valid():
        try:
            paper = form.cleaned_data["paper"]
            _record_comparison(request, found, paper, "password")
            waits = account_help.give_password(
                number=found.pk, paper=paper, by=request.desk.officer, now=utc_now()
            )
        except CodedError as error:
            form.refuse(None, error)
        else:
            return _to_account(_what("mat-khau", waits))
    return _draw(request, found, resetting=form)


@officer(may=can_decide)
def change_phone(request: OfficerRequest) -> HttpResponse:
    """«Đổi số điện thoại»: a code goes to the new phone."""
    found = _found(request)
    if found is None or request.method != "POST":
        return _to_find() if found is None else _to_account()
    form = PhoneForm(request.POST, prefix="dt")
    if form.is_valid():
        phone, paper = form.cleaned_data["phone"], form.cleaned_data["paper"]
        try:
            contacts.send_desk_phone_code(
                number=found.pk, phone=phone, by=request.desk.actor, now=utc_now()
            )
        except CodedError as error:
            form.refuse("phone", error)
        else:
            _record_comparison(request, found, paper, "phone")
            request.session[_KEY] = {**request.session[_KEY], "phone": phone, "paper": paper}
            return _to_account()
    return _draw(request, found, changing=form)


@officer(may=can_decide)
def resend_code(request: OfficerRequest) -> HttpResponse:
    """The code again, to the same new phone."""
    found, pending = _found(request), request.session.get(_KEY, {})
    if found is None or request.method != "POST" or "phone" not in pending:
        return _to_find() if found is None else _to_account()
    refused = DeskForm({})
    try:
        contacts.send_desk_phone_code(
            number=found.pk, phone=pending["phone"], by=request.desk.actor, now=utc_now()
        )
    except CodedError as error:
        refused.refuse(None, error)
        return _draw(request, found, refused=refused)
    return _to_account("gui-lai")


@officer(may=can_decide)
def confirm_phone(request: OfficerRequest) -> HttpResponse:
    """The code that the new phone showed puts it in force."""
    found, pending = _found(request), request.session.get(_KEY, {})
    if found is None or request.method != "POST" or "phone" not in pending:
        return _to_find() if found is None else _to_account()
    if "thoi" in request.POST:
        _forget_pending(request)
        return _to_account()
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            waits = account_help.give_phone(
                number=found.pk,
                phone=pending["phone"],
                typed=form.cleaned_data["code"],
                paper=pending["paper"],
                by=request.desk.officer,
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse("code", error)
        else:
            _forget_pending(request)
            return _to_account(_what("so-dien-thoai", waits))
    return _draw(request, found, typing=form)


def _draw(
    request: OfficerRequest,
    found: Account,
    *,
    resetting: CompareForm | None = None,
    changing: PhoneForm | None = None,
    typing: CodeForm | None = None,
    refused: PlainForm | None = None,
) -> HttpResponse:
    known = request.session[_KEY]
    person = registry_entry(_open(request, found.pk, known["reason"]))
    new_phone = known.get("phone", "")
    shown = resetting or changing or typing or refused or PlainForm()
    return render_form(
        request,
        "officer/account.html",
        Page(title=_("Hỗ trợ tài khoản"), back=reverse("officer:find_account"), wide=True),
        shown,
        number=found.pk,
        facts=account_facts.facts(found, person),
        standing=account_facts.standing(found, utc_now()),
        waiting=account_facts.waiting(found),
        by_two=has_second_officer(request.desk.office),
        has_portrait=found.portrait is not None,
        resetting=resetting or CompareForm(prefix="mk"),
        changing=changing or PhoneForm(prefix="dt"),
        typing=typing or CodeForm(),
        new_phone=new_phone,
        done=_done(request.GET.get("xong", ""), found),
    )


def _open(request: OfficerRequest, number: str, reason: str) -> Access:
    return open_record(
        by=request.desk.actor, subject=number, purpose=f"account {reason}", once_in=ONE_LOOK
    )


def _what(act: str, waits: AccountHelp | None) -> str:
    """The act as the next page's address names it: done, or left to the second officer."""
    return "trinh" if waits else act


def _done(what: str, found: Account) -> str:
    where = mask_phone(found.phone)
    return {
        "trinh": _(
            "Đã trình. Một cán bộ khác của cơ quan, hoặc cơ quan cấp trên, xác nhận thì mới có "
            "hiệu lực; mời người đến chờ."
        ),
        "mat-khau": _(
            "Đã cấp lại mật khẩu và chỉ gửi đến số điện thoại %(where)s. Email, nếu có, được báo "
            "tin, không kèm mật khẩu."
        )
        % {"where": where},
        "so-dien-thoai": _("Đã đổi số điện thoại sang %(where)s. Số cũ và email đã được báo.")
        % {"where": where},
        "gui-lai": _("Đã gửi lại mã."),
    }.get(what, "")


def _number_of(typed: LoginNumber) -> str:
    if typed.kind is LoginKind.INSURANCE:
        return typed.number
    return people.number_by_identity(typed.number) or ""


def _found(request: OfficerRequest) -> Account | None:
    """The account this officer found a moment ago; its number stands in no address."""
    known: dict[str, Any] = request.session.get(_KEY, {})
    if not known or utc_now() - datetime.fromtimestamp(known["at"], UTC) > _LIFETIME:
        return None
    return _account(known["number"])


def _account(number: str) -> Account | None:
    try:
        return accounts.account(number)
    except Account.DoesNotExist:
        return None


def _record_comparison(request: OfficerRequest, found: Account, paper: str, what: str) -> None:
    record_event(
        by=request.desk.actor,
        act="identity.compare",
        subject=found.pk,
        details={"paper": paper, "for": what},
    )


def _forget_pending(request: OfficerRequest) -> None:
    known = request.session[_KEY]
    request.session[_KEY] = {name: known[name] for name in ("number", "reason", "at")}


def _to_find() -> HttpResponse:
    return HttpResponseRedirect(reverse("officer:find_account"))


def _to_account(done: str = "") -> HttpResponse:
    address = reverse("officer:account")
    return HttpResponseRedirect(f"{address}?xong={done}" if done else address)
