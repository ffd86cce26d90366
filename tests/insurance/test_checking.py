"""What a facility is answered about a card: each code, and each day from both sides."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.insurance.checking import (
    COVERED,
    IDENTIFIED,
    Asked,
    Code,
    Verdict,
    check_asked,
    is_same_name,
    judge,
)
from vssid.insurance.records import CardBook, CardDetails, CardHolder

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
HOLDER = CardHolder("0198000001", "Nguyễn Thị Hồng Ánh", date(1990, 5, 12), "day", "F", "")
ASKED: dict[str, Any] = {
    "number": "0198000001",
    "full_name": "Nguyễn Thị Hồng Ánh",
    "born": date(1990, 5, 12),
    "sex": "F",
}


def _card(first: date = FIRST, last: date | None = LAST, group: str = "DN") -> CardDetails:
    number = f"{group}4010198000001"
    return CardDetails(number, group, 4, "01", "01001", "Bệnh viện", first, last, None, "", first)


def _judge(*cards: CardDetails, today: date = FIRST, **changes: Any) -> Verdict:
    return judge(Asked(**{**ASKED, **changes}), CardBook(HOLDER, cards), today)


# --- the day --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (FIRST - DAY, Code.NOT_YET),
        (FIRST, Code.RIGHT),
        (LAST, Code.RIGHT),
        (LAST + DAY, Code.EXPIRED),
    ],
)
def test_card_is_right_from_its_first_day_to_its_last(today: date, code: Code) -> None:
    verdict = _judge(_card(), today=today)
    assert verdict.code is code
    assert verdict.card == _card()
    assert verdict.pays_until == (LAST if code is Code.RIGHT else None)


def test_card_without_an_end_stays_right() -> None:
    verdict = _judge(_card(last=None), today=date(2099, 1, 1))
    assert (verdict.code, verdict.pays_until) == (Code.RIGHT, None)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (LAST, Code.RIGHT),
        (LAST + DAY, Code.ENDED_IN_HOSPITAL),
        (LAST + 15 * DAY, Code.ENDED_IN_HOSPITAL),
        (LAST + 16 * DAY, Code.EXPIRED),
    ],
)
def test_card_that_ends_during_a_stay_counts_for_fifteen_days(today: date, code: Code) -> None:
    verdict = _judge(_card(), today=today, admitted_on=LAST - DAY)
    assert verdict.code is code
    if code is Code.ENDED_IN_HOSPITAL:
        assert verdict.pays_until == LAST + 15 * DAY


@pytest.mark.parametrize(
    ("admitted_on", "code"), [(LAST, Code.ENDED_IN_HOSPITAL), (LAST + DAY, Code.EXPIRED)]
)
def test_card_that_was_over_at_admission_is_expired(admitted_on: date, code: Code) -> None:
    assert _judge(_card(), today=LAST + 2 * DAY, admitted_on=admitted_on).code is code


@pytest.mark.parametrize(
    ("admitted_on", "code"), [(FIRST - DAY, Code.BEGAN_IN_HOSPITAL), (FIRST, Code.RIGHT)]
)
def test_card_that_begins_during_a_stay_is_said_so(admitted_on: date, code: Code) -> None:
    assert _judge(_card(), today=FIRST + DAY, admitted_on=admitted_on).code is code


def test_next_card_that_covers_the_whole_stay_is_right() -> None:
    renewed = _card(LAST + DAY, None)
    verdict = _judge(_card(), renewed, today=LAST + 3 * DAY, admitted_on=LAST)
    assert (verdict.code, verdict.card) == (Code.RIGHT, renewed)


def test_card_that_ended_in_hospital_goes_before_one_to_come() -> None:
    coming = _card(LAST + 30 * DAY, None)
    verdict = _judge(_card(), coming, today=LAST + 3 * DAY, admitted_on=LAST)
    assert verdict.code is Code.ENDED_IN_HOSPITAL
    assert _judge(_card(), coming, today=LAST + 3 * DAY).code is Code.NOT_YET


def test_level_that_counts_today_is_told_with_the_card() -> None:
    near_poor = replace(_card(date(2025, 1, 1), None, group="CN"), benefit_level=3)
    assert _judge(near_poor, today=date(2025, 12, 31)).level == 3
    assert _judge(near_poor, today=date(2026, 1, 1)).level == 2
    assert _judge(near_poor, full_name="Lê Văn Tám").level is None


# --- who it is ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"full_name": "Nguyễn Thị Hồng Anh Thư"}, Code.WRONG_NAME),
        ({"full_name": "Lê Văn Tám", "born": 1900, "sex": "M"}, Code.WRONG_NAME),
        ({"born": date(1990, 5, 13)}, Code.WRONG_BIRTH),
        ({"born": 1991, "sex": "M"}, Code.WRONG_BIRTH),
        ({"sex": "M"}, Code.WRONG_SEX),
        ({"number": "HN2010198000001"}, Code.WRONG_CARD),
        ({"number": "HN2010198000001", "sex": "M"}, Code.WRONG_SEX),
    ],
)
def test_what_is_wrong_is_said_in_order_and_nothing_of_the_card(
    changes: dict[str, Any], code: Code
) -> None:
    assert _judge(_card(), **changes) == Verdict(code)


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": "  nguyen  thi HONG anh "},
        {"full_name": "NguyễnThịHồngÁnh"},
        {"born": 1990},
        {"sex": ""},
        {"number": "DN4010198000001"},
    ],
)
def test_what_is_said_less_exactly_is_right_too(changes: dict[str, Any]) -> None:
    assert _judge(_card(), **changes).code is Code.RIGHT


def test_birth_of_which_only_the_year_is_known_is_compared_by_the_year() -> None:
    holder = CardHolder("0198000001", "Nguyễn Thị Hồng Ánh", date(1990, 1, 1), "year", "F", "")
    book = CardBook(holder, (_card(),))
    assert judge(Asked(**ASKED), book, FIRST).code is Code.RIGHT
    other = Asked(**{**ASKED, "born": date(1989, 5, 12)})
    assert judge(other, book, FIRST).code is Code.WRONG_BIRTH


@pytest.mark.parametrize(
    ("died_on", "code"), [(FIRST + DAY, Code.RIGHT), (FIRST, Code.EXPIRED), (LAST, Code.RIGHT)]
)
def test_card_of_who_died_is_over_and_nothing_of_it_is_told(died_on: date, code: Code) -> None:
    book = CardBook(HOLDER, (_card(),), died_on=died_on)
    verdict = judge(Asked(**ASKED), book, FIRST)
    assert verdict.code is code
    assert verdict.has_stopped == (code is Code.EXPIRED)
    assert (verdict.card is None) == (code is Code.EXPIRED)
    stay = Asked(**{**ASKED, "admitted_on": FIRST})
    assert judge(stay, book, FIRST).code is code
    stranger = Asked(**{**ASKED, "full_name": "Lê Văn Tám"})
    assert judge(stranger, book, FIRST) == Verdict(Code.WRONG_NAME)


@pytest.mark.parametrize("book", [None, CardBook(HOLDER, ())])
def test_nobody_and_nobody_with_a_card_are_answered_alike(book: CardBook | None) -> None:
    assert judge(Asked(**ASKED), book, FIRST) == Verdict(Code.UNKNOWN)


@pytest.mark.parametrize("name", ["", "...", " - "])
def test_name_without_letters_is_nobodys(name: str) -> None:
    assert not is_same_name(name, name)


# --- the question ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"number": ""}, Code.MISSING_DATA),
        ({"full_name": ""}, Code.MISSING_DATA),
        ({"born": None}, Code.MISSING_DATA),
        ({"born": FIRST}, None),
        ({"born": FIRST + DAY}, Code.BAD_DATA),
        ({"born": 2026}, None),
        ({"born": 2027}, Code.BAD_DATA),
        ({"born": 1900}, None),
        ({"born": 1899}, Code.BAD_DATA),
        ({"born": 0}, Code.BAD_DATA),
        ({"born": -999}, Code.BAD_DATA),
        ({"born": 10**6}, Code.BAD_DATA),
        ({"born": date(1899, 12, 31)}, Code.BAD_DATA),
        ({"admitted_on": FIRST}, None),
        ({"admitted_on": FIRST + DAY}, Code.BAD_DATA),
        ({"admitted_on": date(1990, 5, 12)}, None),
        ({"admitted_on": date(1990, 5, 11)}, Code.BAD_DATA),
    ],
)
def test_question_that_cannot_be_is_refused(changes: dict[str, Any], code: Code | None) -> None:
    assert check_asked(Asked(**{**ASKED, **changes}), FIRST) is code


_DAYS = st.dates(date(2025, 1, 1), date(2027, 1, 1))


@given(st.lists(st.tuples(_DAYS, st.none() | _DAYS), max_size=4), _DAYS, st.none() | _DAYS)
def test_verdict_says_when_insurance_pays(
    spans: list[tuple[date, date | None]], today: date, admitted_on: date | None
) -> None:
    cards = [_card(a, b if b is None or b >= a else a) for a, b in spans]
    stay = admitted_on if admitted_on is None or admitted_on <= today else today
    verdict = _judge(*cards, today=today, admitted_on=stay)
    valid = any(one.valid_from <= today <= (one.valid_to or date.max) for one in cards)
    if valid:
        assert verdict.code in {Code.RIGHT, Code.BEGAN_IN_HOSPITAL}
    else:
        assert verdict.code not in {Code.RIGHT, Code.BEGAN_IN_HOSPITAL}
    assert (verdict.card is not None) == (verdict.code in IDENTIFIED)
    if verdict.code in COVERED and verdict.pays_until is not None:
        assert verdict.pays_until >= today
