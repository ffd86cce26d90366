"""What differs between paper, form and registry is told field by field, never corrected."""

from dataclasses import replace
from datetime import date

import pytest

from tests.registration.identity import people
from vssid.registration.identity.comparing import (
    Beside,
    Difference,
    Field,
    Prefill,
    Severity,
    Stated,
    compare,
    contradictions_of_number,
    for_applicant,
    prefill,
)
from vssid.registration.identity.reading import Reading, Texts, of_photos, understand

TODAY = date(2026, 7, 1)
ALICE = people.Invented(
    full_name="Đỗ Thị Hoà",
    surname="Đỗ",
    given="Thị Hoà",
    sex="F",
    born_on=date(1991, 4, 5),
    number="001191000456",
    old_number="012345678",
    address="Tổ 5, Phú Diễn, Hà Nội",
    issued_on=date(2022, 5, 6),
    passport="C1234567",
)
BOB = replace(
    ALICE, full_name="Lê Văn Bảo", surname="Lê", given="Văn Bảo", number="001091000457", sex="M"
)
FORM = Stated(full_name="Đỗ Thị Hoà", id_kind="cccd", id_number=ALICE.number)
REGISTRY = replace(FORM, birth_year=1991, birth_date=ALICE.born_on, sex="F", nationality="VNM")


def _qr(who: people.Invented = ALICE) -> Reading:
    return understand(Texts(qr=people.qr_of_cccd(who)), today=TODAY)


def _card(who: people.Invented = ALICE) -> Reading:
    return understand(Texts(mrz="\n".join(people.td1(who))), today=TODAY)


def _passport(who: people.Invented = ALICE) -> Reading:
    return understand(Texts(mrz="\n".join(people.td3(who))), today=TODAY)


def _both(who: people.Invented, other: people.Invented) -> Reading:
    return Reading(qr=_qr(who).qr, mrz=_card(other).mrz)


def _kinds(found: tuple[Difference, ...]) -> list[tuple[Field, Beside, Severity]]:
    return [(one.field, one.beside, one.severity) for one in found]


@pytest.mark.parametrize(
    "reading", [_qr(), _card(), _both(ALICE, ALICE)], ids=["qr", "mrz", "both"]
)
def test_a_right_form_differs_in_nothing(reading: Reading) -> None:
    assert not reading.is_empty
    assert compare(reading, form=FORM, registry=REGISTRY, today=TODAY) == ()


def test_nothing_read_is_no_difference() -> None:
    assert compare(Reading(), form=FORM, registry=REGISTRY, today=TODAY) == ()


def test_a_paper_of_another_person_is_grave() -> None:
    found = compare(_qr(BOB), form=FORM, today=TODAY)
    assert _kinds(found) == [
        (Field.NAME, Beside.FORM, Severity.GRAVE),
        (Field.NUMBER, Beside.FORM, Severity.GRAVE),
    ]
    assert (found[0].stated, found[0].on_paper) == ("Đỗ Thị Hoà", "Lê Văn Bảo")


def test_missing_accents_are_a_note_beside_a_qr_and_nothing_beside_an_mrz() -> None:
    form = replace(FORM, full_name="DO THI HOA")
    assert _kinds(compare(_qr(), form=form, today=TODAY)) == [
        (Field.NAME, Beside.FORM, Severity.NOTE)
    ]
    assert compare(_card(), form=form, today=TODAY) == ()


def test_the_registry_is_compared_in_every_field() -> None:
    registry = Stated("Đỗ Thị Hạnh", "cccd", "001191000999", (), 1992, date(1992, 4, 5), "M", "LAO")
    found = compare(_qr(), form=FORM, registry=registry, today=TODAY)
    assert _kinds(found) == [
        (Field.NAME, Beside.REGISTRY, Severity.GRAVE),
        (Field.BIRTH, Beside.REGISTRY, Severity.GRAVE),
        (Field.SEX, Beside.REGISTRY, Severity.DOUBT),
        (Field.NUMBER, Beside.REGISTRY, Severity.GRAVE),
        (Field.NATIONALITY, Beside.REGISTRY, Severity.DOUBT),
    ]
    assert (found[1].stated, found[1].on_paper) == ("05/04/1992", "05/04/1991")


def test_a_year_alone_is_compared_as_a_year() -> None:
    year = replace(REGISTRY, birth_date=None)
    assert compare(_qr(), form=FORM, registry=year, today=TODAY) == ()
    wrong = replace(year, birth_year=1990)
    assert _kinds(compare(_qr(), form=FORM, registry=wrong, today=TODAY)) == [
        (Field.BIRTH, Beside.REGISTRY, Severity.GRAVE)
    ]


def test_the_registry_may_still_hold_the_old_number() -> None:
    old = replace(REGISTRY, id_kind="cmnd", id_number=ALICE.old_number)
    assert compare(_qr(), form=FORM, registry=old, today=TODAY) == ()
    other = replace(REGISTRY, old_numbers=("999999999",))
    assert _kinds(compare(_qr(), form=FORM, registry=other, today=TODAY)) == [
        (Field.OLD_NUMBER, Beside.REGISTRY, Severity.DOUBT)
    ]


