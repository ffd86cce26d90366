"""Picture code, OTP, the last look, «Ghi nhận», and the filled form (guides R06–R09)."""

import math

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.errors import AccountExistsError, PhoneTakenError
from vssid.accounts.models import CodePurpose
from vssid.files.queries import read_file
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.reference import queries as reference
from vssid.registration import printing, queries, rules
from vssid.registration.commands import drafts, filing
from vssid.registration.commands.comparing import compare_with_registry
from vssid.registration.errors import DraftIncompleteError, PhoneNotConfirmedError
from vssid.registration.models import Declaration
from vssid.registration.queries import ID_LABELS
from vssid.registration.rules import Step
from vssid.web.citizen.codes import CodeForm, code_screen, pressed
from vssid.web.citizen.office_hours import hours_shown
from vssid.web.citizen.picture import picture_problem, wants_new_picture
from vssid.web.citizen.registration import reading
from vssid.web.citizen.registration.drafts import (
    COOKIE,
    DraftRequest,
    FiledRequest,
    remember,
    with_draft,
    with_filed_draft,
)
from vssid.web.citizen.registration.steps import address_of, chosen_office, draw_step
from vssid.web.ui import checks
from vssid.web.ui.access import public, visitor
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render


@with_draft
def confirm(request: DraftRequest) -> HttpResponse:
    """The picture code, then the OTP to the phone given."""
    missing = request.draft.missing_step
    if missing is not None:
        return HttpResponseRedirect(address_of(missing))
    if request.method != "POST":
        if request.draft.is_confirmed:
            return HttpResponseRedirect(address_of(Step.REVIEW))
        return _draw_picture(request)
    if wants_new_picture(request):
        return _draw_picture(request)
    problem = picture_problem(request)
    if problem:
        return _draw_picture(request, problem, status=422)
    drafts.pass_picture_check(draft_id=request.draft.id, now=utc_now())
    return _send_code(request)


@with_draft
def resend(request: DraftRequest) -> HttpResponse:
    """«Gửi lại mã»: the picture was passed already. «Kiểm tra lại» only looks again."""
    if request.method != "POST" or pressed(request) == "check":
        return HttpResponseRedirect(reverse("citizen:register-code"))
    return _send_code(request)


@with_draft
def code(request: DraftRequest) -> HttpResponse:
    """The OTP is typed back before the declaration counts (guides R07)."""
    draft = request.draft
    if draft.is_confirmed:
        return HttpResponseRedirect(address_of(Step.REVIEW))
    if not draft.has_passed_picture or draft.missing_step is not None:
        return HttpResponseRedirect(address_of(Step.CONFIRM))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            drafts.confirm_phone(draft_id=draft.id, typed=form.cleaned_data["code"], now=utc_now())
        except CodedError as error:
            form.refuse("code", error)
        else:
            return HttpResponseRedirect(address_of(Step.REVIEW))
    return _draw_code(request, form)


@with_draft
def review(request: DraftRequest) -> HttpResponse:
    """A last look at everything entered, then «Ghi nhận» (guides R08)."""
    draft = request.draft
    if request.method == "POST":
        return _file(request)
    if draft.missing_step is not None:
        return HttpResponseRedirect(address_of(draft.missing_step))
    if not draft.is_confirmed:
        return HttpResponseRedirect(address_of(Step.CONFIRM))
    return _draw_review(request)


@with_filed_draft
def done(request: FiledRequest) -> HttpResponse:
    """The filled form, and what to do next: where, until when, with what (guides R08, R09, R11)."""
    declaration = request.declaration
    office = reference.known_office(declaration.office)
    page = Page(
        title=_("Đã ghi nhận tờ khai"),
        back=reverse("citizen:home"),
        help_phone=office.phone,
        help_name=office.name,
    )
    answer = render(
        request,
        "citizen/registration/done.html",
        page,
        declaration=declaration,
        code=rules.display_code(declaration.code),
        office=office,
        hours=hours_shown(office.code, utc_now()),
        paper_due=queries.paper_due(declaration),
    )
    remember(answer, request.draft.id, settings.VSSID_FILED_FORM_SHOWN)
    return answer


