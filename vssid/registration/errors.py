"""Refusals around the declaration. Each sentence names the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError, TooManyError


class DraftIncompleteError(CodedError):
    """Something required is not filled in."""

    code: ClassVar[str] = "draft.incomplete"
    sentence: ClassVar[object] = _("Tờ khai còn thiếu mục. Xin điền tiếp ở bước được mở ra.")


class TooManyDraftsError(CodedError):
    """Many declarations were begun from one network."""

    code: ClassVar[str] = "draft.too-many"
    sentence: ClassVar[object] = _(
        "Mạng này vừa mở quá nhiều tờ khai. Xin thử lại sau {minutes} phút, hoặc dùng mạng di động."
    )


class TooManyPhotosError(CodedError):
    """Photos were changed again and again."""

    code: ClassVar[str] = "draft.too-many-photos"
    sentence: ClassVar[object] = _(
        "Bạn đã đổi ảnh nhiều lần. Xin chờ {minutes} phút, hoặc dùng ảnh đang có."
    )


class DraftFiledError(CodedError):
    """Another tab filed it meanwhile: what was filed stays as it is."""

    code: ClassVar[str] = "draft.filed"
    sentence: ClassVar[object] = _(
        "Tờ khai này đã được ghi nhận nên không sửa được nữa. Muốn sửa, xin khai lại từ đầu."
    )


class PhoneNotConfirmedError(CodedError):
    """Number or phone changed after the code, or no code was typed."""

    code: ClassVar[str] = "draft.phone-not-confirmed"
    sentence: ClassVar[object] = _(
        "Số điện thoại chưa được xác nhận bằng mã OTP. Xin bấm «Gửi mã OTP» và nhập mã nhận được."
    )


class PictureNotPassedError(CodedError):
    """A code was asked for before the picture check."""

    code: ClassVar[str] = "draft.picture-not-passed"
    sentence: ClassVar[object] = _("Xin nhập mã kiểm tra trong hình trước khi nhận mã OTP.")


class DeclarationNotOpenError(CodedError):
    """Decided, replaced or lapsed already."""

    code: ClassVar[str] = "declaration.not-open"
    sentence: ClassVar[object] = _(
        "Tờ khai {declaration} không còn chờ xử lý ({state}). Xin tải lại danh sách."
    )


class NumberSameError(CodedError):
    """The right number is the one that stands there."""

    code: ClassVar[str] = "declaration.number-same"
    sentence: ClassVar[object] = _(
        "Tờ khai đã mang mã số {number}. Xin nhập mã số đúng theo giấy tờ, nếu khác."
    )


class NumberOfChildError(CodedError):
    """A child's declaration is the guardian's to declare again."""

    code: ClassVar[str] = "declaration.number-of-child"
    sentence: ClassVar[object] = _(
        "Tờ khai cho con thì người giám hộ khai lại với mã số đúng. Xin từ chối tờ khai này kèm lý "
        "do."
    )


class NoNumberProposedError(CodedError):
    """No right number waits, or it is another one by now."""

    code: ClassVar[str] = "declaration.no-number-proposed"
    sentence: ClassVar[object] = _(
        "Không còn mã số nào chờ xác nhận ở tờ khai này. Xin mở lại tờ khai để xem."
    )


class EmailProofUnknownError(CodedError):
    """The link is none of ours, or the declaration has another email now."""

    code: ClassVar[str] = "declaration.email-proof-unknown"
    sentence: ClassVar[object] = _(
        "Liên kết này không đúng hoặc không còn dùng được. Xin mở lại từ thư mới nhất, hoặc theo "
        "dõi tờ khai bằng mã gửi đến điện thoại."
    )


class EmailNumberDiffersError(CodedError):
    """Who opened the link does not know the number of the declaration."""

    code: ClassVar[str] = "declaration.email-number-differs"
    sentence: ClassVar[object] = _(
        "Mã số BHXH này không phải mã số trong tờ khai. Xin xem lại 10 số rồi nhập lại; không phải "
        "bạn khai thì cứ đóng trang này."
    )


class EmailProofsExhaustedError(TooManyError):
    """Too many numbers were tried with one link."""

    code: ClassVar[str] = "declaration.email-proofs"
    sentence: ClassVar[object] = _(
        "Đã nhập sai nhiều lần. Xin thử lại sau {wait_words}, hoặc theo dõi tờ khai bằng mã gửi "
        "đến điện thoại."
    )


class LookUpsExhaustedError(TooManyError):
    """An officer looked up more people by their numbers in an hour than a counter serves."""

    code: ClassVar[str] = "desk.look-ups"
    sentence: ClassVar[object] = _(
        "Bạn đã tra nhiều mã số trong giờ qua nên chưa tra thêm được. Xin thử lại sau {minutes} "
        "phút, hoặc nhờ đồng nghiệp tra giúp."
    )


class CaseMovedError(CodedError):
    """The number was corrected since the case was opened, so it stands under another one."""

    code: ClassVar[str] = "declaration.moved"
    sentence: ClassVar[object] = _(
        "Mã số BHXH của tờ khai {declaration} vừa được sửa. Xin mở lại tờ khai để xem rồi làm tiếp."
    )


class NumberWaitsError(CodedError):
    """A decision while another number is proposed for the declaration."""

    code: ClassVar[str] = "declaration.number-waits"
    sentence: ClassVar[object] = _(
        "Tờ khai đang chờ xác nhận mã số {number}. Xin mở «Sửa mã số gõ nhầm» để xác nhận hoặc trả "
        "lại mã số đó, rồi mới duyệt."
    )


class NumberOfAnotherError(CodedError):
    """Neither name nor ID of the declaration are those of the number's owner."""

    code: ClassVar[str] = "declaration.number-of-another"
    sentence: ClassVar[object] = _(
        "Họ tên và số giấy tờ trong tờ khai đều không khớp với người mang mã số {number}. Xin xem "
        "lại mã số trên giấy tờ gốc; nếu tờ khai sai nhiều chỗ, hãy từ chối kèm lý do để khai lại."
    )


