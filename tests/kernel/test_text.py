"""Text is cleaned, folded and ordered as Vietnamese readers expect."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.text import (
    clean,
    fold,
    is_unaccented,
    parse_person_name,
    sort_key,
    to_gsm_ascii,
    visible,
)

# The order written out letter by letter, each with its six tones: nothing of it is computed.
ALPHABET = [
    "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "b", "c", "d", "đ", "eèẻẽéẹ", "êềểễếệ", "f", "g", "h",
    "iìỉĩíị", "j", "k", "l", "m", "n", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "p", "q", "r", "s", "t",
    "uùủũúụ", "ưừửữứự", "v", "w", "x", "yỳỷỹýỵ", "z",
]  # fmt: skip
PLACE = {
    letter: (place, tone) for place, row in enumerate(ALPHABET) for tone, letter in enumerate(row)
}
PLAIN = [row[0] for row in ALPHABET]
VOWELS = [row for row in ALPHABET if len(row) == 6]

Weight = tuple[list[int], int]


def weight(syllable: str) -> Weight:
    """The places of its letters, then the one tone it has."""
    places = [PLACE[letter] for letter in syllable]
    return [place for place, _ in places], max(tone for _, tone in places)


def weights(text: str) -> list[Weight]:
    return [weight(syllable) for syllable in text.split(" ")]


@st.composite
def syllables(draw: st.DrawFn) -> str:
    """Plain letters around one vowel with one tone; few of them, so that pairs come close."""
    few = st.text(st.sampled_from([*PLAIN[:9], "n", "g"]), max_size=2)
    vowel = draw(st.sampled_from(VOWELS))[draw(st.integers(0, 5))]
    return draw(few) + vowel + draw(few)


phrases = st.lists(syllables(), min_size=1, max_size=3).map(" ".join)


@given(phrases, phrases)
def test_keys_are_ordered_as_letters_then_tones_of_each_syllable(one: str, other: str) -> None:
    by_key = sort_key(one).encode(), sort_key(other).encode()
    by_rule = weights(one), weights(other)

    assert (by_key[0] < by_key[1]) == (by_rule[0] < by_rule[1])
    assert (by_key[0] == by_key[1]) == (by_rule[0] == by_rule[1])


@given(st.text())
def test_a_key_is_printable_ascii(text: str) -> None:
    key = sort_key(text)

    assert key.isascii()
    assert all("!" <= character <= "~" for character in key)


@given(phrases)
def test_a_key_does_not_depend_on_case_composition_and_spacing(phrase: str) -> None:
    apart = unicodedata.normalize("NFD", phrase)

    assert (
        sort_key(apart) == sort_key(phrase.upper()) == sort_key(f"  {phrase}.") == sort_key(phrase)
    )


@pytest.mark.parametrize(
    "ordered",
    [
        ["ba", "ba ba", "bà", "bà ba", "bả", "bã", "bá", "bạ", "bác", "băn", "bân", "cá"],
        ["Dặng", "Đàm", "Đặng", "Em", "Ê"],
        ["12", "Phường 1", "Phường 02", "Phường 10", "Phường Bến Nghé"],
        ["An", "An Giang", "Ân Thi", "Yên Bái", "王", "王安"],
        ["Bà Rịa", "Bà Rịa - Vũng Tàu", "Bắc Giang", "Bắc Ninh", "Bến Tre"],
    ],
)
def test_a_list_stands_as_in_a_dictionary(ordered: list[str]) -> None:
    keys = [sort_key(text) for text in ordered]

    assert all(one < other for one, other in pairwise(keys))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Ðặng", "Đặng"),
        ("D'Arcy-An", "d arcy an"),
        ("Tổ 07", "tổ 7"),
        ("Ａｎ", "an"),
        ("A\u0351n", "an"),
    ],
)
def test_ways_of_writing_the_same_have_the_same_key(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_clean_text_has_nothing_invisible_and_no_stray_spaces(text: str) -> None:
    cleaned = clean(text)

    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl"} for letter in cleaned)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Nguyễn \t Văn\u00a0A\r\n", "Nguyễn Văn A"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("A\u200bn\x00 \u202eB\ufeff\u3164", "An B"),
        ("e\u200d\u0301", "é"),
    ],
)
def test_cleaning(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(phrases)
def test_folding_finds_a_phrase_however_it_is_typed(phrase: str) -> None:
    apart = unicodedata.normalize("NFD", phrase)

    assert fold(phrase).isascii()
    assert fold(phrase) == fold(phrase.upper()) == fold(apart)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  ĐẶNG Thị Ngọc Ưởng ", "dang thi ngoc uong"),
        ("Ðà Nẵng", "da nang"),
        ("Ｈà  Nội", "ha noi"),
        ("Straße İzmir", "strasse izmir"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "unaccented"),
    [
        ("Nguyen Van A", True),
        ("John Müller", True),
        ("", True),
        ("Nguyễn", False),
        ("Le\u0323", False),
        ("DO VAN ĐO", False),
        ("Tran Thi Tươi", False),
        ("Tran Van Ân", False),
    ],
)
def test_a_name_without_any_vietnamese_diacritic_is_noticed(*, name: str, unaccented: bool) -> None:
    assert is_unaccented(name) is unaccented


@given(st.text())
def test_a_text_message_is_plain_ascii(text: str) -> None:
    sent = to_gsm_ascii(text)

    assert all(letter == "\n" or " " <= letter <= "~" for letter in sent)
    assert "`" not in sent


@given(st.text([chr(point) for point in range(0x20, 0x7F) if chr(point) != "`"]))
def test_plain_ascii_is_sent_as_it_is(text: str) -> None:
    assert to_gsm_ascii(text) == text


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Mật khẩu của Ông Đỗ: 12xA", "Mat khau cua Ong Do: 12xA"),
        ("“Từ – đến”…\r\nhết", '"Tu - den"...\nhet'),
        ("1.000\u00a0₫ 王", "1.000 d ?"),
    ],
)
def test_a_text_message_keeps_what_it_says(text: str, sent: str) -> None:
    assert to_gsm_ascii(text) == sent


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  nguyễn  văn\u00a0A ", "nguyễn văn A"),
        ("Y Ê-ban", "Y Ê-ban"),
        ("Sương", "Sương"),
        ("D’Arcy O`Brien", "D'Arcy O'Brien"),
        ("Jean–Luc St. John", "Jean-Luc St. John"),
        ("王小明", "王小明"),
        ("สมชาย", "สมชาย"),
        ("ＬＥ ＡＮ", "LE AN"),
        ("a" * 60, "a" * 60),
    ],
)
def test_names_of_passports_are_taken(typed: str, name: str) -> None:
    assert parse_person_name(typed) == name


@given(phrases)
def test_a_name_read_again_is_the_same_name(phrase: str) -> None:
    name = parse_person_name(f"An {phrase}")

    assert parse_person_name(name) == name == f"An {phrase}"


def test_visible_text_keeps_its_lines() -> None:
    assert visible("một\u200b\n\thai  ba\u202e\x00") == "một\n\thai  ba"
