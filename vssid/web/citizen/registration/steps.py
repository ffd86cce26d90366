"""The steps of the form: each parses its part, saves it, and leads to the next."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.kernel.clock import utc_now
from vssid.kernel.phones import display_phone
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.registration import queries
from vssid.registration.answers import Answers
from vssid.registration.commands import drafts
from vssid.registration.queries import DraftView
from vssid.registration.readings import read_of
from vssid.registration.rules import STEPS, Step
from vssid.web.citizen.registration import reading
from vssid.web.citizen.registration.drafts import DraftRequest, with_draft
from vssid.web.citizen.registration.forms import AddressForm, OfficeForm, PersonForm
from vssid.web.citizen.registration.photos import keep_photos, questions, require_photo
from vssid.web.ui.areas import REFRESH, area_lists, options, refreshed
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render


def step_names() -> list[str]:
    """What the steps are called, in their order."""
    return [
        _("Bản thân"),
        _("Ảnh giấy tờ"),
        _("Địa chỉ, điện thoại"),
        _("Nơi nộp Tờ khai"),
        _("Mã kiểm tra, OTP"),
        _("Xem lại, Ghi nhận"),
    ]


def address_of(step: Step) -> str:
    """Where a step lives."""
    return reverse(f"citizen:register-{step.name.lower()}")


def draw_step(
    request: DraftRequest,
    step: Step,
    template: str,
    *,
    status: int = 200,
    htmx: bool = False,
    **context: object,
) -> HttpResponse:
    """One step's page: progress, a way back, and whom to call (guides R19)."""
    number = STEPS.index(step)
    back = address_of(STEPS[number - 1]) if number else reverse("citizen:register-kind")
    office = chosen_office(request.draft.answers)
    faults = [one for one in request.draft.faults if one.step is step]
    page = Page(
        title=_("Tờ khai Mẫu số 01"),
        back=back,
        help_phone=office.phone if office else settings.VSSID_HOTLINE,
        help_name=office.name if office else None,
        htmx=htmx or step in {Step.ADDRESS, Step.OFFICE},
    )
    return render(
        request,
        f"citizen/registration/{template}.html",
        page,
        status=status,
        draft=request.draft,
        answers=request.draft.answers,
        step_number=number + 1,
        step_names=step_names(),
        faults_here=faults,
        # Words of the officer's own may be about any step: they stand where mending begins.
        words_here=request.draft.own_words if step is request.draft.first_fault else "",
        **context,
    )


def chosen_office(answers: Answers) -> OfficeView | None:
    """The office of the draft; before one is chosen, the one that serves the address."""
    area = answers.address_commune or answers.address_district
    if answers.office:
        return reference.receiving_office(answers.office, answers.address_era, area)
    if answers.address_province:
        nearest = reference.suggested_offices(answers.address_era, area)
        return nearest[0] if nearest else None
    return None


@with_draft
def person(request: DraftRequest) -> HttpResponse:
    """Portrait, name, BHXH number, number of the ID."""
    draft = request.draft
    if request.method != "POST":
        answers = draft.answers
        typed = {
            "full_name": answers.full_name,
            "accents_are_right": answers.name_without_accents_is_right,
            "number": answers.number,
            "id_number": answers.id_number,
        }
        return _draw_typed(request, typed, fills="HX-Request" not in request.headers)
    kept = keep_photos(request, draft, ("portrait",))
    if reading.FILL in request.POST:
        request.draft = _fresh(request)
        return _draw_typed(request, request.POST.dict(), fills=True, photo_errors=kept.refused)
    form = PersonForm(request.POST, is_vietnamese_passport=_shows_vietnamese_passport(draft))
    if form.is_valid():
        drafts.save_answers(draft_id=draft.id, changes=form.answers(), now=utc_now())
    require_photo(request, draft.portrait, "portrait", kept.refused)
    if form.is_valid() and not kept.refused:
        after = _after_person(_fresh(request))
        return HttpResponseRedirect(address_of(Step.PERSON if kept.questioned else after))
    request.draft = _fresh(request)
    return _draw_person(request, form, kept.refused, status=422)


def _after_person(draft: DraftView) -> Step:
    """Whoever took the photos first is not asked for them again on the way."""
    is_first_time = not draft.answers.address_province
    return Step.ADDRESS if is_first_time and draft.missing_step is Step.ADDRESS else Step.PAPERS


def _shows_vietnamese_passport(draft: DraftView) -> bool:
    found = read_of(draft.papers, now=utc_now()).reading.mrz
    return found is not None and found.nationality == "VNM"


def _draw_typed(
    request: DraftRequest,
    typed: Mapping[str, Any],
    *,
    fills: bool,
    photo_errors: dict[str, str] | None = None,
) -> HttpResponse:
    """The form with what was typed, and with what was read in the fields that are empty."""
    offered = reading.offer(request.draft, typed, fills=fills, now=utc_now())
    shown = reading.filled(typed, offered) if fills else typed
    return _draw_person(request, PersonForm(initial=dict(shown)), photo_errors or {}, offered)


def _draw_person(
    request: DraftRequest,
    form: PersonForm,
    photo_errors: dict[str, str],
    offer: reading.Offer | None = None,
    status: int = 200,
) -> HttpResponse:
    return draw_step(
        request,
        Step.PERSON,
        "person",
        htmx=offer is not None and offer.told is reading.Told.AWAITED,
        form=form,
        offer=offer,
        photo_errors=photo_errors,
        questions=questions(request.draft),
        status=status,
    )


