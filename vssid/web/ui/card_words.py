"""The answers of a card check in words: for the screen of a facility and for the machine API."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.insurance.checking import Code, Verdict
from vssid.insurance.tables.cards import LEVEL_PERCENT
from vssid.kernel.clock import format_date


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: `tone` good, warn or bad; `headline` is read from two metres away."""

    tone: str
    headline: Promise
    next_step: Promise


SAID: Final[dict[Code, Said]] = {
    Code.RIGHT: Said(
        "good", gettext_lazy("ĐÚNG"), gettext_lazy("Xin đối chiếu người với giấy tờ có ảnh.")
    ),
    Code.EXPIRED: Said(
        "bad",
        gettext_lazy("HẾT HẠN"),
        gettext_lazy("Người bệnh chưa có thẻ mới. Xin hỏi đơn vị hoặc cơ quan BHXH nơi tham gia."),
    ),
    Code.NOT_YET: Said(
        "warn",
        gettext_lazy("CHƯA ĐẾN HẠN"),
        gettext_lazy("Thẻ chưa có giá trị hôm nay. Xin xem ngày bắt đầu bên dưới."),
    ),
    Code.ENDED_IN_HOSPITAL: Said(
        "warn",
        gettext_lazy("HẾT HẠN KHI ĐANG NẰM VIỆN"),
        gettext_lazy("Vẫn được hưởng trong đợt điều trị này, không quá 15 ngày sau ngày hết hạn."),
    ),
    Code.BEGAN_IN_HOSPITAL: Said(
        "good",
        gettext_lazy("CÓ GIÁ TRỊ KHI ĐANG NẰM VIỆN"),
        gettext_lazy("Chỉ tính BHYT từ ngày thẻ bắt đầu có giá trị."),
    ),
    Code.UNKNOWN: Said(
        "bad",
        gettext_lazy("KHÔNG CÓ TRONG CSDL"),
        gettext_lazy("Không có thẻ BHYT mang số này. Xin xem lại từng số trên thẻ hoặc CCCD."),
    ),
    Code.WRONG_NAME: Said(
        "bad",
        gettext_lazy("SAI HỌ TÊN"),
        gettext_lazy("Họ tên không khớp với mã số. Xin nhập lại theo giấy tờ của người bệnh."),
    ),
    Code.WRONG_BIRTH: Said(
        "bad",
        gettext_lazy("SAI NGÀY SINH"),
        gettext_lazy("Ngày sinh không khớp. Xin nhập lại theo giấy tờ của người bệnh."),
    ),
    Code.WRONG_SEX: Said(
        "bad",
        gettext_lazy("SAI GIỚI TÍNH"),
        gettext_lazy("Giới tính không khớp. Xin nhập lại theo giấy tờ của người bệnh."),
    ),
    Code.WRONG_CARD: Said(
        "bad",
        gettext_lazy("THẺ KHÔNG CHÍNH XÁC"),
        gettext_lazy("Không phải thẻ của người này. Xin nhập 10 số của mã số BHXH."),
    ),
    Code.BAD_DATA: Said(
        "bad",
        gettext_lazy("LỖI DỮ LIỆU"),
        gettext_lazy("Có chỗ không đọc được. Xin xem lại các số và ngày, rồi kiểm tra lần nữa."),
    ),
    Code.MISSING_DATA: Said(
        "warn",
        gettext_lazy("THIẾU DỮ LIỆU"),
        gettext_lazy("Cần mã số, họ tên, ngày sinh và giới tính. Xin bổ sung phần còn thiếu."),
    ),
}


_STOPPED: Final = Said(
    "bad",
    gettext_lazy("THẺ KHÔNG CÒN DÙNG"),
    gettext_lazy(
        "Thẻ đã ngừng giá trị. Xin đối chiếu người với giấy tờ có ảnh; nếu đúng người có tên trên "
        "thẻ, xin gọi cơ quan BHXH để được hướng dẫn."
    ),
)


def said_of(verdict: Verdict) -> Said:
    """The words of an answer."""
    return _STOPPED if verdict.has_stopped else SAID[verdict.code]


def validity(verdict: Verdict) -> str:
    """Until when the card pays, or since when not: the line below the headline."""
    card = verdict.card
    if card is None:
        return ""
    if verdict.code is Code.EXPIRED and card.valid_to is not None:
        return _("Hết giá trị sau ngày %(day)s") % {"day": format_date(card.valid_to)}
    if verdict.code is Code.NOT_YET:
        return _("Có giá trị từ ngày %(day)s") % {"day": format_date(card.valid_from)}
    if verdict.pays_until is None:
        return _("Còn giá trị, chưa ghi ngày hết hạn")
    if verdict.code is Code.ENDED_IN_HOSPITAL:
        return _("Được hưởng đến hết ngày %(day)s") % {"day": format_date(verdict.pays_until)}
    return _("Còn giá trị đến %(day)s") % {"day": format_date(verdict.pays_until)}


def sentence(verdict: Verdict) -> str:
    """The whole answer in one line: what it is, until when, what to do."""
    said = said_of(verdict)
    parts = [str(said.headline), validity(verdict)]
    return f"{' – '.join(filter(None, parts))}. {said.next_step}"


def level(digit: int, printed: int) -> str:
    """A benefit level and what it pays; the printed one where it is another."""
    said = _("%(level)s – BHYT trả %(percent)s %%") % {
        "level": digit,
        "percent": LEVEL_PERCENT[digit],
    }
    if digit == printed:
        return said
    return _("%(level)s (thẻ in mức %(printed)s)") % {"level": said, "printed": printed}
