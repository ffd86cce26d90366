"""A quoted line of the record: as JSON, in the words of its page, and beside the line of today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.insurance.lines import Line, LineKind, Value
from vssid.insurance.records import PaidSpan
from vssid.insurance.rules import is_running
from vssid.kernel.clock import format_date, format_datetime, utc_now, vietnam_today
from vssid.kernel.identifiers import mask_number
from vssid.kernel.money import format_dong
from vssid.kernel.months import Month
from vssid.kernel.phones import display_phone
from vssid.reference import queries as reference

Values = Mapping[str, Value]
Pair = tuple[str, str]

_PAGES: Final[Mapping[LineKind, Promise]] = {
    LineKind.CARD: gettext_lazy("Thẻ BHYT"),
    LineKind.PERIOD: gettext_lazy("Quá trình tham gia"),
    LineKind.BENEFIT: gettext_lazy("Thông tin hưởng"),
    LineKind.VISIT: gettext_lazy("Sổ khám chữa bệnh"),
    LineKind.PERSON: gettext_lazy("Thông tin cá nhân"),
}
_WORDS: Final[Mapping[str, Promise]] = {
    "bhxh": gettext_lazy("Bảo hiểm xã hội"),
    "bhtn": gettext_lazy("Bảo hiểm thất nghiệp"),
    "bhtnld-bnn": gettext_lazy("Bảo hiểm tai nạn lao động, bệnh nghề nghiệp"),
    "bhyt": gettext_lazy("Bảo hiểm y tế"),
    "compulsory": gettext_lazy("Bắt buộc"),
    "voluntary": gettext_lazy("Tự nguyện"),
    "household": gettext_lazy("Hộ gia đình"),
    "supported": gettext_lazy("Được ngân sách đóng hoặc hỗ trợ"),
    "paid": gettext_lazy("Đã đóng"),
    "late": gettext_lazy("Chậm đóng"),
    "outpatient": gettext_lazy("Ngoại trú"),
    "inpatient": gettext_lazy("Nội trú"),
    "M": gettext_lazy("Nam"),
    "F": gettext_lazy("Nữ"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One value of a quoted line: as it stood, and as it stands; empty where there is none."""

    label: str
    then: str
    now: str

    @property
    def has_changed(self) -> bool:
        """Whether it was changed since it was reported."""
        return self.then != self.now


def as_json(line: Line) -> dict[str, Any]:
    """The line as a petition keeps it; `fund` says which page of the contributions it is."""
    return {
        "page": line.kind.value,
        "fund": line.values.get("fund", ""),
        "row": str(line.row) if line.row else "",
        "values": dict(line.values),
        "record_version": line.record_version,
    }


def from_json(quote: Mapping[str, Any]) -> Line | None:
    """The line that a petition quotes; None when it quotes none."""
    if not quote:
        return None
    return Line(
        kind=LineKind(quote["page"]),
        row=UUID(quote["row"]) if quote["row"] else None,
        values=quote["values"],
        record_version=quote["record_version"],
    )


def key_of(line: Line) -> str:
    """What tells lines of one person apart: «qua-trinh:<row>»."""
    return f"{line.kind.value}:{line.row or ''}"


def title(line: Line) -> str:
    """The page the line stands on, and of the contributions the fund: what a petition is called."""
    page = str(_PAGES[line.kind])
    return f"{page} · {_said(line.values['fund'])}" if line.kind is LineKind.PERIOD else page


def pairs(line: Line) -> list[Pair]:
    """The line in the words of its page."""
    return list(_PAIRS[line.kind](line.values))


def compare(quoted: Line, today: Line | None) -> list[Compared]:
    """The quoted line beside the one of today, value by value; nothing is left of a line gone."""
    now = dict(pairs(today)) if today else {}
    found = [Compared(label, then, now.pop(label, "")) for label, then in pairs(quoted)]
    return [*found, *(Compared(label, "", text) for label, text in now.items())]


def _card(values: Values) -> Iterator[Pair]:
    yield _("Số thẻ"), _text(values["card_number"])
    yield _("Đối tượng"), _text(values["group_code"])
    yield _("Mã mức hưởng"), _text(values["benefit_level"])
    yield _("Nơi đăng ký KCB ban đầu"), _place(values)
    yield _("Thời hạn có giá trị"), _span(values["valid_from"], values["valid_to"])
    yield _("Thời điểm đủ 05 năm liên tục"), _day(values["five_year_date"])
    yield _("Mã nơi sinh sống"), _text(values["living_area"]) or _("Không thuộc vùng ưu tiên")


