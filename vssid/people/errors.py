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
