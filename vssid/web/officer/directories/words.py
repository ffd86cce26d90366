"""The directories, their columns and what changes in them, in words for people."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.audit.queries import Look, last_act
from vssid.reference.exchange import queries
from vssid.reference.exchange.sheets import AGENCIES, EMPLOYERS, FACILITIES, POINTS, Sheet
from vssid.staff import queries as staff

SHEETS: dict[str, tuple[Sheet, Promise | str]] = {
    "co-quan-bhxh": (AGENCIES, gettext_lazy("Cơ quan BHXH")),
    "co-so-kham-benh": (FACILITIES, gettext_lazy("Cơ sở khám chữa bệnh")),
    "don-vi": (EMPLOYERS, gettext_lazy("Đơn vị tham gia BHXH")),
    "diem-thu": (POINTS, gettext_lazy("Điểm thu, đại lý thu")),
}

COLUMNS: dict[str, Promise | str] = {
    "code": gettext_lazy("Mã"),
    "name": gettext_lazy("Tên"),
    "kind": gettext_lazy("Loại"),
    "level": gettext_lazy("Cấp chuyên môn"),
    "tax_code": gettext_lazy("Mã số thuế"),
    "agency_code": gettext_lazy("Mã cơ quan BHXH"),
    "address": gettext_lazy("Địa chỉ"),
    "phone": gettext_lazy("Điện thoại"),
    "commune_code": gettext_lazy("Mã phường, xã"),
    "latitude": gettext_lazy("Vĩ độ"),
    "longitude": gettext_lazy("Kinh độ"),
    "has_contract": gettext_lazy("Hợp đồng BHYT"),
    "contract_from": gettext_lazy("Hợp đồng từ ngày"),
    "contract_to": gettext_lazy("Hợp đồng đến ngày"),
    "may_issue_leave": gettext_lazy("Cấp giấy nghỉ việc hưởng BHXH"),
    "wage_region": gettext_lazy("Vùng lương tối thiểu"),
    "hours": gettext_lazy("Giờ làm việc"),
    "collects_voluntary": gettext_lazy("Thu BHXH tự nguyện"),
    "collects_household": gettext_lazy("Thu BHYT hộ gia đình"),
    "valid_from": gettext_lazy("Hoạt động từ ngày"),
    "valid_to": gettext_lazy("Hoạt động đến ngày"),
    "founded_on": gettext_lazy("Ngày thành lập"),
    "closed_on": gettext_lazy("Ngày thôi hoạt động"),
    "former_names": gettext_lazy("Tên cũ"),
    "former_name": gettext_lazy("Tên trước 7/2025"),
    "successors": gettext_lazy("Nơi nối tiếp"),
}


@dataclass(frozen=True, slots=True)
class Import:
    """The last import of a directory: when, by whom, and how many entries of each kind."""

    at: datetime
    by: str
    user_name: str
    added: int
    changed: int
    demo: int
    unchanged: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A directory with its figures; `last` is None before the first import."""

    slug: str
    name: str
    state: queries.State
    last: Import | None


def shown(slug: str) -> Shown:
    """The figures of a directory as they are now."""
    sheet, name = SHEETS[slug]
    last = last_act(subject=sheet.name, act="directory.import")
    return Shown(slug, str(name), queries.state_of(sheet), _import(last) if last else None)


def figure(number: int) -> str:
    """4080 → «4.080»."""
    return f"{number:,}".replace(",", ".")


def _import(look: Look) -> Import:
    is_command = look.actor_name == "import_directory"
    names = {} if is_command else staff.names_of([look.actor_name])
    by = _("dòng lệnh") if is_command else names.get(look.actor_name, look.actor_name)
    count = {name: value for name, value in look.details.items() if isinstance(value, int)}
    return Import(
        at=look.at,
        by=by,
        user_name=look.actor_name,
        added=count.get("added", 0),
        changed=count.get("changed", 0),
        demo=count.get("demo", 0),
        unchanged=count.get("unchanged"),
    )
