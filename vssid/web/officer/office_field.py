"""An office as an officer types it: its code, or enough of its name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vssid.kernel.text import clean
from vssid.reference import lookups
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.reference.lookups import Wanted

_NAMED = 6
_LONGEST = 100


class OfficeField(forms.CharField):
    """The code of the one office that was meant; several are named, so that one is chosen."""

    def clean(self, value: Any) -> str:
        """The code, or ValidationError with a sentence that names the next step."""
        typed = clean(super().clean(value))[:_LONGEST]
        if reference.office(typed) is not None:
            return typed
        found = lookups.find_agencies(Wanted(typed))
        exact = [one for one in found.views if one.code in found.exact]
        named = [one for one in exact if one.code not in found.served] or exact
        meant = [one for one in named if one.name.casefold().endswith(typed.casefold())] or named
        if len(meant) == 1:
            return meant[0].code
        if meant:
            raise ValidationError(
                _("Có nhiều cơ quan, xin nhập mã: %(names)s.") % {"names": _names(meant)}
            )
        if found.views:
            # A slip is never taken for another office: a case would go astray.
            raise ValidationError(
                _("Không có cơ quan này. Gần giống, xin nhập mã: %(names)s.")
                % {"names": _names(found.views)}
            )
        raise ValidationError(_("Không có cơ quan này. Xin thử tên ngắn hơn, ví dụ Thanh Trì."))


def _names(offices: Sequence[OfficeView]) -> str:
    return "; ".join(
        f"{one.code} {one.name}" + (f", {one.parent_name}" if one.parent_name else "")
        for one in offices[:_NAMED]
    )
