"""What was filed for a child: its paper, one print job for all, and declaring it again."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.reference import queries as reference
from vssid.registration import children, printing, queries, rules
from vssid.registration.commands import children as commands
from vssid.registration.models import Declaration, State
from vssid.web.citizen.children.drafts import mending_address
from vssid.web.citizen.office_hours import hours_shown
from vssid.web.citizen.registration.finish import pdf_answer
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render


@citizen()
def done(request: CitizenRequest, code: str) -> HttpResponse:
    """The filled form, what to do next, and the way to the next child."""
    declaration = _mine(request, code)
    office = reference.known_office(declaration.office)
    page = Page(
        title=_("Đã ghi nhận tờ khai"),
        tab="manage",
        back=reverse("citizen:child"),
        help_phone=office.phone,
        help_name=office.name,
    )
    return render(
        request,
        "citizen/children/done.html",
        page,
        declaration=declaration,
        code=rules.display_code(declaration.code),
        office=office,
        hours=hours_shown(office.code, utc_now()),
        is_open=declaration.state == State.FILED,
        by_law=declaration.relation == "guardian",
        paper_due=queries.paper_due(declaration),
        papers=len(children.waiting_for_paper(request.citizen.number)),
    )


@citizen()
def form_pdf(request: CitizenRequest, code: str) -> HttpResponse:
    """One child's form as PDF; «Lưu file» asks for it as a download."""
    return pdf_answer(_mine(request, code), is_download="tai" in request.GET)


@citizen()
def all_pdf(request: CitizenRequest) -> HttpResponse:
    """All that waits for its paper, a page each: one print job, one visit (guides C03)."""
    waiting = children.waiting_for_paper(request.citizen.number)
    if not waiting:
        return HttpResponseRedirect(reverse("citizen:child"))
    answer = HttpResponse(printing.pdf_of_children(waiting), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="to-khai-cho-con.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@citizen()
def picture(request: CitizenRequest, code: str) -> HttpResponse:
    """The page of one child's form as a picture, as it will print."""
    content = printing.picture_of(_mine(request, code))
    answer = HttpResponse(content, content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer


@citizen()
def correct(request: CitizenRequest, code: str) -> HttpResponse:
    """«Khai lại»: from what was declared, at the field that has to be mended (guides R15)."""
    declaration = _mine(request, code)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:child"))
    address = request.META.get("REMOTE_ADDR", "")
    try:
        draft = commands.correct_child(declaration=declaration, now=utc_now(), address=address)
    except CodedError as error:
        refusals.note(request, error.code)
        return HttpResponseRedirect(reverse("citizen:child"))
    begun = queries.draft(draft.id)
    return HttpResponseRedirect(mending_address(begun) if begun else reverse("citizen:child"))


def _mine(request: CitizenRequest, code: str) -> Declaration:
    """The guardian's own declaration. Raises Http404 alike for another's and for none."""
    found = children.declaration_of(code[:40], request.citizen.number)
    if found is None:
        refusals.note(request, "child.declaration-of-another")
        raise Http404
    return found
