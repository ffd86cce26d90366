"""Errors carry a stable code, a sentence filled from details, and survive a queue."""

import pickle
from typing import ClassVar

import pytest

from vssid.kernel.errors import CodedError, InvalidInput


class TooManyTriesError(CodedError):
    code: ClassVar[str] = "sample.too-many-tries"
    sentence: ClassVar[object] = "Xin thử lại sau {minutes} phút."


class Lazy:
    """Stands for a lazy translation: its text is made when it is read."""

    def __init__(self) -> None:
        self.language = "vi"

    def __str__(self) -> str:
        return {"vi": "Còn {left} lần.", "en": "{left} tries left."}[self.language]


def test_the_sentence_is_filled_from_the_details() -> None:
    error = TooManyTriesError(minutes=15)

    assert str(error) == "Xin thử lại sau 15 phút."
    assert error.details == {"minutes": 15}
    assert error.code == "sample.too-many-tries"


def test_a_lazy_sentence_is_read_when_the_error_is_shown() -> None:
    lazy = Lazy()

    class TriesLeftError(CodedError):
        code: ClassVar[str] = "sample.tries-left"
        sentence: ClassVar[object] = lazy

    error = TriesLeftError(left=2)
    assert str(error) == "Còn 2 lần."
    lazy.language = "en"
    assert str(error) == "2 tries left."


def test_each_invalid_input_has_its_own_code() -> None:
    first, second = InvalidInput("phone.empty"), InvalidInput("phone.length", got=9)

    assert (first.code, second.code) == ("phone.empty", "phone.length")
    assert second.details == {"got": 9}
    assert "phone.length" in repr(second)


def test_invalid_input_is_caught_as_coded_error() -> None:
    with pytest.raises(CodedError) as caught:
        raise InvalidInput("name.empty")
    assert caught.value.code == "name.empty"


@pytest.mark.parametrize(
    "error", [TooManyTriesError(minutes=15), InvalidInput("phone.length", got=9)]
)
def test_errors_survive_pickling(error: CodedError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes of a line ago.

    assert (type(copy), copy.code, copy.details) == (type(error), error.code, error.details)
    assert str(copy) == str(error)
