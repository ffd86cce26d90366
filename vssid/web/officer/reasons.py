"""Why a declaration is refused: a code, the sentence that the person is told, what they do next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to choose. `code` is stable, `sentence` says what is wrong, `to_do` what to do."""

    code: str
    sentence: Promise | str
    to_do: Promise | str


REASONS = (
    Reason(
        "name",
        _("Họ tên không khớp với giấy tờ."),
        _("Xin khai lại đúng như trên CMND/CCCD."),
    ),
    Reason(
        "id-number",
        _("Số CMND/CCCD/hộ chiếu không khớp với bản chính."),
        _("Xin xem lại số trên bản chính rồi khai lại."),
    ),
    Reason(
        "insurance-number",
        _("Mã số BHXH không phải của người khai."),
        _("Xin xem 10 số cuối trên thẻ BHYT rồi khai lại."),
    ),
    Reason(
        "paper-photo",
        _("Ảnh giấy tờ mờ, không đọc được."),
        _("Xin chụp lại ở nơi đủ sáng."),
    ),
    Reason(
        "portrait",
        _("Ảnh chân dung không đúng người hoặc không rõ mặt."),
        _("Xin chụp lại ảnh 4x6 rõ mặt."),
    ),
    Reason(
        "phone",
        _("Số điện thoại không phải của người khai."),
        _("Xin khai số chính chủ đang dùng."),
    ),
)


def sentence_of(code: str) -> str:
    """What the person reads of a reason."""
    found = next(one for one in REASONS if one.code == code)
    return f"{found.sentence} {found.to_do}"
