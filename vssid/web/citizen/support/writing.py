"""«Viết phản ánh»: sent at once when signed in; without an account a phone is proven (U05)."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from vssid.accounts import errors as code_errors
from vssid.accounts.models import CodePurpose
from vssid.accounts.queries import SignedIn
from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.phones import display_phone
from vssid.reference import queries as reference
from vssid.reference.rows import ERA_TODAY
from vssid.support import catalogue, errors, rules
from vssid.support.commands import following, guests, opening, steps
from vssid.support.placing import office_for
from vssid.web.citizen.codes import CodeForm, code_screen, pressed
from vssid.web.citizen.picture import picture_problem, wants_new_picture
from vssid.web.citizen.registration.steps import office_lists
from vssid.web.citizen.support.following import address_of, opened_answer
from vssid.web.citizen.support.forms import (
    PARCEL,
    GuestForm,
    Holder,
    Papers,
    WriteForm,
    visitor_of,
)
from vssid.web.citizen.support.reading import DO, MORE
from vssid.web.ui import checks
from vssid.web.ui.access import CitizenRequest, public_knowing
from vssid.web.ui.areas import REFRESH
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render_form

_SEALED: Final = "ve"
_MEND: Final = "sua"
_HANDED: Final = "tu"
"""The assistant hands over what it was asked: a form to go on with, nothing is checked yet."""
_TITLE = gettext_lazy("Viết phản ánh")
_LONGEST_GIVEN: Final = 2000
# What of a code is said at its field; all else concerns the petition.
_OF_CODE = (code_errors.WrongCodeError, code_errors.CodeSpentError, code_errors.CodeLateError)


@public_knowing
def write(request: CitizenRequest) -> HttpResponse:
    """The form; then, without an account, the code to the phone given."""
    me: SignedIn | None = getattr(request, "citizen", None)
    if me is not None and me.must_change_password:
        return HttpResponseRedirect(reverse("citizen:password"))
    if _SEALED in request.POST:
        return _confirm(request, request.POST[_SEALED])
    holder = Holder(me.number) if me else visitor_of(request, guests.HOLDER)
    papers = Papers(request, request.POST.get(PARCEL, ""), holder)
    kind = WriteForm if me else GuestForm
    if request.method != "POST":
        return _draw(request, kind(initial=_given(request, me)), papers)
    if _HANDED in request.POST:
        return _draw(request, kind(initial=_given(request, me)), papers)
    papers.take()
    if request.POST.get(DO) == MORE or REFRESH in request.POST or wants_new_picture(request):
        return _draw(request, kind(initial=request.POST.dict()), papers)
    form = kind(request.POST)
    if me is None and (problem := picture_problem(request)):
        form.add_error("ma_kiem_tra", problem)
    if not form.is_valid() or papers.problems:
        return _draw(request, form, papers)
    return _open(request, me, form, papers) if me else _send_code(request, _letter(form, papers))


def _open(request: CitizenRequest, me: SignedIn, form: WriteForm, papers: Papers) -> HttpResponse:
    data = form.cleaned_data
    about = catalogue.categories()[data["category"]]
    try:
        opened = opening.open_petition(
            access=me.access,
            kind=about.kind,
            line=None,
            wording=opening.Wording(data["words"], category=about.code, office=data["office"]),
            parcel=papers.parcel,
            by=Actor.citizen(me.number),
            now=utc_now(),
        )
    except CodedError as error:
        form.refuse(None, error)
        return _draw(request, form, papers)
    code = rules.display_code(opened.code)
    return HttpResponseRedirect(reverse("citizen:petition", kwargs={"code": code}) + "?moi=1")


def _letter(form: WriteForm, papers: Papers) -> guests.Letter:
    data = form.cleaned_data
    return guests.Letter(
        category=data["category"],
        words=data["words"],
        full_name=data["full_name"],
        phone=data["phone"],
        office=data["office"],
        parcel=papers.sealed,
    )


def _confirm(request: CitizenRequest, sealed: str) -> HttpResponse:
    """The page of the code: typed, asked for again, or the letter mended first."""
    holder = visitor_of(request, guests.HOLDER)
    try:
        letter = guests.open_letter(sealed=sealed, now=utc_now())
        guests.subject_of(letter=letter, now=utc_now())
    except CodedError as error:
        form = GuestForm(data={})
        form.full_clean()
        form.errors.clear()
        form.refuse(None, error)
        return _draw(request, form, Papers(request, "", holder))
    if request.POST.get(DO) == _MEND:
        papers = Papers(request, letter.parcel, holder)
        return _draw(request, GuestForm(initial=_typed(letter)), papers)
    if pressed(request) == "resend":
        return _send_code(request, letter)
    if pressed(request) == "check":
        return _draw_code(request, letter, CodeForm())
    return _take_code(request, letter)


def _take_code(request: CitizenRequest, letter: guests.Letter) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            typed = form.cleaned_data["code"]
            opened = guests.send_letter(letter=letter, typed=typed, now=utc_now())
        except CodedError as error:
            earlier = guests.sent(letter=letter, now=utc_now())
            if earlier is not None:
                return HttpResponseRedirect(address_of(earlier))
            form.refuse("code" if isinstance(error, _OF_CODE) else None, error)
        else:
            proof = following.pass_for(petition=opened, now=utc_now())
            return opened_answer(proof, opened, "moi")
    return _draw_code(request, letter, form)


def _send_code(request: CitizenRequest, letter: guests.Letter) -> HttpResponse:
    """Send a code and draw its page, also when it has to wait: nothing is typed again."""
    form, notice = CodeForm(), ""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        guests.send_phone_code(letter=letter, asked_from=address, now=utc_now())
    except CodedError as error:
        notice = form.hold(error)
    return _draw_code(request, letter, form, notice)


def _given(request: CitizenRequest, me: SignedIn | None) -> dict[str, str]:
    """What a link or the assistant brings along, and the office that looks after one.

    Words are taken from a form only: in an address they would stand in logs and histories.
    """
    given = {
        "category": request.GET.get("category", ""),
        "words": request.POST.get("words", "")[:_LONGEST_GIVEN],
    }
    if me is None:
        return given
    try:
        office = office_for(me.access, None)
    except errors.OfficeNotKnownError:
        return given
    return {**given, "provincial_agency": office.parent_code or office.code, "office": office.code}


def _typed(letter: guests.Letter) -> dict[str, str]:
    office = reference.known_office(letter.office)
    return {
        "category": letter.category,
        "words": letter.words,
        "full_name": letter.full_name,
        "phone": display_phone(letter.phone),
        "provincial_agency": office.parent_code or office.code,
        "office": office.code,
    }


def _draw(request: CitizenRequest, form: WriteForm, papers: Papers) -> HttpResponse:
    chosen: Mapping[str, Any] = form.data if form.is_bound else form.initial
    answer = render_form(
        request,
        "citizen/support/write.html",
        Page(title=str(_TITLE), tab="help", back=reverse("citizen:petitions"), htmx=True),
        form,
        papers=papers,
        most=settings.VSSID_PETITION_PAPERS,
        lists=office_lists(chosen, ERA_TODAY, ""),
        refresh=REFRESH,
        picture=checks.new_picture() if isinstance(form, GuestForm) else None,
    )
    if papers.problems and answer.status_code == 200:
        answer.status_code = 422
    return answer


def _draw_code(
    request: CitizenRequest, letter: guests.Letter, form: CodeForm, notice: str = ""
) -> HttpResponse:
    now = utc_now()
    answer = render_form(
        request,
        "citizen/support/write_code.html",
        Page(title=str(_TITLE), tab="help", back=reverse("citizen:petition-write")),
        form,
        fields={_SEALED: guests.seal_letter(letter=letter, now=now)},
        screen=code_screen(
            purpose=CodePurpose.PETITION,
            subject=guests.subject_of(letter=letter, now=now),
            phone=letter.phone,
            notice=notice,
            form=form,
        ),
        letter=letter,
        about=catalogue.label_of(letter.category, "question"),
        office=reference.known_office(letter.office),
        due_on=steps.due_on(category=letter.category, now=now),
    )
    answer["Cache-Control"] = NEVER_KEPT
    return answer
