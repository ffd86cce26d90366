"""«Đăng nhập», the second device, «Thoát» (guides A01, A07, A10)."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import rules, tokens
from vssid.accounts.commands import codes, sessions
from vssid.accounts.models import Account, CodePurpose, EndReason
from vssid.accounts.queries import account as account_of
from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import LoginKind, mask_number, parse_login_number
from vssid.kernel.phones import mask_phone
from vssid.people.queries import number_by_identity
from vssid.web.citizen.codes import CodeForm
from vssid.web.citizen.picture import picture_problem, wants_new_picture
from vssid.web.ui import checks
from vssid.web.ui.access import NEXT, REASON, SESSION_COOKIE, CitizenRequest, citizen, public
from vssid.web.ui.fields import ParsedField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

APP_COOKIE = "ung_dung"
_TICKET = "second-device"
_TICKET_SECONDS = 15 * 60
_LONGEST_PASSWORD = 4096


class SignInForm(PlainForm):
    """«Tên đăng nhập» and «Mật khẩu»."""

    number = ParsedField(label=gettext_lazy("Tên đăng nhập (mã số BHXH)"), parse=parse_login_number)
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        strip=False,
        max_length=_LONGEST_PASSWORD,
        widget=forms.PasswordInput,
        error_messages={"required": gettext_lazy("Xin nhập mật khẩu.")},
    )


def ended_sentence(reason: str) -> str:
    """Why the last session is over, with the next step."""
    return {
        EndReason.EXPIRED.value: _("Phiên làm việc đã hết thời gian. Xin đăng nhập lại."),
        EndReason.TAKEN_OVER.value: _(
            "Tài khoản vừa được đăng nhập trên thiết bị khác nên thiết bị này đã đăng xuất. "
            "Nếu không phải bạn, xin gọi ngay tổng đài."
        ),
        EndReason.SIGNED_OUT.value: _("Bạn đã thoát. Hẹn gặp lại."),
    }.get(reason, "")


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Number and password open a session, unless another device holds it."""
    if request.method != "POST":
        return draw_sign_in(request)
    form = SignInForm(request.POST)
    if wants_new_picture(request):
        return draw_sign_in(request, SignInForm(initial=request.POST.dict()))
    problem = "" if is_app(request) else picture_problem(request)
    if problem or not form.is_valid():
        return draw_sign_in(request, form, problem=problem, status=422)
    now = utc_now()
    login = form.cleaned_data["number"]
    # A personal number that leads to nobody is counted like any other unknown number.
    number = login.number
    if login.kind is LoginKind.PERSONAL:
        number = number_by_identity(number) or number
    try:
        account = sessions.check_credentials(
            number=number, password=form.cleaned_data["password"], now=now
        )
    except CodedError as error:
        form.refuse(None, error)
        return draw_sign_in(request, form, status=422)
    outcome = sessions.start_session(account=account, device=_device(request), now=now)
    if isinstance(outcome, sessions.SignedInElsewhere):
        return _draw_second_device(request, _ticket(account), outcome)
    return signed_in(request, account, outcome[1])


@public
def second_device(request: HttpRequest) -> HttpResponse:
    """Going on needs a code to the registered phone; it signs the other device out (guides A07)."""
    ticket = request.POST.get("ve", "")
    number = _read_ticket(ticket)
    if request.method != "POST" or number is None:
        return HttpResponseRedirect(f"{reverse('citizen:sign_in')}?{REASON}=expired")
    account = account_of(number)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if not form.is_bound:
        return _send_device_code(request, ticket, account)
    if form.is_valid():
        try:
            cookie = _take_over(request, account, ticket, form.cleaned_data["code"])
        except CodedError as error:
            form.refuse("code", error)
        else:
            return signed_in(request, account, cookie)
    return _draw_device_code(request, ticket, account, form)


