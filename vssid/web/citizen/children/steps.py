"""The three steps of a child's form: the child, the office, the last look (guides C02, C03)."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts import queries as accounts
from vssid.kernel.clock import utc_now
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.registration import children, rules
from vssid.registration.commands import children as commands
from vssid.registration.commands import drafts
from vssid.registration.commands.comparing import Told
from vssid.registration.errors import (
    ChildDiffersError,
    ChildrenOfDayError,
    DraftIncompleteError,
)
from vssid.registration.queries import DraftView
from vssid.registration.rules import ChildStep
from vssid.web.citizen.children.drafts import ChildRequest, address_of, with_child_draft
from vssid.web.citizen.children.forms import ChildForm
from vssid.web.citizen.children.guardian import RELATIONS, guardian_rows
from vssid.web.citizen.registration.forms import OfficeForm
from vssid.web.citizen.registration.photos import keep_photos, questions
from vssid.web.citizen.registration.steps import office_lists
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.areas import REFRESH
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render


@with_child_draft
def child(request: ChildRequest) -> HttpResponse:
    """Relation, portrait, name, number, and the paper that shows whose child it is."""
    draft = request.draft
    if request.method != "POST":
        answers = draft.answers
        form = ChildForm(
            initial={
                "relation": answers.relation,
                "full_name": answers.full_name,
                "accents_are_right": answers.name_without_accents_is_right,
                "number": answers.number,
                **request.kept,
            }
        )
        return _draw_child(request, form, {})
    kept = keep_photos(request, draft, commands.PHOTOS)
    photo_errors = kept.refused
    form = ChildForm(request.POST)
    if form.is_valid():
        drafts.save_answers(draft_id=draft.id, changes=form.answers(), now=utc_now())
    request.draft = _fresh(request)
    for kind, said in _wanted().items():
        if getattr(request.draft, kind) is None:
            photo_errors.setdefault(kind, said)
    if not form.is_valid() or photo_errors:
        return _draw_child(request, form, photo_errors, status=422)
    # Who is asked «Chụp lại?» may keep the photo: «Tiếp» once more leads on.
    step = ChildStep.CHILD if kept.questioned else _next(request.draft)
    return HttpResponseRedirect(address_of(step))


@with_child_draft
def office(request: ChildRequest) -> HttpResponse:
    """«Chọn cơ quan BHXH tiếp nhận», beginning with what is near the guardian's address."""
    era, area = _place(request)
    if request.method != "POST":
        chosen = _chosen(request, era, area)
        return _draw_office(request, OfficeForm(initial=chosen), chosen)
    chosen = request.POST.dict()
    if REFRESH in request.POST:
        return _draw_office(request, OfficeForm(initial=chosen), chosen)
    form = OfficeForm(request.POST)
    if not form.is_valid():
        return _draw_office(request, form, chosen, status=422)
    drafts.save_answers(draft_id=request.draft.id, changes=form.answers(), now=utc_now())
    return HttpResponseRedirect(address_of(_next(_fresh(request))))


@with_child_draft
def review(request: ChildRequest) -> HttpResponse:
    """A last look at the child's and the guardian's, then «Ghi nhận»."""
    missing = children.missing_child_step(request.draft)
    if missing is not None:
        return HttpResponseRedirect(address_of(missing))
    if request.method != "POST":
        return _draw_review(request)
    try:
        filed = commands.file_child(draft_id=request.draft.id, now=utc_now())
    except DraftIncompleteError as error:
        return HttpResponseRedirect(address_of(ChildStep(str(error.details["step"]))))
    except ChildDiffersError as error:
        return _draw_review(request, str(error), status=409)
    except ChildrenOfDayError as error:
        return _draw_review(request, str(error), status=429)
    code = rules.display_code(filed.code)
    return HttpResponseRedirect(reverse("citizen:children-done", kwargs={"code": code}))


def step_names() -> list[str]:
    """What the steps are called, in their order."""
    return [_("Con"), _("Nơi nộp Tờ khai"), _("Xem lại, Ghi nhận")]


