"""Refusals at the officers' door and among the head's accounts. Each names the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError, TooManyError


class SignInRefusedError(CodedError):
    """Name or password wrong."""

    code: ClassVar[str] = "officer.wrong"
    sentence: ClassVar[object] = _(
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra rồi nhập lại."
    )


class SignInLockedError(TooManyError):
    """Too many wrong passwords."""

    code: ClassVar[str] = "officer.locked"
    sentence: ClassVar[object] = _(
        "Đã nhập sai nhiều lần. Xin chờ {minutes} phút, hoặc nhờ phụ trách cơ quan hỗ trợ."
    )


class FirstPasswordLateError(CodedError):
    """The right issued password, but past its day."""

    code: ClassVar[str] = "officer.first-password-late"
    sentence: ClassVar[object] = _(
        "Mật khẩu được cấp đã quá 24 giờ nên không còn dùng được. Xin nhờ phụ trách cơ quan cấp "
        "lại."
    )


class StepLateError(CodedError):
    """The sign-in was left half done for too long."""

    code: ClassVar[str] = "officer.step-late"
    sentence: ClassVar[object] = _("Bước đăng nhập này đã quá thời gian. Xin đăng nhập lại từ đầu.")


class CodeWrongError(CodedError):
    """No code of this officer's SmartOTP right now."""

    code: ClassVar[str] = "officer.code-wrong"
    sentence: ClassVar[object] = _(
        "Mã SmartOTP chưa đúng. Xin xem mã đang hiện trên điện thoại rồi nhập lại."
    )


class CodeUsedError(CodedError):
    """A code that was accepted before."""

    code: ClassVar[str] = "officer.code-used"
    sentence: ClassVar[object] = _(
        "Mã này vừa được dùng rồi. Xin chờ mã tiếp theo hiện ra (không quá 30 giây) rồi nhập lại."
    )


class ClockWrongError(CodedError):
    """A code of another moment: the phone's clock is off."""

    code: ClassVar[str] = "officer.clock-wrong"
    sentence: ClassVar[object] = _(
        "Đồng hồ của điện thoại đang lệch nên mã không khớp. Xin bật «Giờ tự động» trong cài đặt "
        "điện thoại rồi nhập mã mới."
    )


class CodeLockedError(TooManyError):
    """Too many wrong second factors."""

    code: ClassVar[str] = "officer.code-locked"
    sentence: ClassVar[object] = _(
        "Đã nhập sai mã nhiều lần. Xin chờ {minutes} phút, hoặc nhờ phụ trách cơ quan đặt lại "
        "bước xác thực thứ hai."
    )


class CodeDayLockedError(TooManyError):
    """Too many wrong second factors in a day: somebody may know the password."""

    code: ClassVar[str] = "officer.code-day-locked"
    sentence: ClassVar[object] = _(
        "Hôm nay đã sai bước xác thực thứ hai quá nhiều lần. Xin nhờ phụ trách cơ quan cấp lại "
        "mật khẩu, hoặc chờ đến ngày mai."
    )


class DoorBusyError(TooManyError):
    """More passwords are being checked than may be at once."""

    code: ClassVar[str] = "officer.door-busy"
    status: ClassVar[int] = 503
    sentence: ClassVar[object] = _(
        "Đang có nhiều người đăng nhập cùng lúc. Xin chờ {seconds} giây rồi bấm lại."
    )


class PasskeyWrongError(CodedError):
    """No passkey of this officer, or a wrong answer."""

    code: ClassVar[str] = "officer.passkey-wrong"
    sentence: ClassVar[object] = _(
        "Chưa xác nhận được vân tay hoặc khuôn mặt. Xin thử lại, hoặc nhập mã SmartOTP."
    )


class PasskeyKnownError(CodedError):
    """The device has a passkey here already."""

    code: ClassVar[str] = "officer.passkey-known"
    sentence: ClassVar[object] = _("Thiết bị này đã được thêm rồi. Xin dùng thiết bị khác.")


class PasswordLengthError(CodedError):
    """Shorter or longer than allowed."""

    code: ClassVar[str] = "officer.password-length"
    sentence: ClassVar[object] = _("Mật khẩu mới cần từ 8 đến 128 ký tự.")


class PasswordCommonError(CodedError):
    """Among the passwords that are guessed first."""

    code: ClassVar[str] = "officer.password-common"
    sentence: ClassVar[object] = _(
        "Mật khẩu này quá phổ biến, dễ bị đoán. Xin chọn mật khẩu khác, ví dụ ghép vài từ."
    )


