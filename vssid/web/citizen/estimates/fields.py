"""Form fields of the estimates: each reads what people type and writes what is filled in."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from vssid.kernel.clock import format_date
from vssid.kernel.errors import InvalidInput
from vssid.kernel.money import format_dong
from vssid.kernel.months import Month
from vssid.web.ui.fields import ParsedField

MOST_A_MONTH = 1_000_000_000
FIRST_DAY, LAST_DAY = date(2016, 1, 1), date(2035, 12, 31)
_BORN_FROM = date(1950, 1, 1)
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_SEPARATORS = re.compile(r"[\s.,]|đ$|vnd$|₫$", re.IGNORECASE)
_HALVES = re.compile(r"([0-9]{1,3})(?:[.,]([05])0*)?")


class MoneyField(forms.CharField):
    """Whole đồng, with or without the dots between the thousands."""

    def __init__(self, *, most: int = MOST_A_MONTH, **options: Any) -> None:
        super().__init__(max_length=30, **options)
        self.most = most
        self.error_messages["required"] = _("Xin nhập số tiền, không có thì nhập 0.")
        self.error_messages["max_length"] = _("Số tiền dài quá. Xin xem lại.")

    def clean(self, value: Any) -> int:
        """The sum. Raises ValidationError."""
        text = _SEPARATORS.sub("", super().clean(value).lower())
        if not (text.isascii() and text.isdigit()):
            raise ValidationError(_("Số tiền chỉ gồm chữ số, ví dụ 12.000.000."), code="money")
        amount = int(text)
        if amount > self.most:
            said = _("Số tiền lớn quá %(most)s. Xin xem lại các số 0.")
            raise ValidationError(said, code="most", params={"most": format_dong(self.most)})
        return amount


class CountField(forms.IntegerField):
    """A whole number between two limits."""

    def __init__(self, *, least: int = 0, most: int, **options: Any) -> None:
        # A number field of a browser would drop what it cannot read instead of sending it.
        super().__init__(widget=forms.TextInput, **options)
        self.error_messages["required"] = _("Xin nhập một số, không có thì nhập 0.")
        self.error_messages["invalid"] = _("Chỗ này chỉ nhập số nguyên, ví dụ 12.")
        self.validators += [
            MinValueValidator(least, _("Xin nhập số từ %(limit_value)s trở lên.")),
            MaxValueValidator(most, _("Xin nhập số không quá %(limit_value)s.")),
        ]


class MonthsField(CountField):
    """A length of time in months, of one working life."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"most": 720, **options})


class HalfDaysField(forms.CharField):
    """Days of work, halves too; as half-days."""

    def __init__(self, *, least: int, **options: Any) -> None:
        super().__init__(max_length=8, **options)
        self.least = least
        self.error_messages["required"] = _("Xin nhập số ngày, không có thì nhập 0.")
        self.error_messages["max_length"] = _("Số ngày viết như 3 hoặc 2,5. Xin nhập lại.")

    def clean(self, value: Any) -> int:
        """The half-days. Raises ValidationError."""
        found = _HALVES.fullmatch(super().clean(value).strip())
        if found is None:
            raise ValidationError(_("Số ngày viết như 3 hoặc 2,5. Xin nhập lại."), code="days")
        halves = int(found[1]) * 2 + (found[2] == "5")
        if halves < self.least:
            raise ValidationError(_("Xin nhập ít nhất nửa ngày (0,5)."), code="least")
        return halves


class DayField(forms.DateField):
    """A day, from a browser's calendar or typed as 21/11/2026."""

    def __init__(self, *, least: date = FIRST_DAY, most: date = LAST_DAY, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **options,
        )
        self.error_messages["required"] = _("Xin chọn hoặc nhập một ngày.")
        self.error_messages["invalid"] = _("Ngày viết như 21/11/2026. Xin nhập lại.")
        self.least, self.most = least, most

    def clean(self, value: Any) -> date | None:
        """The day, None for nothing where that is allowed. Raises ValidationError."""
        day: date | None = super().clean(value)
        if day is not None and day < self.least:
            said = _("Xin chọn ngày từ %(day)s trở đi.")
            raise ValidationError(said, code="early", params={"day": format_date(self.least)})
        if day is not None and day > self.most:
            said = _("Xin chọn ngày không sau %(day)s.")
            raise ValidationError(said, code="late", params={"day": format_date(self.most)})
        return day


class BirthField(DayField):
    """A day of birth, which may be left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(least=_BORN_FROM, **{"required": False, **options})


class MonthField(ParsedField):
    """A month typed as 03/2019; it may be left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parse=_month, required=False, max_length=20, **options)

    def clean(self, value: Any) -> Month | None:
        """The month, None for nothing. Raises ValidationError."""
        return super().clean(value) or None


class PickField(forms.TypedChoiceField):
    """One of a few; what is not on the list is refused with a sentence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for code in ("required", "invalid_choice"):
            self.error_messages[code] = _("Xin chọn một mục trong danh sách.")


class TickField(forms.BooleanField):
    """A box to tick; never required."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)


def _month(text: str) -> Month:
    found = Month.parse(text)
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise InvalidInput("month.range")
    return found
