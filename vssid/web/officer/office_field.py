"""An office as an officer types it: its code, or enough of its name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vssid.kernel.text import clean
from vssid.reference import queries as reference

_NAMED = 6


class OfficeField(forms.CharField):
    """The code of the one office that was meant; several are named, so that one is chosen."""

    def clean(self, value: Any) -> str:
        """The code, or ValidationError with a sentence that names the next step."""
        typed = clean(super().clean(value))
        if reference.office(typed) is not None:
            return typed
        found = reference.find_offices(typed, limit=_NAMED + 1)
        meant = [one for one in found if one.name.casefold().endswith(typed.casefold())] or found
        if len(meant) == 1:
            return meant[0].code
        if not found:
            raise ValidationError(_("Không có cơ quan này. Xin thử tên ngắn hơn, ví dụ Thanh Trì."))
        names = "; ".join(f"{one.code} {one.name}, {one.parent_name}" for one in found[:_NAMED])
        raise ValidationError(_("Có nhiều cơ quan, xin nhập mã: %(names)s.") % {"names": names})
