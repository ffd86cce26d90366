"""The card's QR as a keyboard scanner delivers it, whatever input method is on."""

from dataclasses import replace
from datetime import date

import pytest

from vssid.insurance import card_qr
from vssid.insurance.card_qr import CardQr, UnreadableCardQrError
from vssid.insurance.card_scan import IdScan, Remains, Scan, read_scan

CARD = CardQr(
    number="DN4010198000001",
    full_name="Nguyễn Thị Hồng Ánh",
    born=date(1990, 5, 12),
    sex="F",
    address="",
    facility_code="01001",
    valid_from=date(2026, 1, 1),
    valid_to=None,
    issued_on=date(2026, 1, 1),
    managed_by="01000198000001",
    guardian_name="",
    living_area="",
    five_year_date=None,
)
TEXT = card_qr.encode(CARD)


def test_text_that_arrives_whole_is_read() -> None:
    assert read_scan(TEXT) == Scan(CARD, is_restored=False)


@pytest.mark.parametrize(
    "mangled",
    [
        TEXT.upper(),
        TEXT.replace("|$", ""),
        TEXT.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    ],
)
def test_capitals_a_lost_end_and_wide_letters_are_forgiven(mangled: str) -> None:
    assert read_scan(mangled).card == CARD  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "typed", "became"),
    [
        ("Nguyễn Thị Ầm", "baa6", "bâ6"),
        ("Lê Văn Ừ", "bbaa", "bbâ"),
        ("Vũ Đức Ắn", "baae", "bâe"),
        ("Vũ Đức Ừa", "bbaa", "bbâ"),
    ],
)
def test_telex_is_turned_back(name: str, typed: str, became: str) -> None:
    card = CardQr(**{**_fields(), "full_name": name})
    text = card_qr.encode(card)
    assert typed in text
    read = read_scan(text.replace(typed, became))
    assert isinstance(read, Scan)
    assert read.card == card


def test_vni_tones_are_turned_back() -> None:
    read = read_scan(TEXT.replace("e1", "é"))
    assert read == Scan(CARD, is_restored=True)


@pytest.mark.parametrize("lost", ["ễ", "x", "ơ"])
def test_number_and_year_remain_of_a_name_that_is_lost(lost: str) -> None:
    mangled = TEXT.replace("4e6775", lost).replace("DN4", "ĐN4")
    assert read_scan(mangled) == Remains("0198000001", "1990")


def test_birth_that_cannot_be_read_is_left_empty() -> None:
    assert read_scan("DN4010198000001|zz|hôm qua|2") == Remains("0198000001", "")


IDENTITY = "001190000123|012345678|Nguyễn Thị Hồng Ánh|12051990|Nữ|Số 5, Hà Nội|01012022"
ANH = IdScan("001190000123", "Nguyễn Thị Hồng Ánh", date(1990, 5, 12), "F")


@pytest.mark.parametrize(
    "text",
    [
        IDENTITY,
        IDENTITY.replace("012345678", ""),
        f"{IDENTITY}|Nguyễn Văn Cha|Trần Thị Mẹ||",
        f" {IDENTITY}\r\n",
        IDENTITY.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    ],
)
def test_identity_card_is_read(text: str) -> None:
    assert read_scan(text) == ANH


@pytest.mark.parametrize(
    ("changes", "read"),
    [
        (("Nữ", "Nam"), replace(ANH, sex="M")),
        (("Nữ", "N?"), replace(ANH, sex="")),
        (("12051990", "1990"), replace(ANH, born=1990)),
        (("12051990", "00001990"), replace(ANH, born=1990)),
        (("12051990", "31021990"), Remains(ANH.number, "1990", ANH.full_name, is_spoilt=False)),
        (("12051990", "0000"), Remains(ANH.number, "", ANH.full_name, is_spoilt=False)),
        (("Hồng", "H?ng"), Remains(ANH.number, "1990", is_spoilt=False)),
    ],
)
def test_what_an_identity_card_does_not_say_clearly_is_asked_for(
    changes: tuple[str, str], read: IdScan | Remains
) -> None:
    assert read_scan(IDENTITY.replace(*changes)) == read


@pytest.mark.parametrize("number", ["0198000001", "001190000123", "DN4010198000001"])
def test_number_alone_asks_for_the_rest(number: str) -> None:
    assert read_scan(f" {number}\n") == Remains(number, "", is_spoilt=False)


@pytest.mark.parametrize(
    "text", ["", "hello", "a|b|c|d", "019800000", "²" * 10, "1" * 300, "|||||||||||||"]
)
def test_what_was_never_a_card_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCardQrError):
        read_scan(text)


def _fields() -> dict[str, object]:
    return {name: getattr(CARD, name) for name in CardQr.__dataclass_fields__}
