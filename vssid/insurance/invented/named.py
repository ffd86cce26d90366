"""Hand-made people of the demo, one for each kind of screen, abiding by the same rules.

Ages are counted back from the day, so that the demo never grows old: a day from 2024 on is meant.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from vssid.insurance.invented.assemble import Contact, assemble
from vssid.insurance.invented.careers import Career, end_of_schooling
from vssid.insurance.invented.generate import (
    employers_named,
    guardianships,
    own_births,
    setting_for,
)
from vssid.insurance.invented.household import CHILD, HEAD, SPOUSE, Member
from vssid.insurance.invented.life import Family, Household, PersonLife, Place
from vssid.insurance.invented.numbers import (
    NAMED_SERIALS_FROM,
    household_code,
    insurance_number,
    mobile_phone,
    random_for,
)
from vssid.insurance.invented.plan import Job, Plan, Setting, Someone
from vssid.insurance.invented.timeline import add_months, age_on

_MOST_IN_FAMILY = 10
_EVER = 2015 * 12

Path = Callable[[Career], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One person of a hand-made family: `months_old` on the day, and the path of the life."""

    role: str
    name: str
    sex: str
    months_old: int
    path: Path
    visit_rate: float = 2.0
    wealth: str = ""
    id_kind: str = "cccd"


def _job(career: Career, sector: str, first_back: int, last_back: int = 0) -> Job:
    """A job from and to so many months before the last month, at a unit that never closes."""
    last = career.setting.last_month
    before = {job.employer.code for job in career.plan.jobs}
    lasting = [
        unit for unit in career.open_employers(sector, last - first_back) if unit.closed_on is None
    ]
    fresh = [unit for unit in lasting if unit.code not in before] or lasting
    job = career.work(sector, last - first_back, last - last_back, employer=fresh[0])
    if job is None:
        raise ValueError("the day is too early for this life")
    return job


def _nothing(career: Career) -> None:
    """No work and no cover."""


def _worker(career: Career) -> None:
    _job(career, "TA", 150, 108)
    _job(career, "TA", 105, 40)
    _job(career, "TB", 38)


def _teacher(career: Career) -> None:
    _job(career, "HC", 262)


def _pensioner(career: Career) -> None:
    first = career.setting.last_month - 1995 * 12
    _job(career, "TA", first)
    if not career.retire():
        raise ValueError("the day is too early for this life")


def _office(career: Career) -> None:
    _job(career, "TB", 132)


def _factory(career: Career) -> None:
    _job(career, "TA", 96)


def _unemployed(career: Career) -> None:
    _job(career, "TA", 112, 66)
    job = _job(career, "TB", 64, 4)
    career.claim_unemployment(job)


def _voluntary(career: Career) -> None:
    last = career.setting.last_month
    career.plan.household_cover.append((_EVER, career.setting.horizon))
    career.volunteer(last - 94, last, 2_500_000)


def _one_time(career: Career) -> None:
    job = _job(career, "TA", 150, 84)
    career.plan.household_cover.append((job.last + 1, career.setting.last_month - 49))
    career.withdraw(job.last)
    _job(career, "TA", 48)


def _injured(career: Career) -> None:
    job = _job(career, "TA", 130)
    career.have_accident(job)


def _late(career: Career) -> None:
    job = _job(career, "TB", 74)
    career.fall_behind(job, 4)


def _newcomer(career: Career) -> None:
    _job(career, "TA", 4)


def _household(career: Career) -> None:
    career.plan.household_cover.append((_EVER, career.setting.horizon))


def _student(career: Career) -> None:
    begin = end_of_schooling(career.who.born) + 1
    career.plan.study = (begin, begin + 47)


def _years(years: int, months: int = 2) -> int:
    return years * 12 + months


