"""«Giấy xác nhận»: take one, save it, print it, take it back."""

import math
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.rules import check_changes_not_held
from vssid.documents.errors import SigningError, TypesettingError
from vssid.insurance.papers import commands, queries
from vssid.insurance.papers.codes import display_code
from vssid.insurance.papers.models import HistoryStatement
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError, TooManyError
from vssid.web.citizen.papers.words import totals
from vssid.web.citizen.record.reader import Reader
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.origin import public_address
from vssid.web.ui.pages import NEVER_KEPT, render


def statements(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """The statements that can still be downloaded; sent, it issues one."""
    if request.method != "POST":
        return _draw_list(request, reader)
    now = utc_now()
    try:
        check_changes_not_held(request.citizen.changes_held_until, now)
        issued = commands.issue_statement(access=reader.access, by=reader.access.actor, now=now)
    except CodedError as error:
        return _draw_list(request, reader, error)
    return HttpResponseRedirect(reader.to("statement", statement=issued.id))


def statement(request: CitizenRequest, reader: Reader, statement: UUID) -> HttpResponse:
    """One statement: its file, its code, and how others check it."""
    found = _found(reader, statement)
    return render(
        request,
        "citizen/papers/statement.html",
        reader.page(_("Giấy xác nhận quá trình đóng"), back=reader.to("history-start")),
        reader=reader,
        statement=found,
        code=display_code(found.code),
        check_address=public_address(request, reverse("citizen:paper-check")),
        kept_until=queries.kept_until(found.issued_at),
        is_over=_is_over(found),
        totals=totals(found.totals),
    )


def statement_pdf(request: CitizenRequest, reader: Reader, statement: UUID) -> HttpResponse:
    """The signed file; «Lưu file» asks for it as a download."""
    found = _found(reader, statement)
    try:
        check_changes_not_held(request.citizen.changes_held_until, utc_now())
        content = queries.file_of(found)
    except CodedError as error:
        return _draw_list(request, reader, error)
    answer = HttpResponse(content, content_type="application/pdf")
    how = "attachment" if "tai" in request.GET else "inline"
    name = f"giay-xac-nhan-{display_code(found.code)}.pdf"
    answer["Content-Disposition"] = f'{how}; filename="{name}"'
    answer["Cache-Control"] = NEVER_KEPT
    return answer


def revoke(request: CitizenRequest, reader: Reader, statement: UUID) -> HttpResponse:
    """«Thu hồi»: asked once more, then the code answers that it was taken back."""
    found = _found(reader, statement)
    here = reader.to("statement", statement=found.id)
    if request.method == "POST":
        commands.revoke_statement(
            access=reader.access, statement_id=found.id, by=reader.access.actor, now=utc_now()
        )
        return HttpResponseRedirect(here)
    if found.revoked_at is not None or _is_over(found):
        return HttpResponseRedirect(here)
    return render(
        request,
        "citizen/papers/revoke.html",
        reader.page(_("Thu hồi giấy xác nhận"), back=here),
        reader=reader,
        statement=found,
        code=display_code(found.code),
    )


def _draw_list(
    request: CitizenRequest, reader: Reader, problem: CodedError | None = None
) -> HttpResponse:
    now = utc_now()
    if problem is not None:
        refusals.note(request, problem.code)
    answer = render(
        request,
        "citizen/papers/statements.html",
        reader.page(_("Giấy xác nhận"), back=reader.to("history-start")),
        reader=reader,
        problem=str(problem) if problem else "",
        statements=[
            (one, display_code(one.code), queries.kept_until(one.issued_at))
            for one in queries.statements(reader.access, now)
        ],
        status=_status(problem),
    )
    if isinstance(problem, TooManyError):
        answer["Retry-After"] = str(math.ceil(problem.wait.total_seconds()))
    return answer


def _status(problem: CodedError | None) -> int:
    if problem is None:
        return 200
    if isinstance(problem, SigningError | TypesettingError):
        return 503
    return 429 if isinstance(problem, TooManyError) else 409


def _found(reader: Reader, statement_id: UUID) -> HistoryStatement:
    found = queries.statement(reader.access, statement_id)
    if found is None:
        raise Http404
    return found


def _is_over(found: HistoryStatement) -> bool:
    return utc_now() >= found.issued_at + settings.VSSID_STATEMENT_KEPT
