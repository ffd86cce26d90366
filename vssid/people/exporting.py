"""What a person is given of their own data from the registry of people, and how rows are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models

from vssid.audit.access import Access
from vssid.kernel.tables import Column, Kind, Row, Table, with_column
from vssid.people.models import Guardianship, IdNumber, Person, Share
from vssid.reference import queries as reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A model about a person and the table it becomes.

    `columns` are named after the model's fields. `left_out` says of every other field why it is
    not handed out; a test holds that each field stands in one of the two.
    """

    model: type[models.Model]
    name: str
    title: str
    columns: tuple[Column, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    owner: str = "person"
    order: tuple[str, ...] = ("-id",)
    is_single: bool = False


def read_table(source: Source, access: Access, *extra: str) -> tuple[Table, list[Row]]:
    """The rows of one model about the person of `access`, and beside each the `extra` fields."""
    names = [column.name for column in source.columns]
    found = source.model._default_manager.filter(**{source.owner: access.subject})
    rows = list(found.order_by(*source.order).values_list(*names, *extra))
    table = Table(
        name=source.name,
        title=source.title,
        columns=source.columns,
        rows=tuple(tuple(row[: len(names)]) for row in rows),
        is_single=source.is_single,
    )
    return table, [tuple(row[len(names) :]) for row in rows]


INTERNAL_ID = "chỉ là số thứ tự bên trong của máy"
OWNER = "là mã số của chính bạn, có ở bảng «Thông tin cá nhân»"
ADDRESS = Column("address", "Địa chỉ")
"""Beside the codes of an address: the same in words."""

PERSON = Source(
    model=Person,
    name="person",
    title="Thông tin cá nhân",
    owner="number",
    order=("number",),
    is_single=True,
    columns=(
        Column("number", "Mã số BHXH"),
        Column("full_name", "Họ và tên"),
        Column("sex", "Giới tính", Kind.CODE),
        Column("birth_date", "Ngày sinh", Kind.DATE),
        Column("birth_date_precision", "Ngày sinh biết đến", Kind.CODE),
        Column("id_kind", "Loại giấy tờ", Kind.CODE),
        Column("id_number", "Số giấy tờ"),
        Column("nationality", "Quốc tịch"),
        Column("ethnicity", "Dân tộc"),
        Column("phone", "Số điện thoại", Kind.PHONE),
        Column("email", "Email"),
        Column("address_era", "Địa chỉ theo tên", Kind.CODE),
        Column("address_province", "Mã tỉnh, thành phố"),
        Column("address_district", "Mã quận, huyện (trước 1/7/2025)"),
        Column("address_commune", "Mã xã, phường"),
        Column("address_street", "Số nhà, đường, thôn"),
        Column("household_code", "Mã hộ gia đình"),
        Column("died_on", "Ngày mất", Kind.DATE),
    ),
    left_out={
        "sort_key": "lập từ họ tên, để xếp thứ tự",
        "search_key": "lập từ họ tên, để tìm kiếm",
        "is_invented": "chỉ dùng cho dữ liệu thử",
        "record_version": "chỉ đếm số lần hồ sơ thay đổi",
    },
)
ID_PAPERS = Source(
    model=IdNumber,
    name="id_papers",
    title="Giấy tờ dẫn đến mã số của bạn",
    owner="number",
    order=("id_number",),
    columns=(Column("id_number", "Số giấy tờ", is_main=True),),
    left_out={"number": OWNER},
)
GUARDIANSHIPS = Source(
    model=Guardianship,
    name="guardianships",
    title="Người được bạn giám hộ",
    owner="guardian",
    columns=(
        Column("child_name", "Họ và tên", is_main=True),
        Column("child_number", "Mã số BHXH", is_main=True),
        Column("relation", "Quan hệ", Kind.CODE, is_main=True),
        Column("from_date", "Từ ngày", Kind.DATE, is_main=True),
        Column("to_date", "Đến ngày", Kind.DATE, is_main=True),
        Column("frozen_at", "Tạm dừng xem vì tranh chấp, từ lúc", Kind.MOMENT),
    ),
    left_out={"guardian": OWNER, "id": INTERNAL_ID},
)
_SHARED = (
    Column("shows_card", "Thẻ BHYT", Kind.FLAG),
    Column("shows_contributions", "Quá trình tham gia", Kind.FLAG),
    Column("shows_benefits", "Thông tin hưởng", Kind.FLAG),
    Column("shows_medical_book", "Sổ khám chữa bệnh", Kind.FLAG),
    Column("made_at", "Mời lúc", Kind.MOMENT),
    Column("accepted_at", "Nhận lời lúc", Kind.MOMENT, is_main=True),
    Column("ends_at", "Hết hạn lúc", Kind.MOMENT, is_main=True),
    Column("ended_at", "Dừng lúc", Kind.MOMENT, is_main=True),
    Column("end_reason", "Vì sao dừng", Kind.CODE, is_main=True),
)
_OF_THE_OTHER = "là mã số của người kia; họ tên của họ có ở đây"
SHARES_GIVEN = Source(
    model=Share,
    name="shares_given",
    title="Người được bạn cho xem hồ sơ",
    owner="owner_number",
    columns=(Column("reader_name", "Họ và tên", is_main=True), *_SHARED),
    left_out={
        "id": INTERNAL_ID,
        "owner_number": OWNER,
        "owner_name": "là họ tên của chính bạn, có ở bảng «Thông tin cá nhân»",
        "reader": _OF_THE_OTHER,
    },
)
SHARES_RECEIVED = Source(
    model=Share,
    name="shares_received",
    title="Người cho bạn xem hồ sơ của họ",
    owner="reader",
    columns=(Column("owner_name", "Họ và tên", is_main=True), *_SHARED),
    left_out={
        "id": INTERNAL_ID,
        "reader": OWNER,
        "reader_name": "là họ tên của chính bạn, có ở bảng «Thông tin cá nhân»",
        "owner_number": _OF_THE_OTHER,
    },
)
SOURCES = (PERSON, ID_PAPERS, GUARDIANSHIPS, SHARES_GIVEN, SHARES_RECEIVED)


def tables(access: Access) -> tuple[Table, ...]:
    """Who the person is, by which papers they are known, for whom they act, what is shared."""
    person, _ = read_table(PERSON, access)
    others = (read_table(source, access)[0] for source in SOURCES[1:])
    return (with_address(person), *others)


def with_address(table: Table) -> Table:
    """A table that holds the parts of an address, with the whole of it in words."""
    at = {column.name: place for place, column in enumerate(table.columns)}
    parts = ("era", "province", "district", "commune", "street")
    texts = [
        reference.address_text(*(str(row[at[f"address_{part}"]]) for part in parts))
        for row in table.rows
    ]
    return with_column(table, ADDRESS, tuple(texts))
