"""What an editor types: an article, a picture with its words."""

from datetime import datetime
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from vssid.kernel.clock import VIETNAM
from vssid.support.news.commands import Content
from vssid.support.news.errors import AltMissingError
from vssid.support.news.models import Article, Category
from vssid.web.ui.fields import LineField, PlainForm

LONGEST_BODY: Final = 40_000
_LATER, _NOW, _AT = "nhap", "ngay", "hen"
_TOO_LONG = gettext_lazy("Xin viết ngắn hơn, tối đa %(limit_value)d ký tự.")
_NO_MOMENT = gettext_lazy("Xin nhập ngày và giờ như 21/11/2026 08:00.")
_MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y"]


class _TextField(forms.CharField):
    """Markdown: line breaks and indents stay, what cannot be stored does not."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        super().__init__(
            max_length=LONGEST_BODY,
            strip=False,
            widget=forms.Textarea(attrs={"rows": rows}),
            **options,
        )

    def to_python(self, value: object) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\0", "")
        return text.encode(errors="ignore").decode().strip("\n ")


class _MomentField(forms.DateTimeField):
    """A moment in Vietnam's time, as a browser's own field or a hand writes it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        messages = {"invalid": _NO_MOMENT}
        super().__init__(input_formats=_MOMENTS, required=False, error_messages=messages, **options)

    def to_python(self, value: object) -> datetime | None:
        for form in _MOMENTS:
            try:
                typed = datetime.strptime(str(value or "").strip(), form)  # noqa: DTZ007 - below
            except ValueError:
                continue
            return typed.replace(tzinfo=VIETNAM)
        if value:
            raise forms.ValidationError(_NO_MOMENT, code="invalid")
        return None


class ArticleForm(PlainForm):
    """An article; `seen` is the version it was opened at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    category = forms.ChoiceField(
        label=gettext_lazy("Chuyên mục"),
        choices=Category.choices,
        error_messages={
            "required": gettext_lazy("Xin chọn chuyên mục."),
            "invalid_choice": gettext_lazy("Xin chọn chuyên mục."),
        },
    )
    title = LineField(
        label=gettext_lazy("Tiêu đề"),
        max_length=160,
        error_messages={
            "required": gettext_lazy("Xin viết tiêu đề."),
            "max_length": _TOO_LONG,
        },
    )
    summary = LineField(
        label=gettext_lazy("Tóm tắt"),
        help_text=gettext_lazy("Một, hai câu: việc gì, với ai, từ khi nào. Hiện ở danh sách."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("Xin viết tóm tắt, người đọc thấy ở danh sách tin."),
            "max_length": _TOO_LONG,
        },
    )
    body = _TextField(
        rows=14,
        label=pgettext_lazy("news", "Nội dung"),
        error_messages={
            "required": gettext_lazy("Xin viết nội dung."),
            "max_length": _TOO_LONG,
        },
    )
    title_en = LineField(
        label=gettext_lazy("Tiêu đề tiếng Anh"),
        max_length=160,
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )
    summary_en = LineField(
        label=gettext_lazy("Tóm tắt tiếng Anh"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _TOO_LONG},
    )
    body_en = _TextField(
        rows=8,
        label=gettext_lazy("Nội dung tiếng Anh"),
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )
    when = forms.ChoiceField(
        label=gettext_lazy("Khi nào đăng"),
        choices=[
            (_LATER, gettext_lazy("Để bản nháp")),
            (_NOW, gettext_lazy("Đăng ngay")),
            (_AT, gettext_lazy("Hẹn giờ đăng")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Xin chọn khi nào đăng."),
            "invalid_choice": gettext_lazy("Xin chọn khi nào đăng."),
        },
    )
    publish_at = _MomentField(
        label=gettext_lazy("Giờ đăng"), help_text=gettext_lazy("Chỉ cần khi hẹn giờ đăng.")
    )
    withdraw_at = _MomentField(
        label=gettext_lazy("Giờ gỡ xuống"), help_text=gettext_lazy("Để trống nếu không gỡ.")
    )
    is_pinned = forms.BooleanField(label=gettext_lazy("Ghim lên đầu"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Drawn in this reader's language: a list of lazy words looks like a group of options.
        self.fields["category"].choices = [  # type: ignore[attr-defined] # of a choice field
            (one.value, str(one.label)) for one in Category
        ]

    def clean(self) -> dict[str, Any]:
        """The hour is needed where one was chosen."""
        data = super().clean() or {}
        if data.get("when") == _AT and not data.get("publish_at") and not self.errors:
            self.add_error("publish_at", gettext_lazy("Xin nhập giờ đăng, hoặc chọn «Đăng ngay»."))
        return data

    def content(self, now: datetime, known: Article | None) -> Content:
        """What was typed; what is open already stays open since its hour."""
        data = self.cleaned_data
        publish_at = data["publish_at"]
        if data["when"] == _NOW:
            was = known.publish_at if known else None
            publish_at = was if was is not None and was <= now else now
        is_draft = data["when"] == _LATER
        return Content(
            category=Category(data["category"]),
            title=data["title"],
            summary=data["summary"],
            body=data["body"],
            title_en=data["title_en"],
            summary_en=data["summary_en"],
            body_en=data["body_en"],
            is_pinned=data["is_pinned"],
            publish_at=None if is_draft else publish_at,
            withdraw_at=None if is_draft else data["withdraw_at"],
        )


def typed_before(article: Article, now: datetime) -> dict[str, Any]:
    """The form of an article as it stands."""
    names = ("category", "title", "summary", "body", "title_en", "summary_en", "body_en")
    when = _LATER if article.publish_at is None else _AT
    if article.publish_at is not None and article.publish_at <= now:
        when = _NOW
    return {
        **{name: getattr(article, name) for name in (*names, "is_pinned")},
        "seen": article.version,
        "when": when,
        "publish_at": _local(article.publish_at),
        "withdraw_at": _local(article.withdraw_at),
    }


def typed_at_first() -> dict[str, Any]:
    """The form of an article to come."""
    return {"category": Category.NOTICE.value, "when": _LATER}


class PictureForm(PlainForm):
    """A picture, and what is on it in words."""

    picture = forms.FileField(
        label=gettext_lazy("Ảnh mới"),
        required=False,
    )
    alt = LineField(
        label=gettext_lazy("Trong ảnh có gì"),
        help_text=gettext_lazy("Đọc lên cho người không nhìn thấy ảnh."),
        max_length=200,
        error_messages={"max_length": _TOO_LONG, "required": cast("str", AltMissingError.sentence)},
    )
    alt_en = LineField(
        label=gettext_lazy("Trong ảnh có gì, bằng tiếng Anh"),
        max_length=200,
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )


def _local(moment: datetime | None) -> str:
    return f"{moment.astimezone(VIETNAM):%Y-%m-%dT%H:%M}" if moment else ""