@with_draft
def papers(request: DraftRequest) -> HttpResponse:
    """Front and back of the ID; a passport has one photo page.

    They may come before anything is typed: what is read from them is filled in then.
    """
    draft = request.draft
    kinds = ("front",) if draft.answers.id_kind == "passport" else ("front", "back")
    if request.method != "POST":
        return _draw_papers(request, {})
    kept = keep_photos(request, draft, kinds)
    # Before the kind of the paper is known, nobody can say whether it has a back.
    for kind in kinds if draft.answers.id_kind else ("front",):
        require_photo(request, getattr(draft, kind), kind, kept.refused)
    if not kept.refused:
        after = Step.ADDRESS if draft.answers.id_kind else Step.PERSON
        # Who is asked «Chụp lại?» may keep the photo: «Tiếp» once more leads on.
        return HttpResponseRedirect(address_of(Step.PAPERS if kept.questioned else after))
    request.draft = _fresh(request)
    return _draw_papers(request, kept.refused, status=422)


def _draw_papers(
    request: DraftRequest, photo_errors: dict[str, str], status: int = 200
) -> HttpResponse:
    return draw_step(
        request,
        Step.PAPERS,
        "papers",
        photo_errors=photo_errors,
        questions=questions(request.draft),
        is_passport=request.draft.answers.id_kind == "passport",
        is_first=not request.draft.answers.id_kind,
        status=status,
    )


@with_draft
def address(request: DraftRequest) -> HttpResponse:
    """Areas from lists, street, mobile, email; «địa chỉ trước 1/7/2025» on request."""
    answers = request.draft.answers
    if request.method != "POST":
        form = AddressForm(
            initial={
                "era": answers.address_era or "2025",
                "province": answers.address_province,
                "district": answers.address_district,
                "commune": answers.address_commune,
                "street": answers.address_street,
                "phone": display_phone(answers.phone),
                "email": answers.email,
            }
        )
        return _draw_address(request, form, form.initial)
    chosen = refreshed(request.POST.dict())
    if chosen is not None:
        return _draw_address(request, AddressForm(initial=chosen), chosen)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _draw_address(request, form, request.POST.dict(), status=422)
    drafts.save_answers(draft_id=request.draft.id, changes=form.answers(), now=utc_now())
    return HttpResponseRedirect(address_of(Step.OFFICE))


def _draw_address(
    request: DraftRequest, form: AddressForm, chosen: Mapping[str, str], status: int = 200
) -> HttpResponse:
    return draw_step(
        request,
        Step.ADDRESS,
        "address",
        form=form,
        areas=area_lists(chosen),
        refresh=REFRESH,
        status=status,
    )


@with_draft
def office(request: DraftRequest) -> HttpResponse:
    """«Chọn cơ quan BHXH tiếp nhận»: the province's agency, then an office with its address."""
    answers = request.draft.answers
    if not answers.address_province:
        return HttpResponseRedirect(address_of(Step.ADDRESS))
    if request.method != "POST":
        near = chosen_office(answers)
        agency = answers.provincial_agency or (near.parent_code or near.code if near else "")
        office_code = answers.office or (near.code if near else "")
        chosen = {"provincial_agency": agency, "office": office_code}
        return _draw_office(request, OfficeForm(initial=chosen), chosen)
    form = OfficeForm(request.POST)
    if REFRESH in request.POST:
        chosen = request.POST.dict()
        return _draw_office(request, OfficeForm(initial=chosen), chosen)
    if not form.is_valid():
        return _draw_office(request, form, request.POST.dict(), status=422)
    drafts.save_answers(draft_id=request.draft.id, changes=form.answers(), now=utc_now())
    return HttpResponseRedirect(address_of(Step.CONFIRM))


def _draw_office(
    request: DraftRequest, form: OfficeForm, chosen: Mapping[str, str], status: int = 200
) -> HttpResponse:
    answers = request.draft.answers
    area = answers.address_commune or answers.address_district
    return draw_step(
        request,
        Step.OFFICE,
        "office",
        form=form,
        refresh=REFRESH,
        status=status,
        lists=office_lists(chosen, answers.address_era, area),
    )


def office_lists(chosen: Mapping[str, str], era: str, area: str) -> dict[str, object]:
    """The two lists of «Nơi nộp Tờ khai», what is chosen in them, and what is near an area."""
    agency = chosen.get("provincial_agency", "")
    found = reference.office(agency) if agency else None
    offices = reference.offices_below(agency) if found else ()
    known = {choice.code for choice in offices} | ({found.code} if found else set())
    picked = chosen.get("office", "")
    return {
        "agencies": options(reference.provincial_agencies()),
        "offices": [*([(found.code, found.label)] if found else []), *options(offices)],
        "near": [one for one in reference.suggested_offices(era, area) if one.code in known],
        "chosen": {"provincial_agency": agency, "office": picked if picked in known else ""},
        "picked": reference.office(picked) if picked in known else None,
    }


def _fresh(request: DraftRequest) -> DraftView:
    # A part of this request was saved already.
    return queries.draft(request.draft.id) or request.draft