@citizen(before_password_change=True)
def sign_out(request: CitizenRequest) -> HttpResponse:
    """«Thoát»: ends the session and leaves nothing of the record in the browser's cache."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:overview"))
    session = request.citizen
    sessions.sign_out(number=session.number, session_id=session.session_id, now=utc_now())
    answer = HttpResponseRedirect(
        f"{reverse('citizen:sign_in')}?{REASON}={EndReason.SIGNED_OUT.value}"
    )
    answer.delete_cookie(SESSION_COOKIE)
    # Never "storage": what a device keeps for its owner's codes lives there.
    answer["Clear-Site-Data"] = '"cache"'
    return answer


def is_app(request: HttpRequest) -> bool:
    """Whether the visitor came by the app's door (its start address), not by the portal's."""
    return "app" in request.GET or APP_COOKIE in request.COOKIES


def draw_sign_in(
    request: HttpRequest,
    form: SignInForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The signed-out home: sign-in, registration, and what is open to everybody.

    On the portal «Cá nhân» is chosen and a picture code typed as well (guides A01).
    """
    from_app = is_app(request)
    answer = render(
        request,
        "citizen/sign_in.html",
        Page(title=_("Đăng nhập")),
        form=form or SignInForm(),
        is_app=from_app,
        picture=None if from_app else checks.new_picture(),
        problem=problem,
        reason=ended_sentence(request.GET.get(REASON, "")),
        to=request.POST.get(NEXT) or request.GET.get(NEXT, ""),
        status=status,
    )
    if from_app:
        answer.set_cookie(APP_COOKIE, "1", max_age=365 * 86400, httponly=True, samesite="Lax")
    return answer


def signed_in(request: HttpRequest, account: Account, cookie: str) -> HttpResponse:
    """Send the owner on: to the first change of password, or where they were going."""
    rotate_token(request)
    to = request.POST.get(NEXT, "")
    is_ours = url_has_allowed_host_and_scheme(to, allowed_hosts=None) and to.startswith("/")
    if account.must_change_password:
        to = reverse("citizen:password")
    elif not is_ours or to.startswith("/can-bo/"):
        to = reverse("citizen:overview")
    answer = HttpResponseRedirect(to)
    answer.set_cookie(
        SESSION_COOKIE,
        cookie,
        max_age=int(settings.VSSID_SESSION_TOTAL.total_seconds()),
        httponly=True,
        secure=settings.VSSID_SECURE_COOKIES,
        samesite="Lax",
    )
    return answer


def _device(request: HttpRequest) -> str:
    return rules.device_name(request.headers.get("User-Agent", ""))


def _ticket(account: Account) -> str:
    content = {"number": account.person_id, "at": int(utc_now().timestamp())}
    return tokens.seal(_TICKET, json.dumps(content).encode())


def _read_ticket(ticket: str) -> str | None:
    content: dict[str, Any] = json.loads(tokens.unseal(_TICKET, ticket) or b"{}")
    if not content or utc_now().timestamp() - content["at"] > _TICKET_SECONDS:
        return None
    return str(content["number"])


def _take_over(request: HttpRequest, account: Account, ticket: str, typed: str) -> str:
    now = utc_now()
    proof = codes.try_code(
        purpose=CodePurpose.DEVICE,
        subject=account.person_id,
        binding=ticket,
        typed=typed,
        now=now,
    )
    _session, cookie = sessions.take_over(
        account=account, proof=proof, device=_device(request), now=now
    )
    return cookie


def _send_device_code(request: HttpRequest, ticket: str, account: Account) -> HttpResponse:
    wanted = codes.CodeRequest(
        purpose=CodePurpose.DEVICE,
        subject=account.person_id,
        binding=ticket,
        phone=account.phone,
        template="code.device",
        data={"number": mask_number(account.person_id)},
    )
    notice = ""
    try:
        codes.issue_code(request=wanted, by=Actor.citizen(account.person_id), now=utc_now())
    except CodedError as error:
        notice = str(error)
    return _draw_device_code(request, ticket, account, CodeForm(), notice)


def _draw_second_device(
    request: HttpRequest, ticket: str, other: sessions.SignedInElsewhere
) -> HttpResponse:
    return render(
        request,
        "citizen/account/second_device.html",
        Page(title=_("Đang đăng nhập ở thiết bị khác"), back=reverse("citizen:sign_in")),
        ticket=ticket,
        other=other,
        to=request.POST.get(NEXT, ""),
    )


def _draw_device_code(
    request: HttpRequest, ticket: str, account: Account, form: CodeForm, notice: str = ""
) -> HttpResponse:
    return render(
        request,
        "citizen/account/second_device_code.html",
        Page(title=_("Xác nhận thiết bị mới"), back=reverse("citizen:sign_in")),
        ticket=ticket,
        form=form,
        notice_text=notice,
        sent_to=mask_phone(account.phone),
        to=request.POST.get(NEXT, ""),
        status=422 if form.errors else 200,
    )
