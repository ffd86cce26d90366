"""What a person writes, and the papers they choose, kept until they are sent."""

from dataclasses import replace

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from vssid.audit.actors import Actor
from vssid.files.errors import PhotoTooLargeError
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.text import clean
from vssid.support import papers
from vssid.support.commands import opening
from vssid.support.commands.steps import LEAST_WORDS
from vssid.support.errors import PaperTooLargeError
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.uploads import CappedUpload

PARCEL, PHOTO, PDF, DROP = "phieu", "photo", "pdf", "bo"
_LONGEST, _LONGEST_WISH = 2000, 500
_MIB = 1024 * 1024
_TOO_LONG = gettext_lazy("Xin viết ngắn hơn, tối đa %(limit_value)d ký tự.")
_TOO_SHORT = gettext_lazy("Xin viết rõ hơn một chút, để cán bộ hiểu việc gì.")


class LinesField(forms.CharField):
    """Words of several lines: each is cleaned, the breaks between them stay."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: object) -> str:
        """The text as it is stored."""
        text = super().to_python(value) or ""
        return "\n".join(clean(line) for line in text.replace("\0", "").splitlines()).strip()


class ReportForm(PlainForm):
    """What is wrong with the line, and how it should read."""

    words = LinesField(
        label=gettext_lazy("Sai ở chỗ nào?"),
        help_text=gettext_lazy("Ví dụ: tháng 03/2025 tôi vẫn đi làm nhưng không thấy ghi."),
        max_length=_LONGEST,
        min_length=LEAST_WORDS,
        error_messages={
            "required": gettext_lazy("Xin viết dòng này sai ở chỗ nào."),
            "min_length": _TOO_SHORT,
            "max_length": _TOO_LONG,
        },
    )
    wished = LinesField(
        label=gettext_lazy("Đúng ra phải là"),
        help_text=gettext_lazy("Nếu bạn biết. Ví dụ: từ 01/2025 đến 12/2025."),
        required=False,
        max_length=_LONGEST_WISH,
        error_messages={"max_length": _TOO_LONG},
    )


class AddForm(PlainForm):
    """What a person writes back."""

    words = LinesField(
        label=gettext_lazy("Viết thêm cho cơ quan BHXH"),
        max_length=_LONGEST,
        min_length=LEAST_WORDS,
        error_messages={
            "required": gettext_lazy("Xin viết điều bạn muốn bổ sung."),
            "min_length": _TOO_SHORT,
            "max_length": _TOO_LONG,
        },
    )


class Papers:
    """The papers of one sending: those that wait in its parcel, and what was refused just now.

    `problems` are sentences by the field they belong to.
    """

    def __init__(self, request: CitizenRequest, sealed: str) -> None:
        self._request = request
        self._number = request.citizen.number
        self.problems: dict[str, str] = {}
        try:
            self.parcel = papers.open_parcel(sealed, number=self._number, now=utc_now())
        except CodedError as error:
            self.parcel = papers.new_parcel()
            self._refuse(PHOTO, error)

    @property
    def sealed(self) -> str:
        """The parcel as a hidden field."""
        return papers.seal_parcel(self.parcel, number=self._number, now=utc_now())

    def take(self) -> None:
        """Leave out what was crossed out, keep what came; good papers stay whatever else fails."""
        dropped = set(self._request.POST.getlist(DROP))
        left = tuple(one for one in self.parcel.papers if one.file.hex not in dropped)
        self.parcel = replace(self.parcel, papers=left)
        for name in (PHOTO, PDF):
            for upload in self._request.FILES.getlist(name):
                self._keep(name, upload)

    def _keep(self, name: str, upload: "UploadedFile[bytes]") -> None:
        if not upload.size:
            return
        try:
            if isinstance(upload, CappedUpload) and upload.is_too_large:
                raise _too_large(name)
            self.parcel = opening.keep_paper(
                parcel=self.parcel,
                content=upload.read(),
                by=Actor.citizen(self._number),
                now=utc_now(),
            )
        except CodedError as error:
            self._refuse(name, error)

    def _refuse(self, name: str, error: CodedError) -> None:
        self.problems[name] = str(error)
        refusals.note(self._request, error.code)


def _too_large(name: str) -> CodedError:
    if name == PDF:
        return PaperTooLargeError(limit_mb=settings.VSSID_PETITION_PDF_MAX_BYTES // _MIB)
    return PhotoTooLargeError(limit_mb=settings.VSSID_PHOTO_MAX_BYTES // _MIB)
