"""What is not shown of somebody else's record, why, and what to do: said, never left out."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts.passages import PassageKind, Reached
from vssid.kernel.clock import format_datetime
from vssid.people.models import Relation
from vssid.people.visibility import Part, Sight
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.page import Page, Tab
from vssid.web.ui.pages import render

PARTS: Final = {
    Part.PERSONAL: gettext_lazy("Thông tin cá nhân"),
    Part.CARD: gettext_lazy("Thẻ BHYT"),
    Part.CONTRIBUTIONS: gettext_lazy("Quá trình tham gia"),
    Part.BENEFITS: gettext_lazy("Thông tin hưởng"),
    Part.MEDICAL_BOOK: gettext_lazy("Sổ khám chữa bệnh"),
    Part.MEDICAL_DETAILS: gettext_lazy("Chi tiết khám chữa bệnh"),
}

_KINDS: Final = {
    Relation.FATHER.value: gettext_lazy("Con của bạn"),
    Relation.MOTHER.value: gettext_lazy("Con của bạn"),
    Relation.GUARDIAN.value: gettext_lazy("Người bạn giám hộ"),
}
_ASK: Final = gettext_lazy("Cần biết thì hỏi con: con tự xem được bằng tài khoản của con.")
_PLAIN: Final[dict[Part, Promise]] = {
    Part.PERSONAL: gettext_lazy(
        "Số giấy tờ và số điện thoại riêng không hiện, vì con đã đủ 16 tuổi."
    ),
    Part.CONTRIBUTIONS: gettext_lazy(
        "Tiền lương không hiện, vì từ đủ 15 tuổi con tự quản lý tài sản riêng."
    ),
    Part.BENEFITS: gettext_lazy(
        "Số tiền, tài khoản và số tháng hưởng không hiện, vì từ đủ 15 tuổi con tự quản lý tài sản "
        "riêng."
    ),
    Part.MEDICAL_BOOK: gettext_lazy(
        "Nơi khám, tên bệnh và chi phí không hiện, vì con đã đủ 16 tuổi."
    ),
    Part.MEDICAL_DETAILS: gettext_lazy(
        "Bệnh thuộc đời sống riêng tư không hiện tên, nơi khám và chi phí từng khoản, vì con đã đủ "
        "7 tuổi. Cần biết thì hỏi bác sĩ điều trị."
    ),
}


@dataclass(frozen=True, slots=True)
class Withheld:
    """A notice: what is not shown, and the next step."""

    title: str
    text: str


def relation(found: Reached) -> str:
    """What the person is to the reader; of a shared record until when."""
    if found.passage.kind is PassageKind.CHILD:
        return kinship(found.relation)
    until = format_datetime(found.until) if found.until else ""
    return _("Chia sẻ cho bạn xem đến %(until)s") % {"until": until}


def kinship(relation: str) -> str:
    """What the person of a guardianship is to who holds it."""
    return str(_KINDS[relation])


def page_of(
    title: str,
    name: str,
    *,
    relation: str,
    tab: Tab = "manage",
    back: str | None = None,
    wide: bool = False,
) -> Page:
    """The frame of a page of somebody else's record, who is named in its title.

    The heading needs no name: the bar below it says whose record it is.
    """
    return Page(
        title=_("%(page)s của %(name)s") % {"page": title, "name": name},
        heading=title,
        tab=tab,
        back=back,
        wide=wide,
        whose=name,
        relation=relation,
    )


def notes(found: Reached | None, *parts: Part) -> list[Withheld]:
    """What a page that shows these parts leaves out of them."""
    if found is None or found.passage.kind is PassageKind.SHARE:
        return []
    said = [part for part in parts if found.sights[part] is Sight.PLAIN]
    # Of the medical book the wider note covers the details.
    if Part.MEDICAL_BOOK in said:
        said = [part for part in said if part is not Part.MEDICAL_DETAILS]
    return [
        Withheld(_("Một phần không hiện ở đây"), f"{_PLAIN[part]} {_next(part)}".strip())
        for part in said
    ]


def page(request: CitizenRequest, found: Reached, part: Part | None) -> HttpResponse:
    """A part that is not for the reader, or not whole: nothing of it was read."""
    kind, name = found.passage.kind.value, found.full_name
    back = None
    if part and not (found.is_grown or found.is_frozen):
        back = reverse(f"citizen:{kind}-overview", kwargs={kind: found.passage.id})
    title = str(PARTS[part]) if part else _("Quản lý cá nhân")
    return render(
        request,
        "citizen/record/withheld.html",
        page_of(title, name, relation=relation(found), back=back),
        status=403,
        said=_why(found, part),
    )


def read_only(request: CitizenRequest, found: Reached) -> HttpResponse:
    """The answer to whatever is sent to a shared record."""
    kind = found.passage.kind.value
    back = reverse(f"citizen:{kind}-overview", kwargs={kind: found.passage.id})
    answer = render(
        request,
        "citizen/record/withheld.html",
        page_of(_("Quản lý cá nhân"), found.full_name, relation=relation(found), back=back),
        status=405,
        said=Withheld(
            _("Hồ sơ được chia sẻ chỉ để xem"),
            _("Chưa có gì thay đổi. Cần sửa điều gì, xin nhờ chính chủ hồ sơ."),
        ),
    )
    answer["Allow"] = "GET, HEAD"
    return answer


def _why(found: Reached, part: Part | None) -> Withheld:
    name = {"name": found.full_name}
    if found.is_grown:
        return Withheld(
            _("%(name)s đã đủ 18 tuổi") % name,
            _(
                "Từ sinh nhật 18 tuổi, hồ sơ chỉ còn chính chủ xem. Con đăng ký tài khoản VssID "
                "của mình, rồi có thể cho bạn xem bằng «Chia sẻ hồ sơ». Nếu bạn giám hộ theo quyết "
                "định của tòa án, xin mang quyết định đến cơ quan BHXH."
            ),
        )
    if found.is_frozen:
        return Withheld(
            _("Hồ sơ của %(name)s đang tạm dừng xem") % name,
            _(
                "Có ý kiến khác nhau về người giám hộ, nên trong lúc chờ cơ quan BHXH quyết định, "
                "không người giám hộ nào xem được. Kết quả gửi vào điện thoại của bạn. Cần khám "
                "bệnh ngay, con dùng thẻ BHYT giấy hoặc giấy khai sinh."
            ),
        )
    if found.passage.kind is PassageKind.SHARE:
        return Withheld(
            _("%(name)s không chia sẻ phần này") % name,
            _(
                "Chủ hồ sơ chọn phần nào cho bạn xem. Cần thêm phần này, xin nhờ họ dừng lần chia "
                "sẻ đang có rồi chia sẻ lại."
            ),
        )
    # Some of it is shown elsewhere, but not what tells it whole.
    left_out = _PLAIN[part] if part and found.sights[part] is Sight.PLAIN else ""
    text = f"{left_out} {_ASK}".strip()
    return Withheld(_("Phần này chỉ %(name)s xem được") % name, text)


def _next(part: Part) -> str:
    return "" if part is Part.MEDICAL_DETAILS else str(_ASK)
