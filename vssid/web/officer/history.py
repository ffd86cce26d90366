"""«Lịch sử xử lý»: who did what with a case, when and why, from the audit events (guides O01, O03).

A page of its own: opening a case has no statement to spare.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.audit.actors import ActorKind
from vssid.audit.commands import ONE_LOOK, open_record
from vssid.audit.holds import LOOKS
from vssid.audit.queries import Look, acts_on, looks_on
from vssid.reference import queries as reference
from vssid.registration import rules
from vssid.registration.models import Declaration
from vssid.staff import queries as staff
from vssid.web.officer import cases
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

ACTS: Final[Mapping[str, Promise]] = {
    "child.file": gettext_lazy("Ghi nhận tờ khai cho con"),
    "declaration.approve": gettext_lazy("Duyệt"),
    "declaration.claim": gettext_lazy("Nhận xử lý"),
    "declaration.contest": gettext_lazy("Có tờ khai khác cho cùng mã số"),
    "declaration.file": gettext_lazy("Ghi nhận tờ khai"),
    "declaration.file-at-desk": gettext_lazy("Khai thay tại quầy"),
    "declaration.follow": gettext_lazy("Xem tiến độ bằng mã OTP"),
    "declaration.hand-over": gettext_lazy("Giao cho người khác"),
    "declaration.lapse": gettext_lazy("Hết hạn vì chưa nộp bản ký"),
    "declaration.move": gettext_lazy("Chuyển cơ quan do sắp xếp"),
    "declaration.photo": gettext_lazy("Xem ảnh"),
    "declaration.print": gettext_lazy("In tờ khai"),
    "declaration.propose": gettext_lazy("Trình người thứ hai"),
    "declaration.propose-number": gettext_lazy("Đề nghị sửa mã số"),
    "declaration.prove-email": gettext_lazy("Xác nhận email"),
    "declaration.receive": gettext_lazy("Nhận bản ký, đủ hồ sơ"),
    "declaration.refuse": gettext_lazy("Từ chối"),
    "declaration.release": gettext_lazy("Trả về hàng đợi"),
    "declaration.remind": gettext_lazy("Nhắc nộp bản ký"),
    "declaration.renumber": gettext_lazy("Sửa mã số"),
    "declaration.replace": gettext_lazy("Thay bằng tờ khai mới"),
    "declaration.return": gettext_lazy("Trả lại, rút lại"),
    "declaration.return-number": gettext_lazy("Giữ mã số cũ"),
    "declaration.take-over": gettext_lazy("Nhận về xử lý từ cơ quan khác"),
    "record.look": gettext_lazy("Xem hồ sơ"),
}
"""Every act on a case; a test holds it complete."""

_SHOWN: Final = 200
# A case is given its right number once or twice, not in a circle.
_NUMBERS: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One event as the page shows it; `more` and `reason` may be empty."""

    at: datetime
    who: str
    office: str
    what: str
    more: str
    reason: str


@officer()
def history(request: OfficerRequest, code: str) -> HttpResponse:
    """What was done to a case; who looked stands below, folded."""
    found = cases.case_of(code)
    if found is None:
        return cases.to_unknown()
    declaration = found.declaration
    if not cases.is_ours(request, declaration):
        return cases.to_case(declaration)
    open_record(
        by=request.desk.actor,
        subject=declaration.number,
        purpose=f"declaration {declaration.code}",
        once_in=ONE_LOOK,
    )
    acts, looks = _events(declaration)
    names = staff.names_of(_officers([*acts, *looks]))
    shown = rules.display_code(declaration.code)
    return render(
        request,
        "officer/history.html",
        Page(
            title=_("Lịch sử xử lý"),
            back=reverse("officer:case", kwargs={"code": shown}),
            wide=True,
        ),
        code=shown,
        acts=[_row(one, names, declaration) for one in acts],
        looks=[_row(one, names, declaration) for one in looks],
    )


def _events(declaration: Declaration) -> tuple[list[Look], list[Look]]:
    """Acts and looks, the newest first: so many looks push no act out.

    Those that were written under a mistyped number are the case's as well.
    """
    number, acts, looks = declaration.number, list[Look](), list[Look]()
    for _time in range(_NUMBERS):
        about = {"subject": number, "code": declaration.code}
        events = acts_on(**about, limit=_SHOWN)
        acts += events
        looks += looks_on(**about, limit=_SHOWN)
        befores = [str(one.details["before"]) for one in events if "before" in one.details]
        if not befores:
            break
        number = befores[-1]
    return _newest(acts), _newest(looks)


def _newest(events: Iterable[Look]) -> list[Look]:
    return sorted(events, key=lambda one: one.at, reverse=True)[:_SHOWN]


def _officers(events: Iterable[Look]) -> set[str]:
    known = {one.actor_name for one in events if one.actor_kind is ActorKind.OFFICER}
    keys = ("from", "to", "proposed_by")
    named = {str(one.details.get(key, "")) for one in events for key in keys}
    return known | named


def _row(one: Look, names: Mapping[str, str], declaration: Declaration) -> Row:
    return Row(
        at=one.at,
        who=_who(one, names),
        office=reference.office_name(one.office) if one.office else "",
        what=str(ACTS.get(one.act, one.act)),
        more=_more(one, names),
        reason=_reason(one, declaration),
    )


def _reason(one: Look, declaration: Declaration) -> str:
    """As it was written; why it was refused stands in the declaration itself."""
    if one.act == "declaration.refuse":
        return declaration.refusal_reason
    return "" if one.act in LOOKS else one.reason


def _who(one: Look, names: Mapping[str, str]) -> str:
    if one.actor_kind is ActorKind.OFFICER:
        return names.get(one.actor_name, one.actor_name)
    if one.actor_kind is ActorKind.SYSTEM:
        return _("Hệ thống")
    return _("Người khai")


def _more(one: Look, names: Mapping[str, str]) -> str:
    """Where it went, from whom it was taken, or who was the first of two."""
    before, to = (str(one.details.get(key, "")) for key in ("from", "to"))
    if before and to:
        places = {"old": reference.office_name(before), "new": reference.office_name(to)}
        return _("Từ %(old)s đến %(new)s") % places
    if to:
        return _("Cho %(name)s") % {"name": names.get(to, to)}
    if before:
        return _("Thay %(name)s") % {"name": names.get(before, before)}
    first = str(one.details.get("proposed_by", ""))
    return _("%(name)s đã trình") % {"name": names.get(first, first)} if first else ""
