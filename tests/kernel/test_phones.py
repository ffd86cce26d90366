"""Mobile numbers agree with the national numbering patterns of docs/domain.md, section 2."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.errors import InvalidInput
from vssid.kernel.phones import display_phone, mask_phone, parse_mobile

MOBILE = (
    r"3[0-9]{8}|5(?:[1689][0-9]|2[238]|59)[0-9]{6}|7[06-9][0-9]{7}"
    r"|8(?:[1-8][0-9]|9[6-9])[0-9]{6}|9(?:[0-8][0-9]|9[013-9])[0-9]{6}"
)
LANDLINE = (
    r"2(?:0[3-9]|1[0-689]|2[0-25-9]|[38][2-9]|4[2-8]|5[124-9]|6[0-39]|7[0-7]|9[0-4679])[0-9]{7}"
)
mobiles = st.from_regex(MOBILE, fullmatch=True)
landlines = st.from_regex(LANDLINE, fullmatch=True)


@given(mobiles, st.sampled_from(["0{}", "{}", "+84{}", "84{}", "0084{}", "+84 (0){}"]))
def test_a_mobile_is_read_however_its_start_is_written(national: str, form: str) -> None:
    assert parse_mobile(form.format(national)) == f"+84{national}"


@given(mobiles)
def test_separators_are_forgiven(national: str) -> None:
    a, b, c = national[:3], national[3:6], national[6:]

    for typed in (
        f"0{a} {b} {c}",
        f"0{a}.{b}.{c}",
        f" (0{a})-{b}-{c} ",
        f"+84\u00a0{a}\u00a0{b}{c}",
    ):
        assert parse_mobile(typed) == f"+84{national}"


@given(landlines)
def test_a_landline_is_not_a_mobile(national: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_mobile(f"0{national}")
    assert caught.value.code == "phone.not-mobile"


def outcome(typed: str) -> str:
    try:
        return parse_mobile(typed)
    except InvalidInput as refusal:
        return refusal.code


def test_nine_digits_are_a_mobile_exactly_where_the_pattern_says() -> None:
    """All of them: the pattern looks at no more than the first three digits."""
    every = [f"{start:03d}456789" for start in range(100, 1000)]

    expected = {n: f"+84{n}" if re.fullmatch(MOBILE, n) else "phone.not-mobile" for n in every}

    assert {national: outcome(f"0{national}") for national in every} == expected


@given(mobiles)
def test_display_and_mask(national: str) -> None:
    phone = f"+84{national}"

    assert display_phone(phone) == f"0{national[:3]} {national[3:6]} {national[6:]}"
    assert parse_mobile(display_phone(phone)) == phone
    assert mask_phone(phone) == f"0{national[:3]}***{national[-3:]}"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("02439440116", "024 3944 0116"),
        ("+14155552671", "+1 415-555-2671"),
        ("19009068", "1900 9068"),
        ("", ""),
        ("quầy số 3", "quầy số 3"),
    ],
)
def test_other_numbers_are_shown_as_their_country_writes_them(phone: str, shown: str) -> None:
    assert display_phone(phone) == shown


def test_a_short_number_is_masked_whole() -> None:
    assert mask_phone("113") == "***"
