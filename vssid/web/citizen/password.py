"""«Đổi mật khẩu»: old, new, new again, «Hoàn tất», and an OTP (guides A03, A04)."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import errors
from vssid.accounts.commands import passwords
from vssid.accounts.queries import account as account_of
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.phones import mask_phone
from vssid.web.citizen.codes import CodeForm
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_LONGEST = 4096


def _password(label: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=_LONGEST,
        widget=forms.PasswordInput,
        error_messages={"required": missing},
    )


class ChangeForm(PlainForm):
    """The three fields of the guides."""

    old = _password(gettext_lazy("Mật khẩu cũ"), gettext_lazy("Xin nhập mật khẩu cũ."))
    new = _password(gettext_lazy("Mật khẩu mới"), gettext_lazy("Xin nhập mật khẩu mới."))
    again = _password(
        gettext_lazy("Nhập lại mật khẩu mới"), gettext_lazy("Xin nhập lại mật khẩu mới.")
    )

    def clean(self) -> dict[str, Any]:
        """Both new ones must be the same."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("Hai lần nhập mật khẩu mới chưa giống nhau. Xin nhập lại."))
        return data


@citizen(before_password_change=True)
def change(request: CitizenRequest) -> HttpResponse:
    """First the passwords, then the code; nothing changes before the code is right."""
    if "ve" in request.POST:
        return _finish(request)
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ticket = passwords.prepare_change(
                number=request.citizen.number,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                now=utc_now(),
            )
        except (errors.OldPasswordWrongError, errors.SignInLockedError) as error:
            form.refuse("old", error)
        except (errors.CodeTooSoonError, errors.CodesExhaustedError) as error:
            form.refuse(None, error)
        except CodedError as error:
            form.refuse("new", error)
        else:
            return _draw_code(request, ticket, CodeForm())
    return render(
        request,
        "citizen/account/password.html",
        Page(title=_("Đổi mật khẩu"), tab="manage", back=_back(request)),
        form=form,
        is_first=request.citizen.must_change_password,
        status=422 if form.errors else 200,
    )


@citizen()
def changed(request: CitizenRequest) -> HttpResponse:
    """The change is done."""
    return render(
        request,
        "citizen/account/password_changed.html",
        Page(title=_("Đã đổi mật khẩu"), tab="manage"),
    )


def _finish(request: CitizenRequest) -> HttpResponse:
    ticket, number = request.POST["ve"], request.citizen.number
    if "gui-lai" in request.POST:
        return _resend(request, ticket)
    form = CodeForm(request.POST)
    if form.is_valid():
        was_first = request.citizen.must_change_password
        try:
            passwords.finish_change(
                number=number, ticket=ticket, typed=form.cleaned_data["code"], now=utc_now()
            )
        except errors.TicketLateError:
            return HttpResponseRedirect(reverse("citizen:password"))
        except CodedError as error:
            form.refuse("code", error)
        else:
            # Guides: after the first change the person lands on «Quản lý cá nhân».
            route = "citizen:overview" if was_first else "citizen:password-changed"
            return HttpResponseRedirect(reverse(route))
    return _draw_code(request, ticket, form)


def _resend(request: CitizenRequest, ticket: str) -> HttpResponse:
    notice = ""
    try:
        passwords.send_change_code(number=request.citizen.number, ticket=ticket, now=utc_now())
    except CodedError as error:
        notice = str(error)
    return _draw_code(request, ticket, CodeForm(), notice)


def _draw_code(
    request: CitizenRequest, ticket: str, form: CodeForm, notice: str = ""
) -> HttpResponse:
    account = account_of(request.citizen.number)
    return render(
        request,
        "citizen/account/password_code.html",
        Page(title=_("Đổi mật khẩu"), tab="manage", back=reverse("citizen:password")),
        ticket=ticket,
        form=form,
        notice_text=notice,
        sent_to=mask_phone(account.phone),
        status=422 if form.errors else 200,
    )


def _back(request: CitizenRequest) -> str | None:
    return None if request.citizen.must_change_password else reverse("citizen:overview")
