"""Form fields that read what people type with the parsers of the kernel."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from vssid.kernel.errors import InvalidInput
from vssid.web.ui.sentences import sentence_for


class ParsedField(forms.CharField):
    """A text whose value is what `parse` makes of it; its refusal becomes the field's sentence."""

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
            raise ValidationError(sentence_for(error), code=error.code) from error


class PlainForm(forms.Form):
    """A form without Django's automatic ids and colons."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", "label_suffix": "", **options})

    def refuse(self, field: str | None, error: Exception) -> None:
        """Show a coded refusal at a field, or on top of the form."""
        self.add_error(field, str(error))
