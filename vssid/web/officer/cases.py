"""One case on one screen: declaration, registry, photos, findings, decision (guides O01–O03)."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.audit.commands import ONE_LOOK, open_record, record_event, record_look
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.kernel.clock import utc_now
from vssid.people.models import Person
from vssid.reference import queries as reference
from vssid.registration import desk, printing, queries, risks, rules
from vssid.registration.errors import DeclarationUnknownError, PaperNotReceivedError
from vssid.registration.findings import Finding, findings_of
from vssid.registration.models import Declaration, State
from vssid.registration.reasons import CHILD_REASONS, REASONS, Reason
from vssid.staff import rules as staff
from vssid.web.officer import child_cases
from vssid.web.officer.comparing import Comparison, compare
from vssid.web.officer.done import done
from vssid.web.ui import desk_session
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import LineField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render
from vssid.web.ui.photo_words import marks_of

_PHOTOS = {
    "portrait": gettext_lazy("Ảnh chân dung"),
    "front": gettext_lazy("Mặt trước"),
    "back": gettext_lazy("Mặt sau"),
}


class ApproveForm(PlainForm):
    """Approval says that the paper and the original ID were compared (guides O02)."""

    compared = forms.BooleanField(
        label=gettext_lazy("Đã nhận bản ký và đối chiếu với giấy tờ gốc"),
        error_messages={"required": format_lazy("{}", PaperNotReceivedError.sentence)},
    )


class RefuseForm(PlainForm):
    """Reasons from a list, plus words (guides R15)."""

    listed: ClassVar[tuple[Reason, ...]] = REASONS

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Lý do"),
        required=False,
        choices=[(one.code, one.sentence) for one in REASONS],
    )
    words = LineField(label=gettext_lazy("Ghi thêm"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """At least one reason, from the list or in words."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("reasons") and not str(data.get("words", "")).strip():
            raise ValidationError(
                _("Xin chọn hoặc ghi lý do từ chối, để người khai biết cần sửa gì.")
            )
        return data

    def reason(self) -> str:
        """What the person is told: what is wrong; the page of the case tells what to do."""
        codes = self.cleaned_data["reasons"]
        chosen = [one.sentence for one in self.listed if one.code in codes]
        return " ".join([*chosen, self.cleaned_data["words"].strip()]).strip()


class ChildRefuseForm(RefuseForm):
    """The same with what can be wrong about a child."""

    listed = CHILD_REASONS
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Lý do"),
        required=False,
        choices=[(one.code, one.sentence) for one in CHILD_REASONS],
    )


def refuse_form(declaration: Declaration, *args: Any, **options: Any) -> RefuseForm:
    """The form with the reasons that fit the declaration."""
    form = ChildRefuseForm if declaration.guardian_number else RefuseForm
    return form(*args, **options)


@officer()
def case(request: OfficerRequest, code: str) -> HttpResponse:
    """Declaration, registry and photos side by side; differences are marked."""
    found = case_of(code)
    return draw(request, found) if found else to_unknown()


@officer()
def form_pdf(request: OfficerRequest, code: str) -> HttpResponse:
    """Prints the declaration for who has no printer (guides R18); another office's is taken over
    first, since the form shows all that its case does.
    """
    found = case_of(code)
    if found is None:
        return to_unknown()
    declaration = found.declaration
    if not is_ours(request, declaration):
        return to_case(declaration)
    record_event(
        by=request.desk.actor,
        act="declaration.print",
        subject=declaration.number,
        details={"code": declaration.code},
    )
    answer = HttpResponse(printing.pdf_of(declaration), content_type="application/pdf")
    answer["Cache-Control"] = NEVER_KEPT
    return answer


@officer()
def photo(request: OfficerRequest, code: str, kind: str) -> HttpResponse:
    """A photo of a case; a look at it is written down, once in an hour."""
    found = case_of(code)
    if found is None or not is_ours(request, found.declaration):
        return HttpResponse(status=404)
    declaration = found.declaration
    try:
        content = queries.photo(declaration, kind)
    except (FileErasedError, FileMissingError):
        content = None
    if content is None:
        return HttpResponse(status=404)
    record_look(
        by=request.desk.actor,
        act="declaration.photo",
        subject=declaration.number,
        details={"code": declaration.code, "kind": kind},
        once_in=ONE_LOOK,
    )
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = NEVER_KEPT
    return answer


