"""What a card pays on a day, and why there is none."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.insurance.building import a_span
from vssid.insurance import card_rules
from vssid.insurance.card_rules import NoCard
from vssid.insurance.records import CardBook, CardDetails, CardHolder
from vssid.kernel.months import Month

TODAY = date(2026, 11, 28)
HOLDER = CardHolder("0123456789", "Nguyễn Thị An", date(1990, 5, 12), "day", "F", "")
CARD = CardDetails(
    card_number="DN4010123456789",
    group_code="DN",
    benefit_level=4,
    issuing_province="01",
    facility_code="01003",
    facility_name="Bệnh viện Thử nghiệm",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    five_year_date=date(2020, 4, 1),
    living_area="",
    issued_on=date(2025, 12, 1),
)
NEAR_POOR = replace(CARD, group_code="CN", benefit_level=3, valid_from=date(2025, 7, 1))


def _book(*cards: CardDetails, **facts: Any) -> CardBook:
    return CardBook(HOLDER, cards, **facts)


@pytest.mark.parametrize(
    ("day", "level", "percent", "changed"),
    [
        (date(2025, 12, 31), 3, 95, None),
        (date(2026, 1, 1), 2, 100, date(2026, 1, 1)),
        (TODAY, 2, 100, date(2026, 1, 1)),
    ],
)
def test_card_of_the_near_poor_pays_by_the_law_of_the_day(
    day: date, level: int, percent: int, changed: date | None
) -> None:
    found = card_rules.cover(NEAR_POOR, day)
    assert (found.printed, found.level, found.percent) == (3, level, percent)
    assert found.changed_on == changed
    assert found.is_whole == (percent == 100)
    assert (found.law == "NQ 261/2025/QH15") == (changed is not None)


def test_card_printed_after_the_change_says_it_itself() -> None:
    new = replace(NEAR_POOR, benefit_level=2, valid_from=date(2026, 1, 1))
    assert card_rules.cover(new, TODAY).changed_on is None
    early = replace(NEAR_POOR, benefit_level=2)
    assert card_rules.cover(early, TODAY).changed_on is None


@pytest.mark.parametrize(
    ("day", "small", "most"),
    [
        (date(2026, 6, 30), 351_000, 14_040_000),
        (date(2026, 7, 1), 379_500, 15_180_000),
        (date(2019, 7, 1), 223_500, 8_940_000),
    ],
)
def test_sums_are_those_of_the_base_wage_of_the_day(day: date, small: int, most: int) -> None:
    found = card_rules.cover(CARD, day)
    assert (found.small_bill, found.co_payments) == (small, most)
    assert found.has_five_years == (day >= date(2020, 4, 1))


def test_law_of_the_day_is_cited() -> None:
    assert "NĐ 146/2018" in card_rules.cover(CARD, date(2025, 6, 30)).by_laws
    assert "NĐ 188/2025" in card_rules.cover(CARD, date(2025, 7, 1)).by_laws


def test_valid_card_lacks_nothing() -> None:
    assert card_rules.without_card(_book(CARD), TODAY) is None


def test_who_died_has_no_card_from_that_day() -> None:
    book = _book(CARD, died_on=date(2026, 9, 1))
    found = card_rules.without_card(book, TODAY)
    assert found is not None
    assert (found.why, found.day) == (NoCard.DIED, date(2026, 9, 1))
    assert card_rules.without_card(book, date(2026, 8, 31)) is None


@pytest.mark.parametrize(
    ("cards", "job", "why"),
    [
        ([replace(CARD, valid_from=date(2027, 1, 1), valid_to=None)], None, NoCard.COMING),
        ([], None, NoCard.NEVER),
        # Contributions ended: with and without a card before.
        ([], ("paid", 202001, 202312), NoCard.JOB_ENDED),
        ([replace(CARD, valid_to=date(2026, 3, 31))], ("paid", 202001, 202603), NoCard.JOB_ENDED),
        # The record of the last month or two may not be in yet.
        ([replace(CARD, valid_to=date(2026, 3, 31))], ("paid", 202001, 202609), NoCard.ENDED),
        ([], ("paid", 202001, 202609), NoCard.NOT_ISSUED),
        # A running job whose employer owes.
        ([replace(CARD, valid_to=date(2026, 3, 31))], ("late", 202604, 202610), NoCard.OWED),
        ([], ("late", 202604, 202610), NoCard.OWED),
        # A household's card does not end with a job.
        (
            [replace(CARD, group_code="GD", valid_to=date(2026, 3, 31))],
            ("paid", 202001, 202312),
            NoCard.ENDED,
        ),
    ],
)
def test_reason_is_what_the_record_tells(
    cards: list[CardDetails], job: tuple[str, int, int] | None, why: NoCard
) -> None:
    last_job = a_span(*job, "Công ty A") if job else None
    found = card_rules.without_card(_book(*cards, last_job=last_job), TODAY)
    assert found is not None
    assert found.why is why
    if cards and why is not NoCard.COMING:
        assert (found.day, found.group) == (cards[0].valid_to, cards[0].group_code)
    if job and why is not NoCard.ENDED:
        assert (found.month, found.employer_name) == (Month.from_yyyymm(job[2]), "Công ty A")


def test_of_an_old_card_and_one_to_come_the_coming_one_is_told() -> None:
    old = replace(CARD, valid_to=date(2026, 3, 31))
    coming = replace(CARD, valid_from=date(2026, 12, 1))
    found = card_rules.without_card(_book(coming, old), TODAY)
    assert found is not None
    assert (found.why, found.day) == (NoCard.COMING, date(2026, 12, 1))
