"""What a person is given of the declarations that were filed for their number."""

from vssid.audit.access import Access
from vssid.kernel.tables import Column, Kind, Table
from vssid.people.exporting import INTERNAL_ID, OWNER, Source, read_table
from vssid.registration.models import Declaration

_SOMEBODY_ELSES = "có thể là của người khác khai tên bạn; chỉ cán bộ đối chiếu được"

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
    ),
    left_out={
        "number": OWNER,
        "id": INTERNAL_ID,
        "reminded_on_day": "chỉ để không nhắc nộp bản ký hai lần",
        "decided_by": "ai đã trả lời có ở bảng «Ai đã xem dữ liệu của bạn»",
        **dict.fromkeys(
            (
                *("full_name", "id_kind", "id_number", "phone", "email"),
                *("address_era", "address_province", "address_district"),
                *("address_commune", "address_street", "portrait", "front", "back"),
            ),
            _SOMEBODY_ELSES,
        ),
    },
)
SOURCES = (DECLARATIONS,)


def tables(access: Access) -> tuple[Table, ...]:
    """Every declaration for the number, what became of it, and nothing that a rival typed."""
    return (read_table(DECLARATIONS, access)[0],)
