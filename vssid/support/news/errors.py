"""Refusals around news. Each sentence names the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError


class ArticleUnknownError(CodedError):
    """No such article, or none that is open."""

    code: ClassVar[str] = "news.unknown"
    sentence: ClassVar[object] = _(
        "Không có tin này, hoặc tin đã được gỡ xuống. Xin xem danh sách tin tức."
    )


class MayNotPublishError(CodedError):
    """The officer's role writes no news."""

    code: ClassVar[str] = "news.may-not-publish"
    sentence: ClassVar[object] = _(
        "Vai trò của bạn không đăng tin. Xin chuyển cho cán bộ biên tập nội dung."
    )


class ChangedMeanwhileError(CodedError):
    """Somebody else saved the article since it was opened."""

    code: ClassVar[str] = "news.changed-meanwhile"
    sentence: ClassVar[object] = _(
        "Người khác vừa lưu tin này. Xin chép lại phần bạn vừa sửa, mở lại trang rồi sửa tiếp."
    )


class TimesReversedError(CodedError):
    """It would be taken down before it is shown."""

    code: ClassVar[str] = "news.times-reversed"
    sentence: ClassVar[object] = _("Giờ gỡ xuống phải sau giờ đăng. Xin sửa một trong hai giờ.")


class HourPassedError(CodedError):
    """An hour to come was chosen that is over; what is public since then may keep it."""

    code: ClassVar[str] = "news.hour-passed"
    sentence: ClassVar[object] = _("Giờ hẹn đã qua. Xin chọn giờ khác, hoặc chọn «Đăng ngay».")


class NothingToReadError(CodedError):
    """After cleaning, nothing of the text is left."""

    code: ClassVar[str] = "news.nothing-to-read"
    sentence: ClassVar[object] = _(
        "Nội dung chỉ có mã hoặc thẻ không được phép nên không còn gì để đọc. Xin viết bằng chữ."
    )


class EnglishIncompleteError(CodedError):
    """The English is there in part."""

    code: ClassVar[str] = "news.english-incomplete"
    sentence: ClassVar[object] = _(
        "Bản tiếng Anh cần đủ tiêu đề, tóm tắt và nội dung. Xin viết đủ, hoặc để trống cả ba ô."
    )


class NotShownError(CodedError):
    """There is nothing to take down."""

    code: ClassVar[str] = "news.not-shown"
    sentence: ClassVar[object] = _("Tin này chưa đăng hoặc đã gỡ xuống, nên không cần gỡ nữa.")


class TooManyPicturesError(CodedError):
    """More pictures than an article may have."""

    code: ClassVar[str] = "news.too-many-pictures"
    sentence: ClassVar[object] = _("Mỗi tin có tối đa {allowed} ảnh. Xin bỏ bớt ảnh rồi thêm.")


class AltMissingError(CodedError):
    """The picture is not said in words."""

    code: ClassVar[str] = "news.alt-missing"
    sentence: ClassVar[object] = _(
        "Xin mô tả ảnh bằng lời, để người không nhìn thấy ảnh cũng biết trong ảnh có gì."
    )
