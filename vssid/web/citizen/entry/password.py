"""«Đổi mật khẩu»: old, new, new again, «Hoàn tất», and an OTP (guides A03–A05)."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import errors, rules
from vssid.accounts.commands import passwords
from vssid.accounts.models import CodePurpose
from vssid.accounts.queries import account as account_of
from vssid.accounts.queries import smart_otp_of
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.web.citizen.codes import CodeForm, code_screen, pressed, wished_channel
from vssid.web.citizen.entry.session import remember_session
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render, render_form

# Longer ones are refused in words; the cap only bounds the work.
_LONGEST = 4096
_TITLE = gettext_lazy("Đổi mật khẩu")


def password_field(label: Any, missing: Any, too_long: Any) -> forms.CharField:
    """A password, with the sentences for none and for one without end."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=_LONGEST,
        widget=forms.PasswordInput,
        error_messages={"required": missing, "max_length": too_long},
    )


class NewPasswordForm(PlainForm):
    """A new password, twice."""

    new = password_field(
        gettext_lazy("Mật khẩu mới"),
        gettext_lazy("Xin nhập mật khẩu mới."),
        errors.PasswordLengthError.sentence,
    )
    again = password_field(
        gettext_lazy("Nhập lại mật khẩu mới"),
        gettext_lazy("Xin nhập lại mật khẩu mới."),
        errors.PasswordLengthError.sentence,
    )

    def clean(self) -> dict[str, Any]:
        """Both new ones must be the same."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("Hai lần nhập mật khẩu mới chưa giống nhau. Xin nhập lại."))
        return data


class ChangeForm(NewPasswordForm):
    """The three fields of the guides."""

    old = password_field(
        gettext_lazy("Mật khẩu cũ"),
        gettext_lazy("Xin nhập mật khẩu cũ."),
        errors.OldPasswordWrongError.sentence,
    )
    field_order = ("old", "new", "again")


@citizen(before_password_change=True)
def change(request: CitizenRequest) -> HttpResponse:
    """First the passwords, then the code; nothing changes before the code is right."""
    if "ve" in request.POST:
        return _second_step(request)
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
        except CodedError as error:
            form.refuse("new", error)
        else:
            return _send_code(request, ticket)
    is_first = account_of(request.citizen.number).must_change_password
    return render_form(
        request,
        "citizen/account/password.html",
        Page(title=str(_TITLE), tab="manage", back=_back(request)),
        form,
        is_first=is_first,
        is_due=request.citizen.must_change_password and not is_first,
    )


@citizen()
def changed(request: CitizenRequest) -> HttpResponse:
    """The change is done."""
    return render(
        request,
        "citizen/account/password_changed.html",
        Page(title=_("Đã đổi mật khẩu"), tab="manage"),
    )


def _second_step(request: CitizenRequest) -> HttpResponse:
    ticket = request.POST["ve"]
    match pressed(request):
        case "resend":
            return _send_code(request, ticket)
        case "check":
            return _draw_code(request, ticket, CodeForm())
        case _:
            return _finish(request, ticket)


def _send_code(request: CitizenRequest, ticket: str) -> HttpResponse:
    """Send a code and draw its page, also when it has to wait: nothing is typed again for that."""
    form, notice = CodeForm(), ""
    try:
        passwords.send_change_code(
            number=request.citizen.number,
            ticket=ticket,
            now=utc_now(),
            channel=wished_channel(request),
        )
    except errors.TicketLateError:
        return HttpResponseRedirect(reverse("citizen:password"))
    except CodedError as error:
        notice = form.hold(error)
    return _draw_code(request, ticket, form, notice)


def _finish(request: CitizenRequest, ticket: str) -> HttpResponse:
    form, was_due = CodeForm(request.POST), request.citizen.must_change_password
    if form.is_valid():
        try:
            cookie = passwords.finish_change(
                number=request.citizen.number,
                session_id=request.citizen.session_id,
                ticket=ticket,
                typed=form.cleaned_data["code"],
                now=utc_now(),
            )
        except errors.TicketLateError:
            return HttpResponseRedirect(reverse("citizen:password"))
        except CodedError as error:
            form.refuse("code", error)
        else:
            # Guides: after the first change the person lands on «Quản lý cá nhân».
            route = "citizen:overview" if was_due else "citizen:password-changed"
            answer = HttpResponseRedirect(reverse(route))
            remember_session(answer, cookie)
            return answer
    return _draw_code(request, ticket, form)


def _draw_code(
    request: CitizenRequest, ticket: str, form: CodeForm, notice: str = ""
) -> HttpResponse:
    account = account_of(request.citizen.number)
    return render_form(
        request,
        "citizen/account/password_code.html",
        Page(title=str(_TITLE), tab="manage", back=reverse("citizen:password")),
        form,
        fields={"ve": ticket},
        screen=code_screen(
            purpose=CodePurpose.PASSWORD,
            subject=account.person_id,
            phone=account.phone,
            email=rules.code_email(account, utc_now()),
            has_smart_otp=smart_otp_of(account.person_id) is not None,
            notice=notice,
            form=form,
        ),
    )


def _back(request: CitizenRequest) -> str | None:
    return None if request.citizen.must_change_password else reverse("citizen:overview")
