"""What makes a page found: which pages search engines may list, and what those say of themselves.

A page is listed when it says what it is about: here by its route, or by itself (`Page.description`
of an article). Everything else is marked «noindex», and so is a page that answers a question in its
address: results are not for lists.
"""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.web.ui.origin import public_address
from vssid.web.ui.page import Page

LANGUAGE: Final = "ngon-ngu"
"""The parameter that asks for a page in English; search engines send no cookies."""

OPEN: Final[dict[str, Promise | str]] = {
    "citizen:home": _(
        "VssID: thẻ BHYT, quá trình đóng BHXH, quyền lợi và sổ khám chữa bệnh của bạn trên điện "
        "thoại; tra cứu, tin tức và trợ giúp cho mọi người."
    ),
    "citizen:news": _(
        "Tin tức bảo hiểm xã hội, bảo hiểm y tế: thông báo, chính sách mới, hướng dẫn, cảnh báo "
        "lừa đảo."
    ),
    "citizen:register": _(
        "Đăng ký tài khoản giao dịch điện tử VssID: cần những gì, khai Mẫu số 01 trong 10 phút, "
        "nộp ở đâu."
    ),
    "citizen:services": _("Dịch vụ công bảo hiểm xã hội làm được trên VssID, và hỏi ai việc khác."),
    "citizen:lookup": _(
        "Tra cứu trực tuyến: mã số BHXH, cơ quan BHXH, nơi khám, chữa bệnh BHYT, nơi cấp giấy nghỉ "
        "việc hưởng BHXH, đơn vị tham gia, điểm thu."
    ),
    "citizen:number-search": _("Tìm mã số BHXH của mình bằng thông tin cá nhân hoặc hộ gia đình."),
    "citizen:lookup-co-quan-bhxh": _("Tìm cơ quan BHXH: địa chỉ, điện thoại, giờ làm việc."),
    "citizen:lookup-cskcb-giay-nghi": _(
        "Cơ sở khám chữa bệnh được cấp giấy chứng nhận nghỉ việc hưởng BHXH."
    ),
    "citizen:lookup-cskcb-bhyt": _("Cơ sở khám chữa bệnh có hợp đồng bảo hiểm y tế."),
    "citizen:lookup-co-quan-bhxh-map": _(
        "Bản đồ các cơ quan BHXH trong cả nước, theo tỉnh và gần hơn, kèm danh sách và chỉ đường."
    ),
    "citizen:lookup-cskcb-giay-nghi-map": _(
        "Bản đồ các cơ sở khám chữa bệnh được cấp giấy nghỉ việc hưởng BHXH, kèm danh sách và chỉ "
        "đường."
    ),
    "citizen:lookup-cskcb-bhyt-map": _(
        "Bản đồ các cơ sở khám chữa bệnh có hợp đồng bảo hiểm y tế, kèm danh sách và chỉ đường."
    ),
    "citizen:lookup-don-vi": _("Tra cứu đơn vị tham gia bảo hiểm xã hội."),
    "citizen:lookup-diem-thu": _("Điểm thu BHXH, BHYT gần bạn."),
    "citizen:help": _("Trợ giúp VssID: tổng đài, email, câu hỏi hay gặp, cách gửi phản ánh."),
    "citizen:questions": _("Câu hỏi thường gặp về BHXH, BHYT, có nguồn và việc cần làm tiếp."),
    "citizen:assistant": _("Hỏi Trợ lý VssID về BHXH, BHYT bằng lời của bạn, trả lời ngay."),
    "citizen:petition-write": _("Gửi phản ánh, kiến nghị đến cơ quan BHXH và theo dõi trả lời."),
    "citizen:paper-check": _("Kiểm tra giấy xác nhận quá trình đóng BHXH bằng mã hoặc file PDF."),
    "citizen:install": _("Cài VssID lên điện thoại: Android, iPhone, bằng mã QR hoặc đường dẫn."),
}
"""The routes that are listed, with what stands below their title there. Not all need exist."""

PRIVATE: Final = (
    *("/api/", "/can-bo/", "/chia-se/", "/con/", "/dang-ky/", "/dang-ky-cho-con/", "/dang-nhap/"),
    *("/demo/", "/doi-mat-khau/", "/giay-xac-nhan/", "/healthz/", "/khong-phai-toi/"),
    *("/kiem-tra-the/", "/ma-kiem-tra/", "/ma-otp/", "/metrics", "/phien/", "/qua-trinh-tham-gia/"),
    *("/quan-ly-ca-nhan/", "/quan-tri/", "/quen-mat-khau/"),
    *("/so-kham-chua-benh/", "/tai-khoan/", "/the-bhyt/"),
    *("/thoat/", "/thong-tin-huong/", "/uoc-tinh/", "/xac-nhan-lai/", "/xem-ho/"),
    *("/ho-tro/phan-anh/", "/kiem-tra-giay/tep/"),
)
"""Where search engines need not even ask."""

ALLOWED: Final = ("/dang-ky/$", "/ho-tro/phan-anh/viet/$")
"""Pages below those that may be listed all the same."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a listed page tells search engines and those who share it; addresses are whole.

    `canonical` is the page in its language, `vietnamese` and `english` its two versions.
    """

    description: str
    canonical: str
    vietnamese: str
    english: str
    picture: str


def found(request: HttpRequest, page: Page, *, language: str, icon: str) -> Found | None:
    """What to tell of this page; None: it is not listed. `icon` is the path of our picture."""
    description = page.description or _by_route(request)
    if not description:
        return None
    path, query = request.path, page.listed_query
    vietnamese = public_address(request, path + (f"?{query}" if query else ""))
    english = public_address(request, f"{path}?{f'{query}&' if query else ''}{LANGUAGE}=en")
    return Found(
        description=str(description),
        canonical=english if language == "en" else vietnamese,
        vietnamese=vietnamese,
        english=english,
        picture=public_address(request, page.picture or icon),
    )


def _by_route(request: HttpRequest) -> str | Promise:
    asked = set(request.GET) - {LANGUAGE}
    match = getattr(request, "resolver_match", None)
    if match is None or asked or request.method == "POST":
        return ""
    return OPEN.get(match.view_name, "")
