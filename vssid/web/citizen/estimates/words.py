"""What people read of an estimate's choices, steps, tables and laws."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vssid.insurance.estimates.codes import LineCode, TableCode
from vssid.insurance.estimates.maternity import Parent
from vssid.insurance.estimates.one_time import Reason
from vssid.insurance.estimates.pension import Circumstance
from vssid.insurance.estimates.sickness import Patient
from vssid.insurance.tables.laws import Topic
from vssid.insurance.tables.support import SupportGroup

Words = str | Promise

REASONS: Final[Mapping[Reason, Words]] = {
    Reason.AFTER_A_YEAR: _("Đã nghỉ, sau 12 tháng không đóng"),
    Reason.PENSION_AGE: _("Đủ tuổi nghỉ hưu mà chưa đủ năm đóng"),
    Reason.ABROAD: _("Ra nước ngoài để định cư"),
    Reason.ILLNESS: _("Mắc bệnh ung thư, bại liệt, xơ gan mất bù, lao nặng, AIDS"),
    Reason.IMPAIRED: _("Suy giảm khả năng lao động từ 81 % hoặc khuyết tật đặc biệt nặng"),
}
SUPPORT_GROUPS: Final[Mapping[SupportGroup, Words]] = {
    SupportGroup.OTHER: _("Người tham gia khác"),
    SupportGroup.NEAR_POOR: _("Hộ cận nghèo"),
    SupportGroup.POOR: _("Hộ nghèo"),
    SupportGroup.MINORITY: _("Người dân tộc thiểu số"),
}
CIRCUMSTANCES: Final[Mapping[Circumstance, Words]] = {
    Circumstance.ORDINARY: _("Bình thường"),
    Circumstance.HEAVY_WORK: _("Đủ 15 năm làm việc nặng nhọc, độc hại, nguy hiểm"),
    Circumstance.IMPAIRED_61: _("Suy giảm khả năng lao động từ 61 % đến dưới 81 %"),
    Circumstance.IMPAIRED_81: _("Suy giảm khả năng lao động từ 81 %"),
}
PARENTS: Final[Mapping[Parent, Words]] = {
    Parent.MOTHER: _("Mẹ sinh con"),
    Parent.FATHER: _("Cha, khi vợ sinh con"),
}
PATIENTS: Final[Mapping[Patient, Words]] = {
    Patient.ONESELF: pgettext_lazy("patient", "Bản thân"),
    Patient.CHILD: _("Con dưới 7 tuổi"),
}
REGIONS: Final[Mapping[int, Words]] = {
    1: _("Vùng I"),
    2: _("Vùng II"),
    3: _("Vùng III"),
    4: _("Vùng IV"),
}
TERMS: Final[Mapping[int, Words]] = {3: _("3 tháng"), 6: _("6 tháng"), 12: _("12 tháng")}

# What a step is, and how it is reckoned; both are filled with the step's figures.
LINES: Final[Mapping[LineCode, tuple[Words, Words]]] = {
    LineCode.MEAN_SALARY: (_("Mức bình quân tiền lương, thu nhập đóng BHXH"), ""),
    LineCode.PAY_CEILING: (_("Mức đóng cao nhất được tính mỗi tháng"), _("20 × %(base)s")),
    LineCode.MEAN_CEILING: (
        _("Mức bình quân cao nhất có thể"),
        _("mỗi tháng không quá 20 lần lương cơ sở của tháng đó, đã điều chỉnh theo giá"),
    ),
    LineCode.ODD_MONTHS_MOVED: (
        _("Tháng lẻ trước năm 2014, chuyển sang tính từ năm 2014"),
        "",
    ),
    LineCode.YEARS_BEFORE_2014: (
        _("Các năm đóng trước năm 2014"),
        _("%(years)s × 1,5 × %(mean)s"),
    ),
    LineCode.YEARS_SINCE_2014: (_("Các năm đóng từ năm 2014"), _("%(years)s × 2 × %(mean)s")),
    LineCode.PAID_IN: (_("Số tiền đã đóng"), _("22 %% × %(salaries)s")),
    LineCode.TWO_MEANS: (_("Không quá"), _("2 × %(mean)s")),
    LineCode.STATE_SUPPORT: (_("Trừ tiền Nhà nước đã hỗ trợ đóng"), ""),
    LineCode.PENSION_AGE: (_("Tuổi nghỉ hưu"), ""),
    LineCode.PENSION_FROM: (_("Hưởng từ tháng"), ""),
    LineCode.PAYING_ON: (_("Đóng tiếp đến khi hưởng"), _("mỗi tháng %(pay)s")),
    LineCode.MEAN_WITH_FUTURE: (_("Mức bình quân, tính cả các tháng đóng tiếp"), ""),
    LineCode.PAID_TIME: (_("Thời gian để tính"), _("%(paid)s, làm tròn tháng lẻ")),
    LineCode.RATE_WOMAN: (
        _("Tỷ lệ hưởng của nữ"),
        _("45 %% cho %(base)s, thêm 2 %% mỗi năm, nhiều nhất 75 %%"),
    ),
    LineCode.RATE_MAN: (
        _("Tỷ lệ hưởng của nam"),
        _("45 %% cho %(base)s, thêm 2 %% mỗi năm, nhiều nhất 75 %%"),
    ),
    LineCode.RATE_MAN_SHORT: (
        _("Tỷ lệ hưởng của nam có dưới %(base)s đóng"),
        _("40 %% cho 15 năm, thêm 1 %% mỗi năm"),
    ),
    LineCode.EARLY: (
        _("Giảm do nghỉ trước tuổi"),
        _("sớm %(early)s: 2 %% mỗi năm, 1 %% cho phần lẻ từ 6 tháng"),
    ),
    LineCode.PENSION: (_("Lương hưu mỗi tháng"), _("%(rate)s × %(mean)s")),
    LineCode.LEAST_PENSION: (_("Nâng lên mức thấp nhất, bằng mức tham chiếu"), ""),
    LineCode.EXTRA_YEARS: (
        _("Trợ cấp một lần cho các năm đóng trên 35 năm (nam), 30 năm (nữ)"),
        _("%(years)s × 0,5 × %(mean)s"),
    ),
    LineCode.EXTRA_YEARS_LATE: (
        _("Trợ cấp một lần cho các năm đó, phần đóng sau tuổi nghỉ hưu"),
        _("%(years)s × 2 × %(mean)s"),
    ),
    LineCode.LEAVE_MONTHS: (_("Thời gian nghỉ của mẹ"), _("số con trong lần sinh: %(children)s")),
    LineCode.LEAVE_PAY: (_("Trợ cấp thai sản"), _("%(leave)s × %(mean)s")),
    LineCode.BIRTH_GRANT: (
        _("Trợ cấp một lần khi sinh con"),
        _("%(children)s con × 2 × %(base)s"),
    ),
    LineCode.FATHER_DAYS: (_("Số ngày nghỉ của cha"), _("số con trong lần sinh: %(children)s")),
    LineCode.FATHER_PAY: (_("Trợ cấp cho ngày nghỉ của cha"), _("%(off)s × %(mean)s ÷ 24")),
    LineCode.VOLUNTARY_GRANT: (
        _("Trợ cấp thai sản của BHXH tự nguyện"),
        _("%(children)s con × %(each)s"),
    ),
    LineCode.SICK_DAYS_LEFT: (
        _("Số ngày còn được hưởng trong năm"),
        _("tối đa %(limit)s, đã hưởng %(drawn)s"),
    ),
    LineCode.SICK_DAY: (_("Mức hưởng một ngày"), _("75 %% × %(salary)s ÷ 24")),
    LineCode.SICK_PAY: (_("Trợ cấp ốm đau"), _("%(off)s × %(day)s")),
    LineCode.SIXTY_PERCENT: (_("60 %% mức bình quân 6 tháng cuối"), _("60 %% × %(mean)s")),
    LineCode.BENEFIT_CAP: (_("Không quá 5 lần lương tối thiểu vùng"), _("5 × %(wage)s")),
    LineCode.BENEFIT_MONTHS: (_("Số tháng hưởng"), _("đã đóng %(paid)s")),
    LineCode.BENEFIT_IN_ALL: (_("Cả thời gian hưởng"), _("%(length)s × %(monthly)s")),
    LineCode.FIRST_MEMBER: (_("Mức đóng đủ, mỗi tháng"), _("4,5 %% × %(base)s")),
    LineCode.FURTHER_MEMBER: (
        _("Người thứ %(ordinal)s"),
        _("%(share)s mức đóng đủ: %(term)s × %(monthly)s"),
    ),
}

TABLES: Final[Mapping[TableCode, Words]] = {
    TableCode.BASE_WAGE: _("Mức lương cơ sở, nay là mức tham chiếu"),
    TableCode.PRICE_LEVELS: _("Mức điều chỉnh tiền lương, thu nhập đã đóng"),
    TableCode.RETIREMENT_AGES: _("Tuổi nghỉ hưu theo tháng sinh"),
    TableCode.VOLUNTARY_SUPPORT: _("Mức hỗ trợ đóng BHXH tự nguyện"),
    TableCode.FATHER_DAYS: _("Số ngày nghỉ của cha"),
    TableCode.VOLUNTARY_BIRTH_GRANT: _("Trợ cấp thai sản của BHXH tự nguyện"),
    TableCode.SICK_DAYS: _("Số ngày nghỉ ốm tối đa trong năm"),
    TableCode.CHILD_SICK_DAYS: _("Số ngày nghỉ chăm con ốm tối đa trong năm"),
    TableCode.REGIONAL_WAGES: _("Lương tối thiểu vùng"),
    TableCode.UNEMPLOYMENT_TERMS: _("Điều kiện, thời hạn hưởng trợ cấp thất nghiệp"),
    TableCode.PENSION_INCREASES: _("Mức tăng lương hưu"),
}

TOPICS: Final[Mapping[Topic, Words]] = {
    Topic.ONE_TIME_GROUNDS: _("Ai được hưởng BHXH một lần"),
    Topic.ONE_TIME_AMOUNT: _("Mức hưởng BHXH một lần"),
    Topic.ODD_MONTHS: _("Cách tính tháng lẻ"),
    Topic.VOLUNTARY_SUPPORT: _("Tiền Nhà nước hỗ trợ đóng"),
    Topic.MEAN_SALARY: _("Mức bình quân tiền lương, thu nhập"),
    Topic.PRICE_LEVELS: _("Điều chỉnh tiền lương, thu nhập đã đóng"),
    Topic.MIXED_TIME: _("Vừa đóng bắt buộc vừa đóng tự nguyện"),
    Topic.PENSION_GROUNDS: _("Ai được hưởng lương hưu"),
    Topic.PENSION_AGE: _("Tuổi nghỉ hưu"),
    Topic.PENSION_RATE: _("Tỷ lệ hưởng lương hưu"),
    Topic.PENSION_EARLY: _("Nghỉ hưu do suy giảm khả năng lao động"),
    Topic.PENSION_LEAST: _("Lương hưu thấp nhất"),
    Topic.PENSION_ONE_OFF: _("Trợ cấp một lần khi nghỉ hưu"),
    Topic.PENSION_INCREASE: _("Điều chỉnh lương hưu"),
    Topic.MATERNITY_GROUNDS: _("Ai được hưởng chế độ thai sản"),
    Topic.MATERNITY_LEAVE: _("Thời gian nghỉ thai sản"),
    Topic.MATERNITY_PAY: _("Mức trợ cấp thai sản"),
    Topic.BIRTH_GRANT: _("Trợ cấp một lần khi sinh con"),
    Topic.VOLUNTARY_BIRTH: _("Trợ cấp thai sản của BHXH tự nguyện"),
    Topic.SICK_DAYS: _("Số ngày nghỉ ốm"),
    Topic.CHILD_SICK_DAYS: _("Số ngày nghỉ chăm con ốm"),
    Topic.SICK_PAY: _("Mức trợ cấp ốm đau"),
    Topic.UNEMPLOYMENT_GROUNDS: _("Ai được hưởng trợ cấp thất nghiệp"),
    Topic.UNEMPLOYMENT_BENEFIT: _("Mức và thời gian hưởng trợ cấp thất nghiệp"),
    Topic.UNEMPLOYMENT_KEPT: _("Bảo lưu thời gian đóng BHTN"),
    Topic.HOUSEHOLD_HEALTH: _("Mức đóng BHYT hộ gia đình"),
    Topic.REFERENCE_LEVEL: _("Mức tham chiếu"),
    Topic.PAY_CEILING: _("Tiền lương, thu nhập cao nhất làm căn cứ đóng"),
}
