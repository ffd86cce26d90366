"""The typed-back OTP, the same everywhere (guides R07, A04, A07)."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vssid.web.ui.fields import PlainForm


class CodeForm(PlainForm):
    """Six digits, however they are spaced."""

    code = forms.CharField(
        label=_("Mã OTP"),
        max_length=20,
        error_messages={"required": _("Xin nhập mã OTP gồm 6 chữ số trong tin nhắn.")},
    )

    def clean_code(self) -> str:
        """Digits only: people type spaces as the message shows them."""
        digits = "".join(sign for sign in self.cleaned_data["code"] if sign.isdigit())
        if len(digits) != settings.VSSID_CODE_DIGITS:
            raise ValidationError(
                _("Mã OTP gồm 6 chữ số. Xin xem lại tin nhắn."), code="code.shape"
            )
        return digits
