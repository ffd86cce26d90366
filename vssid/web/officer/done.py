"""What the desk says after an act, on whichever page comes next."""

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.reference import queries as reference
from vssid.registration import rules

_SAID: dict[str, Promise | str] = {
    "duyet": _("Đã duyệt tờ khai {code}. Mật khẩu đã gửi cho người khai."),
    "duyet-con": _("Đã duyệt tờ khai {code}. Người giám hộ đã được báo."),
    "tu-choi": _("Đã từ chối tờ khai {code}. Lý do đã gửi cho người khai."),
    "trinh": _("Đã trình tờ khai {code}. Cán bộ khác của cơ quan sẽ xác nhận."),
    "tra-lai": _("Đã trả lại tờ khai {code} kèm ghi chú."),
    "giao": _("Đã giao tờ khai {code} kèm ghi chú."),
    "chuyen": _("Đã chuyển tờ khai {code} đến {office} kèm ghi chú."),
    "du-ho-so": _("Đã ghi nhận đủ hồ sơ tờ khai {code}. Hạn trả lời là 24 giờ kể từ bây giờ."),
    "trinh-so": _("Đã đề nghị mã số cho tờ khai {code}. Cán bộ khác cầm giấy tờ gốc xác nhận."),
    "sua-so": _("Đã sửa mã số của tờ khai {code}. Xin in lại để người khai ký."),
    "tra-so": _("Tờ khai {code} giữ mã số cũ, kèm ghi chú."),
    "het": _("Không còn hồ sơ đủ giấy tờ nào đang chờ bạn."),
    "khai": _("Đã ghi nhận tờ khai {code}. Xin in để người khai ký."),
}


def done(request: HttpRequest) -> str:
    """The sentence for what was done, by the address that led here."""
    said = _SAID.get(request.GET.get("xong", ""))
    code = rules.parse_code(request.GET.get("ma", "")[:40])
    office = reference.office(request.GET.get("noi", "")[:5])
    words = {
        "code": rules.display_code(code) if code else "",
        "office": office.name if office else "",
    }
    return str(said).format(**words) if said else ""