def draw(
    request: OfficerRequest,
    found: desk.Case,
    *,
    problem: str = "",
    status: int = 200,
    approving: ApproveForm | None = None,
    refusing: RefuseForm | None = None,
    typed: str = "",
) -> HttpResponse:
    """The case as a page; `typed` is a reason or note that was refused and stays in its field."""
    declaration, ours = found.declaration, is_ours(request, found.declaration)
    person, comparison, family = _looked_up(request, declaration) if ours else (None, None, None)
    findings = _findings(found, person) if ours else ()
    return render(
        request,
        "officer/case.html",
        _page(asks_again=ours and found.paper.is_awaited),
        **_standing(request, found, person, family, findings),
        declaration=declaration,
        code=rules.display_code(declaration.code),
        state=State(declaration.state).label,
        is_open=rules.is_open(declaration.state),
        is_ours=ours,
        office=reference.known_office(declaration.office),
        comparison=comparison,
        family=family,
        findings=findings,
        paper=found.paper,
        **_beside(found),
        answer_due=queries.answer_due(declaration),
        paper_due=queries.paper_due(declaration),
        approving=approving or ApproveForm(),
        refusing=refusing or refuse_form(declaration, initial=_kept(request)),
        reasons=CHILD_REASONS if declaration.guardian_number else REASONS,
        problem=problem,
        typed=typed,
        done=done(request),
        status=status,
    )


def _page(*, asks_again: bool) -> Page:
    back = reverse("officer:queue")
    return Page(title=_("Tờ khai"), back=back, wide=True, htmx=asks_again)


def _looked_up(
    request: OfficerRequest, declaration: Declaration
) -> tuple[Person | None, Comparison, child_cases.Family | None]:
    """Whom it is about, as the registry knows them, beside what is declared."""
    if declaration.guardian_number:
        return child_cases.look(request, declaration)
    person = _registered(request, declaration)
    return person, compare(declaration, person), None


def _beside(found: desk.Case) -> dict[str, object]:
    """What the photos are called, what makes one hard to read, and which cases are rivals."""
    rivals = [
        (rules.display_code(one), reference.office_name(place)) for one, place in found.rivals
    ]
    return {
        "rivals": rivals,
        "photos": child_cases.PHOTOS if found.declaration.guardian_number else _PHOTOS,
        "photo_marks": {kind: marks_of(one) for kind, one in found.photo_findings.items()},
    }


def case_of(code: str) -> desk.Case | None:
    """The case of a code; None when nobody has it."""
    try:
        return desk.case(code)
    except DeclarationUnknownError:
        return None


def is_ours(request: OfficerRequest, declaration: Declaration) -> bool:
    """Whether the case lies with this office or below it."""
    office = request.desk.office
    return declaration.office == office or reference.is_below(declaration.office, office)


def to_case(declaration: Declaration, what: str = "", about: str = "") -> HttpResponse:
    """To a case; `what` was done to the one of the code `about`."""
    address = reverse("officer:case", kwargs={"code": rules.display_code(declaration.code)})
    query = f"?xong={what}&ma={rules.display_code(about)}" if what else ""
    return HttpResponseRedirect(address + query)


def to_unknown() -> HttpResponse:
    """To the queue, which says that no case has this code."""
    return HttpResponseRedirect(f"{reverse('officer:queue')}?khong-thay=1")


def _findings(found: desk.Case, person: Person | None) -> tuple[Finding, ...]:
    return findings_of(found.declaration, person, found.paper.reading, now=utc_now())


def _standing(
    request: OfficerRequest,
    found: desk.Case,
    person: Person | None,
    family: child_cases.Family | None,
    findings: tuple[Finding, ...],
) -> dict[str, Any]:
    """Who holds the case, who proposed it, and what this officer may do with it now.

    `person`: the registry's entry of whom it is about; `family` comes with a child's case.
    """
    declaration, me, now = found.declaration, request.desk.officer, utc_now()
    is_held = rules.is_held(declaration.claimed_by, declaration.claimed_until, me.user_name, now)
    found_risks = risks.risks(
        declaration,
        person,
        findings,
        is_unread=found.paper.is_given_up,
        guardian=family.entry if family else None,
        others=family.relations if family else (),
    )
    has_second = risks.has_second_officer(declaration.office)
    has_first = declaration.proposed_by or declaration.filed_by not in {"", me.user_name}
    return {
        "may_decide": staff.can_decide(me.role),
        "is_mine": declaration.claimed_by == me.user_name
        and rules.is_held(declaration.claimed_by, declaration.claimed_until, "", now),
        "holder": found.holder if is_held else "",
        "noter": found.noter,
        "proposer": found.proposer,
        "is_my_proposal": declaration.proposed_by == me.user_name,
        "filer": found.filer,
        "risks": [risks.WORDS[one] for one in found_risks] if has_second else [],
        "must_propose": bool(found_risks) and has_second and not has_first,
    }


def _kept(request: OfficerRequest) -> dict[str, object]:
    """The refusal that stood here when the screen locked."""
    kept = desk_session.take_kept(request, request.desk.officer, request.path)
    words = {"words": kept["words"][0]} if kept.get("words") else {}
    return {**words, **({"reasons": kept["reasons"]} if kept.get("reasons") else {})}


def _registered(request: OfficerRequest, declaration: Declaration) -> Person | None:
    access = open_record(
        by=request.desk.actor,
        subject=declaration.number,
        purpose=f"declaration {declaration.code}",
        once_in=ONE_LOOK,
        with_read=True,
    )
    return queries.registry_entry(access)
