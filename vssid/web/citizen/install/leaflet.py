"""The leaflet of an office: what it takes, where it is, three codes to scan (guides R17)."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.documents.lettering import printable
from vssid.documents.qr import qr_svg
from vssid.documents.typesetting import typeset
from vssid.reference.choices import OfficeView

_SOURCE = Path(__file__).with_suffix(".typ")
_LOOK_UP_NUMBER = "/tra-cuu/ma-so-bhxh/"


@lru_cache(maxsize=64)
def leaflet_pdf(
    *, office: OfficeView, hours: tuple[str, ...], origin: str, language: str, made: date
) -> bytes:
    """One A4 page as PDF/A-2a in the language that is active, which `language` names.

    `hours` are lines of the week's hours, `origin` is the address that the codes begin with, `made`
    the day it is made on. Kept for the offices asked for last: a page takes a twentieth of a
    second. Raises `TypesettingError`.
    """
    codes = _codes(origin)
    pictures = {name: qr_svg(address).encode() for name, (address, *_words) in codes.items()}
    return typeset(
        source=_SOURCE,
        data={
            "language": language[:2],
            "made": [made.year, made.month, made.day],
            "title": _("Bảo hiểm xã hội trên điện thoại"),
            "lead": _(
                "Xem thẻ BHYT, quá trình đóng, chế độ đã hưởng và sổ khám chữa bệnh; của mình và "
                "của con."
            ),
            "codes": [
                {"name": name, "address": address, "title": title, "text": text}
                for name, (address, title, text) in codes.items()
            ],
            "steps_title": _("Đăng ký tài khoản"),
            "steps": _steps(),
            "office_title": _("Nộp tờ khai và được giúp tại"),
            "office": [printable(line) for line in _office_lines(office)],
            "hours": printable(_hours_line(hours)),
            "warning": _(
                "Không đưa mật khẩu và mã OTP cho ai, kể cả người tự xưng là cán bộ BHXH. Đăng ký "
                "không mất tiền."
            ),
        },
        pictures=pictures,
        output="pdf",
    )


def _codes(origin: str) -> dict[str, tuple[str, str, str]]:
    """Address, title and words of each code, in the order of the page."""
    return {
        "install": (
            f"{origin}{reverse('citizen:install')}",
            _("Cài VssID"),
            _("Mở máy ảnh, đưa vào mã này rồi bấm vào liên kết hiện ra."),
        ),
        "guardian": (
            f"{origin}{reverse('citizen:child')}",
            _("Đăng ký cho con"),
            _("Cha mẹ đăng nhập tài khoản của mình rồi đăng ký cho con."),
        ),
        "lookup": (
            f"{origin}{_LOOK_UP_NUMBER}",
            _("Tìm mã số BHXH"),
            _("Chưa biết mã số thì tra tại đây, không cần tài khoản."),
        ),
    }


def _steps() -> list[str]:
    return [
        _("Chuẩn bị mã số BHXH (10 số cuối trên thẻ BHYT), CCCD và điện thoại của chính mình."),
        _("Bấm «Đăng ký ngay», khai tờ khai và chụp ảnh; khoảng 10 phút."),
        _(
            "Ký tờ khai, mang bản chính CCCD đến cơ quan BHXH trong 10 ngày. Không có máy in thì "
            "ký tại đó."
        ),
        _("Nhận mật khẩu qua tin nhắn trong 24 giờ, đăng nhập và đổi mật khẩu."),
    ]


def _hours_line(hours: tuple[str, ...]) -> str:
    return _("Giờ làm việc: %(hours)s") % {"hours": "; ".join(hours)} if hours else ""


def _office_lines(office: OfficeView) -> list[str]:
    phone = office.phone if not office.phone_is_hotline else ""
    return [
        office.name,
        _("Trước đây: %(name)s") % {"name": office.former_name} if office.former_name else "",
        office.address,
        _("Điện thoại: %(phone)s") % {"phone": phone} if phone else "",
        _("Tổng đài: %(phone)s") % {"phone": settings.VSSID_HOTLINE},
    ]
