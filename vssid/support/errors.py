"""Refusals around petitions. Each sentence names the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError, TooManyError


class PetitionUnknownError(CodedError):
    """No petition has this code."""

    code: ClassVar[str] = "petition.unknown"
    sentence: ClassVar[object] = _(
        "Không tìm thấy phản ánh có mã này. Xin xem lại mã trong tin nhắn, ví dụ PA-7F3K-92QD."
    )


class LineGoneError(CodedError):
    """The line to report is not in the record (any more)."""

    code: ClassVar[str] = "petition.line-gone"
    sentence: ClassVar[object] = _(
        "Dòng này không còn trong hồ sơ, có thể vừa được cập nhật. Xin mở lại hồ sơ, xem dòng "
        "mới rồi báo sai sót từ đó."
    )


class PetitionOpenAlreadyError(CodedError):
    """The very same line is reported already and waits for its answer. `petition` is its code."""

    code: ClassVar[str] = "petition.open-already"
    sentence: ClassVar[object] = _(
        "Dòng này đã được báo trong phản ánh {petition} và đang xử lý. Xin bổ sung vào phản ánh đó."
    )


class OfficeNotKnownError(CodedError):
    """Nothing says which office looks after the person."""

    code: ClassVar[str] = "petition.office-not-known"
    sentence: ClassVar[object] = _(
        "Chưa biết cơ quan BHXH nào phụ trách bạn. Xin bổ sung địa chỉ trong «Thông tin tài khoản» "
        "rồi gửi lại, hoặc gọi {hotline}."
    )


class TooManyPetitionsError(TooManyError):
    """A person sent more than a handful in a day."""

    code: ClassVar[str] = "petition.too-many"
    sentence: ClassVar[object] = _(
        "Bạn đã gửi {allowed} phản ánh trong một ngày. Xin chờ {hours} giờ rồi gửi tiếp, hoặc bổ "
        "sung vào phản ánh đang mở."
    )


class TooManyAdditionsError(TooManyError):
    """A person wrote back more than a handful of times in a day."""

    code: ClassVar[str] = "petition.too-many-additions"
    sentence: ClassVar[object] = _(
        "Bạn đã bổ sung {allowed} lần trong một ngày. Xin chờ {hours} giờ rồi gửi tiếp, hoặc gọi "
        "cơ quan đang xử lý."
    )


class WordsMissingError(CodedError):
    """Nothing was said."""

    code: ClassVar[str] = "petition.words-missing"
    sentence: ClassVar[object] = _("Xin viết ít nhất {least} ký tự, để người đọc hiểu việc gì.")


class NotPossibleNowError(CodedError):
    """The state of the petition does not allow it."""

    code: ClassVar[str] = "petition.not-possible-now"
    sentence: ClassVar[object] = _(
        "Phản ánh {petition} đang ở trạng thái «{state}» nên chưa làm được việc này. Xin tải lại "
        "trang để xem bước tiếp theo."
    )


class NotThisOfficeError(CodedError):
    """Another office's petition."""

    code: ClassVar[str] = "petition.not-this-office"
    sentence: ClassVar[object] = _(
        "Phản ánh {petition} do {office} xử lý. Xin mở danh sách phản ánh của cơ quan mình."
    )


class MayNotAnswerError(CodedError):
    """The officer's role answers no petitions."""

    code: ClassVar[str] = "petition.may-not-answer"
    sentence: ClassVar[object] = _(
        "Vai trò của bạn không trả lời phản ánh. Xin chuyển cho cán bộ trả lời phản ánh."
    )


class SameOfficeError(CodedError):
    """Forwarded to where it is."""

    code: ClassVar[str] = "petition.same-office"
    sentence: ClassVar[object] = _(
        "Phản ánh đang ở chính cơ quan này. Xin chọn một cơ quan khác để chuyển."
    )


class TooManyPapersError(CodedError):
    """More papers than may come at once."""

    code: ClassVar[str] = "petition.too-many-papers"
    sentence: ClassVar[object] = _(
        "Mỗi lần gửi tối đa {allowed} giấy tờ. Xin bỏ bớt, hoặc gửi thêm ở phần bổ sung sau đó."
    )


class PaperTooLargeError(CodedError):
    """A PDF with more bytes than allowed; `limit_mb` in MiB."""

    code: ClassVar[str] = "petition.paper-too-large"
    sentence: ClassVar[object] = _(
        "Tệp PDF nặng quá {limit_mb} MB. Xin gửi ảnh chụp giấy tờ, hoặc tách thành tệp nhỏ hơn."
    )


class PaperNotReadableError(CodedError):
    """It begins as a PDF and is cut off, locked, or carries something that runs."""

    code: ClassVar[str] = "petition.paper-not-readable"
    sentence: ClassVar[object] = _(
        "Tệp PDF này chưa tải lên hết, có mật khẩu hoặc có mã chạy kèm nên không nhận được. Xin "
        "gửi ảnh chụp giấy tờ thay cho tệp."
    )


class PaperNotAPdfError(CodedError):
    """By its content it is none, whatever its name says, or nothing arrived."""

    code: ClassVar[str] = "petition.paper-not-a-pdf"
    sentence: ClassVar[object] = _(
        "Tệp này trống hoặc không phải là PDF. Xin chọn tệp PDF khác, hoặc gửi ảnh chụp giấy tờ."
    )


class PapersTooOftenError(TooManyError):
    """Papers were chosen and crossed out again and again."""

    code: ClassVar[str] = "petition.papers-too-often"
    sentence: ClassVar[object] = _(
        "Bạn đã chọn giấy tờ nhiều lần. Xin chờ {minutes} phút, hoặc gửi với giấy tờ đang có."
    )


class PapersLateError(CodedError):
    """The papers lay too long between form and sending and are gone, or are not this person's."""

    code: ClassVar[str] = "petition.papers-late"
    sentence: ClassVar[object] = _(
        "Giấy tờ đã chọn không còn, vì để quá lâu chưa gửi. Xin chọn lại giấy tờ rồi gửi."
    )


class UnknownCategoryError(CodedError):
    """No category has this code (any more)."""

    code: ClassVar[str] = "petition.unknown-category"
    sentence: ClassVar[object] = _("Xin chọn phản ánh về việc gì trong danh sách.")


class ClaimedByAnotherError(CodedError):
    """A colleague works on it; `name` is theirs."""

    code: ClassVar[str] = "petition.claimed-by-another"
    sentence: ClassVar[object] = _(
        "{name} đang xử lý phản ánh {petition}. Bấm «Nhận thay» rồi làm tiếp."
    )


class NotADoubleError(CodedError):
    """Merged into one of another sender, a closed one, or itself."""

    code: ClassVar[str] = "petition.not-a-double"
    sentence: ClassVar[object] = _(
        "Chỉ gộp được vào một phản ánh đang mở của chính người gửi, tại cơ quan này. Xin nhập lại "
        "mã, hoặc trả lời riêng từng phản ánh."
    )


class ReopenTooLateError(CodedError):
    """Closed too long ago, never answered, or merged into another one."""

    code: ClassVar[str] = "petition.reopen-too-late"
    sentence: ClassVar[object] = _(
        "Phản ánh này không mở lại được nữa. Xin gửi phản ánh mới và ghi mã {petition} trong nội "
        "dung."
    )
