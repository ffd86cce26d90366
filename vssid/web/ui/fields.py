"""Form fields that read what people type with the parsers of the kernel."""

from collections.abc import Callable
from copy import copy
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from vssid.kernel.errors import CodedError, InvalidInput, TooManyError
from vssid.kernel.text import clean
from vssid.web.ui.sentences import sentence_for

_TIMES_TOO_LONG: Final = 5


class ParsedField(forms.CharField):
    """A text whose value is what `parse` makes of it; its refusal becomes the field's sentence.

    `error_messages` may hold another sentence for a code of the parser.
    """

    def __init__(self, *, parse: Callable[[str], Any], **options: Any) -> None:
        # Longer text is refused by the parser's own sentence; the cap only bounds the work.
        super().__init__(max_length=options.pop("max_length", 300), strip=False, **options)
        self.parse = parse

    def clean(self, value: Any) -> Any:
        """Parse, or raise ValidationError with a sentence that names the next step."""
        text = super().to_python(value) or ""
        if not text.strip() and not self.required:
            return ""
        try:
            return self.parse(text[:1000])
        except InvalidInput as error:
            said = sentence_for(error, self.error_messages)
            raise ValidationError(said, code=error.code) from error


class LineField(forms.CharField):
    """One line of words, cleaned as it is stored."""

    def to_python(self, value: object) -> str:
        """The text as it is stored."""
        return clean(super().to_python(value) or "")


class LinesField(forms.CharField):
    """Words of several lines: each is cleaned, the breaks between them stay."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: object) -> str:
        """The text as it is stored."""
        text = super().to_python(value) or ""
        return "\n".join(clean(line) for line in text.replace("\0", "").splitlines()).strip()


class PlainForm(forms.Form):
    """A form without Django's automatic ids and colons.

    What is too long is refused and shown whole, to be shortened; of a text many times as long as
    its field the rest is neither read nor sent back.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", "label_suffix": "", **options})
        self.wait: timedelta | None = None
        self.wait_status = 429
        self.refusals: list[str] = []
        self._cut_what_nobody_types()

    def refuse(self, field: str | None, error: Exception) -> None:
        """Show a coded refusal at a field, or on top of the form; the log gets its code."""
        self.add_error(field, self.said(error))
        if isinstance(error, CodedError):
            self.refusals.append(error.code)
        if isinstance(error, TooManyError):
            self.wait, self.wait_status = error.wait, error.status

    def said(self, error: Exception) -> str:
        """The sentence for a coded refusal."""
        return str(error)

    def _cut_what_nobody_types(self) -> None:
        for name, field in self.fields.items():
            longest = _longest(field)
            key = self.add_prefix(name)
            text = self.data.get(key) if longest else None
            if isinstance(text, str) and len(text) > _TIMES_TOO_LONG * longest:
                changed: Any = copy(self.data)
                changed[key] = text[: _TIMES_TOO_LONG * longest]
                self.data = changed

    @property
    def status(self) -> int:
        """What a page showing this form answers: 200, 422 refused, 429 too often, 503 too busy."""
        if self.wait is not None:
            return self.wait_status
        return 422 if self.errors else 200


def _longest(field: forms.Field) -> int:
    """Characters that a field takes; 0 where it does not say."""
    limits = [one for one in field.validators if isinstance(one, MaxLengthValidator)]
    return max((int(one.limit_value) for one in limits), default=0)
