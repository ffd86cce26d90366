"""What a person is given of their insurance record: every row about them, field by field."""

from dataclasses import replace
from operator import itemgetter

from vssid.audit.access import Access
from vssid.insurance.models import (
    Benefit,
    BenefitEntry,
    Card,
    ContributionPeriod,
    IssuedPaper,
    Visit,
    VisitCost,
)
from vssid.kernel.tables import Column, Kind, Table
from vssid.people.exporting import INTERNAL_ID, OWNER, Source, read_table

_HIDDEN = {"person": OWNER, "id": INTERNAL_ID}
_NUMBERED = {**_HIDDEN, "id": "thay bằng số thứ tự trong tệp này"}

CARDS = Source(
    model=Card,
    name="cards",
    title="Thẻ bảo hiểm y tế",
    order=("-valid_from", "-id"),
    columns=(
        Column("card_number", "Số thẻ", is_main=True),
        Column("valid_from", "Giá trị từ ngày", Kind.DATE, is_main=True),
        Column("valid_to", "Đến ngày", Kind.DATE, is_main=True),
        Column("facility_name", "Nơi đăng ký khám, chữa bệnh ban đầu", is_main=True),
        Column("facility_code", "Mã nơi đăng ký"),
        Column("group_code", "Mã đối tượng", Kind.CODE),
        Column("benefit_level", "Mã mức hưởng", Kind.CODE),
        Column("issuing_province", "Mã tỉnh phát hành"),
        Column("five_year_date", "Thời điểm đủ 5 năm liên tục", Kind.DATE),
        Column("living_area", "Mã nơi sinh sống"),
        Column("issued_on", "Ngày cấp", Kind.DATE),
    ),
    left_out=_HIDDEN,
)
PERIODS = Source(
    model=ContributionPeriod,
    name="contribution_periods",
    title="Quá trình tham gia bảo hiểm",
    order=("fund", "-from_month", "-to_month", "-id"),
    columns=(
        Column("from_month", "Từ tháng", Kind.MONTH, is_main=True),
        Column("to_month", "Đến tháng", Kind.MONTH, is_main=True),
        Column("fund", "Quỹ", Kind.CODE, is_main=True),
        Column("employer_name", "Đơn vị", is_main=True),
        Column("salary", "Mức đóng mỗi tháng", Kind.AMOUNT, is_main=True),
        Column("state", "Tình trạng", Kind.CODE, is_main=True),
        Column("kind", "Hình thức", Kind.CODE),
        Column("employer_code", "Mã đơn vị"),
        Column("occupation", "Nghề nghiệp"),
        Column("position", "Chức vụ"),
        Column("workplace", "Nơi làm việc"),
        Column("wage", "Mức lương mỗi tháng", Kind.AMOUNT),
        Column("currency", "Loại tiền"),
        Column("wage_region", "Vùng lương của đơn vị", Kind.COUNT),
    ),
    left_out=_HIDDEN,
)
BENEFITS = Source(
    model=Benefit,
    name="benefits",
    title="Thông tin hưởng",
    order=("-from_date", "-id"),
    columns=(
        Column("from_date", "Từ ngày", Kind.DATE, is_main=True),
        Column("to_date", "Đến ngày", Kind.DATE, is_main=True),
        Column("kind", "Loại", Kind.CODE, is_main=True),
        Column("regime", "Chế độ", is_main=True),
        Column("amount", "Số tiền", Kind.AMOUNT, is_main=True),
        Column("decision_number", "Số quyết định"),
        Column("decision_date", "Ngày quyết định", Kind.DATE),
        Column("employer_name", "Đơn vị"),
        Column("account_number", "Số tài khoản nhận tiền"),
        Column("bank", "Ngân hàng"),
        Column("impairment_percent", "Suy giảm khả năng lao động", Kind.PERCENT),
        Column("months", "Số tháng hưởng", Kind.COUNT),
    ),
    left_out=_NUMBERED,
)
BENEFIT_ENTRIES = Source(
    model=BenefitEntry,
    name="benefit_entries",
    title="Chi trả và điều chỉnh của từng khoản hưởng",
    order=("-from_date", "-id"),
    columns=(
        Column("from_date", "Ngày", Kind.DATE, is_main=True),
        Column("kind", "Việc", Kind.CODE, is_main=True),
        Column("amount", "Số tiền", Kind.AMOUNT, is_main=True),
        Column("note", "Ghi chú", is_main=True),
    ),
    left_out={**_HIDDEN, "benefit_id": "thay bằng số thứ tự của khoản hưởng"},
)
VISITS = Source(
    model=Visit,
    name="visits",
    title="Sổ khám chữa bệnh",
    order=("-entered_at", "-id"),
    columns=(
        Column("entered_at", "Vào lúc", Kind.MOMENT, is_main=True),
        Column("left_at", "Ra lúc", Kind.MOMENT, is_main=True),
        Column("facility_name", "Cơ sở khám, chữa bệnh", is_main=True),
        Column("disease_name", "Tên bệnh", is_main=True),
        Column("total", "Tổng chi phí", Kind.AMOUNT, is_main=True),
        Column("facility_code", "Mã cơ sở"),
        Column("department", "Khoa"),
        Column("visit_kind", "Hình thức", Kind.CODE),
        Column("disease_code", "Mã bệnh (ICD-10)"),
        Column("paid_on", "Ngày thanh toán", Kind.DATE),
        Column("insurance_paid", "BHYT trả", Kind.AMOUNT),
        Column("co_paid", "Cùng chi trả", Kind.AMOUNT),
        Column("self_paid", "Tự trả", Kind.AMOUNT),
        Column("other_source", "Nguồn khác", Kind.AMOUNT),
    ),
    left_out=_NUMBERED,
)
VISIT_COSTS = Source(
    model=VisitCost,
    name="visit_costs",
    title="Chi phí của từng lượt khám",
    order=("-visit_id", "line"),
    columns=(
        Column("line", "Dòng", Kind.COUNT, is_main=True),
        Column("name", "Thuốc, dịch vụ, vật tư", is_main=True),
        Column("quantity", "Số lượng", Kind.DECIMAL, is_main=True),
        Column("unit", "Đơn vị tính", is_main=True),
        Column("amount", "Thành tiền", Kind.AMOUNT, is_main=True),
        Column("code", "Mã chi phí"),
        Column("unit_price", "Đơn giá", Kind.AMOUNT),
        Column("benefit_rate", "Tỷ lệ hưởng", Kind.PERCENT),
        Column("insurance_paid", "BHYT trả", Kind.AMOUNT),
        Column("co_paid", "Cùng chi trả", Kind.AMOUNT),
        Column("self_paid", "Tự trả", Kind.AMOUNT),
        Column("other_source", "Nguồn khác", Kind.AMOUNT),
    ),
    left_out={**_HIDDEN, "visit_id": "thay bằng số thứ tự của lượt khám"},
)
ISSUED_PAPERS = Source(
    model=IssuedPaper,
    name="issued_papers",
    title="Giấy tờ được cấp khi khám, chữa bệnh",
    order=("-issued_on", "-id"),
    columns=(
        Column("serial", "Số seri", is_main=True),
        Column("kind", "Loại giấy", is_main=True),
        Column("issued_on", "Ngày cấp", Kind.DATE, is_main=True),
        Column("state", "Trạng thái", is_main=True),
    ),
    left_out={**_HIDDEN, "visit_id": "thay bằng số thứ tự của lượt khám"},
)
SOURCES = (CARDS, PERIODS, BENEFITS, BENEFIT_ENTRIES, VISITS, VISIT_COSTS, ISSUED_PAPERS)

