"""What can go wrong with a file or a photo, said with the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError


class FileMissingError(CodedError):
    """No such file, or its content is not in the store."""

    code: ClassVar[str] = "file.missing"
    sentence: ClassVar[object] = _("Không tìm thấy tệp này. Xin quay lại trang trước và mở lại.")


class FileErasedError(CodedError):
    """The file was erased; what it held is gone for good."""

    code: ClassVar[str] = "file.erased"
    sentence: ClassVar[object] = _(
        "Tệp này đã được xóa theo thời hạn lưu giữ. Nếu vẫn cần, xin gửi lại tệp."
    )


class FileDamagedError(CodedError):
    """The content, its key or its master key does not fit: nothing of it is given out."""

    code: ClassVar[str] = "file.damaged"
    sentence: ClassVar[object] = _(
        "Tệp này bị hỏng nên không mở được. Xin gửi lại tệp hoặc báo cho cơ quan BHXH."
    )


class PhotoRefusedError(CodedError):
    """A photo that cannot be taken in; the subclasses say why."""

    code: ClassVar[str] = "photo.refused"
    sentence: ClassVar[object] = _("Ảnh này không dùng được. Xin chọn hoặc chụp ảnh khác.")


class PhotoEmptyError(PhotoRefusedError):
    """Nothing arrived."""

    code: ClassVar[str] = "photo.empty"
    sentence: ClassVar[object] = _("Chưa có ảnh nào được gửi lên. Xin chụp hoặc chọn lại ảnh.")


class PhotoTooLargeError(PhotoRefusedError):
    """More bytes than allowed; `limit_mb` in MiB."""

    code: ClassVar[str] = "photo.too-large"
    sentence: ClassVar[object] = _(
        "Ảnh nặng quá {limit_mb} MB. Xin chụp lại bằng máy ảnh của điện thoại "
        "hoặc chọn ảnh nhẹ hơn."
    )


class PhotoNotAPhotoError(PhotoRefusedError):
    """By its content it is none of the formats taken, whatever its name says."""

    code: ClassVar[str] = "photo.not-a-photo"
    sentence: ClassVar[object] = _(
        "Tệp này không phải là ảnh JPEG, PNG, WebP hoặc HEIC. "
        "Xin chọn tệp ảnh khác hoặc chụp ảnh mới."
    )


class PhotoTooManyPixelsError(PhotoRefusedError):
    """Larger in width and height than is decoded; `limit_mp` in million pixels."""

    code: ClassVar[str] = "photo.too-many-pixels"
    sentence: ClassVar[object] = _(
        "Ảnh lớn quá {limit_mp} triệu điểm ảnh. "
        "Xin chọn độ phân giải thấp hơn trong máy ảnh rồi chụp lại."
    )


class PhotoTooSmallError(PhotoRefusedError):
    """Too few pixels to know a face or to read a card; `least` is the shorter side."""

    code: ClassVar[str] = "photo.too-small"
    sentence: ClassVar[object] = _(
        "Ảnh quá nhỏ hoặc quá hẹp nên không xem rõ. "
        "Xin chụp lại gần hơn, mỗi cạnh ít nhất {least} điểm ảnh."
    )


class PhotoDamagedError(PhotoRefusedError):
    """It begins as a photo and cannot be read to its end."""

    code: ClassVar[str] = "photo.damaged"
    sentence: ClassVar[object] = _(
        "Ảnh bị hỏng hoặc chưa tải lên hết. Xin gửi lại, hoặc chụp ảnh mới nếu vẫn không được."
    )


class UploadMissingError(CodedError):
    """No such upload of this owner, or its time is over: the file is sent from its beginning."""

    code: ClassVar[str] = "upload.missing"
    sentence: ClassVar[object] = _("Lần gửi ảnh này đã hết hạn. Xin gửi lại ảnh từ đầu.")


class UploadsCrowdedError(CodedError):
    """As many bytes as one network may have unfinished here lie here already."""

    code: ClassVar[str] = "upload.crowded"
    sentence: ClassVar[object] = _(
        "Mạng này đang gửi rất nhiều ảnh cùng lúc. Ảnh của bạn vẫn còn đây: "
        "bấm «Tiếp» để gửi cùng tờ khai."
    )


class UploadOffsetError(CodedError):
    """A part that does not follow what is there; `received` bytes are."""

    code: ClassVar[str] = "upload.offset"
    sentence: ClassVar[object] = _("Ảnh gửi chưa liền mạch. Xin chờ, máy sẽ gửi tiếp phần còn lại.")
