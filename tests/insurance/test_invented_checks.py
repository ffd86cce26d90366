"""Each check of invented lives finds the damage it is there for, and only in a damaged life."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.insurance.invented_world import PLACES, TODAY
from vssid.insurance.invented import invariants as inv
from vssid.insurance.invented.generate import generate_lives
from vssid.insurance.invented.life import Family, PersonLife, Visit
from vssid.insurance.invented.named import named_life

DAY = timedelta(days=1)

Damage = Callable[[Family], Family]
Rows = Sequence[Any]


@dataclass(frozen=True)
class Wound:
    """A damage done to one life of a hand-made family, and the check that must see it."""

    check: inv.Check
    role: str
    damage: Damage
    name: str
    index: int = 0

    def __str__(self) -> str:
        return f"{self.check.__name__}-{self.name}"


def life_with(index: int, **changes: Any) -> Damage:
    """Replace rows of one life of a family."""

    def damage(family: Family) -> Family:
        lives = list(family.lives)
        lives[index] = replace(lives[index], **changes)
        return replace(family, lives=tuple(lives))

    return damage


def person(index: int = 0, **changes: Any) -> Damage:
    """Change what is known of one person."""

    def damage(family: Family) -> Family:
        changed = replace(family.lives[index].person, **changes)
        return life_with(index, person=changed)(family)

    return damage


def row(
    table: str, choose: Callable[[Any], bool] = lambda _: True, /, index: int = 0, **changes: Any
) -> Damage:
    """Change the last chosen row of a kind; a change may be a function of the row."""

    def damage(family: Family) -> Family:
        rows = list(getattr(family.lives[index], table))
        at = max(n for n, one in enumerate(rows) if choose(one))
        values = {k: v(rows[at]) if callable(v) else v for k, v in changes.items()}
        rows[at] = replace(rows[at], **values)
        return life_with(index, **{table: tuple(rows)})(family)

    return damage


def without(kind: str, choose: Callable[[Any], bool], index: int = 0) -> Damage:
    """Take away the chosen rows of a kind."""

    def damage(family: Family) -> Family:
        rows: Rows = getattr(family.lives[index], kind)
        left = tuple(one for one in rows if not choose(one))
        assert len(left) < len(rows)
        return life_with(index, **{kind: left})(family)

    return damage


def twice(kind: str, choose: Callable[[Any], bool] = lambda _: True) -> Damage:
    """Repeat the last chosen row of a kind."""

    def damage(family: Family) -> Family:
        rows: Rows = getattr(family.lives[0], kind)
        again = [one for one in rows if choose(one)][-1]
        return life_with(0, **{kind: (*rows, again)})(family)

    return damage


def of(**values: Any) -> Callable[[Any], bool]:
    """Choose rows whose fields have these values."""
    return lambda one: all(getattr(one, name) == value for name, value in values.items())


def guardians(**changes: Any) -> Damage:
    """Change every guardianship of a family."""
    return lambda family: replace(
        family, guardianships=tuple(replace(g, **changes) for g in family.guardianships)
    )


def employers(**changes: Any) -> Damage:
    """Change every employer of a family."""
    return lambda family: replace(
        family, employers=tuple(replace(e, **changes) for e in family.employers)
    )


def more(field: str) -> Callable[[Any], Any]:
    """One đồng, month or day more than there is."""
    return lambda one: getattr(one, field) + (DAY if isinstance(getattr(one, field), date) else 1)


MATERNITY, SICK = of(regime="Thai sản"), of(regime="Ốm đau")
RECOVERY = of(regime="Dưỡng sức, phục hồi sức khỏe")
BHXH, BHYT, BHTN = of(fund="bhxh"), of(fund="bhyt"), of(fund="bhtn")
ACCIDENTS = of(fund="bhtnld-bnn")
BEFORE_BIRTH = date(1980, 1, 1)

WOUNDS = [
    Wound(inv.check_identity, "worker", person(number="12345"), "short number"),
    Wound(inv.check_identity, "worker", person(sex="M"), "sex against the number"),
    Wound(inv.check_identity, "worker", person(id_kind="", id_number=""), "adult without a card"),
    Wound(inv.check_identity, "worker", person(is_invented=False), "not marked"),
    Wound(inv.check_nothing_before_birth, "worker", person(birth_date=TODAY + DAY), "unborn"),
    Wound(inv.check_nothing_before_birth, "mother", person(3, birth_date=TODAY), "older rows", 3),
    Wound(
        inv.check_nothing_before_birth,
        "worker",
        row("benefits", from_date=BEFORE_BIRTH),
        "benefit before birth",
    ),
    Wound(inv.check_nothing_after_death, "household", person(died_on=date(2020, 1, 1)), "dead"),
    Wound(inv.check_nothing_after_death, "pensioner", person(died_on=TODAY), "pension goes on"),
    Wound(inv.check_nothing_after_death, "empty", person(died_on=TODAY + DAY), "dies tomorrow"),
    Wound(inv.check_household, "worker", person(household_code="x"), "another household"),
    Wound(inv.check_guardians, "mother", guardians(relation="father"), "a mother as father", 3),
    Wound(inv.check_guardians, "mother", guardians(number="0000000000"), "a stranger", 3),
    Wound(
        inv.check_guardians, "mother", lambda f: replace(f, guardianships=()), "nobody at all", 3
    ),
    Wound(inv.check_guardians, "mother", guardians(from_date=date(2000, 1, 1)), "not of age", 3),
    Wound(inv.check_guardians, "mother", person(0, birth_date=date(2012, 1, 1)), "too young", 3),
    Wound(inv.check_working_age, "newcomer", person(birth_date=date(2015, 1, 1)), "a child works"),
    Wound(inv.check_months_are_past, "worker", row("periods", BHXH, to_month=202607), "future"),
    Wound(inv.check_months_are_past, "worker", row("periods", BHXH, to_month=200001), "reversed"),
    Wound(inv.check_no_overlaps, "worker", twice("periods"), "a month paid twice"),
    Wound(
        inv.check_no_work_in_retirement,
        "pensioner",
        row("periods", BHXH, to_month=lambda r: r.to_month + 1),
        "works on",
    ),
    Wound(inv.check_employers_exist, "worker", employers(founded_on=TODAY), "not founded"),
    Wound(inv.check_employers_exist, "worker", employers(closed_on=date(2015, 1, 1)), "closed"),
    Wound(inv.check_employers_exist, "worker", employers(name="x"), "another name"),
    Wound(inv.check_employers_exist, "worker", lambda f: replace(f, employers=()), "unknown"),
    Wound(
        inv.check_employers_exist, "voluntary", row("periods", employer_code="x"), "not employed"
    ),
    Wound(inv.check_minimum_wage, "worker", row("periods", BHXH, wage=5_309_000), "region I"),
    Wound(inv.check_minimum_wage, "teacher", row("periods", BHXH, wage=4_000_000), "coefficient"),
    Wound(inv.check_minimum_wage, "voluntary", row("periods", BHXH, wage=1_499_999), "floor"),
    Wound(inv.check_ceilings, "worker", row("periods", BHXH, wage=90_000_000), "uncut"),
    Wound(
        inv.check_ceilings, "worker", row("periods", BHTN, salary=more("salary")), "not the wage"
    ),
    Wound(inv.check_funds_together, "worker", without("periods", BHTN), "no BHTN"),
    Wound(inv.check_funds_together, "worker", without("periods", ACCIDENTS), "no BHTNLĐ-BNN"),
    Wound(inv.check_funds_together, "worker", without("periods", BHYT), "no BHYT"),
    Wound(inv.check_funds_together, "worker", without("periods", BHXH), "no BHXH"),
    Wound(inv.check_funds_together, "worker", without("benefits", MATERNITY), "leave not granted"),
    Wound(inv.check_funds_together, "worker", row("periods", BHYT, employer_code="x"), "another"),
    Wound(inv.check_late_funds, "late", row("periods", BHTN, state="paid"), "only some are late"),
    Wound(inv.check_late_funds, "late", row("periods", BHYT, state="late"), "BHYT is late"),
    Wound(inv.check_maternity, "worker", person(sex="M"), "a man"),
    Wound(inv.check_maternity, "worker", person(birth_date=date(1965, 1, 1)), "too old"),
    Wound(inv.check_maternity, "worker", person(1, birth_date=date(2020, 9, 1)), "no birth"),
    Wound(
        inv.check_maternity, "worker", row("benefits", MATERNITY, to_date=more("to_date")), "end"
    ),
    Wound(inv.check_maternity, "worker", row("benefits", MATERNITY, amount=more("amount")), "sum"),
    Wound(
        inv.check_maternity,
        "worker",
        without("periods", lambda r: r.fund == "bhxh" and 201801 <= r.from_month <= 201910),
        "nothing paid before",
    ),
    Wound(inv.check_sick_leave, "mother", row("benefits", SICK, amount=more("amount")), "sum"),
    Wound(inv.check_sick_leave, "mother", without("periods", BHXH), "no job"),
    Wound(inv.check_sick_leave, "mother", twice("benefits", SICK), "two at once"),
    Wound(
        inv.check_sick_leave,
        "mother",
        row("benefits", SICK, to_date=lambda r: r.from_date + 60 * DAY),
        "too long",
    ),
    Wound(inv.check_recovery, "mother", row("benefits", RECOVERY, amount=more("amount")), "sum"),
    Wound(inv.check_recovery, "mother", without("benefits", MATERNITY), "without a leave"),
    Wound(inv.check_unemployment, "unemployed", row("benefits", months=8), "months"),
    Wound(inv.check_unemployment, "unemployed", row("benefits", amount=more("amount")), "sum"),
    Wound(inv.check_unemployment, "unemployed", without("periods", BHXH), "never employed"),
    Wound(inv.check_unemployment, "unemployed", without("periods", BHTN), "nothing paid"),
    Wound(
        inv.check_unemployment, "unemployed", row("periods", BHXH, to_month=202605), "still at work"
    ),
    Wound(inv.check_one_time, "one-time", row("benefits", amount=more("amount")), "sum"),
    Wound(
        inv.check_one_time, "one-time", row("benefits", decision_date=date(2020, 6, 30)), "too soon"
    ),
    Wound(
        inv.check_one_time, "one-time", row("benefits", decision_date=date(2024, 1, 1)), "in a job"
    ),
    Wound(inv.check_one_time, "one-time", twice("benefits"), "settled twice"),
    Wound(inv.check_one_time, "one-time", without("periods", BHXH), "nothing to settle"),
    Wound(inv.check_pension, "pensioner", row("benefits", amount=more("amount")), "sum"),
    Wound(inv.check_pension, "pensioner", person(birth_date=date(1968, 5, 1)), "too young"),
    Wound(
        inv.check_pension,
        "pensioner",
        without("periods", lambda r: r.from_month < 200801),
        "not enough months",
    ),
    Wound(
        inv.check_pension_increases,
        "pensioner",
        without("benefit_entries", of(from_date=date(2026, 7, 1))),
        "one missing",
    ),
    Wound(
        inv.check_pension_increases,
        "pensioner",
        row("benefit_entries", of(kind="adjustment"), amount=more("amount")),
        "amount",
    ),
    Wound(inv.check_payments, "pensioner", row("benefit_entries", amount=more("amount")), "amount"),
    Wound(
        inv.check_payments, "pensioner", row("benefit_entries", from_date=TODAY + DAY), "tomorrow"
    ),
    Wound(
        inv.check_payments, "unemployed", row("benefit_entries", benefit_id=UUID(int=1)), "stray"
    ),
    Wound(
        inv.check_accident,
        "injured",
        row("benefits", of(kind="tnld-bnn"), amount=more("amount")),
        "sum",
    ),
    Wound(
        inv.check_accident,
        "injured",
        row("benefits", of(kind="tnld-bnn"), impairment_percent=40),
        "too grave",
    ),
    Wound(inv.check_accident, "injured", without("periods", BHXH), "no job"),
    Wound(inv.check_card_numbers, "near-poor", row("cards", benefit_level=3), "level of last year"),
    Wound(
        inv.check_card_numbers,
        "near-poor",
        lambda f: life_with(0, cards=(replace(f.lives[0].cards[0], valid_to=None),))(f),
        "outlives its level",
    ),
    Wound(inv.check_card_numbers, "worker", row("cards", card_number="DN3010196601000"), "number"),
    Wound(inv.check_cards_do_not_overlap, "worker", twice("cards"), "two at once"),
    Wound(
        inv.check_cards_do_not_overlap, "newcomer", row("cards", valid_from=TODAY + DAY), "future"
    ),
    Wound(
        inv.check_cards_do_not_overlap,
        "household",
        row("cards", valid_to=date(2014, 1, 1)),
        "reversed",
    ),
    Wound(
        inv.check_five_year_date,
        "worker",
        row("cards", five_year_date=more("five_year_date")),
        "a day late",
    ),
    Wound(
        inv.check_five_year_date,
        "worker",
        row("cards", of(valid_to=date(2017, 6, 30)), valid_to=date(2017, 5, 1)),
        "a break of four months",
    ),
    Wound(inv.check_cards_follow_status, "worker", row("cards", group_code="HT"), "no pensioner"),
    Wound(inv.check_cards_follow_status, "worker", row("cards", group_code="GD"), "no household"),
    Wound(inv.check_cards_follow_status, "pensioner", without("benefits", of()), "no pension"),
    Wound(
        inv.check_cards_follow_status, "pensioner", without("cards", of(group_code="HT")), "none"
    ),
    Wound(inv.check_cards_follow_status, "unemployed", row("cards", group_code="BT"), "not 80"),
    Wound(inv.check_cards_follow_status, "student", without("periods", BHYT), "nothing paid"),
    Wound(inv.check_cards_follow_status, "student", without("cards", of()), "paid without a card"),
    Wound(inv.check_cards_follow_status, "student", person(birth_date=date(1990, 1, 1)), "too old"),
    Wound(
        inv.check_cards_follow_status, "mother", without("cards", of(), 3), "small child without", 3
    ),
    Wound(inv.check_visits_inside_cover, "household", without("cards", of()), "no card"),
    Wound(
        inv.check_visits_inside_cover, "household", row("visits", facility_code="x"), "elsewhere"
    ),
    Wound(inv.check_visits_inside_cover, "household", twice("visits"), "two at once"),
    Wound(
        inv.check_visits_inside_cover,
        "household",
        row("visits", left_at=lambda v: v.entered_at - DAY),
        "reversed",
    ),
    Wound(
        inv.check_visits_inside_cover,
        "household",
        row("visits", visit_kind="inpatient"),
        "no night",
    ),
    Wound(inv.check_costs_add_up, "household", row("visits", total=more("total")), "visit"),
    Wound(inv.check_costs_add_up, "household", row("visits", co_paid=more("co_paid")), "share"),
    Wound(inv.check_costs_add_up, "household", row("visit_costs", amount=more("amount")), "line"),
    Wound(
        inv.check_costs_add_up,
        "household",
        row("visit_costs", unit_price=more("unit_price")),
        "price",
    ),
    Wound(inv.check_costs_add_up, "household", without("visits", of()), "lines without a visit"),
    Wound(inv.check_benefit_share, "household", row("visit_costs", benefit_rate=95), "rate"),
    Wound(inv.check_benefit_share, "household", row("visit_costs", benefit_rate=0), "not covered"),
    Wound(inv.check_benefit_share, "household", row("cards", benefit_level=1), "level"),
    Wound(
        inv.check_benefit_share,
        "household",
        row("visit_costs", of(benefit_rate=80), insurance_paid=more("insurance_paid")),
        "more than its rate",
    ),
    Wound(
        inv.check_diseases_fit, "household", row("visits", disease_code="O80"), "a man gives birth"
    ),
    Wound(inv.check_diseases_fit, "voluntary", row("visits", disease_code="N40"), "a woman's N40"),
    Wound(inv.check_diseases_fit, "student", row("visits", disease_code="H25.9"), "too young"),
    Wound(inv.check_papers, "mother", row("papers", visit_id=UUID(int=1)), "no visit"),
    Wound(inv.check_papers, "mother", row("papers", issued_on=more("issued_on")), "another day"),
    Wound(inv.check_papers, "mother", without("benefits", SICK), "sick note without pay"),
    Wound(inv.check_papers, "mother", row("papers", kind="Giấy chứng sinh"), "nobody was born"),
]


def family_of(role: str) -> Family:
    """The hand-made family of a role, whole and well."""
    return named_life(role, TODAY, PLACES[0], PLACES[1:])


def lay_out(family: Family, index: int) -> inv.Case:
    return inv.Case.of(family.lives[index], family, TODAY)


@pytest.mark.parametrize("wound", WOUNDS, ids=str)
def test_a_damage_is_found(wound: Wound) -> None:
    family = family_of(wound.role)
    assert wound.check(lay_out(family, wound.index)) == []
    assert wound.check(lay_out(wound.damage(family), wound.index)) != []


def test_every_check_is_tried() -> None:
    assert {wound.check for wound in WOUNDS} == set(inv.CHECKS)


def test_problems_name_person_and_check() -> None:
    family = person(household_code="x")(family_of("empty"))
    number = family.lives[0].person.number
    assert inv.problems(family, TODAY) == [f"{number}: check_household: another household's code"]


def test_a_head_who_lives_elsewhere_is_found() -> None:
    family = family_of("worker")
    moved = replace(family, household=replace(family.household, head_number="0000000000"))
    assert inv.check_household(lay_out(moved, 0)) == ["the head lives elsewhere"]


def crowd() -> list[tuple[Family, PersonLife]]:
    families = generate_lives(21, 600, TODAY, PLACES)
    return [(family, life) for family in families for life in family.lives]


def test_an_open_card_of_a_dead_person_is_found() -> None:
    family, life = next((f, x) for f, x in crowd() if x.person.died_on and x.cards)
    index = family.lives.index(life)
    assert inv.check_nothing_after_death(lay_out(family, index)) == []
    reopened = row("cards", index=index, valid_to=None)(family)
    assert inv.check_nothing_after_death(lay_out(reopened, index)) == ["an open card of the dead"]


def test_a_commune_station_pays_in_full() -> None:
    family, life = next(
        (family, life)
        for family, life in crowd()
        if life.visits
        and life.visits[-1].facility_name.startswith("Trạm y tế")
        and life.visits[-1].total > 400_000
        and life.cards[-1].benefit_level == 4
    )
    index = family.lives.index(life)
    assert inv.check_benefit_share(lay_out(family, index)) == []
    renamed = row("visits", index=index, facility_name="Bệnh viện")(family)
    assert "line 1 is paid at 100 %" in inv.check_benefit_share(lay_out(renamed, index))


def sent_on() -> tuple[Family, PersonLife, Visit]:
    """Somebody whose card is a station's, treated at its hospital."""
    return next(
        (family, life, visit)
        for family, life in crowd()
        for visit in life.visits
        if visit.facility_code == "01901" and life.cards[-1].facility_code == "01906"
    )