BENEFIT = Column("benefit", "Khoản hưởng số", Kind.COUNT, is_main=True)
VISIT = Column("visit", "Lượt khám số", Kind.COUNT, is_main=True)
"""What tells rows below a benefit or a visit where they belong: counted from 1 in this export."""


def tables(access: Access) -> tuple[Table, ...]:
    """The whole record, the newest first; what hangs below a row names it by its count."""
    plain = tuple(read_table(source, access)[0] for source in (CARDS, PERIODS))
    below = ((BENEFIT_ENTRIES, "benefit_id"),)
    benefits = _counted(BENEFITS, BENEFIT, below, access)
    below_visits = ((VISIT_COSTS, "visit_id"), (ISSUED_PAPERS, "visit_id"))
    return (*plain, *benefits, *_counted(VISITS, VISIT, below_visits, access))


def _counted(
    source: Source, column: Column, below: tuple[tuple[Source, str], ...], access: Access
) -> tuple[Table, ...]:
    table, ids = read_table(source, access, "id")
    counts: dict[object, int] = {row_id: count for count, (row_id,) in enumerate(ids, start=1)}
    found = [_led(table, column, list(counts.values()))]
    for child, link in below:
        rows, parents = read_table(child, access, link)
        beside = zip(parents, rows.rows, strict=True)
        # A row that came with a new parent meanwhile belongs to the next export.
        known = [(counts[parent], row) for (parent,), row in beside if parent in counts]
        known.sort(key=itemgetter(0))
        led = replace(rows, rows=tuple(row for _, row in known))
        found.append(_led(led, column, [count for count, _ in known]))
    return tuple(found)


def _led(table: Table, column: Column, values: list[int]) -> Table:
    """A table whose first column holds these values."""
    rows = tuple((value, *row) for value, row in zip(values, table.rows, strict=True))
    return replace(table, columns=(column, *table.columns), rows=rows)
