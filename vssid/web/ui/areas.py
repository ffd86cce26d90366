"""Areas from lists, of today or «trước 1/7/2025»: one part for every form that asks an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError
from vssid.kernel.text import clean
from vssid.reference import queries as reference
from vssid.reference.choices import AgencyChoice, AreaChoice
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY
from vssid.web.ui.fields import ParsedField, PlainForm

# A submit button of this name redraws the page with the lists that follow from a choice.
REFRESH = "cap-nhat"
_STREET_MIN, _STREET_MAX = 2, 255


def parse_street(text: str) -> str:
    """House number, street, hamlet: cleaned; refused when empty or far too long."""
    street = clean(text)
    if len(street) < _STREET_MIN:
        raise ValidationError(_("Xin nhập số nhà, đường phố, thôn, xóm."), code="street.empty")
    if len(street) > _STREET_MAX:
        raise ValidationError(
            _("Địa chỉ dài quá 255 ký tự. Xin viết gọn lại."), code="street.too-long"
        )
    return street


class AreaForm(PlainForm):
    """Where somebody lives: areas of today's or the former era, and the street."""

    era = forms.ChoiceField(choices=[("2025", ""), ("legacy", "")], initial="2025")
    province = forms.CharField(label=_("Tỉnh, thành phố"), required=False, max_length=2)
    district = forms.CharField(label=_("Quận, huyện (cũ)"), required=False, max_length=3)
    commune = forms.CharField(label=_("Xã, phường, đặc khu"), required=False, max_length=5)
    street = ParsedField(
        label=_("Số nhà, đường phố, thôn, xóm"), parse=parse_street, max_length=1000
    )

    def clean(self) -> dict[str, Any]:
        """The areas must belong together."""
        data: dict[str, Any] = super().clean() or {}
        era = data.get("era") or "2025"
        if era == "2025":
            data["district"] = ""
        if not data.get("province"):
            self.add_error("province", _("Xin chọn tỉnh, thành phố."))
        elif era == "legacy" and not data.get("district"):
            self.add_error("district", _("Xin chọn quận, huyện."))
        elif not data.get("commune") and reference.communes(
            era, data["district"] or data["province"]
        ):
            self.add_error("commune", _("Xin chọn xã, phường, đặc khu."))
        else:
            self._check_areas(era, data)
        return data

    def _check_areas(self, era: str, data: dict[str, Any]) -> None:
        try:
            reference.check_address(
                era=era,
                province=data["province"],
                district=data.get("district", ""),
                commune=data.get("commune", ""),
            )
        except CodedError as error:
            self.refuse("commune", error)


@dataclass(frozen=True, slots=True)
class AreaLists:
    """The lists that follow from what is chosen so far; each option is (code, label).

    `today` are the communes of today where a chosen legacy ward went.
    """

    era: str
    provinces: list[tuple[str, str]]
    districts: list[tuple[str, str]]
    communes: list[tuple[str, str]]
    today: list[tuple[str, str]]
    chosen: Mapping[str, str]


def area_lists(chosen: Mapping[str, str]) -> AreaLists:
    """What the area lists show for the values of the fields, which anybody may have typed."""
    era = ERA_LEGACY if chosen.get("era") == ERA_LEGACY else ERA_TODAY
    province, district = chosen.get("province", ""), chosen.get("district", "")
    districts = reference.districts(province) if era == ERA_LEGACY else ()
    if district not in {choice.code for choice in districts}:
        district = ""
    parent = district if era == ERA_LEGACY else province
    communes = reference.communes(era, parent) if parent else ()
    # Five island districts had no communes: the district itself went somewhere.
    ended = chosen.get("commune", "") if communes else district
    return AreaLists(
        era=era,
        provinces=options(reference.provinces(era)),
        districts=options(districts),
        communes=options(communes),
        today=options(reference.convert_legacy(ended)) if era == ERA_LEGACY and ended else [],
        chosen={
            "province": province,
            "district": district,
            "commune": chosen.get("commune", ""),
            "today": chosen.get("today", ""),
        },
    )


def refreshed(sent: Mapping[str, str]) -> dict[str, str] | None:
    """The values to redraw with when a list or the era was changed; None when the form was sent."""
    if REFRESH not in sent:
        return None
    chosen = dict(sent.items())
    if chosen[REFRESH] in {ERA_TODAY, ERA_LEGACY}:
        chosen["era"] = chosen[REFRESH]
    return chosen


def options(choices: tuple[AreaChoice | AgencyChoice, ...]) -> list[tuple[str, str]]:
    """Choices as the options of a list."""
    return [(choice.code, choice.label) for choice in choices]
