"""«Kiểm tra giấy»: anyone who holds a statement sees what it is worth, by code or by file."""

import math
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.tokens import keyed_mark
from vssid.audit.actors import Actor
from vssid.documents.checking import check_pdf
from vssid.documents.examining import Verdict
from vssid.documents.signing import current_identity
from vssid.insurance.papers import commands, queries
from vssid.insurance.papers.codes import display_code, parse_code
from vssid.insurance.papers.errors import (
    StatementCodeError,
    StatementUnknownError,
    TooManyChecksError,
)
from vssid.insurance.papers.rules import StatementCheck
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.networks import network_of
from vssid.web.citizen.papers.words import REFUSED_FILES, STATES, VERDICTS, Said, totals
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest, public_knowing
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_LONGEST = 300


@public_knowing
def check(request: CitizenRequest) -> HttpResponse:
    """The two ways to check; a code that is sent leads to its own address."""
    if request.method != "POST":
        return _draw(request)
    typed = request.POST.get("ma", "")[:_LONGEST]
    code = parse_code(typed)
    if not code:
        return _draw(request, typed=typed, code_problem=StatementCodeError(), status=422)
    address = reverse("citizen:paper-check-code", kwargs={"typed": display_code(code)})
    return HttpResponseRedirect(address)


@public_knowing
def check_code(request: CitizenRequest, typed: str) -> HttpResponse:
    """The address in the QR code of a statement."""
    code = parse_code(typed[:_LONGEST])
    try:
        commands.count_check(address=request.META.get("REMOTE_ADDR", ""), now=utc_now())
        if not code:
            raise StatementCodeError
        found = commands.check_statement(code=code, by=_checker(request, code), now=utc_now())
    except TooManyChecksError as error:
        return _too_often(request, error)
    except (StatementCodeError, StatementUnknownError) as error:
        return _draw(request, typed=typed[:_LONGEST], code_problem=error, status=404)
    return _draw_result(request, found)


@public_knowing
def check_file(request: CitizenRequest) -> HttpResponse:
    """The file itself: read, examined, forgotten."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:paper-check"))
    try:
        commands.count_check(address=request.META.get("REMOTE_ADDR", ""), now=utc_now())
    except TooManyChecksError as error:
        return _too_often(request, error)
    file = request.FILES.get("tep")
    if file is None or not file.size:
        problem = _("Chưa chọn file. Xin chọn file PDF của giấy rồi bấm «Kiểm tra file».")
        return _draw(request, file_problem=problem, status=422)
    # One more than may be: enough to see that it is too large.
    content = file.read(settings.VSSID_CHECKED_PDF_MAX_BYTES + 1)
    examined = check_pdf(content)
    if examined.verdict in REFUSED_FILES:
        megabytes = settings.VSSID_CHECKED_PDF_MAX_BYTES // (1024 * 1024)
        said = str(REFUSED_FILES[examined.verdict]) % {"limit": megabytes}
        return _draw(request, file_problem=said, status=422)
    code = parse_code(examined.reason)
    if examined.verdict is not Verdict.WHOLE or not code:
        return _draw_answer(request, VERDICTS[examined.verdict], found=None, code="")
    return _check_whole(request, code, content)


def _check_whole(request: CitizenRequest, code: str, content: bytes) -> HttpResponse:
    try:
        found = commands.check_statement(
            code=code, by=_checker(request, code), now=utc_now(), content=content
        )
    except StatementUnknownError as error:
        return _draw(request, file_problem=str(error), status=404)
    return _draw_result(request, found, by_file=True)


def _checker(request: CitizenRequest, code: str) -> Actor:
    """Who looks: the owner by name; everybody else as one network, which is not told to anyone."""
    citizen = getattr(request, "citizen", None)
    if citizen is not None and queries.is_of(code, citizen.number):
        return Actor.citizen(citizen.number)
    return Actor.visitor(keyed_mark(network_of(request.META.get("REMOTE_ADDR", ""))))


def _draw_result(
    request: CitizenRequest, found: StatementCheck, *, by_file: bool = False
) -> HttpResponse:
    return _draw_answer(
        request,
        STATES[found.state],
        found=found if found.tells else None,
        code=display_code(found.code),
        by_file=by_file,
        signer=current_identity().name,
        totals=totals(found.totals),
    )


def _draw_answer(request: CitizenRequest, said: Said, **context: Any) -> HttpResponse:
    kind, title, text = said
    page = Page(title=_("Kết quả kiểm tra"), tab="lookup", back=reverse("citizen:paper-check"))
    return render(
        request,
        "citizen/papers/checked.html",
        page,
        kind=kind,
        title=title,
        text=text,
        **context,
    )


def _too_often(request: CitizenRequest, error: TooManyChecksError) -> HttpResponse:
    refusals.note(request, error.code)
    answer = _draw(request, problem=str(error), status=429)
    answer["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
    return answer


def _draw(
    request: CitizenRequest,
    *,
    typed: str = "",
    code_problem: CodedError | None = None,
    file_problem: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    if code_problem is not None:
        refusals.note(request, code_problem.code)
    page = Page(title=_("Kiểm tra giấy xác nhận"), tab="lookup", back=reverse("citizen:lookup"))
    return render(
        request,
        "citizen/papers/check.html",
        page,
        typed=typed,
        code_problem=str(code_problem) if code_problem else "",
        file_problem=file_problem,
        problem=problem,
        status=status,
    )
