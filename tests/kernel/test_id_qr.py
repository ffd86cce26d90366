"""The QR code of an ID card is read field by field, and refused by name when it cannot be one."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registration.identity import people
from vssid.kernel.id_qr import IdQr, Paper, QrFault, parse_id_qr

TODAY = date(2026, 7, 1)
CCCD = "001090000123|012345678|Nguyễn Văn A|15011990|Nam|Tổ 1, Phú Diễn, Hà Nội|01052021"

people_of_all_kinds = st.randoms(use_true_random=False).map(people.citizen)


def _read(text: str) -> IdQr:
    found = parse_id_qr(text, today=TODAY)
    assert isinstance(found, IdQr), found
    return found


def test_the_chip_card_has_seven_fields() -> None:
    assert _read(CCCD) == IdQr(
        paper=Paper.CCCD,
        number="001090000123",
        old_number="012345678",
        full_name="Nguyễn Văn A",
        birth_year=1990,
        birth_date=date(1990, 1, 15),
        sex="M",
        address="Tổ 1, Phú Diễn, Hà Nội",
        issued_on=date(2021, 5, 1),
    )


@pytest.mark.parametrize("extras", ["|Nguyễn Văn B|Trần Thị C||", "|", "||||", "|a|b|c|d|e|f"])
def test_what_the_newer_paper_adds_is_passed_over(extras: str) -> None:
    assert _read(CCCD + extras) == replace(_read(CCCD), paper=Paper.CAN_CUOC)


def test_the_old_number_may_be_empty() -> None:
    assert _read(CCCD.replace("012345678", "")).old_number == ""


@pytest.mark.parametrize("born", ["1948", "00001948"])
def test_old_people_may_have_only_a_year(born: str) -> None:
    found = _read(CCCD.replace("15011990", born))
    assert (found.birth_year, found.birth_date) == (1948, None)


def test_decomposed_letters_and_spaces_are_tidied() -> None:
    assert _read(CCCD.replace("Nguyễn", " Nguye\u0302\u0303n ")).full_name == "Nguyễn Văn A"


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("001090000123", "00109000012", QrFault.NUMBER),
        ("001090000123", "O01090000123", QrFault.NUMBER),
        ("001090000123", "٠٠١٠٩٠٠٠٠١٢٣", QrFault.NUMBER),
        ("012345678", "1234", QrFault.OLD_NUMBER),
        ("Nguyễn Văn A", "", QrFault.NAME),
        ("Nguyễn Văn A", "Nguyễn <b>", QrFault.NAME),
        ("15011990", "31021990", QrFault.BIRTH_DATE),
        ("15011990", "02072026", QrFault.BIRTH_DATE),
        ("15011990", "", QrFault.BIRTH_DATE),
        ("|Nam|", "|Khác|", QrFault.SEX),
        ("Tổ 1", "x" * 401, QrFault.ADDRESS),
        ("01052021", "hôm nay", QrFault.ISSUED_ON),
        ("01052021", "01051980", QrFault.ISSUED_ON),
        ("|01052021", "", QrFault.FIELDS),
        ("Tổ 1", "x" * 3000, QrFault.FIELDS),
    ],
)
def test_a_field_that_cannot_be_so_is_named(was: str, becomes: str, fault: QrFault) -> None:
    assert parse_id_qr(CCCD.replace(was, becomes), today=TODAY) is fault


@pytest.mark.parametrize("text", ["", "|||||||", "https://example.vn", "4e67|x|$"])
def test_other_codes_are_refused(text: str) -> None:
    assert isinstance(parse_id_qr(text, today=TODAY), QrFault)


@given(people_of_all_kinds, st.randoms(use_true_random=False))
def test_both_layouts_give_back_who_was_written(who: people.Invented, chance) -> None:  # type: ignore[no-untyped-def] # Hypothesis'
    for text in (people.qr_of_cccd(who), people.qr_of_can_cuoc(who, chance)):
        found = _read(text)
        assert found.full_name == who.full_name
        assert (found.number, found.old_number) == (who.number, who.old_number)
        assert (found.birth_date, found.sex) == (who.born_on, who.sex)
        assert (found.address, found.issued_on) == (who.address, who.issued_on)


@given(st.text(max_size=300) | st.lists(st.text(max_size=20), max_size=14).map("|".join))
def test_no_text_raises(text: str) -> None:
    assert isinstance(parse_id_qr(text, today=TODAY), IdQr | QrFault)
