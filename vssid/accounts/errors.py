"""Refusals around accounts. Each sentence names the next step."""

import math
from datetime import timedelta
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError, TooManyError


def wait_in_words(wait: timedelta) -> str:
    """A wait as one says it, rounded up: «40 giây», «25 phút», «3 giờ»."""
    if wait <= timedelta(minutes=1):
        return gettext("%(count)s giây") % {"count": math.ceil(wait / timedelta(seconds=1))}
    if wait <= timedelta(hours=2):
        return gettext("%(count)s phút") % {"count": math.ceil(wait / timedelta(minutes=1))}
    return gettext("%(count)s giờ") % {"count": math.ceil(wait / timedelta(hours=1))}


class SignInRefusedError(CodedError):
    """Number or password wrong: the same words for a number that has no account."""

    code: ClassVar[str] = "sign-in.wrong"
    sentence: ClassVar[object] = _(
        "Mã số hoặc mật khẩu chưa đúng. Xin kiểm tra rồi nhập lại. Nếu không nhớ mật khẩu, xin bấm "
        "«Quên mật khẩu»."
    )


class SignInLockedError(TooManyError):
    """Too many wrong passwords."""

    code: ClassVar[str] = "sign-in.locked"
    sentence: ClassVar[object] = _(
        "Đã nhập sai mật khẩu nhiều lần. Xin chờ {minutes} phút rồi thử lại."
    )


class AccountLockedError(CodedError):
    """The right password, but the owner locked the account («Không phải tôi»)."""

    code: ClassVar[str] = "account.locked"
    sentence: ClassVar[object] = _(
        "Tài khoản đang khóa vì chủ tài khoản đã báo «Không phải tôi». Để mở lại, xin bấm «Quên "
        "mật khẩu» và đặt mật khẩu mới, hoặc mang giấy tờ gốc đến cơ quan BHXH gần nhất."
    )


class AddressLockedError(TooManyError):
    """Too many wrong passwords from one network, on devices that the account does not know."""

    code: ClassVar[str] = "sign-in.address-locked"
    sentence: ClassVar[object] = _(
        "Từ mạng bạn đang dùng, mật khẩu đã bị nhập sai quá nhiều lần. Xin chờ {minutes} phút, "
        "hoặc dùng mạng khác, hoặc đăng nhập trên thiết bị bạn vẫn dùng."
    )


class SessionOverError(CodedError):
    """The session ended meanwhile."""

    code: ClassVar[str] = "session.over"
    sentence: ClassVar[object] = _("Phiên làm việc đã kết thúc. Xin đăng nhập lại.")


class DisownLinkError(CodedError):
    """No link of ours, or one past its days."""

    code: ClassVar[str] = "disown.unknown"
    sentence: ClassVar[object] = _(
        "Liên kết này không đúng hoặc đã hết hạn. Nếu nghi có người khác vào tài khoản của bạn, "
        "xin đặt lại mật khẩu bằng «Quên mật khẩu», hoặc gọi {hotline}."
    )


class WrongCodeError(CodedError):
    """The typed code is not the one that was sent."""

    code: ClassVar[str] = "code.wrong"
    sentence: ClassVar[object] = _(
        "Mã OTP chưa đúng, bạn còn {left} lần nhập. Xin xem lại tin nhắn mới nhất."
    )


class CodeSpentError(CodedError):
    """No try is left for this code."""

    code: ClassVar[str] = "code.spent"
    sentence: ClassVar[object] = _(
        "Mã OTP này đã bị nhập sai quá nhiều lần. Xin bấm «Gửi lại mã» để nhận mã mới."
    )


class CodeLateError(CodedError):
    """The code is older than its five minutes, was used, replaced, or never sent."""

    code: ClassVar[str] = "code.late"
    sentence: ClassVar[object] = _(
        "Mã OTP đã hết hạn hoặc đã được dùng. Xin bấm «Gửi lại mã» để nhận mã mới."
    )


class CodeTooSoonError(TooManyError):
    """A new code was asked for before the pause was over."""

    code: ClassVar[str] = "code.too-soon"
    sentence: ClassVar[object] = _(
        "Mã vừa được gửi. Xin chờ {seconds} giây rồi bấm «Gửi lại mã» nếu chưa nhận được."
    )


class EarlierCodeError(CodeTooSoonError):
    """The pause runs since a code for something else: that code does not serve here."""

    code: ClassVar[str] = "code.earlier"
    sentence: ClassVar[object] = _(
        "Mã đã gửi trước đó không dùng cho lần này. Xin chờ {seconds} giây rồi bấm «Gửi lại mã» để "
        "nhận mã mới."
    )


