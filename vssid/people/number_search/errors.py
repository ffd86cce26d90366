"""Why a look-up is not answered, or not yet."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError, TooManyError


class CodeNeededError(CodedError):
    """So much was looked up or found without a code that a code to a phone has to come first."""

    code: ClassVar[str] = "number-search.code-needed"
    sentence: ClassVar[object] = _(
        "Cần thêm một bước: nhập số di động của bạn để nhận mã OTP. Hôm nay đã có nhiều lượt tìm "
        "không kèm mã OTP; bước này giữ cho mã số của mọi người không bị dò hàng loạt."
    )


class SearchesSpentError(TooManyError):
    """Everything that a phone may look up or find in a day was."""

    code: ClassVar[str] = "number-search.spent"
    sentence: ClassVar[object] = _(
        "Số điện thoại này đã dùng hết số lượt tìm trong ngày. Xin thử lại sau {minutes} phút, "
        "hoặc gọi cơ quan BHXH."
    )
