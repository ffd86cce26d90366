"""«Đóng tài khoản»: says what goes and what stays, then asks for a code (guides A08)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.commands import closing
from vssid.accounts.models import CodePurpose
from vssid.accounts.queries import account as account_of
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.people.queries import children_seen
from vssid.web.citizen.account.code_step import CodeStep, begin_code, take_code
from vssid.web.citizen.account.details import changes_wait_until
from vssid.web.ui.access import SESSION_COOKIE, CitizenRequest, citizen, public
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render, render_form

_BEGUN = "dong"


@citizen(proven=True)
def close(request: CitizenRequest) -> HttpResponse:
    """First the plain words, then the code; nothing goes before the code is right."""
    if _BEGUN in request.POST:
        return take_code(request, _step(request))
    form = PlainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return begin_code(request, _step(request))
        except CodedError as error:
            form.refuse(None, error)
    number, today = request.citizen.number, vietnam_today(utc_now())
    return render_form(
        request,
        "citizen/account/close.html",
        Page(title=_("Đóng tài khoản"), tab="manage", back=reverse("citizen:account")),
        form,
        children=[one.guardianship.child_name for one in children_seen(number, today)],
        waits_until=changes_wait_until(request),
    )


@public
def closed(request: HttpRequest) -> HttpResponse:
    """Farewell."""
    return render(request, "citizen/account/closed.html", Page(title=_("Đã đóng tài khoản")))


def _step(request: CitizenRequest) -> CodeStep:
    account = account_of(request.citizen.number)

    def send() -> None:
        closing.send_closing_code(number=account.person_id, now=utc_now())

    def finish(typed: str) -> HttpResponse:
        closing.close_account(number=account.person_id, typed=typed, now=utc_now())
        answer = HttpResponseRedirect(reverse("citizen:closed"))
        answer.delete_cookie(SESSION_COOKIE)
        answer["Clear-Site-Data"] = '"cache"'
        return answer

    return CodeStep(
        title=_("Đóng tài khoản"),
        heading=_("Xác nhận đóng tài khoản"),
        text=_("Nhập mã đúng thì tài khoản đóng ngay, không lấy lại được."),
        label=_("Đóng tài khoản"),
        kind="danger",
        purpose=CodePurpose.CLOSE,
        start="citizen:close",
        send=send,
        finish=finish,
        phone=account.phone,
        fields={_BEGUN: "1"},
    )
