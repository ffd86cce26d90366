"""What is said about an account and what was changed in it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from vssid.messaging.template import Template

ACCOUNT_TEMPLATES: Mapping[str, Template] = {
    "account.password-reset": Template(
        _("Mật khẩu đã được đặt lại"),
        _(
            "VssID: mật khẩu tài khoản {number} vừa được đặt lại bằng «Quên mật khẩu». Nếu không "
            "phải bạn, gọi ngay {hotline}."
        ),
    ),
    "account.password-by-desk": Template(
        _("Mật khẩu được cấp lại"),
        _(
            "VssID: {office} đã cấp lại mật khẩu. Tài khoản: {account} / Mật khẩu: {password} . "
            "Đổi mật khẩu khi đăng nhập. Nếu không phải bạn, gọi {hotline}."
        ),
    ),
    "account.password-by-desk-told": Template(
        _("Mật khẩu được cấp lại"),
        _(
            "VssID: {office} đã cấp lại mật khẩu cho tài khoản {number}; mật khẩu gửi đến số điện "
            "thoại đã đăng ký. Nếu không phải bạn, gọi ngay {hotline}."
        ),
    ),
    "account.password-due": Template(
        _("Mật khẩu sắp đến hạn đổi"),
        _(
            "VssID: mật khẩu tài khoản {number} cần được đổi trước ngày {until}. Mở VssID, chọn "
            "«Đổi mật khẩu». VssID không bao giờ hỏi mật khẩu qua điện thoại."
        ),
    ),
    "account.smart-otp-set": Template(
        _("Đã cài SmartOTP"),
        _(
            "VssID: SmartOTP của tài khoản {number} vừa được cài trên một máy. Nếu không phải "
            "bạn, mở {link} để khóa, hoặc gọi {hotline}."
        ),
    ),
    "account.smart-otp-removed": Template(
        _("Đã gỡ SmartOTP"),
        _(
            "VssID: SmartOTP của tài khoản {number} vừa được gỡ. Mã xác nhận lại gửi qua tin "
            "nhắn. Nếu không phải bạn, gọi ngay {hotline}."
        ),
    ),
    "account.password-changed": Template(
        _("Mật khẩu đã được đổi"),
        _(
            "VssID: mật khẩu tài khoản {number} vừa được đổi. Nếu không phải bạn, gọi ngay "
            "{hotline}."
        ),
    ),
    "account.email-changed": Template(
        _("Email của tài khoản đã đổi"),
        _(
            "VssID: email của tài khoản {number} vừa được đổi sang {email}. Nếu không phải "
            "bạn, mở {link} để khóa, hoặc gọi {hotline}."
        ),
    ),
    "account.email-removed": Template(
        _("Email của tài khoản đã được bỏ"),
        _(
            "VssID: email của tài khoản {number} vừa được bỏ. Nếu không phải bạn, mở {link} để "
            "khóa, hoặc gọi {hotline}."
        ),
    ),
    "account.phone-changed": Template(
        _("Số điện thoại của tài khoản đã đổi"),
        _(
            "VssID: số điện thoại của tài khoản {number} vừa được đổi sang {phone}. Các thay đổi "
            "khác phải chờ {hours} giờ. Nếu không phải bạn, mở {link} để khóa, hoặc gọi {hotline}."
        ),
    ),
    "account.phone-changed-by-desk": Template(
        _("Cơ quan BHXH đã đổi số điện thoại của tài khoản"),
        _(
            "VssID: {office} vừa đổi số điện thoại của tài khoản {number} sang {phone} tại quầy, "
            "gỡ vân tay/khuôn mặt (nếu có). Thay đổi khác phải chờ {hours} giờ. Nếu không phải "
            "bạn, gọi ngay {hotline}."
        ),
    ),
    "account.closed": Template(
        _("Tài khoản đã được đóng"),
        _(
            "VssID: tài khoản {number} đã đóng theo yêu cầu. Hồ sơ bảo hiểm của bạn vẫn còn ở cơ "
            "quan BHXH. Nếu không phải bạn, gọi ngay {hotline}."
        ),
    ),
    "account.passkey-added": Template(
        _("Đã thêm đăng nhập bằng vân tay, khuôn mặt"),
        _(
            "VssID: tài khoản {number} vừa thêm đăng nhập bằng vân tay/khuôn mặt trên {device}. "
            "Nếu không phải bạn, mở {link} để khóa, hoặc gọi {hotline}."
        ),
    ),
    "account.passkey-removed": Template(
        _("Đã gỡ đăng nhập bằng vân tay, khuôn mặt"),
        _(
            "VssID: tài khoản {number} vừa gỡ đăng nhập bằng vân tay/khuôn mặt đã thêm ngày "
            "{added}. Nếu không phải bạn, gọi ngay {hotline}."
        ),
    ),
    "account.passkey-copied": Template(
        _("Vân tay, khuôn mặt có dấu hiệu bị sao chép"),
        _(
            "VssID: vừa từ chối một lần dùng vân tay/khuôn mặt (thêm ngày {added}) của tài khoản "
            "{number} vì có dấu hiệu bị sao chép. Hãy đăng nhập bằng mật khẩu và gỡ nó, hoặc gọi "
            "{hotline}."
        ),
    ),
    "account.device-changed": Template(
        _("Đăng nhập trên thiết bị mới"),
        _(
            "VssID: tài khoản {number} vừa đăng nhập trên thiết bị {device}; thiết bị cũ đã "
            "đăng xuất. Nếu không phải bạn, mở {link} để khóa, hoặc gọi {hotline}."
        ),
    ),
    "account.new-device": Template(
        _("Đăng nhập trên thiết bị mới"),
        _(
            "VssID: tài khoản {number} vừa đăng nhập trên thiết bị mới {device}. Nếu không phải "
            "bạn, mở {link} để khóa, hoặc gọi {hotline}."
        ),
    ),
    "account.export-asked": Template(
        _("Có yêu cầu tải toàn bộ hồ sơ"),
        _(
            "VssID: tài khoản {number} vừa yêu cầu tải toàn bộ hồ sơ, trên {device}. Nếu không "
            "phải bạn, mở {link} để hủy và khóa tài khoản, hoặc gọi {hotline}."
        ),
    ),
    "account.export-ready": Template(
        _("Hồ sơ đã sẵn sàng để tải"),
        _(
            "VssID: bản hồ sơ của tài khoản {number} đã sẵn sàng. Mở VssID, «Thông tin tài khoản», "
            "«Tải hồ sơ của tôi», tải trước {until}. Nếu không phải bạn, gọi ngay {hotline}."
        ),
    ),
    "account.export-failed": Template(
        _("Chưa lập được bản hồ sơ"),
        _(
            "VssID: chưa lập được bản hồ sơ mà tài khoản {number} yêu cầu. Mở VssID, «Tải hồ sơ "
            "của tôi» để xem lý do và yêu cầu lại. Cần giúp, gọi {hotline}."
        ),
    ),
    "account.locked": Template(
        _("Tài khoản đã khóa"),
        _(
            "VssID: tài khoản {number} đã khóa theo yêu cầu «Không phải tôi», mọi thiết bị đã "
            "đăng xuất. Để mở lại, bấm «Quên mật khẩu» rồi đặt mật khẩu mới, hoặc mang giấy tờ "
            "đến cơ quan BHXH. Cần giúp, gọi {hotline}."
        ),
    ),
}