def test_a_form_with_the_number_of_an_earlier_paper_is_told_so() -> None:
    form = replace(FORM, id_kind="cmnd", id_number=ALICE.old_number)
    assert _kinds(compare(_qr(), form=form, today=TODAY)) == [
        (Field.KIND, Beside.FORM, Severity.DOUBT)
    ]


def test_a_passport_is_compared_without_accents() -> None:
    form = replace(FORM, full_name="Do Thi Hoa", id_kind="passport", id_number="C1234567")
    assert compare(_passport(), form=form, today=TODAY) == ()
    renewed = replace(REGISTRY, id_kind="passport", id_number="B7654321")
    found = compare(_passport(replace(ALICE, number="")), form=form, registry=renewed, today=TODAY)
    assert _kinds(found) == [(Field.NUMBER, Beside.REGISTRY, Severity.DOUBT)]


def test_a_passport_of_abroad_may_have_a_single_name() -> None:
    who = replace(ALICE, surname="Sukarnadi", given="", nationality="IDN", number="")
    form = Stated(full_name="Sukarnadi", id_kind="passport", id_number="C1234567")
    assert compare(_passport(who), form=form, today=TODAY) == ()
    other = replace(form, full_name="Sukarnado")
    assert _kinds(compare(_passport(who), form=other, today=TODAY)) == [
        (Field.NAME, Beside.FORM, Severity.GRAVE)
    ]


def test_a_name_that_did_not_fit_its_line_is_at_most_a_doubt() -> None:
    long = "Alexandrina Bartholomea Constantina Dorothea"
    who = replace(ALICE, surname="Vanderhoeven", given=long, nationality="NLD", number="")
    form = Stated(full_name=f"Vanderhoeven {long}", id_kind="passport", id_number="C1234567")
    assert compare(_passport(who), form=form, today=TODAY) == ()
    other = replace(form, full_name="Vanderhoeven A. B. C. D.")
    assert _kinds(compare(_passport(who), form=other, today=TODAY)) == [
        (Field.NAME, Beside.FORM, Severity.DOUBT)
    ]


def test_two_sides_of_two_papers_contradict_each_other() -> None:
    found = compare(_both(ALICE, BOB), form=FORM, today=TODAY)
    assert _kinds(found) == [
        (Field.NUMBER, Beside.PAPER, Severity.GRAVE),
        (Field.SEX, Beside.PAPER, Severity.GRAVE),
        (Field.NAME, Beside.PAPER, Severity.GRAVE),
    ]
    assert prefill(_both(ALICE, BOB)) == Prefill()


def test_a_number_that_fits_neither_sex_nor_year_is_grave() -> None:
    forged = replace(ALICE, number="001085000456")
    found = compare(_qr(forged), form=replace(FORM, id_number=forged.number), today=TODAY)
    assert _kinds(found) == [
        (Field.SEX, Beside.PAPER, Severity.GRAVE),
        (Field.BIRTH, Beside.PAPER, Severity.GRAVE),
    ]
    assert (found[1].stated, found[1].on_paper) == ("1985", "1991")


@pytest.mark.parametrize("number", ["", "012345678", "C1234567"])
def test_other_numbers_contradict_nothing(number: str) -> None:
    assert contradictions_of_number(number, sex="M", birth_year=1990) == ()


def test_an_expired_paper_is_a_doubt() -> None:
    found = compare(_card(), form=FORM, today=date(2033, 1, 1))
    assert _kinds(found) == [(Field.EXPIRY, Beside.PAPER, Severity.DOUBT)]
    assert found[0].on_paper == "01/05/2032"


def test_what_the_form_may_be_filled_in_with() -> None:
    assert prefill(_qr()) == Prefill("Đỗ Thị Hoà", False, "cccd", ALICE.number)  # noqa: FBT003 - a value
    assert prefill(_card()) == Prefill("DO THI HOA", True, "cccd", ALICE.number)  # noqa: FBT003 - a value
    assert prefill(_passport()) == Prefill("DO THI HOA", True, "passport", "C1234567")  # noqa: FBT003 - a value
    assert prefill(Reading()) == Prefill()


def test_the_applicant_learns_nothing_that_only_the_registry_knows() -> None:
    registry = replace(REGISTRY, full_name="Trần Thị Bí Mật", birth_date=date(1980, 1, 1))
    form = replace(FORM, full_name="Đỗ Thị Hoa")
    found = for_applicant(compare(_qr(), form=form, registry=registry, today=TODAY))
    assert _kinds(found) == [
        (Field.NAME, Beside.FORM, Severity.NOTE),
        (Field.NUMBER, Beside.REGISTRY, Severity.GRAVE),
    ]
    assert "Bí Mật" not in str(found)
    assert "1980" not in str(found)


def test_a_second_paper_among_the_photos_hides_nothing_and_fills_nothing_in() -> None:
    texts = [Texts(qr=people.qr_of_cccd(BOB)), Texts(qr=people.qr_of_cccd(ALICE))]
    found = of_photos(texts, today=TODAY)
    told = _kinds(compare(found, form=FORM, today=TODAY))
    assert (Field.NUMBER, Beside.PAPER, Severity.GRAVE) in told
    assert (Field.NUMBER, Beside.FORM, Severity.GRAVE) in told
    assert prefill(found) == Prefill()
    assert of_photos([texts[1], texts[1]], today=TODAY).against == ()