CASTS: dict[str, tuple[Part, ...]] = {
    "worker": (
        Part(HEAD, "Nguyễn Thị Mây", "F", _years(35), _worker),
        Part(CHILD, "Trần Gia Bảo", "M", _years(6, 8), _nothing, id_kind=""),
    ),
    "teacher": (
        Part(HEAD, "Phạm Thu Hiền", "F", _years(45), _teacher),
        Part(CHILD, "Vũ Minh Khôi", "M", _years(12, 3), _nothing, id_kind=""),
    ),
    "pensioner": (Part(HEAD, "Lê Thị Nhàn", "F", _years(63), _pensioner, 6.0),),
    "mother": (
        Part(HEAD, "Hoàng Thị Thảo", "F", _years(33), _office, 3.0),
        Part(SPOUSE, "Đỗ Văn Kiên", "M", _years(35), _factory),
        Part(CHILD, "Đỗ Khánh Linh", "F", _years(8, 1), _nothing, 3.0, id_kind=""),
        Part(CHILD, "Đỗ Tuấn Phong", "M", _years(3, 1), _nothing, 4.0, id_kind=""),
    ),
    "unemployed": (Part(HEAD, "Bùi Văn Thắng", "M", _years(38), _unemployed),),
    "voluntary": (Part(HEAD, "Ngô Thị Liên", "F", _years(49), _voluntary, 4.0),),
    "one-time": (Part(HEAD, "Đặng Thị Hạnh", "F", _years(41), _one_time),),
    "injured": (Part(HEAD, "Trần Văn Sơn", "M", _years(45), _injured, 3.0),),
    "late": (Part(HEAD, "Vũ Đức Huy", "M", _years(31), _late),),
    "newcomer": (Part(HEAD, "Dương Minh Đạt", "M", _years(20, 9), _newcomer),),
    "household": (
        Part(HEAD, "Đào Văn Hòa", "M", _years(56), _household, 7.0),
        Part(SPOUSE, "Đoàn Thị Tuyết", "F", _years(53), _household, 4.0),
    ),
    "empty": (Part(HEAD, "Trịnh Văn Lợi", "M", _years(36), _nothing, 0.0),),
    "near-poor": (Part(HEAD, "Lương Thị Bích", "F", _years(58), _nothing, 6.0, "CN"),),
    "student": (Part(HEAD, "Nguyễn Quỳnh Trang", "F", _years(20), _student),),
}
"""The people of each role; the first one is who the role is named after."""

ROLES: tuple[str, ...] = tuple(CASTS)


def named_life(role: str, today: date, place: Place, others: Sequence[Place] = ()) -> Family:
    """The hand-made family of a role (one of `ROLES`); `lives[0]` is the person it is about.

    Lives in `place`; may also work in `others`. Raises `KeyError` for an unknown role and
    `ValueError` if the day is too early for the life.
    """
    serial = NAMED_SERIALS_FROM + ROLES.index(role) * _MOST_IN_FAMILY if role in CASTS else -1
    parts = CASTS[role]
    setting = setting_for(today, place, others)
    members = [_member(part, today) for part in parts]
    births = [member.born for member in members if member.role == CHILD]
    code = household_code(serial, place.province_code)
    lives = tuple(
        _life(serial + index, part, own_births(member, births), setting, (place, code))
        for index, (part, member) in enumerate(zip(parts, members, strict=True))
    )
    numbers = [life.person.number for life in lives]
    rng = random_for(0, "named family", serial)
    return Family(
        Household(code, numbers[0]),
        lives,
        tuple(guardianships(rng, members, numbers, today)),
        employers_named(lives, setting),
    )


def _member(part: Part, today: date) -> Member:
    born = add_months(today, -part.months_old) - timedelta(days=3)
    return Member(part.role, part.sex, born)


def _life(
    serial: int, part: Part, births: list[date], setting: Setting, home: tuple[Place, str]
) -> PersonLife:
    rng: Random = random_for(0, "named", serial)
    place, code = home
    born = _member(part, setting.today).born
    who = Someone(
        serial=serial,
        number=insurance_number(serial, place.province_code),
        full_name=part.name,
        sex=part.sex,
        born=born,
        died=None,
        ethnicity="Kinh",
        place=place,
        household=code,
    )
    plan = Plan(births=births, wealth=part.wealth, visit_rate=part.visit_rate)
    career = Career(rng, who, setting, plan)
    career.ordinary = True
    part.path(career)
    grown = age_on(born, setting.today) >= 18
    phone = mobile_phone(serial) if grown else ""
    email = f"nguoi{serial}@example.com" if grown else ""
    contact = Contact("Số 8, đường Bằng Lăng", phone, email, part.id_kind)
    return assemble(rng, who, plan, setting, contact)