def test_station_sends_nobody_on_whom_it_can_treat() -> None:
    family, life, visit = sent_on()
    index = family.lives.index(life)
    at = life.visits.index(visit)
    assert inv.check_visits_inside_cover(lay_out(family, index)) == []
    for elsewhere in (
        replace(visit, disease_code="J06.9"),
        replace(visit, facility_name="Trạm y tế xã khác"),
        replace(visit, facility_code="79902"),
    ):
        visits = (*life.visits[:at], elsewhere, *life.visits[at + 1 :])
        lives = tuple(replace(x, visits=visits) if x is life else x for x in family.lives)
        found = inv.check_visits_inside_cover(lay_out(replace(family, lives=lives), index))
        assert found == ["a visit at another facility than the card's"]


def test_nobody_lies_in_a_bed_of_a_station_that_has_a_hospital() -> None:
    home = PLACES[-1]
    lives = [x for f in generate_lives(4, 300, TODAY, [home]) for x in f.lives]
    visits = [visit for life in lives for visit in life.visits]
    at_station = [visit for visit in visits if visit.facility_code == home.facility_code]
    at_hospital = [visit for visit in visits if visit.facility_code == home.hospital_code]
    assert at_station
    assert len(at_station) + len(at_hospital) == len(visits)
    assert {visit.visit_kind for visit in at_station} == {"outpatient"}
    assert {visit.visit_kind for visit in at_hospital} == {"inpatient", "outpatient"}
    assert not any(visit.co_paid for visit in at_station)
    assert any(visit.co_paid for visit in at_hospital)
