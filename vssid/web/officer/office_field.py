"""An office as an officer types it: its code, or enough of its name."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vssid.kernel.text import clean, fold
from vssid.reference import lookups
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.reference.lookups import Wanted

_NAMED = 6
_WORD = re.compile(r"\w+")
_LONGEST = 100


class OfficeField(forms.CharField):
    """The code of the one office that was meant; several are named, so that one is chosen."""

    def clean(self, value: Any) -> str:
        """The code, or ValidationError with a sentence that names the next step."""
        typed = clean(super().clean(value))[:_LONGEST]
        if reference.office(typed) is not None:
            return typed
        found = lookups.find_agencies(Wanted(typed))
        exact = [one for one in found.views if one.code in found.exact and _says(one, typed)]
        named = [one for one in exact if one.code not in found.served] or exact
        meant = [one for one in named if one.name.casefold().endswith(typed.casefold())] or named
        if len(meant) == 1:
            return meant[0].code
        if meant:
            raise ValidationError(
                _("Có nhiều cơ quan, xin nhập mã: %(names)s.") % {"names": _names(meant)}
            )
        if found.views:
            # A slip is never taken for another office.
            raise ValidationError(
                _("Không có cơ quan này. Gần giống, xin nhập mã: %(names)s.")
                % {"names": _names(found.views)}
            )
        raise ValidationError(_("Không có cơ quan này. Xin thử tên ngắn hơn, ví dụ Thanh Trì."))


def _says(office: OfficeView, typed: str) -> bool:
    """Whether all that was typed is in its code or its names, and not only in the places it serves
    or in words that sound like them: a case would go astray.
    """
    names = (office.name, office.former_name, office.parent_name, *office.took_over)
    said = {*_WORD.findall(fold(" ".join(names)))}
    return all(
        word in said or (word.isdigit() and office.code.lstrip("0") == word.lstrip("0"))
        for word in _WORD.findall(fold(typed))
    )


def _names(offices: Sequence[OfficeView]) -> str:
    return "; ".join(
        f"{one.code} {one.name}" + (f", {one.parent_name}" if one.parent_name else "")
        for one in offices[:_NAMED]
    )
