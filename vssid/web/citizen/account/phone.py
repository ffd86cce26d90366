"""«Số điện thoại»: the old phone agrees, then the new one (guides A08, A11)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import errors
from vssid.accounts.commands import contacts
from vssid.accounts.models import CodePurpose
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.phones import display_phone, parse_mobile
from vssid.web.citizen.account.code_step import CodeStep, begin_code, take_code
from vssid.web.citizen.account.details import changed, changes_wait_until
from vssid.web.citizen.origin import origin_of
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.fields import ParsedField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form

_ROUTE = "citizen:phone"
_TICKET, _STAGE, _SECOND = "ve", "buoc", "so-moi"


class PhoneForm(PlainForm):
    """The new phone."""

    phone = ParsedField(label=gettext_lazy("Số điện thoại mới"), parse=parse_mobile)


@citizen(proven=True)
def phone(request: CitizenRequest) -> HttpResponse:
    """The new number, then the code of the old phone, then the code of the new one."""
    if _TICKET in request.POST:
        step = _new_step if request.POST.get(_STAGE) == _SECOND else _old_step
        try:
            return take_code(request, step(request, request.POST[_TICKET]))
        except errors.TicketLateError:
            return HttpResponseRedirect(reverse(_ROUTE))
    form = PhoneForm(request.POST) if request.method == "POST" else PhoneForm(initial=request.kept)
    if form.is_valid():
        try:
            ticket = contacts.prepare_phone(
                number=request.citizen.number, phone=form.cleaned_data["phone"], now=utc_now()
            )
        except CodedError as error:
            form.refuse("phone" if isinstance(error, errors.PhoneSameError) else None, error)
        else:
            return begin_code(request, _old_step(request, ticket))
    return render_form(
        request,
        "citizen/account/phone.html",
        Page(title=_("Số điện thoại"), tab="manage", back=reverse("citizen:account")),
        form,
        current=request.citizen.phone,
        hours=settings.VSSID_CHANGES_HELD // timedelta(hours=1),
        waits_until=changes_wait_until(request),
    )


def _old_step(request: CitizenRequest, ticket: str) -> CodeStep:
    number, old = request.citizen.number, request.citizen.phone
    new = contacts.new_phone(number=number, ticket=ticket, now=utc_now())

    def send() -> None:
        contacts.send_old_phone_code(number=number, ticket=ticket, now=utc_now())

    def finish(typed: str) -> HttpResponse:
        proven = contacts.confirm_old_phone(
            number=number, ticket=ticket, typed=typed, now=utc_now()
        )
        return begin_code(request, _new_step(request, proven))

    return CodeStep(
        title=_("Số điện thoại"),
        heading=_("Bước 1/2: mã gửi đến số cũ"),
        text=_("Số mới sẽ là %(phone)s.") % {"phone": display_phone(new)},
        label=_("Tiếp"),
        purpose=CodePurpose.PHONE,
        start=_ROUTE,
        send=send,
        finish=finish,
        phone=old,
        is_typed=True,
        fields={_TICKET: ticket},
    )


def _new_step(request: CitizenRequest, ticket: str) -> CodeStep:
    number = request.citizen.number
    new = contacts.proven_phone(number=number, ticket=ticket, now=utc_now())

    def send() -> None:
        asked_from = origin_of(request).address
        contacts.send_new_phone_code(
            number=number, ticket=ticket, asked_from=asked_from, now=utc_now()
        )

    def finish(typed: str) -> HttpResponse:
        contacts.finish_phone(
            number=number,
            session_id=request.citizen.session_id,
            ticket=ticket,
            typed=typed,
            now=utc_now(),
        )
        return changed("dien-thoai")

    return CodeStep(
        title=_("Số điện thoại"),
        heading=_("Bước 2/2: mã gửi đến số mới"),
        text="",
        label=_("Hoàn tất"),
        purpose=CodePurpose.NEW_PHONE,
        start=_ROUTE,
        send=send,
        finish=finish,
        phone=new,
        is_typed=True,
        fields={_TICKET: ticket, _STAGE: _SECOND},
    )
