"""«Tìm mã số BHXH»: typed, looked up, told; a code to a phone when it has to come first.

The page around an answer is the form itself, filled in: whoever was not found changes one field,
and the page of a find is drawn by the same work as the page of a miss.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts import tokens
from vssid.accounts.commands import visitor_codes
from vssid.accounts.errors import TicketLateError
from vssid.accounts.models import CodePurpose
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.people.number_search import commands
from vssid.people.number_search.errors import CodeNeededError, SearchesSpentError
from vssid.people.number_search.limits import Sender
from vssid.people.number_search.rules import Found
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.web.citizen.codes import NOT_NOW, TYPED, CodeForm, code_screen, pressed
from vssid.web.citizen.number_search.forms import FORMS, PhoneForm, SearchForm
from vssid.web.citizen.number_search.registering import seal_prefill
from vssid.web.citizen.picture import NO_PICTURE, picture_problem, wants_new_picture
from vssid.web.ui import checks
from vssid.web.ui.access import CitizenRequest, public_knowing
from vssid.web.ui.areas import REFRESH, area_lists, refreshed
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render_form

WAY, TICKET = "cach", "ve"
_FIRST_WAY = "ca-nhan"
_PURPOSE = CodePurpose.NUMBER_SEARCH
DEVICE_COOKIE = settings.VSSID_COOKIE_PREFIX + "tim_ma_so"
_DEVICE = "number-search"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page tells; `found` is None for a miss, `prefill` what registering begins with."""

    found: Found | None
    office: OfficeView | None
    prefill: str
    is_child: bool


@public_knowing
def search(request: CitizenRequest) -> HttpResponse:
    """The form of one way; what was typed is looked up, after the picture code."""
    if TICKET in request.POST:
        answer = _go_on(request, request.POST[TICKET])
    elif request.method == "POST":
        answer = _take(request)
    else:
        way = _way(request.GET)
        answer = _draw(request, way, FORMS[way]())
    return _remembering(request, answer)


def _take(request: HttpRequest) -> HttpResponse:
    sent = request.POST.dict()
    way = _way(sent)
    chosen = refreshed(sent) if way == "chu-ho" else None
    if chosen is not None or wants_new_picture(request):
        return _draw(request, way, FORMS[way](initial=chosen or sent), chosen=chosen or sent)
    form = FORMS[way](request.POST)
    problem = picture_problem(request)
    if problem:
        form.add_error("ma_kiem_tra", problem)
    if not form.is_valid():
        return _draw(request, way, form, chosen=sent)
    if NO_PICTURE in sent:
        return _draw_phone(request, _ticket(way, sent), PhoneForm(), has_skipped=True)
    return _look_up(request, way, sent, phone="")


def _look_up(
    request: HttpRequest, way: str, sent: Mapping[str, str], *, phone: str
) -> HttpResponse:
    form = FORMS[way](data=sent)
    if not form.is_valid():
        # A day has passed, or the areas have changed, since it was checked.
        return _draw(request, way, form, chosen=sent)
    sender = Sender(request.META.get("REMOTE_ADDR", ""), _device(request), phone)
    try:
        found = commands.search_number(wanted=form.wanted(), sender=sender, now=utc_now())
    except CodeNeededError:
        return _draw_phone(request, _ticket(way, sent), PhoneForm())
    except SearchesSpentError as error:
        form.refuse(None, error)
        return _draw(request, way, form, chosen=sent)
    prefill = seal_prefill(found, form.wanted()) if found else ""
    return _draw(
        request,
        way,
        form,
        chosen=sent,
        answer=Answer(found, _office(form), prefill, form.is_about_child),
    )


def _go_on(request: HttpRequest, ticket: str) -> HttpResponse:
    """The phone, then its code; what was typed before lies sealed in the ticket."""
    step = pressed(request)
    try:
        wish = visitor_codes.kept_wish(purpose=_PURPOSE, ticket=ticket, now=utc_now())
        if step == "confirm" and wish.phone:
            return _take_code(request, ticket)
        if step == "check" and wish.phone:
            return _draw_code(request, ticket, wish.phone, CodeForm())
        if step == "resend" and wish.phone:
            return _send(request, ticket, wish.phone)
        return _take_phone(request, ticket)
    except TicketLateError as error:
        return _draw(request, _FIRST_WAY, FORMS[_FIRST_WAY](), notice_text=str(error), status=409)


def _take_phone(request: HttpRequest, ticket: str) -> HttpResponse:
    form = PhoneForm(request.POST if "phone" in request.POST else None)
    if not form.is_valid():
        return _draw_phone(request, ticket, form)
    phone = form.cleaned_data["phone"]
    sender = Sender(request.META.get("REMOTE_ADDR", ""), phone=phone)
    try:
        commands.refuse_spent(sender=sender, now=utc_now())
    except SearchesSpentError as error:
        form.refuse("phone", error)
        return _draw_phone(request, ticket, form)
    return _send(request, ticket, phone)


