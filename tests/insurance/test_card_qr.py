"""The QR of a card keeps the public layout and reads what other cards carry."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.insurance.card_qr import MARKER, CardQr, UnreadableCardQrError, encode, parse

AN = CardQr(
    number="DN4010123456789",
    full_name="Nguyễn Văn A",
    born=date(1990, 2, 3),
    sex="M",
    address="Hà Nội",
    facility_code="79011",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    issued_on=date(2025, 12, 20),
    managed_by="01000123456789",
    guardian_name="",
    living_area="",
    five_year_date=date(2020, 4, 1),
)
TEXT = (
    "DN4010123456789|4e677579e1bb856e2056c4836e2041|03/02/1990|1|48c3a0204ee1bb9969|79 - 011|"
    "01/01/2026|31/12/2026|20/12/2025|01000123456789|-|4|01/04/2020|VSSID-KHONG-CHINH-THUC|$"
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def test_layout_is_the_public_one() -> None:
    assert encode(AN) == TEXT
    assert parse(TEXT) == AN


def test_marker_is_not_a_check_value_of_an_official_card() -> None:
    assert encode(AN).split("|")[13] == MARKER
    assert not MARKER.endswith("-7102")


def test_check_value_of_another_card_is_kept() -> None:
    other = TEXT.replace(MARKER, "0123456789abcdef-7102")
    assert parse(other).check == "0123456789abcdef-7102"


@pytest.mark.parametrize(
    "same",
    [
        TEXT.removesuffix("|$"),
        TEXT.removesuffix("$"),
        TEXT.replace("4e6775", "4E6775"),
        TEXT.replace("|-|", "||"),
        f"  {TEXT}\n",
    ],
)
def test_known_variants_are_read_alike(same: str) -> None:
    assert parse(same) == AN


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "https://example.com/",
        "001190000123||Nguyễn Văn A|03021990|Nam|Hà Nội|01012022",
        TEXT.replace("03/02/1990", "30/02/1990"),
        TEXT.replace("4e677579", "4x677579"),
        TEXT.replace("|1|48", "|3|48"),
        TEXT.replace("01/01/2026", "-"),
        TEXT.replace("48c3a0", "48ff"),
        TEXT.replace("|4|01/04", "|9|01/04"),
        *(
            TEXT.replace("03/02/1990", born)
            for born in (
                "0000",
                "-999",
                "1_91",
                "+199",
                "9999",
                "²⁰²⁰",
                "１９９０",
                "03/02/0090",
                "+3/02/1990",
            )
        ),
        *(
            TEXT.replace("DN4010123456789", number)
            for number in (
                "²²²²²²²²²²",
                "012345678",
                "DN401²²²²²²²²²²",
                "０１２３４５６７８９",
                "DN4",
            )
        ),
    ],
)
def test_text_of_something_else_is_refused(wrong: str) -> None:
    with pytest.raises(UnreadableCardQrError):
        parse(wrong)


@given(
    full_name=texts.filter(bool),
    address=texts,
    guardian_name=texts,
    born=days.filter(lambda day: day.year < 2100) | st.integers(1900, 2099),
    sex=st.sampled_from("MF"),
    living_area=st.sampled_from(["", "K1", "K2", "K3"]),
    valid_to=days | st.none(),
    five_year_date=days | st.none(),
    facility_code=st.from_regex(r"\A[0-9]{2}[0-9A-Z]{3}\Z"),
)
def test_what_is_written_is_read_back(**parts: object) -> None:
    card = CardQr(
        number="0123456789",
        valid_from=date(2026, 1, 1),
        issued_on=None,
        managed_by="",
        **parts,  # type: ignore[arg-type]
    )
    assert parse(encode(card)) == card
