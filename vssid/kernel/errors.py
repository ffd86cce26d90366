"""The tree of errors that a person is meant to read.

    CodedError            a refusal with a stable code and a sentence that names the next step
    ├── TooManyError      done too often; the instance knows how long to wait (HTTP 429)
    ├── InvalidInput      something typed cannot be read; raised by the parsers of `vssid.kernel`
    └── …                 each app's `errors.py` hangs its own refusals directly below CodedError

A code is `<subject>.<what-is-wrong>`, lower case, in English, and never changes once released:
logs, the machine API and tests rely on it. A sentence is a str or a lazy translation with named
`{fields}` that are filled from the details. Details never carry the text that was typed, because
errors reach logs and what people type is personal.

The kernel knows no translations, so the screens own the sentences of its codes; `INPUT_CODES` is
the whole list, for a check that none was forgotten. Mistakes of a programmer are not in this tree:
they are `ValueError` and `TypeError`, and nobody catches them.
"""

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Final


class CodedError(Exception):
    """A refusal with a stable code and a full sentence; `details` fill the sentence's fields."""

    code: ClassVar[str]
    sentence: ClassVar[object]

    def __init__(self, **details: object) -> None:
        super().__init__()
        self.details = details

    def __str__(self) -> str:
        return str(self.sentence).format(**self.details)


class TooManyError(CodedError):
    """Done too often. `wait` is how long until it may be done again.

    The sentence may use {minutes} and {seconds}, both rounded up: what is told is never too short.
    `status` is what a page answers with it (HTTP).
    """

    status: ClassVar[int] = 429

    def __init__(self, *, wait: timedelta, **details: object) -> None:
        super().__init__(
            minutes=math.ceil(wait / timedelta(minutes=1)),
            seconds=math.ceil(wait / timedelta(seconds=1)),
            **details,
        )
        self.wait = wait


class InvalidInput(CodedError):  # noqa: N818 - the name says what is wrong, as a code does.
    """What was typed cannot be read; the instance carries the code that says why."""

    code: ClassVar[str] = "input.invalid"
    sentence: ClassVar[object] = "Thông tin vừa nhập chưa đúng, xin xem lại rồi nhập lại."

    def __init__(self, code: str, /, **details: object) -> None:
        super().__init__(**details)
        # Kept in `args` as well, so that the error survives pickling and its repr names the code.
        self.args = (code,)
        # Each subclass of CodedError has one code, for which ClassVar is the true type; only here
        # does the instance have its own.
        vars(self)["code"] = code


_LENGTHS: Final = frozenset({"got", "expected"})
_LIMIT: Final = frozenset({"got", "limit"})
_NONE: Final[frozenset[str]] = frozenset()

INPUT_CODES: Final[Mapping[str, frozenset[str]]] = {
    "insurance-number.empty": _NONE,
    "insurance-number.letters": _NONE,
    "insurance-number.length": _LENGTHS,
    "insurance-number.is-card-number": _NONE,
    "insurance-number.is-personal-number": _NONE,
    "personal-number.empty": _NONE,
    "personal-number.letters": _NONE,
    "personal-number.length": _LENGTHS,
    "login-number.empty": _NONE,
    "login-number.letters": _NONE,
    "login-number.length": frozenset({"got"}),
    "login-number.is-card-number": _NONE,
    "identity.empty": _NONE,
    "identity.symbols": _NONE,
    "identity.letters": _NONE,
    "identity.length": frozenset({"got"}),
    "identity.passport": _NONE,
    "card-number.empty": _NONE,
    "card-number.symbols": _NONE,
    "card-number.length": _LENGTHS,
    "card-number.shape": _NONE,
    "card-number.is-insurance-number": _NONE,
    "phone.empty": _NONE,
    "phone.not-a-number": _NONE,
    "phone.not-mobile": _NONE,
    "phone.foreign": _NONE,
    "phone.length": _LENGTHS,
    "email.empty": _NONE,
    "email.control": _NONE,
    "email.spaces": _NONE,
    "email.accents": _NONE,
    "email.at": _NONE,
    "email.local": _NONE,
    "email.domain": _NONE,
    "email.too-long": _LIMIT,
    "month.empty": _NONE,
    "month.format": _NONE,
    "month.range": _NONE,
    "span.reversed": frozenset({"first", "last"}),
    "name.empty": _NONE,
    "name.symbols": _NONE,
    "name.too-short": _LIMIT,
    "name.too-long": _LIMIT,
}
"""Every code a parser of the kernel raises, with the names of the details it fills."""
