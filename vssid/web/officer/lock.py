"""Counter screens lock: by one press, or after five minutes in which nobody acted."""

import math
from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.staff import queries as staff
from vssid.staff.commands import signing_in
from vssid.staff.errors import SignInRefusedError
from vssid.staff.rules import can_enter
from vssid.web.officer import door, second_factor
from vssid.web.ui import desk_session
from vssid.web.ui.access import NEXT, OfficerRequest, officer
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form
from vssid.web.ui.passkeys import party_of

_KEPT_PREFIX = "giu_"


class PasswordForm(PlainForm):
    """The officer's password."""

    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput,
        error_messages={"required": gettext_lazy("Xin nhập mật khẩu.")},
    )


@officer(may=can_enter, while_locked=True)
def lock(request: OfficerRequest) -> HttpResponse:
    """«Khóa màn hình»: a press locks; the page says whose screen it is and asks to open it."""
    now = utc_now()
    if request.method == "POST":
        _keep(request)
        desk_session.lock(request, request.desk.officer, now)
        return HttpResponseRedirect(f"{reverse('officer:lock')}?{_query(request)}")
    if not desk_session.is_locked(request, now):
        return HttpResponseRedirect(_way_back(request))
    return _draw(request, PasswordForm(), second_factor.CodeForm())


@officer(may=can_enter, while_locked=True)
def unlock(request: OfficerRequest) -> HttpResponse:
    """The same officer's password or second factor opens the screen where it was."""
    if request.method != "POST" or not desk_session.is_locked(request, utc_now()):
        return HttpResponseRedirect(f"{reverse('officer:lock')}?{_query(request)}")
    by_password = "password" in request.POST
    password = PasswordForm(request.POST if by_password else None)
    code = second_factor.CodeForm(None if by_password else request.POST)
    if by_password:
        is_open = password.is_valid() and _prove_password(request, password)
    else:
        is_open = code.is_valid() and second_factor.prove(request, request.desk.officer, code)
    if not is_open:
        return _draw(request, password, code)
    signing_in.record_unlock(officer=request.desk.officer)
    desk_session.unlock(request, utc_now())
    return HttpResponseRedirect(_way_back(request))


@officer(may=can_enter, while_locked=True)
def unlock_options(request: OfficerRequest) -> HttpResponse:
    """What the browser asks a passkey of whose screen is locked."""
    if request.method != "POST":
        return second_factor.no_question()
    return second_factor.assertion_for(request, request.desk.officer)


@officer(may=can_enter, counts=False)
def presence(request: OfficerRequest) -> HttpResponse:
    """Seconds until the screen locks; sent as a form it says that somebody is typing here."""
    now = utc_now()
    if request.method == "POST":
        desk_session.touch(request, now)
    left = desk_session.left(request, now)
    return JsonResponse({"seconds": math.ceil(left / timedelta(seconds=1))})


def _prove_password(request: OfficerRequest, form: PasswordForm) -> bool:
    try:
        name = request.desk.officer.user_name
        who = door.prove_password(request, name, form.cleaned_data["password"], utc_now())
    except SignInRefusedError:
        form.add_error("password", _("Mật khẩu chưa đúng. Xin nhập lại, hoặc dùng mã SmartOTP."))
        return False
    except CodedError as error:
        form.refuse("password", error)
        return False
    return who.pk == request.desk.officer.pk


def _draw(
    request: OfficerRequest, password: PasswordForm, code: second_factor.CodeForm
) -> HttpResponse:
    who = request.desk.officer
    shown = code if code.is_bound else password
    return render_form(
        request,
        "officer/lock.html",
        Page(title=_("Màn hình đang khóa")),
        shown,
        officer=None,
        who=request.desk,
        password_form=password,
        code_form_shown=code,
        to=_way_back(request),
        has_otp=staff.has_smart_otp(who.pk),
        has_passkey=party_of(request) is not None and bool(staff.credential_ids(who.pk)),
    )


def _keep(request: OfficerRequest) -> None:
    kept = QueryDict(mutable=True)
    for name in request.POST:
        if name.startswith(_KEPT_PREFIX):
            kept.setlist(name.removeprefix(_KEPT_PREFIX), request.POST.getlist(name))
    path = _way_back(request).partition("?")[0]
    desk_session.keep_typed(request, request.desk.officer, path, kept)


def _way_back(request: HttpRequest) -> str:
    to = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    is_lock = to.startswith(reverse("officer:lock"))
    return to if door.is_at_desk(to) and not is_lock else reverse("officer:queue")


def _query(request: HttpRequest) -> str:
    query = QueryDict(mutable=True)
    query[NEXT] = _way_back(request)
    return query.urlencode()
