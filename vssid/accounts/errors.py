"""Refusals around accounts. Each sentence names the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError


class SignInRefusedError(CodedError):
    """Number or password wrong: the same words for a number that has no account."""

    code: ClassVar[str] = "sign-in.wrong"
    sentence: ClassVar[object] = _(
        "Mã số hoặc mật khẩu chưa đúng. Xin kiểm tra rồi nhập lại. Quên mật khẩu thì mang giấy tờ "
        "gốc đến cơ quan BHXH gần nhất để được cấp lại."
    )


class SignInLockedError(CodedError):
    """Too many wrong passwords."""

    code: ClassVar[str] = "sign-in.locked"
    sentence: ClassVar[object] = _(
        "Đã nhập sai mật khẩu nhiều lần. Xin chờ {minutes} phút rồi thử lại."
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


class CodeTooSoonError(CodedError):
    """A new code was asked for before the pause was over."""

    code: ClassVar[str] = "code.too-soon"
    sentence: ClassVar[object] = _(
        "Mã vừa được gửi. Xin chờ {seconds} giây rồi bấm «Gửi lại mã» nếu chưa nhận được."
    )


class CodesExhaustedError(CodedError):
    """Too many codes went to this phone within the hour."""

    code: ClassVar[str] = "code.exhausted"
    sentence: ClassVar[object] = _(
        "Số điện thoại này đã nhận nhiều mã trong một giờ. Xin thử lại sau {minutes} phút."
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
        "Mã số BHXH này đã có tài khoản. Hãy «Đăng nhập»; quên mật khẩu thì mang giấy tờ gốc đến "
        "cơ quan BHXH gần nhất. Nếu không phải bạn đã đăng ký, xin gọi {hotline}."
    )


class TicketLateError(CodedError):
    """A step was left open for too long."""

    code: ClassVar[str] = "ticket.late"
    sentence: ClassVar[object] = _("Bước này đã quá thời gian. Xin làm lại từ đầu.")
