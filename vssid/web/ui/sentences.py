"""The sentences for what the kernel's parsers refuse. Each says what to do next."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import InvalidInput

SENTENCES: Mapping[str, Promise | str] = {
    "insurance-number.empty": _("Xin nhập mã số BHXH gồm 10 chữ số."),
    "insurance-number.letters": _(
        "Mã số BHXH chỉ gồm chữ số. Xin xem lại, tránh nhầm chữ O với số 0."
    ),
    "insurance-number.length": _(
        "Mã số BHXH có 10 chữ số, bạn đã nhập {got}. Xin xem 10 số cuối trên thẻ BHYT hoặc sổ BHXH."
    ),
    "insurance-number.is-card-number": _(
        "Đây là mã thẻ BHYT 15 ký tự. Xin chỉ nhập 10 số cuối của thẻ."
    ),
    "insurance-number.is-personal-number": _(
        "Đây là số định danh (CCCD) 12 số. Ở ô này xin nhập mã số BHXH 10 số, "
        "là 10 số cuối trên thẻ BHYT."
    ),
    "personal-number.empty": _("Xin nhập số định danh (CCCD) gồm 12 chữ số."),
    "personal-number.letters": _("Số định danh chỉ gồm chữ số. Xin kiểm tra lại."),
    "personal-number.length": _("Số định danh có 12 chữ số, bạn đã nhập {got}. Xin kiểm tra lại."),
    "login-number.empty": _(
        "Xin nhập tên đăng nhập: mã số BHXH (10 số) hoặc số định danh (12 số)."
    ),
    "login-number.letters": _("Tên đăng nhập chỉ gồm chữ số. Xin kiểm tra lại."),
    "login-number.length": _(
        "Tên đăng nhập là mã số BHXH 10 số hoặc số định danh 12 số, bạn đã nhập {got} số."
    ),
    "login-number.is-card-number": _(
        "Đây là mã thẻ BHYT 15 ký tự. Xin nhập 10 số cuối của thẻ để đăng nhập."
    ),
    "identity.empty": _("Xin nhập số CMND, CCCD hoặc hộ chiếu."),
    "identity.symbols": _("Số giấy tờ chỉ gồm chữ và số. Xin bỏ các ký hiệu khác."),
    "identity.letters": _("CCCD và CMND chỉ gồm chữ số. Xin kiểm tra lại từng số."),
    "identity.length": _(
        "CCCD có 12 số, CMND có 9 số; bạn đã nhập {got} ký tự. Xin kiểm tra lại từng số."
    ),
    "identity.passport": _(
        "Số hộ chiếu thường gồm một chữ cái và 7 chữ số, ví dụ C1234567. Xin kiểm tra lại."
    ),
    "card-number.empty": _("Xin nhập mã thẻ BHYT."),
    "card-number.symbols": _("Mã thẻ BHYT chỉ gồm chữ và số. Xin bỏ các ký hiệu khác."),
    "card-number.length": _("Mã thẻ BHYT có 15 ký tự, bạn đã nhập {got}. Xin kiểm tra lại."),
    "card-number.shape": _(
        "Mã thẻ BHYT gồm 2 chữ cái, 1 số mức hưởng, 2 số tỉnh và 10 số BHXH. Xin kiểm tra lại."
    ),
    "card-number.is-insurance-number": _(
        "Đây là mã số BHXH 10 số. Ở ô này xin nhập đủ 15 ký tự của thẻ BHYT."
    ),
    "phone.empty": _("Xin nhập số điện thoại di động của bạn."),
    "phone.not-a-number": _("Số điện thoại chỉ gồm chữ số. Xin kiểm tra lại."),
    "phone.not-mobile": _(
        "Đây không phải số di động. Xin nhập số di động đang dùng để nhận mã OTP qua tin nhắn."
    ),
    "phone.foreign": _("Xin nhập số di động của Việt Nam (10 số, bắt đầu bằng 0)."),
    "phone.length": _(
        "Số di động có 10 chữ số, bạn đã nhập {got}. Xin kiểm tra lại, ví dụ 0912 345 678."
    ),
    "email.empty": _("Xin nhập địa chỉ email."),
    "email.control": _("Địa chỉ email có ký tự lạ. Xin gõ lại thay vì dán."),
    "email.spaces": _("Địa chỉ email không có dấu cách. Xin bỏ dấu cách."),
    "email.accents": _("Địa chỉ email không có dấu tiếng Việt. Xin gõ lại không dấu."),
    "email.at": _("Địa chỉ email cần có một dấu @, ví dụ ten@example.com."),
    "email.local": _("Phần trước dấu @ của email chưa đúng. Xin kiểm tra lại."),
    "email.domain": _("Phần sau dấu @ của email chưa đúng, ví dụ cần example.com."),
    "email.too-long": _("Địa chỉ email dài quá {limit} ký tự. Xin dùng địa chỉ ngắn hơn."),
    "month.empty": _("Xin nhập tháng, ví dụ 03/2019."),
    "month.format": _("Tháng viết như 03/2019. Xin nhập lại."),
    "month.range": _("Tháng này không có. Xin kiểm tra lại tháng và năm."),
    "span.reversed": _("Tháng bắt đầu {first} sau tháng kết thúc {last}. Xin đổi lại."),
    "name.empty": _("Xin nhập họ và tên như trên giấy tờ."),
    "name.symbols": _("Họ tên chỉ gồm chữ cái. Xin bỏ số và ký hiệu."),
    "name.too-short": _("Họ tên quá ngắn. Xin nhập đủ họ, tên đệm và tên."),
    "name.too-long": _("Họ tên dài quá {limit} chữ cái. Xin nhập như trên giấy tờ."),
}


def sentence_for(error: InvalidInput, own: Mapping[str, object] = MappingProxyType({})) -> str:
    """The sentence for a refusal, filled in; a field may have its `own` for some codes."""
    return str(own.get(error.code) or SENTENCES[error.code]).format(**error.details)
