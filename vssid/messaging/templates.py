"""What the messages say: with accents in an email, folded to ASCII and kept short in an SMS."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from vssid.kernel.text import to_gsm_ascii


@dataclass(frozen=True, slots=True)
class Template:
    """One message: `{names}` are filled from the data and the secret of the outbox row."""

    subject: object
    text: object


TEMPLATES: Mapping[str, Template] = {
    "code.registration": Template(
        _("Mã xác nhận tờ khai đăng ký"),
        _(
            "VssID: {code} là mã xác nhận tờ khai đăng ký tài khoản cho số BHXH {number}. Mã "
            "có hiệu lực {minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.password": Template(
        _("Mã xác nhận đổi mật khẩu"),
        _(
            "VssID: {code} là mã xác nhận đổi mật khẩu tài khoản {number}. Mã có hiệu lực "
            "{minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.device": Template(
        _("Mã xác nhận đăng nhập thiết bị mới"),
        _(
            "VssID: {code} là mã xác nhận đăng nhập tài khoản {number} trên thiết bị mới; "
            "thiết bị cũ sẽ bị đăng xuất. Mã có hiệu lực {minutes} phút. Không đưa mã này cho "
            "bất kỳ ai."
        ),
    ),
    "declaration.received": Template(
        _("Đã ghi nhận tờ khai"),
        _(
            "VssID: đã ghi nhận tờ khai {declaration} của số BHXH {number}. In, ký và mang "
            "bản chính CMND/CCCD đến {office}, chậm nhất ngày {until}."
        ),
    ),
    "declaration.replaced": Template(
        _("Tờ khai đã được thay"),
        _(
            "VssID: tờ khai {declaration} của số BHXH {number} đã được thay bằng tờ khai mới "
            "{successor}. Nếu không phải bạn, gọi {hotline}."
        ),
    ),
    "declaration.contested": Template(
        _("Có tờ khai khác cho số của bạn"),
        _(
            "VssID: có hai tờ khai đăng ký cho số BHXH {number} với hai số điện thoại khác "
            "nhau. Cả hai chờ cán bộ kiểm tra giấy tờ gốc. Gọi {hotline} nếu cần."
        ),
    ),
    "declaration.approved": Template(
        _("Tài khoản đã được kích hoạt"),
        _(
            "VssID: tờ khai {declaration} đã được duyệt. Tài khoản: {account} / Mật khẩu: "
            "{password} . Đổi mật khẩu khi đăng nhập lần đầu."
        ),
    ),
    "declaration.refused": Template(
        _("Tờ khai chưa được duyệt"),
        _(
            "VssID: tờ khai {declaration} chưa được duyệt. Lý do: {reason} Vui lòng khai lại "
            "hoặc liên hệ {office}, {phone}."
        ),
    ),
    "declaration.lapsed": Template(
        _("Tờ khai đã hết hạn"),
        _(
            "VssID: tờ khai {declaration} hết hạn vì chưa nộp bản ký trong {days} ngày. Bạn "
            "có thể khai lại bất cứ lúc nào."
        ),
    ),
    "account.password-changed": Template(
        _("Mật khẩu đã được đổi"),
        _(
            "VssID: mật khẩu tài khoản {number} vừa được đổi. Nếu không phải bạn, gọi ngay "
            "{hotline}."
        ),
    ),
    "account.device-changed": Template(
        _("Đăng nhập trên thiết bị mới"),
        _(
            "VssID: tài khoản {number} vừa đăng nhập trên thiết bị {device}; thiết bị cũ đã "
            "đăng xuất. Nếu không phải bạn, gọi ngay {hotline}."
        ),
    ),
}


def compose(template: str, data: Mapping[str, str], *, plain: bool) -> tuple[str, str]:
    """Subject and text of a message. `plain` folds everything to the ASCII of an SMS."""
    made = TEMPLATES[template]
    subject, text = str(made.subject), str(made.text).format(**data)
    return (to_gsm_ascii(subject), to_gsm_ascii(text)) if plain else (subject, text)
