"""Sentences that the record leads to: why there is no card, what an employer owes."""

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vssid.insurance.card_rules import NoCard, WithoutCard
from vssid.insurance.rules import Unpaid
from vssid.kernel.clock import format_date
from vssid.web.citizen.record.words import Words

Told = tuple[str, str]
"""A title and what to do."""

_WHY: Final[Mapping[NoCard, object]] = {
    NoCard.DIED: gettext_lazy("Thẻ không còn dùng: người có thẻ đã mất ngày %(day)s"),
    NoCard.COMING: gettext_lazy("Thẻ mới có giá trị từ ngày %(day)s"),
    NoCard.OWED: gettext_lazy("Chưa có thẻ còn giá trị: %(employer)s chậm đóng BHYT"),
    NoCard.JOB_ENDED: gettext_lazy(
        "Chưa có thẻ còn giá trị: việc làm tại %(employer)s chỉ ghi đến tháng %(month)s"
    ),
    NoCard.ENDED: gettext_lazy("Thẻ gần nhất đã hết giá trị sau ngày %(day)s"),
    NoCard.NOT_ISSUED: gettext_lazy("Chưa có thẻ BHYT, dù %(employer)s có đóng đến %(month)s"),
    NoCard.NEVER: gettext_lazy("Chưa có thẻ BHYT nào trong hồ sơ"),
}
_WHAT_TO_DO: Final[Mapping[NoCard, object]] = {
    NoCard.DIED: gettext_lazy("Thân nhân có thể hỏi về mai táng phí và trợ cấp tuất: %(phone)s."),
    NoCard.COMING: gettext_lazy(
        "Trước ngày đó bạn tự trả chi phí khám, chữa bệnh. Cần sớm hơn, xin gọi %(phone)s."
    ),
    NoCard.OWED: gettext_lazy(
        "Hãy hỏi phòng nhân sự khi nào đơn vị đóng. Giữ hóa đơn khám, chữa bệnh: đơn vị chậm đóng "
        "phải hoàn trả phần BHYT đáng lẽ trả (Luật BHYT, Điều 49)."
    ),
    NoCard.JOB_ENDED: gettext_lazy(
        "Đã có việc mới: hỏi đơn vị mới. Đang hưởng trợ cấp thất nghiệp: bạn được cấp thẻ nhóm TN. "
        "Còn lại: mua BHYT hộ gia đình tại điểm thu gần nhà, hoặc gọi %(phone)s."
    ),
    NoCard.ENDED: gettext_lazy(
        "Gia hạn tại nơi bạn đã tham gia. Nghỉ quá 90 ngày thì thời gian 5 năm liên tục tính lại. "
        "Chưa rõ, xin gọi %(phone)s."
    ),
    NoCard.NOT_ISSUED: gettext_lazy("Hãy hỏi phòng nhân sự, hoặc gọi %(phone)s để được cấp thẻ."),
    NoCard.NEVER: gettext_lazy(
        "Đi làm: đơn vị làm thẻ. Đi học: trường làm thẻ. Chưa đi làm: mua BHYT hộ gia đình tại "
        "điểm thu gần nhà. Đã có thẻ giấy mà không thấy ở đây, xin gọi %(phone)s."
    ),
}
# Where a card is renewed depends on the group it was in.
_RENEWED_AT: Final[Words] = {
    "GD": gettext_lazy(
        "Đóng tiếp BHYT hộ gia đình tại điểm thu gần nhà. Nghỉ quá 90 ngày thì thời gian 5 năm "
        "liên tục tính lại."
    ),
    "HS": gettext_lazy("Hỏi trường để được gia hạn thẻ học sinh."),
    "SV": gettext_lazy("Hỏi trường để được gia hạn thẻ sinh viên."),
    "TE": gettext_lazy(
        "Thẻ trẻ em dùng đến khi vào lớp một. Hỏi trường để có thẻ học sinh; chưa đi học, hỏi UBND "
        "xã nơi ở."
    ),
    "TN": gettext_lazy(
        "Hết trợ cấp thất nghiệp: đi làm thì đơn vị mới làm thẻ, chưa đi làm thì mua BHYT hộ gia "
        "đình tại điểm thu gần nhà."
    ),
    "HN": gettext_lazy("Hỏi UBND xã nơi ở xem hộ của bạn còn trong danh sách được cấp thẻ không."),
    "CN": gettext_lazy("Hỏi UBND xã nơi ở xem hộ của bạn còn trong danh sách được cấp thẻ không."),
}


def why_no_card(reason: WithoutCard) -> Told:
    """Why no card is valid, and what to do."""
    facts = {
        "day": format_date(reason.day) if reason.day else "",
        "month": str(reason.month or ""),
        "employer": reason.employer_name or _("đơn vị"),
        "phone": settings.VSSID_HOTLINE,
    }
    todo = _WHAT_TO_DO[reason.why]
    if reason.why is NoCard.ENDED:
        todo = _RENEWED_AT.get(reason.group, todo)
    return str(_WHY[reason.why]) % facts, str(todo) % facts


def unpaid(found: Unpaid, fund: str) -> Told:
    """An employer owes two months or more: which, who, and what to do."""
    count = len(found.span)
    title = ngettext(
        "Đơn vị chưa đóng %(fund)s %(count)s tháng liền",
        "Đơn vị chưa đóng %(fund)s %(count)s tháng liền",
        count,
    ) % {"fund": fund, "count": count}
    text = _(
        "%(employer)s chưa đóng từ %(first)s đến %(last)s. Hãy hỏi phòng nhân sự hoặc công đoàn; "
        "chưa rõ thì phản ánh với cơ quan BHXH hoặc gọi %(phone)s. Khi đơn vị đóng bù, các tháng "
        "này được tính."
    ) % {
        "employer": found.employer_name or _("Đơn vị của bạn"),
        "first": str(found.span.first),
        "last": str(found.span.last),
        "phone": settings.VSSID_HOTLINE,
    }
    return title, text
