"""«Chia sẻ hồ sơ»: whom the owner lets read their record, and whose record they may read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import errors
from vssid.accounts.commands import sharing
from vssid.accounts.models import CodePurpose
from vssid.kernel.clock import format_datetime, utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import mask_number, parse_login_number
from vssid.kernel.text import parse_person_name
from vssid.people import queries as people
from vssid.people import rules
from vssid.people.errors import ShareOverError
from vssid.people.models import Share
from vssid.people.visibility import Part
from vssid.web.citizen.account.code_step import CodeStep, begin_code, take_code
from vssid.web.citizen.account.details import changes_wait_until
from vssid.web.citizen.record.withheld import PARTS
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.fields import ParsedField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render, render_form

_LIST, _NEW = "citizen:shares", "citizen:share-new"
_TICKET, _DONE = "ve", "xong"

TERMS: Final[dict[str, Promise]] = {
    "day": gettext_lazy("1 ngày"),
    "week": gettext_lazy("1 tuần"),
    "month": gettext_lazy("1 tháng (30 ngày)"),
    "half-year": gettext_lazy("6 tháng (180 ngày)"),
}
_SAID: Final[dict[str, Promise]] = {
    "moi": gettext_lazy("Đã gửi lời mời. Người ấy xem được sau khi nhận lời."),
    "nhan": gettext_lazy("Đã nhận. Bạn xem được hồ sơ này ở mục dưới đây."),
    "tu-choi": gettext_lazy("Đã từ chối. Bạn không xem hồ sơ ấy."),
    "dung": gettext_lazy("Đã dừng. Từ bây giờ không ai xem tiếp được bằng lần chia sẻ ấy."),
}
_NO_TERM: Final = gettext_lazy("Chưa chọn thời hạn. Xin chọn một thời hạn.")


class ShareForm(PlainForm):
    """Who, what, for how long."""

    number = ParsedField(
        label=gettext_lazy("Mã số BHXH của người được xem"), parse=parse_login_number
    )
    name = ParsedField(label=gettext_lazy("Họ và tên của người ấy"), parse=parse_person_name)
    card = forms.BooleanField(label=PARTS[Part.CARD], required=False, initial=True)
    contributions = forms.BooleanField(label=PARTS[Part.CONTRIBUTIONS], required=False)
    benefits = forms.BooleanField(label=PARTS[Part.BENEFITS], required=False)
    medical_book = forms.BooleanField(label=PARTS[Part.MEDICAL_BOOK], required=False)
    term = forms.ChoiceField(
        label=gettext_lazy("Trong bao lâu?"),
        choices=tuple(TERMS.items()),
        widget=forms.RadioSelect,
        initial="day",
        error_messages=dict.fromkeys(("required", "invalid_choice"), _NO_TERM),
    )

    @property
    def parts(self) -> frozenset[Part]:
        """What was chosen."""
        names = {part: part.value.replace("-", "_") for part in rules.SHARED_PARTS}
        return frozenset(part for part, name in names.items() if self.cleaned_data[name])


@citizen()
def shares(request: CitizenRequest) -> HttpResponse:
    """Both sides of all shares, with the one press that ends each."""
    number, now = request.citizen.number, utc_now()
    given = list(people.shares_for(number, now))
    done = request.GET.get(_DONE, "")
    return render(
        request,
        "citizen/account/shares.html",
        Page(title=_("Chia sẻ hồ sơ"), tab="manage", back=reverse("citizen:overview")),
        mine=list(people.shares_by(number, now)),
        offers=[one for one in given if one.accepted_at is None],
        accepted=[one for one in given if one.accepted_at is not None],
        parts_of=parts_of,
        mask=mask_number,
        done=str(_SAID[done]) if done in _SAID else "",
        problem=str(ShareOverError()) if done == "khong-con" else "",
    )


@citizen(proven=True)
def new(request: CitizenRequest) -> HttpResponse:
    """Who is to read what for how long, then the code that confirms exactly this."""
    if _TICKET in request.POST:
        try:
            return take_code(request, _step(request, request.POST[_TICKET]))
        except errors.TicketLateError:
            return HttpResponseRedirect(reverse(_NEW))
    form = ShareForm(request.POST) if request.method == "POST" else ShareForm(initial=request.kept)
    if form.is_valid():
        try:
            ticket = sharing.prepare_share(
                number=request.citizen.number,
                typed=form.cleaned_data["number"],
                name=form.cleaned_data["name"],
                parts=form.parts,
                term=form.cleaned_data["term"],
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse(_field_of(error), error)
        else:
            return begin_code(request, _step(request, ticket))
    return render_form(
        request,
        "citizen/account/share_new.html",
        Page(title=_("Cho người khác xem"), tab="manage", back=reverse(_LIST)),
        form,
        waits_until=changes_wait_until(request),
    )


@citizen()
def accept(request: CitizenRequest, share: UUID) -> HttpResponse:
    """«Nhận lời»."""
    return _act(request, share, sharing.accept_share, "nhan")


@citizen()
def decline(request: CitizenRequest, share: UUID) -> HttpResponse:
    """«Từ chối»."""
    return _act(request, share, sharing.decline_share, "tu-choi")


@citizen()
def end(request: CitizenRequest, share: UUID) -> HttpResponse:
    """«Dừng», by either side, at once."""
    return _act(request, share, sharing.end_share, "dung")


def parts_of(share: Share) -> str:
    """What a share shows, in words."""
    shown = (
        share.shows_card,
        share.shows_contributions,
        share.shows_benefits,
        share.shows_medical_book,
    )
    chosen = zip(rules.SHARED_PARTS, shown, strict=True)
    return ", ".join(str(PARTS[part]) for part, is_shown in chosen if is_shown)


def _act(
    request: CitizenRequest, share: UUID, command: Callable[..., None], done: str
) -> HttpResponse:
    number, now = request.citizen.number, utc_now()
    if request.method != "POST":
        return HttpResponseRedirect(reverse(_LIST))
    found = people.share(share, number, now)
    try:
        if found is None:
            raise ShareOverError
        command(number=number, share=found, now=now)
    except ShareOverError:
        done = "khong-con"
    return HttpResponseRedirect(f"{reverse(_LIST)}?{_DONE}={done}")


def _field_of(error: CodedError) -> str | None:
    if isinstance(error, errors.ShareSelfError):
        return "number"
    return "card" if isinstance(error, errors.ShareNothingError) else None


def _step(request: CitizenRequest, ticket: str) -> CodeStep:
    number, now = request.citizen.number, utc_now()
    wish = sharing.wish_of(number=number, ticket=ticket, now=now)
    parts = ", ".join(str(PARTS[part]) for part in rules.SHARED_PARTS if part in wish.parts)
    term: timedelta = rules.SHARE_TERMS[wish.term]

    def send() -> None:
        sharing.send_share_code(number=number, ticket=ticket, now=utc_now())

    def finish(typed: str) -> HttpResponse:
        sharing.finish_share(number=number, ticket=ticket, typed=typed, now=utc_now())
        return HttpResponseRedirect(f"{reverse(_LIST)}?{_DONE}=moi")

    return CodeStep(
        title=_("Cho người khác xem"),
        heading=_("Xác nhận cho xem hồ sơ"),
        text=_("%(name)s (%(number)s) sẽ xem được: %(parts)s; đến %(until)s.")
        % {
            "name": wish.reader_name,
            "number": mask_number(wish.reader),
            "parts": parts,
            "until": format_datetime(now + term),
        },
        label=_("Cho xem"),
        purpose=CodePurpose.SHARE,
        start=_NEW,
        send=send,
        finish=finish,
        phone=request.citizen.phone,
        is_typed=True,
        fields={_TICKET: ticket},
    )
