"""What can be printed."""

import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.documents.lettering import is_printable, printable
from vssid.documents.typesetting import typeset

VOWELS = "aăâeêioôơuưy"
MARKS = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VIETNAMESE = "".join(
    unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS for mark in MARKS
)


def test_every_vietnamese_letter_is_printable() -> None:
    letters = VIETNAMESE + VIETNAMESE.upper() + "đĐ" + string.ascii_letters + string.digits
    assert printable(letters) == letters


def test_marks_typed_apart_are_put_together() -> None:
    apart = unicodedata.normalize("NFD", "Nguyễn Thị Hường")
    assert printable(apart) == "Nguyễn Thị Hường"


@pytest.mark.parametrize("strange", ["😀", "人", "\u202e", "\x00", "☐", "\ue000"])
def test_what_has_no_glyph_becomes_a_question_mark(strange: str) -> None:
    assert printable(f"ngõ {strange} 5") == "ngõ ? 5"


def test_line_breaks_and_runs_of_spaces_become_one_space() -> None:
    assert printable("  Số 5,\r\n\tngõ  3 ") == "Số 5, ngõ 3"


@given(st.text())
def test_nothing_unprintable_is_left(text: str) -> None:
    cleaned = printable(text)
    assert all(is_printable(letter) for letter in cleaned)
    assert printable(cleaned) == cleaned


@pytest.mark.parametrize("style", ["normal", "italic"])
@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_every_printable_letter_has_a_glyph(tmp_path: Path, style: str, weight: str) -> None:
    source = tmp_path / "letters.typ"
    source.write_text(
        '#set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))\n'
        '#set text(font: "Libertinus Serif", fallback: false, lang: "vi",'
        f' style: "{style}", weight: "{weight}")\n'
        "#json(bytes(sys.inputs.data)).letters\n"
    )
    letters = " ".join(chr(point) for point in range(0x20, 0x3000) if is_printable(chr(point)))
    # The archive standard refuses a missing glyph, so that making the document is the proof.
    assert typeset(source=source, data={"letters": letters}, output="pdf").startswith(b"%PDF")
