"""What an officer fills in for somebody at the counter: Mẫu số 01 on one page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.emails import parse_email
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import Identity, parse_identity, parse_insurance_number
from vssid.kernel.phones import display_phone, parse_mobile
from vssid.kernel.text import clean, parse_person_name
from vssid.reference import queries as reference
from vssid.registration.answers import Answers
from vssid.web.ui.fields import ParsedField, PlainForm

_ERA = "2025"


def _street(text: str) -> str:
    street = clean(text)
    if len(street) < 2:
        raise ValidationError(_("Xin nhập số nhà, đường phố, thôn, xóm."))
    return street[:255]


class StartForm(PlainForm):
    """The QR of the ID card from a scanner, or a number."""

    paper = forms.CharField(
        label=gettext_lazy("Quét QR trên thẻ CCCD, hoặc nhập số"),
        help_text=gettext_lazy("Số định danh 12 số hoặc mã số BHXH 10 số. Có thể bỏ trống."),
        required=False,
        max_length=400,
    )


class CounterForm(PlainForm):
    """Everything that the form asks for; the address is one of today's areas."""

    full_name = ParsedField(
        label=gettext_lazy("Họ và tên (như trên giấy tờ)"), parse=parse_person_name
    )
    number = ParsedField(label=gettext_lazy("Mã số BHXH"), parse=parse_insurance_number)
    id_number = ParsedField(label=gettext_lazy("Số CMND/CCCD/hộ chiếu"), parse=parse_identity)
    province = forms.ChoiceField(
        label=gettext_lazy("Tỉnh, thành phố"),
        error_messages={
            "required": gettext_lazy("Xin chọn tỉnh, thành phố."),
            "invalid_choice": gettext_lazy("Xin chọn tỉnh, thành phố trong danh sách."),
        },
    )
    commune = forms.ChoiceField(
        label=gettext_lazy("Xã, phường, đặc khu"),
        error_messages={
            "required": gettext_lazy("Xin chọn xã, phường, đặc khu."),
            "invalid_choice": gettext_lazy("Xin bấm «Xem xã của tỉnh này» rồi chọn xã."),
        },
    )
    street = ParsedField(
        label=gettext_lazy("Số nhà, đường phố, thôn, xóm"), parse=_street, max_length=1000
    )
    phone = ParsedField(
        label=gettext_lazy("Số điện thoại di động"),
        help_text=gettext_lazy("Của chính người khai; mã OTP gửi đến đó và đọc lại tại quầy."),
        parse=parse_mobile,
    )
    email = ParsedField(
        label=gettext_lazy("Email (không bắt buộc)"), parse=parse_email, required=False
    )

    def __init__(self, *args: Any, province: str, **options: Any) -> None:
        super().__init__(*args, **options)
        provinces = [(one.code, one.label) for one in reference.provinces(_ERA)]
        communes = [(one.code, one.label) for one in reference.communes(_ERA, province)]
        lists = {
            "province": [("", _("Chọn tỉnh, thành phố")), *provinces],
            "commune": [("", _("Chọn xã, phường, đặc khu")), *communes],
        }
        for name, choices in lists.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined] # of a ChoiceField

    def clean(self) -> dict[str, Any]:
        """The areas must belong together."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("province") and data.get("commune"):
            try:
                reference.check_address(
                    era=_ERA, province=data["province"], district="", commune=data["commune"]
                )
            except CodedError as error:
                self.refuse("commune", error)
        return data

    def answers(self) -> dict[str, object]:
        """What the draft keeps; the officer has the paper in hand and answers for the accents."""
        data = self.cleaned_data
        identity: Identity = data["id_number"]
        return {
            "full_name": data["full_name"],
            "name_without_accents_is_right": True,
            "number": data["number"],
            "id_kind": identity.kind.value,
            "id_number": identity.number,
            "address_era": _ERA,
            "address_province": data["province"],
            "address_district": "",
            "address_commune": data["commune"],
            "address_street": data["street"],
            "phone": data["phone"],
            "email": data["email"],
        }


def initial_of(answers: Answers) -> Mapping[str, str]:
    """A draft as the form begins with it."""
    return {
        "full_name": answers.full_name,
        "number": answers.number,
        "id_number": answers.id_number,
        "province": answers.address_province,
        "commune": answers.address_commune,
        "street": answers.address_street,
        "phone": display_phone(answers.phone) if answers.phone else "",
        "email": answers.email,
    }


class CodeForm(PlainForm):
    """The code that the person's phone shows."""

    code = forms.CharField(
        label=gettext_lazy("Mã OTP trên điện thoại của người khai"),
        max_length=20,
        error_messages={"required": gettext_lazy("Xin nhờ người khai đọc mã rồi nhập vào đây.")},
    )