class NotThisOfficeError(CodedError):
    """Another office's case."""

    code: ClassVar[str] = "declaration.not-this-office"
    sentence: ClassVar[object] = _(
        "Tờ khai này gửi đến cơ quan khác. Nhập mã tờ khai rồi bấm «Nhận về xử lý» trước."
    )


class MayNotDecideError(CodedError):
    """The officer's role does not decide."""

    code: ClassVar[str] = "declaration.may-not-decide"
    sentence: ClassVar[object] = _(
        "Bạn được giao tiếp nhận hồ sơ, chưa được giao xét duyệt. Xin chuyển cho cán bộ xét duyệt."
    )


class CaseHeldError(CodedError):
    """Another officer works on the case."""

    code: ClassVar[str] = "declaration.held"
    sentence: ClassVar[object] = _(
        "{who} đang xử lý tờ khai này đến {until}. Xin chọn tờ khai khác, hoặc nhận thay và ghi lý "
        "do."
    )


class PaperAwaitedError(CodedError):
    """A photo of the paper came just now: what it says is not known yet."""

    code: ClassVar[str] = "declaration.paper-awaited"
    sentence: ClassVar[object] = _(
        "Máy đang đọc ảnh giấy tờ vừa nhận, chỉ vài giây. Xin xem kết quả rồi bấm «Duyệt» lần nữa."
    )


class SecondOfficerNeededError(CodedError):
    """The approval needs two officers, and nobody proposed it yet."""

    code: ClassVar[str] = "declaration.second-needed"
    sentence: ClassVar[object] = _(
        "Tờ khai này cần hai cán bộ. Xin bấm «Trình người thứ hai»; người khác của cơ quan duyệt."
    )


class SamePersonError(CodedError):
    """The first of two officers may not be the second."""

    code: ClassVar[str] = "desk.same-person"
    sentence: ClassVar[object] = _(
        "Bạn là người trình việc này nên không tự xác nhận được. Xin nhờ cán bộ xét duyệt khác của "
        "cơ quan, hoặc cơ quan cấp trên."
    )


