"""What an officer types at a petition."""

from django import forms
from django.utils.translation import gettext_lazy

from vssid.support import catalogue
from vssid.web.officer.office_field import OfficeField
from vssid.web.ui.fields import LineField, LinesField, PlainForm

_LONGEST = 4000


class AnswerForm(PlainForm):
    """What the person reads."""

    answer = LinesField(
        label=gettext_lazy("Câu trả lời"),
        help_text=gettext_lazy(
            "Người gửi đọc nguyên văn trong VssID; tin nhắn chỉ báo có trả lời."
        ),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Xin viết câu trả lời cho người gửi.")},
    )

    def clean_answer(self) -> str:
        """A text of the catalogue has «…» where the officer's own words belong."""
        answer: str = self.cleaned_data["answer"]
        if catalogue.GAP in answer:
            raise forms.ValidationError(
                gettext_lazy("Câu trả lời còn chỗ «…» của mẫu. Xin viết tiếp vào đó rồi gửi.")
            )
        return answer


class ForwardForm(PlainForm):
    """Where it goes, and why: the person reads it too."""

    office = OfficeField(
        label=gettext_lazy("Cơ quan nhận: mã hoặc tên"),
        help_text=gettext_lazy("Ví dụ 00114 hoặc Thanh Trì."),
        max_length=60,
        error_messages={"required": gettext_lazy("Xin nhập mã hoặc tên cơ quan nhận.")},
    )
    reason = LineField(
        label=gettext_lazy("Lý do chuyển"),
        max_length=500,
        error_messages={"required": gettext_lazy("Xin ghi lý do chuyển, người gửi cũng đọc.")},
    )


class CloseForm(PlainForm):
    """A last word, if there is one."""

    closing = LineField(label=gettext_lazy("Ghi chú"), required=False, max_length=500)


class NoteForm(PlainForm):
    """What only the desk reads."""

    note = LinesField(
        label=gettext_lazy("Ghi chú nội bộ"),
        help_text=gettext_lazy("Chỉ cán bộ đọc, người gửi không thấy."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Xin viết ghi chú.")},
    )
