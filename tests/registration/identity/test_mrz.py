"""An MRZ counts with every check digit, put right only where its place allows one sign."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registration.identity import people
from vssid.registration.identity.mrz import (
    ALPHABET,
    Layout,
    Mrz,
    MrzFault,
    check_digit,
    parse_mrz,
)

TODAY = date(2026, 7, 1)
CARD = """\
IDVNM0900001233001090000123<<4
9001158M3001156VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
"""
# The invented passport of ICAO Doc 9303 part 4: whole, but of no state.
UTOPIA = """\
P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L898902C36UTO7408122F1204159ZE184226B<<<<<10
"""
# By place of the upper two lines of a card: what guards it.
GUARDED = [
    *((0, at) for at in (*range(5, 27), 29)),
    *((1, at) for at in (*range(7), *range(8, 15), 29)),
]
LOOK_ALIKES = {"0": "OQD", "1": "IL", "2": "Z", "5": "S", "6": "G", "8": "B"}

citizens = st.randoms(use_true_random=False).map(people.citizen)
foreigners = st.randoms(use_true_random=False).map(people.foreigner)


def _read(text: str, *, today: date = TODAY) -> Mrz:
    found = parse_mrz(text, today=today)
    assert isinstance(found, Mrz), found
    return found


def _passport(**changes: object) -> people.Invented:
    chance = random.Random(7)  # noqa: S311 - seeded chance, no secrets
    who = people.citizen(chance)
    return people.Invented(
        **{name: changes.get(name, getattr(who, name)) for name in people.Invented.__slots__}  # type: ignore[arg-type] # as named
    )


def _td3(**changes: object) -> str:
    return "\n".join(people.td3(_passport(**changes)))


def test_a_card_says_who_holds_it() -> None:
    assert _read(CARD) == Mrz(
        layout=Layout.TD1,
        code="ID",
        issuer="VNM",
        number="090000123",
        nationality="VNM",
        surname="NGUYEN",
        given_names="VAN A",
        is_name_cut=False,
        birth_year=1990,
        birth_date=date(1990, 1, 15),
        sex="M",
        expires_on=date(2030, 1, 15),
        personal_number="001090000123",
        old_number="",
    )


def test_the_invented_passport_of_the_standard_has_right_digits_but_no_state() -> None:
    assert parse_mrz(UTOPIA, today=TODAY) is MrzFault.CODE
    wrong = UTOPIA.replace("L898902C36", "L898902C35")
    assert parse_mrz(wrong, today=TODAY) is MrzFault.CHECK_DIGIT


def test_spaces_and_small_letters_are_forgiven() -> None:
    assert _read(CARD.lower().replace("<", "< ")) == _read(CARD)


@given(citizens)
def test_cards_give_back_who_was_written(who: people.Invented) -> None:
    found = _read("\n".join(people.td1(who)))
    assert found.full_name == people.plain(who.full_name)[:28]
    assert (found.personal_number, found.number) == (who.number, who.number[-9:])
    assert (found.birth_date, found.sex) == (who.born_on, who.sex)
    assert found.expires_on == who.expires_on


@given(citizens | foreigners)
def test_passports_give_back_who_was_written(who: people.Invented) -> None:
    found = _read("\n".join(people.td3(who)))
    assert found.full_name == people.plain(f"{who.surname} {who.given}").strip()[:38]
    assert (found.number, found.nationality) == (who.passport, who.nationality)
    assert (found.birth_date, found.sex) == (who.born_on, who.sex.strip("<"))
    assert found.personal_number == who.number
    assert not found.is_name_cut or len(found.full_name) == 38


@given(citizens, st.data())
def test_any_one_wrong_digit_is_refused(who: people.Invented, data: st.DataObject) -> None:
    lines = list(people.td1(who))
    row, at = data.draw(st.sampled_from(GUARDED))
    wrong = data.draw(st.sampled_from("0123456789").filter(lambda one: one != lines[row][at]))
    lines[row] = lines[row][:at] + wrong + lines[row][at + 1 :]
    assert isinstance(parse_mrz("\n".join(lines), today=TODAY), MrzFault)


@given(citizens, st.data())
def test_what_a_camera_confuses_is_put_right_where_only_a_digit_can_stand(
    who: people.Invented, data: st.DataObject
) -> None:
    right = list(people.td1(who))
    seen = [list(line) for line in right]
    for row, at in data.draw(st.sets(st.sampled_from(GUARDED), max_size=6)):
        alike = LOOK_ALIKES.get(seen[row][at])
        seen[row][at] = data.draw(st.sampled_from(alike)) if alike else seen[row][at]
    seen[2] = list(right[2].replace("O", "0").replace("I", "1").replace("S", "5"))
    assert _read("\n".join(map("".join, seen))) == _read("\n".join(right))


def test_a_letter_is_never_guessed_where_both_can_stand() -> None:
    who = people.foreigner(random.Random(1))  # noqa: S311 - seeded chance, no secrets
    upper, lower = people.td3(_passport(nationality="GBR", number="", passport="12O456789"))
    assert who.nationality
    assert _read(f"{upper}\n{lower}").number == "12O456789"
    assert parse_mrz(f"{upper}\n{lower.replace('12O4', '1204')}", today=TODAY) is (
        MrzFault.CHECK_DIGIT
    )


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("IDVNM", "IDVN", MrzFault.SHAPE),
        ("IDVNM", "XDVNM", MrzFault.SHAPE),
        ("NGUYEN", "NGUYÊN", MrzFault.SHAPE),
        ("IDVNM", "ICVNM", MrzFault.CODE),
        ("IDVNM", "IDVMN", MrzFault.CODE),
        ("56VNM", "56QQQ", MrzFault.CODE),
        ("8M3", "8H3", MrzFault.SEX),
        ("NGUYEN<<VAN<A<<<", "NGUYEN<<VAN<<<A<", MrzFault.NAME),
        ("NGUYEN<<VAN<A<<<", "<NGUYEN<<VAN<A<<", MrzFault.NAME),
        ("NGUYEN<<VAN<A<<<", "NGUYEN<<VAN<<A<<", MrzFault.NAME),
        ("NGUYEN<<VAN<A", "<<<<<<<<<<<<<", MrzFault.NAME),
        ("0900001233001", "0900001233002", MrzFault.CHECK_DIGIT),
    ],
)
def test_what_cannot_stand_there_is_refused(was: str, becomes: str, fault: MrzFault) -> None:
    assert parse_mrz(CARD.replace(was, becomes), today=TODAY) is fault


def test_a_card_whose_two_numbers_differ_is_refused() -> None:
    extra = "001090000124"
    number = "090000123"
    upper = f"IDVNM{number}{check_digit(number)}{extra}<<{check_digit(extra)}"
    middle = "9001158M3001156VNM<<<<<<<<<<<"
    whole = check_digit(upper[5:] + "90011583001156<<<<<<<<<<<")
    text = f"{upper}\n{middle}{whole}\n{CARD.splitlines()[2]}"
    assert parse_mrz(text, today=TODAY) is MrzFault.NUMBER


def test_a_single_name_stands_alone() -> None:
    found = _read(_td3(surname="SUKARNADI", given="", nationality="IDN"))
    assert (found.surname, found.given_names, found.full_name) == ("SUKARNADI", "", "SUKARNADI")


def test_a_name_of_sixty_letters_is_cut_and_says_so() -> None:
    long = " ".join(["ALEXANDRINA"] * 5 + ["MARIA"])
    found = _read(_td3(surname="VANDERHOEVEN", given=long, nationality="NLD"))
    assert found.is_name_cut
    assert found.full_name == f"VANDERHOEVEN {long}"[: len(found.full_name)]


def test_an_unstated_sex_is_empty() -> None:
    assert _read(_td3(sex="<", nationality="NLD")).sex == ""


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 7, 1), 1926), (date(2026, 7, 2), 2026), (date(2031, 1, 1), 2026)],
)
def test_nobody_is_born_after_today(today: date, year: int) -> None:
    text = _td3(born_on=date(2026, 7, 2), number="", nationality="NLD")
    assert _read(text, today=today).birth_year == year


def test_the_personal_number_tells_the_century() -> None:
    old = _td3(born_on=date(1924, 2, 29), number="001024000123")
    young = _td3(born_on=date(2024, 2, 29), number="001224000123")
    assert _read(old).birth_date == date(1924, 2, 29)
    assert _read(young).birth_date == date(2024, 2, 29)


def _born(signs: str) -> str:
    upper, lower = people.td3(_passport(number="", nationality="NLD"))
    tail = lower[20:43]
    whole = check_digit(lower[:10] + signs + check_digit(signs) + tail[1:])
    return f"{upper}\n{lower[:13]}{signs}{check_digit(signs)}{tail}{whole}"


@pytest.mark.parametrize(
    ("signs", "year"), [("74<<<<", 1974), ("7408<<", 1974), ("26<<<<", 2026), ("<<<<<<", None)]
)
def test_unknown_parts_of_a_birth_date_stay_unknown(signs: str, year: int | None) -> None:
    found = _read(_born(signs))
    assert (found.birth_year, found.birth_date) == (year, None)


@pytest.mark.parametrize("signs", ["740231", "741301", "<40812", "74<<12"])
def test_a_birth_date_that_is_none_is_refused(signs: str) -> None:
    assert parse_mrz(_born(signs), today=TODAY) is MrzFault.DATE


@given(st.text(max_size=500) | st.lists(st.text(ALPHABET, max_size=44), max_size=4).map("\n".join))
def test_no_text_raises(text: str) -> None:
    assert isinstance(parse_mrz(text, today=TODAY), Mrz | MrzFault)


@given(
    st.lists(st.text(ALPHABET, min_size=30, max_size=30), min_size=3, max_size=3)
    | st.lists(st.text(ALPHABET, min_size=44, max_size=44), min_size=2, max_size=2)
)
def test_random_lines_of_the_right_shape_are_refused(lines: list[str]) -> None:
    lines[0] = ("I" if len(lines) == 3 else "P") + lines[0][1:]
    assert isinstance(parse_mrz("\n".join(lines), today=TODAY), MrzFault)