def _send(request: HttpRequest, ticket: str, phone: str) -> HttpResponse:
    """Have a code sent and draw its page, also when it has to wait: nothing is typed again."""
    form, notice, now = CodeForm(), "", utc_now()
    try:
        ticket = visitor_codes.send_code(
            purpose=_PURPOSE,
            ticket=ticket,
            phone=phone,
            asked_from=request.META.get("REMOTE_ADDR", ""),
            now=now,
        )
    except NOT_NOW as error:
        notice = form.hold(error)
        ticket = visitor_codes.name_phone(purpose=_PURPOSE, ticket=ticket, phone=phone, now=now)
    return _draw_code(request, ticket, phone, form, notice)


def _take_code(request: HttpRequest, ticket: str) -> HttpResponse:
    form = CodeForm(request.POST)
    wish = visitor_codes.kept_wish(purpose=_PURPOSE, ticket=ticket, now=utc_now())
    if form.is_valid():
        try:
            visitor_codes.prove_phone(
                purpose=_PURPOSE, ticket=ticket, typed=form.cleaned_data[TYPED], now=utc_now()
            )
        except CodedError as error:
            form.refuse(TYPED, error)
        else:
            return _look_up(request, _way(wish.content), wish.content, phone=wish.phone)
    return _draw_code(request, ticket, wish.phone, form)


def _draw(
    request: HttpRequest,
    way: str,
    form: SearchForm,
    *,
    chosen: Mapping[str, str] | None = None,
    answer: Answer | None = None,
    notice_text: str = "",
    status: int = 0,
) -> HttpResponse:
    office = answer.office if answer else None
    drawn = render_form(
        request,
        "citizen/number_search/search.html",
        Page(
            title=_("Tìm mã số BHXH"),
            tab="lookup",
            back=reverse("citizen:lookup"),
            htmx=way == "chu-ho",
            help_phone=office.phone if office else settings.VSSID_HOTLINE,
            help_name=office.name if office else None,
        ),
        form,
        way=way,
        picture=checks.new_picture(),
        answer=answer,
        areas=area_lists(chosen or {}) if way == "chu-ho" else None,
        refresh=REFRESH,
        notice_text=notice_text,
    )
    drawn.status_code = status or drawn.status_code
    return drawn


def _draw_phone(
    request: HttpRequest, ticket: str, form: PhoneForm, *, has_skipped: bool = False
) -> HttpResponse:
    return render_form(
        request,
        "citizen/number_search/phone.html",
        _page_of_code(),
        form,
        ticket=ticket,
        has_skipped=has_skipped,
    )


def _draw_code(
    request: HttpRequest, ticket: str, phone: str, form: CodeForm, notice: str = ""
) -> HttpResponse:
    wish = visitor_codes.kept_wish(purpose=_PURPOSE, ticket=ticket, now=utc_now())
    return render_form(
        request,
        "citizen/number_search/code.html",
        _page_of_code(),
        form,
        fields={TICKET: ticket},
        screen=code_screen(
            purpose=_PURPOSE, subject=wish.subject, phone=phone, notice=notice, form=form
        ),
    )


def _page_of_code() -> Page:
    return Page(title=_("Tìm mã số BHXH"), tab="lookup", back=reverse("citizen:number-search"))


def _office(form: SearchForm) -> OfficeView | None:
    """Whom to ask: the office of the commune typed, or the agency of the province."""
    era, code = form.area
    if len(code) > 2:
        return reference.serving_office(era, code)
    province = form.wanted().province
    return reference.office(f"0{province}") if province else None


def _way(sent: Mapping[str, str]) -> str:
    way = sent.get(WAY, "")
    return way if way in FORMS else _FIRST_WAY


def _ticket(way: str, sent: Mapping[str, str]) -> str:
    names = FORMS[way].base_fields
    content = {name: sent[name][:300] for name in names if name in sent and name != "ma_kiem_tra"}
    return visitor_codes.keep_wish(purpose=_PURPOSE, content={WAY: way, **content}, now=utc_now())


def _device(request: HttpRequest) -> str:
    kept = tokens.unseal(_DEVICE, request.COOKIES.get(DEVICE_COOKIE, ""))
    return UUID(bytes=kept).hex if kept is not None and len(kept) == 16 else ""


def _remembering(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Nothing of it is kept; the browser is known again for a day, by a number without meaning."""
    answer["Cache-Control"] = NEVER_KEPT
    if not _device(request):
        answer.set_cookie(
            DEVICE_COOKIE,
            tokens.seal(_DEVICE, uuid4().bytes),
            max_age=86400,
            httponly=True,
            secure=settings.VSSID_SECURE_COOKIES,
            samesite="Lax",
        )
    return answer
