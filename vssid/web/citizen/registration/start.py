"""The way in: welcome, what to have at hand, who registers (guides R01, R02)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from vssid.kernel.clock import utc_now
from vssid.registration.commands import drafts
from vssid.registration.errors import TooManyDraftsError
from vssid.registration.rules import Step
from vssid.web.citizen.registration.drafts import draft_of, remember
from vssid.web.citizen.registration.forms import KindForm
from vssid.web.citizen.registration.steps import address_of
from vssid.web.ui.access import public, visitor
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render


@visitor
def welcome(request: HttpRequest) -> HttpResponse:
    """What registering takes, and the way back to a draft begun before."""
    draft = draft_of(request)
    resume = None
    if draft is not None and not draft.is_filed:
        resume = address_of(draft.missing_step or Step.CONFIRM)
    return render(
        request,
        "citizen/registration/welcome.html",
        Page(title=_("Đăng ký tài khoản"), back="/"),
        resume=resume,
        filed=draft is not None and draft.is_filed,
    )


@visitor
def kind(request: HttpRequest) -> HttpResponse:
    """«Cá nhân», then «Tiếp»; an organisation is told where to go."""
    form = KindForm(request.POST if request.method == "POST" else None, initial={"kind": "ca-nhan"})
    if form.is_valid() and form.cleaned_data["kind"] == "ca-nhan":
        try:
            draft = drafts.start_draft(now=utc_now(), address=request.META.get("REMOTE_ADDR", ""))
        except TooManyDraftsError as error:
            form.refuse(None, error)
        else:
            answer = HttpResponseRedirect(address_of(Step.PERSON))
            remember(answer, draft.id)
            return answer
    return render(
        request,
        "citizen/registration/kind.html",
        Page(title=_("Đối tượng đăng ký"), back="/dang-ky/"),
        form=form,
        is_organisation=form.is_valid() and form.cleaned_data["kind"] == "to-chuc",
        status=422 if form.errors else 200,
    )


@public
def guide(request: HttpRequest) -> HttpResponse:
    """The first thing the app shows (guides R01)."""
    answer = render(
        request,
        "citizen/welcome.html",
        Page(title=_("Chào mừng đến với VssID")),
    )
    for mark in ("da_chao", "ung_dung"):
        _remember(answer, mark)
    return answer


def _remember(answer: HttpResponse, mark: str) -> None:
    answer.set_cookie(
        mark,
        "1",
        max_age=365 * 86400,
        httponly=True,
        samesite="Lax",
        secure=settings.VSSID_SECURE_COOKIES,
    )