class CodesExhaustedError(TooManyError):
    """Too many codes went to this phone within the hour."""

    code: ClassVar[str] = "code.exhausted"
    sentence: ClassVar[object] = _(
        "Số điện thoại này đã nhận nhiều mã trong một giờ. Xin thử lại sau {minutes} phút."
    )


class CodesOfDayError(TooManyError):
    """Too many codes went to this unproven phone, or were asked for with this number, in a day."""

    code: ClassVar[str] = "code.day"
    sentence: ClassVar[object] = _(
        "Hôm nay đã gửi nhiều mã rồi. Xin thử lại sau {wait_words}, hoặc gọi tổng đài để được giúp."
    )

    def __init__(self, *, wait: timedelta) -> None:
        super().__init__(wait=wait, wait_words=wait_in_words(wait))


class NetworkExhaustedError(TooManyError):
    """Too many codes to unproven phones were asked for from one network."""

    code: ClassVar[str] = "code.network"
    sentence: ClassVar[object] = _(
        "Từ mạng bạn đang dùng đã gửi nhiều mã rồi. Xin thử lại sau {wait_words}, hoặc dùng mạng "
        "khác, ví dụ mạng di động."
    )

    def __init__(self, *, wait: timedelta) -> None:
        super().__init__(wait=wait, wait_words=wait_in_words(wait))


class ChangesHeldError(TooManyError):
    """Password, phone or email changed a short while ago: exports and changes wait."""

    code: ClassVar[str] = "changes.held"
    sentence: ClassVar[object] = _(
        "Mật khẩu, số điện thoại hoặc email vừa được đổi. Để bảo vệ bạn, việc này chỉ làm được từ "
        "{until}. Nếu không phải bạn đã đổi, xin gọi ngay {hotline}."
    )


class NoAccountError(CodedError):
    """An officer looked for an account that is not there."""

    code: ClassVar[str] = "account.missing"
    sentence: ClassVar[object] = _(
        "Mã số BHXH này chưa có tài khoản. Xin kiểm tra lại mã số, hoặc hướng dẫn cách đăng ký."
    )


class ResetTooSoonError(TooManyError):
    """A second press: a password was given a moment ago."""

    code: ClassVar[str] = "password.given-too-soon"
    sentence: ClassVar[object] = _(
        "Vừa cấp lại mật khẩu cho tài khoản này. Xin chờ tin nhắn đến; nếu chưa nhận được, thử lại "
        "sau {seconds} giây."
    )


class OldPasswordWrongError(CodedError):
    """The old password does not match."""

    code: ClassVar[str] = "password.old-wrong"
    sentence: ClassVar[object] = _("Mật khẩu cũ chưa đúng. Xin nhập lại.")


class PasswordLengthError(CodedError):
    """Shorter or longer than allowed."""

    code: ClassVar[str] = "password.length"
    sentence: ClassVar[object] = _("Mật khẩu mới cần từ 8 đến 128 ký tự.")


class PasswordCommonError(CodedError):
    """Among the passwords that are guessed first."""

    code: ClassVar[str] = "password.common"
    sentence: ClassVar[object] = _(
        "Mật khẩu này quá phổ biến, dễ bị đoán. Xin chọn mật khẩu khác, ví dụ ghép vài từ."
    )


class PasswordIsNumberError(CodedError):
    """The person's own number or phone."""

    code: ClassVar[str] = "password.is-number"
    sentence: ClassVar[object] = _(
        "Mật khẩu không được chứa mã số BHXH hay số điện thoại của bạn. Xin chọn mật khẩu khác."
    )


class PasswordReusedError(CodedError):
    """One of the last five."""

    code: ClassVar[str] = "password.reused"
    sentence: ClassVar[object] = _("Bạn đã dùng mật khẩu này gần đây. Xin chọn một mật khẩu mới.")


class AccountExistsError(CodedError):
    """The number has an account already."""

    code: ClassVar[str] = "account.exists"
    sentence: ClassVar[object] = _(
        "Mã số BHXH này đã có tài khoản. Hãy «Đăng nhập»; không nhớ mật khẩu thì bấm «Quên mật "
        "khẩu». Nếu không phải bạn đã đăng ký, xin gọi {hotline}."
    )