def _period(values: Values) -> Iterator[Pair]:
    yield _("Thời gian"), f"{_month(values['from_month'])} – {_last_month(values)}"
    yield _("Đơn vị"), _text(values["employer_name"]) or _("Tự đóng")
    for name, label in (
        ("occupation", _("Nghề nghiệp")),
        ("position", _("Chức vụ")),
        ("workplace", _("Nơi làm việc")),
    ):
        yield label, _text(values[name])
    yield _("Hình thức"), _said(values["kind"])
    yield _("Tình trạng"), _said(values["state"])
    yield _("Mức đóng (tiền lương đóng, mỗi tháng)"), _dong(values["salary"])
    yield _("Mức lương (mỗi tháng)"), _dong(values["wage"])


def _benefit(values: Values) -> Iterator[Pair]:
    yield _("Chế độ"), _text(values["regime"])
    yield _("Số quyết định"), _text(values["decision_number"])
    yield _("Ngày quyết định"), _day(values["decision_date"])
    yield _("Thời gian"), _span(values["from_date"], values["to_date"])
    yield _("Đơn vị"), _text(values["employer_name"])
    yield _("Số tiền"), _dong(values["amount"])
    account = _text(values["account_number"])
    yield _("Số tài khoản"), mask_number(account) if account else ""
    yield _("Ngân hàng"), _text(values["bank"])
    if values["impairment_percent"] is not None:
        yield _("Suy giảm khả năng lao động"), f"{values['impairment_percent']} %"
    if values["months"] is not None:
        yield _("Số tháng hưởng"), _text(values["months"])


def _visit(values: Values) -> Iterator[Pair]:
    yield _("Cơ sở KCB"), _place(values)
    yield _("Khoa"), _text(values["department"])
    yield _("Ngày vào"), _moment(values["entered_at"])
    yield _("Ngày ra"), _moment(values["left_at"])
    yield _("Hình thức"), _said(values["visit_kind"])
    yield _("Tên bệnh"), f"{values['disease_name']} ({values['disease_code']})"
    yield _("Tổng chi phí"), _dong(values["total"])
    yield _("BHYT trả"), _dong(values["insurance_paid"])
    yield _("Cùng chi trả"), _dong(values["co_paid"])
    yield _("Tự trả"), _dong(values["self_paid"])
    if values["other_source"]:
        yield _("Nguồn khác"), _dong(values["other_source"])


def _person(values: Values) -> Iterator[Pair]:
    yield _("Họ và tên"), _text(values["full_name"])
    born = _day(values["birth_date"])
    yield _("Ngày sinh"), born if values["birth_date_precision"] == "day" else born[-4:]
    yield _("Giới tính"), _said(values["sex"])
    yield _("Số CMND/CCCD/hộ chiếu"), _text(values["id_number"])
    phone = _text(values["phone"])
    yield _("Số điện thoại"), display_phone(phone) if phone else ""
    names = ("era", "province", "district", "commune", "street")
    yield _("Địa chỉ"), reference.address_text(*(_text(values[f"address_{one}"]) for one in names))


_PAIRS: Final = {
    LineKind.CARD: _card,
    LineKind.PERIOD: _period,
    LineKind.BENEFIT: _benefit,
    LineKind.VISIT: _visit,
    LineKind.PERSON: _person,
}


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _said(value: Value) -> str:
    return str(_WORDS.get(str(value), value))


def _place(values: Values) -> str:
    return f"{values['facility_name']} ({values['facility_code']})"


def _dong(value: Value) -> str:
    return format_dong(int(value)) if value else ""


def _month(value: Value) -> str:
    return str(Month.from_yyyymm(int(value or 0)))


def _last_month(values: Values) -> str:
    """The last month of a period; of a job that goes on «nay», wherever its row puts the end."""
    first, last = (int(values[name] or 0) for name in ("from_month", "to_month"))
    span = PaidSpan(str(values["state"]), first, last, "", str(values["kind"]))
    return _("nay") if is_running(span, vietnam_today(utc_now())) else _month(last)


def _day(value: Value) -> str:
    return format_date(date.fromisoformat(str(value))) if value else ""


def _moment(value: Value) -> str:
    return format_datetime(datetime.fromisoformat(str(value))) if value else ""


def _span(first: Value, last: Value) -> str:
    if not last:
        return _("Từ ngày %(day)s") % {"day": _day(first)}
    return f"{_day(first)} – {_day(last)}"
