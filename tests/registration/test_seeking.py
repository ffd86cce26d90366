"""What is typed or scanned at the desk leads to the right kind of search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.registration.seeking import Kind, Sought, parse_sought


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("TK-7F3K-92QD", Sought(Kind.CODE, "TK7F3K92QD")),
        (" tk7f3k92qd ", Sought(Kind.CODE, "TK7F3K92QD")),
        ("https://vssid.example.vn/to-khai/TK-7F3K-92QD", Sought(Kind.CODE, "TK7F3K92QD")),
        ("TK-7F3K-92QD9", Sought(Kind.NAME, "tk-7f3k-92qd9")),
        ("0198000001", Sought(Kind.NUMBER, "0198000001")),
        ("019 800 0001", Sought(Kind.NUMBER, "0198000001")),
        ("GD4010198000001", Sought(Kind.NUMBER, "0198000001")),
        ("001190000011", Sought(Kind.IDENTITY, "001190000011")),
        ("012345678", Sought(Kind.IDENTITY, "012345678")),
        ("c1234567", Sought(Kind.IDENTITY, "C1234567")),
        ("AB12CD345", Sought(Kind.IDENTITY, "AB12CD345")),
        ("12ab3456", Sought(Kind.IDENTITY, "12AB3456")),
        ("Hong12", Sought(Kind.NAME, "hong12")),
        (
            "001190000011|012345678|Nguyễn Thị Hồng Ánh|12051990|Nữ|Hà Nội|01012022",
            Sought(Kind.IDENTITY, "001190000011"),
        ),
        ("Hồng Ánh", Sought(Kind.NAME, "hong anh")),
        ("hong anh", Sought(Kind.NAME, "hong anh")),
        ("Đỗ", Sought(Kind.NAME, "do")),
        ("", Sought(Kind.NOTHING)),
        ("a", Sought(Kind.NOTHING)),
        ("12345", Sought(Kind.NOTHING)),
        ("\0", Sought(Kind.NOTHING)),
    ],
)
def test_kind_is_told_from_what_was_typed(typed: str, sought: Sought) -> None:
    assert parse_sought(typed) == sought


@given(st.text(max_size=600))
def test_anything_may_be_typed(typed: str) -> None:
    sought = parse_sought(typed)
    assert (sought.kind is Kind.NOTHING) is (sought.text == "")
