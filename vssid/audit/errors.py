"""Refusals around holds. Each sentence names the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError


class HoldTermError(CodedError):
    """The term is over before it begins, or longer than one decision may say."""

    code: ClassVar[str] = "hold.term"
    sentence: ClassVar[object] = _(
        "Thời hạn phải ở sau lúc ghi và không quá {days} ngày. Xin chọn ngày khác; cần lâu hơn "
        "thì ghi thêm một quyết định gia hạn."
    )


class HoldScopeError(CodedError):
    """Neither an office nor somebody whose looks are withheld."""

    code: ClassVar[str] = "hold.scope"
    sentence: ClassVar[object] = _(
        "Chưa nói lượt xem của ai được giữ kín. Xin ghi mã cơ quan, tên đăng nhập của người xem, "
        "hoặc cả hai."
    )


class HoldDecisionError(CodedError):
    """No number of a decision."""

    code: ClassVar[str] = "hold.decision"
    sentence: ClassVar[object] = _(
        "Chưa có số quyết định. Xin ghi số của văn bản cho phép giữ kín lượt xem."
    )
