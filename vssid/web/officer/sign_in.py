"""Officers sign in and out."""

from django import forms
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.staff import commands as staff
from vssid.staff.rules import can_enter
from vssid.web.ui.access import NEXT, OfficerRequest, officer, public
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render


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


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Only officers have accounts here; citizens sign in on the first page."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            who = staff.check_credentials(
                user_name=form.cleaned_data["user_name"],
                password=form.cleaned_data["password"],
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse(None, error)
        else:
            login(request, who)
            to = request.POST.get(NEXT, "")
            is_desk = url_has_allowed_host_and_scheme(to, allowed_hosts=None)
            is_desk = is_desk and to.startswith("/can-bo/")
            return HttpResponseRedirect(to if is_desk else reverse("officer:queue"))
    return render(
        request,
        "officer/sign_in.html",
        Page(title=_("Cán bộ đăng nhập")),
        form=form,
        to=request.POST.get(NEXT) or request.GET.get(NEXT, ""),
        status=422 if form.errors else 200,
    )


@officer(may=can_enter)
def sign_out(request: OfficerRequest) -> HttpResponse:
    """Ends the officer's session."""
    if request.method == "POST":
        logout(request)
        answer = HttpResponseRedirect(reverse("officer:sign_in"))
        answer["Clear-Site-Data"] = '"cache"'
        return answer
    return HttpResponseRedirect(reverse("officer:queue"))
