"""The forms of Mẫu số 01, one per step (guides R03–R06)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vssid.kernel.emails import parse_email
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import Identity, parse_identity, parse_insurance_number
from vssid.kernel.phones import parse_mobile
from vssid.kernel.text import clean, parse_person_name
from vssid.reference import queries as reference
from vssid.registration import rules
from vssid.web.ui.fields import ParsedField, PlainForm

_STREET_MIN, _STREET_MAX = 2, 255


class KindForm(PlainForm):
    """Who registers (guides R02)."""

    kind = forms.ChoiceField(
        label=_("Đối tượng đăng ký"),
        choices=[("ca-nhan", _("Cá nhân")), ("to-chuc", _("Tổ chức"))],
        error_messages={"required": _("Xin chọn «Cá nhân» hoặc «Tổ chức».")},
    )


class PersonForm(PlainForm):
    """Name, numbers; the portrait comes beside it."""

    full_name = ParsedField(label=_("Họ và tên (đủ dấu)"), parse=parse_person_name)
    accents_are_right = forms.BooleanField(
        label=_("Đúng, tên trên giấy tờ của tôi không có dấu"), required=False
    )
    number = ParsedField(label=_("Mã số BHXH"), parse=parse_insurance_number)
    id_number = ParsedField(label=_("Số CMND/CCCD/hộ chiếu"), parse=parse_identity)

    asks_about_accents = False

    def clean(self) -> dict[str, Any]:
        """Ask about a name without accents; it is accepted once confirmed."""
        data: dict[str, Any] = super().clean() or {}
        name, identity = data.get("full_name"), data.get("id_number")
        if name and rules.asks_about_accents(
            name,
            id_kind=identity.kind if identity else "",
            was_confirmed=bool(data.get("accents_are_right")),
        ):
            self.asks_about_accents = True
            self.add_error(
                "full_name",
                ValidationError(
                    _(
                        "Tên chưa có dấu. Xin gõ đủ dấu như trên giấy tờ; nếu tên bạn đúng là "
                        "không dấu, hãy đánh dấu vào ô xác nhận bên dưới."
                    ),
                    code="name.unaccented",
                ),
            )
        return data

    def answers(self) -> dict[str, object]:
        """What the draft keeps."""
        identity: Identity = self.cleaned_data["id_number"]
        return {
            "full_name": self.cleaned_data["full_name"],
            "name_without_accents_is_right": self.cleaned_data["accents_are_right"],
            "number": self.cleaned_data["number"],
            "id_kind": identity.kind.value,
            "id_number": identity.number,
        }


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


class AddressForm(PlainForm):
    """Where the person lives and how to reach them; areas of today's or the former era."""

    era = forms.ChoiceField(choices=[("2025", ""), ("legacy", "")], initial="2025")
    province = forms.CharField(label=_("Tỉnh, thành phố"), required=False, max_length=2)
    district = forms.CharField(label=_("Quận, huyện (cũ)"), required=False, max_length=3)
    commune = forms.CharField(label=_("Xã, phường, đặc khu"), required=False, max_length=5)
    street = ParsedField(
        label=_("Số nhà, đường phố, thôn, xóm"), parse=parse_street, max_length=1000
    )
    phone = ParsedField(label=_("Số điện thoại di động"), parse=parse_mobile)
    email = ParsedField(label=_("Email (không bắt buộc)"), parse=parse_email, required=False)

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
                commune=data["commune"],
            )
        except CodedError as error:
            self.refuse("commune", error)

    def answers(self) -> dict[str, object]:
        """What the draft keeps: the codes as entered, with their era."""
        data = self.cleaned_data
        return {
            "address_era": data["era"],
            "address_province": data["province"],
            "address_district": data["district"],
            "address_commune": data["commune"],
            "address_street": data["street"],
            "phone": data["phone"],
            "email": data["email"],
        }


class OfficeForm(PlainForm):
    """«Nơi nộp Tờ khai»: the province's agency, then the office below it (guides R05)."""

    provincial_agency = forms.CharField(label=_("BHXH tỉnh, thành phố"), max_length=3)
    office = forms.CharField(
        label=_("Cơ quan BHXH tiếp nhận"),
        max_length=5,
        error_messages={"required": _("Xin chọn cơ quan BHXH tiếp nhận.")},
    )
    provincial_agency.error_messages["required"] = _("Xin chọn BHXH tỉnh, thành phố trước.")

    def clean(self) -> dict[str, Any]:
        """The office must stand below the chosen agency, or be it."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("office") and data.get("provincial_agency"):
            try:
                reference.check_office(
                    office_code=data["office"], provincial_code=data["provincial_agency"]
                )
            except CodedError as error:
                self.refuse("office", error)
        return data

    def answers(self) -> dict[str, object]:
        """What the draft keeps."""
        return {
            "provincial_agency": self.cleaned_data["provincial_agency"],
            "office": self.cleaned_data["office"],
        }
