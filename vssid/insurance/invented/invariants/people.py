"""Who a person is, and who answers for a child."""

from datetime import date

from vssid.insurance.invented.invariants.case import Case, local_day
from vssid.insurance.invented.life import Guardianship, Person
from vssid.insurance.invented.timeline import age_on, counted_from_stored, first_day

ID_CARD_AGE = 14


def check_identity(case: Case) -> list[str]:
    """Numbers have their shape and agree with sex and year of birth (TT 59/2021/TT-BCA)."""
    person, found = case.life.person, []
    if len(person.number) != 10 or not person.number.isdigit():
        found.append(f"number {person.number} is not ten digits")
    if person.id_kind == "cccd":
        century = (person.birth_date.year // 100 - 19) * 2 + (person.sex == "F")
        expected = f"{century}{person.birth_date.year % 100:02d}"
        if len(person.id_number) != 12 or person.id_number[3:6] != expected:
            found.append(f"personal number {person.id_number} does not tell sex and year of birth")
    if person.id_kind == "" and person.id_number:
        found.append("an identity number without a document")
    if person.id_kind == "" and age_on(person.birth_date, case.today) >= ID_CARD_AGE:
        found.append("nobody of fourteen or more is without an identity document")
    if not person.is_invented:
        found.append("an invented person is not marked")
    return found


def check_nothing_before_birth(case: Case) -> list[str]:
    """Birth is not in the future; no row is older than the person."""
    born, found = case.life.person.birth_date, []
    if born > case.today:
        found.append("born in the future")
    if any(card.valid_from < born for card in case.life.cards):
        found.append("a card is valid before birth")
    if any(local_day(visit.entered_at) < born for visit in case.life.visits):
        found.append("a visit before birth")
    if any(benefit.from_date < born for benefit in case.life.benefits):
        found.append("a benefit before birth")
    return found


def check_nothing_after_death(case: Case) -> list[str]:
    """After death nothing is paid, visited, decided or valid."""
    died = case.life.person.died_on
    if died is None:
        return []
    found = [] if died <= case.today else ["died in the future"]
    found += [
        f"{row.fund} is paid after death"
        for row in case.life.periods
        if first_day(counted_from_stored(row.to_month)) > died
    ]
    found += ["a card outlives its holder" for c in case.life.cards if (c.valid_to or died) > died]
    found += ["an open card of the dead" for c in case.life.cards if c.valid_to is None]
    found += ["a visit after death" for v in case.life.visits if local_day(v.left_at) > died]
    found += ["a decision after death" for b in case.life.benefits if b.decision_date > died]
    found += ["a payment after death" for e in case.life.benefit_entries if e.from_date > died]
    found += [
        "a pension goes on after death"
        for b in case.life.benefits
        if b.kind == "hang-thang" and b.to_date != died
    ]
    return found


def check_household(case: Case) -> list[str]:
    """Everybody of a family has its household code, and the head is one of them."""
    found = []
    if case.life.person.household_code != case.family.household.code:
        found.append("another household's code")
    if case.family.household.head_number not in {x.person.number for x in case.family.lives}:
        found.append("the head lives elsewhere")
    return found


def check_guardians(case: Case) -> list[str]:
    """A minor has a guardian of the household: of age, alive at the time, of the stated sex.

    Father and mother are at least 15 years older than the child; a guardian by law is of age
    (Bộ luật Dân sự 2015 Đ.47, 48).
    """
    child = case.life.person
    rows = [g for g in case.family.guardianships if g.child_number == child.number]
    found = []
    if age_on(child.birth_date, case.today) < 18 and not rows:
        found.append("a minor without a guardian")
    people = {life.person.number: life.person for life in case.family.lives}
    for row in rows:
        guardian = people.get(row.number)
        if guardian is None:
            found.append("the guardian lives elsewhere")
        else:
            found += _unfit(guardian, child, row)
    return found


def _unfit(guardian: Person, child: Person, row: Guardianship) -> list[str]:
    found = []
    if {"father": "M", "mother": "F"}.get(row.relation, guardian.sex) != guardian.sex:
        found.append(f"the {row.relation} has the wrong sex")
    if row.relation != "guardian" and age_on(guardian.birth_date, child.birth_date) < 15:
        found.append(f"the {row.relation} is too young")
    if age_on(guardian.birth_date, row.from_date) < 18 or _dead_before(guardian, row.from_date):
        found.append("the guardian was not of age or not alive")
    return found


def _dead_before(person: Person, day: date) -> bool:
    return person.died_on is not None and person.died_on < day
