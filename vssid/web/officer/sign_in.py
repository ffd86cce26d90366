"""Officers sign in: name and password first. And out."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.staff.commands import own_keys
from vssid.staff.errors import StepLateError
from vssid.staff.rules import Step, can_enter
from vssid.web.officer import door
from vssid.web.ui import desk_session
from vssid.web.ui.access import NEXT, OfficerRequest, officer, public
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form


class SignInForm(PlainForm):
    """Name and password of an officer."""

    user_name = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        max_length=40,
        error_messages={"required": gettext_lazy("Xin nhập tên đăng nhập của cán bộ.")},
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput,
        error_messages={"required": gettext_lazy("Xin nhập mật khẩu.")},
    )


class NewPasswordForm(PlainForm):
    """A new password, twice."""

    new = forms.CharField(
        label=gettext_lazy("Mật khẩu mới"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Từ 8 ký tự. Ghép vài từ cho dễ nhớ, ví dụ: cây đa bến nước."),
        error_messages={"required": gettext_lazy("Xin nhập mật khẩu mới.")},
    )
    again = forms.CharField(
        label=gettext_lazy("Nhập lại mật khẩu mới"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Xin nhập lại mật khẩu mới.")},
    )

    def clean_again(self) -> str:
        """Both must be alike."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(_("Hai lần nhập mật khẩu mới chưa giống nhau."))
        return again


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Only officers have accounts here; citizens sign in on the first page."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    to = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    if form.is_valid():
        now = utc_now()
        try:
            data = form.cleaned_data
            who = door.prove_password(request, data["user_name"], data["password"], now)
        except CodedError as error:
            form.refuse(None, error)
        else:
            return door.enter_half(request, who, to, now)
    late = str(StepLateError()) if request.GET.get("lau") else ""
    page = Page(title=_("Cán bộ đăng nhập"))
    return render_form(request, "officer/sign_in.html", page, form, to=to, late=late)


@public
def new_password(request: HttpRequest) -> HttpResponse:
    """The issued password, or one past its time, is changed before anything else opens."""
    now = utc_now()
    who = door.half_officer(request, now)
    if who is None:
        return door.to_sign_in(request)
    if door.step_of(request, who, now) is not Step.NEW_PASSWORD:
        return door.go_on(request, who, now)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            who = own_keys.change_password(officer=who, new=form.cleaned_data["new"], now=now)
        except CodedError as error:
            form.refuse("new", error)
        else:
            door.mark_changed(request, who, now)
            return door.go_on(request, who, now)
    page = Page(title=_("Đổi mật khẩu được cấp"))
    return render_form(request, "officer/new_password.html", page, form, user_name=who.user_name)


@officer(may=can_enter, while_locked=True)
def sign_out(request: OfficerRequest) -> HttpResponse:
    """Ends the officer's session."""
    if request.method == "POST":
        desk_session.forget(request)
        answer = HttpResponseRedirect(reverse("officer:sign_in"))
        answer["Clear-Site-Data"] = '"cache"'
        return answer
    return HttpResponseRedirect(reverse("officer:queue"))
