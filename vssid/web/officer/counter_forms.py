"""What an officer fills in for somebody at the counter: Mẫu số 01 on one page."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.emails import parse_email
from vssid.kernel.identifiers import Identity, parse_identity, parse_insurance_number
from vssid.kernel.phones import display_phone, parse_mobile
from vssid.kernel.text import parse_person_name
from vssid.registration.answers import Answers
from vssid.registration.seeking import Kind, parse_sought
from vssid.web.ui.areas import AreaForm
from vssid.web.ui.fields import ParsedField, PlainForm


class StartForm(PlainForm):
    """The QR of the ID card from a scanner, or a number."""

    paper = forms.CharField(
        label=gettext_lazy("Quét QR trên thẻ CCCD, hoặc nhập số"),
        help_text=gettext_lazy(
            "Số định danh 12 số, mã số BHXH 10 số hoặc số hộ chiếu. Có thể bỏ trống."
        ),
        required=False,
        max_length=400,
    )

    def clean_paper(self) -> str:
        """Nothing, or what leads to a person: other text would be passed over in silence."""
        text: str = self.cleaned_data["paper"]
        if text.strip() and parse_sought(text).kind not in {Kind.NUMBER, Kind.IDENTITY}:
            raise ValidationError(
                _(
                    "Chưa đọc được số này. Xin quét lại mã QR trên thẻ, nhập 12 số của CCCD, 10 số "
                    "của mã số BHXH hoặc số hộ chiếu, hoặc bỏ trống để tự điền."
                ),
                code="counter.paper",
            )
        return text


class CounterForm(AreaForm):
    """Everything that the form asks for; the address as the paper has it, of today or before."""

    full_name = ParsedField(
        label=gettext_lazy("Họ và tên (như trên giấy tờ)"), parse=parse_person_name
    )
    number = ParsedField(label=gettext_lazy("Mã số BHXH"), parse=parse_insurance_number)
    id_number = ParsedField(label=gettext_lazy("Số CMND/CCCD/hộ chiếu"), parse=parse_identity)
    phone = ParsedField(
        label=gettext_lazy("Số điện thoại di động"),
        help_text=gettext_lazy("Của chính người khai; mã OTP gửi đến đó và đọc lại tại quầy."),
        parse=parse_mobile,
    )
    email = ParsedField(
        label=gettext_lazy("Email (không bắt buộc)"), parse=parse_email, required=False
    )

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
            "address_era": data["era"],
            "address_province": data["province"],
            "address_district": data["district"],
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
        "era": answers.address_era or "2025",
        "province": answers.address_province,
        "district": answers.address_district,
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
