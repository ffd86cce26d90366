"""Which name is which, and what stands for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.text import to_gsm_ascii
from vssid.people.number_search.rules import initials, names_agree

LETTERS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ", min_size=1, max_size=7)


@pytest.mark.parametrize(
    ("typed", "registered", "agrees"),
    [
        ("Nguyễn Văn Hòa", "nguyễn văn hoà", True),
        ("nguyen van hoa", "Nguyễn Văn Hoà", True),
        ("Nguyen Văn Hoà", "Nguyễn Văn Hoà", True),
        ("Nguyễn Văn Hóa", "Nguyễn Văn Hoà", False),
        ("Nguyễn Văn Hoà", "Nguyễn Văn Hoa", False),
        ("do an", "Đỗ An", True),
        ("Nguyễn Văn-An", "Nguyễn Văn An", True),
        ("Nguyễn Văn", "Nguyễn Văn An", False),
        ("", "Nguyễn Văn An", False),
    ],
)
def test_names_as_people_type_them(typed: str, registered: str, agrees: bool) -> None:  # noqa: FBT001 - a column of the table
    assert names_agree(typed, registered) is agrees


@given(st.lists(LETTERS, min_size=1, max_size=5).map(" ".join))
def test_every_name_agrees_with_itself_without_its_accents(name: str) -> None:
    assert names_agree(name, name)
    assert names_agree(to_gsm_ascii(name), name)


def test_initials_stand_for_the_name() -> None:
    assert initials("Nguyễn Thị Hồng Ánh") == "N. T. H. Á."