class PasswordIsNameError(CodedError):
    """Holds the user name."""

    code: ClassVar[str] = "officer.password-is-name"
    sentence: ClassVar[object] = _(
        "Mật khẩu không được chứa tên đăng nhập. Xin chọn mật khẩu khác."
    )


class PasswordSameError(CodedError):
    """The one that is in force."""

    code: ClassVar[str] = "officer.password-same"
    sentence: ClassVar[object] = _("Đây vẫn là mật khẩu đang dùng. Xin chọn một mật khẩu mới.")


class UserNameTakenError(CodedError):
    """Another officer has it, at whatever office."""

    code: ClassVar[str] = "officer.name-taken"
    sentence: ClassVar[object] = _(
        "Tên đăng nhập này đã có người dùng. Xin thêm tên cơ quan hoặc một số vào sau."
    )


class NotYourOfficerError(CodedError):
    """No officer of this office or those below it whom a head may manage."""

    code: ClassVar[str] = "officer.not-yours"
    sentence: ClassVar[object] = _(
        "Tài khoản này không thuộc cơ quan bạn phụ trách. Xin liên hệ phụ trách của cơ quan đó."
    )


class NotYourOfficeError(CodedError):
    """An office that is not the head's, nor below it, or has ended."""

    code: ClassVar[str] = "officer.office-not-yours"
    sentence: ClassVar[object] = _(
        "Cơ quan này không thuộc phạm vi bạn phụ trách. Xin chọn cơ quan trong danh sách."
    )


class RoleNotGivenError(CodedError):
    """A role that heads do not give."""

    code: ClassVar[str] = "officer.role-not-given"
    sentence: ClassVar[object] = _("Xin chọn một vai trò trong danh sách.")


class OwnAccountError(CodedError):
    """A head's own account."""

    code: ClassVar[str] = "officer.own-account"
    sentence: ClassVar[object] = _(
        "Bạn không tự đổi vai trò, cơ quan hay ngừng tài khoản của chính mình được. Xin nhờ phụ "
        "trách khác hoặc cơ quan cấp trên."
    )


class LastHeadError(CodedError):
    """Without this head the office would have none."""

    code: ClassVar[str] = "officer.last-head"
    sentence: ClassVar[object] = _(
        "Đây là phụ trách duy nhất của cơ quan. Xin giao vai trò phụ trách cho người khác trước."
    )


class AlreadySoError(CodedError):
    """Ended, or reopened, before."""

    code: ClassVar[str] = "officer.already-so"
    sentence: ClassVar[object] = _("Việc này đã được làm trước đó. Xin tải lại trang để xem.")


class FacilityUnknownError(CodedError):
    """No facility in service with a contract has that code."""

    code: ClassVar[str] = "facility.unknown"
    sentence: ClassVar[object] = _(
        "Mã {code} không phải của cơ sở KCB BHYT đang hoạt động. Xin kiểm tra lại mã 5 ký tự."
    )


class FacilityEndedError(CodedError):
    """The facility of an account or key is no longer in service, or has no contract any more."""

    code: ClassVar[str] = "facility.ended"
    sentence: ClassVar[object] = _(
        "Cơ sở {code} hiện không có hợp đồng KCB BHYT nên không kiểm tra thẻ được. Xin liên hệ cơ "
        "quan BHXH ký hợp đồng."
    )


class TooManyChecksError(TooManyError):
    """One account or key checks faster than patients come."""

    code: ClassVar[str] = "card-check.too-many"
    sentence: ClassVar[object] = _(
        "Đã kiểm tra quá nhiều thẻ trong một phút. Xin chờ {seconds} giây rồi làm tiếp."
    )


class TooManyMissesError(TooManyError):
    """A facility guesses at one person. `hours` rounds the wait up."""

    code: ClassVar[str] = "card-check.too-many-misses"
    sentence: ClassVar[object] = _(
        "Mã số này đã bị nhập sai thông tin quá nhiều lần trong ngày. Xin quét «Mã xác thực» trên "
        "điện thoại của người bệnh, hoặc thử lại sau {hours} giờ."
    )


class TooManyFacilityMissesError(TooManyError):
    """A facility guesses at numbers, or its program does something wrong."""

    code: ClassVar[str] = "card-check.facility-misses"
    sentence: ClassVar[object] = _(
        "Cơ sở đã tra quá nhiều mã số không có hoặc không khớp. Xin quét «Mã xác thực» trên điện "
        "thoại của người bệnh, hoặc thử lại sau {minutes} phút."
    )


class KeyEndedError(CodedError):
    """A key that does not exist, or was ended before."""

    code: ClassVar[str] = "facility-key.unknown"
    sentence: ClassVar[object] = _(
        "Không có khóa nào đang dùng mang mã này. Xin xem danh sách khóa rồi chọn lại."
    )
