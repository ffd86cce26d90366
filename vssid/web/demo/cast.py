"""The named people of the demo: one for each role and kind of life, all of them invented."""

from dataclasses import dataclass

from vssid.staff.models import Role

PASSWORD = "hoa-sen-xanh-2026"  # noqa: S105 - every demo account's; demo settings only


@dataclass(frozen=True, slots=True)
class Insured:
    """A named life of the generator; with `has_account` they can sign in at once."""

    role: str
    shows: str
    has_account: bool = True


@dataclass(frozen=True, slots=True)
class Worker:
    """An officer of an agency, or somebody at the counter of a health facility."""

    user_name: str
    full_name: str
    role: Role
    office: str
    shows: str


INSURED = (
    Insured("worker", "Công nhân, ba đơn vị, có con nhỏ, được bà Nhàn cho xem hồ sơ"),
    Insured("teacher", "Giáo viên, đóng liên tục hơn 20 năm"),
    Insured("pensioner", "Đã nghỉ hưu, lương hưu và các lần điều chỉnh"),
    Insured("mother", "Mẹ của hai con, có chế độ thai sản"),
    Insured("unemployed", "Đang hưởng trợ cấp thất nghiệp"),
    Insured("voluntary", "Đóng BHXH tự nguyện"),
    Insured("one-time", "Đã hưởng BHXH một lần rồi đóng lại"),
    Insured("injured", "Hưởng chế độ tai nạn lao động"),
    Insured("late", "Đơn vị chậm đóng"),
    Insured("household", "Thẻ BHYT hộ gia đình, nhiều lượt khám"),
    Insured("near-poor", "Hộ cận nghèo"),
    Insured("empty", "Chưa có gì trong hồ sơ"),
    Insured("newcomer", "Chưa có tài khoản: người để thử đăng ký", has_account=False),
    Insured("student", "Chưa có tài khoản: tờ khai đang chờ ở BHXH Thanh Trì", has_account=False),
)


OFFICE = "00114"
"""BHXH Thanh Trì, where the demo's desk stands."""

OFFICERS = (
    Worker("tiepnhan.thanhtri", "Mai Thị Duyên", Role.INTAKE, OFFICE, "tiếp nhận, không duyệt"),
    Worker("canbo.thanhtri", "Phan Văn Lộc", Role.DECISION, OFFICE, "xét duyệt"),
    Worker("phananh.thanhtri", "Vũ Thị Thắm", Role.SUPPORT, OFFICE, "trả lời phản ánh"),
    Worker("truong.thanhtri", "Tạ Thị Ngân", Role.HEAD, OFFICE, "phụ trách cơ quan"),
    Worker("canbo.hanoi", "Cao Minh Tuệ", Role.DECISION, "001", "xét duyệt cấp thành phố"),
    Worker("vanhanh", "Lại Quang Vinh", Role.OPERATOR, "001", "vận hành, không xem hồ sơ"),
    Worker("bientap", "Ngô Thị Hoài", Role.CONTENT, "001", "biên tập tin tức"),
    Worker("quay1.benhvien", "Hồ Thị Sen", Role.FACILITY, "01001", "cơ sở KCB, kiểm tra thẻ BHYT"),
)

EDITOR = "bientap"
"""Who wrote the news of the demo."""

SHARED = ("pensioner", "worker")
"""Who lets whom read their card, benefits and visits."""

WAITING = "student"
"""Whose declaration waits in the queue of the demo."""

REPORTING = "late"
"""Who reported a line of their record: a petition waits for the office that looks after it."""

HOMES = ("01", "79", "48", "31", "92", "40", "38", "66")
"""Provinces of today where the invented people live."""