@visitor
def leave(request: HttpRequest) -> HttpResponse:
    """«Xóa khỏi máy này»: on a shared phone the next person reads nothing of it."""
    answer = HttpResponseRedirect(reverse("citizen:home"))
    if request.method == "POST":
        answer.delete_cookie(COOKIE)
    return answer


@with_filed_draft
def form_pdf(request: FiledRequest) -> HttpResponse:
    """Mẫu số 01 as PDF; «Lưu file» asks for it as a download."""
    declaration = request.declaration
    return pdf_answer(declaration, is_download="tai" in request.GET)


@with_filed_draft
def form_picture(request: FiledRequest) -> HttpResponse:
    """The page of Mẫu số 01 as a picture, as it will print."""
    declaration = request.declaration
    answer = HttpResponse(printing.picture_of(declaration), content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer


@with_draft
def photo(request: DraftRequest, kind: str) -> HttpResponse:
    """A photo of the visitor's own draft."""
    file_id = getattr(request.draft, kind)
    if file_id is None:
        return HttpResponse(status=404)
    answer = HttpResponse(read_file(file_id), content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer


@public
def challenge(request: HttpRequest) -> HttpResponse:
    """A proof-of-work challenge for who does not see the picture."""
    answer = JsonResponse(checks.new_challenge())
    answer["Cache-Control"] = "no-store"
    return answer


def pdf_answer(declaration: Declaration, *, is_download: bool) -> HttpResponse:
    """The form as a file named after its code."""
    answer = HttpResponse(printing.pdf_of(declaration), content_type="application/pdf")
    how = "attachment" if is_download else "inline"
    name = f"to-khai-{rules.display_code(declaration.code)}.pdf"
    answer["Content-Disposition"] = f'{how}; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _send_code(request: DraftRequest) -> HttpResponse:
    try:
        drafts.send_phone_code(
            draft_id=request.draft.id, now=utc_now(), address=request.META.get("REMOTE_ADDR", "")
        )
    except AccountExistsError as error:
        return _draw_picture(request, str(error), status=409, account_exists=True)
    except CodedError as error:
        form = CodeForm()
        return _draw_code(request, form, form.hold(error))
    return HttpResponseRedirect(reverse("citizen:register-code"))


def _draw_picture(
    request: DraftRequest, problem: str = "", *, status: int = 200, account_exists: bool = False
) -> HttpResponse:
    return draw_step(
        request,
        Step.CONFIRM,
        "confirm",
        picture=checks.new_picture(),
        problem=problem,
        account_exists=account_exists,
        status=status,
    )


def _draw_code(request: DraftRequest, form: CodeForm, notice: str = "") -> HttpResponse:
    answer = draw_step(
        request,
        Step.CONFIRM,
        "code",
        form=form,
        screen=code_screen(
            purpose=CodePurpose.REGISTRATION,
            subject=request.draft.id.hex,
            phone=request.draft.answers.phone,
            notice=notice,
            form=form,
        ),
        status=form.status,
    )
    if form.wait is not None:
        answer["Retry-After"] = str(math.ceil(form.wait.total_seconds()))
    return answer


def _file(request: DraftRequest) -> HttpResponse:
    try:
        filing.file_declaration(draft_id=request.draft.id, now=utc_now())
    except DraftIncompleteError as error:
        return HttpResponseRedirect(address_of(Step(str(error.details["step"]))))
    except PhoneNotConfirmedError:
        return HttpResponseRedirect(address_of(Step.CONFIRM))
    except (AccountExistsError, PhoneTakenError) as error:
        return _draw_review(request, str(error), status=409)
    return HttpResponseRedirect(reverse("citizen:register-done"))


def _draw_review(request: DraftRequest, problem: str = "", status: int = 200) -> HttpResponse:
    answers = request.draft.answers
    review = reading.review(request.draft, utc_now())
    return draw_step(
        request,
        Step.REVIEW,
        "review",
        htmx=review.is_awaited,
        problem=problem,
        review=review,
        id_label=ID_LABELS[answers.id_kind],
        area=reference.address_text(
            answers.address_era,
            answers.address_province,
            answers.address_district,
            answers.address_commune,
            "",
        ),
        office=chosen_office(answers),
        edit={step.name: address_of(step) for step in Step},
        registry=compare_with_registry(
            draft_id=request.draft.id, address=request.META.get("REMOTE_ADDR", ""), now=utc_now()
        ),
        status=status,
    )
