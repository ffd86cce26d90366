"""The forms of the estimates: sent by GET, filled in from the record, changed as one likes.

The fields are named as the inputs of `vssid.insurance.estimates` are; in addresses they have
Vietnamese names.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from vssid.insurance.estimates.household import MOST_MEMBERS, HouseholdInput
from vssid.insurance.estimates.maternity import MaternityInput, Parent
from vssid.insurance.estimates.one_time import OneTimeInput, Reason
from vssid.insurance.estimates.pension import Circumstance, PensionInput
from vssid.insurance.estimates.sickness import Patient, SicknessInput
from vssid.insurance.estimates.unemployment import UnemploymentInput
from vssid.insurance.tables.support import SupportGroup
from vssid.kernel.money import format_dong
from vssid.web.citizen.estimates import words
from vssid.web.citizen.estimates.fields import (
    BirthField,
    CountField,
    DayField,
    HalfDaysField,
    MoneyField,
    MonthField,
    MonthsField,
    PickField,
    TickField,
)
from vssid.web.ui.fields import PlainForm

_BEFORE = "_san"
"""After the name of a field: what had been filled in there, so that what nobody changed is filled
in anew when something else was."""

T = TypeVar("T")


Choices = Callable[[], list[tuple[str, str]]]


def _choices(said: Mapping[Any, words.Words]) -> Choices:
    """The choices in the language of the moment: a list of lazy words would be drawn as groups."""
    return lambda: [(str(code), str(word)) for code, word in said.items()]


class EstimateForm(PlainForm, Generic[T]):
    """A form over one input. `derived` fields depend on others and on the record."""

    names: ClassVar[Mapping[str, str]] = {}
    derived: ClassVar[tuple[str, ...]] = ()

    def __init__(self, query: QueryDict, filled_in: T, keys: Mapping[str, object]) -> None:
        self.filled_in = filled_in
        texts = {name: self._text(name, keys, filled_in) for name in self.names}
        self.before = {name: texts[name] for name in self.derived}
        self.is_sent = any(address in query for address in self.names.values())
        super().__init__(
            {self.names[name]: self._typed(query, name, text) for name, text in texts.items()}
        )

    def add_prefix(self, field_name: str) -> str:
        """The name of a field in the address."""
        return self.names.get(field_name, field_name)

    @classmethod
    def asked(cls, query: QueryDict, *names: str) -> dict[str, Any]:
        """What was typed into fields on which others depend, where it can be read."""
        found = {}
        for name in names:
            typed = query.get(cls.names[name])
            if typed is not None:
                try:
                    found[name] = cls.base_fields[name].clean(typed)
                except ValidationError:
                    continue
        return found

    def given(self) -> T:
        """The input as it stands in the form."""
        known = {field.name for field in fields(self.filled_in)}  # type: ignore[arg-type] # a dataclass
        changes = {name: one for name, one in self.cleaned_data.items() if name in known}
        return replace(self.filled_in, **changes)  # type: ignore[type-var] # a dataclass

    def kept(self) -> Iterator[tuple[str, str]]:
        """The hidden fields that say what had been filled in."""
        for name, text in self.before.items():
            yield self.names[name] + _BEFORE, text

    def _typed(self, query: QueryDict, name: str, text: str) -> str:
        address = self.names[name]
        typed = query.get(address, text)
        is_untouched = name in self.before and typed == query.get(address + _BEFORE)
        return text if is_untouched else typed

    def _text(self, name: str, keys: Mapping[str, object], filled_in: T) -> str:
        value = keys[name] if name in keys else getattr(filled_in, name, None)
        return _as_typed(value, self.base_fields[name])


def _as_typed(value: object, field: object) -> str:
    """A value as a person would type it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(field, MoneyField) and isinstance(value, int):
        return format_dong(value).split("\N{NO-BREAK SPACE}", maxsplit=1)[0]
    if isinstance(field, HalfDaysField) and isinstance(value, int):
        return f"{value // 2},5" if value % 2 else str(value // 2)
    return str(value)


class OneTimeForm(EstimateForm[OneTimeInput]):
    """«BHXH một lần»."""

    names = {
        "reason": "truong_hop",
        "months_before_2014": "thang_truoc_2014",
        "months_since_2014": "thang_tu_2014",
        "mean_salary": "muc_binh_quan",
        "joined": "thang_dau",
        "last_paid": "thang_cuoi",
        "group": "nhom_ho_tro",
        "state_support": "tien_ho_tro",
        "state_scale": "luong_nha_nuoc",
    }
    derived = ("mean_salary", "state_support")

    reason = PickField(label=_("Trường hợp rút"), choices=_choices(words.REASONS), coerce=Reason)
    months_before_2014 = MonthsField(label=_("Số tháng đóng trước năm 2014"))
    months_since_2014 = MonthsField(label=_("Số tháng đóng từ năm 2014"))
    mean_salary = MoneyField(
        label=_("Mức bình quân tiền lương, thu nhập đóng BHXH (đồng mỗi tháng)")
    )
    joined = MonthField(label=_("Tháng đóng đầu tiên"))
    last_paid = MonthField(label=_("Tháng đóng cuối cùng"))
    group = PickField(
        label=_("Nhóm được Nhà nước hỗ trợ đóng tự nguyện"),
        choices=_choices(words.SUPPORT_GROUPS),
        coerce=SupportGroup,
    )
    state_support = MoneyField(label=_("Tiền Nhà nước đã hỗ trợ đóng (đồng)"))
    state_scale = TickField(label=_("Tôi hưởng lương theo thang bảng lương Nhà nước"))

    def given(self) -> OneTimeInput:
        """With changed numbers, the pay of all months is taken from the mean."""
        made, was = super().given(), self.filled_in
        if (made.months, made.mean_salary) == (was.months, was.mean_salary):
            return made
        return replace(made, paid_salaries=made.mean_salary * made.months)


class PensionForm(EstimateForm[PensionInput]):
    """«Lương hưu»."""

    names = {
        "circumstance": "truong_hop",
        "compulsory": "thang_bat_buoc",
        "voluntary": "thang_tu_nguyen",
        "past_age": "thang_sau_tuoi",
        "mean_salary": "muc_binh_quan",
        "pay": "muc_dong_tiep",
        "begins": "thang_huong",
        "state_scale": "luong_nha_nuoc",
    }
    derived = ("mean_salary",)

    circumstance = PickField(
        label=_("Trường hợp nghỉ hưu"),
        choices=_choices(words.CIRCUMSTANCES),
        coerce=Circumstance,
    )
    compulsory = MonthsField(label=_("Số tháng đã đóng BHXH bắt buộc"))
    voluntary = MonthsField(label=_("Số tháng đã đóng BHXH tự nguyện"))
    past_age = MonthsField(label=_("Trong đó, số tháng đóng sau khi đủ tuổi nghỉ hưu"))
    mean_salary = MoneyField(
        label=_("Mức bình quân tiền lương, thu nhập đóng BHXH (đồng mỗi tháng)")
    )
    pay = MoneyField(label=_("Mức đóng từ nay đến lúc nghỉ (đồng mỗi tháng)"))
    begins = MonthField(label=_("Muốn hưởng từ tháng (không bắt buộc)"))
    state_scale = TickField(label=_("Tôi hưởng lương theo thang bảng lương Nhà nước"))

    def given(self) -> PensionInput:
        """With changed numbers, the mean is taken to be over all months."""
        made, was = super().given(), self.filled_in
        if (made.months, made.mean_salary) == (was.months, was.mean_salary):
            return made
        return replace(made, averaged=made.months)


class MaternityForm(EstimateForm[MaternityInput]):
    """«Thai sản»."""

    names = {
        "parent": "nguoi_huong",
        "birth": "ngay_sinh_con",
        "children": "so_con",
        "living": "con_da_co",
        "compulsory": "thang_bat_buoc",
        "voluntary": "thang_tu_nguyen",
        "in_all": "tong_thang_bat_buoc",
        "mean_salary": "muc_binh_quan",
        "rested": "duong_thai",
        "has_surgery": "phau_thuat",
        "mother_lacks_cover": "me_khong_du",
    }
    derived = ("compulsory", "voluntary", "in_all", "mean_salary")

    parent = PickField(label=_("Người hưởng"), choices=_choices(words.PARENTS), coerce=Parent)
    birth = DayField(label=_("Ngày sinh hoặc dự kiến sinh"))
    children = CountField(label=_("Số con trong lần sinh này"), least=1, most=6)
    living = CountField(label=_("Số con đẻ của người mẹ đang còn sống trước lần sinh này"), most=20)
    compulsory = CountField(
        label=_("Số tháng đóng BHXH bắt buộc trong 12 tháng trước khi sinh"), most=12
    )
    voluntary = CountField(
        label=_("Số tháng đóng BHXH tự nguyện trong 12 tháng trước khi sinh"), most=12
    )
    in_all = MonthsField(label=_("Tổng số tháng đóng BHXH bắt buộc"))
    mean_salary = MoneyField(
        label=_("Lương đóng BHXH bình quân 6 tháng trước khi nghỉ (đồng mỗi tháng)")
    )
    rested = TickField(label=_("Mẹ phải nghỉ dưỡng thai theo chỉ định của cơ sở khám, chữa bệnh"))
    has_surgery = TickField(label=_("Sinh phải phẫu thuật hoặc con dưới 32 tuần tuổi"))
    mother_lacks_cover = TickField(label=_("Mẹ không đủ điều kiện hưởng chế độ thai sản"))


class SicknessForm(EstimateForm[SicknessInput]):
    """«Ốm đau»."""

    names = {
        "patient": "nguoi_om",
        "begin": "ngay_nghi",
        "half_days": "so_ngay",
        "drawn_half_days": "da_nghi",
        "salary": "luong_thang_truoc",
        "paid": "tong_thang_bat_buoc",
        "child_born": "ngay_sinh_con",
        "is_heavy": "nang_nhoc",
    }
    derived = ("salary", "paid")

    patient = PickField(label=_("Ai ốm"), choices=_choices(words.PATIENTS), coerce=Patient)
    begin = DayField(label=_("Ngày bắt đầu nghỉ"))
    half_days = HalfDaysField(label=_("Số ngày làm việc phải nghỉ"), least=1)
    drawn_half_days = HalfDaysField(
        label=_("Số ngày đã hưởng ốm đau từ đầu năm (của con: cho con đó)"), least=0
    )
    salary = MoneyField(label=_("Lương đóng BHXH của tháng trước khi nghỉ (đồng)"))
    paid = MonthsField(label=_("Tổng số tháng đóng BHXH bắt buộc"))
    child_born = BirthField(label=_("Ngày sinh của con (khi con ốm)"))
    is_heavy = TickField(
        label=_("Làm việc nặng nhọc, độc hại, nguy hiểm hoặc ở vùng đặc biệt khó khăn")
    )


class UnemploymentForm(EstimateForm[UnemploymentInput]):
    """«Trợ cấp thất nghiệp»."""

    names = {
        "ended": "ngay_nghi_viec",
        "filed": "ngay_nop",
        "paid": "thang_da_dong",
        "in_window": "thang_gan_nhat",
        "mean_salary": "muc_binh_quan",
        "region": "vung_luong",
        "is_short": "hop_dong_ngan",
    }
    derived = ("filed", "paid", "in_window", "mean_salary", "region")

    ended = DayField(label=_("Ngày chấm dứt hợp đồng"))
    filed = DayField(label=_("Ngày nộp hồ sơ"))
    paid = MonthsField(label=_("Số tháng đóng BHTN chưa hưởng"))
    in_window = CountField(
        label=_("Trong đó, số tháng đóng trong 24 tháng trước khi nghỉ việc"), most=36
    )
    mean_salary = MoneyField(label=_("Lương đóng BHTN bình quân 6 tháng cuối (đồng mỗi tháng)"))
    region = PickField(
        label=_("Vùng lương tối thiểu nơi làm việc"),
        choices=_choices(words.REGIONS),
        coerce=int,
    )
    is_short = TickField(label=_("Hợp đồng dưới 12 tháng (khi đó tính trong 36 tháng)"))


class HouseholdForm(EstimateForm[HouseholdInput]):
    """«BHYT hộ gia đình»."""

    names = {
        "members": "so_nguoi",
        "first": "tu_nguoi_thu",
        "term": "so_thang",
        "paid_on": "ngay_dong",
    }

    members = CountField(label=_("Số người trong hộ cùng đóng"), least=1, most=MOST_MEMBERS)
    first = CountField(
        label=_("Người đóng đầu tiên là người thứ mấy của hộ trong năm"),
        least=1,
        most=MOST_MEMBERS,
    )
    term = PickField(
        label=_("Đóng cho"),
        choices=_choices(words.TERMS),
        coerce=int,
    )
    paid_on = DayField(label=_("Ngày đóng"))