def _draw_review(request: ChildRequest, problem: str = "", status: int = 200) -> HttpResponse:
    told = commands.compare_child(
        draft_id=request.draft.id,
        phone=request.citizen.phone,
        address=request.META.get("REMOTE_ADDR", ""),
        now=utc_now(),
    )
    return _draw(
        request,
        ChildStep.REVIEW,
        status=status,
        problem=problem,
        differs=told is Told.DIFFERS and not problem,
        differs_text=str(ChildDiffersError()),
        relation=RELATIONS[request.draft.answers.relation],
        office=reference.known_office(request.draft.answers.office),
        edit={step.name: address_of(step) for step in ChildStep},
    )


def _draw_child(
    request: ChildRequest, form: ChildForm, photo_errors: dict[str, str], status: int = 200
) -> HttpResponse:
    return _draw(
        request,
        ChildStep.CHILD,
        status=status,
        form=form,
        photo_errors=photo_errors,
        questions=questions(request.draft),
    )


def _draw_office(
    request: ChildRequest, form: OfficeForm, chosen: dict[str, str], status: int = 200
) -> HttpResponse:
    lists = office_lists(chosen, *_place(request))
    return _draw(request, ChildStep.OFFICE, status=status, form=form, lists=lists, refresh=REFRESH)


def _draw(
    request: ChildRequest, step: ChildStep, *, status: int = 200, **context: object
) -> HttpResponse:
    number = list(ChildStep).index(step)
    back = address_of(list(ChildStep)[number - 1]) if number else reverse("citizen:child")
    office = _helping(request)
    page = Page(
        title=_("Đăng ký cho con"),
        tab="manage",
        back=back,
        help_phone=office.phone if office else settings.VSSID_HOTLINE,
        help_name=office.name if office else None,
        htmx=step is ChildStep.OFFICE,
    )
    return render(
        request,
        f"citizen/children/{_TEMPLATES[step]}.html",
        page,
        status=status,
        draft=request.draft,
        answers=request.draft.answers,
        step_number=number + 1,
        step_names=step_names(),
        guardian=guardian_rows(request.citizen.number),
        faults_here=[one for one in request.draft.faults if one.step is step],
        # Words of the officer's own may be about anything: they stand where mending begins.
        words_here=request.draft.own_words if step is ChildStep.CHILD else "",
        **context,
    )


_TEMPLATES = {ChildStep.CHILD: "child", ChildStep.OFFICE: "office", ChildStep.REVIEW: "review"}


def _wanted() -> dict[str, str]:
    return {
        "portrait": _("Xin chụp hoặc chọn ảnh chân dung 4x6 của con."),
        "front": _("Xin chụp hoặc chọn ảnh giấy khai sinh, hoặc giấy tờ ghi bạn là người giám hộ."),
    }


def _chosen(request: ChildRequest, era: str, area: str) -> dict[str, str]:
    answers = request.draft.answers
    near = reference.suggested_offices(era, area)
    first = near[0] if near else None
    agency = (first.parent_code or first.code) if first else ""
    return {
        "provincial_agency": answers.provincial_agency or agency,
        "office": answers.office or (first.code if first else ""),
    }


def _place(request: CitizenRequest) -> tuple[str, str]:
    account = accounts.account(request.citizen.number)
    return account.address_era, account.address_commune or account.address_district


def _helping(request: ChildRequest) -> OfficeView | None:
    """Whom to call (guides R19): the chosen office; before, the one that serves the address."""
    era, area = _place(request)
    if request.draft.answers.office:
        return reference.receiving_office(request.draft.answers.office, era, area)
    nearest = reference.suggested_offices(era, area)
    return nearest[0] if nearest else None


def _next(draft: DraftView) -> ChildStep:
    """The next child comes with the first one's office: only the last look is left then."""
    return children.missing_child_step(draft) or ChildStep.REVIEW


def _fresh(request: ChildRequest) -> DraftView:
    return children.child_draft(request.citizen.number) or request.draft