class DeviceClockError(CodedError):
    """The code was made by the right device at the wrong time: its clock is off."""

    code: ClassVar[str] = "smart-otp.clock"
    sentence: ClassVar[object] = _(
        "Đồng hồ trên máy tạo mã đang chạy {drift} nên mã chưa dùng được. Xin mở phần Cài đặt của "
        "máy đó, bật «Ngày giờ tự động», rồi nhập mã mới."
    )

    def __init__(self, *, drift: timedelta) -> None:
        """`drift` is how far it is ahead; negative when it is slow."""
        minutes = max(1, round(abs(drift) / timedelta(minutes=1)))
        is_slow = drift < timedelta()
        slow = gettext("chậm khoảng %(minutes)s phút") % {"minutes": minutes}
        fast = gettext("nhanh khoảng %(minutes)s phút") % {"minutes": minutes}
        super().__init__(drift=slow if is_slow else fast)


class SmartOtpUsedError(CodedError):
    """The right code, but it has served before: each one does once."""

    code: ClassVar[str] = "smart-otp.used"
    sentence: ClassVar[object] = _(
        "Mã SmartOTP này đã dùng rồi. Xin chờ mã mới hiện ra, không quá 30 giây, rồi nhập mã mới."
    )


class SmartOtpNotProvenError(CodedError):
    """The device that is being set up did not make this code."""

    code: ClassVar[str] = "smart-otp.not-proven"
    sentence: ClassVar[object] = _(
        "Mã này không phải của SmartOTP vừa cài. Xin chờ mã mới hiện ra rồi nhập lại; nếu vẫn "
        "chưa được, hãy cài lại từ đầu."
    )


class TicketLateError(CodedError):
    """A step was left open for too long."""

    code: ClassVar[str] = "ticket.late"
    sentence: ClassVar[object] = _("Bước này đã quá thời gian. Xin làm lại từ đầu.")


class EmailSameError(CodedError):
    """The new address is the one that is in force."""

    code: ClassVar[str] = "email.same"
    sentence: ClassVar[object] = _(
        "Đây đã là email của tài khoản. Xin nhập địa chỉ khác, hoặc quay lại nếu không cần đổi."
    )


class PhoneSameError(CodedError):
    """The new phone is the one that is in force."""

    code: ClassVar[str] = "phone.same"
    sentence: ClassVar[object] = _(
        "Đây đã là số điện thoại của tài khoản. Xin nhập số khác, hoặc quay lại nếu không cần đổi."
    )


class PhoneTakenError(CodedError):
    """The phone serves another adult's account. Says neither whose nor that it does."""

    code: ClassVar[str] = "phone.taken"
    sentence: ClassVar[object] = _(
        "Số này chưa dùng được cho tài khoản của bạn. Xin dùng một số của riêng bạn, hoặc mang "
        "giấy tờ gốc đến cơ quan BHXH gần nhất để được giúp."
    )


class AddressNotLegacyError(CodedError):
    """There is no legacy address to convert (any more)."""

    code: ClassVar[str] = "address.not-legacy"
    sentence: ClassVar[object] = _(
        "Địa chỉ của bạn đã theo tên hiện nay. Nếu cần đổi, xin bấm «Sửa» ở dòng địa chỉ."
    )


class CommuneNotSuccessorError(CodedError):
    """The chosen commune is not where the legacy ward went."""

    code: ClassVar[str] = "address.not-successor"
    sentence: ClassVar[object] = _("Xin chọn một trong các xã, phường được nêu.")


class PasskeyWrongError(CodedError):
    """The answer of a device is not one to our question, or from no passkey that we know."""

    code: ClassVar[str] = "passkey.wrong"
    sentence: ClassVar[object] = _(
        "Thiết bị chưa xác nhận được bạn. Xin thử lại, hoặc dùng mật khẩu. Vân tay, khuôn mặt chỉ "
        "dùng được sau khi đã thêm trong «Thông tin tài khoản»."
    )


class PasskeyTriesError(TooManyError):
    """Too many wrong answers from one network."""

    code: ClassVar[str] = "passkey.too-many"
    sentence: ClassVar[object] = _(
        "Từ mạng bạn đang dùng, vân tay, khuôn mặt đã sai quá nhiều lần. Xin dùng mật khẩu, hoặc "
        "chờ {minutes} phút rồi thử lại."
    )


class PasskeyCopiedError(CodedError):
    """The device's counter went backwards: its key may have been copied."""

    code: ClassVar[str] = "passkey.copied"
    sentence: ClassVar[object] = _(
        "Vân tay, khuôn mặt này có dấu hiệu bị sao chép nên không được nhận. Xin dùng mật khẩu, "
        "rồi gỡ nó trong «Thông tin tài khoản» và thêm lại."
    )


