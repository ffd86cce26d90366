"""What a person writes, and the papers they choose, kept until they are sent."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from vssid.audit.actors import Actor
from vssid.files.errors import PhotoEmptyError, PhotoNotAPhotoError, PhotoTooLargeError
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.networks import line_of
from vssid.kernel.phones import parse_mobile
from vssid.kernel.text import parse_person_name
from vssid.support import catalogue, papers
from vssid.support.commands import opening
from vssid.support.commands.steps import LEAST_WORDS
from vssid.support.errors import PaperNotAPdfError, PaperTooLargeError
from vssid.web.citizen.registration.forms import OfficeForm
from vssid.web.ui import refusals
from vssid.web.ui.fields import LinesField, ParsedField, PlainForm
from vssid.web.ui.uploads import CappedUpload

PARCEL, PHOTO, PDF, DROP = "phieu", "photo", "pdf", "bo"
_LONGEST, _LONGEST_WISH = 2000, 500
_MIB = 1024 * 1024
_TOO_LONG = gettext_lazy("Xin viết ngắn hơn, tối đa %(limit_value)d ký tự.")
_TOO_SHORT = gettext_lazy("Xin viết rõ hơn một chút, để cán bộ hiểu việc gì.")


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


class WriteForm(OfficeForm):
    """What it is about, in words, and which office gets it."""

    category = forms.ChoiceField(
        label=gettext_lazy("Phản ánh về việc gì?"),
        error_messages={
            "required": gettext_lazy("Xin chọn phản ánh về việc gì."),
            "invalid_choice": gettext_lazy("Xin chọn phản ánh về việc gì trong danh sách."),
        },
    )
    words = LinesField(
        label=gettext_lazy("Nội dung phản ánh"),
        help_text=gettext_lazy(
            "Việc gì, ở đâu, khi nào, bạn muốn được giải quyết thế nào. Không ghi mật khẩu, mã OTP."
        ),
        # No `maxlength`: a browser would cut off what is pasted, and say nothing.
        validators=[MaxLengthValidator(_LONGEST, message=_TOO_LONG)],
        min_length=LEAST_WORDS,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": gettext_lazy("Xin viết nội dung phản ánh."),
            "min_length": _TOO_SHORT,
        },
    )
    field_order = ("category", "words", "full_name", "phone", "provincial_agency", "office")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(one.code, one.label) for one in catalogue.on_form()]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]


class GuestForm(WriteForm):
    """Besides, from who has no account: name, phone, picture code."""

    full_name = ParsedField(label=gettext_lazy("Họ và tên"), parse=parse_person_name)
    phone = ParsedField(
        label=gettext_lazy("Số điện thoại di động"),
        help_text=gettext_lazy("Mã OTP và tin báo có trả lời gửi đến số này."),
        parse=parse_mobile,
    )
    # Looked at by `picture_problem`; here is the place of its refusal.
    ma_kiem_tra = forms.CharField(required=False)


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


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose parcel it is: `name` seals it. A visitor is counted by their network `line`."""

    name: str
    line: str = ""

    def actor(self, parcel: papers.Parcel) -> Actor:
        """Who sends it: the account's owner, or somebody known by what they send."""
        return Actor.visitor(parcel.id.hex) if self.line else Actor.citizen(self.name)


def visitor_of(request: HttpRequest, name: str) -> Holder:
    """Somebody without an account, who sends pictures only."""
    return Holder(name, line_of(request.META.get("REMOTE_ADDR", "")))


class Papers:
    """The papers of one sending: those that wait in its parcel, and what was refused just now.

    `problems` are sentences by the field they belong to; `pictures_only`: no PDF is taken.
    """

    def __init__(self, request: HttpRequest, sealed: str, holder: Holder) -> None:
        self._request = request
        self._holder = holder
        self.pictures_only = bool(holder.line)
        self.problems: dict[str, str] = {}
        try:
            self.parcel = papers.open_parcel(sealed, number=holder.name, now=utc_now())
        except CodedError as error:
            self.parcel = papers.new_parcel()
            self._refuse(PHOTO, error)

    @property
    def sealed(self) -> str:
        """The parcel as a hidden field."""
        return papers.seal_parcel(self.parcel, number=self._holder.name, now=utc_now())

    def take(self) -> None:
        """Leave out what was crossed out, keep what came; good papers stay whatever else fails."""
        dropped = set(self._request.POST.getlist(DROP))
        left = tuple(one for one in self.parcel.papers if one.file.hex not in dropped)
        self.parcel = replace(self.parcel, papers=left)
        for name in (PHOTO, PDF):
            for upload in self._request.FILES.getlist(name):
                self._keep(name, upload)

    def _keep(self, name: str, upload: "UploadedFile[bytes]") -> None:
        try:
            if isinstance(upload, CappedUpload) and upload.is_too_large:
                raise _too_large(name)
            self.parcel = opening.keep_paper(
                parcel=self.parcel,
                content=upload.read(),
                by=self._holder.actor(self.parcel),
                now=utc_now(),
                line=self._holder.line,
            )
        except CodedError as error:
            is_no_pdf = name == PDF and isinstance(error, PhotoNotAPhotoError | PhotoEmptyError)
            self._refuse(name, PaperNotAPdfError() if is_no_pdf else error)

    def _refuse(self, name: str, error: CodedError) -> None:
        self.problems[name] = str(error)
        refusals.note(self._request, error.code)


def _too_large(name: str) -> CodedError:
    if name == PDF:
        return PaperTooLargeError(limit_mb=settings.VSSID_PETITION_PDF_MAX_BYTES // _MIB)
    return PhotoTooLargeError(limit_mb=settings.VSSID_PHOTO_MAX_BYTES // _MIB)