class NotProposedError(CodedError):
    """Nothing waits for a second officer any more."""

    code: ClassVar[str] = "desk.not-proposed"
    sentence: ClassVar[object] = _(
        "Việc này không còn chờ người thứ hai. Xin tải lại danh sách để xem kết quả."
    )


class HelpWaitingError(CodedError):
    """The same help waits for a second officer already."""

    code: ClassVar[str] = "help.waiting"
    sentence: ClassVar[object] = _(
        "Việc này đã được trình lúc {when} và đang chờ người thứ hai. Xin nhờ họ xác nhận, hoặc "
        "trả lại để trình mới."
    )


class HelpLateError(CodedError):
    """Nobody confirmed in time: who came to the counter has left."""

    code: ClassVar[str] = "help.late"
    sentence: ClassVar[object] = _(
        "Việc này đã chờ quá {hours} giờ nên không còn hiệu lực. Xin trả lại; khi chủ tài khoản "
        "đến, đối chiếu giấy tờ và trình lại."
    )


class NoteMissingError(CodedError):
    """A hand-over, a return or a take-over without a word."""

    code: ClassVar[str] = "declaration.note-missing"
    sentence: ClassVar[object] = _(
        "Xin ghi ít nhất 5 ký tự để người kia biết vì sao, ví dụ «Người khai đến quầy của tôi»."
    )


class ColleagueUnknownError(CodedError):
    """Nobody at the case's office who works with declarations."""

    code: ClassVar[str] = "declaration.colleague-unknown"
    sentence: ClassVar[object] = _(
        "Người này không xử lý tờ khai ở cơ quan giữ hồ sơ. Xin chọn người trong danh sách."
    )


class OfficeSameError(CodedError):
    """Handed over to where it is."""

    code: ClassVar[str] = "declaration.office-same"
    sentence: ClassVar[object] = _(
        "Tờ khai đang ở cơ quan này. Xin chọn cơ quan khác, hoặc giao cho đồng nghiệp."
    )


class PaperNotReceivedError(CodedError):
    """Approval before the signed paper and the original ID were compared."""

    code: ClassVar[str] = "declaration.paper-missing"
    sentence: ClassVar[object] = _(
        "Xin đánh dấu đã nhận bản ký và đối chiếu giấy tờ gốc trước khi duyệt."
    )


class NotInRegistryError(CodedError):
    """The declared number belongs to nobody."""

    code: ClassVar[str] = "declaration.not-in-registry"
    sentence: ClassVar[object] = _(
        "Mã số BHXH {number} không có trong cơ sở dữ liệu nên chưa thể mở tài khoản. "
        "Xin tra lại mã số cùng người khai, rồi từ chối với lý do để họ khai lại."
    )


class PaperOfAnotherError(CodedError):
    """The identity paper is known as somebody else's."""

    code: ClassVar[str] = "declaration.paper-of-another"
    sentence: ClassVar[object] = _(
        "Số giấy tờ trong tờ khai đang gắn với một mã số BHXH khác nên chưa thể duyệt. Xin đối "
        "chiếu lại bản chính và mã số, rồi từ chối với lý do hoặc chuyển bộ phận cấp mã số."
    )


class ReasonMissingError(CodedError):
    """Refusal without a reason."""

    code: ClassVar[str] = "declaration.reason-missing"
    sentence: ClassVar[object] = _(
        "Xin ghi lý do từ chối (ít nhất 5 ký tự) để người khai biết cần sửa gì."
    )


class NothingToCorrectError(CodedError):
    """Only what was refused or has lapsed is declared again from its own answers."""

    code: ClassVar[str] = "declaration.nothing-to-correct"
    sentence: ClassVar[object] = _(
        "Tờ khai này không ở tình trạng cần khai lại. Xin xem tiến độ bên dưới."
    )


