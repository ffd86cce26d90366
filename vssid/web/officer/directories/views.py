"""The operators' directories: what is there, out as CSV, in as CSV after its report was seen."""

import io
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.reference.exchange import commands, queries
from vssid.reference.exchange.comparing import Comparison, Kind
from vssid.reference.exchange.errors import FileEmptyError, FileGoneError, FileTooLargeError
from vssid.reference.exchange.reporting import write_report
from vssid.reference.exchange.sheets import AGENCIES, Sheet
from vssid.reference.exchange.writing import write
from vssid.staff.rules import can_keep_directories
from vssid.web.officer.directories import words
from vssid.web.ui import refusals
from vssid.web.ui.access import OfficerRequest, officer, public
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render, render_form
from vssid.web.ui.uploads import CappedUpload

SHOWN_AT_MOST = 200
_MEBIBYTE = 1024 * 1024


class FileForm(PlainForm):
    """A CSV file, and whether the demo's entries go with it."""

    # Without a file, and with an empty one, the command's own sentence is shown.
    directory_csv = forms.FileField(required=False, allow_empty_file=True)
    without_demo = forms.BooleanField(
        label=gettext_lazy("Bỏ các mục minh họa mà tệp không có"), required=False
    )


@public
def operations(_request: HttpRequest) -> HttpResponse:
    """«/quan-tri/»: operators work at the desk, behind its door."""
    return HttpResponseRedirect(reverse("officer:queue"))


@officer(may=can_keep_directories)
def directories(request: OfficerRequest) -> HttpResponse:
    """The four directories with their figures and the last import of each."""
    return render(
        request,
        "officer/directories/directories.html",
        Page(title=_("Danh bạ"), wide=True),
        rows=[words.shown(slug) for slug in words.SHEETS],
        figure=words.figure,
    )


@officer(may=can_keep_directories)
def directory(request: OfficerRequest, directory: str) -> HttpResponse:
    """One directory: out as CSV, and a file in, which is checked first."""
    sheet = _sheet(directory)
    if request.method != "POST":
        return _draw(request, directory, FileForm())
    form = FileForm(request.POST, request.FILES)
    try:
        kept = commands.check_file(
            sheet=sheet,
            content=_content(request),
            name=getattr(request.FILES.get("directory_csv"), "name", "") or "",
            without_demo="without_demo" in request.POST and sheet is not AGENCIES,
            by=request.desk.actor,
            now=utc_now(),
        )
    except CodedError as error:
        form.refuse("directory_csv", error)
        return _draw(request, directory, form)
    return HttpResponseRedirect(_report_address(directory, kept))


@officer(may=can_keep_directories)
def download(request: OfficerRequest, directory: str) -> HttpResponse:
    """«Tải về CSV»: all entries, or without those of the demo."""
    out = io.StringIO()
    without_demo = request.GET.get("minh-hoa") == "khong"
    write(_sheet(directory), out, without_demo=without_demo)
    return _csv(out, f"{directory}-{vietnam_today(utc_now()):%Y-%m-%d}.csv")


@officer(may=can_keep_directories)
def report(request: OfficerRequest, directory: str, file: UUID) -> HttpResponse:
    """What the checked file would change; «Áp dụng tệp này» applies that very file."""
    sheet, problem = _sheet(directory), ""
    if request.method == "POST":
        try:
            commands.apply_file(
                sheet=sheet, file_id=file, seen=request.POST.get("seen", "-"), by=request.desk.actor
            )
        except FileGoneError:
            return _to(directory, "het")
        except CodedError as error:
            refusals.note(request, error.code)
            problem = str(error)
        else:
            return _to(directory, "ap-dung")
    try:
        kept = queries.kept_file(file, sheet=sheet, by=request.desk.actor)
    except FileGoneError:
        return _to(directory, "het")
    found, _rows = queries.report_on(kept.text, sheet, without_demo=kept.without_demo)
    return render(
        request,
        "officer/directories/report.html",
        Page(title=_("Kiểm tra tệp"), back=_address(directory), wide=True),
        status=409 if problem else 200,
        directory=words.shown(directory),
        file=file,
        kept=kept,
        report=found,
        counts={kind.name: count for kind, count in found.compared.counts.items()},
        own=_part(found.compared, Kind.NEW, Kind.CHANGED),
        going=_part(found.compared, Kind.DEMO_REMOVED),
        most=SHOWN_AT_MOST,
        columns=words.COLUMNS,
        figure=words.figure,
        problem=problem,
    )


@officer(may=can_keep_directories)
def report_csv(request: OfficerRequest, directory: str, file: UUID) -> HttpResponse:
    """The whole report as CSV."""
    sheet, out = _sheet(directory), io.StringIO()
    try:
        kept = queries.kept_file(file, sheet=sheet, by=request.desk.actor)
    except FileGoneError:
        return _to(directory, "het")
    found, _rows = queries.report_on(kept.text, sheet, without_demo=kept.without_demo)
    write_report(found, out)
    return _csv(out, f"bao-cao-{directory}.csv")


def _part(compared: Comparison, *kinds: Kind) -> dict[str, object]:
    """The first entries of these kinds, and how many there are."""
    found = [change for change in compared.changes if change.kind in kinds]
    return {"shown": found[:SHOWN_AT_MOST], "all": len(found)}


def _draw(request: OfficerRequest, slug: str, form: FileForm) -> HttpResponse:
    found = words.shown(slug)
    done = request.GET.get("xong", "")
    is_own = found.last is not None and found.last.user_name == request.desk.officer.user_name
    return render_form(
        request,
        "officer/directories/directory.html",
        Page(title=found.name, back=reverse("officer:directories"), wide=True),
        form,
        directory=found,
        is_applied=done == "ap-dung" and is_own,
        is_gone=done == "het",
        gone=str(FileGoneError.sentence),
        may_end=_sheet(slug) is not AGENCIES,
        limit_mb=settings.VSSID_DIRECTORY_MAX_BYTES // _MEBIBYTE,
        figure=words.figure,
    )


def _content(request: OfficerRequest) -> bytes:
    """The file that came; raises FileEmptyError, FileTooLargeError."""
    file = request.FILES.get("directory_csv")
    if not isinstance(file, CappedUpload):
        raise FileEmptyError
    if (file.size or 0) > settings.VSSID_DIRECTORY_MAX_BYTES:
        raise FileTooLargeError(limit_mb=settings.VSSID_DIRECTORY_MAX_BYTES // _MEBIBYTE)
    content: bytes = file.read()
    return content


def _csv(out: io.StringIO, name: str) -> HttpResponse:
    # With its mark, without which a spreadsheet takes UTF-8 for a code page.
    answer = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _sheet(slug: str) -> Sheet:
    if slug not in words.SHEETS:
        raise Http404
    return words.SHEETS[slug][0]


def _address(slug: str) -> str:
    return reverse("officer:directory", kwargs={"directory": slug})


def _report_address(slug: str, file: UUID) -> str:
    return reverse("officer:directory_report", kwargs={"directory": slug, "file": file})


def _to(slug: str, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{_address(slug)}?xong={done}")
