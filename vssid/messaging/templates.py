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
    "code.follow": Template(
        _("Mã xác nhận xem tiến độ tờ khai"),
        _(
            "VssID: {code} là mã xác nhận xem tiến độ tờ khai {declaration}. Mã có hiệu lực "
            "{minutes} phút. Không đưa mã này cho bất kỳ ai."
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
    "code.email": Template(
        _("Mã xác nhận đổi email"),
        _(
            "VssID: {code} là mã xác nhận đổi email của tài khoản {number} sang {email}. Mã có "
            "hiệu lực {minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.email-removal": Template(
        _("Mã xác nhận bỏ email"),
        _(
            "VssID: {code} là mã xác nhận bỏ email của tài khoản {number}. Mã có hiệu lực "
            "{minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.passkey": Template(
        _("Mã xác nhận thêm vân tay, khuôn mặt"),
        _(
            "VssID: {code} là mã xác nhận thêm vân tay/khuôn mặt để vào tài khoản {number}. Mã có "
            "hiệu lực {minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.new-email": Template(
        _("Mã xác nhận email mới"),
        _(
            "VssID: {code} là mã xác nhận dùng email này cho tài khoản {number}. Mã có hiệu lực "
            "{minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.phone": Template(
        _("Mã xác nhận đổi số điện thoại"),
        _(
            "VssID: {code} là mã xác nhận đổi số điện thoại của tài khoản {number} sang số "
            "{phone}. Mã có hiệu lực {minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.new-phone": Template(
        _("Mã xác nhận số điện thoại mới"),
        _(
            "VssID: {code} là mã xác nhận dùng số này cho tài khoản {number}. Mã có hiệu lực "
            "{minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.desk-phone": Template(
        _("Mã xác nhận số điện thoại mới tại quầy"),
        _(
            "VssID: {code} là mã xác nhận tại quầy để dùng số này cho tài khoản {number}. Mã có "
            "hiệu lực {minutes} phút. Không đưa mã này cho bất kỳ ai ngoài cán bộ đang tiếp bạn."
        ),
    ),
    "code.share": Template(
        _("Mã xác nhận cho người khác xem hồ sơ"),
        _(
            "VssID: {code} là mã xác nhận CHO số BHXH {other} XEM hồ sơ của {number}. Mã có hiệu "
            "lực {minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "share.made": Template(
        _("Bạn vừa cho người khác xem hồ sơ"),
        _(
            "VssID: hồ sơ {number} được mời số BHXH {other} xem, đến {until}. Nếu không phải bạn, "
            "mở VssID, chọn «Chia sẻ hồ sơ» để dừng, và gọi {hotline}."
        ),
    ),
    "share.offered": Template(
        _("Có người muốn cho bạn xem hồ sơ"),
        _(
            "VssID: số BHXH {number} mời {other} xem hồ sơ của họ, đến {until}. Mở VssID, chọn "
            "«Chia sẻ hồ sơ» để nhận hoặc từ chối."
        ),
    ),
    "share.accepted": Template(
        _("Lời mời xem hồ sơ đã được nhận"),
        _(
            "VssID: số BHXH {other} đã nhận lời, xem được hồ sơ {number} đến {until}. Dừng bất cứ "
            "lúc nào ở mục «Chia sẻ hồ sơ»."
        ),
    ),
    "share.received": Template(
        _("Bạn đã nhận xem hồ sơ"),
        _(
            "VssID: {other} đã nhận xem hồ sơ của số BHXH {number} đến {until}. Mỗi lần xem đều "
            "được ghi lại cho chủ hồ sơ."
        ),
    ),
    "share.declined": Template(
        _("Lời mời xem hồ sơ đã bị từ chối"),
        _("VssID: số BHXH {other} không nhận xem hồ sơ của số BHXH {number}. Không ai được xem."),
    ),
    "share.ended": Template(
        _("Đã dừng chia sẻ hồ sơ"),
        _(
            "VssID: số BHXH {other} không còn được xem hồ sơ của số BHXH {number}: việc chia sẻ "
            "đã dừng."
        ),
    ),
    "share.lapsed": Template(
        _("Đã hết hạn chia sẻ hồ sơ"),
        _(
            "VssID: đã hết hạn cho số BHXH {other} xem hồ sơ của số BHXH {number}. Muốn tiếp tục "
            "thì chia sẻ lại ở mục «Chia sẻ hồ sơ»."
        ),
    ),
    "code.close": Template(
        _("Mã xác nhận đóng tài khoản"),
        _(
            "VssID: {code} là mã xác nhận ĐÓNG tài khoản {number}. Mã có hiệu lực {minutes} "
            "phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.reset": Template(
        _("Mã xác nhận đặt lại mật khẩu"),
        _(
            "VssID: {code} là mã xác nhận đặt lại mật khẩu tài khoản {number}. Mã có hiệu lực "
            "{minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
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
    "code.smart-otp": Template(
        _("Mã xác nhận cài SmartOTP"),
        _(
            "VssID: {code} là mã xác nhận cài SmartOTP cho tài khoản {number}. Mã có hiệu lực "
            "{minutes} phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.smart-otp-removal": Template(
        _("Mã xác nhận gỡ SmartOTP"),
        _(
            "VssID: {code} là mã xác nhận gỡ SmartOTP khỏi tài khoản {number}. Mã có hiệu lực "
            "{minutes} phút. Không đưa mã này cho bất kỳ ai."
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
    "declaration.received": Template(
        _("Đã ghi nhận tờ khai"),
        _(
            "VssID: đã ghi nhận tờ khai {declaration} của số BHXH {number}. In, ký và mang "
            "bản chính CMND/CCCD đến {office}, chậm nhất ngày {until}. Theo dõi: {link}"
        ),
    ),
    "declaration.reminder": Template(
        _("Nhắc nộp bản ký của tờ khai"),
        _(
            "VssID: tờ khai {declaration} còn chờ bản ký. Mang bản ký và bản chính CMND/CCCD/hộ "
            "chiếu đến {office}, chậm nhất ngày {until}; sau đó tờ khai hết hạn. Xem: {link}"
        ),
    ),
    "declaration.complete": Template(
        _("Đã nhận đủ hồ sơ"),
        _(
            "VssID: {office} đã nhận bản ký của tờ khai {declaration}. Kết quả có chậm nhất lúc "
            "{due}. Xem: {link} Cần giúp, gọi {phone}."
        ),
    ),
    "declaration.moved": Template(
        _("Nơi nộp tờ khai đã đổi"),
        _(
            "VssID: nơi nhận tờ khai {declaration} đã đổi do sắp xếp cơ quan. Mang bản ký và bản "
            "chính CMND/CCCD/hộ chiếu đến {office}, {phone}, chậm nhất ngày {until}. Địa chỉ: "
            "{link}"
        ),
    ),
    "declaration.moved-complete": Template(
        _("Tờ khai đã chuyển cơ quan khác"),
        _(
            "VssID: tờ khai {declaration} đã chuyển đến {office}, {phone}, do sắp xếp cơ quan. Bạn "
            "không phải nộp lại; kết quả vẫn có chậm nhất lúc {due}. Xem: {link}"
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
            "nhau. Cả hai chờ cán bộ kiểm tra giấy tờ gốc: xin mang theo khi đến nộp. Gọi "
            "{hotline} nếu cần."
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
            "VssID: tờ khai {declaration} chưa được duyệt. Lý do: {reason} Sửa và khai lại: "
            "{link} hoặc liên hệ {office}, {phone}."
        ),
    ),
    "declaration.lapsed": Template(
        _("Tờ khai đã hết hạn"),
        _(
            "VssID: tờ khai {declaration} hết hạn vì chưa nộp bản ký trong {days} ngày. Bạn "
            "có thể khai lại bất cứ lúc nào, từ những gì đã nhập: {link}"
        ),
    ),
    "petition.received": Template(
        _("Đã nhận phản ánh"),
        _(
            "VssID: đã nhận phản ánh {petition}. {office} trả lời chậm nhất ngày {until}. Xem "
            "tiến độ trong VssID, mục «Phản ánh kiến nghị»."
        ),
    ),
    "petition.taken": Template(
        _("Phản ánh đang được xử lý"),
        _("VssID: {office} đang xử lý phản ánh {petition}. Hạn trả lời: ngày {until}."),
    ),
    "petition.forwarded": Template(
        _("Phản ánh đã được chuyển"),
        _(
            "VssID: phản ánh {petition} đã chuyển đến {office}, {phone}. Hạn trả lời vẫn là ngày "
            "{until}."
        ),
    ),
    "petition.answered": Template(
        _("Phản ánh đã có trả lời"),
        _(
            "VssID: {office} đã trả lời phản ánh {petition}. Mở VssID, mục «Phản ánh kiến nghị», "
            "để đọc và viết lại nếu chưa rõ."
        ),
    ),
    "petition.added": Template(
        _("Đã nhận phần bổ sung"),
        _("VssID: đã nhận phần bổ sung cho phản ánh {petition}. {office} sẽ xem và trả lời."),
    ),
    "petition.closed": Template(
        _("Phản ánh đã đóng"),
        _(
            "VssID: phản ánh {petition} đã đóng. Còn việc chưa rõ, bạn gửi phản ánh mới hoặc gọi "
            "{office}, {phone}."
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


def compose(template: str, data: Mapping[str, str], *, plain: bool) -> tuple[str, str]:
    """Subject and text of a message. `plain` folds everything to the ASCII of an SMS."""
    made = TEMPLATES[template]
    subject, text = str(made.subject), str(made.text).format(**data)
    return (to_gsm_ascii(subject), to_gsm_ascii(text)) if plain else (subject, text)
