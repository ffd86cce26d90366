"""«Đăng nhập»: number and password open a session (guides A01)."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vssid.accounts.commands import credentials, sessions
from vssid.accounts.models import EndReason
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import LoginKind, LoginNumber, parse_login_number
from vssid.people.queries import number_by_identity
from vssid.support.news import queries
from vssid.web.citizen.entry.second_device import draw_second_device
from vssid.web.citizen.entry.session import ended_sentence, is_signed_in, signed_in, way_on
from vssid.web.citizen.entry.waiting import in_line
from vssid.web.citizen.origin import origin_of
from vssid.web.citizen.picture import picture_problem, wants_new_picture
from vssid.web.ui import checks
from vssid.web.ui.access import NEXT, REASON, public
from vssid.web.ui.fields import ParsedField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form

APP_COOKIE = settings.VSSID_COOKIE_PREFIX + "ung_dung"
_LONGEST_PASSWORD = 4096
_NEWS = 3


class SignInForm(PlainForm):
    """«Tên đăng nhập», «Mật khẩu» and «Mã kiểm tra»."""

    number = ParsedField(label=gettext_lazy("Tên đăng nhập (mã số BHXH)"), parse=parse_login_number)
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        strip=False,
        max_length=_LONGEST_PASSWORD,
        widget=forms.PasswordInput,
        error_messages={"required": gettext_lazy("Xin nhập mật khẩu.")},
    )
    # Looked at by `picture_problem`, where it is asked for; here is the place of its refusal.
    ma_kiem_tra = forms.CharField(required=False)


@dataclass(frozen=True, slots=True)
class Newest:
    """The news on the home: the first pinned one stands above everything else."""

    pinned: queries.Line | None
    lines: list[queries.Line]


@public
@in_line
def sign_in(request: HttpRequest) -> HttpResponse:
    """Number and password open a session, unless another device holds it."""
    if request.method != "POST":
        if is_signed_in(request):
            return HttpResponseRedirect(way_on(request.GET.get(NEXT, "")))
        return draw_sign_in(request)
    form = SignInForm(request.POST)
    form.full_clean()
    number = _number(form.cleaned_data.get("number"))
    if wants_new_picture(request):
        return draw_sign_in(request, SignInForm(initial=request.POST.dict()), number)
    origin, now = origin_of(request), utc_now()
    attempt = _attempt(request, number, now)
    if _wants_picture(request, attempt) and (problem := picture_problem(request)):
        form.add_error("ma_kiem_tra", problem)
    if attempt is None or form.errors:
        return draw_sign_in(request, form, number)
    try:
        account = credentials.check_credentials(
            attempt=attempt, password=form.cleaned_data["password"], now=now
        )
        outcome = sessions.start_session(account=account, origin=origin, now=now)
    except CodedError as error:
        form.refuse(None, error)
        return draw_sign_in(request, form, number)
    if isinstance(outcome, sessions.SignedInElsewhere):
        return draw_second_device(request, outcome)
    return signed_in(request, account, outcome)


def is_app(request: HttpRequest) -> bool:
    """Whether the visitor came by the app's door (its start address), not by the portal's."""
    return "app" in request.GET or APP_COOKIE in request.COOKIES


def newest(now: datetime) -> Newest:
    """The newest news in one read."""
    found = queries.opened(now)[: _NEWS + 1]
    lines = queries.lines(found, get_language() or settings.LANGUAGE_CODE)
    pinned = lines[0] if lines and lines[0].is_pinned else None
    return Newest(pinned, (lines[1:] if pinned else lines)[:_NEWS])


def draw_sign_in(
    request: HttpRequest,
    form: SignInForm | None = None,
    number: str = "",
    *,
    news: Newest | None = None,
) -> HttpResponse:
    """Sign-in and the way to registration; with `news`, what is open to everybody: the home.

    On the portal «Cá nhân» is chosen and a picture code typed as well (guides A01); in the app
    only once sign-ins to the `number` have failed.
    """
    now = utc_now()
    attempt = _attempt(request, number, now)
    answer = render_form(
        request,
        "citizen/home.html" if news else "citizen/sign_in.html",
        Page(title=_("Bảo hiểm xã hội số"), wide=True) if news else Page(title=_("Đăng nhập")),
        form or SignInForm(),
        is_app=is_app(request),
        picture=checks.new_picture() if _wants_picture(request, attempt) else None,
        reason=ended_sentence(request.GET.get(REASON, "")),
        is_locked=request.GET.get(REASON) == EndReason.DISOWNED.value,
        to=request.POST.get(NEXT) or request.GET.get(NEXT, ""),
        now=now,
        **({"pinned": news.pinned, "lines": news.lines} if news else {}),
    )
    if is_app(request):
        answer.set_cookie(
            APP_COOKIE,
            "1",
            max_age=365 * 86400,
            httponly=True,
            secure=settings.VSSID_SECURE_COOKIES,
            samesite="Lax",
        )
    return answer


def _attempt(request: HttpRequest, number: str, now: datetime) -> credentials.Attempt | None:
    if not number:
        return None
    return credentials.begin_attempt(number=number, origin=origin_of(request), now=now)


def _wants_picture(request: HttpRequest, attempt: credentials.Attempt | None) -> bool:
    return not is_app(request) or (attempt is not None and attempt.wants_picture)


def _number(login: LoginNumber | None) -> str:
    """The BHXH number; a personal number that leads to nobody counts like any unknown number."""
    if login is None:
        return ""
    if login.kind is LoginKind.PERSONAL:
        return number_by_identity(login.number) or login.number
    return login.number
