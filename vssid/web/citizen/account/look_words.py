"""The events about a person in the words that they read: who, what, why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vssid.accounts.models import CodePurpose
from vssid.audit.actors import FACILITY_MARK, ActorKind
from vssid.audit.queries import Look
from vssid.insurance.papers import codes as papers
from vssid.kernel.clock import VIETNAM
from vssid.kernel.identifiers import mask_number
from vssid.people.visibility import Part
from vssid.reference import lookups
from vssid.reference import queries as reference
from vssid.registration.rules import display_code
from vssid.staff.commands.card_checks import CLOCKS_DIFFER
from vssid.support.rules import display_code as display_petition
from vssid.web.citizen.record.withheld import PARTS

Words = Mapping[str, Promise | str]

ACTS: Final[Words] = {
    "account.close": gettext_lazy("Đóng tài khoản"),
    "account.not-found": gettext_lazy("Tìm tài khoản theo mã số của bạn; khi đó chưa có tài khoản"),
    "account.open": pgettext_lazy("done", "Mở tài khoản"),
    "account.photo": gettext_lazy("Xem ảnh chân dung của tài khoản"),
    "address.change": gettext_lazy("Đổi địa chỉ liên hệ"),
    "address.convert": gettext_lazy("Chuyển địa chỉ sang tên hiện nay"),
    "card.check": gettext_lazy("Kiểm tra thẻ BHYT của bạn"),
    "child.file": gettext_lazy("Nộp tờ khai đăng ký cho bạn, với tư cách cha, mẹ, người giám hộ"),
    "code.send": gettext_lazy("Gửi mã OTP"),
    "declaration.approve": gettext_lazy("Duyệt tờ khai đăng ký"),
    "declaration.claim": gettext_lazy("Bắt đầu xử lý tờ khai"),
    "declaration.contest": gettext_lazy("Có tờ khai khác cho mã số của bạn, chờ kiểm tra"),
    "declaration.file": gettext_lazy("Nộp tờ khai đăng ký"),
    "declaration.prove-email": gettext_lazy("Xác nhận email của tờ khai"),
    "declaration.follow": gettext_lazy("Xem tiến độ tờ khai bằng mã OTP"),
    "declaration.file-at-desk": gettext_lazy("Khai thay bạn tại quầy"),
    "declaration.hand-over": gettext_lazy("Giao tờ khai cho cán bộ hoặc cơ quan khác"),
    "declaration.lapse": gettext_lazy("Tờ khai hết hạn vì chưa nộp bản ký"),
    "declaration.move": gettext_lazy("Chuyển tờ khai sang cơ quan mới, do sắp xếp cơ quan BHXH"),
    "declaration.photo": gettext_lazy("Xem ảnh trong tờ khai"),
    "declaration.print": gettext_lazy("In tờ khai"),
    "declaration.propose-number": gettext_lazy("Đề nghị sửa mã số gõ nhầm trong tờ khai"),
    "declaration.return-number": gettext_lazy("Giữ mã số cũ trong tờ khai"),
    "declaration.renumber": gettext_lazy("Sửa mã số gõ nhầm trong tờ khai"),
    "declaration.propose": gettext_lazy("Trình tờ khai để cán bộ thứ hai duyệt"),
    "declaration.receive": gettext_lazy("Nhận bản ký của tờ khai"),
    "declaration.refuse": gettext_lazy("Chưa duyệt tờ khai đăng ký"),
    "declaration.release": gettext_lazy("Trả tờ khai về hàng đợi"),
    "declaration.remind": gettext_lazy("Nhắc nộp bản ký của tờ khai"),
    "declaration.replace": gettext_lazy("Thay tờ khai bằng tờ khai mới"),
    "declaration.return": gettext_lazy("Trả tờ khai lại cho cán bộ đã trình"),
    "declaration.take-over": gettext_lazy("Nhận tờ khai về xử lý"),
    "device.forget": gettext_lazy("Bỏ một thiết bị đã ghi nhớ"),
    "dispute.decide": gettext_lazy("Quyết định ai giám hộ bạn"),
    "dispute.hand-over": gettext_lazy("Chuyển việc giám hộ bạn đến cơ quan khác"),
    "dispute.move": gettext_lazy("Chuyển việc giám hộ bạn đến cơ quan nhận việc sau sắp xếp"),
    "dispute.open": gettext_lazy("Báo tranh chấp về người giám hộ của bạn"),
    "email.change": gettext_lazy("Đổi email"),
    "email.remove": gettext_lazy("Bỏ email"),
    "export.ask": gettext_lazy("Yêu cầu tải toàn bộ hồ sơ"),
    "export.end": gettext_lazy("Xóa bản hồ sơ chưa tải"),
    "export.fail": gettext_lazy("Chưa lập được bản hồ sơ"),
    "export.fetch": gettext_lazy("Tải toàn bộ hồ sơ về máy"),
    "export.make": gettext_lazy("Lập xong bản hồ sơ để tải"),
    "guardianship.end": gettext_lazy("Kết thúc việc giám hộ bạn"),
    "guardianship.freeze": gettext_lazy("Tạm dừng việc người giám hộ xem hồ sơ của bạn"),
    "guardianship.open": gettext_lazy("Ghi nhận người giám hộ của bạn"),
    "help.confirm": gettext_lazy("Cán bộ thứ hai xác nhận việc bạn nhờ tại quầy"),
    "help.move": gettext_lazy("Chuyển việc bạn nhờ tại quầy đến cơ quan nhận việc sau sắp xếp"),
    "help.propose": gettext_lazy("Trình việc bạn nhờ tại quầy để cán bộ thứ hai xác nhận"),
    "help.return": gettext_lazy("Không xác nhận việc bạn nhờ tại quầy"),
    "guardianship.release": gettext_lazy("Cho người giám hộ xem lại hồ sơ của bạn"),
    "identity.compare": gettext_lazy("Đối chiếu giấy tờ gốc tại quầy"),
    "looks.withhold": gettext_lazy("Lùi thời điểm thông báo một số lượt xem"),
    "number.search": gettext_lazy("Tìm ra mã số BHXH của bạn trên trang tra cứu công khai"),
    "passkey.add": gettext_lazy("Thêm đăng nhập bằng vân tay, khuôn mặt"),
    "passkey.copied": gettext_lazy("Chặn một khóa đăng nhập có dấu hiệu bị sao chép"),
    "passkey.remove": gettext_lazy("Gỡ đăng nhập bằng vân tay, khuôn mặt"),
    "passkey.rename": gettext_lazy("Đặt lại tên khóa vân tay, khuôn mặt"),
    "passkey.use": gettext_lazy("Dùng vân tay, khuôn mặt"),
    "password.change": gettext_lazy("Đổi mật khẩu"),
    "password.reset": gettext_lazy("Đặt lại mật khẩu đã quên"),
    "password.reset-by-desk": gettext_lazy("Cấp lại mật khẩu tại quầy"),
    "password.set": gettext_lazy("Đặt mật khẩu cho tài khoản dùng thử"),
    "people.paper": gettext_lazy("Ghi thêm một giấy tờ tùy thân của bạn"),
    "people.write": gettext_lazy("Cập nhật thông tin cá nhân"),
    "petition.add": gettext_lazy("Bổ sung cho phản ánh"),
    "petition.answer": gettext_lazy("Trả lời phản ánh"),
    "petition.close": gettext_lazy("Đóng phản ánh"),
    "petition.follow": gettext_lazy("Xem tiến độ phản ánh bằng mã và OTP"),
    "petition.forward": gettext_lazy("Chuyển phản ánh đến cơ quan khác"),
    "petition.look": gettext_lazy("Xem phản ánh"),
    "petition.merge": gettext_lazy("Gộp phản ánh vào phản ánh khác của bạn"),
    "petition.move": gettext_lazy("Chuyển phản ánh sang cơ quan mới, do sắp xếp cơ quan BHXH"),
    "petition.note": gettext_lazy("Ghi chú nội bộ về phản ánh"),
    "petition.open": gettext_lazy("Gửi phản ánh"),
    "petition.paper": gettext_lazy("Xem giấy tờ kèm phản ánh"),
    "petition.rate": gettext_lazy("Đánh giá câu trả lời phản ánh"),
    "petition.remind": gettext_lazy("Nhắc cơ quan: phản ánh quá hạn trả lời"),
    "petition.reopen": gettext_lazy("Mở lại phản ánh"),
    "petition.take-over": gettext_lazy("Cán bộ khác nhận xử lý phản ánh"),
    "petition.take": gettext_lazy("Nhận xử lý phản ánh"),
    "petition.turned-away": gettext_lazy(
        "Mở liên kết đến hồ sơ hoặc phản ánh của bạn; đã bị từ chối, không xem được gì"
    ),
    "phone.change": gettext_lazy("Đổi số điện thoại"),
    "phone.change-by-desk": gettext_lazy("Đổi số điện thoại tại quầy"),
    "phone.restore": gettext_lazy("Trả lại số điện thoại cũ khi khóa tài khoản"),
    "record.look": gettext_lazy("Xem hồ sơ của bạn"),
    "record.refused": gettext_lazy("Thử mở hồ sơ không thuộc quyền, đã bị từ chối"),
    "record.write": gettext_lazy("Cập nhật hồ sơ bảo hiểm"),
    "session.disown": gettext_lazy("Báo «Không phải tôi» và khóa tài khoản"),
    "session.end": gettext_lazy("Đăng xuất"),
    "session.prove": gettext_lazy("Xác nhận lại trước một việc quan trọng"),
    "session.start": gettext_lazy("Đăng nhập"),
    "session.take-over": gettext_lazy("Chuyển đăng nhập sang thiết bị khác"),
    "share.accept": gettext_lazy("Nhận lời xem hồ sơ bạn chia sẻ"),
    "share.end": gettext_lazy("Dừng một lần chia sẻ hồ sơ"),
    "share.open": gettext_lazy("Cho người khác xem hồ sơ"),
    "smart-otp.remove": gettext_lazy("Gỡ SmartOTP"),
    "smart-otp.set": gettext_lazy("Thiết lập SmartOTP"),
    "statement.issue": gettext_lazy("Lấy giấy xác nhận quá trình đóng"),
    "statement.revoke": gettext_lazy("Thu hồi giấy xác nhận quá trình đóng"),
}
"""Every act that may have a person as its subject; a test holds it complete."""

REASONS: Final[Words] = {
    "account forgotten-password": gettext_lazy("Bạn nhờ giúp tại quầy: quên mật khẩu"),
    "account lost-phone": gettext_lazy("Bạn nhờ giúp tại quầy: mất hoặc đổi số điện thoại"),
    "account question": gettext_lazy("Bạn hỏi tại quầy về tài khoản của mình"),
    "account second": gettext_lazy("Xác nhận việc bạn nhờ tại quầy, cán bộ thứ hai"),
    "card offline": gettext_lazy("Quét mã xác thực của bạn khi cơ sở không có mạng, nay báo lại"),
    "card stay": gettext_lazy("Bạn đang nằm viện tại cơ sở này"),
    "card visit": gettext_lazy("Bạn đến khám, chữa bệnh tại cơ sở này"),
    "counter": gettext_lazy("Bạn đăng ký tại quầy"),
    "dispute": gettext_lazy("Xem xét tranh chấp về người giám hộ của bạn"),
    "guardian": gettext_lazy("Xem thay cho người được giám hộ"),
    "guardian-of": gettext_lazy("Bằng địa chỉ hồ sơ con của bạn"),
    "head": gettext_lazy("Bằng tên chủ hộ, nơi ở, tên và ngày sinh của bạn"),
    "household": gettext_lazy("Bằng mã hộ gia đình, tên và ngày sinh của bạn"),
    "number": gettext_lazy("Gõ mã số của bạn vào địa chỉ trang"),
    "person": gettext_lazy("Bằng tên, ngày sinh, tỉnh của bạn, có thể cả số CCCD"),
    "shared": gettext_lazy("Theo lần chia sẻ hồ sơ của bạn"),
}
"""Why somebody looked, by the purpose written with the look; declarations carry their code."""

PAPERS: Final[Words] = {
    "cccd": gettext_lazy("thẻ CCCD"),
    "cmnd": gettext_lazy("CMND"),
    "passport": gettext_lazy("hộ chiếu"),
}
_DECLARATION = "declaration "
_STATEMENT = "statement "
_PETITION = "petition "
# No pass was signed before.
_FIRST_REPORTS: Final = datetime(2026, 1, 1, tzinfo=VIETNAM)
_ON_DEVICE = ("session.start", "export.ask", "export.fetch")
_MOVED = ("declaration.move", "petition.move")


@dataclass(frozen=True, slots=True)
class LookInWords:
    """One event as the page shows it; `why` may be empty."""

    when: datetime
    who: str
    what: str
    why: str
    is_own: bool


def in_words(look: Look, *, owner: str, officers: Mapping[str, str]) -> LookInWords:
    """An event about `owner` in words; `officers` are full names by user name."""
    is_own = look.actor_kind is ActorKind.CITIZEN and look.actor_name == owner
    return LookInWords(
        when=_when(look),
        who=_("Bạn") if is_own else _who(look, officers),
        what=_what(look),
        why=_why(look),
        is_own=is_own,
    )


def _when(look: Look) -> datetime:
    """When it happened; of what a facility reports, the event itself came later.

    Events stay for good: what one of an older release says of its moment need not be true.
    """
    try:
        said = datetime.fromisoformat(str(look.details["happened_at"]))
    except (KeyError, ValueError):
        return look.at
    is_possible = said.tzinfo is not None and _FIRST_REPORTS <= said <= look.at + CLOCKS_DIFFER
    return said if is_possible else look.at


def _who(look: Look, officers: Mapping[str, str]) -> str:
    if look.actor_kind is ActorKind.OFFICER:
        name = officers.get(look.actor_name) or _("Cán bộ %(name)s") % {"name": look.actor_name}
        return ", ".join(filter(None, [name, _office(look.office)]))
    if look.act == "petition.turned-away":
        return _("Người khác, mã số %(number)s") % {"number": mask_number(look.actor_name)}
    if look.actor_kind is ActorKind.FACILITY:
        code = look.office.removeprefix(FACILITY_MARK)
        found = lookups.facility(code)
        return f"{found.name} ({code})" if found else code
    if look.actor_kind is ActorKind.CITIZEN:
        return _citizen(look) % {"number": mask_number(look.actor_name)}
    if look.actor_kind is ActorKind.VISITOR and look.reason.startswith(_STATEMENT):
        return _("Người có mã hoặc file của giấy, trên trang kiểm tra giấy")
    if look.act == "number.search":
        return _("Một người không đăng nhập; trang không hỏi họ là ai")
    if look.actor_kind is ActorKind.VISITOR:
        return _("Người chưa đăng nhập, trên trang đăng ký hoặc quên mật khẩu")
    return ", ".join(filter(None, [_("Hệ thống"), _office(look.office)]))


def _citizen(look: Look) -> str:
    if look.act in {"record.refused", "child.file"}:
        return _("Một tài khoản khác, mã số %(number)s")
    if look.reason == "shared" or look.act.startswith("share."):
        return _("Người bạn cho xem hồ sơ, mã số %(number)s")
    return _("Người giám hộ, mã số %(number)s")


def _office(code: str) -> str:
    return reference.office_name(code)


def _what(look: Look) -> str:
    if look.reason.startswith(_STATEMENT):
        return _("Kiểm tra giấy xác nhận của bạn")
    # An act of an older release that nobody has words for any more must still be shown.
    words = str(ACTS.get(look.act, _("Việc khác trong tài khoản")))
    purpose, part = str(look.details.get("purpose", "")), str(look.details.get("part", ""))
    if look.act == "record.look" and part in set(Part):
        return f"{words}: {PARTS[Part(part)]}"
    if look.act == "code.send" and purpose in CodePurpose.values:
        return f"{words}: {CodePurpose(purpose).label}"
    device = str(look.details.get("device", ""))
    return f"{words}: {device}" if look.act in _ON_DEVICE and device else words


def _why(look: Look) -> str:
    if look.reason.startswith(_DECLARATION):
        return _declaration(look.reason.removeprefix(_DECLARATION))
    if look.reason.startswith(_STATEMENT):
        return _statement(look.reason.removeprefix(_STATEMENT))
    if look.act in _MOVED:
        return _moved(look)
    if look.reason.startswith(_PETITION):
        return _petition(look.reason.removeprefix(_PETITION))
    if "petition" in look.details:
        return _petition(str(look.details["petition"]))
    if look.act == "looks.withhold":
        return _("Theo quyết định số %(number)s") % {"number": look.reason}
    if look.reason in REASONS:
        return str(REASONS[look.reason])
    if "statement" in look.details:
        return _statement(str(look.details["statement"]))
    if "code" in look.details:
        return _declaration(str(look.details["code"]))
    paper = str(look.details.get("paper", ""))
    return _("Đã xem bản chính %(paper)s") % {"paper": PAPERS[paper]} if paper in PAPERS else ""


def _statement(code: str) -> str:
    return _("Giấy xác nhận %(code)s") % {"code": papers.display_code(code)}


def _moved(look: Look) -> str:
    is_petition = "petition" in look.details
    return _("%(what)s: từ %(old)s đến %(new)s. Căn cứ: %(decision)s") % {
        "what": _petition(str(look.details["petition"]))
        if is_petition
        else _declaration(str(look.details["code"])),
        "old": _office(str(look.details["from"])),
        "new": _office(str(look.details["to"])),
        "decision": look.reason,
    }


def _petition(code: str) -> str:
    return _("Phản ánh %(code)s") % {"code": display_petition(code)}


def _declaration(code: str) -> str:
    return _("Tờ khai đăng ký %(code)s") % {"code": display_code(code)}
