"""A declaration's life as its applicant reads it: what was done, what is next, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from vssid.kernel.clock import format_date, format_datetime
from vssid.reference import queries as reference
from vssid.registration import queries
from vssid.registration.models import Declaration, State
from vssid.registration.moves import Move

Kind = Literal["info", "good", "warn", "bad", "none"]
Event = tuple[str, str, str | None, Kind]
"""When, what, a sentence besides, and how it is drawn: a line of the page's timeline."""


@dataclass(frozen=True, slots=True)
class Story:
    """How a case stands: `kind`, `title` and `text` on top, then its events, the oldest first."""

    kind: Kind
    title: str
    text: str
    events: tuple[Event, ...]


def story_of(declaration: Declaration, now: datetime, moves: Sequence[Move] = ()) -> Story:
    """The story of a declaration at a moment (guides R11, R13, R14, R15); `moves` of its office."""
    kind, title, text = _stand(declaration, now)
    return Story(kind, title, text, (*_past(declaration, moves), *_future(declaration)))


def _stand(declaration: Declaration, now: datetime) -> tuple[Kind, str, str]:
    day = {"day": format_date(queries.paper_due(declaration))}
    due = queries.answer_due(declaration)
    match State(declaration.state):
        case State.FILED:
            said = _("Nộp chậm nhất ngày %(day)s; sau ngày đó tờ khai hết hạn.")
            return "warn", _("Chờ bạn nộp bản ký"), said % day
        case State.LAPSED:
            said = _(
                "Hạn nộp bản ký là ngày %(day)s. Bạn khai lại được ngay; những gì đã nhập vẫn còn."
            )
            return "bad", _("Tờ khai đã hết hạn"), said % day
        case State.RECEIVED if due is not None:
            return _stand_of_complete(due, now)
    if declaration.state == State.APPROVED and declaration.guardian_number:
        said = _("Đăng nhập tài khoản của bạn, chọn tên con ở đầu trang «Quản lý cá nhân».")
        return "good", _("Đã mở hồ sơ của con"), said
    return _stand_of_ended(declaration.state)


def _stand_of_complete(due: datetime, now: datetime) -> tuple[Kind, str, str]:
    at = {"due": format_datetime(due)}
    if now > due:
        said = _("Hạn trả lời là %(due)s. Xin gọi cơ quan tiếp nhận để được trả lời ngay.")
        return "warn", _("Đã quá hạn trả lời"), said % at
    return "info", _("Đủ hồ sơ, đang chờ duyệt"), _("Kết quả có chậm nhất lúc %(due)s.") % at


def _stand_of_ended(state: str) -> tuple[Kind, str, str]:
    if state == State.APPROVED:
        said = _(
            "Tên đăng nhập và mật khẩu đã gửi đến số điện thoại của bạn. Mở VssID để đăng nhập."
        )
        return "good", _("Tờ khai đã được duyệt"), said
    if state == State.REFUSED:
        said = _("Bạn sửa chỗ được nêu dưới đây rồi gửi lại; những gì đã nhập vẫn còn.")
        return "bad", _("Tờ khai chưa được duyệt"), said
    said = _(
        "Xin theo dõi bằng mã của tờ khai mới, có trong tin nhắn. Nếu không phải bạn khai, gọi "
        "ngay cơ quan tiếp nhận."
    )
    return "info", _("Đã thay bằng tờ khai mới"), said


def _past(declaration: Declaration, moves: Sequence[Move]) -> list[Event]:
    found: list[tuple[datetime, str, str | None, Kind]] = [
        (declaration.filed_at, _("Đã ghi nhận tờ khai"), None, "good")
    ]
    if declaration.received_at:
        found.append((declaration.received_at, _("Đã nộp bản ký, đủ hồ sơ"), None, "good"))
    found += [(one.at, _("Đã chuyển cơ quan"), _came_to(one), "info") for one in moves]
    if declaration.ended_at:
        found.append((declaration.ended_at, *_end(declaration.state)))
    found.sort(key=lambda event: event[0])
    return [(format_datetime(at), title, text, kind) for at, title, text, kind in found]


def _came_to(move: Move) -> str:
    return _("Từ lúc này ở %(office)s.") % {"office": reference.office_name(move.office)}


def _end(state: str) -> tuple[str, str | None, Kind]:
    kind: Kind = "good" if state == State.APPROVED else "bad"
    return (str(State(state).label), None, "info" if state == State.REPLACED else kind)


def _future(declaration: Declaration) -> list[Event]:
    if declaration.ended_at:
        return []
    found: list[Event] = []
    if declaration.state == State.FILED:
        until = _("Chậm nhất ngày %(day)s") % {"day": format_date(queries.paper_due(declaration))}
        found.append((until, _("Nộp bản ký, đưa bản chính giấy tờ để đối chiếu"), None, "warn"))
    due = queries.answer_due(declaration)
    when = _("Trong 24 giờ kể từ khi đủ hồ sơ")
    if due is not None:
        when = _("Chậm nhất lúc %(due)s") % {"due": format_datetime(due)}
    found.append((when, _("Cơ quan BHXH trả lời qua tin nhắn"), None, "none"))
    return found
