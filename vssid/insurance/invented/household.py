"""Who lives together: invented households of one to six people."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from vssid.insurance.invented.timeline import add_months, age_on

BLOCK = 10
"""People come in blocks of ten, so that the n-th person never depends on how many are made."""

_SIZES: tuple[tuple[int, ...], ...] = (
    (4, 3, 2, 1),
    (5, 4, 1),
    (3, 3, 2, 2),
    (4, 4, 2),
    (6, 3, 1),
    (4, 3, 3),
    (2, 4, 3, 1),
)
HEAD, SPOUSE, CHILD, ELDER = "head", "spouse", "child", "elder"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a household, before they have a name."""

    role: str
    sex: str
    born: date
    precision: str = "day"
    died: date | None = None


def household_sizes(rng: Random) -> tuple[int, ...]:
    """The sizes of the households that make up one block of ten people."""
    return rng.choice(_SIZES)


def compose_household(rng: Random, size: int, today: date) -> list[Member]:
    """The members of a household: adults first, then children from the eldest, then elders."""
    if size == 1:
        ages = rng.choices(((19, 33), (34, 60), (61, 90)), (45, 25, 30))[0]
        return [_born_by_year(rng, _member(rng, HEAD, _sex(rng), rng.randint(*ages), today))]
    if size == 2:
        return _two(rng, today)
    elders = rng.choices((0, 1, 2), (6, 3, 1))[0] if size >= 4 else 0
    elders = min(elders, size - 3)
    return _parents(rng, size - 2 - elders, today, with_father=True) + _elders(rng, elders, today)


def _two(rng: Random, today: date) -> list[Member]:
    kind = rng.choices(("young", "old", "parent", "grandmother"), (35, 40, 18, 7))[0]
    if kind == "parent":
        return _parents(rng, 1, today, with_father=False)
    if kind == "grandmother":
        child = _member(rng, CHILD, _sex(rng), rng.randint(3, 16), today)
        return [_member(rng, HEAD, "F", rng.randint(55, 72), today), child]
    age = rng.randint(23, 36) if kind == "young" else rng.randint(58, 84)
    husband = _member(rng, HEAD, "M", age + rng.randint(-1, 5), today)
    wife = _member(rng, SPOUSE, "F", age, today)
    if kind == "young":
        return [husband, wife]
    return [_born_by_year(rng, husband), _may_have_died(rng, wife, today)]


def _parents(rng: Random, children: int, today: date, *, with_father: bool) -> list[Member]:
    """A mother, perhaps a father, and children born when she was 20 to 42."""
    ages = [rng.randint(0, 19)]
    for _ in range(children - 1):
        ages.insert(0, ages[0] + rng.randint(2, 4))
    first_birth = rng.randint(20, 31)
    mother_age = ages[0] + first_birth + 1
    father = [_member(rng, HEAD, "M", mother_age + rng.randint(-1, 7), today)]
    mother = _member(rng, SPOUSE if with_father else HEAD, "F", mother_age, today)
    kids = [_member(rng, CHILD, _sex(rng), age, today) for age in ages]
    return [*(father if with_father else []), mother, *kids]


def _elders(rng: Random, count: int, today: date) -> list[Member]:
    elders = []
    for sex in ("F", "M")[:count]:
        elder = _member(rng, ELDER, sex, rng.randint(62, 88), today)
        elders.append(_may_have_died(rng, _born_by_year(rng, elder), today))
    return elders


def _member(rng: Random, role: str, sex: str, age: int, today: date) -> Member:
    """Someone of an age on a day; nobody is born on it or in the three weeks before."""
    born = add_months(today, -12 * age) - timedelta(days=rng.randint(22, 360))
    return Member(role, sex, born)


def _sex(rng: Random) -> str:
    return "F" if rng.random() < 0.49 else "M"


def _born_by_year(rng: Random, member: Member) -> Member:
    """Of some old people only the year of birth is known."""
    if member.born.year < 1955 and rng.random() < 0.2:
        return replace(member, born=date(member.born.year, 1, 1), precision="year")
    return member


def _may_have_died(rng: Random, member: Member, today: date) -> Member:
    """Some of those over seventy died in the last years."""
    if age_on(member.born, today) < 72 or rng.random() > 0.15:
        return member
    return replace(member, died=today - timedelta(days=rng.randint(40, 1200)))
