"""Refusals around files of directories. Each sentence names the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError


class FileEmptyError(CodedError):
    """No file, or one of 0 bytes."""

    code: ClassVar[str] = "directory-file.empty"
    sentence: ClassVar[object] = _("Tệp trống. Xin chọn tệp CSV có dòng tiêu đề và các dòng.")


class FileTooLargeError(CodedError):
    """More bytes than a file may have."""

    code: ClassVar[str] = "directory-file.too-large"
    sentence: ClassVar[object] = _(
        "Tệp lớn hơn {limit_mb} MB. Xin chia thành nhiều tệp, mỗi tệp có dòng tiêu đề."
    )


class FileIsWorkbookError(CodedError):
    """A workbook (.xlsx, .ods) or another archive."""

    code: ClassVar[str] = "directory-file.workbook"
    sentence: ClassVar[object] = _(
        "Đây là tệp Excel hoặc tệp nén, không phải CSV. Xin mở tệp, chọn «Lưu thành», "
        "kiểu «CSV UTF-8», rồi nạp lại."
    )


class FileUtf16Error(CodedError):
    """Text in UTF-16."""

    code: ClassVar[str] = "directory-file.utf-16"
    sentence: ClassVar[object] = _(
        "Tệp lưu theo bảng mã UTF-16 («Unicode Text»). Xin lưu lại theo kiểu «CSV UTF-8» "
        "rồi nạp lại."
    )


class FileNotUtf8Error(CodedError):
    """Text in another code page, or no text at all."""

    code: ClassVar[str] = "directory-file.not-utf-8"
    sentence: ClassVar[object] = _(
        "Tệp không theo bảng mã UTF-8: dòng {line} có chữ không đọc được, có thể là windows-1258 "
        "hoặc TCVN3. Xin lưu lại theo kiểu «CSV UTF-8» rồi nạp lại."
    )


class FileGoneError(CodedError):
    """A checked file that was applied, or whose day is over."""

    code: ClassVar[str] = "directory-file.gone"
    sentence: ClassVar[object] = _("Tệp này đã áp dụng hoặc đã quá 24 giờ. Xin nạp lại tệp.")


class DirectoryChangedError(CodedError):
    """The directory, or what counts with it, is not what it was when the file was checked."""

    code: ClassVar[str] = "directory.changed-meanwhile"
    sentence: ClassVar[object] = _(
        "Danh bạ đã đổi từ lúc kiểm tra tệp nên chưa áp dụng gì. Xin xem lại những gì sẽ đổi, "
        "rồi áp dụng."
    )


class RowsRefusedError(CodedError):
    """The database takes a row that reading found right for wrong: a fault of ours."""

    code: ClassVar[str] = "directory-file.rows-refused"
    sentence: ClassVar[object] = _(
        "Cơ sở dữ liệu không nhận các dòng của tệp, chưa có gì thay đổi. Xin giữ tệp lại và báo "
        "cho bộ phận kỹ thuật."
    )


class FileHasFaultsError(CodedError):
    """A file with faults is not applied, not even its good lines."""

    code: ClassVar[str] = "directory-file.faults"
    sentence: ClassVar[object] = _(
        "Tệp có lỗi nên không áp dụng được. Xin sửa các dòng nêu dưới đây rồi nạp lại tệp."
    )
