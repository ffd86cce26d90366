"""Families of invented people, as many as wanted, the same in every run."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count as count_from
from random import Random

from vssid.insurance.invented.assemble import assemble, draw_contact
from vssid.insurance.invented.careers import (
    Career,
    end_of_schooling,
    random_career,
    random_informal,
)
from vssid.insurance.invented.employers import employers_of
from vssid.insurance.invented.household import (
    BLOCK,
    CHILD,
    HEAD,
    SPOUSE,
    Member,
    compose_household,
    household_sizes,
)
from vssid.insurance.invented.life import (
    Employer,
    Family,
    Guardianship,
    Household,
    PersonLife,
    Place,
)
from vssid.insurance.invented.names import (
    full_name,
    pick_ethnicity,
    pick_surname,
    region_of,
    street_line,
)
from vssid.insurance.invented.numbers import (
    MOST_PEOPLE,
    household_code,
    insurance_number,
    random_for,
    row_id,
)
from vssid.insurance.invented.plan import Plan, Setting, Someone
from vssid.insurance.invented.timeline import age_on, counted

_BLOCKS_WITH_OWN_PLACE = 100_000
_SECTORS = ("TA", "TB", "HC", "HX", "")
_TOWN_WEIGHTS = (36, 24, 13, 2, 25)
_COUNTRY_WEIGHTS = (30, 10, 12, 6, 42)
_FIRST_STUDENTS = 1980
_TOO_OLD_FOR_RECORDS = 1950


@dataclass(frozen=True, slots=True)
class _Home:
    """What the people of one household share."""

    place: Place
    region: str
    ethnicity: str
    surname: str
    street: str
    code: str
    wealth: str
    births: tuple[date, ...]


def generate_lives(
    seed: int, count: int, today: date, places: Sequence[Place], *, first: int = 0
) -> Iterator[Family]:
    """Families with at least `count` people in all; the last family is always whole.

    The same seed, day and places give the same n-th person, however many are asked for. Work can
    be shared out: `first` (a multiple of ten) is the serial to begin with, and calls over adjoining
    ranges of tens give together what one call gives. Raises `ValueError` for a bad range.
    """
    if first % BLOCK or first < 0 or first + count > MOST_PEOPLE:
        raise ValueError("begin at a multiple of ten and stay below nine million people")
    if not places:
        raise ValueError("name at least one place to live in")
    made = 0
    for block in count_from(first // BLOCK):
        if made >= count:
            return
        for family in _block(seed, block, today, places):
            yield family
            made += len(family.lives)
            if made >= count:
                return


def setting_for(today: date, home: Place, others: Iterable[Place] = ()) -> Setting:
    """The day, and the employers of a home and of some other places."""
    employers: list[Employer] = []
    for place in dict.fromkeys((home, *others)):
        employers.extend(employers_of(place, today))
    return Setting(today, counted(today) - 1, tuple(employers))


def _block(seed: int, block: int, today: date, places: Sequence[Place]) -> Iterator[Family]:
    rng = random_for(seed, "block", block)
    where = block % _BLOCKS_WITH_OWN_PLACE * 7919
    home = places[where % len(places)]
    others = [places[(where + step) % len(places)] for step in (1, 2)]
    setting = setting_for(today, home, others)
    serial = block * BLOCK
    for size in household_sizes(rng):
        members = compose_household(rng, size, today)
        yield _family(seed, serial, members, home, setting)
        serial += size


def _family(
    seed: int, serial: int, members: list[Member], place: Place, setting: Setting
) -> Family:
    rng = random_for(seed, "family", serial)
    region = region_of(place.province_code)
    ethnicity = pick_ethnicity(rng, region, place.wage_region)
    home = _Home(
        place=place,
        region=region,
        ethnicity=ethnicity,
        surname=pick_surname(rng, region, ethnicity),
        street=street_line(rng, region, place.wage_region),
        code=household_code(serial, place.province_code),
        wealth=rng.choices(("", "CN", "HN"), (92, 5, 3))[0],
        births=tuple(m.born for m in members if m.role == CHILD),
    )
    lives = tuple(
        _life(seed, serial + index, member, home, setting) for index, member in enumerate(members)
    )
    numbers = [life.person.number for life in lives]
    return Family(
        Household(home.code, numbers[0]),
        lives,
        tuple(guardianships(rng, members, numbers, setting.today)),
        employers_named(lives, setting),
    )


def employers_named(lives: Iterable[PersonLife], setting: Setting) -> tuple[Employer, ...]:
    """The employers that appear in the contribution periods of some lives."""
    codes = {row.employer_code for life in lives for row in life.periods}
    return tuple(unit for unit in setting.employers if unit.code in codes)


def guardianships(
    rng: Random, members: list[Member], numbers: list[str], today: date
) -> Iterator[Guardianship]:
    """Parents answer for their minor children; where there are none, the grandmother does."""
    for child, child_number in zip(members, numbers, strict=True):
        if child.role != CHILD or age_on(child.born, today) >= 18:
            continue
        for adult, number in zip(members, numbers, strict=True):
            if adult.role not in (HEAD, SPOUSE):
                continue
            relation, since = "father" if adult.sex == "M" else "mother", child.born
            if is_grandmother(adult, child):
                relation, since = "guardian", child.born + timedelta(days=700)
            yield Guardianship(number, row_id(rng, since), child_number, relation, since, None)


def is_grandmother(adult: Member, child: Member) -> bool:
    """Whether a woman is too old to be the mother of a child of the household."""
    return adult.sex == "F" and age_on(adult.born, child.born) > 44


def _life(seed: int, serial: int, member: Member, home: _Home, setting: Setting) -> PersonLife:
    rng = random_for(seed, "person", serial)
    surname = home.surname
    if member.role == SPOUSE:
        surname = pick_surname(rng, home.region, home.ethnicity)
    who = Someone(
        serial=serial,
        number=insurance_number(serial, home.place.province_code),
        full_name=full_name(rng, surname, member.sex, member.born.year),
        sex=member.sex,
        born=member.born,
        died=member.died,
        ethnicity=home.ethnicity,
        place=home.place,
        household=home.code,
    )
    plan = draw_plan(rng, who, setting, home.wealth, own_births(member, home.births))
    contact = draw_contact(rng, who, setting, home.street, member.precision)
    return assemble(rng, who, plan, setting, contact)


def own_births(member: Member, births: Iterable[date]) -> list[date]:
    """The births of a mother in the household; a grandmother's or an elder's are not told."""
    if member.sex == "M" or member.role not in (HEAD, SPOUSE):
        return []
    return [born for born in births if age_on(member.born, born) <= 44]


def draw_plan(rng: Random, who: Someone, setting: Setting, wealth: str, births: list[date]) -> Plan:
    """A life by chance: school, study, work or none, and what becomes of it."""
    plan = Plan(births=births, wealth=wealth, visit_rate=_visit_rate(who, setting))
    if age_on(who.born, setting.today) < 18:
        return plan
    first = end_of_schooling(who.born) + rng.randint(1, 70)
    if who.born.year >= _FIRST_STUDENTS and rng.random() < 0.42:
        begin = end_of_schooling(who.born) + 1
        plan.study = (begin, begin + 47)
        first = begin + 48 + rng.randint(0, 9)
    weights = _TOWN_WEIGHTS if who.place.wage_region <= 2 else _COUNTRY_WEIGHTS
    sector = rng.choices(_SECTORS, weights)[0]
    career = Career(rng, who, setting, plan)
    if sector and who.born.year >= _TOO_OLD_FOR_RECORDS:
        steadiness = 0.9 if sector == "HC" else 0.55 if who.born.year < 1980 else 0.25
        random_career(career, sector, first, steady=rng.random() < steadiness)
    else:
        random_informal(career, first)
    _cover_old_age(rng, career)
    return plan


def _cover_old_age(rng: Random, career: Career) -> None:
    """Past the age of retirement without a pension, most buy cover with the household."""
    plan, setting = career.plan, career.setting
    working = bool(plan.jobs) and plan.jobs[-1].ongoing
    if plan.pension_from is None and not working and rng.random() < 0.8:
        after = max([*(job.last + 1 for job in plan.jobs), career.pension_month])
        plan.household_cover.append((after, setting.horizon))


def _visit_rate(who: Someone, setting: Setting) -> float:
    age = age_on(who.born, setting.today)
    for limit, rate in ((6, 2.0), (18, 0.7), (40, 0.6), (60, 1.1)):
        if age < limit:
            return rate
    return 2.4
