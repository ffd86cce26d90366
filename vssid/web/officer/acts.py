"""What an officer does to a case: claim, receive, propose, approve, refuse, return (guides O03).

After a decision the next complete dossier opens by itself, already held by the officer.
"""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.registration import desk, rules
from vssid.registration.commands import claiming, deciding, second_officer
from vssid.registration.models import Declaration, State
from vssid.staff import rules as staff
from vssid.web.officer import cases
from vssid.web.ui.access import OfficerRequest, officer

_LONGEST = 500
_TWICE = timedelta(seconds=10)


@officer()
def take_over(request: OfficerRequest, code: str) -> HttpResponse:
    """«Nhận về xử lý»: people go to the nearest office (guides O01)."""
    return _do(
        request,
        code,
        lambda one: deciding.take_over_case(
            declaration=one, by=request.desk.officer, now=utc_now(), reason=_words(request)
        ),
    )


@officer()
def claim(request: OfficerRequest, code: str) -> HttpResponse:
    """«Nhận xử lý»; with a reason also from the officer who works on it."""
    return _do(
        request,
        code,
        lambda one: claiming.claim_case(
            declaration=one, by=request.desk.officer, now=utc_now(), reason=_words(request)
        ),
    )


@officer()
def release(request: OfficerRequest, code: str) -> HttpResponse:
    """«Trả về hàng đợi»."""
    return _do(
        request, code, lambda one: claiming.release_case(declaration=one, by=request.desk.officer)
    )


@officer(may=staff.can_decide)
def begin(request: OfficerRequest) -> HttpResponse:
    """«Bắt đầu xử lý»: the first case that waits for this officer."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("officer:queue"))
    return _next(request, "", "het")


@officer()
def receive(request: OfficerRequest, code: str) -> HttpResponse:
    """The signed paper is here and was compared: the 24 hours begin (guides O02, R13).

    Whoever decides takes it from the queue.
    """
    who = request.desk.officer

    def keep(one: Declaration) -> None:
        deciding.receive_paper(declaration=one, by=who, now=utc_now(), for_later=True)

    return _do(request, code, keep, "du-ho-so")


@officer(may=staff.can_decide)
def approve(request: OfficerRequest, code: str) -> HttpResponse:
    """Approves; the account and its notices follow (guides R14, O03)."""
    who, now = request.desk.officer, utc_now()

    def decide(one: Declaration) -> None:
        received = deciding.receive_paper(declaration=one, by=who, now=now)
        deciding.approve_declaration(declaration=received, by=who, now=now)

    return _decide(request, code, decide, "duyet")


@officer(may=staff.can_decide)
def propose(request: OfficerRequest, code: str) -> HttpResponse:
    """«Trình người thứ hai»: paper and ID were compared, another officer approves."""
    who, now = request.desk.officer, utc_now()

    def decide(one: Declaration) -> None:
        received = deciding.receive_paper(declaration=one, by=who, now=now)
        second_officer.propose_approval(declaration=received, by=who, now=now)

    return _decide(request, code, decide, "trinh")


@officer(may=staff.can_decide)
def refuse(request: OfficerRequest, code: str) -> HttpResponse:
    """Refuses with a reason that the person is told (guides R15, O03)."""
    found = cases.case_of(code)
    if found is None:
        return cases.to_unknown()
    if request.method != "POST":
        return cases.to_case(found.declaration)
    form = cases.refuse_form(found.declaration, request.POST)
    if not form.is_valid():
        return cases.draw(request, found, refusing=form, status=422)
    try:
        deciding.refuse_declaration(
            declaration=found.declaration,
            reason=form.reason(),
            by=request.desk.officer,
            now=utc_now(),
        )
    except CodedError as error:
        if _is_done(request, code, State.REFUSED):
            return _next(request, found.declaration.code, "tu-choi")
        return cases.draw(request, found, refusing=form, problem=str(error), status=409)
    return _next(request, found.declaration.code, "tu-choi")


@officer(may=staff.can_decide)
def give_back(request: OfficerRequest, code: str) -> HttpResponse:
    """«Trả lại»: to who proposed it, with a word."""
    return _do(
        request,
        code,
        lambda one: second_officer.return_proposal(
            declaration=one, note=_words(request), by=request.desk.officer, now=utc_now()
        ),
        "tra-lai",
    )


def _do(
    request: OfficerRequest, code: str, act: Callable[[Declaration], object], done: str = ""
) -> HttpResponse:
    """One act on one case, which stays on the screen with what went wrong or was done."""
    found = cases.case_of(code)
    if found is None:
        return cases.to_unknown()
    if request.method == "POST":
        try:
            act(found.declaration)
        except CodedError as error:
            return _refused(request, code, found, error)
        return cases.to_case(found.declaration, done, found.declaration.code)
    return cases.to_case(found.declaration)


def _decide(
    request: OfficerRequest, code: str, act: Callable[[Declaration], object], done: str
) -> HttpResponse:
    found = cases.case_of(code)
    if found is None:
        return cases.to_unknown()
    if request.method != "POST":
        return cases.to_case(found.declaration)
    form = cases.ApproveForm(request.POST)
    if not form.is_valid():
        return cases.draw(request, found, approving=form, status=422)
    try:
        act(found.declaration)
    except CodedError as error:
        if done != "duyet" or not _is_done(request, code, State.APPROVED):
            return _refused(request, code, found, error)
    if done == "duyet" and found.declaration.guardian_number:
        done = "duyet-con"
    return _next(request, found.declaration.code, done)


def _is_done(request: OfficerRequest, code: str, state: State) -> bool:
    """Whether this officer decided so a moment ago: a button pressed twice says so, not «no»."""
    now = cases.case_of(code)
    if now is None or now.declaration.decided_at is None:
        return False
    is_own = now.declaration.decided_by == request.desk.officer.user_name
    is_fresh = utc_now() - now.declaration.decided_at < _TWICE
    return is_own and is_fresh and now.declaration.state == state


def _refused(
    request: OfficerRequest, code: str, found: desk.Case, error: CodedError
) -> HttpResponse:
    # What the case is like now, which may be why it was refused.
    now = cases.case_of(code) or found
    return cases.draw(request, now, problem=str(error), status=409, typed=_words(request))


def _next(request: OfficerRequest, code: str, done: str) -> HttpResponse:
    following = claiming.claim_next(by=request.desk.officer, now=utc_now())
    if following is not None:
        return cases.to_case(following, done if code else "", code)
    about = f"&ma={rules.display_code(code)}" if code else ""
    return HttpResponseRedirect(f"{reverse('officer:queue')}?xong={done}{about}")


def _words(request: OfficerRequest) -> str:
    return str(request.POST.get("ghi-chu", ""))[:_LONGEST]
