"""The forms of Mẫu số 01, one per step (guides R03–R06)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vssid.kernel.emails import parse_email
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import Identity, parse_identity, parse_insurance_number
from vssid.kernel.phones import parse_mobile
from vssid.kernel.text import parse_person_name
from vssid.reference import queries as reference
from vssid.registration import rules
from vssid.web.ui.areas import AreaForm
from vssid.web.ui.fields import ParsedField, PlainForm


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

    def __init__(self, *args: Any, is_vietnamese_passport: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self._is_vietnamese_passport = is_vietnamese_passport

    def clean(self) -> dict[str, Any]:
        """Ask about a name without accents; it is accepted once confirmed."""
        data: dict[str, Any] = super().clean() or {}
        name, identity = data.get("full_name"), data.get("id_number")
        if name and rules.asks_about_accents(
            name,
            id_kind=identity.kind if identity else "",
            was_confirmed=bool(data.get("accents_are_right")),
            is_vietnamese_passport=self._is_vietnamese_passport,
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


class AddressForm(AreaForm):
    """Where the person lives and how to reach them."""

    phone = ParsedField(label=_("Số điện thoại di động"), parse=parse_mobile)
    email = ParsedField(label=_("Email (không bắt buộc)"), parse=parse_email, required=False)

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
