"""What the page that checks papers says of each result: kind of the notice, title, next step."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.documents.examining import Verdict
from vssid.insurance.papers.contents import FUNDS
from vssid.insurance.papers.rules import CheckState
from vssid.insurance.rules import Totals
from vssid.web.citizen.record.words import FUND_NAMES

Said = tuple[str, Promise | str, Promise | str]


def totals(months: Mapping[str, list[int]]) -> list[tuple[str, Totals]]:
    """The months of a statement for its rows: name of the fund, and what they are made of."""
    return [(str(FUND_NAMES[fund]), Totals(*months[fund])) for fund in FUNDS]


STATES: Final[Mapping[CheckState, Said]] = {
    CheckState.VALID: (
        "good",
        _("Giấy đúng, còn giá trị kiểm tra"),
        _("Giấy do hệ thống này lập. Xin so các mục dưới đây với giấy bạn đang cầm."),
    ),
    CheckState.RECORD_CHANGED: (
        "warn",
        _("Giấy đúng, nhưng hồ sơ đã thay đổi sau ngày lập"),
        _(
            "Giấy do hệ thống này lập và đúng vào lúc lập. Hôm nay hồ sơ đã khác: cần số liệu mới "
            "thì đề nghị chủ giấy lấy giấy khác."
        ),
    ),
    CheckState.FILE_CHANGED: (
        "bad",
        _("File này không phải file đã lập"),
        _("Mã là của một giấy có thật, nhưng file khác với file đã lập. Đừng tin file này."),
    ),
    CheckState.REVOKED: (
        "bad",
        _("Giấy này đã được thu hồi"),
        _("Chủ giấy đã thu hồi giấy này. Đừng dùng giấy; hãy đề nghị chủ giấy lấy giấy khác."),
    ),
    CheckState.EXPIRED: (
        "warn",
        _("Giấy này đã quá hạn kiểm tra"),
        _("Giấy do hệ thống này lập, nhưng đã quá hạn. Hãy đề nghị chủ giấy lấy giấy mới."),
    ),
}

VERDICTS: Final[Mapping[Verdict, Said]] = {
    Verdict.WHOLE: (
        "bad",
        _("File này không phải giấy xác nhận"),
        _("File có chữ ký của hệ thống này nhưng không phải giấy xác nhận quá trình đóng."),
    ),
    Verdict.CHANGED: (
        "bad",
        _("File này đã bị sửa sau khi ký"),
        _(
            "Nội dung không còn đúng như lúc hệ thống lập giấy. Đừng tin file này; hãy đề nghị chủ "
            "giấy gửi lại file gốc, hoặc kiểm tra bằng mã trên giấy."
        ),
    ),
    Verdict.FOREIGN: (
        "bad",
        _("File này do người khác ký"),
        _("Chữ ký trong file không phải của hệ thống này, nên đây không phải giấy hệ thống lập."),
    ),
    Verdict.UNSIGNED: (
        "bad",
        _("File này không có chữ ký số"),
        _(
            "Giấy do hệ thống lập luôn có chữ ký số. File được in lại, chụp hoặc quét thì mất chữ "
            "ký: hãy kiểm tra bằng mã trên giấy."
        ),
    ),
}

REFUSED_FILES: Final[Mapping[Verdict, Promise | str]] = {
    Verdict.NOT_PDF: _(
        "Đây không phải file PDF. Ảnh chụp hoặc bản quét thì kiểm tra bằng mã trên giấy."
    ),
    Verdict.UNREADABLE: _(
        "Không đọc được file PDF này. Xin tải lại file từ nơi gửi rồi thử lại, hoặc kiểm tra bằng "
        "mã trên giấy."
    ),
    Verdict.TOO_LARGE: _(
        "File lớn hơn %(limit)s MB nên không phải giấy xác nhận. Xin chọn đúng file, hoặc kiểm tra "
        "bằng mã trên giấy."
    ),
}
