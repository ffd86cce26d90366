"""«Xác nhận lại»: who proved themselves too long ago does so again, and goes on where they were."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import errors
from vssid.accounts.commands import passkeys, proving
from vssid.accounts.queries import passkeys_of, smart_otp_of
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.web.citizen.codes import TYPED, CodeForm
from vssid.web.citizen.entry.session import way_on
from vssid.web.citizen.origin import origin_of
from vssid.web.ui.access import NEXT, CitizenRequest, citizen
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form
from vssid.web.ui.passkeys import ANSWER, TICKET, asked, not_asked, party_of

_LONGEST_PASSWORD = 4096


class ProofForm(PlainForm):
    """«Mật khẩu»."""

    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        strip=False,
        max_length=_LONGEST_PASSWORD,
        widget=forms.PasswordInput,
        error_messages={"required": gettext_lazy("Xin nhập mật khẩu.")},
    )


@citizen(before_password_change=True)
def prove(request: CitizenRequest) -> HttpResponse:
    """By password, which works everywhere; what was typed before waits at `tiep`."""
    if TYPED in request.POST:
        return _by_smart_otp(request)
    form = ProofForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            proving.prove_by_password(
                number=request.citizen.number,
                session_id=request.citizen.session_id,
                password=form.cleaned_data["password"],
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse("password", error)
        else:
            return HttpResponseRedirect(way_on(request.POST.get(NEXT, "")))
    return _draw(request, form)


@citizen(before_password_change=True)
def prove_options(request: CitizenRequest) -> HttpResponse:
    """What the browser is asked: one of this person's passkeys."""
    party = party_of(request)
    if request.method != "POST" or party is None:
        return not_asked(errors.PasskeyWrongError())
    wanted = passkeys.ask_to_use(
        purpose="prove", party=party, now=utc_now(), number=request.citizen.number
    )
    return asked(wanted.options, wanted.ticket)


@citizen(before_password_change=True)
def prove_passkey(request: CitizenRequest) -> HttpResponse:
    """By a passkey of the same account."""
    party = party_of(request)
    if request.method != "POST" or party is None:
        return HttpResponseRedirect(reverse("citizen:prove"))
    try:
        proving.prove_by_passkey(
            number=request.citizen.number,
            session_id=request.citizen.session_id,
            ticket=request.POST.get(TICKET, ""),
            answer=request.POST.get(ANSWER, ""),
            party=party,
            address=origin_of(request).address,
            now=utc_now(),
        )
    except CodedError as error:
        # The password's form was not sent: it is not to blame.
        form = ProofForm({})
        form.errors.clear()
        form.refuse(None, error)
        return _draw(request, form)
    return HttpResponseRedirect(way_on(request.POST.get(NEXT, "")))


def _by_smart_otp(request: CitizenRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            proving.prove_by_smart_otp(
                number=request.citizen.number,
                session_id=request.citizen.session_id,
                typed=form.cleaned_data[TYPED],
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse(TYPED, error)
        else:
            return HttpResponseRedirect(way_on(request.POST.get(NEXT, "")))
    return _draw(request, form)


def _draw(request: CitizenRequest, form: ProofForm | CodeForm) -> HttpResponse:
    number = request.citizen.number
    return render_form(
        request,
        "citizen/entry/prove.html",
        Page(title=_("Xác nhận lại"), tab="manage"),
        form,
        to=request.POST.get(NEXT) or request.GET.get(NEXT, ""),
        by_password=form if isinstance(form, ProofForm) else ProofForm(),
        by_code=form if isinstance(form, CodeForm) else CodeForm(),
        has_passkeys=bool(passkeys_of(number)),
        has_smart_otp=smart_otp_of(number) is not None,
        minutes=settings.VSSID_PROOF_LIFETIME // timedelta(minutes=1),
    )
