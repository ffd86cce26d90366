"""Everything a person is given: each room's tables about them, and what is kept back and why."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from vssid.accounts import exporting as accounts
from vssid.accounts.models import EndReason, ExportReason, ExportState
from vssid.audit.access import Access
from vssid.audit.actors import ActorKind
from vssid.audit.queries import Look, looks_at
from vssid.insurance import exporting as insurance
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.months import Month
from vssid.kernel.tables import Column, Kind, Table, with_words
from vssid.people import exporting as people
from vssid.people.exporting import Source
from vssid.people.models import ShareEnd
from vssid.registration import exporting as registration
from vssid.registration.models import HelpKind, HelpState, State
from vssid.staff.queries import names_of
from vssid.web.citizen.account.look_words import in_words
from vssid.web.citizen.record import words

SOURCES: Final[tuple[Source, ...]] = (
    *people.SOURCES,
    *insurance.SOURCES,
    *accounts.SOURCES,
    *registration.SOURCES,
)

_KEY = "chỉ dẫn từ một mã khác đến mã số của bạn"
_WORN_OUT = "mã hoặc liên kết dùng một lần, hết hiệu lực sau ít phút hoặc ít ngày"
_OF_OTHERS = "của cán bộ, không phải của bạn"
NOT_HANDED_OUT: Final[Mapping[str, str]] = {
    "accounts.DisownLink": _WORN_OUT,
    "accounts.KeptForm": _WORN_OUT,
    "accounts.OneTimeCode": _WORN_OUT,
    "accounts.PasskeyOwner": _KEY,
    "accounts.PastPassword": "mật khẩu cũ dưới dạng đã băm; lúc đổi có ở bảng «Ai đã xem»",
    "audit.Event": "có ở bảng «Ai đã xem dữ liệu của bạn», bằng lời",
    "audit.Hold": "quyết định lùi thông báo; hiện ra ở bảng «Ai đã xem» khi hết hạn",
    "insurance.HistoryStatement": "giấy lập từ các bảng quá trình ở đây; tải lại ở «Giấy xác nhận»",
    "insurance.StatementCode": _KEY,
    "support.Petition": "đọc và trả lời ở «Phản ánh của tôi», cùng giấy tờ kèm theo",
    "support.PetitionCode": _KEY,
    "support.PetitionFile": "giấy tờ bạn đã gửi kèm phản ánh",
    "support.PetitionStep": "các bước của phản ánh, đọc ở «Phản ánh của tôi»",
    "files.PartialUpload": "ảnh đang gửi dở, tự xóa sau một giờ",
    "files.UploadPart": "phần của ảnh đang gửi dở, tự xóa sau một giờ",
    "files.StoredFile": "chỉ là chỗ cất của ảnh và tệp",
    "messaging.DemoMessage": "chỉ có ở bản dùng thử",
    "messaging.Message": "tin đã gửi đến điện thoại, email của bạn; bạn đã có",
    "people.Household": _KEY,
    "people.SearchKey": _KEY,
    "registration.DeclarationCode": _KEY,
    "registration.GuardianshipDispute": "ý kiến của những người giám hộ; quyết định đã gửi bạn",
    "registration.Draft": "bản khai dở của một trình duyệt, chưa biết là của ai",
    "staff.DeskSession": _OF_OTHERS,
    "staff.FacilityKey": "của cơ sở khám chữa bệnh, không phải của bạn",
    "staff.Officer": _OF_OTHERS,
    "staff.OfficerDevice": _OF_OTHERS,
    "staff.OfficerOtp": _OF_OTHERS,
    "staff.OfficerPasskey": _OF_OTHERS,
}
"""Models that hold something personal and stand in no table; a test holds the two complete."""

_ERAS: Final = {"2025": "Hiện nay", "legacy": "Trước 1/7/2025"}
_SHARE_ENDS: Final[Mapping[str, str]] = {
    "": "",
    ShareEnd.OWNER.value: "Chủ hồ sơ dừng",
    ShareEnd.READER.value: "Người xem dừng",
    ShareEnd.DECLINED.value: "Người được mời từ chối",
    ShareEnd.TERM.value: "Hết hạn",
    ShareEnd.ACCOUNT.value: "Tài khoản đóng hoặc bị khóa",
    ShareEnd.DEATH.value: "Một bên đã mất",
}
_RELATIONS: Final = {"": "", "father": "Cha", "mother": "Mẹ", "guardian": "Người giám hộ"}
_WORDS: Final[Mapping[str, Mapping[str, words.Words]]] = {
    "person": {
        "sex": words.SEXES,
        "birth_date_precision": {"day": "Đủ ngày tháng năm", "year": "Chỉ biết năm"},
        "id_kind": {"cccd": "CCCD", "cmnd": "CMND", "passport": "Hộ chiếu"},
        "address_era": _ERAS,
    },
    "guardianships": {"relation": _RELATIONS},
    "declarations_for_children": {
        "relation": _RELATIONS,
        "state": dict(State.choices),
    },
    "shares_given": {"end_reason": _SHARE_ENDS},
    "shares_received": {"end_reason": _SHARE_ENDS},
    "cards": {
        "group_code": {code: words.group(code) for code in words.GROUPS},
        "benefit_level": {str(level): word for level, word in words.LEVELS.items()},
    },
    "contribution_periods": {
        "fund": words.FUNDS,
        "kind": words.CONTRIBUTION_KINDS,
        "state": words.STATES,
        "wage_region": {"0": "Chưa biết"},
    },
    "benefits": {"kind": words.BENEFITS},
    "benefit_entries": {"kind": words.ENTRY_KINDS},
    "visits": {"visit_kind": words.VISIT_KINDS},
    "account": {"address_era": _ERAS},
    "sessions": {"end_reason": dict(EndReason.choices)},
    "exports": {
        "state": dict(ExportState.choices),
        "reason": dict(ExportReason.choices),
    },
    "declarations": {"state": dict(State.choices), "relation": _RELATIONS},
    "account_helps": {
        "kind": dict(HelpKind.choices),
        "state": dict(HelpState.choices),
        "paper": {"cccd": "CCCD", "cmnd": "CMND", "passport": "Hộ chiếu"},
    },
}

LOOKS = (
    Column("at", "Lúc", Kind.MOMENT, is_main=True),
    Column("who", "Ai", is_main=True),
    Column("what", "Việc gì", is_main=True),
    Column("why", "Lý do", is_main=True),
    Column("actor_kind", "Loại người", Kind.CODE),
    Column("act", "Mã việc", Kind.CODE),
)
_ACTORS: Final[Mapping[str, str]] = {
    ActorKind.CITIZEN.value: "Công dân",
    ActorKind.OFFICER.value: "Cán bộ",
    ActorKind.VISITOR.value: "Người chưa đăng nhập",
    ActorKind.SYSTEM.value: "Hệ thống",
}
_PAGE: Final = 500
RUNNING: Final = "đến nay"

Part = Callable[[Access], tuple[Table, ...]]


def looks(access: Access) -> tuple[Table, ...]:
    """Who did what with the person's data, in words, the newest first; withheld looks are not."""
    found = list(_all_looks(access.subject))
    officers = names_of({one.actor_name for one in found if one.actor_kind is ActorKind.OFFICER})
    rows = []
    for one in found:
        said = in_words(one, owner=access.subject, officers=officers)
        rows.append((one.at, said.who, said.what, said.why, one.actor_kind.value, one.act))
    table = Table("looks", "Ai đã xem dữ liệu của bạn", LOOKS, tuple(rows))
    return (with_words(table, {"actor_kind": _ACTORS}),)


PARTS: Final[tuple[Part, ...]] = (
    people.tables,
    insurance.tables,
    accounts.tables,
    registration.tables,
    looks,
)
"""In the order in which they stand in an export."""


def in_vietnamese(table: Table) -> Table:
    """A table whose codes are said in words where the screens have words."""
    said = _WORDS.get(table.name, {})
    if table.name == insurance.PERIODS.name:
        table = _until_now(table, Month.of(vietnam_today(utc_now())).yyyymm)
    return with_words(table, {column: words.spoken(known) for column, known in said.items()})


def _until_now(table: Table, this_month: int) -> Table:
    """The end of a job that goes on is not known: «đến nay», as the screens say."""
    names = [column.name for column in table.columns]
    end, kind = names.index("to_month"), names.index("kind")
    rows = tuple(
        (*row[:end], RUNNING, *row[end + 1 :])
        if row[kind] == "compulsory" and int(str(row[end])) >= this_month
        else row
        for row in table.rows
    )
    return replace(table, rows=rows)


def _all_looks(number: str) -> Iterator[Look]:
    now, before = utc_now(), None
    while True:
        page = looks_at(subject=number, now=now, before=before, limit=_PAGE)
        yield from page
        if len(page) < _PAGE:
            return
        before = page[-1].id
