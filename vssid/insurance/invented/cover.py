"""Health insurance cover: which card group a person belongs to in each month, and the cards.

Groups are painted from the weakest ground to the strongest, as the law orders them: household
(GD), pupils and students (HS, SV), near-poor and poor (CN, HN), 80 years without a pension (BT),
small children (TE), pension (HT), unemployment benefit (TN), work (DN, HC, HX).
Cards are recorded since 1/1/2015, when the law of 2014 set today's groups and levels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from vssid.insurance.invented.employers import CARD_GROUPS, sector_of
from vssid.insurance.invented.life import Card
from vssid.insurance.invented.numbers import row_id
from vssid.insurance.invented.plan import Plan, Setting, Someone
from vssid.insurance.invented.timeline import add_months, counted, first_day, last_day
from vssid.insurance.tables.cards import benefit_level, level_changes

FIRST_CARD_MONTH = 2015 * 12
OPEN_ENDED = frozenset({"DN", "HC", "HX", "HT", "BT"})
LONGEST_BREAK_MONTHS = 3
"""A break of at most three months keeps cover continuous (NĐ 146/2018 Đ.12)."""

OLD_AGE_YEARS = 80

Run = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Cover:
    """The runs of months with one card group, and the last month that was painted."""

    runs: tuple[Run, ...]
    horizon: int


def small_child_until(born: date) -> int:
    """The last month of a TE card: September of the year the child turns six, or later.

    Who is born after 30 September keeps it until the month in which they turn six.
    """
    return (born.year + 6) * 12 + max(8, born.month - 1)


def paint_cover(who: Someone, plan: Plan, setting: Setting) -> Cover:
    """The cover of a life from 2015 (or birth) to the end of this year (or death)."""
    horizon = setting.horizon if who.died is None else counted(who.died)
    months = [""] * (max(setting.horizon, horizon) + 1 - FIRST_CARD_MONTH)
    begin = max(counted(who.born), FIRST_CARD_MONTH)
    for first, last, group in _grounds(who, plan, setting):
        a, b = max(first, begin), min(last, horizon)
        if a <= b:
            months[a - FIRST_CARD_MONTH : b - FIRST_CARD_MONTH + 1] = [group] * (b - a + 1)
    current = counted(setting.today)
    runs = tuple(run for run in _runs(months) if run[0] <= current)
    return Cover(runs, horizon)


def _grounds(who: Someone, plan: Plan, setting: Setting) -> Iterator[Run]:
    """What gives cover, the weakest first."""
    for first, last in plan.household_cover:
        yield first, last, "GD"
    school_begins, school_ends = small_child_until(who.born) + 1, (who.born.year + 18) * 12 + 8
    yield school_begins, school_ends, "HS"
    if plan.study is not None:
        yield plan.study[0], plan.study[1], "SV"
    if plan.wealth:
        yield 2015 * 12, setting.horizon, plan.wealth
    yield counted(add_months(who.born, OLD_AGE_YEARS * 12)), setting.horizon, "BT"
    yield counted(who.born), small_child_until(who.born), "TE"
    if plan.pension_from is not None:
        yield plan.pension_from, setting.horizon, "HT"
    for claim in plan.unemployed:
        yield claim.first, claim.last, "TN"
    for job in plan.jobs:
        group = CARD_GROUPS[sector_of(job.employer.code)]
        yield job.first, setting.horizon if job.ongoing else job.last, group


def _runs(months: list[str]) -> Iterator[Run]:
    first = 0
    for index in range(1, len(months) + 1):
        if index == len(months) or months[index] != months[first]:
            if months[first]:
                yield first + FIRST_CARD_MONTH, index - 1 + FIRST_CARD_MONTH, months[first]
            first = index


def make_cards(rng: Random, who: Someone, cover: Cover, today: date) -> list[Card]:
    """One card for each run of a group, a new one when the level of the group changes."""
    cards: list[Card] = []
    continuous_from: date | None = None
    covered_to = 0
    living_area = _living_area(who)
    for first, last, group in cover.runs:
        begin = max(first_day(first), who.born)
        if continuous_from is None or first - covered_to - 1 > LONGEST_BREAK_MONTHS:
            continuous_from = begin
        covered_to = last
        five_years = add_months(continuous_from, 60)
        for start, end in _level_spans(begin, last, group, today):
            valid_to = _valid_to(who, cover, (start, end), group)
            cards.append(_card(rng, who, group, start, valid_to, (five_years, living_area)))
    return cards


def _living_area(who: Someone) -> str:
    poor_and_remote = who.place.wage_region == 4 and who.ethnicity != "Kinh"
    return "K1" if poor_and_remote else ""


def _level_spans(begin: date, last: int, group: str, today: date) -> Iterator[tuple[date, int]]:
    """Split a run at the days on which the level of its group changed."""
    start = begin
    for change in level_changes(group):
        if start < change <= min(last_day(last), today):
            yield start, counted(change) - 1
            start = change
    yield start, last


def _valid_to(who: Someone, cover: Cover, span: tuple[date, int], group: str) -> date | None:
    last = span[1]
    if who.died is not None and last == counted(who.died):
        return who.died
    if last < cover.horizon:
        return last_day(last)
    if group == "TE":
        return last_day(small_child_until(who.born))
    return None if group in OPEN_ENDED else last_day(last)


def _card(
    rng: Random,
    who: Someone,
    group: str,
    start: date,
    valid_to: date | None,
    details: tuple[date, str],
) -> Card:
    level = benefit_level(group, start)
    province = who.place.province_code
    return Card(
        number=who.number,
        id=row_id(rng, start),
        card_number=f"{group}{level}{province}{who.number}",
        group_code=group,
        benefit_level=level,
        issuing_province=province,
        facility_code=who.place.facility_code,
        facility_name=who.place.facility_name,
        valid_from=start,
        valid_to=valid_to,
        five_year_date=details[0],
        living_area=details[1],
        issued_on=start,
    )
