"""What a person is given of the declarations that were filed for their number."""

from vssid.audit.access import Access
from vssid.kernel.tables import Column, Kind, Table
from vssid.people.exporting import INTERNAL_ID, OWNER, Source, read_table
from vssid.registration.models import AccountHelp, Declaration

_SOMEBODY_ELSES = "có thể là của người khác khai tên bạn; chỉ cán bộ đối chiếu được"

_PROPOSED_NUMBER = ("right_number", "right_number_by", "right_number_at")
_AT_WORK = "cán bộ nào đang làm và dặn nhau gì; ai đã làm gì có ở bảng «Ai đã xem»"

DECLARATIONS = Source(
    model=Declaration,
    name="declarations",
    title="Tờ khai đăng ký cho mã số của bạn",
    owner="number",
    columns=(
        Column("code", "Mã tờ khai", is_main=True),
        Column("filed_at", "Ghi nhận lúc", Kind.MOMENT, is_main=True),
        Column("state", "Tình trạng", Kind.CODE, is_main=True),
        Column("office", "Mã cơ quan tiếp nhận", is_main=True),
        Column("received_at", "Nhận bản ký lúc", Kind.MOMENT),
        Column("decided_at", "Trả lời lúc", Kind.MOMENT),
        Column("refusal_reason", "Lý do chưa duyệt"),
        Column("ended_at", "Kết thúc lúc", Kind.MOMENT),
        Column("is_contested", "Có tờ khai khác cùng mã số", Kind.FLAG),
        Column("corrects", "Sửa từ tờ khai"),
        Column("relation", "Người khai thay bạn là", Kind.CODE),
    ),
    left_out={
        "number": OWNER,
        "id": INTERNAL_ID,
        "reminded_on_day": "chỉ để không nhắc nộp bản ký hai lần",
        **dict.fromkeys(
            ("claimed_by", "claimed_until", "proposed_by", "proposed_at", "note", "note_by"),
            _AT_WORK,
        ),
        **dict.fromkeys(_PROPOSED_NUMBER, _SOMEBODY_ELSES),
        "email_proven_at": _SOMEBODY_ELSES,
        "filed_by": "ai khai thay có ở bảng «Ai đã xem dữ liệu của bạn»",
        "decided_by": "ai đã trả lời có ở bảng «Ai đã xem dữ liệu của bạn»",
        **dict.fromkeys(
            (
                *("full_name", "name_key", "id_kind", "id_number", "phone", "email"),
                *("address_era", "address_province", "address_district"),
                *(
                    "guardian_number",
                    "address_commune",
                    "address_street",
                    "portrait",
                    "front",
                    "back",
                ),
            ),
            _SOMEBODY_ELSES,
        ),
    },
)
HELPS = Source(
    model=AccountHelp,
    name="account_helps",
    title="Việc bạn nhờ về tài khoản tại quầy",
    owner="number",
    columns=(
        Column("kind", "Việc", Kind.CODE, is_main=True),
        Column("state", "Tình trạng", Kind.CODE, is_main=True),
        Column("office", "Mã cơ quan", is_main=True),
        Column("proposed_at", "Trình lúc", Kind.MOMENT, is_main=True),
        Column("decided_at", "Xác nhận hoặc trả lại lúc", Kind.MOMENT),
        Column("phone", "Số điện thoại mới"),
        Column("paper", "Giấy tờ gốc đã xem", Kind.CODE),
    ),
    left_out={
        "number": OWNER,
        "id": INTERNAL_ID,
        **dict.fromkeys(("proposed_by", "decided_by", "note"), _AT_WORK),
    },
)
CHILDREN = Source(
    model=Declaration,
    name="declarations_for_children",
    title="Tờ khai bạn nộp cho con",
    owner="guardian_number",
    columns=(
        Column("code", "Mã tờ khai", is_main=True),
        Column("full_name", "Họ và tên của con", is_main=True),
        Column("number", "Mã số BHXH của con"),
        Column("relation", "Bạn là", Kind.CODE),
        Column("filed_at", "Ghi nhận lúc", Kind.MOMENT, is_main=True),
        Column("state", "Tình trạng", Kind.CODE, is_main=True),
        Column("office", "Mã cơ quan tiếp nhận"),
        Column("received_at", "Nhận bản ký lúc", Kind.MOMENT),
        Column("decided_at", "Trả lời lúc", Kind.MOMENT),
        Column("refusal_reason", "Lý do chưa duyệt"),
        Column("ended_at", "Kết thúc lúc", Kind.MOMENT),
        Column("corrects", "Sửa từ tờ khai"),
    ),
    left_out={
        "guardian_number": OWNER,
        "id": INTERNAL_ID,
        "reminded_on_day": "chỉ để không nhắc nộp bản ký hai lần",
        "is_contested": "không dùng cho tờ khai của con",
        **dict.fromkeys(
            ("claimed_by", "claimed_until", "proposed_by", "proposed_at", "note", "note_by"),
            _AT_WORK,
        ),
        **dict.fromkeys((*_PROPOSED_NUMBER, "email_proven_at"), "không dùng cho tờ khai của con"),
        "filed_by": "không dùng cho tờ khai của con",
        "name_key": "họ tên của con, để tìm",
        "decided_by": "ai đã trả lời có ở bảng «Ai đã xem» của con",
        **dict.fromkeys(
            (
                *("id_kind", "id_number", "phone", "email"),
                *("address_era", "address_province", "address_district"),
                *("address_commune", "address_street"),
            ),
            "là của bạn, có ở bảng «Thông tin cá nhân» và «Tài khoản»",
        ),
        **dict.fromkeys(("portrait", "front", "back"), "ảnh tờ khai, tự xóa sau khi có quyết định"),
    },
)
SOURCES = (DECLARATIONS, CHILDREN, HELPS)


def tables(access: Access) -> tuple[Table, ...]:
    """Every declaration for the number, what became of it, and nothing that a rival typed; help."""
    return tuple(read_table(source, access)[0] for source in SOURCES)
