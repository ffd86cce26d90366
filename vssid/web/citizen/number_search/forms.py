"""The three ways to look a number up, and what is typed in each (guides U01)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.identifiers import parse_identity
from vssid.kernel.phones import parse_mobile
from vssid.kernel.text import ascii_digits, parse_person_name, squeeze
from vssid.people.number_search.keys import today_communes, today_province
from vssid.people.number_search.rules import Wanted, Way
from vssid.reference import queries as reference
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY
from vssid.web.ui.areas import AreaForm
from vssid.web.ui.fields import ParsedField, PlainForm

_OLDEST_YEAR: Final = 1900
_CODE_MIN, _CODE_MAX = 4, 20
_ID_CARD_AT: Final = 14
# Day, month and year with anything between them, or eight digits on end.
_DAY = re.compile(r"\D*(\d{1,2})\D+(\d{1,2})\D+(\d{4})\D*|\s*(\d{2})(\d{2})(\d{4})\s*", re.ASCII)
_YEAR = re.compile(r"\s*(\d{4})\s*", re.ASCII)
# How the person of a household is spoken of, where one's own name is meant elsewhere.
_NAME_EMPTY = {"name.empty": _("Xin nhập họ và tên của người cần tìm mã số.")}
_HEAD_EMPTY = {"name.empty": _("Xin nhập họ và tên của chủ hộ.")}


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth as typed; `day` is None when only the year was."""

    year: int
    day: date | None


def parse_birth(text: str) -> Birth:
    """«12/5/1990», «12051990» or «1990». Raises ValidationError with the next step."""
    typed = ascii_digits(text)
    if not typed.strip():
        raise ValidationError(_("Xin nhập ngày sinh, hoặc năm sinh."), code="birth.empty")
    if found := _YEAR.fullmatch(typed):
        birth = Birth(int(found[1]), None)
    elif found := _DAY.fullmatch(typed):
        day, month, year = (int(one) for one in found.groups() if one)
        try:
            birth = Birth(year, date(year, month, day))
        except ValueError:
            raise ValidationError(
                _("Ngày này không có trong lịch. Xin xem lại ngày, tháng, năm."), code="birth.range"
            ) from None
    else:
        raise ValidationError(
            _("Ngày sinh viết như 12/05/1990; không nhớ ngày thì chỉ nhập năm, ví dụ 1990."),
            code="birth.format",
        )
    today = vietnam_today(utc_now())
    if not _OLDEST_YEAR <= birth.year <= today.year or (birth.day and birth.day > today):
        raise ValidationError(
            _("Ngày sinh phải từ năm 1900 đến hôm nay. Xin kiểm tra lại."), code="birth.range"
        )
    return birth


def parse_household(text: str) -> str:
    """A household's code without what stands between its signs."""
    code = squeeze(text).upper()
    if not code:
        raise ValidationError(_("Xin nhập mã hộ gia đình."), code="household.empty")
    if not (code.isascii() and code.isalnum() and _CODE_MIN <= len(code) <= _CODE_MAX):
        raise ValidationError(
            _("Mã hộ gia đình thường gồm 10 chữ số, có trên tờ khai hoặc biên lai mua BHYT."),
            code="household.shape",
        )
    return code


class SearchForm(PlainForm):
    """What every way asks for. The picture code is looked at by `picture_problem`."""

    way: Way
    ma_kiem_tra = forms.CharField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The summary of mistakes follows the page from top to bottom.
        self.fields["ma_kiem_tra"] = self.fields.pop("ma_kiem_tra")

    def wanted(self) -> Wanted:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        born, paper = data["birth"], data.get("id_number")
        return Wanted(
            way=self.way,
            full_name=data["full_name"],
            born_in=born.year,
            born_on=born.day,
            id_number=paper.number if paper else "",
            **self._place(),
        )

    def _place(self) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def area(self) -> tuple[str, str]:
        """Era and code of the commune or province typed; two empty texts for none."""
        return "", ""

    @property
    def is_about_child(self) -> bool:
        """Whether who is sought is too young for an ID card (Luật Căn cước 26/2023 Đ.19)."""
        return vietnam_today(utc_now()).year - int(self.cleaned_data["birth"].year) < _ID_CARD_AT


def _province_choices() -> list[tuple[object, object]]:
    return [
        (title, [(f"{era}:{one.code}", one.label) for one in reference.provinces(era)])
        for era, title in ((ERA_TODAY, _("Hiện nay")), (ERA_LEGACY, _("Tên trước 1/7/2025")))
    ]


class PersonForm(SearchForm):
    """By personal details."""

    way = Way.PERSON
    province = forms.ChoiceField(
        label=_("Tỉnh, thành phố"),
        choices=_province_choices,
        error_messages={
            "required": _("Xin chọn tỉnh, thành phố."),
            "invalid_choice": _("Xin chọn tỉnh, thành phố trong danh sách."),
        },
    )
    full_name = ParsedField(label=_("Họ và tên"), parse=parse_person_name)
    birth = ParsedField(label=_("Ngày sinh hoặc năm sinh"), parse=parse_birth)
    id_number = ParsedField(
        label=_("Số CCCD, CMND hoặc hộ chiếu"), parse=parse_identity, required=False
    )

    def _place(self) -> dict[str, Any]:
        return {"province": today_province(*self.area)}

    @property
    def area(self) -> tuple[str, str]:
        """The province."""
        era, _colon, code = self.cleaned_data["province"].partition(":")
        return era, code


class HouseholdForm(SearchForm):
    """By the household's code."""

    way = Way.HOUSEHOLD
    household = ParsedField(label=_("Mã hộ gia đình"), parse=parse_household)
    full_name = ParsedField(
        label=_("Họ và tên người cần tìm"), parse=parse_person_name, error_messages=_NAME_EMPTY
    )
    birth = ParsedField(label=_("Ngày sinh hoặc năm sinh người cần tìm"), parse=parse_birth)
    id_number = ParsedField(
        label=_("Số CCCD, CMND của chủ hộ"), parse=parse_identity, required=False
    )

    def _place(self) -> dict[str, Any]:
        return {"household": self.cleaned_data["household"]}


class HeadForm(AreaForm, SearchForm):
    """By the head of the household and where they live."""

    way = Way.HEAD
    field_order = ("head_name", "province", "district", "commune")
    street = None  # type: ignore[assignment] # Django's way to leave an inherited field out
    head_name = ParsedField(
        label=_("Họ và tên chủ hộ"), parse=parse_person_name, error_messages=_HEAD_EMPTY
    )
    full_name = ParsedField(
        label=_("Họ và tên người cần tìm"), parse=parse_person_name, error_messages=_NAME_EMPTY
    )
    birth = ParsedField(label=_("Ngày sinh hoặc năm sinh người cần tìm"), parse=parse_birth)
    id_number = ParsedField(
        label=_("Số CCCD, CMND của chủ hộ"), parse=parse_identity, required=False
    )

    def _place(self) -> dict[str, Any]:
        return {
            "head_name": self.cleaned_data["head_name"],
            "communes": tuple(today_communes(*self.area)),
        }

    @property
    def area(self) -> tuple[str, str]:
        """The commune; of an island district without communes, the district."""
        data = self.cleaned_data
        return data["era"], data.get("commune") or data.get("district", "")


FORMS: Final[dict[str, type[SearchForm]]] = {
    "ca-nhan": PersonForm,
    "ma-ho": HouseholdForm,
    "chu-ho": HeadForm,
}
"""By the word in the address."""


class PhoneForm(PlainForm):
    """Where the code goes."""

    phone = ParsedField(label=_("Số di động của bạn"), parse=parse_mobile)
