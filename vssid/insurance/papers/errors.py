"""Refusals around papers. Each sentence names the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError, TooManyError


class NothingToStateError(CodedError):
    """No fund has a month on record."""

    code: ClassVar[str] = "statement.nothing-to-state"
    sentence: ClassVar[object] = _(
        "Chưa có quá trình đóng nào để xác nhận. Nếu bạn đã đóng, hãy hỏi đơn vị của bạn hoặc gọi "
        "{hotline}."
    )


class TooManyStatementsError(TooManyError):
    """A handful a day is enough for everybody. `hours` rounds the wait up."""

    code: ClassVar[str] = "statement.too-many"
    sentence: ClassVar[object] = _(
        "Hôm nay bạn đã lấy nhiều giấy xác nhận. Các giấy đã lấy vẫn dùng được và tải lại được bên "
        "dưới; muốn lập giấy mới, xin thử lại sau {hours} giờ."
    )


class StatementGoneError(CodedError):
    """Revoked, or its file was erased when its time was over."""

    code: ClassVar[str] = "statement.gone"
    sentence: ClassVar[object] = _(
        "File của giấy này không còn nữa. Xin lấy giấy mới ở «Quá trình tham gia»."
    )


class StatementUnknownError(CodedError):
    """No statement has this code."""

    code: ClassVar[str] = "statement.unknown"
    sentence: ClassVar[object] = _(
        "Không có giấy nào mang mã này. Xin so lại từng nhóm 4 ký tự với giấy; nếu đúng mà vẫn "
        "không thấy, giấy không do hệ thống này lập."
    )


class StatementCodeError(CodedError):
    """What was typed cannot be a code: a sign is missing or wrong."""

    code: ClassVar[str] = "statement.code-wrong"
    sentence: ClassVar[object] = _(
        "Mã này gõ chưa đúng. Mã có 4 nhóm, mỗi nhóm 4 chữ hoặc số; xin so lại từng nhóm với giấy."
    )


class TooManyChecksError(TooManyError):
    """Many papers were checked from one network."""

    code: ClassVar[str] = "statement.too-many-checks"
    sentence: ClassVar[object] = _(
        "Mạng này vừa kiểm tra quá nhiều giấy. Xin thử lại sau {minutes} phút, hoặc dùng mạng di "
        "động."
    )
