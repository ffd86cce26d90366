"""The code on a paper: every slip of one finger is noticed, no manner of typing it is refused."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vssid.insurance.papers.codes import (
    LENGTH,
    SIGNS,
    check_sign,
    display_code,
    new_code,
    parse_code,
)

# Whatever a keyboard gives, Vietnamese ones included.
KEYS = string.ascii_letters + string.digits + "ĐđƯưÂâÊêÔôƠơĂă!@#/"
CODES = st.text(SIGNS, min_size=LENGTH - 1, max_size=LENGTH - 1).map(
    lambda drawn: drawn + check_sign(drawn)
)


def test_new_codes_are_whole_and_all_different() -> None:
    made = [new_code() for _ in range(200)]
    assert len(set(made)) == 200
    assert all(parse_code(code) == code for code in made)
    assert {len(code) for code in made} == {LENGTH}


def test_code_is_shown_in_four_groups() -> None:
    assert display_code("7F3KQ92D0123CDFG") == "7F3K-Q92D-0123-CDFG"


@given(code=CODES)
def test_code_is_read_however_it_is_typed(code: str) -> None:
    shown = display_code(code)
    for typed in (
        shown,
        shown.lower(),
        code,
        f"  {shown.replace('-', ' ')}\n",
        shown.replace("-", "–"),
        shown.replace("-", "."),
        shown.replace("0", "O").replace("1", "I"),
        shown.replace("0", "o").replace("1", "l"),
        shown.replace("DD", "Đ").replace("W", "Ư"),
        f"https://vssid.example.vn/kiem-tra-giay/{shown}/",
        f"http://127.0.0.1:8000/kiem-tra-giay/{shown.lower()}",
    ):
        assert parse_code(typed) == code


@given(code=CODES, at=st.integers(0, LENGTH - 1), key=st.sampled_from(KEYS))
def test_every_wrong_sign_is_noticed(code: str, at: int, key: str) -> None:
    typed = code[:at] + key + code[at + 1 :]
    # O for 0 is no slip: it is read as what stands there.
    assert parse_code(typed) in {"", code}
    assume(key.upper() in SIGNS and key.upper() != code[at])
    assert parse_code(typed) == ""


@given(code=CODES, first=st.integers(0, LENGTH - 1), second=st.integers(0, LENGTH - 1))
def test_every_two_signs_in_each_others_place_are_noticed(
    code: str, first: int, second: int
) -> None:
    signs = list(code)
    signs[first], signs[second] = signs[second], signs[first]
    assert parse_code("".join(signs)) == ("" if code[first] != code[second] else code)


@given(code=CODES, at=st.integers(0, LENGTH), key=st.sampled_from(SIGNS))
def test_a_missing_or_an_additional_sign_is_noticed(code: str, at: int, key: str) -> None:
    assert parse_code(code[:at] + key + code[at:]) == ""
    assert parse_code(code[: LENGTH - 1]) == ""


@given(st.text(max_size=60))
def test_any_text_is_a_whole_code_or_none(text: str) -> None:
    code = parse_code(text)
    assert code == "" or (len(code) == LENGTH and parse_code(code) == code)


@pytest.mark.parametrize("text", ["", "-", "0123", "A" * 16, "0" * 17, "kiem-tra-giay/"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert parse_code(text) == ""