class PasskeyKnownError(CodedError):
    """This very passkey was added before."""

    code: ClassVar[str] = "passkey.known"
    sentence: ClassVar[object] = _(
        "Thiết bị này đã được thêm rồi. Bạn dùng được ngay khi đăng nhập."
    )


class PasskeysFullError(CodedError):
    """As many as an account may have."""

    code: ClassVar[str] = "passkey.full"
    sentence: ClassVar[object] = _(
        "Tài khoản đã có {most} thiết bị. Xin gỡ một thiết bị không còn dùng rồi thêm lại."
    )


class PasskeyGoneError(CodedError):
    """No passkey of this account (any more)."""

    code: ClassVar[str] = "passkey.gone"
    sentence: ClassVar[object] = _("Thiết bị này đã được gỡ trước đó. Xin xem lại danh sách.")


class ProofCodeWrongError(CodedError):
    """The code typed to prove oneself again is not the SmartOTP's."""

    code: ClassVar[str] = "proof.code-wrong"
    sentence: ClassVar[object] = _(
        "Mã SmartOTP chưa đúng. Xin chờ mã mới hiện ra rồi nhập lại, hoặc dùng mật khẩu."
    )


class ProofWrongError(CodedError):
    """The password typed to prove oneself again does not match."""

    code: ClassVar[str] = "proof.wrong"
    sentence: ClassVar[object] = _(
        "Mật khẩu chưa đúng. Xin nhập lại mật khẩu bạn dùng để đăng nhập."
    )


class ExportFormatError(CodedError):
    """None was chosen, or one that there is not."""

    code: ClassVar[str] = "export.format"
    sentence: ClassVar[object] = _("Xin chọn ít nhất một dạng tệp: PDF, CSV hoặc JSON.")


class ExportOpenError(CodedError):
    """An export is being made, or waits to be fetched."""

    code: ClassVar[str] = "export.open"
    sentence: ClassVar[object] = _(
        "Bạn đã yêu cầu một bản và bản đó chưa xong hoặc chưa tải. Xin quay lại «Tải hồ sơ của "
        "tôi» để tải bản đó trước, rồi yêu cầu bản mới."
    )


class ExportsOfDayError(TooManyError):
    """As many as are made for one person in a day."""

    code: ClassVar[str] = "export.day"
    sentence: ClassVar[object] = _(
        "Hôm nay bạn đã yêu cầu đủ {most} bản. Xin thử lại sau {wait_words}."
    )


class ExportGoneError(CodedError):
    """Not ready yet, fetched and past its minutes, expired, or ended."""

    code: ClassVar[str] = "export.gone"
    sentence: ClassVar[object] = _(
        "Bản này chưa sẵn sàng, hoặc đã tải xong và được xóa, hoặc đã quá hạn. Xin xem tình trạng "
        "bên dưới; nếu cần, xin yêu cầu bản mới."
    )


class ShareUnknownError(CodedError):
    """Number and name together lead to no account. Which of them is wrong is not told."""

    code: ClassVar[str] = "share.unknown"
    sentence: ClassVar[object] = _(
        "Không có tài khoản VssID nào khớp cả mã số và họ tên này. Xin hỏi lại người ấy mã số BHXH "
        "và họ tên ghi trên thẻ; người ấy cần có tài khoản VssID."
    )


class ShareTriesError(TooManyError):
    """Too many numbers and names were typed."""

    code: ClassVar[str] = "share.tries"
    sentence: ClassVar[object] = _(
        "Bạn đã thử quá nhiều lần. Xin chờ {minutes} phút rồi nhập lại mã số và họ tên."
    )


class ShareSelfError(CodedError):
    """The number is the owner's own."""

    code: ClassVar[str] = "share.self"
    sentence: ClassVar[object] = _(
        "Đây là mã số của chính bạn. Xin nhập mã số của người bạn muốn cho xem."
    )


class ShareAdultsOnlyError(CodedError):
    """Only an adult may share their record."""

    code: ClassVar[str] = "share.adults-only"
    sentence: ClassVar[object] = _(
        "Chưa đủ 18 tuổi thì chưa tự chia sẻ hồ sơ được. Cha, mẹ hoặc người giám hộ của bạn xem hồ "
        "sơ bằng tài khoản của họ."
    )


class ShareNothingError(CodedError):
    """No part was chosen."""

    code: ClassVar[str] = "share.nothing"
    sentence: ClassVar[object] = _("Chưa chọn phần nào. Xin chọn ít nhất một phần được xem.")
