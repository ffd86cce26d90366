"""What the messages say: with accents in an email, folded to ASCII and kept short in an SMS."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from vssid.kernel.text import to_gsm_ascii
from vssid.messaging.account_templates import ACCOUNT_TEMPLATES
from vssid.messaging.template import Template

TEMPLATES: Mapping[str, Template] = {
    **ACCOUNT_TEMPLATES,
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
    "code.petition": Template(
        _("Mã xác nhận gửi phản ánh"),
        _(
            "VssID: {code} là mã xác nhận gửi phản ánh đến {office}. Mã có hiệu lực {minutes} "
            "phút. Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.follow-petition": Template(
        _("Mã xác nhận xem phản ánh"),
        _(
            "VssID: {code} là mã xác nhận xem phản ánh {petition}. Mã có hiệu lực {minutes} phút. "
            "Không đưa mã này cho bất kỳ ai."
        ),
    ),
    "code.number-search": Template(
        _("Mã xác nhận tìm mã số BHXH"),
        _(
            "VssID: {code} là mã xác nhận tìm mã số BHXH trên trang tra cứu. Mã có hiệu lực "
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
    "declaration.received": Template(
        _("Đã ghi nhận tờ khai"),
        _(
            "VssID: đã ghi nhận tờ khai {declaration} của số BHXH {number}. In, ký và mang "
            "bản chính CMND/CCCD đến {office}, chậm nhất ngày {until}. Theo dõi: {link}"
        ),
    ),
    "declaration.received-at-desk": Template(
        _("Cán bộ đã ghi nhận tờ khai"),
        _(
            "VssID: {office} đã ghi nhận tờ khai {declaration} của số BHXH {number} tại quầy. Xin "
            "ký bản in ngay tại đó, chậm nhất ngày {until}. Không phải bạn thì gọi {hotline}. "
            "Theo dõi: {link}"
        ),
    ),
    "declaration.email": Template(
        _("Xác nhận email của tờ khai"),
        _(
            "VssID: email này ghi trong một tờ khai vừa ghi nhận. Mở liên kết và nhập mã số BHXH "
            "để xác nhận: {proof} Đã xác nhận thì khi mất điện thoại vẫn xem được tờ khai bằng mã "
            "gửi qua email. Không phải bạn khai thì bỏ qua thư này."
        ),
    ),
    "declaration.number": Template(
        _("Mã số BHXH trong tờ khai đã được sửa"),
        _(
            "VssID: {office} đã sửa mã số BHXH trong tờ khai {declaration} thành {number}, theo "
            "giấy tờ gốc. Không đúng thì gọi {phone}. Xem: {link}"
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
    "declaration.handed": Template(
        _("Tờ khai đã chuyển đến cơ quan khác"),
        _(
            "VssID: tờ khai {declaration} nay do {place} nhận. Mang bản ký, giấy tờ gốc đến đó "
            "chậm nhất {day}; mở cửa {opens}. {link}"
        ),
    ),
    "declaration.handed-complete": Template(
        _("Tờ khai đã chuyển đến cơ quan khác"),
        _(
            "VssID: tờ khai {declaration} nay do {place} xét. Bạn không phải nộp lại; kết quả có "
            "chậm nhất {due}. Mở cửa {opens}. {link}"
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
    "child.received": Template(
        _("Đã ghi nhận tờ khai cho con"),
        _(
            "VssID: đã ghi nhận tờ khai {declaration} cho con, số BHXH {number}. In, ký và mang "
            "bản chính giấy khai sinh, giấy tờ của bạn đến {office}, chậm nhất ngày {until}. Theo "
            "dõi: {link}"
        ),
    ),
    "child.approved": Template(
        _("Đã mở hồ sơ của con"),
        _(
            "VssID: tờ khai {declaration} đã được duyệt. Mở VssID, chọn tên con ở đầu trang để xem "
            "thẻ BHYT, quá trình, sổ khám của con, số BHXH {number}. Xem: {link}"
        ),
    ),
    "guardianship.second": Template(
        _("Có thêm người giám hộ của con"),
        _(
            "VssID: số BHXH {other} vừa được ghi nhận là người giám hộ của {number}, cùng với bạn. "
            "Nếu không đúng, mở VssID, mục «Đăng ký cho con», chọn «Báo không đúng», hoặc gọi "
            "{hotline}."
        ),
    ),
    "guardianship.ending": Template(
        _("Con sắp đủ 18 tuổi"),
        _(
            "VssID: từ ngày {day}, số BHXH {number} đủ 18 tuổi, chỉ chính chủ xem được hồ sơ. Xin "
            "nhắc con đăng ký tài khoản VssID của mình trước ngày ấy."
        ),
    ),
    "guardianship.ended": Template(
        _("Con đã đủ 18 tuổi"),
        _(
            "VssID: từ ngày {day}, số BHXH {number} đã đủ 18 tuổi, bạn không còn xem được hồ sơ. "
            "Con có thể cho bạn xem ở mục «Chia sẻ hồ sơ» trong tài khoản của con."
        ),
    ),
    "guardianship.of-age": Template(
        _("Bạn đã đủ 18 tuổi"),
        _(
            "VssID: từ ngày {day} chỉ bạn xem được hồ sơ số BHXH {number}. Muốn cha mẹ hoặc người "
            "thân xem, dùng mục «Chia sẻ hồ sơ»."
        ),
    ),
    "dispute.opened": Template(
        _("Tạm dừng xem hồ sơ của con"),
        _(
            "VssID: việc giám hộ số BHXH {number} đang có ý kiến khác nhau. Không ai trong những "
            "người giám hộ xem được hồ sơ cho đến khi {office} quyết định. Xin mang giấy tờ đến, "
            "hoặc gọi {phone}."
        ),
    ),
    "dispute.kept": Template(
        _("Bạn tiếp tục giám hộ"),
        _(
            "VssID: {office} quyết định bạn tiếp tục xem hồ sơ của số BHXH {number}. Lý do: "
            "{reason} Không đồng ý, bạn khiếu nại tại cơ quan này."
        ),
    ),
    "dispute.ended": Template(
        _("Bạn không còn giám hộ"),
        _(
            "VssID: {office} quyết định bạn không còn xem hồ sơ của số BHXH {number}. Lý do: "
            "{reason} Không đồng ý, bạn khiếu nại tại cơ quan này."
        ),
    ),
    "dispute.moved": Template(
        _("Nơi giải quyết việc giám hộ đã đổi"),
        _(
            "VssID: việc giám hộ số BHXH {number} nay do {office}, {phone}, giải quyết. Xin mang "
            "bản chính giấy tờ đến đó; trong lúc chờ vẫn tạm dừng xem hồ sơ."
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
    "petition.reopened": Template(
        _("Phản ánh đã mở lại"),
        _(
            "VssID: phản ánh {petition} đã mở lại. {office} xem tiếp và trả lời chậm nhất ngày "
            "{until}."
        ),
    ),
    "petition.merged": Template(
        _("Phản ánh đã được gộp"),
        _(
            "VssID: phản ánh {petition} cùng nội dung với {into} nên được gộp vào đó. Xem trả lời "
            "ở {into}; chưa đúng thì gọi {office}, {phone}."
        ),
    ),
    "petition.closed": Template(
        _("Phản ánh đã đóng"),
        _(
            "VssID: phản ánh {petition} đã đóng. Còn việc chưa rõ, bạn gửi phản ánh mới hoặc gọi "
            "{office}, {phone}."
        ),
    ),
}


def compose(template: str, data: Mapping[str, str], *, plain: bool) -> tuple[str, str]:
    """Subject and text of a message. `plain` folds everything to the ASCII of an SMS."""
    made = TEMPLATES[template]
    subject, text = str(made.subject), str(made.text).format(**data)
    return (to_gsm_ascii(subject), to_gsm_ascii(text)) if plain else (subject, text)
