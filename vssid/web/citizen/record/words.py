"""The words of the record screens, in the order of the guides."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]


def spoken(words: Words) -> dict[str, str]:
    """The words in the language of the moment, for a page that says them over and over."""
    return {key: str(word) for key, word in words.items()}


FUNDS: Final[Words] = {
    "bhxh": _("BHXH"),
    "bhtn": _("BHTN"),
    "bhtnld-bnn": _("BHTNLĐ-BNN"),
    "bhyt": _("BHYT"),
}
FUND_NAMES: Final[Words] = {
    "bhxh": _("Bảo hiểm xã hội"),
    "bhtn": _("Bảo hiểm thất nghiệp"),
    "bhtnld-bnn": _("Bảo hiểm tai nạn lao động, bệnh nghề nghiệp"),
    "bhyt": _("Bảo hiểm y tế"),
}
BENEFITS: Final[Words] = {
    "mot-lan": _("BHXH một lần"),
    "ngan-han": _("Ốm đau, thai sản, dưỡng sức phục hồi sức khỏe"),
    "tnld-bnn": _("Tai nạn lao động - bệnh nghề nghiệp"),
    "hang-thang": _("BHXH hàng tháng"),
    "bhtn": _("BHTN"),
}
NO_BENEFITS: Final[Words] = {
    "mot-lan": _("Chưa hưởng BHXH một lần"),
    "ngan-han": _("Chưa hưởng chế độ ốm đau, thai sản, dưỡng sức phục hồi sức khỏe"),
    "tnld-bnn": _("Chưa hưởng chế độ tai nạn lao động - bệnh nghề nghiệp"),
    "hang-thang": _("Chưa hưởng BHXH hàng tháng"),
    "bhtn": _("Chưa hưởng trợ cấp thất nghiệp"),
}
CONTRIBUTION_KINDS: Final[Words] = {
    "compulsory": _("Bắt buộc"),
    "voluntary": _("Tự nguyện"),
    "household": _("Hộ gia đình"),
    "supported": _("Được ngân sách đóng hoặc hỗ trợ"),
}
# Who pays where no employer does.
PAYERS: Final[Words] = {
    "household": _("Hộ gia đình tự đóng"),
    "supported": _("Ngân sách nhà nước đóng hoặc hỗ trợ"),
}
# What the contribution is reckoned on.
GROUNDS: Final[Words] = {
    "compulsory": _("Mức đóng (tiền lương đóng, mỗi tháng)"),
    "voluntary": _("Thu nhập chọn làm căn cứ đóng"),
    "household": _("Mức lương cơ sở làm căn cứ đóng"),
    "supported": _("Mức lương cơ sở làm căn cứ đóng"),
}
STATES: Final[Words] = {"paid": _("Đã đóng"), "late": _("Chậm đóng")}
SEXES: Final[Words] = {"M": _("Nam"), "F": _("Nữ")}
ID_KINDS: Final[Words] = {
    "": _("CMND/CCCD/hộ chiếu"),
    "cccd": _("Số CCCD"),
    "cmnd": _("Số CMND"),
    "passport": _("Số hộ chiếu"),
}
VISIT_KINDS: Final[Words] = {"outpatient": _("Ngoại trú"), "inpatient": _("Nội trú")}
ENTRY_KINDS: Final[Words] = {"adjustment": _("Điều chỉnh"), "payment": _("Chi trả")}

# The groups of QĐ 1351/QĐ-BHXH that the register writes; another one is shown by its code alone.
GROUPS: Final[Words] = {
    "DN": _("Người làm việc trong doanh nghiệp"),
    "HX": _("Người làm việc trong hợp tác xã"),
    "HC": _("Cán bộ, công chức, viên chức"),
    "HT": _("Hưu trí"),
    "TN": _("Người hưởng trợ cấp thất nghiệp"),
    "TE": _("Trẻ em dưới 6 tuổi"),
    "HS": _("Học sinh"),
    "SV": _("Sinh viên"),
    "CN": _("Hộ cận nghèo"),
    "HN": _("Hộ nghèo"),
    "BT": _("Bảo trợ xã hội"),
    "GD": _("Hộ gia đình"),
    "LH": _("Người hưởng trợ cấp hưu trí xã hội"),
}


def group(code: str) -> str:
    """A card's group as «HT – Hưu trí»."""
    return f"{code} – {GROUPS[code]}" if code in GROUPS else code


# QĐ 1351/QĐ-BHXH.
LIVING_AREAS: Final[Words] = {
    "": _("Không thuộc vùng ưu tiên"),
    "K1": _(
        "K1: người dân tộc thiểu số hoặc hộ nghèo, sống ở vùng có điều kiện kinh tế - xã hội "
        "khó khăn"
    ),
    "K2": _(
        "K2: người dân tộc thiểu số hoặc hộ nghèo, sống ở vùng có điều kiện kinh tế - xã hội "
        "đặc biệt khó khăn"
    ),
    "K3": _("K3: người sống ở xã đảo, huyện đảo"),
}
# What the digit of the benefit level pays (NĐ 146/2018 Đ.14, NĐ 188/2025).
LEVELS: Final[Mapping[int, str | Promise]] = {
    1: _("100 % chi phí khám, chữa bệnh, không giới hạn tỷ lệ"),
    2: _("100 % chi phí khám, chữa bệnh trong phạm vi được hưởng"),
    3: _("95 % chi phí khám, chữa bệnh trong phạm vi được hưởng"),
    4: _("80 % chi phí khám, chữa bệnh trong phạm vi được hưởng"),
    5: _("100 % chi phí khám, chữa bệnh, kể cả ngoài phạm vi được hưởng"),
}
CARD_STATES: Final[Words] = {
    "valid": _("Còn giá trị"),
    "not-yet": _("Chưa đến hạn sử dụng"),
    "expired": _("Hết giá trị"),
    "none": _("Chưa có thẻ"),
    "died": _("Không còn dùng"),
}
CARD_TONES: Final[Mapping[str, str]] = {
    "valid": "good",
    "not-yet": "info",
    "expired": "bad",
    "none": "none",
    "died": "none",
}
CARD_BACK: Final[tuple[str | Promise, ...]] = (
    _("Xuất trình thẻ trên ứng dụng kèm giấy tờ có ảnh khi khám, chữa bệnh."),
    _("Ứng dụng gặp trục trặc: đọc mã số BHXH cho nơi tiếp nhận."),
    _("Không cho người khác mượn thẻ. Thông tin sai: báo cơ quan BHXH gần nhất."),
)