class DeclarationUnknownError(CodedError):
    """No declaration has this code."""

    code: ClassVar[str] = "declaration.unknown"
    sentence: ClassVar[object] = _(
        "Không tìm thấy tờ khai có mã này. Xin xem lại mã in ở góc tờ khai, ví dụ TK-7F3K-92QD."
    )


class ChildDiffersError(CodedError):
    """What was declared of a child does not fit; the same words whatever it is."""

    code: ClassVar[str] = "child.differs"
    sentence: ClassVar[object] = _(
        "Mã số BHXH và họ tên của con chưa khớp với dữ liệu BHXH. Xin xem lại 10 số cuối trên thẻ "
        "BHYT và họ tên trên giấy khai sinh của con. Nếu đã đúng, xin mang bản chính giấy khai "
        "sinh đến cơ quan BHXH: cán bộ sẽ đối chiếu."
    )


class ChildrenOfDayError(CodedError):
    """One account files for more children in a day than a family has."""

    code: ClassVar[str] = "child.too-many"
    sentence: ClassVar[object] = _(
        "Hôm nay bạn đã ghi nhận nhiều tờ khai cho con. Xin khai tiếp vào ngày mai, hoặc đến cơ "
        "quan BHXH để được giúp."
    )


class GuardianGoneError(CodedError):
    """The guardian's account was closed meanwhile."""

    code: ClassVar[str] = "child.guardian-gone"
    sentence: ClassVar[object] = _(
        "Người khai không còn tài khoản VssID nên chưa thể duyệt. Xin hướng dẫn họ đăng ký lại "
        "tài khoản của mình trước, hoặc từ chối với lý do."
    )


class PersonDiedError(CodedError):
    """Somebody whom a declaration is about, a child's guardian included, does not live any more."""

    code: ClassVar[str] = "declaration.person-died"
    sentence: ClassVar[object] = _(
        "Theo cơ sở dữ liệu, {name} đã mất ngày {day} nên không duyệt được. Xin từ chối với lý do; "
        "nếu người đó còn sống, xin đề nghị nơi quản lý cơ sở dữ liệu sửa trước rồi duyệt."
    )


class NotAChildError(CodedError):
    """The declared child is of age."""

    code: ClassVar[str] = "child.not-a-child"
    sentence: ClassVar[object] = _(
        "Người được khai đã đủ 18 tuổi, nên không khai theo mẫu cho con được. Xin xem "
        "lại mã số cùng người khai, rồi từ chối với lý do."
    )


class GuardianAlreadyError(CodedError):
    """The guardian acts for the child already."""

    code: ClassVar[str] = "child.guardian-already"
    sentence: ClassVar[object] = _(
        "Người khai đã là người giám hộ của con này. Xin từ chối với lý do; không cần khai lại."
    )


class GuardianshipDisputedError(CodedError):
    """Nobody is added while it is not decided who acts for the child."""

    code: ClassVar[str] = "child.disputed"
    sentence: ClassVar[object] = _(
        "Việc giám hộ con này đang tranh chấp. Xin quyết định ở «Giám hộ đang tranh chấp» trước, "
        "rồi duyệt."
    )


class NothingToDisputeError(CodedError):
    """There is no second guardian, no guardian at all, or it is disputed already."""

    code: ClassVar[str] = "dispute.nothing"
    sentence: ClassVar[object] = _(
        "Mã số này không có người giám hộ nào khác đang được ghi nhận, hoặc đã được báo và đang "
        "chờ quyết định. Xin xem lại mã số, hoặc gọi cơ quan BHXH."
    )


class DisputeOverError(CodedError):
    """It was decided before."""

    code: ClassVar[str] = "dispute.over"
    sentence: ClassVar[object] = _(
        "Tranh chấp này đã được quyết định hoặc không còn. Xin tải lại danh sách."
    )


class DisputeWordsMissingError(CodedError):
    """A report or a decision without a reason."""

    code: ClassVar[str] = "dispute.words-missing"
    sentence: ClassVar[object] = _(
        "Xin ghi rõ lý do (ít nhất 10 ký tự), để những người giám hộ hiểu và biết cần làm gì."
    )
