"""«Email»: the phone agrees to every change, a new address as well (guides A08)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import errors
from vssid.accounts.commands import emails
from vssid.accounts.models import CodePurpose
from vssid.accounts.queries import account as account_of
from vssid.kernel.clock import utc_now
from vssid.kernel.emails import parse_email
from vssid.kernel.errors import CodedError
from vssid.web.citizen.account.code_step import CodeStep, begin_code, take_code
from vssid.web.citizen.account.details import changed, changes_wait_until
from vssid.web.citizen.origin import origin_of
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.fields import ParsedField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form

_ROUTE = "citizen:email"
_TICKET, _REMOVE, _STAGE, _SECOND = "ve", "bo", "buoc", "email-moi"


class EmailForm(PlainForm):
    """The new address."""

    email = ParsedField(label=gettext_lazy("Email mới"), parse=parse_email)


@citizen(proven=True)
def email(request: CitizenRequest) -> HttpResponse:
    """The new address or its removal, then the code of the phone, then the code of the address."""
    if _TICKET in request.POST:
        step = _new_step if request.POST.get(_STAGE) == _SECOND else _phone_step
        try:
            return take_code(request, step(request, request.POST[_TICKET]))
        except errors.TicketLateError:
            return HttpResponseRedirect(reverse(_ROUTE))
    if _REMOVE in request.POST:
        return _begin_removal(request)
    form = EmailForm(request.POST) if request.method == "POST" else EmailForm(initial=request.kept)
    if form.is_valid():
        try:
            ticket = emails.prepare_email(
                number=request.citizen.number, email=form.cleaned_data["email"], now=utc_now()
            )
        except CodedError as error:
            form.refuse("email" if isinstance(error, errors.EmailSameError) else None, error)
        else:
            return begin_code(request, _phone_step(request, ticket))
    return _draw(request, form)


def _begin_removal(request: CitizenRequest) -> HttpResponse:
    try:
        ticket = emails.prepare_email(number=request.citizen.number, email="", now=utc_now())
    except (errors.ChangesHeldError, errors.EmailSameError):
        # The page says until when, and offers nothing that has to wait or is done.
        return HttpResponseRedirect(reverse(_ROUTE))
    return begin_code(request, _phone_step(request, ticket))


def _phone_step(request: CitizenRequest, ticket: str) -> CodeStep:
    number, phone = request.citizen.number, request.citizen.phone
    address = emails.new_email(number=number, ticket=ticket, now=utc_now())

    def send() -> None:
        emails.send_phone_code(number=number, ticket=ticket, now=utc_now())

    def finish(typed: str) -> HttpResponse:
        if not address:
            return _remove(request, ticket, typed)
        proven = emails.confirm_phone(number=number, ticket=ticket, typed=typed, now=utc_now())
        return begin_code(request, _new_step(request, proven))

    return CodeStep(
        title=_("Email"),
        heading=_("Bước 1/2: xác nhận là bạn") if address else _("Xác nhận bỏ email"),
        text=_("Email mới sẽ là %(email)s.") % {"email": address} if address else "",
        label=_("Tiếp") if address else _("Bỏ email này"),
        purpose=CodePurpose.EMAIL,
        start=_ROUTE,
        send=send,
        finish=finish,
        phone=phone,
        is_typed=bool(address),
        fields={_TICKET: ticket},
    )


def _new_step(request: CitizenRequest, ticket: str) -> CodeStep:
    number = request.citizen.number
    address = emails.proven_email(number=number, ticket=ticket, now=utc_now())

    def send() -> None:
        asked_from = origin_of(request).address
        emails.send_new_code(number=number, ticket=ticket, asked_from=asked_from, now=utc_now())

    def finish(typed: str) -> HttpResponse:
        emails.finish_email(
            number=number,
            session_id=request.citizen.session_id,
            ticket=ticket,
            typed=typed,
            now=utc_now(),
        )
        return changed("email")

    return CodeStep(
        title=_("Email"),
        heading=_("Bước 2/2: mã gửi đến email mới"),
        text="",
        label=_("Xác nhận"),
        purpose=CodePurpose.NEW_EMAIL,
        start=_ROUTE,
        send=send,
        finish=finish,
        email=address,
        is_typed=True,
        fields={_TICKET: ticket, _STAGE: _SECOND},
    )


def _remove(request: CitizenRequest, ticket: str, typed: str) -> HttpResponse:
    emails.remove_email(
        number=request.citizen.number,
        session_id=request.citizen.session_id,
        ticket=ticket,
        typed=typed,
        now=utc_now(),
    )
    return changed("bo-email")


def _draw(request: CitizenRequest, form: EmailForm) -> HttpResponse:
    return render_form(
        request,
        "citizen/account/email.html",
        Page(title=_("Email"), tab="manage", back=reverse("citizen:account")),
        form,
        current=account_of(request.citizen.number).email,
        hours=settings.VSSID_CHANGES_HELD // timedelta(hours=1),
        waits_until=changes_wait_until(request),
    )
