"""Why a change to people was refused."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError


class IdNumberTakenError(CodedError):
    """An identity paper already leads to another BHXH number."""

    code: ClassVar[str] = "people.id-number-taken"
    sentence: ClassVar[object] = _(
        "Số CCCD/CMND/hộ chiếu này đã gắn với một mã số BHXH khác. "
        "Xin liên hệ cơ quan BHXH gần nhất để được gộp mã số."
    )


class UnknownChildError(CodedError):
    """The number of a child or ward belongs to nobody."""

    code: ClassVar[str] = "people.unknown-child"
    sentence: ClassVar[object] = _(
        "Không tìm thấy mã số BHXH của con. Xin xem lại 10 số cuối trên thẻ BHYT của con."
    )


class ShareExistsError(CodedError):
    """The record is shared with this person already, or has been offered."""

    code: ClassVar[str] = "share.exists"
    sentence: ClassVar[object] = _(
        "Bạn đang chia sẻ hồ sơ cho người này rồi. Muốn đổi phần được xem hoặc thời hạn, xin dừng "
        "lần chia sẻ đang có rồi tạo lại."
    )


class ShareOverError(CodedError):
    """The share is over, was answered before, or is another's."""

    code: ClassVar[str] = "share.over"
    sentence: ClassVar[object] = _(
        "Lần chia sẻ này không còn nữa. Xin xem lại danh sách; cần thì nhờ chủ hồ sơ chia sẻ lại."
    )
