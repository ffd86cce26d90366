"""«Tải hồ sơ của tôi»: choose, watch it being made, fetch it once (docs/export.md)."""

from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vssid.accounts.commands import exports
from vssid.accounts.errors import ExportFormatError
from vssid.accounts.models import Export, ExportFormat, ExportReason, ExportState
from vssid.accounts.queries import exports_of
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.web.citizen.account.details import changes_wait_until
from vssid.web.citizen.origin import origin_of
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render, render_form

_UNDER_WAY = (ExportState.WAITING, ExportState.WORKING)
_NEXT_STEPS = {
    ExportReason.NO_SPACE: gettext_lazy("Xin thử lại sau khoảng một giờ."),
    ExportReason.TYPESETTING: gettext_lazy("Xin yêu cầu lại và chỉ chọn CSV, JSON."),
    ExportReason.LOST: gettext_lazy("Xin yêu cầu lại."),
    ExportReason.UNKNOWN: gettext_lazy("Xin yêu cầu lại; nếu vẫn không được, xin gọi tổng đài."),
}


class FormatsForm(PlainForm):
    """Which files."""

    pdf = forms.BooleanField(label=gettext_lazy("PDF: để đọc và in"), required=False)
    csv = forms.BooleanField(label=gettext_lazy("CSV: để mở bằng bảng tính"), required=False)
    json = forms.BooleanField(label=gettext_lazy("JSON: để phần mềm khác đọc"), required=False)

    def chosen(self) -> list[str]:
        """The formats that are ticked."""
        return [one.value for one in ExportFormat if self.cleaned_data[one.value]]


@citizen()
def overview(request: CitizenRequest) -> HttpResponse:
    """What is being made or waits to be fetched, and what was fetched before."""
    return _draw(request)


@citizen(proven=True)
def ask(request: CitizenRequest) -> HttpResponse:
    """Choose the files; what they hold is said before."""
    form = FormatsForm(
        request.POST if request.method == "POST" else None,
        initial=request.kept or {one.value: True for one in ExportFormat},
    )
    if form.is_valid():
        try:
            exports.ask_export(
                number=request.citizen.number,
                formats=form.chosen(),
                session_id=request.citizen.session_id,
                device=origin_of(request).name,
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse("pdf" if isinstance(error, ExportFormatError) else None, error)
        else:
            return HttpResponseRedirect(reverse("citizen:export"))
    return render_form(
        request,
        "citizen/export/ask.html",
        Page(title=_("Yêu cầu bản hồ sơ"), tab="manage", back=reverse("citizen:export")),
        form,
        waits_until=changes_wait_until(request),
        **_terms(),
    )


@citizen()
def progress(request: CitizenRequest) -> HttpResponse:
    """How far the newest one is: a piece of the page, for its script."""
    found = exports_of(request.citizen.number)
    answer = render(
        request,
        "citizen/export/progress.html",
        Page(title=""),
        current=found[0] if found and found[0].state in _UNDER_WAY else None,
    )
    answer["Cache-Control"] = NEVER_KEPT
    return answer


@citizen(proven=True)
def fetch(request: CitizenRequest, export: UUID) -> HttpResponse:
    """The file itself. Only a pressed button fetches: nothing that merely loads links can."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:export"))
    now = utc_now()
    try:
        content = exports.fetch_export(
            number=request.citizen.number,
            export_id=export,
            device=origin_of(request).name,
            now=now,
        )
    except Export.DoesNotExist:
        raise Http404 from None
    except CodedError as error:
        return _draw(request, error)
    answer = HttpResponse(content, content_type="application/zip")
    name = f"ho-so-vssid-{vietnam_today(now):%Y-%m-%d}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    # By it a browser notices that a download broke off.
    answer["Content-Length"] = str(len(content))
    answer["Cache-Control"] = NEVER_KEPT
    return answer


def _draw(request: CitizenRequest, refusal: CodedError | None = None) -> HttpResponse:
    form = PlainForm({})
    if refusal is not None:
        form.refuse(None, refusal)
    found = exports_of(request.citizen.number)
    current = found[0] if found and _is_current(found[0], utc_now()) else None
    return render_form(
        request,
        "citizen/export/overview.html",
        Page(title=_("Tải hồ sơ của tôi"), tab="manage", back=reverse("citizen:account")),
        form,
        current=current,
        size=_in_words(current.size) if current and current.size else "",
        next_step=_next_step(current) if current else "",
        repeats_until=_repeats_until(current) if current else None,
        older=[one for one in found if one is not current],
        waits_until=changes_wait_until(request),
        **_terms(),
    )


def _is_current(export: Export, now: datetime) -> bool:
    """Whether there is still something to do or to be told about it."""
    match export.state:
        case ExportState.READY:
            return export.expires_at is not None and now < export.expires_at
        case ExportState.FETCHED:
            until = _repeats_until(export)
            return export.file is not None and until is not None and now < until
    return export.state != ExportState.EXPIRED


def _next_step(export: Export) -> str:
    return str(_NEXT_STEPS[ExportReason(export.reason)]) if export.reason else ""


def _repeats_until(export: Export) -> datetime | None:
    return export.fetched_at + settings.VSSID_EXPORT_REPEAT if export.fetched_at else None


def _in_words(size: int) -> str:
    """A size as one says it: «84 KB», «1,2 MB»."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", "," if get_language() == "vi" else ".")


def _terms() -> dict[str, int]:
    return {
        "hours": settings.VSSID_EXPORT_KEPT // timedelta(hours=1),
        "minutes": settings.VSSID_EXPORT_REPEAT // timedelta(minutes=1),
        "most": settings.VSSID_EXPORTS_PER_DAY,
    }
