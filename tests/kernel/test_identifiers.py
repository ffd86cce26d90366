"""Numbers are read through the ways people write them, and told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.identifiers import (
    CardNumber,
    Identity,
    IdKind,
    LoginKind,
    LoginNumber,
    PersonalNumberFacts,
    mask_number,
    parse_card_number,
    parse_identity,
    parse_insurance_number,
    parse_login_number,
    parse_personal_number,
    personal_number_facts,
)

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@st.composite
def written(draw: st.DrawFn, number: st.SearchStrategy[str]) -> tuple[str, str]:
    """A number, and the same as a person may write it."""
    plain = draw(number)
    gaps = draw(
        st.lists(
            st.sampled_from(["", "", " ", ".", "-", "\u00a0", "–", "\u200b"]),
            min_size=len(plain),
            max_size=len(plain),
        )
    )
    spaced = "".join(gap + letter for gap, letter in zip(gaps, plain, strict=True))
    return plain, spaced.translate(FULL_WIDTH) if draw(st.booleans()) else spaced


CARDS = st.from_regex(r"[A-Z]{2}[1-5][0-9]{2}[0-9A-Z]{10}", fullmatch=True)
NEW_CARDS = st.from_regex(r"[A-Z]{2}[1-5][0-9]{12}", fullmatch=True)


@given(written(digits(10)))
def test_ten_digits_are_an_insurance_number_however_written(case: tuple[str, str]) -> None:
    plain, typed = case
    assert parse_insurance_number(typed) == plain
    assert parse_insurance_number(typed, from_card=True) == plain


@given(written(NEW_CARDS))
def test_the_last_ten_of_a_card_are_taken_on_request(case: tuple[str, str]) -> None:
    plain, typed = case
    assert parse_insurance_number(typed.lower(), from_card=True) == plain[5:]


@given(written(digits(12)))
def test_twelve_digits_are_a_personal_number(case: tuple[str, str]) -> None:
    plain, typed = case
    assert parse_personal_number(typed) == plain
    assert parse_identity(typed) == Identity(IdKind.CCCD, plain)
    assert parse_login_number(typed) == LoginNumber(LoginKind.PERSONAL, plain)


@given(written(digits(10)))
def test_ten_digits_sign_in_too(case: tuple[str, str]) -> None:
    plain, typed = case
    assert parse_login_number(typed) == LoginNumber(LoginKind.INSURANCE, plain)


@given(written(digits(9)))
def test_nine_digits_are_the_older_identity_card(case: tuple[str, str]) -> None:
    plain, typed = case
    assert parse_identity(typed) == Identity(IdKind.CMND, plain)


@pytest.mark.parametrize("typed", ["b1234567", "B 123 4567", "AB123456", "X1Y2Z3", "12AB34567"])
def test_letters_and_digits_are_a_passport(typed: str) -> None:
    identity = parse_identity(typed)

    assert identity.kind is IdKind.PASSPORT
    assert identity.number == typed.replace(" ", "").upper()


def test_a_foreign_passport_of_digits_is_taken_when_it_is_called_one() -> None:
    assert parse_identity("12345678", kind=IdKind.PASSPORT) == Identity(IdKind.PASSPORT, "12345678")


@given(written(CARDS))
def test_a_card_number_is_read_into_its_parts(case: tuple[str, str]) -> None:
    plain, typed = case
    card = parse_card_number(typed.lower())

    assert card == CardNumber(plain[:2], int(plain[2]), plain[3:5], plain[5:])
    assert str(card) == plain


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        ("001090000123", PersonalNumberFacts("001", "M", 1990)),
        ("079185000456", PersonalNumberFacts("079", "F", 1985)),
        ("038203000789", PersonalNumberFacts("038", "M", 2003)),
        ("001324000012", PersonalNumberFacts("001", "F", 2024)),
        ("040901000012", PersonalNumberFacts("040", "F", 2301)),
    ],
)
def test_a_personal_number_tells_province_sex_and_year(
    number: str, facts: PersonalNumberFacts
) -> None:
    assert personal_number_facts(number) == facts


@given(
    province=st.integers(1, 96),
    female=st.booleans(),
    year=st.integers(1900, 2399),
    rest=digits(6),
)
def test_a_number_built_from_facts_tells_the_same_facts(
    *, province: int, female: bool, year: int, rest: str
) -> None:
    digit = (year // 100 - 19) * 2 + female
    number = f"{province:03d}{digit}{year % 100:02d}{rest}"

    facts = personal_number_facts(number)

    assert facts == PersonalNumberFacts(f"{province:03d}", "F" if female else "M", year)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("0123456789", "0123***789"),
        ("001090000123", "0010***123"),
        ("DN4790123456789", "DN47***789"),
        ("B1234567", "B1***67"),
        ("12345", "***"),
        ("", "***"),
    ],
)
def test_masking_shows_only_the_ends(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@given(st.text("0123456789ABC", min_size=6, max_size=20))
def test_masking_always_hides_at_least_two_characters(number: str) -> None:
    head, tail = mask_number(number).split("***")

    assert number.startswith(head)
    assert number.endswith(tail)
    assert len(head) + len(tail) <= len(number) - 2
