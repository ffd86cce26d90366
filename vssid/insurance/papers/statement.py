"""The statement of contributions as pages: our own layout in the manner of C14-TS, in Vietnamese.

It is no official form and carries no seal: what makes it worth something are the signature in the
file and the code that anybody can check.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from vssid.documents.lettering import printable
from vssid.documents.qr import qr_svg
from vssid.documents.typesetting import typeset
from vssid.insurance.papers.contents import (
    Contents,
    FundPart,
    StatedPeriod,
    has_running,
    shares_months,
)
from vssid.insurance.rules import Totals
from vssid.kernel.clock import VIETNAM, format_date
from vssid.kernel.money import format_dong
from vssid.kernel.months import Month, years_and_months

_SOURCE = Path(__file__).with_suffix(".typ")
_FUNDS = {
    "bhxh": "Bảo hiểm xã hội (BHXH)",
    "bhtn": "Bảo hiểm thất nghiệp (BHTN)",
    "bhtnld-bnn": "Bảo hiểm tai nạn lao động, bệnh nghề nghiệp (BHTNLĐ-BNN)",
}
_KINDS = {
    "compulsory": "Bắt buộc",
    "voluntary": "Tự nguyện",
    "household": "Hộ gia đình",
    "supported": "Ngân sách đóng hoặc hỗ trợ",
}
_PAYERS = {"voluntary": "Tự đóng", "household": "Hộ gia đình tự đóng", "supported": "Ngân sách"}
_SEXES = {"M": "Nam", "F": "Nữ"}


@dataclass(frozen=True, slots=True)
class Issue:
    """When and under which code a statement is issued, where it is checked, and by whom signed."""

    code: str
    at: datetime
    check_address: str
    signer: str
    kept_until: date


def as_pdf(contents: Contents, issue: Issue) -> bytes:
    """The statement as PDF/A-2a and PDF/UA-1, unsigned; as many A4 pages as it takes.

    Raises TypesettingError.
    """
    pictures = {"qr": qr_svg(issue.check_address, quiet_zone=0).encode()}
    return typeset(source=_SOURCE, data=_data(contents, issue), pictures=pictures, output="pdf")


def _data(contents: Contents, issue: Issue) -> dict[str, object]:
    issued, holder = issue.at.astimezone(VIETNAM), contents.holder
    born = holder.birth_date
    return {
        "code": issue.code,
        "issued": [issued.year, issued.month, issued.day],
        "issued_text": f"{issued:%H:%M} ngày {format_date(issued)}",
        "kept_until": format_date(issue.kept_until),
        "check_address": printable(issue.check_address),
        "check_page": printable(issue.check_address.removesuffix(f"{issue.code}/")),
        "signer": printable(issue.signer),
        "full_name": printable(holder.full_name),
        "number": holder.number,
        "born": str(born.year) if holder.birth_date_precision == "year" else format_date(born),
        "sex": _SEXES[holder.sex],
        "has_shared": shares_months(contents.parts),
        "counted_until": str(contents.counted_until) if has_running(contents.parts) else None,
        "parts": [_part(part) for part in contents.parts],
    }


def _part(part: FundPart) -> dict[str, object]:
    totals = part.totals
    return {
        "name": _FUNDS[part.fund],
        "rows": [_row(row) for row in part.rows],
        "paid": _span(totals.paid),
        "made_of": _made_of(totals),
        "late": _span(totals.late) if totals.late else None,
        "settled": _span(totals.settled) if totals.settled else None,
    }


def _made_of(totals: Totals) -> list[str]:
    """What the paid months are made of, where they are not all compulsory and since 1995."""
    found = []
    if totals.voluntary:
        if totals.compulsory:
            found.append(f"bắt buộc {_span(totals.compulsory)}")
        found.append(f"tự nguyện {_span(totals.voluntary)}")
    if totals.before_1995:
        found.append(f"trước 01/1995: {_span(totals.before_1995)}")
    return found


def _row(row: StatedPeriod) -> dict[str, object]:
    period = row.period
    notes = ["chậm đóng"] if period.state == "late" else []
    if row.shared:
        notes.append(f"{row.shared} tháng trùng")
    if period.kind != "compulsory":
        notes.append(_KINDS[period.kind].lower())
    work = ", ".join(filter(None, [period.position or period.occupation, period.workplace]))
    return {
        "from": str(Month.from_yyyymm(period.from_month)),
        "to": "nay" if row.is_running else str(Month.from_yyyymm(period.to_month)),
        "months": str(len(period.counted)),
        "payer": printable(period.employer_name or _PAYERS.get(period.kind, "Chưa có")),
        "work": printable(work),
        "salary": _pay(period.salary, period.currency),
        "note": ", ".join(notes),
    }


def _pay(amount: int, currency: str) -> str:
    if not amount:
        return "–"
    shown = format_dong(amount)
    return shown if currency == "VND" else shown.replace("đ", printable(currency))


def _span(months: int) -> str:
    years, rest = years_and_months(months)
    in_words = " ".join(
        f"{count} {unit}" for count, unit in ((years, "năm"), (rest, "tháng")) if count
    )
    return f"{months} tháng ({in_words})" if years else f"{months} tháng"
