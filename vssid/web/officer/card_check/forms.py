"""A scanned code, or what the patient's papers say."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy

from vssid.kernel.errors import InvalidInput
from vssid.kernel.identifiers import parse_card_number, parse_login_number
from vssid.kernel.text import ascii_digits, parse_person_name, squeeze
from vssid.web.ui.fields import ParsedField, PlainForm

SCAN, TYPED = "quet", "nhap"
_OLDEST_YEAR = 1900
_LONGEST_SCAN = 4000
_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")


def parse_number(text: str) -> str:
    """10 digits of a BHXH number, 12 of a personal number, or 15 characters of a card.

    Raises InvalidInput as the kernel's parsers do.
    """
    try:
        return parse_login_number(text).number
    except InvalidInput as error:
        if error.code != "login-number.is-card-number":
            raise
        return str(parse_card_number(text))


class AdmittedForm(PlainForm):
    """What both ways of asking share: since when the patient has been in hospital, if at all."""

    admitted_on = forms.DateField(
        label=gettext_lazy("Ngày vào viện"),
        required=False,
        input_formats=_DAYS,
        help_text=gettext_lazy("Chỉ khi đang nằm viện. Ví dụ: 05/11/2026."),
        error_messages={
            "invalid": gettext_lazy("Xin nhập ngày vào viện theo mẫu 05/11/2026, hoặc để trống.")
        },
    )


class ScanForm(AdmittedForm):
    """Whatever the scanner types."""

    code = forms.CharField(
        label=gettext_lazy("Quét mã QR của người bệnh"),
        max_length=_LONGEST_SCAN,
        help_text=gettext_lazy("Mã trên điện thoại, thẻ BHYT hoặc thẻ CCCD. Mã tự gửi đi."),
        error_messages={
            "required": gettext_lazy(
                "Chưa nhận được mã. Xin quét lại, hoặc nhập ở phần «Không quét được»."
            ),
            "null_characters_not_allowed": gettext_lazy(
                "Mã này không phải của thẻ BHYT. Xin xóa ô rồi quét lại."
            ),
            "max_length": gettext_lazy(
                "Mã dài quá, không phải của một thẻ. Xin xóa ô rồi quét lại."
            ),
        },
    )


class TypedForm(AdmittedForm):
    """Number, name and year of birth."""

    number = ParsedField(
        parse=parse_number,
        label=gettext_lazy("Mã số BHXH, số thẻ BHYT hoặc số CCCD"),
        help_text=gettext_lazy("10, 15 hoặc 12 ký tự."),
        error_messages={
            "login-number.empty": gettext_lazy(
                "Xin nhập mã số BHXH (10 số), số thẻ BHYT (15 ký tự) hoặc số CCCD (12 số)."
            ),
            "login-number.letters": gettext_lazy(
                "Mã số chỉ gồm chữ số; số thẻ BHYT có 2 chữ cái ở đầu. Xin kiểm tra lại."
            ),
            "login-number.length": gettext_lazy(
                "Mã số BHXH có 10 số, CCCD 12 số, thẻ BHYT 15 ký tự; vừa nhập {got}. Xin xem lại."
            ),
        },
    )
    full_name = ParsedField(
        parse=parse_person_name,
        label=gettext_lazy("Họ và tên"),
        help_text=gettext_lazy("Có dấu hay không dấu đều được."),
        error_messages={"name.empty": gettext_lazy("Xin nhập họ và tên của người bệnh.")},
    )
    born = forms.CharField(
        label=gettext_lazy("Năm sinh"),
        max_length=10,
        error_messages={"required": gettext_lazy("Xin nhập năm sinh của người bệnh, 4 chữ số.")},
    )

    def clean_born(self) -> int:
        """Four digits of a year in which somebody alive may have been born."""
        typed = ascii_digits(squeeze(self.cleaned_data["born"]))
        if not typed.isascii() or not typed.isdigit() or len(typed) != 4:
            raise forms.ValidationError(
                gettext_lazy("Năm sinh gồm 4 chữ số, ví dụ 1990. Xin nhập lại.")
            )
        # Next year's is for the rule to refuse: it knows what day it is.
        if not _OLDEST_YEAR <= int(typed) <= date.max.year:
            raise forms.ValidationError(gettext_lazy("Năm sinh phải từ 1900 trở đi. Xin nhập lại."))
        return int(typed)
