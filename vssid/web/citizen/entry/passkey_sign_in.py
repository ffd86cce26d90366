"""«Đăng nhập bằng vân tay / khuôn mặt»: one press, no number typed (guides A01, A07)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from vssid.accounts import errors
from vssid.accounts.commands import passkeys, sessions
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.web.citizen.entry.second_device import draw_second_device
from vssid.web.citizen.entry.session import signed_in
from vssid.web.citizen.entry.sign_in import SignInForm, draw_sign_in
from vssid.web.citizen.origin import origin_of
from vssid.web.ui.access import public
from vssid.web.ui.passkeys import ANSWER, TICKET, asked, not_asked, party_of


@public
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser is asked: any passkey that it has for us, whoever's."""
    party = party_of(request)
    if request.method != "POST" or party is None:
        return not_asked(errors.PasskeyWrongError())
    wanted = passkeys.ask_to_use(purpose="sign-in", party=party, now=utc_now())
    return asked(wanted.options, wanted.ticket)


@public
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """A right answer opens a session as a right password does; wrong passwords lock it not."""
    party, origin, now = party_of(request), origin_of(request), utc_now()
    if request.method != "POST" or party is None:
        return HttpResponseRedirect(reverse("citizen:sign_in"))
    try:
        account = passkeys.use_passkey(
            purpose="sign-in",
            ticket=request.POST.get(TICKET, ""),
            answer=request.POST.get(ANSWER, ""),
            party=party,
            address=origin.address,
            now=now,
        )
        outcome = sessions.start_session(account=account, origin=origin, now=now)
    except CodedError as error:
        return _refuse(request, error)
    if isinstance(outcome, sessions.SignedInElsewhere):
        return draw_second_device(request, outcome)
    return signed_in(request, account, outcome)


def _refuse(request: HttpRequest, error: CodedError) -> HttpResponse:
    # The page's own form was not sent: none of its fields is to blame.
    form = SignInForm({})
    form.errors.clear()
    form.refuse(None, error)
    return draw_sign_in(request, form)
