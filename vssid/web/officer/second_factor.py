"""The second factor at the door: SmartOTP, set up at the first sign-in, or a passkey."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.documents.qr import qr_svg
from vssid.kernel import passkeys, totp
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.staff import queries as staff
from vssid.staff.commands import own_keys, signing_in
from vssid.staff.errors import PasskeyWrongError
from vssid.staff.models import Officer
from vssid.staff.rules import Step
from vssid.web.officer import door
from vssid.web.ui.access import public
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render_form
from vssid.web.ui.passkeys import party_of


class CodeForm(PlainForm):
    """Six digits, or what a passkey answered."""

    code = forms.CharField(
        label=gettext_lazy("Mã SmartOTP"),
        max_length=20,
        required=False,
    )
    tra_loi = forms.CharField(
        required=False, max_length=passkeys.LONGEST_ANSWER, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """One of them."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("code") and not data.get("tra_loi") and not self.errors:
            self.add_error("code", _("Xin nhập mã 6 số đang hiện trong ứng dụng xác thực."))
        return data


@public
def second_step(request: HttpRequest) -> HttpResponse:
    """The password was right; now a code or a passkey of the same officer."""
    now = utc_now()
    who = door.half_officer(request, now)
    if who is None:
        return door.to_sign_in(request)
    if door.step_of(request, who, now) is not Step.SECOND_FACTOR:
        return door.go_on(request, who, now)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and prove(request, who, form):
        door.mark_proved(request, who, now)
        return door.go_on(request, who, now)
    return render_form(
        request,
        "officer/second_step.html",
        Page(title=_("Bước xác thực thứ hai")),
        form,
        user_name=who.user_name,
        has_otp=staff.has_smart_otp(who.pk),
        has_passkey=_offers_passkeys(request, who),
    )


@public
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser asks a passkey of whoever is half signed in."""
    who = door.half_officer(request, utc_now())
    if who is None or request.method != "POST":
        return no_question()
    return assertion_for(request, who)


@public
def set_up(request: HttpRequest) -> HttpResponse:
    """SmartOTP is set up at the first sign-in, before anything else opens."""
    now = utc_now()
    who = door.half_officer(request, now)
    if who is None:
        return door.to_sign_in(request)
    if door.step_of(request, who, now) is not Step.SMART_OTP:
        return door.go_on(request, who, now)
    secret = door.kept_secret(request, who)
    if secret is None:
        secret = totp.new_secret()
        door.keep_secret(request, who, secret)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            own_keys.put_smart_otp(officer=who, secret=secret, typed=typed, now=now)
        except CodedError as error:
            form.refuse("code", error)
        else:
            door.mark_proved(request, who, now)
            return door.go_on(request, who, now)
    uri = totp.otpauth_uri(secret, label=who.user_name)
    return render_form(
        request,
        "officer/set_up.html",
        Page(title=_("Thiết lập SmartOTP")),
        form,
        # Drawn by us from our own text: nothing of it was typed by anybody.
        qr=mark_safe(qr_svg(uri, title=_("Mã QR của SmartOTP"))),  # noqa: S308
        uri=uri,
        secret=totp.readable_secret(secret),
    )


def prove(request: HttpRequest, who: Officer, form: CodeForm) -> bool:
    """Whether the form holds the officer's second factor; says why not in the form."""
    now, answer = utc_now(), form.cleaned_data["tra_loi"]
    try:
        if not answer:
            signing_in.prove_code(officer_id=who.pk, typed=form.cleaned_data["code"], now=now)
            return True
        party = party_of(request)
        if party is None:
            raise PasskeyWrongError
        signing_in.prove_passkey(
            officer_id=who.pk,
            answer=answer,
            party=party,
            challenge=door.use_challenge(request, now),
            now=now,
        )
    except CodedError as error:
        form.refuse(None if answer else "code", error)
        return False
    return True


def assertion_for(request: HttpRequest, who: Officer) -> HttpResponse:
    """What the browser asks one of the officer's passkeys, as JSON."""
    party, known = party_of(request), staff.credential_ids(who.pk)
    if party is None or not known:
        return no_question()
    options = passkeys.assertion_options(
        party=party,
        challenge=door.new_challenge(request),
        known=known,
        lifetime=settings.VSSID_CODE_LIFETIME,
    )
    return question(options)


def question(options: dict[str, Any]) -> HttpResponse:
    """A question to the device, as the page's script reads it; the challenge is in the session."""
    said = {"options": options, "ticket": ""}
    return JsonResponse(said, headers={"Cache-Control": NEVER_KEPT})


def no_question() -> HttpResponse:
    """There is nothing to ask a device here."""
    return JsonResponse({"problem": str(PasskeyWrongError())}, status=403)


def _offers_passkeys(request: HttpRequest, who: Officer) -> bool:
    return party_of(request) is not None and bool(staff.credential_ids(who.pk))
