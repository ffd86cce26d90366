"""What a guardian writes of a child, and of a guardianship that is not right."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.identifiers import parse_insurance_number
from vssid.kernel.text import parse_person_name
from vssid.people.models import Relation
from vssid.registration import rules
from vssid.web.citizen.children.guardian import RELATIONS
from vssid.web.ui.fields import ParsedField, PlainForm


class ChildForm(PlainForm):
    """Relation, name and number; portrait and certificate come beside it (guides C01, C02)."""

    relation = forms.ChoiceField(
        label=gettext_lazy("Bạn là gì của con?"),
        choices=[(one.value, RELATIONS[one.value]) for one in Relation],
        error_messages={"required": gettext_lazy("Xin chọn bạn là cha, mẹ hay người giám hộ.")},
    )
    full_name = ParsedField(
        label=gettext_lazy("Họ và tên của con (đủ dấu)"), parse=parse_person_name
    )
    accents_are_right = forms.BooleanField(
        label=gettext_lazy("Đúng, tên con trên giấy khai sinh không có dấu"), required=False
    )
    number = ParsedField(label=gettext_lazy("Mã số BHXH của con"), parse=parse_insurance_number)

    asks_about_accents = False

    def clean(self) -> dict[str, Any]:
        """Ask about a name without accents; it is accepted once confirmed."""
        data: dict[str, Any] = super().clean() or {}
        name, was_confirmed = data.get("full_name"), bool(data.get("accents_are_right"))
        if name and rules.asks_about_accents(name, id_kind="", was_confirmed=was_confirmed):
            self.asks_about_accents = True
            said = _(
                "Tên chưa có dấu. Xin gõ đủ dấu như trên giấy khai sinh; nếu tên con đúng là không "
                "dấu, hãy đánh dấu vào ô xác nhận bên dưới."
            )
            self.add_error("full_name", ValidationError(said, code="name.unaccented"))
        return data

    def answers(self) -> dict[str, object]:
        """What the draft keeps."""
        data = self.cleaned_data
        return {
            "relation": data["relation"],
            "full_name": data["full_name"],
            "name_without_accents_is_right": data["accents_are_right"],
            "number": data["number"],
        }


class DisputeForm(PlainForm):
    """Why another guardian should not act for the child."""

    words = forms.CharField(
        label=gettext_lazy("Điều gì không đúng?"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Xin ghi điều không đúng, để cơ quan BHXH hiểu.")},
    )
