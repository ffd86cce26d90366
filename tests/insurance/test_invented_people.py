"""Invented people: the same in every run, each number once, and lives that hold together."""

from collections import Counter
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.invented_world import PLACES, TODAY
from vssid.insurance.invented.employers import employers_of, invented_employers
from vssid.insurance.invented.generate import generate_lives
from vssid.insurance.invented.invariants import problems
from vssid.insurance.invented.life import Family, PersonLife
from vssid.insurance.invented.named import ROLES, named_life
from vssid.insurance.invented.numbers import (
    LEGACY_PROVINCES,
    NAMED_SERIALS_FROM,
    insurance_number,
    personal_number,
)

MANY = 10_000


@lru_cache(maxsize=1)
def few_families() -> tuple[Family, ...]:
    """A thousand people, shared by the tests that only read."""
    return tuple(generate_lives(11, 1000, TODAY, PLACES))


def few_lives() -> list[PersonLife]:
    return [life for family in few_families() for life in family.lives]


def test_ten_thousand_lives_hold_together() -> None:
    found: list[str] = []
    people = 0
    for family in generate_lives(3, MANY, TODAY, PLACES):
        people += len(family.lives)
        found += problems(family, TODAY)
    assert people >= MANY
    assert found == []


@pytest.mark.parametrize("today", [date(2025, 6, 30), date(2026, 1, 1), date(2028, 2, 29)])
def test_lives_hold_together_on_other_days(today: date) -> None:
    families = generate_lives(5, 400, today, PLACES)
    assert [p for family in families for p in problems(family, today)] == []


def test_the_same_seed_makes_the_same_people_however_many_are_asked_for() -> None:
    few = list(generate_lives(7, 60, TODAY, PLACES))
    more = list(islice(generate_lives(7, 300, TODAY, PLACES), len(few)))
    assert few == more


def test_work_can_be_shared_out_in_ranges() -> None:
    whole = list(generate_lives(7, 60, TODAY, PLACES))
    parts = [
        family
        for first in (0, 20, 40)
        for family in generate_lives(7, 20, TODAY, PLACES, first=first)
    ]
    assert parts == whole


def test_another_seed_makes_other_people() -> None:
    ours = [life.person.full_name for life in few_lives()[:30]]
    theirs = [
        life.person.full_name
        for family in generate_lives(12, 30, TODAY, PLACES)
        for life in family.lives
    ]
    assert ours != theirs[:30]


def test_a_family_is_never_cut() -> None:
    assert sum(len(f.lives) for f in generate_lives(7, 61, TODAY, PLACES)) >= 61
    for family in few_families():
        assert family.household.head_number == family.lives[0].person.number


@pytest.mark.parametrize(("count", "first"), [(10, 5), (10, -10), (9_000_001, 0)])
def test_a_bad_range_is_refused(count: int, first: int) -> None:
    with pytest.raises(ValueError, match="multiple of ten"):
        next(generate_lives(7, count, TODAY, PLACES, first=first))


def test_people_need_a_place_to_live() -> None:
    with pytest.raises(ValueError, match="place"):
        next(generate_lives(7, 10, TODAY, []))


def test_everybody_is_marked_as_invented() -> None:
    assert all(life.person.is_invented for life in few_lives())
    assert all(unit.is_invented for unit in invented_employers(PLACES, TODAY))


def test_no_number_phone_or_row_id_occurs_twice() -> None:
    families = [*few_families(), *(named_life(role, TODAY, PLACES[0]) for role in ROLES)]
    lives = [life for family in families for life in family.lives]
    people = [life.person for life in lives]
    assert len({p.number for p in people}) == len(people)
    for values in (
        [p.phone for p in people if p.phone],
        [p.email for p in people if p.email],
        [p.id_number for p in people if p.id_number],
        [family.household.code for family in families],
        [row.id for life in lives for row in (*life.periods, *life.benefits, *life.visits)],
        [row.id for life in lives for row in (*life.cards, *life.visit_costs, *life.papers)],
    ):
        assert max(Counter(values).values()) == 1


def test_every_phone_is_a_plainly_serial_mobile() -> None:
    phones = [life.person.phone for life in few_lives() if life.person.phone]
    assert len(phones) > 300
    for phone in phones:
        assert phone.startswith("+84900")
        number = phonenumbers.parse(phone)
        assert phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE


def test_row_ids_are_of_version_seven_and_bear_the_day() -> None:
    for life in few_lives()[:50]:
        for card in life.cards:
            assert card.id.version == 7
            moment = datetime.fromtimestamp((card.id.int >> 80) / 1000, tz=UTC)
            assert moment.date() == card.valid_from


@given(st.integers(0, 8_999_999), st.integers(0, 8_999_999), st.sampled_from(LEGACY_PROVINCES))
def test_two_serials_never_share_a_number(a: int, b: int, province: str) -> None:
    for one, two in ((a, b), (a, a % 1_000_000), (a, NAMED_SERIALS_FROM + b % 1000)):
        if one != two:
            born = date(1990, 5, 1)
            assert insurance_number(one, province)[2:] != insurance_number(two, province)[2:]
            assert personal_number(one, province, "F", born) != personal_number(
                two, province, "F", born
            )


