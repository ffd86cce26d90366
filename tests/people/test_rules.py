"""Ages and what a guardian sees, on the days around each birthday; what a share shows."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.people import rules
from vssid.people.models import SHARED_AT_MOST, Relation
from vssid.people.visibility import GUARDIAN_SIGHT, OF_AGE, Part, Sight

DAY = timedelta(days=1)
FULL, PLAIN, NOTHING = Sight.FULL, Sight.PLAIN, Sight.NOTHING
# Part by part: personal, card, contributions, benefits, medical book, medical details.
TABLE = {
    range(7): (FULL, FULL, FULL, FULL, FULL, FULL),
    range(7, 15): (FULL, FULL, FULL, FULL, FULL, PLAIN),
    range(15, 16): (FULL, FULL, PLAIN, PLAIN, FULL, PLAIN),
    range(16, 18): (PLAIN, FULL, PLAIN, PLAIN, PLAIN, NOTHING),
    range(18, 100): (NOTHING,) * 6,
}


def _seen(born: date, on: date, precision: str = "day") -> tuple[Sight, ...]:
    age = rules.age_on(born, precision, on)
    sights = rules.guardian_sight(age=age, is_ward=False, on=on)
    return tuple(sights[part] for part in Part)


def _by_table(age: int) -> tuple[Sight, ...]:
    return next(sights for ages, sights in TABLE.items() if age in ages)


@pytest.mark.parametrize("years", [6, 7, 15, 16, 18])
def test_guardian_sees_by_the_table_the_day_before_on_and_after_a_birthday(years: int) -> None:
    birthday = date(2026, 11, 28)
    born = birthday.replace(year=birthday.year - years)
    assert _seen(born, birthday - DAY) == _by_table(years - 1)
    assert _seen(born, birthday) == _by_table(years)
    assert _seen(born, birthday + DAY) == _by_table(years)


@pytest.mark.parametrize(("years", "year"), [(7, 2020), (15, 2012), (16, 2012), (18, 2008)])
def test_birthday_of_29_february_is_1_march_in_a_common_year(years: int, year: int) -> None:
    born = date(year, 2, 29)
    year += years
    last = date(year, 2, 28)
    assert rules.age_on(born, "day", last) == years - 1
    birthday = date(year, 2, 29) if years % 4 == 0 else date(year, 3, 1)
    assert rules.age_on(born, "day", birthday - DAY) == years - 1
    assert rules.age_on(born, "day", birthday) == years
    assert _seen(born, birthday) == _by_table(years)


@pytest.mark.parametrize("years", [7, 15, 16, 18])
def test_year_of_birth_alone_counts_as_late_as_possible(years: int) -> None:
    born = date(2026 - years, 1, 1)
    last = date(2026, 12, 31)
    assert _seen(born, last - DAY, "year") == _by_table(years - 1)
    assert _seen(born, last, "year") == _by_table(years)
    assert _seen(born, last + DAY, "year") == _by_table(years)


@given(st.dates(date(1990, 1, 1), date(2020, 12, 31)), st.integers(0, 20 * 366))
def test_age_is_the_number_of_birthdays_that_came(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    came = [y for y in range(born.year + 1, on.year + 1) if _birthday(born, y) <= on]
    assert rules.age_on(born, "day", on) == len(came)


def _birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def test_older_never_means_that_more_is_seen() -> None:
    on = date(2026, 11, 28)
    for part in Part:
        seen = [rules.guardian_sight(age=a, is_ward=False, on=on)[part] for a in range(30)]
        assert seen == sorted(seen, reverse=True), part


def test_every_part_has_one_row_for_each_age_below_18_and_says_its_source() -> None:
    covered = Counter(
        (rule.part, age) for rule in GUARDIAN_SIGHT for age in range(rule.from_age, rule.to_age)
    )
    assert covered == Counter((part, age) for part in Part for age in range(OF_AGE))
    for rule in GUARDIAN_SIGHT:
        assert rule.source
        assert rule.sight is FULL or rule.is_ours, rule


def test_before_a_rule_is_in_force_nothing_is_shown() -> None:
    early = rules.guardian_sight(age=5, is_ward=False, on=date(2023, 12, 31))
    assert early[Part.MEDICAL_DETAILS] is NOTHING
    assert early[Part.CARD] is FULL


@pytest.mark.parametrize("age", [18, 19, 60])
def test_ward_by_a_court_is_seen_whole_after_18(age: int) -> None:
    on = date(2026, 11, 28)
    assert set(rules.guardian_sight(age=age, is_ward=True, on=on).values()) == {FULL}


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("is_open", [True, False])
def test_only_an_open_guardianship_of_a_guardian_goes_on_after_18(
    relation: Relation, *, is_open: bool
) -> None:
    goes_on = rules.is_ward(relation=relation, is_open=is_open)
    assert goes_on is (relation is Relation.GUARDIAN and is_open)


@pytest.mark.parametrize("part", rules.SHARED_PARTS)
def test_share_shows_what_was_chosen_and_nothing_else(part: Part) -> None:
    shown = {one for one, sight in rules.shared_sight(frozenset({part})).items() if sight is FULL}
    with_it = {Part.MEDICAL_DETAILS} if part is Part.MEDICAL_BOOK else set()
    assert shown == {part} | with_it
    assert PLAIN not in rules.shared_sight(frozenset({part})).values()


def test_no_term_is_longer_than_six_months() -> None:
    assert list(rules.SHARE_TERMS) == ["day", "week", "month", "half-year"]
    assert max(rules.SHARE_TERMS.values()) == SHARED_AT_MOST == timedelta(days=180)
