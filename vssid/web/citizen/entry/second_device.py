"""The second device: told which one is signed in, and moved to by a code (guides A07)."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts import rules, tokens
from vssid.accounts.commands import codes, sessions
from vssid.accounts.models import Account, CodePurpose
from vssid.accounts.queries import account as account_of
from vssid.accounts.queries import smart_otp_of
from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import mask_number
from vssid.web.citizen.codes import CodeForm, code_screen, pressed, wished_channel
from vssid.web.citizen.entry.session import signed_in
from vssid.web.citizen.origin import origin_of
from vssid.web.ui.access import NEXT, REASON, public
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render, render_form

_TICKET = "second-device"
_TICKET_FIELD = "ve"
_TICKET_SECONDS = 15 * 60


def draw_second_device(request: HttpRequest, other: sessions.SignedInElsewhere) -> HttpResponse:
    """Say which device is signed in and since when, and what going on does to it.

    Whoever comes here has proven themselves: the ticket in the form says who, for 15 minutes.
    """
    return render(
        request,
        "citizen/entry/second_device.html",
        Page(title=_("Đang đăng nhập ở thiết bị khác"), back=reverse("citizen:sign_in")),
        ticket=_ticket(other.account),
        other=other,
        to=request.POST.get(NEXT, ""),
    )


@public
def second_device(request: HttpRequest) -> HttpResponse:
    """Going on needs a code to the registered phone; it signs the other device out."""
    ticket = request.POST.get(_TICKET_FIELD, "")
    account = _owner(ticket)
    if request.method != "POST" or account is None:
        return HttpResponseRedirect(f"{reverse('citizen:sign_in')}?{REASON}=expired")
    button = pressed(request)
    if button == "confirm":
        return _finish(request, ticket, account)
    form = CodeForm()
    notice = "" if button == "check" else _send(request, ticket, account, form)
    return _draw_code(request, ticket, account, form, notice)


def _finish(request: HttpRequest, ticket: str, account: Account) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            started = _take_over(request, account, ticket, form.cleaned_data["code"])
        except CodedError as error:
            form.refuse("code", error)
        else:
            return signed_in(request, account, started)
    return _draw_code(request, ticket, account, form)


def _ticket(account: Account) -> str:
    content = {
        "number": account.person_id,
        "at": int(utc_now().timestamp()),
        "mark": _mark(account),
    }
    return tokens.seal(_TICKET, json.dumps(content).encode())


def _owner(ticket: str) -> Account | None:
    """Who proved themselves; None when that was too long ago, or what they proved holds no more.

    The account may be gone meanwhile, locked, or have another password.
    """
    content: dict[str, Any] = json.loads(tokens.unseal(_TICKET, ticket) or b"{}")
    if not content or utc_now().timestamp() - content["at"] > _TICKET_SECONDS:
        return None
    try:
        account = account_of(content["number"])
    except Account.DoesNotExist:
        return None
    return account if _mark(account) == content["mark"] else None


def _mark(account: Account) -> str:
    return tokens.keyed_mark(f"second device|{account.password}|{account.locked_at}")


def _take_over(request: HttpRequest, account: Account, ticket: str, typed: str) -> sessions.Started:
    now = utc_now()
    proof = codes.try_code(
        purpose=CodePurpose.DEVICE,
        subject=account.person_id,
        binding=ticket,
        typed=typed,
        now=now,
    )
    return sessions.take_over(account=account, proof=proof, origin=origin_of(request), now=now)


def _send(request: HttpRequest, ticket: str, account: Account, form: CodeForm) -> str:
    """Send a code; returns why none could be sent."""
    now = utc_now()
    wanted = codes.CodeRequest(
        purpose=CodePurpose.DEVICE,
        subject=account.person_id,
        binding=ticket,
        phone=account.phone,
        email=rules.code_email(account, now),
        channel=wished_channel(request),
        template="code.device",
        data={"number": mask_number(account.person_id)},
    )
    try:
        codes.issue_code(request=wanted, by=Actor.citizen(account.person_id), now=now)
    except CodedError as error:
        return form.hold(error)
    return ""


def _draw_code(
    request: HttpRequest, ticket: str, account: Account, form: CodeForm, notice: str = ""
) -> HttpResponse:
    screen = code_screen(
        purpose=CodePurpose.DEVICE,
        subject=account.person_id,
        phone=account.phone,
        email=rules.code_email(account, utc_now()),
        has_smart_otp=smart_otp_of(account.person_id) is not None,
        notice=notice,
        form=form,
    )
    return render_form(
        request,
        "citizen/entry/second_device_code.html",
        Page(title=_("Xác nhận thiết bị mới"), back=reverse("citizen:sign_in")),
        form,
        screen=screen,
        fields={_TICKET_FIELD: ticket, NEXT: request.POST.get(NEXT, "")},
        now=utc_now(),
    )