def test_a_personal_number_tells_province_century_sex_and_year() -> None:
    assert personal_number(5, "79", "M", date(1985, 3, 1))[:6] == "079085"
    assert personal_number(5, "79", "F", date(1985, 3, 1))[:6] == "079185"
    assert personal_number(5, "01", "M", date(2004, 3, 1))[:6] == "001204"
    assert personal_number(5, "01", "F", date(2004, 3, 1))[:6] == "001304"


def test_the_crowd_is_a_mixture() -> None:
    lives = few_lives()
    groups = Counter(card.group_code for life in lives for card in life.cards)
    assert {"DN", "HC", "HX", "HT", "TE", "HS", "SV", "GD", "CN", "HN", "TN", "BT"} <= set(groups)
    regimes = {row.regime for life in lives for row in life.benefits}
    assert {"Thai sản", "Ốm đau", "Trợ cấp thất nghiệp", "Lương hưu", "BHXH một lần"} <= regimes
    assert {row.state for life in lives for row in life.periods} == {"paid", "late"}
    assert any(life.person.died_on for life in lives)
    assert any(life.person.birth_date_precision == "year" for life in lives)


def test_each_place_has_every_sector_open_in_every_month_since_1995() -> None:
    for place in PLACES:
        units = employers_of(place, TODAY)
        for sector in ("HC", "TA", "TB", "HX"):
            assert any(
                unit.code.startswith(sector)
                and unit.founded_on <= date(1995, 1, 1)
                and unit.closed_on is None
                for unit in units
            )
        assert all(unit.closed_on is None or unit.closed_on <= TODAY for unit in units)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("today", [date(2024, 3, 31), TODAY, date(2026, 11, 22), date(2031, 1, 1)])
def test_hand_made_lives_hold_together(role: str, today: date) -> None:
    assert problems(named_life(role, today, PLACES[0], PLACES[1:]), today) == []


def named(role: str) -> PersonLife:
    return named_life(role, TODAY, PLACES[0], PLACES[1:]).lives[0]


def groups_now(life: PersonLife) -> set[str]:
    return {c.group_code for c in life.cards if c.valid_to is None or c.valid_to >= TODAY}


def test_the_worker_has_some_twelve_years_with_several_employers_and_a_child() -> None:
    life = named("worker")
    bhxh = [row for row in life.periods if row.fund == "bhxh"]
    assert len({row.employer_code for row in bhxh}) == 3
    assert (bhxh[0].from_month, bhxh[-1].to_month) == (201312, 202606)
    assert [row.regime for row in life.benefits].count("Thai sản") == 1


def test_the_pensioner_sees_the_increases_up_to_july_2026() -> None:
    life = named("pensioner")
    rises = [row for row in life.benefit_entries if row.kind == "adjustment"]
    assert rises[-1].from_date == date(2026, 7, 1)
    assert rises[-1].note == "Tăng 8 % theo Nghị định 162/2026/NĐ-CP"
    assert rises[-1].amount == rises[-2].amount * 1080 // 1000
    assert groups_now(life) == {"HT"}


def test_the_mother_has_a_small_child_and_a_pupil() -> None:
    family = named_life("mother", TODAY, PLACES[0])
    assert [groups_now(life) for life in family.lives[2:]] == [{"HS"}, {"TE"}]
    relations = Counter(row.relation for row in family.guardianships)
    assert relations == {"mother": 2, "father": 2}


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        ("teacher", {"HC"}),
        ("unemployed", {"TN"}),
        ("voluntary", {"GD"}),
        ("newcomer", {"DN"}),
        ("household", {"GD"}),
        ("near-poor", {"CN"}),
        ("student", {"SV"}),
        ("empty", set()),
    ],
)
def test_the_card_of_a_role(role: str, groups: set[str]) -> None:
    assert groups_now(named(role)) == groups


def test_the_empty_person_has_nothing_at_all() -> None:
    life = named("empty")
    assert not any((life.cards, life.periods, life.benefits, life.visits, life.papers))


@pytest.mark.parametrize(
    ("role", "regime"),
    [
        ("unemployed", "Trợ cấp thất nghiệp"),
        ("one-time", "BHXH một lần"),
        ("injured", "Trợ cấp tai nạn lao động một lần"),
    ],
)
def test_the_benefit_of_a_role(role: str, regime: str) -> None:
    assert regime in {row.regime for row in named(role).benefits}


def test_the_late_employer_owes_four_months_but_not_health_insurance() -> None:
    rows = [row for row in named("late").periods if row.state == "late"]
    assert {row.fund for row in rows} == {"bhxh", "bhtn", "bhtnld-bnn"}
    assert {(row.from_month, row.to_month) for row in rows} == {(202603, 202606)}


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(KeyError, match="astronaut"):
        named_life("astronaut", TODAY, PLACES[0])
